import Secant
import Testing

/// f(x) = xᵀHx/2 with a full H.
private struct FullQuadratic<Scalar: LAPACKScalar>: HessianVectorObjective {
  var h = Matrix<Scalar>(zeros: 5, 5)

  init() {
    for i in 0..<5 {
      for j in 0..<5 { h[i, j] = Scalar(i == j ? i - 1 : (i * j + i + j) % 4) }
    }
  }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    h.multiply(x, into: &g)
    return x.dot(g) / 2
  }

  func hessian(times v: Vector<Scalar>, at _: Vector<Scalar>, into p: inout Vector<Scalar>) {
    h.multiply(v, into: &p)
  }
}

@Suite struct HutchinsonTests {
  /// E ĥᵢ = Hᵢᵢ and Var ĥᵢ = Σ_{j≠i} Hᵢⱼ²; Var Σĥᵢ = 2Σ_{j≠i} Hᵢⱼ². With 40,000 draws the mean's standard error is
  /// σ/200, and that of a variance is below 2σ²/200 for a quantity whose kurtosis is at most 5.
  @Test func isUnbiasedWithTheLeastVariance() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      let problem = FullQuadratic<Scalar>()
      var oracle = Oracle(problem)
      let x = Vector<Scalar>(zeros: 5)
      var (u, product) = (x, x)
      var (sum, squares) = ([Double](repeating: 0, count: 6), [Double](repeating: 0, count: 6))
      let draws = 40_000
      for draw in 0..<draws {
        try Hutchinson(seed: 3).estimate(at: x, draw: draw, probe: &u, product: &product, asking: &oracle)
        var estimate = (0..<5).map { Double(u[$0] * product[$0]) }
        estimate.append(estimate.reduce(0, +))
        for i in 0..<6 {
          sum[i] += estimate[i]
          squares[i] += estimate[i] * estimate[i]
        }
      }
      var (trace, varianceOfTrace) = (0.0, 0.0)
      for i in 0..<6 {
        let row = i < 5 ? (0..<5).filter { $0 != i }.map { Double(problem.h[i, $0]) } : []
        let variance = i < 5 ? row.reduce(0) { $0 + $1 * $1 } : varianceOfTrace
        let expected = i < 5 ? Double(problem.h[i, i]) : trace
        trace += expected
        varianceOfTrace += 2 * variance
        let mean = sum[i] / Double(draws)
        #expect(abs(mean - expected) <= 5 * variance.squareRoot() / 200)
        #expect(abs(squares[i] / Double(draws) - mean * mean - variance) <= 5 * 2 * variance / 200)
      }
      #expect(oracle.ledger.hessianVectorProducts == draws)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func isExactForADiagonalHessian() throws {
    let problem = DiagonalQuadratic<Double>(λ: [1, -2, 3])
    var oracle = Oracle(problem)
    var (u, product) = (Vector<Double>(zeros: 3), Vector<Double>(zeros: 3))
    for draw in 0..<10 {
      try Hutchinson().estimate(at: [0, 0, 0], draw: draw, probe: &u, product: &product, asking: &oracle)
      #expect((0..<3).map { u[$0] * product[$0] } == problem.λ)
    }
  }

  @Test func dependsOnSeedAndDrawAlone() throws {
    let problem = DiagonalQuadratic<Double>(λ: Array(repeating: 1, count: 64))
    var oracle = Oracle(problem)
    let x = Vector<Double>(zeros: 64)
    var product = x
    func probe(_ seed: UInt64, _ draw: Int) throws -> Vector<Double> {
      var u = x
      try Hutchinson(seed: seed).estimate(at: x, draw: draw, probe: &u, product: &product, asking: &oracle)
      return u
    }
    #expect(try probe(1, 2) == probe(1, 2))
    #expect(try probe(1, 2) != probe(1, 3))
    #expect(try probe(1, 2) != probe(2, 2))
    #expect(try probe(1, 2).allSatisfy { abs($0) == 1 })
  }
}
