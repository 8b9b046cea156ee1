import Secant
import SecantProblems
import Testing

/// The bounded problems: their derivatives, and their published minima.
@Suite struct BoundedProblemTests {
  /// A problem that counts the questions about points outside of its box.
  struct Watched: BoundedObjective, TwiceDifferentiableObjective {
    typealias Scalar = Double
    final class Watch { var (asked, outside) = (0, 0) }
    let base: Bounded<TestProblem<Double>>
    let watch = Watch()

    var bounds: Bounds<Double> { base.bounds }

    func see(_ x: Vector<Double>) {
      watch.asked += 1
      if !bounds.contains(x) { watch.outside += 1 }
    }

    func value(at x: Vector<Double>) -> Double {
      see(x)
      return base.value(at: x)
    }

    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      see(x)
      return base.valueAndGradient(at: x, into: &gradient)
    }

    func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {
      see(x)
      base.hessian(times: v, at: x, into: &product)
    }

    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      see(x)
      base.hessian(at: x, into: &hessian)
    }
  }

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
    let watched = Watched(base: problem)
    let methods: [any Solver<Watched>] = [.lbfgsb(), .tron(), .spectralProjectedGradient()]
    let outcomes = methods.map { outcome(watched, $0) }
    #expect(watched.watch.asked > 0)
    #expect(watched.watch.outside == 0, "\(problem.base)")
    for outcome in outcomes {
      #expect(outcome.status.isConverged, "\(problem.base): \(outcome)")
      #expect(problem.bounds.contains(outcome.point))
      let targets = problem.base.minima.isEmpty ? [outcomes[0].value] : problem.base.minima
      #expect(
        targets.contains { abs(outcome.value - $0) <= 1e-6 * max(1, abs($0)) }, "\(problem.base): \(outcome)")
    }
  }

  private func outcome(_ problem: Watched, _ method: some Solver<Watched>) -> Outcome<Watched> {
    minimize(problem, from: problem.base.base.start, using: method)
  }
}
