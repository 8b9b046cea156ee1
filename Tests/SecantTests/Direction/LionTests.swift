import Secant
import Testing

@Suite struct LionTests {
  /// lion_pytorch.Lion(lr=0.03, betas=(0.9, 0.99), weight_decay=0.1).
  @Test func followsTheReference() {
    expectFollows(
      FirstOrderReference.lion, .lion(rate: 0.03, decay: 0.1), .lion(rate: 0.03, decay: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.lion(rate: 0.01)) }

  @Test func everyCoordinateMovesByTheRate() {
    let η = 0x1p-6
    let problem = QuadraticAndQuartic<Double>()
    var last = QuadraticAndQuartic<Double>.start
    for point in trajectory(Descent.lion(rate: η), on: problem, from: last, steps: 40) {
      for i in point.indices { #expect(abs(abs(point[i] - last[i]) - η) < 1e-15) }
      last = point
    }
  }

  /// With β₁ = β₂ the sign is that of the average itself.
  @Test func withEqualAveragesItIsSignum() {
    let problem = QuadraticAndQuartic<Float>()
    let start = QuadraticAndQuartic<Float>.start
    #expect(
      trajectory(Descent.lion(rate: 0.1, betas: (0.9, 0.9)), on: problem, from: start, steps: 30)
        == trajectory(Descent.signum(rate: 0.1), on: problem, from: start, steps: 30))
  }

  @Test func decayIsDecoupled() {
    let points = trajectory(
      Descent.lion(rate: 0.1, decay: 0.5), on: DiagonalQuadratic<Double>(λ: [0]), from: [1], steps: 3)
    for (k, point) in points.enumerated() { #expect(abs(point[0] - Double.pow(0.95, k + 1)) < 1e-15) }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Lion<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.99)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(decoupledDecay: -1).complaint?.contains("decoupledDecay (λ) is -1.0: ") == true)
    #expect(M().complaint == nil)
  }
}
