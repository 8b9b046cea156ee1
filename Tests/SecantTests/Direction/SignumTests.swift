import Secant
import Testing

@Suite struct SignumTests {
  /// optax.sign_sgd(0.1).
  @Test func signSGDFollowsOptax() {
    expectFollows(
      FirstOrderReference.sign_optax, .signSGD(rate: 0.1), .signSGD(rate: 0.1))
  }

  /// pytorch_optimizer.SignSGD(lr=0.1, momentum=0.9).
  @Test func followsPytorchOptimizer() {
    expectFollows(
      FirstOrderReference.signum, .signum(rate: 0.1), .signum(rate: 0.1))
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() { expectBlindToScale(.signum(rate: 0.01)) }

  @Test func everyCoordinateMovesByTheRate() {
    let η: Float = 0x1p-6
    let methods: [any Solver<QuadraticAndQuartic<Float>>] = [.signSGD(rate: η), .signum(rate: η)]
    func check(_ method: some Solver<QuadraticAndQuartic<Float>>) {
      var last = QuadraticAndQuartic<Float>.start
      for point in trajectory(method, on: QuadraticAndQuartic(), from: last, steps: 40) {
        for i in point.indices { #expect(abs(abs(point[i] - last[i]) - η) < 1e-6) }
        last = point
      }
    }
    for method in methods { check(method) }
  }

  /// Among all steps with ‖p‖∞ ≤ 1 that of signSGD has the least gᵀp, which is −‖g‖₁.
  @Test func isSteepestInTheMaximumNorm() {
    let problem = QuadraticAndQuartic<Double>()
    let start = QuadraticAndQuartic<Double>.start
    var g = start
    _ = problem.valueAndGradient(at: start, into: &g)
    let step = trajectory(Descent.signSGD(rate: 1), on: problem, from: start, steps: 1)[0] - start
    #expect(abs(g.dot(step) + g.sumOfMagnitudes) < 1e-14 * g.sumOfMagnitudes)
  }

  /// A coordinate without a gradient stays where it is.
  @Test func zeroHasNoSign() {
    let points = trajectory(
      Descent.signSGD(rate: 0.1), on: DiagonalQuadratic<Double>(λ: [0, 1]), from: [1, 1], steps: 2)
    #expect(points[1][0] == 1)
    #expect(abs(points[1][1] - 0.8) < 1e-15)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Signum<DiagonalQuadratic<Double>>
    #expect(M(momentum: 1).complaint?.contains("momentum (β) is 1.0: ") == true)
    #expect(M(momentum: .nan).complaint?.contains("momentum (β) is nan: ") == true)
    #expect(M().complaint == nil)
  }
}
