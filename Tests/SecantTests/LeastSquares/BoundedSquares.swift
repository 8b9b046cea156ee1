import Secant

/// A sum of squares within bounds, made of formulas, that traps where it is asked for a point outside.
struct BoundedSquares<Scalar: LAPACKScalar>: BoundedObjective, ResidualObjective, CustomStringConvertible {
  let name: String
  var bounds: Bounds<Scalar>
  let start: Vector<Scalar>
  let residualCount: Int
  let r: @Sendable (Vector<Scalar>, inout Vector<Scalar>) -> Void
  let J: @Sendable (Vector<Scalar>, inout Matrix<Scalar>) -> Void

  var description: String { name }

  func check(_ x: Vector<Scalar>) {
    precondition(bounds.contains(x), "\(name) was asked for \(x), outside of its bounds")
  }

  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    check(x)
    r(x, &residuals)
  }

  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    check(x)
    r(x, &residuals)
    jacobian.fill(with: 0)
    J(x, &jacobian)
  }

  /// The same with other bounds.
  func within(_ lower: Vector<Scalar>, _ upper: Vector<Scalar>) -> Self {
    var other = self
    other.bounds = Bounds(lower: lower, upper: upper)
    return other
  }

  /// The same function of x/units, in units of the residuals.
  func inUnits(_ units: Vector<Scalar>, residuals unit: Scalar = 1) -> Self {
    let (r, J) = (r, J)
    func scaled(_ x: Vector<Scalar>) -> Vector<Scalar> { Vector(x.indices.map { x[$0] * units[$0] }) }
    return BoundedSquares(
      name: "\(name), scaled", bounds: Bounds(lower: scaled(bounds.lower), upper: scaled(bounds.upper)),
      start: scaled(start), residualCount: residualCount,
      r: { x, residuals in
        r(Vector(x.indices.map { x[$0] / units[$0] }), &residuals)
        residuals.scale(by: unit)
      },
      J: { x, jacobian in
        J(Vector(x.indices.map { x[$0] / units[$0] }), &jacobian)
        jacobian.divideColumns(by: units)
        jacobian.scale(by: unit)
      })
  }

  static func rosenbrock(_ lower: Vector<Scalar>, _ upper: Vector<Scalar>) -> Self {
    BoundedSquares(
      name: "Rosenbrock", bounds: Bounds(lower: lower, upper: upper), start: [-1.2, 1], residualCount: 2,
      r: { x, r in
        r[0] = 10 * (x[1] - x[0] * x[0])
        r[1] = 1 - x[0]
      },
      J: { x, J in
        J[0, 0] = -20 * x[0]
        J[0, 1] = 10
        J[1, 0] = -1
      })
  }

  /// Powell's singular function: at its minimum the Jacobian has rank 2.
  static func powellSingular(_ lower: Vector<Scalar>, _ upper: Vector<Scalar>) -> Self {
    let (a, b) = (Scalar(5).squareRoot(), Scalar(10).squareRoot())
    return BoundedSquares(
      name: "Powell singular", bounds: Bounds(lower: lower, upper: upper), start: [3, -1, 0, 1],
      residualCount: 4,
      r: { x, r in
        let (p, q) = (x[1] - 2 * x[2], x[0] - x[3])
        r[0] = x[0] + 10 * x[1]
        r[1] = a * (x[2] - x[3])
        r[2] = p * p
        r[3] = b * q * q
      },
      J: { x, J in
        let (p, q) = (x[1] - 2 * x[2], x[0] - x[3])
        J[0, 0] = 1
        J[0, 1] = 10
        J[1, 2] = a
        J[1, 3] = -a
        J[2, 1] = 2 * p
        J[2, 2] = -4 * p
        J[3, 0] = 2 * b * q
        J[3, 3] = -2 * b * q
      })
  }

  /// Ax + b with A of rank n.
  static func linear(_ n: Int, seed: Int, _ lower: Vector<Scalar>, _ upper: Vector<Scalar>) -> Self {
    let m = n + 3
    var generator = RandomGenerator(seed: UInt64(seed))
    var elements = Vector<Scalar>(zeros: m * n + m)
    generator.fillNormal(&elements)
    let A = Matrix(rows: m, columns: n, elements: Vector(elements.prefix(m * n).map { $0 }))
    let b = Vector(elements.suffix(m).map { 3 * $0 })
    return BoundedSquares(
      name: "linear \(seed)", bounds: Bounds(lower: lower, upper: upper), start: Vector(zeros: n),
      residualCount: m,
      r: { x, r in
        r.copy(b)
        A.multiply(x, into: &r, adding: 1)
      },
      J: { _, J in J.copy(A) })
  }
}

/// The methods for least squares within bounds.
func boundedLeastSquaresMethods<P: BoundedObjective & ResidualObjective>() -> [Named<P>] {
  [
    Named(name: "projected Levenberg–Marquardt", method: .projectedLevenbergMarquardt()),
    Named(
      name: "projected Levenberg–Marquardt, Nielsen",
      method: .projectedLevenbergMarquardt(damping: NielsenDamping())),
    Named(
      name: "projected Levenberg–Marquardt, Marquardt",
      method: .projectedLevenbergMarquardt(damping: MarquardtDamping())),
    Named(name: "trust-region reflective", method: .trustRegionReflective()),
  ]
}
