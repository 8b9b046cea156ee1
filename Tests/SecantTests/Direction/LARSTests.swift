import Secant
import Testing

@Suite struct LARSTests {
  /// The paper's Algorithm 1 in NumPy, over two blocks.
  @Test func followsThePaper() {
    expectFollows(
      FirstOrderReference.lars, .lars(rate: 0.5, trust: 0.1, decay: 0.05),
      .lars(rate: 0.5, trust: 0.1, decay: 0.05))
  }

  /// Without momentum and decay a block moves by ηc‖θ‖, along its gradient.
  @Test func blocksMoveByThePartOfTheirSize() {
    let problem = QuadraticAndQuartic<Double>()
    var last = QuadraticAndQuartic<Double>.start
    let method = Descent<LARS<QuadraticAndQuartic<Double>>, Constant<Double>>.lars(
      rate: 2, momentum: 0, trust: 0.01)
    var g = last
    for point in trajectory(method, on: problem, from: last, steps: 30) {
      _ = problem.valueAndGradient(at: last, into: &g)
      for block in problem.layout.blocks {
        let size = last[block.range].reduce(0) { $0 + $1 * $1 }.squareRoot()
        let slope = g[block.range].reduce(0) { $0 + $1 * $1 }.squareRoot()
        for i in block.range { #expect(abs(last[i] - point[i] - 0.02 * size * g[i] / slope) < 1e-14) }
      }
      last = point
    }
  }

  /// A block without a gradient, and one at zero, bring no NaN.
  @Test func zeroDividesNothing() {
    let points = trajectory(
      Descent.lars(rate: 0.1), on: QuadraticAndQuartic<Float>(), from: Vector(zeros: 8), steps: 3)
    #expect(points.allSatisfy { $0.isFinite })
  }

  @Test func refusesBadHyperParameters() {
    typealias M = LARS<QuadraticAndQuartic<Double>>
    #expect(M(momentum: 1).complaint?.contains("momentum (μ) is 1.0: ") == true)
    #expect(M(trust: 0).complaint?.contains("trust (c) is 0.0: ") == true)
    #expect(M(decay: -1).complaint?.contains("decay (λ) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
