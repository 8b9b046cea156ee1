/// Minimises a problem: runs a solver from a point until it converges, fails or has spent its budget.
///
/// ```swift
/// let outcome = minimize(Rosenbrock(), from: [-1.2, 1], using: .newton())
/// print(outcome)
/// ```
///
/// Nothing is lost: an objective that throws, a cancelled task and an exhausted budget all return the best point
/// so far, and the ``Outcome/status`` says what happened. ``Outcome/get()`` rethrows the problem's own error.
///
/// - Parameters:
///   - problem: the function; it is copied, and stays as it is.
///   - point: where to start.
///   - method: the solver; it decides what the problem must be able to answer.
///   - convergence: when the run counts as converged.
///   - budget: the most that the run may spend.
///   - certifying: whether the answer is checked and a failure diagnosed afterwards. It costs some evaluations, which
///     are charged apart (``Outcome/monitoring``); a run that was cancelled or is out of time is never examined.
@inlinable public func minimize<Method: Solver>(
  _ problem: Method.Problem, from point: Vector<Method.Problem.Scalar>, using method: Method,
  until convergence: Convergence<Method.Problem.Scalar> = .init(), within budget: Budget = .init(),
  certifying: Bool = true
) -> Outcome<Method.Problem> {
  var run = Run(problem, from: point, using: method, until: convergence, within: budget)
  run.runToEnd()
  return run.outcome(certifying: certifying)
}

/// Minimises a problem under the eyes of an observer.
///
/// `observe` is called at the start and after each step, and stops the run by returning false. Everything else is as
/// in ``minimize(_:from:using:until:within:certifying:)``.
@inlinable public func minimize<Method: Solver>(
  _ problem: Method.Problem, from point: Vector<Method.Problem.Scalar>, using method: Method,
  until convergence: Convergence<Method.Problem.Scalar> = .init(), within budget: Budget = .init(),
  certifying: Bool = true, observing observe: (Progress<Method>) -> Bool
) -> Outcome<Method.Problem> {
  var run = Run(problem, from: point, using: method, until: convergence, within: budget)
  while let progress = run.next() {
    if !observe(progress) { run.stop() }
  }
  return run.outcome(certifying: certifying)
}
