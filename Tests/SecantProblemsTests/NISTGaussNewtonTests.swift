import Secant
import SecantAutoDiff
import SecantProblems
import Testing

/// Gauss–Newton's methods on NIST's regressions, from the far start and the near one.
@Suite struct NISTGaussNewtonTests {
  typealias Problem = DifferentiatedSquares<NISTResiduals>

  struct Row: Sendable, CustomStringConvertible {
    let name: String
    let method: any Solver<Problem>
    /// The runs that may end elsewhere, as rounding has it, and say so.
    var failing: [String] = []
    var description: String { name }
  }

  static func scaled() -> ScaledModel<DenseGaussNewtonModel<Problem>> {
    ScaledModel(DenseGaussNewtonModel(), by: .greatestDiagonal)
  }

  /// `papers/gauss-newton.md` has the digits.
  static let rows = [
    Row(name: "line search", method: .gaussNewton(), failing: ["MGH17 1"]),
    Row(
      name: "dogleg", method: .trustRegion(model: scaled(), subproblem: Dogleg()),
      failing: ["MGH17 1", "Lanczos3 1", "Lanczos3 2"]),
    Row(
      name: "double dogleg", method: .trustRegion(model: scaled(), subproblem: Dogleg.double()),
      failing: ["MGH17 1", "Lanczos1 1", "Lanczos1 2", "Lanczos3 1", "Lanczos3 2"]),
    Row(name: "plane", method: .trustRegion(model: scaled(), subproblem: TwoDimensionalSubspace())),
    Row(
      name: "nearly exact, scaled", method: .trustRegion(model: scaled(), subproblem: MoreSorensen()),
      failing: ["MGH17 1"]),
    Row(
      name: "nearly exact", method: .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen())),
    // The residuals of Lanczos1 are 1e-13 of the responses: rounding decides whether ‖Q₁ᵀr‖/‖r‖ comes down to 1e-10.
    Row(
      name: "conjugate gradients", method: .trustRegion(model: GaussNewtonModel()),
      failing: ["Lanczos1 1", "Lanczos1 2"]),
  ]

  @Test(arguments: rows) func findsTheCertifiedParametersOrSaysThatItDidNot(_ row: Row) {
    for problem in NISTProblem.all {
      for (k, start) in problem.starts.enumerated() {
        let outcome = minimize(Problem(problem.residuals), from: start, using: row.method)
        let mayFail = row.failing.contains("\(problem) \(k + 1)")
        #expect(outcome.status.isConverged || mayFail, "\(problem): \(outcome)")
        let digits = problem.digits(of: Self.sorted(outcome.point, of: problem))
        #expect(digits >= 8.5 || !outcome.status.isConverged, "\(problem): \(digits) digits, \(outcome)")
      }
    }
  }

  /// The exponentials of Lanczos and of MGH17 can change places: here they stand in the order of their rates.
  static func sorted(_ found: Vector<Double>, of problem: NISTProblem) -> Vector<Double> {
    let pairs =
      switch problem.name {
      case "Lanczos1", "Lanczos3": [(0, 1), (2, 3), (4, 5)]
      case "MGH17": [(1, 3), (2, 4)]
      default: [(Int, Int)]()
      }
    var sorted = found
    for ((i, j), term) in zip(pairs, pairs.map { (found[$0], found[$1]) }.sorted { $0.1 < $1.1 }) {
      (sorted[i], sorted[j]) = term
    }
    return sorted
  }
}
