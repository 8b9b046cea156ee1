import Secant
import Testing

@Suite struct RpropTests {
  /// torch.optim.Rprop(lr=0.1).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.rprop, .rprop(initialStep: 0.1), .rprop(initialStep: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.rprop()) }

  /// Along a line lengths grow by η⁺; past the minimum the coordinate waits a step and comes back with half the length.
  @Test func lengthsGrowAndShrink() {
    let points = trajectory(
      Descent.rprop(initialStep: 0.5), on: DiagonalQuadratic<Double>(λ: [1]), from: [1], steps: 4)
    for (point, expected) in zip(points, [0.5, -0.1, -0.1, 0.2]) { #expect(abs(point[0] - expected) < 1e-15) }
  }

  @Test func lengthsStayWithinBounds() {
    let problem = QuadraticAndQuartic<Float>()
    let method = Descent(
      Rprop<QuadraticAndQuartic<Float>>(initialStep: 0.1, bounds: 0.05...0.2), step: Constant(rate: 1))
    var state = method.start(at: QuadraticAndQuartic.start, for: problem)
    var met: Set<Float> = []
    for _ in 0..<60 {
      method.step(&state, on: problem)
      for length in state.memory.direction.lengths {
        #expect((0.05...0.2).contains(length))
        met.insert(length)
      }
    }
    #expect(met.contains(0.05) && met.contains(0.2))
  }

  /// Products of tiny gradients do not underflow into "no change".
  @Test func tinyGradientsHaveSigns() {
    #expect(
      trajectory(Descent.rprop(), on: DiagonalQuadratic<Double>(λ: [0x1p-600]), from: [1], steps: 20)
        == trajectory(Descent.rprop(), on: DiagonalQuadratic<Double>(λ: [1]), from: [1], steps: 20))
  }

  @Test func refusesBatches() {
    typealias P = QuadraticAndQuartic<Double>
    #expect(Descent<Rprop<P>, Constant<Double>>.rprop().comparesGradients)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Rprop<DiagonalQuadratic<Double>>
    #expect(M(initialStep: 0).complaint?.contains("initialStep (Δ₀) is 0.0: ") == true)
    #expect(M(factors: (1, 1.2)).complaint?.contains("factors.0 (η⁻) is 1.0: ") == true)
    #expect(M(factors: (0.5, .nan)).complaint?.contains("factors.1 (η⁺) is nan: ") == true)
    #expect(M(bounds: 0...1).complaint?.contains("bounds.lowerBound (Δ_min) is 0.0: ") == true)
    #expect(M(bounds: 1 ... .infinity).complaint?.contains("bounds.upperBound (Δ_max) is inf: ") == true)
    #expect(M().complaint == nil)
  }
}
