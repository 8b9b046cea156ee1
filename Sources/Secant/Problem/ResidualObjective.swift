/// A sum of squares whose residuals can be asked for, and nothing else: f(x) = c‖r(x)‖².
///
/// ``FiniteDifferenceJacobian`` makes a ``ResidualObjective`` of it.
public protocol ResidualFunction<Scalar>: Objective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// m, the number of residuals.
  var residualCount: Int { get }

  /// c: ½ by the convention of least squares, 1 in the collections of test problems.
  var residualWeight: Scalar { get }

  /// What a residual is measured by: one of a rounding of it is zero. 1 by default, and the greatest response in a fit.
  var residualScale: Scalar { get }

  /// r(x), written into every one of the m elements of `residuals`.
  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) throws(Failure)
}

extension ResidualFunction {
  @inlinable public var residualWeight: Scalar { 1 / 2 }

  @inlinable public var residualScale: Scalar { 1 }

  /// c‖r‖².
  @inlinable public func sumOfSquares(of residuals: Vector<Scalar>) -> Scalar {
    residualWeight * residuals.squaredNorm
  }

  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar {
    var r = Vector<Scalar>(zeros: residualCount)
    try residuals(at: x, into: &r)
    return sumOfSquares(of: r)
  }
}

/// A sum of squares whose residuals can be asked for: f(x) = c‖r(x)‖², J = ∂r/∂x.
///
/// ∇f = 2c Jᵀr and ∇²f = 2c (JᵀJ + Σ rᵢ ∇²rᵢ), of which the first term needs no second derivative: the Gauss–Newton
/// matrix (``GaussNewtonModel``).
///
/// Only the count and the two questions for residuals have to be written. f and ∇f are made of them; who writes
/// ``DifferentiableObjective/valueAndGradient(at:into:)`` too, because the gradient can be had for less than the Jacobian,
/// takes the value from ``ResidualFunction/sumOfSquares(of:)``, bit for bit.
public protocol ResidualObjective<Scalar>: DifferentiableObjective, ResidualFunction {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The relative error of the Jacobian's columns, beyond which they do not tell parameters apart: rounding by default.
  var jacobianError: Scalar { get }

  /// Whether a bound holds variable i: it cannot be moved without leaving the domain or raising f to first order.
  func isHeld(_ i: Int, at x: Vector<Scalar>, gradient: Vector<Scalar>) -> Bool

  /// r(x), and J(x) written into every element of the m × n matrix `jacobian`.
  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure)
}

extension ResidualObjective {
  @inlinable public var jacobianError: Scalar { .ulpOfOne }

  @inlinable public func isHeld(_: Int, at _: Vector<Scalar>, gradient _: Vector<Scalar>) -> Bool { false }

  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar {
    var r = Vector<Scalar>(zeros: residualCount)
    try residuals(at: x, into: &r)
    return sumOfSquares(of: r)
  }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar {
    var r = Vector<Scalar>(zeros: residualCount)
    var J = Matrix<Scalar>(zeros: residualCount, x.count)
    try residualsAndJacobian(at: x, into: &r, &J)
    setGradient(&gradient, of: r, J)
    return sumOfSquares(of: r)
  }

  /// The rows of J that a method allocates: a number of residuals that is none is refused by name, and must not end the
  /// program before.
  @inlinable var jacobianRows: Int { Swift.max(0, residualCount) }

  /// ∇f ← 2c Jᵀr.
  @inlinable func setGradient(
    _ gradient: inout Vector<Scalar>, of residuals: Vector<Scalar>, _ jacobian: Matrix<Scalar>
  ) {
    jacobian.multiplyTransposed(residuals, into: &gradient, times: 2 * residualWeight)
  }
}

extension ResidualObjective where Self: BoundedObjective {
  @inlinable public func isHeld(_ i: Int, at x: Vector<Scalar>, gradient: Vector<Scalar>) -> Bool {
    bounds.hold(i, at: x, gradient: gradient)
  }
}

extension Oracle where Problem: ResidualObjective {
  /// r(x), written into `residuals`.
  @inlinable public mutating func residuals(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Halt) {
    try pay(.residual, x.count)
    let m = residuals.count
    defer { check(&residuals, m, .residual) }
    do { try problem.residuals(at: x, into: &residuals) } catch { throw .failed(error) }
  }

  /// r(x) and J(x), written into `residuals` and `jacobian`, and charged with what the solver is about to do with them.
  @inlinable public mutating func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>,
    besides: Ledger = Ledger()
  ) throws(Halt) {
    try pay(problem.charge(for: .jacobian, dimension: x.count) + besides)
    let (rows, columns) = (jacobian.rows, jacobian.columns)
    defer {
      check(&residuals, rows, .jacobian)
      check(&jacobian, rows, columns, .jacobian)
    }
    do { try problem.residualsAndJacobian(at: x, into: &residuals, &jacobian) } catch { throw .failed(error) }
  }

  /// f and ∇f of an iterate from its residuals and their Jacobian, which are left in `residuals` and `jacobian`.
  @inlinable public mutating func evaluate(
    _ iterate: inout Iterate<Scalar>, residuals: inout Vector<Scalar>, jacobian: inout Matrix<Scalar>,
    besides: Ledger = Ledger()
  ) throws(Halt) {
    try residualsAndJacobian(at: iterate.point, into: &residuals, &jacobian, besides: besides)
    iterate.value = problem.sumOfSquares(of: residuals)
    problem.setGradient(&iterate.gradient, of: residuals, jacobian)
    iterate.isEvaluated = true
  }
}
