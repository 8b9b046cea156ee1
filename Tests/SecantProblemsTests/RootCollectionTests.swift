import Secant
import SecantProblems
import Testing

/// The square systems of Moré, Garbow and Hillstrom, MINPACK's test set for `hybrj`, from their standard starts.
@Suite struct RootCollectionTests {
  static let systems = TestProblem<Double>.moreGarbowHillstrom.compactMap { TestProblemOfSquares($0) }.filter
  {
    $0.residualCount == $0.problem.start.count
  }

  /// Those that end elsewhere, from the standard start: systems without a root, and a local minimum of ‖F‖ that MINPACK
  /// goes to as well.
  static func hasRootInReach(_ system: TestProblemOfSquares<Double>, _ method: String) -> Bool {
    switch (system.problem.name, system.residualCount) {
    case ("Freudenstein–Roth", _), ("Chebyquad", 8), ("Chebyquad", 10): false
    // Newton's steps end where the Jacobian is singular.
    case ("Chebyquad", 9): method == "hybrid"
    case ("trigonometric", _): method != "hybrid"
    default: true
    }
  }

  static let methods: [(name: String, method: any Solver<TestProblemOfSquares<Double>>)] = [
    ("Newton", .gaussNewton()), ("hybrid", .powellHybrid()), ("Broyden", .goodBroyden()),
  ]

  @Test(arguments: systems.map(\.problem.description)) func answersAreHonest(_ name: String) {
    let system = Self.systems.first { $0.problem.description == name }!
    for (name, method) in Self.methods {
      let outcome = findRoot(of: system, from: system.problem.start, using: method)
      var F = Vector<Double>(zeros: system.residualCount)
      system.residuals(at: outcome.point, into: &F)
      #expect(outcome.status.isConverged == Self.hasRootInReach(system, name), "\(name): \(outcome)")
      #expect(outcome.status.isConverged == (F.largestMagnitude <= 1e-10), "\(name): \(outcome)")
      if outcome.status.isConverged { continue }
      switch outcome.status {
      case .stalled(.noRoot):
        // A published minimum of ‖F‖².
        #expect(
          system.problem.minima.contains { abs(outcome.value - $0) <= 6e-3 * $0 }, "\(name): \(outcome)")
      case .stalled(.singularJacobian):
        #expect(outcome.certificate!.residuals!.conditionNumber > 1e7, "\(name): \(outcome)")
      default: #expect(Bool(false), "\(name): \(outcome)")
      }
    }
  }

  /// Broyden's method saves Jacobians.
  @Test func broydenAsksForFewJacobians() {
    for system in Self.systems where Self.hasRootInReach(system, "Broyden") {
      let outcome = findRoot(of: system, from: system.problem.start, using: .goodBroyden())
      #expect(outcome.ledger.jacobians <= 4, "\(outcome)")
    }
  }
}
