import Secant
import Testing

@Suite struct DiagonalModelTests {
  /// The quasi-Cauchy relation sᵀB₊s = sᵀy, and the least change that has it.
  @Test func hasTheCurvatureOfTheLastStep() {
    let f = Quadratic<Double>(4, condition: 10)
    let model = DiagonalModel<Quadratic<Double>>()
    var memory = model.allocate(4, for: f)
    var oracle = Oracle(f)
    func iterate(_ x: Vector<Double>) -> Iterate<Double> {
      var iterate = Iterate(x)
      iterate.value = f.valueAndGradient(at: x, into: &iterate.gradient)
      iterate.isEvaluated = true
      return iterate
    }
    let points = [[0, 0, 0, 0], [1, -1, 2, 0.5], [1, 3, 1, 1], [-2, 0, 1, 0]].map { iterate(Vector($0)) }
    for k in 1..<points.count {
      let before = memory.diagonal
      model.prepare(at: points[k], beside: points[k - 1], hasMoved: true, &memory, asking: &oracle)
      let s = points[k].point - points[k - 1].point
      let y = points[k].gradient - points[k - 1].gradient
      var Bs = Vector<Double>(zeros: 4)
      model.multiply(s, at: points[k], into: &Bs, &memory, asking: &oracle)
      #expect(abs(Bs.dot(s) - s.dot(y)) < 1e-12 * abs(s.dot(y)))
      // The change is a multiple of s².
      guard k > 1 else { continue }
      let change = memory.diagonal - before
      for i in 1..<4 {
        #expect(abs(change[i] * s[0] * s[0] - change[0] * s[i] * s[i]) < 1e-9 * change.norm * s.squaredNorm)
      }
    }
  }

  @Test func isMuchFasterThanSteepestDescentWhereVariablesDifferInScale() {
    let n = 20
    var A = Matrix<Double>(zeros: n, n)
    for i in 0..<n { A[i, i] = Double.pow(10, Double(i) / 5) }
    let f = Quadratic(A, Vector(repeating: 1, count: n))
    let outcome = minimize(
      f, from: Vector(zeros: n), using: .trustRegion(model: DiagonalModel()),
      within: Budget(iterations: 2_000))
    #expect(outcome.status.isConverged)
    let steepest = minimize(
      f, from: Vector(zeros: n), using: .gradientDescent(), within: Budget(iterations: 2_000))
    #expect(outcome.ledger.gradients * 2 < steepest.ledger.gradients)
  }
}
