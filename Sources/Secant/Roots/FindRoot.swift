/// Finds a root of a square system, F(x) = 0.
///
/// ```swift
/// let outcome = findRoot(of: system, from: [-1.2, 1], using: .powellHybrid())
/// ```
///
/// A system is a ``ResidualObjective`` with as many residuals as variables, and every method that lowers a sum of squares
/// can look for its root: Newton's with a line search on c‖F‖² is ``GaussNewton`` (`.gaussNewton()`), Powell's with a
/// dogleg `.powellHybrid()`, and ``GoodBroyden`` (`.goodBroyden()`) asks for few Jacobians.
///
/// The answer is *converged* where ‖F‖∞ is down at the tolerance and nowhere else. A point where ‖F‖ has no slope and that
/// is no root is called that (``Obstacle/noRoot``), and so is one where the search ended because the Jacobian is singular
/// (``Obstacle/singularJacobian``).
///
/// - Parameters:
///   - system: the residuals F.
///   - point: where to start.
///   - method: the solver.
///   - tolerance: what ‖F‖∞ must come down to; by default 1e-10 in double precision, 1e-4 in single.
///   - budget: the most that the run may spend.
public func findRoot<Method: Solver>(
  of system: Method.Problem, from point: Vector<Method.Problem.Scalar>, using method: Method,
  tolerance: Method.Problem.Scalar? = nil, within budget: Budget = .init()
) -> Outcome<Method.Problem> where Method.Problem: ResidualObjective {
  let tolerance = tolerance ?? (Method.Problem.Scalar.ulpOfOne < 1e-10 ? 1e-10 : 1e-4)
  guard system.residualCount == point.count else {
    return Outcome(
      status: .refused(
        "The system has \(system.residualCount) equations in \(point.count) unknowns; a root is found of as many"
          + " equations as unknowns, and `minimize` comes as near as it can to others."),
      point: point, value: .nan, iterations: 0, ledger: Ledger(), monitoring: Ledger(), certificate: nil,
      restarts: Restarts(), movedStart: false)
  }
  var run = Run(
    system, from: point, using: method, until: Convergence(orthogonality: 0, residual: tolerance),
    within: budget)
  // The first look is at the start.
  run.advance()
  let start = run.state.current.value
  run.runToEnd()
  return run.outcome().judgedAsRoot(tolerance: tolerance, valueAtStart: start)
}

extension Outcome where Problem: ResidualObjective {
  /// The same outcome with a status that speaks of roots, not of minima of ‖F‖.
  func judgedAsRoot(tolerance: Scalar, valueAtStart: Scalar) -> Outcome {
    guard let evidence = certificate?.residuals else { return self }
    if let root = Criterion(.residual, value: evidence.largestResidual, threshold: tolerance) {
      return with(.converged(root))
    }
    switch status {
    case .converged, .stationary, .saddle, .stalled, .limitedByPrecision, .nonFinite: break
    default: return self
    }
    // ‖F‖ has no slope, beside its own size or beside the slopes met before; where F all but vanishes that says nothing.
    let isFlat =
      evidence.greatestCosine <= .centralDifference
      || (certificate?.relativeStationarity ?? 1) <= Scalar.ulpOfOne.squareRoot()
    if isFlat, value > .ulpOfOne * valueAtStart { return with(.stalled(.noRoot)) }
    // Singular, or so nearly that half the digits of a step are lost.
    if evidence.conditionNumber * .ulpOfOne.squareRoot() >= 1 { return with(.stalled(.singularJacobian)) }
    if case .converged = status { return with(.stalled(nil)) }
    return self
  }

  private func with(_ status: Status<Scalar, Problem.Failure>) -> Outcome {
    Outcome(
      status: status, point: point, value: value, iterations: iterations, ledger: ledger,
      monitoring: monitoring, certificate: certificate, restarts: restarts, movedStart: movedStart)
  }
}

extension Solver {
  /// Powell's hybrid of Newton's method and steepest descent on ‖F‖²: a trust region with ``Dogleg``, in units of the
  /// columns of the Jacobian.
  ///
  /// - **Reference**: Powell, *A hybrid method for nonlinear equations*, in Rabinowitz (ed.), *Numerical Methods for
  ///   Nonlinear Algebraic Equations* (1970), with Jacobians instead of Broyden's updates.
  @inlinable public static func powellHybrid<P>() -> Self
  where Self == TrustRegion<Dogleg<ScaledModel<DenseGaussNewtonModel<P>>>, RatioRadius<P.Scalar>> {
    TrustRegion(
      model: ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal), subproblem: Dogleg(),
      radius: RatioRadius())
  }
}
