import Secant
import Testing

@Suite struct YogiTests {
  /// optax.yogi(0.1).
  @Test func followsOptax() {
    expectFollows(
      FirstOrderReference.yogi_optax, .yogi(rate: 0.1), .yogi(rate: 0.1))
  }

  /// |v₊ − v| = (1 − β₂)g², and v stays positive.
  @Test func secondAverageMovesByThePartOfTheSquare() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent(
      Yogi<QuadraticAndQuartic<Double>>(betas: (0.9, 0.99)), step: Constant(rate: 0.1))
    var state = method.start(at: QuadraticAndQuartic.start, for: problem)
    for _ in 0..<60 {
      let before = state.memory.direction.second
      method.step(&state, on: problem)
      // The gradient that was used is that of the point that was left.
      let (g, v) = (state.other.gradient, state.memory.direction.second)
      for i in v.indices {
        let change = abs(v[i] - before[i])
        let rounding: Double = 8 * max(v[i], before[i]).ulp
        #expect(abs(change - 0.01 * g[i] * g[i]) <= rounding)
        #expect(v[i] > 0)
      }
    }
  }

  @Test func uncorrectedFirstStepIsThePapers() {
    let method = Descent(
      Yogi<DiagonalQuadratic<Double>>(betas: (0.5, 0.75), epsilon: 0, initial: 0, isCorrected: false),
      step: Constant(rate: 0.1))
    let points = trajectory(method, on: DiagonalQuadratic<Double>(λ: [4]), from: [1], steps: 1)
    // m = ½g and v = ¼g².
    #expect(abs(points[0][0] - 0.9) < 1e-15)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Yogi<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M(initial: -1).complaint?.contains("initial (v₀) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
