import Secant
import Testing

@Suite struct VRAdamTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// The authors' code with eta=0.2, beta3=0.25, lr_cutoff=0.5, weight_decay=0.05: the brake is at its cutoff in some steps and
  /// below it in others.
  @Test func followsTheAuthors() {
    expectFollows(
      FirstOrderReference.vradam,
      .vrAdam(rate: 0.2, VRAdam(Adam(decoupledDecay: 0.05), braking: 0.25, cutoff: 0.5)),
      .vrAdam(rate: 0.2, VRAdam(Adam(decoupledDecay: 0.05), braking: 0.25, cutoff: 0.5)))
  }

  @Test func withoutABrakeItIsAdamW() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let start = Fixed<Scalar>.start
      let expected = trajectory(.adamW(rate: 0.1), on: Fixed<Scalar>(), from: start, steps: 30)
      let adam = Adam<Fixed<Scalar>>(decoupledDecay: 1e-2)
      for direction in [VRAdam(adam, braking: 0), VRAdam(adam, cutoff: 0)] {
        let points = trajectory(
          .vrAdam(rate: 0.1, direction), on: Fixed<Scalar>(), from: start, steps: 30)
        // AdamW takes its step in one pass, which rounds otherwise.
        for (point, expected) in zip(points, expected) {
          #expect((point - expected).largestMagnitude <= 64 * Scalar.ulpOfOne)
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// Far from the minimum the momentum is large, and a step is 1/(1 + α₁) of Adam's.
  @Test func aLargeMomentumBrakesFully() {
    let problem = DiagonalQuadratic<Double>(λ: [1e3])
    let braked = trajectory(
      .vrAdam(rate: .constant(0.1), VRAdam(Adam(), cutoff: 4)), on: problem, from: [1e3], steps: 1)
    let free = trajectory(.adam(rate: 0.1), on: problem, from: [1e3], steps: 1)
    #expect(abs((braked[0][0] - 1e3) - (free[0][0] - 1e3) / 5) < 1e-12)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = VRAdam<DiagonalQuadratic<Double>>
    #expect(M(braking: -1).complaint?.contains("braking (β₃) is -1.0: ") == true)
    #expect(M(cutoff: .nan).complaint?.contains("cutoff (α₁) is nan: ") == true)
    #expect(M(Adam(epsilon: -1)).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
