import Secant
import Testing

@Suite struct AdaDeltaTests {
  /// torch.optim.Adadelta(lr=20).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.adadelta, .adaDelta(rate: 20), .adaDelta(rate: 20))
  }

  /// The units: with ε scaled by them, a variable in other units makes the same steps in its own.
  @Test func stepsHaveTheUnitsOfTheVariables() {
    let c = 0x1p10
    let unit = trajectory(
      Descent.adaDelta(epsilon: 0x1p-10), on: DiagonalQuadratic<Double>(λ: [1]), from: [1], steps: 30)
    // x → cx and f → c²f: ε, which stands beside g² and Δ², is c²ε.
    let scaled = trajectory(
      Descent.adaDelta(epsilon: 0x1p-10 * c * c), on: DiagonalQuadratic<Double>(λ: [1]), from: [c], steps: 30)
    for (x, y) in zip(unit, scaled) { #expect(c * x[0] == y[0]) }
  }

  /// u₀ = 0 and v₁ = (1 − ρ)g²: the first step is about √(ε/(1 − ρ)).
  @Test func beginsWithTheRootOfEpsilon() {
    let points = trajectory(
      Descent.adaDelta(decay: 0.75, epsilon: 1e-8), on: DiagonalQuadratic<Double>(λ: [1, 100]),
      from: [1, 1], steps: 1)
    for x in points[0] { #expect(abs(1 - x - 2e-4) < 1e-11) }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AdaDelta<DiagonalQuadratic<Double>>
    #expect(M(decay: 1).complaint?.contains("decay (ρ) is 1.0: ") == true)
    #expect(M(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(M().complaint == nil)
  }
}
