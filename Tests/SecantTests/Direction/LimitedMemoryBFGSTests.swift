import Foundation
import Secant
import Testing

@Suite struct LimitedMemoryBFGSTests {
  @Test func firstTrialMovesByAtMostOne() {
    struct Watch: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        g[0] = 3e5 * x[0]
        g[1] = 4e5 * x[1]
        return 1.5e5 * x[0] * x[0] + 2e5 * x[1] * x[1]
      }
    }
    let solver: Descent<LimitedMemoryBFGS<Watch>, Constant<Double>> = .lbfgs(step: Constant(rate: 1))
    var oracle = Oracle(Watch())
    var current = Iterate<Double>([1, 1])
    #expect(throws: Never.self) { try oracle.evaluate(&current) }
    var memory = solver.direction.allocate(2, for: Watch())
    var p = Vector<Double>(zeros: 2)
    let length = solver.direction.choose(
      &p, at: current, after: Iterate([0, 0]), iteration: 0, &memory, asking: &oracle)
    #expect(abs(length * p.norm - 1) < 1e-14)
  }

  @Test func solvesAThousandVariables() {
    let outcome = minimize(Rosenbrock<Double>(), from: Rosenbrock.start(1_000), using: .lbfgs())
    #expect(outcome.status.isConverged)
    #expect(outcome.value < 1e-8 || abs(outcome.value - 3.99) < 0.1)
  }

  @Test func resumesBitForBit() throws {
    let f = Rosenbrock<Double>()
    let solver: Descent<LimitedMemoryBFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .lbfgs(memory: 4)
    var whole = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<20 { solver.step(&whole, on: f) }
    var part = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<10 { solver.step(&part, on: f) }
    let data = try JSONEncoder().encode(part)
    var resumed = try JSONDecoder().decode(type(of: part), from: data)
    for _ in 0..<10 { solver.step(&resumed, on: f) }
    #expect(resumed.current.point.isIdentical(to: whole.current.point))
    #expect(resumed == whole)
  }

  /// After a search that found nothing the pairs are forgotten, and the state says when and why.
  @Test func recordsWhyItBeganAnew() throws {
    let f = Quadratic<Double>(3, condition: 10)
    let solver: Descent<LimitedMemoryBFGS<Quadratic<Double>>, FailsOnUnitLengths> = .lbfgs(
      step: FailsOnUnitLengths())
    var state = solver.start(at: [5, 6, 7], for: f)
    for _ in 0..<2 { solver.step(&state, on: f) }
    let restarts = solver.restarts(in: state.memory)
    #expect(state.iteration == 2)
    #expect(restarts.count == 1 && restarts.reason == .failedSearch && restarts.iteration == 1)
    #expect(state.memory.direction.inverseHessian.count == 0)
    try expectResumes(solver, f, from: [5, 6, 7])
  }

  /// Where there is nothing to forget the run is stuck after one search, as it is without a memory.
  @Test func isStuckWhereEvenSteepestDescentFails() {
    let f = Formula<Double>(
      n: 2, value: { -$0.squaredNorm }, gradient: { $1.set($0, times: 2) },
      second: { _, H in H.addToDiagonal(2) })
    let solver: Descent<LimitedMemoryBFGS<Formula<Double>>, StrongWolfe<Double>> = .lbfgs()
    var state = solver.start(at: [1, 2], for: f)
    guard case .stuck = solver.step(&state, on: f) else {
      Issue.record("a gradient of the wrong sign leads nowhere")
      return
    }
    #expect(solver.restarts(in: state.memory).count == 0)
  }
}
