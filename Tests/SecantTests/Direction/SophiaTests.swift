import Secant
import Testing

/// The problem of the recorded trajectories as a mean of 16 terms, whose gradient of sampled labels is Ax.
private struct Sampled<Scalar: LAPACKScalar>: SampledLabelObjective {
  var base = QuadraticAndQuartic<Scalar>()
  var batch = Batch.all
  let termCount = 16

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    base.valueAndGradient(at: x, into: &g)
  }

  func gradientOfSampledLabels(
    at x: Vector<Scalar>, from _: inout RandomGenerator, into g: inout Vector<Scalar>
  ) { base.a.multiply(x, into: &g) }
}

@Suite struct SophiaTests {
  /// The rule and the loop of the authors' repository, worked out independently; each estimate is charged as a gradient.
  @Test func sophiaGFollowsTheAuthorsRepository() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.sophiaG(rate: 0.05, interval: 3), on: Sampled<Scalar>(), from: QuadraticAndQuartic.start,
          steps: 12), MatrixMethodsReference.sophiaG)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
    let outcome = minimize(
      Sampled<Double>(), from: QuadraticAndQuartic.start, using: .sophiaG(interval: 3), until: .never,
      within: Budget(iterations: 8), certifying: false)
    // One a step and one at the start, and the estimates at t = 3 and t = 6.
    #expect(outcome.ledger.gradients == 9 + 2)
  }

  /// The paper's Algorithm 3, worked out independently, where the estimate of the diagonal is exact.
  @Test func followsTheAlgorithm() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.sophiaH(rate: 0.1, curvatureScale: 0.5, interval: 5, decay: 0.05),
          on: QuadraticAndQuartic<Scalar>(isHessianDiagonal: true), from: QuadraticAndQuartic.start,
          steps: 12), FirstOrderReference.sophia)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  /// With β₁ = β₂ = 0, γ = 1 and no clipping it is Newton's method on a diagonal quadratic: one step of length 1.
  @Test func withoutAveragesIsTheDiagonalNewtonStep() {
    let problem = DiagonalQuadratic<Double>(λ: [0.5, 2, 1e4])
    let points = trajectory(
      Descent.sophiaH(rate: 1, betas: (0, 0), curvatureScale: 1), on: problem, from: [0.5, -0.25, 0.75],
      steps: 1)
    #expect(points[0] == [0, 0, 0])
  }

  @Test func movesByTheRateAgainstTheSignWhereCurvatureIsNotPositive() {
    let problem = DiagonalQuadratic<Double>(λ: [-1, -100])
    let points = trajectory(Descent.sophiaH(rate: 0.25), on: problem, from: [1, -1], steps: 1)
    #expect(points[0] == [1.25, -1.25])
  }

  @Test func noCoordinateMovesByMoreThanTheRate() {
    var previous = QuadraticAndQuartic<Double>.start
    for point in trajectory(
      Descent.sophiaH(rate: 0.125), on: QuadraticAndQuartic<Double>(), from: previous, steps: 40)
    {
      #expect((point - previous).largestMagnitude <= 0.125 * (1 + 4 * Double.ulpOfOne))
      previous = point
    }
  }

  @Test func estimatesEveryKStepsFromTheFirst() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 1])
    for (steps, products) in [(1, 1), (3, 1), (4, 2), (9, 3), (10, 4)] {
      let outcome = minimize(
        problem, from: [1, 1], using: .sophiaH(rate: 1e-4, interval: 3), within: Budget(iterations: steps),
        certifying: false)
      #expect(outcome.iterations == steps)
      #expect(outcome.ledger.hessianVectorProducts == products)
    }
  }

  @Test func recordsTheUnclippedFraction() {
    // m/(γh) is 1/4 of the start's coordinate over γ(1 − β₂) = 0.25, so a coordinate below 1 is not clipped.
    let problem = DiagonalQuadratic<Double>(λ: [1, 1, 1, 1])
    let method = Descent<Sophia<HutchinsonDiagonal<DiagonalQuadratic<Double>>>, Constant<Double>>
      .sophiaH(betas: (0.75, 0.75), curvatureScale: 1)
    var state = method.start(at: [0.5, 2, -3, 4], for: problem)
    method.step(&state, on: problem)
    #expect(state.memory.direction.unclippedFraction == 0.25)
  }

  /// A refused estimate changes nothing: the run goes on as if it had never been asked.
  @Test func refusedEstimateLeavesTheMemoryWhole() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent<Sophia<HutchinsonDiagonal<QuadraticAndQuartic<Double>>>, Constant<Double>>.sophiaH(
      interval: 3)
    let start = QuadraticAndQuartic<Double>.start
    var run = Run(problem, from: start, using: method, within: Budget(hessianVectorProducts: 1))
    while run.next() != nil {}
    #expect(run.state.iteration == 3)
    var resumed = Run(problem, resuming: run.state, using: method, within: Budget(iterations: 4))
    while resumed.next() != nil {}
    var whole = Run(problem, from: start, using: method, within: Budget(iterations: 7))
    while whole.next() != nil {}
    #expect(resumed.state.current == whole.state.current)
    #expect(resumed.state.memory == whole.state.memory)
  }

  @Test func refusesBadHyperParameters() {
    typealias S = Sophia<HutchinsonDiagonal<DiagonalQuadratic<Double>>>
    #expect(
      S(estimator: HutchinsonDiagonal(), betas: (-1, 0.9)).complaint?.contains("betas.0 (β₁) is -1.0: ")
        == true)
    #expect(
      S(estimator: HutchinsonDiagonal(), betas: (0.9, 1)).complaint?.contains("betas.1 (β₂) is 1.0: ") == true
    )
    #expect(
      S(estimator: HutchinsonDiagonal(), curvatureScale: .nan).complaint?.contains(
        "curvatureScale (γ) is nan: ") == true)
    #expect(
      S(estimator: HutchinsonDiagonal(), epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(
      S(estimator: HutchinsonDiagonal(), interval: 0).complaint?.contains("interval (k) is 0: ") == true)
    #expect(
      S(estimator: HutchinsonDiagonal(), decoupledDecay: -1).complaint?.contains(
        "decoupledDecay (λ) is -1.0: ") == true)
    #expect(S(estimator: HutchinsonDiagonal()).complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.sophiaH(rate: 0.01, interval: 4, seed: 5), on: QuadraticAndQuartic<Double>(),
        from: QuadraticAndQuartic.start, m: 10, n: 11))
  }
}
