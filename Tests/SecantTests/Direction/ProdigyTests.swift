import Secant
import Testing

@Suite struct ProdigyTests {
  /// prodigyopt.Prodigy(d0=0.1, betas=(0.875, 0.984375)): averages that single precision holds exactly, since without a
  /// bias correction the rounding of 1 − β₂ would be seen.
  @Test func followsTheAuthors() {
    expectFollows(
      FirstOrderReference.prodigy, .prodigy(betas: (0.875, 0.984375), initialDistance: 0.1),
      .prodigy(betas: (0.875, 0.984375), initialDistance: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.prodigy(epsilon: 1e-300)) }

  /// On a convex function d never falls, and never passes ‖x₀ − x*‖∞.
  @Test func distanceIsAnEstimateFromBelow() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 2, 4])
    let start: Vector<Double> = [3, -2, 1]
    let method = Descent(Prodigy<DiagonalQuadratic<Double>>(), step: Constant(rate: 1))
    var state = method.start(at: start, for: problem)
    var last = 1e-6
    for _ in 0..<500 {
      method.step(&state, on: problem)
      #expect((last...3 * (1 + 1e-12)).contains(state.memory.direction.distance))
      last = state.memory.direction.distance
    }
    #expect(last > 0.3)
    #expect(state.current.point.norm < 0.1)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Prodigy<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(M(initialDistance: 0).complaint?.contains("initialDistance (d₀) is 0.0: ") == true)
    #expect(M().complaint == nil)
  }
}
