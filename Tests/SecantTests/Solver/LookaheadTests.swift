import Secant
import Testing

@Suite struct LookaheadTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// The paper's Algorithm 1 around torch.optim.Adam(lr=0.1), Tests/References/wrappers.py.
  @Test func followsThePaper() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.adam(rate: 0.1).lookingAhead(), on: Fixed<Scalar>(), from: Fixed<Scalar>.start, steps: 12),
        WrapperReference.lookahead)
    }
    #expect(difference(Double.self) <= 1e-10)
    #expect(difference(Float.self) <= 1e-5)
  }

  @Test func withAFullPullItIsItsBase() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let base = Descent<Adam<Fixed<Scalar>>, Constant<Scalar>>.adam(rate: 0.1)
      let start = Fixed<Scalar>.start
      let expected = trajectory(base, on: Fixed(), from: start, steps: 30)
      #expect(trajectory(base.lookingAhead(pull: 1), on: Fixed(), from: start, steps: 30) == expected)
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func theSlowWeightsAreWhereTheFastBeginAnew() throws {
    let problem = Fixed<Double>()
    let method = Descent<Momentum<Fixed<Double>>, Constant<Double>>.momentum(rate: 0.05).lookingAhead(
      every: 3)
    var state = method.start(at: Fixed<Double>.start, for: problem)
    for k in 1...9 {
      method.step(&state, on: problem)
      #expect((state.current.point == state.memory.own.slow) == (k % 3 == 0))
      #expect(state.iteration == k)
    }
  }

  @Test func theValueReportedIsThatOfThePoint() {
    let problem = LeastSquaresSum<Double>(terms: 30, dimension: 3)
    let methods: [any Solver<LeastSquaresSum<Double>>] = [
      .lookahead(.momentum(rate: 0.05)), .lookahead(every: 2, .gradientDescent()),
      .onBatches(of: 7, seed: 1, .lookahead(.adam(rate: 0.1))),
      .lookahead(.onBatches(of: 7, seed: 1, .adam(rate: 0.1))),
    ]
    for method in methods {
      for count in [1, 4, 5, 6, 60] {
        let outcome = minimize(problem, from: [3, 3, 3], using: method, within: Budget(iterations: count))
        #expect(outcome.value == problem.value(at: outcome.point), "\(outcome)")
      }
      let outcome = minimize(problem, from: [3, 3, 3], using: method, within: Budget(iterations: 100))
      #expect(outcome.value < problem.value(at: [3, 3, 3]) / 2, "\(outcome)")
    }
  }

  @Test func convergesWhereItsBaseDoes() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ threshold: Scalar) {
      let outcome = minimize(
        DiagonalQuadratic<Scalar>(λ: [1, 5, 10]), from: [1, 2, 3], using: .lookahead(.momentum(rate: 0.02)),
        until: Convergence(gradient: threshold), within: Budget(iterations: 5_000))
      #expect(outcome.status.isConverged, "\(outcome)")
    }
    check(Float.self, 1e-5)
    check(Double.self, 1e-10)
  }

  @Test func resumes() throws {
    let method = Descent<Adam<Fixed<Float>>, Constant<Float>>.adam(rate: 0.1).lookingAhead()
    for m in [1, 5, 7] {
      #expect(try resumesExactly(method, on: Fixed(), from: Fixed<Float>.start, m: m, n: 9))
    }
  }

  @Test func complains() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam()
    #expect(base.lookingAhead(every: 0).complaint?.contains("interval (k) is 0") == true)
    #expect(base.lookingAhead(pull: 1.5).complaint?.contains("pull (α) is 1.5") == true)
    #expect(base.lookingAhead(pull: .nan).complaint?.contains("pull (α) is nan") == true)
    #expect(base.lookingAhead().complaint == nil)
    let outcome = minimize(Fixed<Double>(), from: Fixed<Double>.start, using: .lookahead(.lbfgs()))
    guard case .refused(let sentence) = outcome.status else { return _ = Issue.record("\(outcome)") }
    #expect(sentence.contains("compares the gradients"))
  }
}
