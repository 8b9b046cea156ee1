import Secant
import Testing

@Suite struct AMSGradTests {
  /// torch.optim.Adam(lr=0.3, betas=(0.9, 0.5), amsgrad=True): the maximum, then the correction.
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.amsgrad, .amsGrad(rate: 0.3, betas: (0.9, 0.5)),
      .amsGrad(rate: 0.3, betas: (0.9, 0.5)))
  }

  /// optax.amsgrad(0.3, b2=0.5): the correction, then the maximum.
  @Test func presetFollowsOptax() {
    expectFollows(
      FirstOrderReference.amsgrad_optax, .amsGrad(rate: 0.3, betas: (0.9, 0.5), correction: .beforeMaximum),
      .amsGrad(rate: 0.3, betas: (0.9, 0.5), correction: .beforeMaximum))
  }

  /// optax.amsgrad(0.3, b2=0.5) without corrections, as in the paper.
  @Test func uncorrectedFollowsThePaper() {
    expectFollows(
      FirstOrderReference.amsgrad_paper, .amsGrad(rate: 0.3, betas: (0.9, 0.5), correction: .none),
      .amsGrad(rate: 0.3, betas: (0.9, 0.5), correction: .none))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.amsGrad(rate: 0.1, epsilon: 0)) }

  /// v_max never falls, and is never below v.
  @Test func maximumNeverFalls() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent(
      AMSGrad<QuadraticAndQuartic<Double>>(betas: (0.9, 0.5)), step: Constant(rate: 0.1))
    var state = method.start(at: QuadraticAndQuartic.start, for: problem)
    var last = Vector<Double>(zeros: 8)
    var fell = false
    for _ in 0..<60 {
      let second = state.memory.direction.averages.second
      method.step(&state, on: problem)
      let memory = state.memory.direction
      for i in 0..<8 {
        #expect(memory.greatest[i] >= last[i] && memory.greatest[i] >= memory.averages.second[i])
        fell = fell || memory.averages.second[i] < second[i]
      }
      last = memory.greatest
    }
    #expect(fell)
  }

  /// Reddi, Kale and Kumar's example (section 3): the slopes 1010, −10, −10, …, one large one in 101, whose mean is
  /// positive, so that −1 is best in [−1, 1]. Adam goes the wrong way, AMSGrad the right one.
  @Test func solvesTheCounterexampleToAdam() {
    struct Slope: DifferentiableObjective {
      var slope: Double
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = slope
        return slope * x[0]
      }
    }
    func end(of method: some Solver<Slope>) -> Double {
      var state = method.start(at: [0], for: Slope(slope: 0))
      for t in 0..<101 * 100 {
        state.current.isEvaluated = false
        method.step(&state, on: Slope(slope: t % 101 == 0 ? 1010 : -10))
      }
      return state.current.point[0]
    }
    let betas = (0.0, 0.9)
    #expect(end(of: Descent.adam(rate: 1e-3, betas: betas)) > 0.5)
    #expect(end(of: Descent.amsGrad(rate: 1e-3, betas: betas)) < 0)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AMSGrad<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
