import Foundation
import Secant
import Testing

@Suite struct SAGATests {
  private typealias Sum<Scalar: LAPACKScalar> = LeastSquaresSum<Scalar>

  /// The paper with the terms that the seed 3 draws, Tests/References/wrappers.py.
  @Test func followsThePaper() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          .saga(rate: 0.02, seed: 3), on: Sum<Scalar>.ofTheReference,
          from: QuadraticAndQuartic<Scalar>.start, steps: 24), WrapperReference.saga)
    }
    #expect(difference(Double.self) <= 1e-10)
    #expect(difference(Float.self) <= 1e-5)
  }

  /// The first step is one of the whole gradient: every term is remembered where it is asked again.
  @Test func theFirstStepIsGradientDescents() {
    let problem = Sum<Double>(terms: 20, dimension: 3)
    let first = trajectory(.saga(rate: 0.1), on: problem, from: [1, 2, 3], steps: 1)[0]
    let base = trajectory(.gradientDescent(rate: 0.1), on: problem, from: [1, 2, 3], steps: 1)[0]
    #expect((first - base).norm < 1e-14)
  }

  /// The mean is that of the table, and a column is the gradient of its term where it was drawn last.
  @Test func theMeanIsThatOfTheTable() throws {
    let problem = Sum<Double>(terms: 20, dimension: 3)
    let method = SAGA<Descent<SteepestDescent<Sum<Double>>, Constant<Double>>>.saga(rate: 0.02)
    var oracle = Oracle(problem)
    var state = method.start(at: [1, 2, 3], for: problem)
    for _ in 0..<100 { _ = try method.advance(&state, asking: &oracle) }
    for i in 0..<3 {
      let sum = (0..<20).reduce(0) { $0 + state.memory.own.table[3 * $1 + i] }
      #expect(abs(sum / 20 - state.memory.own.mean[i]) < 1e-13)
    }
    #expect(oracle.problem.batch.isAll)
  }

  /// A pass for the table, then 1/N a step.
  @Test func chargesTheGradientsOfTheTerms() {
    let problem = Sum<Double>(terms: 20, dimension: 3)
    let outcome = minimize(
      problem, from: [1, 2, 3], using: .saga(rate: 0.01), until: .never, within: Budget(iterations: 30),
      certifying: false)
    // The start, the table, and thirty terms.
    #expect(outcome.ledger.gradients == 1 + 20 + 30)
    #expect(abs(outcome.ledger.passes - 3.5) < 1e-9)
    let limited = minimize(
      problem, from: [1, 2, 3], using: .saga(rate: 0.01), until: .never, within: Budget(passes: 1.5))
    #expect(limited.ledger.passes <= 1.5 + 1e-9)
    #expect(limited.value == problem.value(at: [1, 2, 3]))
  }

  @Test func convergesLinearlyAtAConstantRate() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ threshold: Scalar) {
      let problem = Sum<Scalar>(terms: 60, dimension: 4)
      let outcome = minimize(
        problem, from: [3, 3, 3, 3], using: .saga(rate: 0.03), until: Convergence(gradient: threshold),
        within: Budget(passes: 300))
      #expect(outcome.status.isConverged, "\(outcome)")
      #expect(outcome.value == problem.value(at: outcome.point))
    }
    check(Float.self, 1e-4)
    check(Double.self, 1e-10)
  }

  @Test func resumes() throws {
    for m in [1, 5, 8] {
      #expect(
        try resumesExactly(
          SAGA<Descent<SteepestDescent<Sum<Float>>, Constant<Float>>>.saga(rate: 0.02),
          on: Sum<Float>(terms: 20, dimension: 3), from: [1, 2, 3], m: m, n: 9))
    }
  }

  /// A checkpoint that contradicts itself is an error of the decoder, not a crash of the run.
  @Test func aTableOfAnotherSizeIsRefused() throws {
    let problem = Sum<Double>(terms: 4, dimension: 2)
    let method = SAGA<Descent<SteepestDescent<Sum<Double>>, Constant<Double>>>.saga(rate: 0.02)
    var own = method.start(at: [1, 2], for: problem).memory.own
    let code = try JSONEncoder().encode(own)
    #expect(try JSONDecoder().decode(type(of: own), from: code) == own)
    own.table = [1, 2, 3]
    let wrong = try JSONEncoder().encode(own)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(type(of: own), from: wrong) }
  }

  @Test func complains() {
    typealias Method = SAGA<Descent<SteepestDescent<Sum<Double>>, Constant<Double>>>
    #expect(Method.saga(rate: .nan).complaint?.contains("rate is nan") == true)
    #expect(Method.saga(rate: 0.1).complaint == nil)
  }
}
