import Secant
import Testing

@Suite struct AdaHessianTests {
  private typealias Method<S: LAPACKScalar> = AdaHessian<HutchinsonDiagonal<QuadraticAndQuartic<S>>>

  /// The authors' rule, worked out in NumPy, where the estimate of the diagonal is exact.
  @Test func followsTheAuthorsRule() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      let problem = QuadraticAndQuartic<Scalar>(isHessianDiagonal: true)
      let plain = trajectory(
        Descent.adaHessian(), on: problem, from: QuadraticAndQuartic.start, steps: 12)
      #expect(discrepancy(plain, MatrixMethodsReference.adaHessian) < tolerance)
      let averaged = trajectory(
        Descent(
          Method<Scalar>(
            estimator: HutchinsonDiagonal(), power: 0.5, averagingLength: 3, decoupledDecay: 0.01),
          step: Constant(rate: 0.15)), on: problem, from: QuadraticAndQuartic.start, steps: 12)
      #expect(discrepancy(averaged, MatrixMethodsReference.adaHessianAveraged) < tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// Without averages and ε it is Newton's method on a diagonal quadratic, in magnitude of the curvature.
  @Test func withoutAveragesIsTheDiagonalNewtonStep() {
    let problem = DiagonalQuadratic<Double>(λ: [0.5, -2, 1e4])
    let points = trajectory(
      Descent.adaHessian(rate: 1, betas: (0, 0), epsilon: 1e-300), on: problem, from: [0.5, -0.25, 0.75],
      steps: 1)
    #expect(abs(points[0][0]) < 1e-15 && abs(points[0][1] + 0.5) < 1e-15 && abs(points[0][2]) < 1e-15)
  }

  /// Any estimator: with the exact diagonal it needs no draws.
  @Test func takesAnyEstimator() {
    struct Dense: TwiceDifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = 2 * x[0] + x[1]
        g[1] = x[0] + 8 * x[1]
        return x.dot(g) / 2
      }

      func hessian(at _: Vector<Double>, into hessian: inout Matrix<Double>) { hessian = [[2, 1], [1, 8]] }
    }
    let outcome = minimize(
      Dense(), from: [1, 1],
      using: Descent(
        AdaHessian(estimator: ExactDiagonal<Dense>(), betas: (0, 0), epsilon: 1e-300), step: Constant(rate: 1)
      ),
      until: .never, within: Budget(iterations: 1), certifying: false)
    // (1, 1) less (3/2, 9/8).
    #expect((outcome.point - [-0.5, -0.125]).largestMagnitude < 1e-15)
    #expect(outcome.ledger.hessians == 1)
  }

  /// A refused estimate changes nothing: the run goes on as if it had never been asked.
  @Test func refusedEstimateLeavesTheMemoryWhole() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent<Method<Double>, Constant<Double>>.adaHessian()
    let start = QuadraticAndQuartic<Double>.start
    var run = Run(problem, from: start, using: method, within: Budget(hessianVectorProducts: 3))
    while run.next() != nil {}
    #expect(run.state.iteration == 3)
    var resumed = Run(problem, resuming: run.state, using: method, within: Budget(iterations: 4))
    while resumed.next() != nil {}
    var whole = Run(problem, from: start, using: method, within: Budget(iterations: 7))
    while whole.next() != nil {}
    #expect(resumed.state.current == whole.state.current)
    #expect(resumed.state.memory.direction.first == whole.state.memory.direction.first)
    #expect(resumed.state.memory.direction.second == whole.state.memory.direction.second)
  }

  @Test func refusesBadHyperParameters() {
    typealias S = Method<Double>
    let probes = HutchinsonDiagonal<QuadraticAndQuartic<Double>>()
    #expect(S(estimator: probes, betas: (-1, 0.9)).complaint?.contains("betas.0 (β₁) is -1.0: ") == true)
    #expect(S(estimator: probes, betas: (0.9, 1)).complaint?.contains("betas.1 (β₂) is 1.0: ") == true)
    #expect(S(estimator: probes, epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(S(estimator: probes, power: 2).complaint?.contains("power (k) is 2.0: ") == true)
    #expect(
      S(estimator: probes, averagingLength: 0).complaint?.contains("averagingLength (b) is 0: ") == true)
    #expect(
      S(estimator: probes, decoupledDecay: -1).complaint?.contains("decoupledDecay (λ) is -1.0: ") == true)
    #expect(S(estimator: probes).complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.adaHessian(seed: 5), on: QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start,
        m: 10,
        n: 11))
  }
}
