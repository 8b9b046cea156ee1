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
    Row(name: "conjugate gradients", method: .trustRegion(model: GaussNewtonModel())),
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

  /// The exponentials of Lanczos can change places: here they stand in the order of their rates.
  static func sorted(_ found: Vector<Double>, of problem: NISTProblem) -> Vector<Double> {
    guard problem.name.hasPrefix("Lanczos") else { return found }
    let terms = [0, 2, 4].map { (found[$0], found[$0 + 1]) }.sorted { $0.1 < $1.1 }
    return Vector(terms.flatMap { [$0.0, $0.1] })
  }
}
