import Foundation
import Secant
import SecantProblems
import Testing

/// Every method that chooses its own steps × every problem of the collections × its starts, with default settings: no
/// answer claims what is not so, and `papers/collection.csv` says what each comes to.
@Suite struct CollectionTests {
  /// A problem from one of its starts.
  struct Case: Sendable, CustomStringConvertible {
    let problem: TestProblem<Double>
    let factor: Double

    var start: Vector<Double> { problem.start(times: factor) }
    var description: String { factor == 1 ? "\(problem)" : "\(problem), from \(Int(factor))·x₀" }

    /// Whether a value is one of the published minima.
    func isPublished(_ value: Double) -> Bool { problem.minima.contains { CollectionTable.agree(value, $0) } }
  }

  static let methods: [Entry<TestProblem<Double>>] = searchingMethods()

  static let moreGarbowHillstrom = cases(TestProblem.moreGarbowHillstrom)
  static let all = cases(TestProblem.all)

  private static func cases(_ problems: [TestProblem<Double>]) -> [Case] {
    problems.flatMap { problem in problem.startFactors.map { Case(problem: problem, factor: $0) } }
  }

  /// Each method's row of the table is measured anew, and each answer looked at.
  @Test(arguments: methods)
  func answersAreHonestAndAsNoted(_ entry: Entry<TestProblem<Double>>) throws {
    let noted = try CollectionTable()
    var others: [String] = []
    for problem in Self.all {
      let outcome = entry.run(problem)
      isHonest(outcome, problem)
      let cell = CollectionTable.Cell(outcome)
      let note = noted.cells[problem.description]?[entry.name]
      if note.map({ cell.isNear($0) }) != true {
        others.append("\(problem): \(cell) was measured and \(note.map { "\($0)" } ?? "nothing") noted")
      }
    }
    // Rounding differs between processors, and a long run that it decides ends elsewhere.
    #expect(others.count <= Self.all.count / 8, "\(others)")
  }

  /// Never *converged* where the gradient, asked for again, is not below the threshold, nor at a saddle.
  func isHonest(_ outcome: Outcome<TestProblem<Double>>, _ problem: Case) {
    var gradient = outcome.point
    let value = problem.problem.valueAndGradient(at: outcome.point, into: &gradient)
    #expect(value == outcome.value || (value.isNaN && outcome.value.isNaN), "\(problem): \(outcome)")
    guard outcome.status.isConverged else { return }
    #expect(gradient.largestMagnitude <= 1e-6, "\(problem): \(outcome)")
    let certificate = outcome.certificate
    #expect(
      certificate?.curvature.isNegative == false || certificate?.isShallow == true, "\(problem): \(outcome)")
  }

  /// The best trust region and the best line-search Newton solve every start of Moré, Garbow and Hillstrom's, to a
  /// published minimum or to one that the Hessian certifies.
  @Test(arguments: methods.filter { flagships.contains($0.name) })
  func flagshipsSolveAll(_ entry: Entry<TestProblem<Double>>) {
    for problem in Self.moreGarbowHillstrom {
      // Meyer's plateau from 100·x₀ takes nine thousand steps of the trust region.
      let outcome = entry.run(problem, within: Budget(iterations: 20_000))
      let isCertified = outcome.status.isConverged && outcome.certificate?.curvature.isPositive == true
      let isSolved = isCertified || problem.isPublished(outcome.value)
      #expect(isSolved, "\(problem): \(outcome)")
    }
  }

  /// The longest way of them, from starts that differ in the last digits.
  @Test(arguments: methods.filter { flagships.contains($0.name) })
  func flagshipsSolveMeyerWhateverTheRounding(_ entry: Entry<TestProblem<Double>>) throws {
    let meyer = try #require(
      Self.moreGarbowHillstrom.first { $0.problem.name == "Meyer" && $0.factor == 100 })
    for k in -10...10 {
      let outcome = minimize(
        meyer.problem, from: (1 + Double(k) * 0x1p-50) * meyer.start, using: entry.method,
        within: Budget(iterations: 20_000))
      #expect(meyer.isPublished(outcome.value), "1 + \(k)·2⁻⁵⁰: \(outcome)")
    }
  }

  static let flagships = ["exact trust region", "Newton"]

  /// Writes the table: `SECANT_RECORD=1 swift test -c release --filter CollectionTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SECANT_RECORD"] != nil))
  func record() throws {
    try CollectionTable(Self.all, Self.methods).write()
  }
}

extension Entry where Problem == TestProblem<Double> {
  func run(
    _ problem: CollectionTests.Case, within budget: Budget = Budget(gradients: 5_000)
  ) -> Outcome<TestProblem<Double>> {
    minimize(problem.problem, from: problem.start, using: method, within: budget)
  }
}

/// `papers/collection.csv`: a row for each problem and start, a column for each method.
struct CollectionTable {
  /// What a run came to: `45 7.5e-9` is convergence after 45 gradients at f = 7.5e-9, and any other ending is named:
  /// `5000 0.02 budget exhausted`.
  struct Cell: CustomStringConvertible {
    let gradients: Int
    let value: Double
    let status: String

    init(_ outcome: Outcome<TestProblem<Double>>) {
      gradients = outcome.ledger.gradients
      value = outcome.value
      status = outcome.status.label
    }

    init?(_ text: Substring) {
      let parts = text.split(separator: " ", maxSplits: 2)
      guard parts.count >= 2, let gradients = Int(parts[0]), let value = Double(parts[1]) else { return nil }
      self.gradients = gradients
      self.value = value
      status = parts.count == 3 ? String(parts[2]) : "converged"
    }

    var description: String {
      "\(gradients) \(String(format: "%.3g", value))" + (status == "converged" ? "" : " \(status)")
    }

    /// The same but for rounding, which differs between processors, and which long runs follow.
    func isNear(_ other: Cell) -> Bool {
      let slack = 2 + other.gradients / (other.gradients > 60 ? 2 : 5)
      guard status == other.status else { return status != "converged" && other.status != "converged" }
      return status != "converged"
        || abs(gradients - other.gradients) <= slack && CollectionTable.agree(value, other.value)
    }
  }

  private(set) var cells: [String: [String: Cell]] = [:]
  private var problems: [String] = []
  private var methods: [String] = []

  static func agree(_ value: Double, _ other: Double) -> Bool {
    abs(value - other) <= 6e-3 * abs(other) + (other == 0 ? 1e-5 : 1e-9)
  }

  static let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../papers/collection.csv")

  /// The table as it stands.
  init() throws {
    let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
    methods = lines[0].split(separator: ";").dropFirst().map(String.init)
    for line in lines.dropFirst() {
      let fields = line.split(separator: ";", omittingEmptySubsequences: false)
      problems.append(String(fields[0]))
      cells[String(fields[0])] = Dictionary(
        uniqueKeysWithValues: zip(methods, fields.dropFirst()).compactMap { method, text in
          Cell(text).map { (method, $0) }
        })
    }
  }

  /// The table measured.
  init(_ cases: [CollectionTests.Case], _ entries: [Entry<TestProblem<Double>>]) {
    problems = cases.map(\.description)
    methods = entries.map(\.name)
    for problem in cases {
      cells[problem.description] = Dictionary(
        uniqueKeysWithValues: entries.map { ($0.name, Cell($0.run(problem))) })
    }
  }

  func write() throws {
    var text = (["problem"] + methods).joined(separator: ";") + "\n"
    for problem in problems {
      let row = methods.map { cells[problem]![$0]!.description }
      text += ([problem] + row).joined(separator: ";") + "\n"
    }
    try text.write(to: Self.file, atomically: true, encoding: .utf8)
  }
}
