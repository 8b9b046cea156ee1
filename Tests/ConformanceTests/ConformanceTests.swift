import CAllocationCounter
import Foundation
import Secant
import SecantProblems
import Testing

/// Every solver × every problem × every scalar: what each of them must do, whatever it is.
@Suite struct ConformanceTests {
  // OpenBLAS allocates for its own threads; with one thread of it every allocation is ours.
  init() { LinearAlgebra.isDeterministic = true }

  // MARK: The matrix

  static func all<S: LAPACKScalar>(_: S.Type) -> [Entry<MatrixFit<S>>] {
    methods(rate: 0.05) + structuredMethods(rate: 0.05, in: MatrixFit<S>().layout)
      + naturalMethods(rate: 0.05)
  }

  @Test(arguments: all(Double.self))
  func matrixFit(_ entry: Entry<MatrixFit<Double>>) throws {
    try check(entry, on: MatrixFit(), from: MatrixFit<Double>().start)
  }

  @Test(arguments: all(Float.self))
  func matrixFitInSinglePrecision(_ entry: Entry<MatrixFit<Float>>) throws {
    try check(entry, on: MatrixFit(), from: MatrixFit<Float>().start)
  }

  /// Small problems of several kinds: a valley, a quartic with a flat minimum, a large residual, a saddle at the start.
  static let problems = [
    "Rosenbrock", "Wood", "Brown–Dennis", "Broyden tridiagonal", "variably dimensioned", "Beale",
    "Himmelblau",
    "Styblinski–Tang",
  ]

  @Test(arguments: methods(rate: 1e-3) as [Entry<TestProblem<Double>>])
  func collection(_ entry: Entry<TestProblem<Double>>) throws {
    for problem in TestProblem<Double>.all where Self.problems.contains(problem.name) {
      try check(entry, on: problem, from: problem.start)
    }
  }

  @Test(arguments: methods(rate: 1e-3) as [Entry<TestProblem<Float>>])
  func collectionInSinglePrecision(_ entry: Entry<TestProblem<Float>>) throws {
    for problem in TestProblem<Float>.all where Self.problems.contains(problem.name) {
      try check(entry, on: problem, from: problem.start)
    }
  }

  @Test(arguments: methods(rate: 1e-3) as [Entry<Quadratic<Double>>])
  func quadratic(_ entry: Entry<Quadratic<Double>>) throws {
    try check(
      entry, on: Quadratic(dimension: 30, conditionNumber: 100, seed: 1),
      from: Vector(repeating: 1, count: 30))
  }

  @Test(arguments: boundedMethods() as [Entry<Bounded<TestProblem<Double>>>])
  func bounded(_ entry: Entry<Bounded<TestProblem<Double>>>) throws {
    for problem in Self.bounded(Double.self) { try check(entry, on: problem, from: problem.base.start) }
  }

  @Test(arguments: boundedMethods() as [Entry<Bounded<TestProblem<Float>>>])
  func boundedInSinglePrecision(_ entry: Entry<Bounded<TestProblem<Float>>>) throws {
    for problem in Self.bounded(Float.self) { try check(entry, on: problem, from: problem.base.start) }
  }

  /// The collection's, with a minimum inside the box, on its edge and in its corner; and with a variable that is fixed
  /// and a start outside.
  static func bounded<S: LAPACKScalar>(_: S.Type) -> [Bounded<TestProblem<S>>] {
    TestProblem<S>.bounded + [
      TestProblem<S>.wood.bounded(from: [-10, -10, 2, -.infinity], to: [10, .infinity, 2, 10])
    ]
  }

  @Test(arguments: leastSquaresMethods() as [Entry<TestProblemOfSquares<Double>>])
  func leastSquares(_ entry: Entry<TestProblemOfSquares<Double>>) throws {
    for problem in Self.squares(Double.self) { try check(entry, on: problem, from: problem.problem.start) }
  }

  @Test(arguments: leastSquaresMethods() as [Entry<TestProblemOfSquares<Float>>])
  func leastSquaresInSinglePrecision(_ entry: Entry<TestProblemOfSquares<Float>>) throws {
    for problem in Self.squares(Float.self) { try check(entry, on: problem, from: problem.problem.start) }
  }

  /// Sums of squares that vanish and that do not, with a Jacobian that is singular at the end and with as many residuals as
  /// variables. In single precision they convert a small Jacobian on the stack.
  static func squares<S: LAPACKScalar>(_: S.Type) -> [TestProblemOfSquares<S>] {
    let names = [
      "Rosenbrock", "Beale", "Bard", "Kowalik–Osborne", "Osborne 1", "Powell singular", "Broyden tridiagonal",
      "variably dimensioned",
    ]
    return TestProblem<S>.moreGarbowHillstrom.filter { names.contains($0.name) }.compactMap {
      TestProblemOfSquares($0)
    }.filter { S.self == Double.self || $0.residualCount * $0.problem.start.count <= 128 }
  }

  // MARK: The laws

  func check<P: DifferentiableObjective>(
    _ entry: Entry<P>, on problem: P, from start: Vector<P.Scalar>
  ) throws {
    answerIsHonest(entry, problem, start)
    try resumesBitForBit(entry.method, problem, start)
    allocatesNothing(entry.method, problem, start)
    neverOverruns(entry, problem, start)
  }

  /// The value is that of the point, no step was better, and *converged* means what it says.
  func answerIsHonest<P: DifferentiableObjective>(_ entry: Entry<P>, _ problem: P, _ start: Vector<P.Scalar>)
  {
    let convergence = Convergence<P.Scalar>()
    let outcome = minimize(problem, from: start, using: entry.method, within: Budget(iterations: 5_000))
    #expect(outcome.certificate?.isReproduced == true, "\(outcome)")
    var gradient = start
    let value = try? problem.valueAndGradient(at: outcome.point, into: &gradient)
    #expect(value == outcome.value, "\(outcome)")
    if case .converged(let criterion) = outcome.status {
      switch criterion.measure {
      // The factors of a second look round otherwise.
      case .orthogonality:
        #expect(outcome.certificate!.residuals!.orthogonality <= 2 * criterion.threshold, "\(outcome)")
      case .residual: #expect(outcome.certificate!.residuals!.largestResidual <= criterion.threshold)
      case .rounding: #expect(outcome.certificate!.residuals!.rounding >= 0.5, "\(outcome)")
      default:
        #expect(problem.stationarity(of: gradient, at: outcome.point) <= convergence.gradient, "\(outcome)")
      }
    }
    if entry.searches { #expect(outcome.status.isConverged || isAtPrecision(outcome), "\(outcome)") }
  }

  /// In single precision a gradient of a large f may have no digit left where the threshold is.
  func isAtPrecision<P: DifferentiableObjective>(_ outcome: Outcome<P>) -> Bool {
    guard P.Scalar.self == Float.self, let certificate = outcome.certificate else { return false }
    switch outcome.status {
    case .limitedByPrecision, .stalled: return certificate.relativeStationarity <= 1e-5
    default: return false
    }
  }

  /// run(m), encoded, decoded and continued for n, is run(m + n).
  func resumesBitForBit<P: DifferentiableObjective, M: Solver<P>>(
    _ method: M, _ problem: P, _ start: Vector<P.Scalar>
  ) throws {
    func steps(_ count: Int, from run: Run<M>) -> Run<M>? {
      var run = run
      // The first look at the start is no step.
      if !run.state.watch.hasStarted { run.advance() }
      for _ in 0..<count where run.next() == nil { return nil }
      return run.isOver ? nil : run
    }
    for (m, n) in [(1, 1), (4, 5), (12, 14)] {
      let fresh = Run(problem, from: start, using: method, until: .never)
      guard let whole = steps(m + n, from: fresh), let half = steps(m, from: fresh) else { continue }
      let code = try JSONEncoder().encode(half.state)
      let decoded = try JSONDecoder().decode(State<P.Scalar, M.Memory>.self, from: code)
      #expect(decoded == half.state)
      guard let resumed = steps(n, from: Run(problem, resuming: decoded, using: method, until: .never)) else {
        Issue.record("the resumed run ended before the whole one")
        continue
      }
      #expect(resumed.state == whole.state, "after \(m) and \(n) steps")
    }
  }

  /// No step after the first allocates.
  ///
  /// The run is made once before the counted one, the same steps on the same way: what the first use of a type or of a
  /// constant costs a process once, and which of the tests meets it, is no allocation of a step.
  func allocatesNothing<P: DifferentiableObjective, M: Solver<P>>(
    _ method: M, _ problem: P, _ start: Vector<P.Scalar>
  ) {
    _ = allocations(method, problem, start)
    for (step, count) in allocations(method, problem, start) where count > 0 {
      Issue.record("\(count) allocations in step \(step)")
    }
  }

  /// How often each of the first steps allocated, after two.
  func allocations<P: DifferentiableObjective, M: Solver<P>>(
    _ method: M, _ problem: P, _ start: Vector<P.Scalar>
  ) -> [(step: Int, count: Int)] {
    var counts: [(step: Int, count: Int)] = []
    var run = Run(problem, from: start, using: method, until: .never)
    for _ in 0..<2 { run.advance() }
    for step in 2..<30 {
      secant_count_allocations()
      run.advance()
      let count = secant_allocations_counted()
      // The step that ends a run may look closer, at the curvature for example.
      if run.isOver { break }
      counts.append((step, count))
    }
    return counts
  }

  /// A budget is a hard limit in every currency that the method uses.
  func neverOverruns<P: DifferentiableObjective>(_ entry: Entry<P>, _ problem: P, _ start: Vector<P.Scalar>) {
    let spent = minimize(
      problem, from: start, using: entry.method, until: .never, within: Budget(iterations: 20),
      certifying: false
    ).ledger
    for (currency, budget) in [
      (Currency.gradients, Budget(gradients: spent.gradients / 2)),
      (.hessianVectorProducts, Budget(hessianVectorProducts: spent.hessianVectorProducts / 2)),
      (.hessians, Budget(hessians: spent.hessians / 2)),
      (.factorisations, Budget(factorisations: spent.factorisations / 2)),
      (.flops, Budget(flops: spent.flops / 2)), (.passes, Budget(passes: spent.passes / 2)),
      (.residuals, Budget(residuals: spent.residuals / 2)),
      (.jacobians, Budget(jacobians: spent.jacobians / 2)),
    ] where spent[currency] > 1 {
      let outcome = minimize(
        problem, from: start, using: entry.method, until: .never, within: budget, certifying: false)
      #expect(outcome.ledger[currency] <= spent[currency] / 2 * (1 + 1e-9))
    }
  }

  @Test func theCounterCounts() {
    secant_count_allocations()
    let vector = Vector<Double>(zeros: 100)
    let allocations = secant_allocations_counted()
    #expect(allocations > 0 && vector.count == 100)
  }
}
