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
}
