import Secant
import Testing

@Suite struct RMSPropTests {
  /// torch.optim.RMSprop(lr=0.03).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.rmsprop, .rmsProp(rate: 0.03), .rmsProp(rate: 0.03))
  }

  /// torch.optim.RMSprop(lr=0.03, alpha=0.9, centered=True, momentum=0.5).
  @Test func centredWithMomentumFollowsTorch() {
    expectFollows(
      FirstOrderReference.rmsprop_centred,
      .rmsProp(rate: 0.03, RMSProp(decay: 0.9, momentum: 0.5, isCentred: true)),
      .rmsProp(rate: 0.03, RMSProp(decay: 0.9, momentum: 0.5, isCentred: true)))
  }

  /// optax.rmsprop(0.03).
  @Test func presetFollowsOptax() {
    expectFollows(
      FirstOrderReference.rmsprop_optax, .rmsProp(rate: 0.03, .optax), .rmsProp(rate: 0.03, .optax))
  }

  /// optax.rmsprop(0.03, centered=True, momentum=0.5).
  @Test func centredWithMomentumFollowsOptax() {
    expectFollows(
      FirstOrderReference.rmsprop_optax_centred,
      .rmsProp(
        rate: 0.03, RMSProp(decay: 0.9, momentum: 0.5, isCentred: true, epsilon: 1e-8, isEpsilonInside: true)),
      .rmsProp(
        rate: 0.03, RMSProp(decay: 0.9, momentum: 0.5, isCentred: true, epsilon: 1e-8, isEpsilonInside: true))
    )
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() {
    expectBlindToScale(.rmsProp(rate: 0.01, RMSProp(epsilon: 0)))
  }

  /// v₁ = (1 − α)g², so the first step is η/√(1 − α) in every coordinate.
  @Test func firstStepIsTheRateOverTheRootOfTheWeight() {
    let points = trajectory(
      Descent.rmsProp(rate: 0.01, RMSProp(decay: 0.75, epsilon: 0)),
      on: DiagonalQuadratic<Double>(λ: [1e-3, 1, 1e6]), from: [1, -1, 1], steps: 1)
    for (x, expected) in zip(points[0], [0.98, -0.98, 0.98]) { #expect(abs(x - expected) < 1e-15) }
  }

  /// Where gradients are constant v − m² falls to 0, and rounding below it: the steps stay numbers.
  @Test func varianceIsNeverNegative() {
    struct Slope: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Float>, into g: inout Vector<Float>) -> Float {
        for i in g.indices { g[i] = 0.1 + Float(i) / 7 }
        return x.dot(g)
      }
    }
    let points = trajectory(
      Descent.rmsProp(rate: 1e-3, RMSProp(decay: 0.5, isCentred: true)), on: Slope(),
      from: Vector(zeros: 50), steps: 200)
    #expect(points.allSatisfy { $0.isFinite })
  }

  @Test func memoryHoldsOnlyWhatIsUsed() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 1])
    let plain = RMSProp<DiagonalQuadratic<Double>>().allocate(2, for: problem)
    #expect((plain.second.count, plain.first.count, plain.sum.count) == (2, 0, 0))
    let full = RMSProp<DiagonalQuadratic<Double>>(momentum: 0.9, isCentred: true).allocate(2, for: problem)
    #expect((full.second.count, full.first.count, full.sum.count) == (2, 2, 2))
  }

  @Test func refusesBadHyperParameters() {
    typealias M = RMSProp<DiagonalQuadratic<Double>>
    #expect(M(decay: 1).complaint?.contains("decay (α) is 1.0: ") == true)
    #expect(M(momentum: -0.5).complaint?.contains("momentum (μ) is -0.5: ") == true)
    #expect(M(epsilon: .infinity).complaint?.contains("epsilon (ε) is inf: ") == true)
    #expect(M().complaint == nil)
  }
}
