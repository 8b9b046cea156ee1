public import Secant

/// Methods × problems × scalars × seeds: what a profile is drawn from.
///
/// ```swift
/// let study = try Study(of: ProblemLibrary.all, by: Request.methods("lbfgs,newton,trustRegion"))
/// let record = try await study.run(recordingIn: URL(filePath: "runs.jsonl"))
/// try record.report().write(toFile: "profile.html", atomically: true, encoding: .utf8)
/// ```
///
/// Every method has the same criterion, ‖∇f‖∞ ≤ ``tolerance`` · max(1, ‖∇f(x₀)‖∞), and the same budget, and none is
/// believed: see ``StudyRun/isSolved``.
public struct Study: Sendable {
  public var problems: [LibraryProblem]
  public var methods: [Request]
  public var scalars: [ScalarType]
  public var seeds: [UInt64]
  public var tolerance: Double
  public var budget: Budget
  /// Whether seconds are recorded, which are not the same when a study is run again.
  public var isTimed: Bool

  /// What is computed with.
  public enum ScalarType: String, Sendable, CaseIterable, Codable { case double, float }

  /// One run.
  struct Cell: Sendable {
    let problem: LibraryProblem
    let scalar: ScalarType
    let seed: UInt64
    let method: Request
  }

  /// - Throws: a ``UsageError`` where two have one name, or where there is nothing to do.
  public init(
    of problems: [LibraryProblem], by methods: [Request], in scalars: [ScalarType] = [.double],
    seeds: [UInt64] = [0], tolerance: Double = 1e-6, within budget: Budget = .study, isTimed: Bool = false
  ) throws(UsageError) {
    func once<Name: Hashable>(_ names: [Name], _ what: String) throws(UsageError) {
      guard !names.isEmpty else { throw UsageError("There is no \(what); give at least one.") }
      var seen: Set<Name> = []
      if let twice = names.first(where: { !seen.insert($0).inserted }) {
        throw UsageError("The \(what) ‘\(twice)’ is named twice; name it once.")
      }
    }
    try once(problems.map(\.name), "problem")
    try once(methods.map(\.text), "method")
    try once(scalars.map(\.rawValue), "scalar type")
    try once(seeds, "seed")
    guard tolerance > 0, tolerance.isFinite else {
      throw UsageError("The tolerance is \(tolerance); give a finite number above zero.")
    }
    if let complaint = budget.complaint { throw UsageError(complaint) }
    if scalars.contains(.float), let problem = problems.first(where: { $0.float == nil }) {
      throw UsageError("The problem ‘\(problem.name)’ is known in double precision alone; leave out float.")
    }
    self.problems = problems
    self.methods = methods
    self.scalars = scalars
    self.seeds = seeds
    self.tolerance = tolerance
    self.budget = budget
    self.isTimed = isTimed
  }

  /// In the order of the record.
  var cells: [Cell] {
    problems.flatMap { problem in
      scalars.flatMap { scalar in
        seeds.flatMap { seed in
          methods.map { Cell(problem: problem, scalar: scalar, seed: seed, method: $0) }
        }
      }
    }
  }

  /// A place to work at, which keeps the problem that was posed there last: the runs on one follow each other.
  ///
  /// It is handed from run to run, and used by one at a time.
  struct Bench: @unchecked Sendable {
    private var name: String?
    private var double: Posed<Double>?
    private var float: Posed<Float>?

    /// Runs one cell of a study.
    mutating func run(_ cell: Cell, of study: Study) -> StudyRun {
      if name != cell.problem.name { self = Bench() }
      name = cell.problem.name
      switch cell.scalar {
      case .double:
        let posed = double ?? cell.problem.double()
        double = posed
        return study.run(cell, posed)
      case .float:
        let posed = float ?? cell.problem.float!()
        float = posed
        return study.run(cell, posed)
      }
    }
  }

  private func run<Scalar: LAPACKScalar>(_ cell: Cell, _ posed: Posed<Scalar>) -> StudyRun {
    do throws(UsageError) {
      let n = posed.problem.dimension ?? max(1, posed.start.count)
      guard posed.start.count == n else {
        throw UsageError(
          "The start has \(posed.start.count) numbers and the problem \(n) variables; give \(n).")
      }
      // A method that knows bounds works without any.
      let free =
        cell.method.isBounded
        ? Bounds<Scalar>(count: posed.start.count) : nil
      guard let bounds = posed.bounds ?? free else {
        let course = course(on: posed.problem, from: posed.start)
        if let reason = try cell.method.reasonToOmit(
          dimension: posed.start.count, terms: posed.problem.termCount)
        {
          throw UsageError(reason)
        }
        return StudyRun(
          cell, try cell.method.contestant(in: Setting(course, seed: cell.seed)), on: course, isTimed)
      }
      let course = course(on: posed.problem.bounded(by: bounds), from: posed.start)
      return StudyRun(cell, try cell.method.contestant(on: course), on: course, isTimed)
    } catch {
      return StudyRun(cell, n: posed.start.count, omittedFor: error.description)
    }
  }

  private func course<Problem>(
    on problem: Problem, from start: Vector<Problem.Scalar>
  ) -> Course<Problem> {
    var start = start
    problem.project(&start)
    var gradient = start
    var greatest: Problem.Scalar = 1
    if (try? problem.valueAndGradient(at: start, into: &gradient)) != nil {
      let stationarity = problem.stationarity(of: gradient, at: start)
      if stationarity.isFinite { greatest = max(1, stationarity) }
    }
    return Course(
      problem, from: start,
      until: Convergence(gradient: Problem.Scalar(tolerance) * greatest, isRelative: false), within: budget)
  }
}

extension Budget {
  /// Enough for a first-order method on most of what it can solve.
  public static let study = Budget(iterations: .max, passes: 2_000)
}
