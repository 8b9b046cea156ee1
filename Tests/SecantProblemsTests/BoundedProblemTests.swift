import Secant
import SecantProblems
import Testing

/// The bounded problems: their derivatives, and their published minima.
@Suite struct BoundedProblemTests {
  typealias P = Bounded<TestProblem<Double>>

  @Test(arguments: TestProblem<Double>.bounded.indices)
  func derivativesAreExact(_ k: Int) {
    let problem = TestProblem<Double>.bounded[k].base
    #expect(checkDerivatives(of: problem, at: problem.start).verdict == .agrees, "\(problem)")
    #expect(checkHessian(of: problem, at: problem.start).verdict == .agrees, "\(problem)")
  }

  /// Every solver for bounds comes to the same minimum, which is a published one where there is one, and nothing is
  /// asked for outside of the box.
  @Test(arguments: TestProblem<Double>.bounded.indices)
  func minimaAreReached(_ k: Int) {
    let problem = TestProblem<Double>.bounded[k]
    let methods: [any Solver<P>] = [.lbfgsb(), .tron(), .spectralProjectedGradient()]
    let outcomes = methods.map { outcome(problem, $0) }
    for outcome in outcomes {
      #expect(outcome.status.isConverged, "\(problem.base): \(outcome)")
      #expect(problem.bounds.contains(outcome.point))
      let targets = problem.base.minima.isEmpty ? [outcomes[0].value] : problem.base.minima
      #expect(
        targets.contains { abs(outcome.value - $0) <= 1e-6 * max(1, abs($0)) }, "\(problem.base): \(outcome)")
    }
  }

  private func outcome(_ problem: P, _ method: some Solver<P>) -> Outcome<P> {
    minimize(problem, from: problem.base.start, using: method)
  }
}
