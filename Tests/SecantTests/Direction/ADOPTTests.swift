import Secant
import Testing

@Suite struct ADOPTTests {
  /// pytorch_optimizer.ADOPT(lr=0.1), which follows the authors.
  @Test func followsPytorchOptimizer() {
    expectFollows(
      FirstOrderReference.adopt, .adopt(rate: 0.1), .adopt(rate: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.adopt(rate: 0.01, epsilon: 1e-300)) }

  @Test func firstStepOnlyLooks() {
    let points = trajectory(
      Descent.adopt(rate: 0.1), on: DiagonalQuadratic<Double>(λ: [1, 9]), from: [1, -1], steps: 2)
    #expect(points[0] == [1, -1])
    // Then q = g/|g|, of which 1 − β₁ is taken.
    #expect(abs(points[1][0] - 0.99) < 1e-15 && abs(points[1][1] + 0.99) < 1e-15)
  }

  /// The slope of a step grows a thousandfold: clipped, it counts t^¼.
  @Test func clipsWhatIsNew() {
    struct Slope: DifferentiableObjective {
      var slope: Double
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = slope
        return slope * x[0]
      }
    }
    func move(clips: Bool) -> Double {
      let method = Descent(ADOPT<Slope>(betas: (0, 0.9), clips: clips), step: Constant(rate: 1))
      var state = method.start(at: [0], for: Slope(slope: 1))
      for _ in 0..<16 { method.step(&state, on: Slope(slope: 1)) }
      let before = state.current.point[0]
      state.current.isEvaluated = false
      method.step(&state, on: Slope(slope: 1000))
      return before - state.current.point[0]
    }
    #expect(abs(move(clips: true) - 2) < 1e-14)
    #expect(abs(move(clips: false) - 1000) < 1e-10)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = ADOPT<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(M().complaint == nil)
  }
}
