/// Fits a problem with residuals by a method of your choice.
///
/// ```swift
/// let answer = fit(DifferentiatedSquares(Decay()), from: [1, 1], using: .levenbergMarquardt())
/// ```
///
/// - Parameters:
///   - problem: the residuals, weighted as they should be.
///   - point: where to start.
///   - method: the solver.
///   - standardized: whether the residuals are in units of known standard deviations; ``FitWeights`` says what that means for
///     the errors. A ``FittedCurve`` says so itself.
///   - convergence: when the run counts as converged.
///   - budget: the most that the run may spend.
@inlinable public func fit<Method: Solver>(
  _ problem: Method.Problem, from point: Vector<Method.Problem.Scalar>, using method: Method,
  standardized: Bool = false, until convergence: Convergence<Method.Problem.Scalar> = .init(),
  within budget: Budget = .init()
) -> Fit<Method.Problem.Scalar>
where Method.Problem: ResidualObjective & Sendable, Method.Problem.Domain == WholeSpace {
  let outcome = minimize(problem, from: point, using: method, until: convergence, within: budget)
  return Fit(problem, outcome, standardized: standardized) { held, value, guesses in
    Refit(problem, holding: held, at: value, from: guesses)
  }
}

/// Fits a problem with residuals by ``LevenbergMarquardt``.
@inlinable public func fit<Problem: ResidualObjective & Sendable>(
  _ problem: Problem, from point: Vector<Problem.Scalar>, standardized: Bool = false,
  until convergence: Convergence<Problem.Scalar> = .init(), within budget: Budget = .init()
) -> Fit<Problem.Scalar> where Problem.Domain == WholeSpace {
  fit(
    problem, from: point, using: .levenbergMarquardt(), standardized: standardized, until: convergence,
    within: budget)
}

/// Fits a problem with residuals within bounds.
///
/// A parameter that ends on a bound counts as known there. There are no profiles.
@inlinable public func fit<Method: Solver>(
  _ problem: Method.Problem, from point: Vector<Method.Problem.Scalar>, using method: Method,
  standardized: Bool = false, until convergence: Convergence<Method.Problem.Scalar> = .init(),
  within budget: Budget = .init()
) -> Fit<Method.Problem.Scalar>
where Method.Problem: ResidualObjective, Method.Problem.Domain == Bounds<Method.Problem.Scalar> {
  let outcome = minimize(problem, from: point, using: method, until: convergence, within: budget)
  return Fit(problem, outcome, standardized: standardized, refit: nil)
}

// MARK: - With a gradient by hand

/// Fits a curve through observations, with the gradient that a closure writes.
///
/// ```swift
/// let curve = fit(x, y, from: [500, 1e-4]) { b, x, gradient in
///   let e = Double.exp(-b[1] * x)
///   gradient[0] = 1 - e
///   gradient[1] = b[0] * x * e
///   return b[0] * (1 - e)
/// }
/// print(curve)
/// ```
///
/// - Parameters:
///   - x: the independent variable.
///   - y: the response, as many.
///   - weights: how far each observation is to be trusted.
///   - point: where to start, an element a parameter.
///   - method: the solver, by default ``LevenbergMarquardt``.
///   - convergence: when the run counts as converged.
///   - budget: the most that the run may spend.
///   - model: given b, x and a vector to write ∂f/∂b into, returns f(b, x).
@inlinable public func fit<Scalar>(
  _ x: [Scalar], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  using method: any Solver<CurveClosure<Scalar>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable (Vector<Scalar>, Scalar, inout Vector<Scalar>) -> Scalar
) -> Fit<Scalar> {
  fit([x], y, weights: weights, from: point, using: method, until: convergence, within: budget) {
    model($0, $1[0], &$2)
  }
}

/// The same with several independent variables, a column a variable.
@inlinable public func fit<Scalar>(
  _ columns: [[Scalar]], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  using method: any Solver<CurveClosure<Scalar>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable (Vector<Scalar>, [Scalar], inout Vector<Scalar>) -> Scalar
) -> Fit<Scalar> {
  let curve = CurveClosure(
    through: Observations(columns: columns, y, weights: weights), parameters: point.count, model)
  return fit(curve, from: point, using: method, until: convergence, within: budget)
}

// MARK: - By differences

/// Fits a curve through observations, with differences in the place of derivatives.
///
/// ```swift
/// let curve = fit(x, y, from: [500, 1e-4], by: .differences) { b, x in b[0] * (1 - .exp(-b[1] * x)) }
/// ```
///
/// The differences are relative to the size of each parameter; ``FiniteDifferenceJacobian`` says how, and what they cost. A
/// parameter is taken to matter at a thousandth of its start at the least, and at a thousandth where it starts at zero.
///
/// - Parameters:
///   - x: the independent variable.
///   - y: the response, as many.
///   - weights: how far each observation is to be trusted.
///   - point: where to start, an element a parameter.
///   - formula: how many points a difference is made of.
///   - method: the solver, by default ``LevenbergMarquardt``.
///   - convergence: when the run counts as converged.
///   - budget: the most that the run may spend.
///   - model: f(b, x).
@inlinable public func fit<Scalar>(
  _ x: [Scalar], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  by formula: DifferenceFormula,
  using method: any Solver<FiniteDifferenceJacobian<CurveValueClosure<Scalar>>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable (Vector<Scalar>, Scalar) -> Scalar
) -> Fit<Scalar> {
  fit(
    [x], y, weights: weights, from: point, by: formula, using: method, until: convergence, within: budget
  ) { model($0, $1[0]) }
}

/// The same with several independent variables, a column a variable.
@inlinable public func fit<Scalar>(
  _ columns: [[Scalar]], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  by formula: DifferenceFormula,
  using method: any Solver<FiniteDifferenceJacobian<CurveValueClosure<Scalar>>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable (Vector<Scalar>, [Scalar]) -> Scalar
) -> Fit<Scalar> {
  let curve = CurveValueClosure(
    through: Observations(columns: columns, y, weights: weights), parameters: point.count, model)
  return fit(
    FiniteDifferenceJacobian(curve, by: formula, sizes: leastSizes(from: point)), from: point, using: method,
    until: convergence, within: budget)
}

/// A thousandth of each parameter's size at the start, and of 1 at zero; what is not finite is refused elsewhere.
@inlinable func leastSizes<Scalar: LAPACKScalar>(from start: Vector<Scalar>) -> Vector<Scalar> {
  Vector(start.map { $0.isFinite ? ($0 == 0 ? 1 : abs($0)) * 0x1p-10 : 0 })
}
