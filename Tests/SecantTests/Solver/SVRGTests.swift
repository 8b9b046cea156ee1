import Secant
import Testing

@Suite struct SVRGTests {
  private typealias Sum<Scalar: LAPACKScalar> = LeastSquaresSum<Scalar>

  /// The paper with the terms that the seed 3 draws, Tests/References/wrappers.py.
  @Test func followsThePaper() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          .svrg(rate: 0.02, size: 2, interval: 5, seed: 3), on: Sum<Scalar>.ofTheReference,
          from: QuadraticAndQuartic<Scalar>.start, steps: 24), WrapperReference.svrg)
    }
    #expect(difference(Double.self) <= 1e-10)
    #expect(difference(Float.self) <= 1e-5)
  }

  /// On one term, drawn again and again, there is no variance to reduce: it is its base.
  @Test func onOneTermItIsItsBase() {
    let problem = Sum<Double>(terms: 1, dimension: 3)
    let points = trajectory(.svrg(rate: 0.1, interval: 4), on: problem, from: [1, 2, 3], steps: 15)
    let base = trajectory(.gradientDescent(rate: 0.1), on: problem, from: [1, 2, 3], steps: 15)
    for (x, y) in zip(points, base) { #expect((x - y).norm < 1e-14) }
  }

  /// Five passes between two snapshots with m = 2N, the whole gradient of the start being there.
  @Test func chargesTheGradientsOfTheTerms() {
    let problem = Sum<Double>(terms: 20, dimension: 3)
    for (count, passes) in [(40, 5.0), (41, 6.1), (80, 10.0)] {
      let outcome = minimize(
        problem, from: [1, 2, 3], using: .svrg(rate: 0.01), until: .never,
        within: Budget(iterations: count), certifying: false)
      #expect(abs(outcome.ledger.passes - passes) < 1e-9, "\(outcome.ledger.passes)")
      #expect(outcome.ledger.gradients == 2 * count + (count + 39) / 40)
    }
    let limited = minimize(
      problem, from: [1, 2, 3], using: .svrg(rate: 0.01), until: .never, within: Budget(passes: 7.03))
    #expect(limited.ledger.passes <= 7.03 + 1e-9)
    #expect(limited.value == problem.value(at: limited.point))
  }

  /// The price of a step on b terms is that of b steps on one.
  @Test func convergesLinearlyAtAConstantRate() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ threshold: Scalar) {
      let problem = Sum<Scalar>(terms: 60, dimension: 4)
      for method in [.svrg(rate: 0.03), .svrg(rate: 0.1, size: 6, interval: 30, seed: 1)]
        as [any Solver<Sum<Scalar>>]
      {
        let outcome = minimize(
          problem, from: [3, 3, 3, 3], using: method, until: Convergence(gradient: threshold),
          within: Budget(passes: 600))
        #expect(outcome.status.isConverged, "\(outcome)")
        #expect(outcome.value == problem.value(at: outcome.point))
      }
    }
    check(Float.self, 1e-4)
    check(Double.self, 1e-10)
  }

  @Test func takesAnyMethodWithARate() {
    let problem = Sum<Double>(terms: 60, dimension: 4)
    let method = Descent<Momentum<Sum<Double>>, Constant<Double>>.momentum(rate: 0.005).varianceReduced(
      seed: 2)
    let outcome = minimize(
      problem, from: [3, 3, 3, 3], using: method, until: Convergence(gradient: 1e-9),
      within: Budget(passes: 600))
    #expect(outcome.status.isConverged, "\(outcome)")
  }

  @Test func resumes() throws {
    for m in [1, 5, 8] {
      #expect(
        try resumesExactly(
          SVRG<Descent<SteepestDescent<Sum<Float>>, Constant<Float>>>.svrg(rate: 0.02, size: 2, interval: 5),
          on: Sum<Float>(terms: 20, dimension: 3), from: [1, 2, 3], m: m, n: 9))
    }
  }

  @Test func aStepHasAtMostAllTerms() {
    let problem = Sum<Double>(terms: 10, dimension: 3)
    let budget = Budget(iterations: 8)
    let all = minimize(
      problem, from: [1, 2, 3], using: .svrg(rate: 0.1, size: 10), until: .never, within: budget)
    let more = minimize(
      problem, from: [1, 2, 3], using: .svrg(rate: 0.1, size: .max), until: .never, within: budget)
    #expect(all.point == more.point && all.ledger.passes == more.ledger.passes)
  }

  /// A problem that is restricted to some of its terms stays so.
  @Test func drawsFromTheProblemsOwnTerms() {
    let whole = Sum<Double>(terms: 40, dimension: 3)
    var alone = whole
    alone.rows = Array(whole.rows[25...])
    alone.targets = Array(whole.targets[25...])
    let restricted = whole.restricted(to: Batch(Array(25..<40)))
    for method in [.svrg(rate: 0.02, seed: 4), .saga(rate: 0.02, seed: 4)] as [any Solver<Sum<Double>>] {
      let budget = Budget(iterations: 50)
      let expected = minimize(alone, from: [1, 2, 3], using: method, until: .never, within: budget)
      let outcome = minimize(restricted, from: [1, 2, 3], using: method, until: .never, within: budget)
      #expect(outcome.point == expected.point)
    }
  }

  @Test func complains() {
    typealias Method = SVRG<Descent<SteepestDescent<Sum<Double>>, Constant<Double>>>
    #expect(Method.svrg(rate: 0.1, size: 0).complaint?.contains("size is 0") == true)
    #expect(Method.svrg(rate: 0.1, interval: 0).complaint?.contains("interval (m) is 0") == true)
    #expect(Method.svrg(rate: -1).complaint?.contains("rate is -1.0") == true)
    #expect(Method.svrg(rate: 0.1).complaint == nil)
    let problem = Sum<Double>(terms: 30, dimension: 3)
    for method in [
      Descent.lbfgs().varianceReduced(), Descent.lbfgs().withRememberedGradients(),
    ] as [any Solver<Sum<Double>>] {
      let outcome = minimize(problem, from: [1, 2, 3], using: method)
      guard case .refused(let sentence) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(sentence.contains("compares the gradients"))
    }
  }
}
