public import SecantLinearAlgebra

/// Fits a curve through observations, with exact derivatives of the closure that it is written as.
///
/// ```swift
/// let curve = fit(x, y, from: [500, 1e-4]) { b, x in b[0] * (1 - exp(-b[1] * x)) }
/// print(curve)
/// ```
///
/// - Parameters:
///   - x: the independent variable.
///   - y: the response, as many.
///   - weights: how far each observation is to be trusted.
///   - point: where to start, an element a parameter.
///   - method: the solver, by default `LevenbergMarquardt`.
///   - convergence: when the run counts as converged.
///   - budget: the most that the run may spend.
///   - model: f(b, x).
@inlinable public func fit<Scalar>(
  _ x: [Scalar], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  using method: any Solver<TracedCurve<Scalar>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable ([Variable<Scalar>], Variable<Scalar>) -> Variable<Scalar>
) -> Fit<Scalar> {
  fit([x], y, weights: weights, from: point, using: method, until: convergence, within: budget) {
    model($0, $1[0])
  }
}

/// The same with several independent variables, a column a variable.
///
/// ```swift
/// let plane = fit([x, z], y, from: [0, 0, 0]) { b, x in b[0] + b[1] * x[0] + b[2] * x[1] }
/// ```
@inlinable public func fit<Scalar>(
  _ columns: [[Scalar]], _ y: [Scalar], weights: FitWeights<Scalar> = .equal, from point: Vector<Scalar>,
  using method: any Solver<TracedCurve<Scalar>> = .levenbergMarquardt(),
  until convergence: Convergence<Scalar> = .init(), within budget: Budget = .init(),
  _ model: @escaping @Sendable ([Variable<Scalar>], [Variable<Scalar>]) -> Variable<Scalar>
) -> Fit<Scalar> {
  let curve = TracedCurve(
    through: Observations(columns: columns, y, weights: weights), parameters: point.count, model)
  return fit(curve, from: point, using: method, until: convergence, within: budget)
}

/// Fits residuals that are written once, over any numbers.
///
/// ```swift
/// let answer = fit(Decay(t: t, y: y), from: [1, 1])
/// ```
@inlinable public func fit<Residuals: DifferentiableResiduals & Sendable>(
  _ residuals: Residuals, from point: Vector<Residuals.Scalar>,
  using method: any Solver<DifferentiatedSquares<Residuals>> = .levenbergMarquardt(),
  standardized: Bool = false, until convergence: Convergence<Residuals.Scalar> = .init(),
  within budget: Budget = .init()
) -> Fit<Residuals.Scalar> {
  fit(
    DifferentiatedSquares(residuals), from: point, using: method, standardized: standardized,
    until: convergence, within: budget)
}
