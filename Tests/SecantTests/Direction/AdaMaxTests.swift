import Secant
import Testing

@Suite struct AdaMaxTests {
  /// torch.optim.Adamax(lr=0.1).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.adamax, .adaMax(rate: 0.1), .adaMax(rate: 0.1))
  }

  /// |g_i| ≤ uβ₂^(i−t), so |m|/u ≤ (1 − β₁) Σ (β₁/β₂)ʲ.
  @Test func noCoordinateMovesByMoreThanTheBound() {
    let (β₁, β₂, η) = (0.9, 0.999, 0.05)
    var last = QuadraticAndQuartic<Double>.start
    var sum = 0.0
    let points = trajectory(
      Descent.adaMax(rate: η), on: QuadraticAndQuartic<Double>(), from: last, steps: 100)
    for (k, point) in points.enumerated() {
      sum += Double.pow(β₁ / β₂, k)
      let bound = η * (1 - β₁) * sum / (1 - Double.pow(β₁, k + 1))
      for i in point.indices { #expect(abs(point[i] - last[i]) <= bound * (1 + 1e-12)) }
      last = point
    }
  }

  @Test func coordinateWithoutGradientStays() {
    let points = trajectory(
      Descent.adaMax(rate: 0.1), on: DiagonalQuadratic<Double>(λ: [0, 1]), from: [1, 1], steps: 3)
    #expect(points[2][0] == 1)
    #expect(points[2][1] < 0.8)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AdaMax<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(M().complaint == nil)
  }
}
