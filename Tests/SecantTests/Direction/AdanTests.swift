import Secant
import Testing

@Suite struct AdanTests {
  /// pytorch_optimizer.Adan(lr=0.1), which follows the authors.
  @Test func followsPytorchOptimizer() {
    expectFollows(
      FirstOrderReference.adan, .adan(rate: 0.1), .adan(rate: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.adan(rate: 0.01, epsilon: 0)) }

  @Test func firstStepIsTheRateAgainstTheSign() {
    let points = trajectory(
      Descent.adan(rate: 0.01, epsilon: 0), on: DiagonalQuadratic<Double>(λ: [1e-3, 1, 1e6]),
      from: [1, -1, 1], steps: 1)
    for (x, expected) in zip(points[0], [0.99, -0.99, 0.99]) { #expect(abs(x - expected) < 1e-15) }
  }

  /// On a slope that never changes it is Adam's step: there is no difference to look at.
  @Test func constantSlopesGiveTheRate() {
    struct Slope: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = 7
        return 7 * x[0]
      }
    }
    let points = trajectory(Descent.adan(rate: 0.01, epsilon: 0), on: Slope(), from: [0], steps: 50)
    for (k, point) in points.enumerated() { #expect(abs(point[0] + 0.01 * Double(k + 1)) < 1e-14) }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Adan<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.92, 0.99)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.98, -1, 0.99)).complaint?.contains("betas.1 (β₂) is -1.0: ") == true)
    #expect(M(betas: (0.98, 0.92, .nan)).complaint?.contains("betas.2 (β₃) is nan: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
