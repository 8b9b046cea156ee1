import Secant
import Testing

/// A system given by closures.
struct System<Scalar: LAPACKScalar>: ResidualObjective, Sendable {
  let count: Int
  var unknowns: Int?
  let F: @Sendable (Vector<Scalar>) -> [Scalar]
  let J: @Sendable (Vector<Scalar>) -> [[Scalar]]

  var dimension: Int? { unknowns ?? count }
  var residualCount: Int { count }

  func residuals(at x: Vector<Scalar>, into r: inout Vector<Scalar>) {
    for (i, f) in F(x).enumerated() { r[i] = f }
  }

  func residualsAndJacobian(at x: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>) {
    residuals(at: x, into: &r)
    for (i, row) in self.J(x).enumerated() { for (j, d) in row.enumerated() { J[i, j] = d } }
  }
}

@Suite struct FindRootTests {
  static func methods<P: ResidualObjective>() -> [any Solver<P>] where P.Domain == WholeSpace {
    [.gaussNewton(), .powellHybrid(), .goodBroyden(), .levenbergMarquardt()]
  }

  /// A circle and a line.
  static func circle<Scalar: LAPACKScalar>() -> System<Scalar> {
    System(
      count: 2, F: { [$0[0] * $0[0] + $0[1] * $0[1] - 4, $0[0] - $0[1]] },
      J: { [[2 * $0[0], 2 * $0[1]], [1, -1]] })
  }

  func solve<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let root = Scalar(2).squareRoot()
    for method in Self.methods() as [any Solver<System<Scalar>>] {
      let outcome = findRoot(of: Self.circle(), from: [3, 1], using: method)
      guard case .converged(let criterion) = outcome.status else {
        #expect(Bool(false), "\(outcome)")
        continue
      }
      #expect(criterion.measure == .residual)
      #expect(outcome.certificate!.residuals!.largestResidual <= (Scalar.self == Double.self ? 1e-10 : 1e-4))
      #expect((outcome.point - [root, root]).largestMagnitude < (Scalar.self == Double.self ? 1e-10 : 1e-4))
    }
  }

  @Test func findsARoot() {
    solve(Double.self)
    solve(Float.self)
  }

  /// A start that is a root is one.
  @Test func knowsARootAtTheStart() {
    for method in Self.methods() as [any Solver<System<Double>>] {
      let outcome = findRoot(of: Self.circle(), from: [-Double.sqrt(2), -Double.sqrt(2)], using: method)
      #expect(outcome.status.isConverged && outcome.iterations == 0, "\(outcome)")
    }
  }

  /// x² + 1 and a companion have no root: the least of ‖F‖ is called that, and never *converged*.
  @Test func saysThatALocalMinimumIsNoRoot() {
    let system = System<Double>(
      count: 2, F: { [$0[0] * $0[0] + 1, $0[1] - 2] }, J: { [[2 * $0[0], 0], [0, 1]] })
    for method in Self.methods() as [any Solver<System<Double>>] {
      let outcome = findRoot(of: system, from: [1.3, 5], using: method)
      #expect(!outcome.status.isConverged, "\(outcome)")
    }
    let methods: [any Solver<System<Double>>] = [.powellHybrid(), .levenbergMarquardt()]
    for method in methods {
      let outcome = findRoot(of: system, from: [1.3, 5], using: method)
      guard case .stalled(.noRoot) = outcome.status else {
        #expect(Bool(false), "\(outcome)")
        continue
      }
      #expect(abs(outcome.point[0]) < 1e-3 && abs(outcome.point[1] - 2) < 1e-3)
      #expect(outcome.sentence.contains("no root"))
    }
  }

  /// Two equations that say the same to first order, and contradict each other beyond.
  @Test func reportsASingularJacobian() {
    let system = System<Double>(
      count: 2, F: { [$0[0] + $0[1], $0[0] + $0[1] + 1] }, J: { _ in [[1, 1], [1, 1]] })
    let outcome = findRoot(of: system, from: [0.5, 2], using: .goodBroyden())
    guard case .stalled(.singularJacobian) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(outcome.sentence.contains("Jacobian is singular"))
    // Gauss–Newton goes on to where ‖F‖ is least.
    guard case .stalled(.noRoot) = findRoot(of: system, from: [0.5, 2], using: .gaussNewton()).status else {
      return #expect(Bool(false))
    }
  }

  @Test func refusesWhatIsNotSquare() {
    let system = System<Double>(
      count: 3, unknowns: 2, F: { [$0[0], $0[1], 0] }, J: { _ in [[1, 0], [0, 1], [0, 0]] })
    let outcome = findRoot(of: system, from: [1, 1], using: .gaussNewton())
    guard case .refused(let sentence) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(sentence.contains("3 equations in 2 unknowns"))
    let badTolerance = findRoot(
      of: Self.circle() as System<Double>, from: [1, 1], using: .gaussNewton(), tolerance: -1)
    guard case .refused(let other) = badTolerance.status else {
      return #expect(Bool(false), "\(badTolerance)")
    }
    #expect(other.contains("tolerance residual is -1.0"))
  }

  @Test func keepsToItsBudget() {
    let outcome = findRoot(
      of: Self.circle() as System<Double>, from: [300, 1], using: .goodBroyden(), within: Budget(residuals: 3)
    )
    guard case .exhausted(.residuals) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(outcome.ledger.residuals <= 3)
  }
}
