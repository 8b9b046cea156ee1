import Secant
import Testing

@Suite struct AdaGradTests {
  /// torch.optim.Adagrad(lr=0.3).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.adagrad, .adaGrad(rate: 0.3), .adaGrad(rate: 0.3))
  }

  /// optax.adagrad(0.3).
  @Test func presetFollowsOptax() {
    expectFollows(
      FirstOrderReference.adagrad_optax, .adaGrad(rate: 0.3, .optax), .adaGrad(rate: 0.3, .optax))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() {
    expectBlindToScale(.adaGrad(rate: 0.1, AdaGrad(epsilon: 0)))
  }

  /// Without ε the first step is η in every coordinate, and with the units of a variable its steps change alone.
  @Test func firstStepIsTheRateAgainstTheSign() {
    let points = trajectory(
      Descent.adaGrad(rate: 0.01, AdaGrad(epsilon: 0, isEpsilonInside: true)),
      on: DiagonalQuadratic<Double>(λ: [1e-3, 1, 1e6]), from: [1, -1, 1], steps: 1)
    for (x, expected) in zip(points[0], [0.99, -0.99, 0.99]) { #expect(abs(x - expected) < 1e-15) }
  }

  /// On a constant slope the k-th step is η/√k.
  @Test func constantSlopesGiveTheHarmonicRoots() {
    struct Slope: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = 3
        return 3 * x[0]
      }
    }
    var last = 0.0
    let points = trajectory(
      Descent.adaGrad(rate: 0.5, AdaGrad(epsilon: 0)), on: Slope(), from: [0], steps: 20)
    for (k, point) in points.enumerated() {
      #expect(abs(last - point[0] - 0.5 / Double(k + 1).squareRoot()) < 1e-14)
      last = point[0]
    }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AdaGrad<DiagonalQuadratic<Double>>
    #expect(M(initial: -1).complaint?.contains("initial (v₀) is -1.0: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M(epsilon: .nan, isEpsilonInside: true).complaint?.contains("epsilon (ε) is nan: ") == true)
    #expect(M().complaint == nil)
  }
}
