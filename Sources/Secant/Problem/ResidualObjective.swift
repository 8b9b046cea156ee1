/// A sum of squares whose residuals can be asked for: f(x) = c‖r(x)‖², J = ∂r/∂x.
///
/// ∇f = 2c Jᵀr and ∇²f = 2c (JᵀJ + Σ rᵢ ∇²rᵢ), of which the first term needs no second derivative: the Gauss–Newton
/// matrix (``GaussNewtonModel``).
public protocol ResidualObjective<Scalar>: DifferentiableObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// m, the number of residuals.
  var residualCount: Int { get }

  /// c: ½ by the convention of least squares, 1 in the collections of test problems.
  var residualWeight: Scalar { get }

  /// r(x), written into every one of the m elements of `residuals`.
  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) throws(Failure)

  /// r(x), and J(x) written into every element of the m × n matrix `jacobian`.
  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure)
}

extension ResidualObjective {
  @inlinable public var residualWeight: Scalar { 1 / 2 }
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

  /// r(x) and J(x), written into `residuals` and `jacobian`.
  @inlinable public mutating func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Halt) {
    try pay(.jacobian, x.count)
    let (rows, columns) = (jacobian.rows, jacobian.columns)
    defer {
      check(&residuals, rows, .jacobian)
      check(&jacobian, rows, columns, .jacobian)
    }
    do { try problem.residualsAndJacobian(at: x, into: &residuals, &jacobian) } catch { throw .failed(error) }
  }
}
