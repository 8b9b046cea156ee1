import Foundation
import Secant
import SecantAutoDiff
import SecantLinearAlgebra
import SecantProblems
import Testing

/// Fits of Misra1a from random starts: each parameter is the certified one times 10ᵘ, u uniform in [−1, 1].
@Suite struct NISTRandomStartsTests {
  typealias Problem = DifferentiatedSquares<NISTResiduals>

  struct Row: Sendable, CustomStringConvertible {
    let name: String
    let method: any Solver<Problem>
    let runs: Int
    /// The share of them that must find the certified minimum; `papers/nist.md` has what was measured.
    let least: Double
    var description: String { name }
  }

  static let rows = [
    Row(name: "trust region", method: .levenbergMarquardt(), runs: 10_000, least: 0.99),
    Row(
      name: "Marquardt", method: .levenbergMarquardt(damping: MarquardtDamping()), runs: 10_000, least: 0.999),
    Row(name: "Nielsen", method: .levenbergMarquardt(damping: NielsenDamping()), runs: 10_000, least: 0.999),
    Row(name: "Gauss–Newton", method: .gaussNewton(), runs: 1_000, least: 0.97),
    Row(
      name: "dogleg", method: .trustRegion(model: NISTGaussNewtonTests.scaled(), subproblem: Dogleg()),
      runs: 1_000, least: 0.93),
    Row(name: "exact trust region", method: .exactTrustRegion(), runs: 1_000, least: 0.99),
    Row(name: "BFGS", method: .bfgs(), runs: 1_000, least: 0.7),
    Row(name: "L-BFGS", method: .lbfgs(), runs: 1_000, least: 0.7),
  ]

  @Test(arguments: rows) func noneConvergesAwayFromAMinimum(_ row: Row) {
    let (global, astray) = Self.fits(row.runs, by: row.method)
    #expect(astray.isEmpty, "\(astray.count) runs: \(astray.prefix(3))")
    #expect(Double(global) >= row.least * Double(row.runs), "\(global) of \(row.runs)")
  }

  /// How many runs converge to the certified parameters, and those that converge where nothing certifies a minimum.
  static func fits<Method: Solver<Problem>>(
    _ count: Int, by method: Method
  ) -> (global: Int, astray: [Outcome<Problem>]) {
    let problem = NISTProblem.named("Misra1a")!
    var random = RandomGenerator(seed: 1)
    var global = 0
    var astray: [Outcome<Problem>] = []
    for _ in 0..<count {
      let start = Vector(problem.parameters.map { $0 * pow(10, 2 * random.uniform() - 1) })
      let outcome = minimize(Problem(problem.residuals), from: start, using: method)
      guard outcome.status.isConverged else { continue }
      if problem.digits(of: outcome.point) >= 6 {
        global += 1
      } else if outcome.certificate?.isMinimum != true {
        astray.append(outcome)
      }
    }
    return (global, astray)
  }
}
