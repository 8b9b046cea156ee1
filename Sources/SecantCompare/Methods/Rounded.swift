import Secant

/// A problem in single precision that is computed in double: its point is rounded up, and its answers are rounded down.
struct Rounded: TwiceDifferentiableObjective {
  private let problem: AnyProblem<Double>

  init(_ problem: AnyProblem<Double>) { self.problem = problem }

  var dimension: Int? { problem.dimension }
  var complaint: String? { problem.complaint }

  func value(at x: Vector<Float>) throws -> Float { Float(try problem.value(at: Self.double(x))) }

  func valueAndGradient(at x: Vector<Float>, into gradient: inout Vector<Float>) throws -> Float {
    var g = Vector<Double>(zeros: x.count)
    let value = try problem.valueAndGradient(at: Self.double(x), into: &g)
    for i in x.indices { gradient[i] = Float(g[i]) }
    return Float(value)
  }

  func hessian(times v: Vector<Float>, at x: Vector<Float>, into product: inout Vector<Float>) throws {
    var Hv = Vector<Double>(zeros: x.count)
    try problem.hessian(times: Self.double(v), at: Self.double(x), into: &Hv)
    for i in x.indices { product[i] = Float(Hv[i]) }
  }

  func hessian(at x: Vector<Float>, into hessian: inout Matrix<Float>) throws {
    var H = Matrix<Double>(zeros: x.count, x.count)
    try problem.hessian(at: Self.double(x), into: &H)
    for j in x.indices {
      for i in x.indices { hessian[i, j] = Float(H[i, j]) }
    }
  }

  private static func double(_ x: Vector<Float>) -> Vector<Double> { Vector(x.map { Double($0) }) }
}
