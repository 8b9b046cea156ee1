import Secant
import Testing

@Suite struct ScheduleFreeTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>
  private typealias Sum = LeastSquaresSum<Double>

  /// schedulefree.SGDScheduleFree and AdamWScheduleFree, with warm-up, decay, and weights of another growth.
  @Test func followsTheAuthors() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(_ method: some Solver<Fixed<Scalar>>, _ reference: [[Double]]) -> Double {
        discrepancy(trajectory(method, on: Fixed(), from: Fixed<Scalar>.start, steps: 12), reference)
      }
      #expect(
        difference(
          .scheduleFreeSGD(rate: 0.2, interpolation: 0.8, decay: 0.05, warmup: 4),
          WrapperReference.scheduleFreeSGD) <= tolerance)
      #expect(
        difference(
          .scheduleFreeAdamW(rate: 0.2, decay: 0.1, warmup: 3), WrapperReference.scheduleFreeAdamW)
          <= tolerance)
      let schedule = Schedule<Scalar>(rate: 0.2, warmup: 2)
      #expect(
        difference(
          ScheduleFree(.adam(rate: schedule, betas: (0, 0.999)), growth: 1.5, ratePower: 1),
          WrapperReference.scheduleFreeGrowth) <= tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// β = 0 at a constant rate: the gradients are the base's own, and the answer is the mean of its points.
  @Test func withoutInterpolationItIsTheMeanOfTheBase() {
    let base = Descent<SteepestDescent<Fixed<Double>>, Constant<Double>>.gradientDescent(rate: 0.1)
    let start = Fixed<Double>.start
    let points = trajectory(base, on: Fixed(), from: start, steps: 20)
    let answers = trajectory(base.scheduleFree(interpolation: 0), on: Fixed(), from: start, steps: 20)
    for k in 1...20 {
      let mean = (1 / Double(k)) * points.prefix(k).reduce(Vector(zeros: 8)) { $0 + $1 }
      #expect((answers[k - 1] - mean).norm < 1e-13)
    }
  }

  /// One gradient a step, at y; the value that is reported is that of the average.
  @Test func aStepCostsOneGradientAndTheAnswerIsTheAverage() {
    let problem = Sum(terms: 30, dimension: 3)
    for count in [1, 2, 17] {
      let outcome = minimize(
        problem, from: [3, 3, 3], using: .scheduleFreeSGD(rate: 0.3), until: .never,
        within: Budget(iterations: count))
      #expect(outcome.ledger.gradients == count)
      #expect(outcome.value == problem.value(at: outcome.point))
      #expect(outcome.certificate?.isReproduced == true)
    }
    let onBatches = minimize(
      problem, from: [3, 3, 3], using: .onBatches(of: 10, seed: 1, .scheduleFreeAdamW(rate: 0.1)),
      until: .never, within: Budget(iterations: 60), certifying: false)
    // The start, and sixty batches.
    #expect(onBatches.ledger.gradients == 61)
    #expect(abs(onBatches.ledger.passes - 21) < 1e-9)
    #expect(onBatches.value == problem.value(at: onBatches.point))
    #expect(onBatches.value < problem.value(at: [3, 3, 3]) / 2)
  }

  @Test func convergesAndIsJudgedAtTheAverage() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ threshold: Scalar) {
      let problem = DiagonalQuadratic<Scalar>(λ: [1, 2, 4])
      let outcome = minimize(
        problem, from: [1, 2, 3], using: .scheduleFreeSGD(rate: 0.4), until: Convergence(gradient: threshold),
        within: Budget(iterations: 20_000))
      #expect(outcome.status.isConverged, "\(outcome)")
      var gradient = Vector<Scalar>(zeros: 3)
      _ = problem.valueAndGradient(at: outcome.point, into: &gradient)
      #expect(gradient.largestMagnitude <= threshold)
    }
    check(Float.self, 1e-3)
    check(Double.self, 1e-4)
  }

  @Test func aRefusedGradientLeavesThePointWhole() throws {
    let method = Descent<SteepestDescent<Sum>, Constant<Double>>.gradientDescent(rate: 0.1).scheduleFree()
    let problem = Sum(terms: 30, dimension: 3)
    var oracle = Oracle(problem, budget: Budget(gradients: 2))
    var state = method.start(at: [3, 3, 3], for: problem)
    for _ in 0..<2 { _ = try method.advance(&state, asking: &oracle) }
    let before = state.current.point
    #expect(throws: Halt<Never>.self) { try method.advance(&state, asking: &oracle) }
    #expect(state.current.point == before && state.iteration == 2)
    oracle = Oracle(problem)
    _ = try method.advance(&state, asking: &oracle)
    #expect(state.current.point == trajectory(method, on: problem, from: [3, 3, 3], steps: 3)[2])
  }

  @Test func resumes() throws {
    for m in [1, 4, 7] {
      #expect(
        try resumesExactly(
          ScheduleFree<Descent<Adam<Fixed<Float>>, Scheduled<Float>>>.scheduleFreeAdamW(rate: 0.1, warmup: 3),
          on: Fixed(), from: Fixed<Float>.start, m: m, n: 9))
    }
  }

  @Test func complains() {
    let base = Descent<SteepestDescent<Sum>, Constant<Double>>.gradientDescent(rate: 0.1)
    #expect(base.scheduleFree(interpolation: 1.5).complaint?.contains("interpolation (β) is 1.5") == true)
    #expect(base.scheduleFree(decay: -1).complaint?.contains("decay (λ) is -1.0") == true)
    #expect(ScheduleFree(base, growth: .nan).complaint?.contains("growth (r) is nan") == true)
    #expect(ScheduleFree(base, ratePower: -2).complaint?.contains("ratePower (p) is -2.0") == true)
    #expect(base.scheduleFree().complaint == nil)
    for (method, words) in [
      (.scheduleFree(.lbfgs()), "compares the gradients"),
      (.scheduleFree(.onBatches(of: 5, .adam())), "put it outside"),
    ] as [(any Solver<Sum>, String)] {
      let outcome = minimize(Sum(terms: 30, dimension: 3), from: [3, 3, 3], using: method)
      guard case .refused(let sentence) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(sentence.contains(words))
    }
  }
}
