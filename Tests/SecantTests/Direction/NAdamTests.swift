import Secant
import Testing

@Suite struct NAdamTests {
  /// torch.optim.NAdam(lr=0.1).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.nadam, .nAdam(rate: 0.1), .nAdam(rate: 0.1))
  }

  /// optax.nadam(0.1).
  @Test func constantMomentumFollowsOptax() {
    expectFollows(
      FirstOrderReference.nadam_optax, .nAdam(rate: 0.1, momentumDecay: nil),
      .nAdam(rate: 0.1, momentumDecay: nil))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.nAdam(rate: 0.01, epsilon: 0)) }

  /// Without momentum nothing can be looked ahead.
  @Test func withoutMomentumItIsAdam() {
    let start = QuadraticAndQuartic<Double>.start
    let points = trajectory(
      Descent.nAdam(rate: 0.1, betas: (0, 0.999)), on: QuadraticAndQuartic(), from: start, steps: 20)
    let adam = trajectory(
      Descent.adam(rate: 0.1, betas: (0, 0.999)), on: QuadraticAndQuartic<Double>(), from: start, steps: 20)
    #expect(discrepancy(points, adam.map(Array.init)) < 1e-13)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = NAdam<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M(momentumDecay: -1).complaint?.contains("momentumDecay (ψ) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
