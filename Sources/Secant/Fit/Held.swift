/// A least-squares problem with one parameter held at a value: what a profile is made of.
struct Held<Base: ResidualObjective>: ResidualObjective where Base.Domain == WholeSpace {
  typealias Scalar = Base.Scalar
  typealias Failure = Base.Failure

  let base: Base
  /// Which parameter is held, and where.
  let held: Int
  let value: Scalar

  var residualCount: Int { base.residualCount }
  var residualWeight: Scalar { base.residualWeight }
  var residualScale: Scalar { base.residualScale }
  var jacobianError: Scalar { base.jacobianError }

  /// The parameters of the base.
  func all(_ x: Vector<Scalar>) -> Vector<Scalar> {
    Vector(x.prefix(held) + [value] + x.dropFirst(held))
  }

  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) throws(Failure) {
    try base.residuals(at: all(x), into: &residuals)
  }

  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) {
    var whole = Matrix<Scalar>(zeros: jacobian.rows, jacobian.columns + 1)
    try base.residualsAndJacobian(at: all(x), into: &residuals, &whole)
    for j in 0..<jacobian.columns {
      for i in 0..<jacobian.rows { jacobian[i, j] = whole[i, j < held ? j : j + 1] }
    }
  }

  func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    base.charge(for: evaluation, dimension: dimension + 1)
  }
}
