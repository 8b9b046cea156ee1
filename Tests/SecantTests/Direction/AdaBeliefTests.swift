import Secant
import Testing

@Suite struct AdaBeliefTests {
  /// adabelief_pytorch.AdaBelief(lr=0.1, eps=1e-16, weight_decouple=True, rectify=True), version 0.2.
  @Test func followsTheAuthors() {
    expectFollows(
      FirstOrderReference.adabelief, .adaBelief(rate: 0.1), .adaBelief(rate: 0.1))
  }

  /// adabelief_pytorch.AdaBelief(lr=0.1, eps=1e-8, weight_decouple=False, rectify=False).
  @Test func originalFollowsTheAuthors() {
    expectFollows(
      FirstOrderReference.adabelief_plain, .adaBelief(rate: 0.1, .original), .adaBelief(rate: 0.1, .original))
  }

  /// On a slope that never changes the deviation dies, and the steps grow where Adam's do not.
  @Test func believesGradientsThatAgree() {
    struct Slope: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = 1
        return x[0]
      }
    }
    func lastStep(_ method: some Solver<Slope>) -> Double {
      let points = trajectory(method, on: Slope(), from: [0], steps: 300)
      return points[298][0] - points[299][0]
    }
    #expect(abs(lastStep(Descent.adam(rate: 1e-3)) - 1e-3) < 1e-10)
    #expect(lastStep(Descent.adaBelief(rate: 1e-3, .original)) > 2e-3)
  }

  @Test func decayIsDecoupled() {
    let points = trajectory(
      Descent.adaBelief(rate: 0.1, AdaBelief(decoupledDecay: 0.5)), on: DiagonalQuadratic<Double>(λ: [0]),
      from: [1], steps: 3)
    for (k, point) in points.enumerated() { #expect(abs(point[0] - Double.pow(0.95, k + 1)) < 1e-15) }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AdaBelief<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(M(decoupledDecay: -1).complaint?.contains("decoupledDecay (λ) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
