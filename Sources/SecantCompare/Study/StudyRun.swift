import Secant

/// What one method came to on one problem, as a line of a study's record.
///
/// | key | what |
/// | --- | --- |
/// | `problem`, `method`, `scalar`, `seed` | which run it is; the method as it was asked for |
/// | `dimension` | the number of variables |
/// | `status`, `sentence` | what the run says of itself |
/// | `omission` | why there was no run, where there was none |
/// | `isSolved` | whether the point, asked for again, is what a method can find: see ``isSolved`` |
/// | `start`, `value`, `stationarity` | f(x₀), f and ‖∇f‖∞ at the best point, evaluated after the run |
/// | `spent` | what was spent, a number for each currency of the ledger that is not zero |
/// | `history` | `value`: each value that was lower than all before, and what had been spent then in each currency; of two variables `x1` and `x2`, where |
///
/// Numbers that are not finite stand as the strings `"nan"`, `"inf"` and `"-inf"`.
public struct StudyRun: Sendable, Equatable, Codable {
  public let problem: String
  public let method: String
  public let scalar: Study.ScalarType
  public let seed: UInt64
  public let dimension: Int
  public let status: String
  public let sentence: String
  public var omission: String?
  /// Whether the point, evaluated anew, satisfies the study's criterion, has the value that was reported, and is not
  /// known to be a saddle. The method's own word counts for nothing.
  public let isSolved: Bool
  public let start: Double
  public let value: Double
  public let stationarity: Double
  public let spent: [String: Double]
  public let history: [String: [Double]]

  /// The keys of ``history`` under which the points of two variables stand.
  static let coordinates = ["x1", "x2"]

  /// Which run it is.
  struct Name: Equatable {
    let problem, method: String
    let scalar: Study.ScalarType
    let seed: UInt64
  }

  var name: Name { Name(problem: problem, method: method, scalar: scalar, seed: seed) }

  /// A run that there was not.
  init(_ cell: Study.Cell, n: Int, omittedFor reason: String) {
    (problem, method, scalar, seed) = (cell.problem.name, cell.method.text, cell.scalar, cell.seed)
    dimension = n
    (status, sentence, omission, isSolved) = ("omitted", reason, reason, false)
    (start, value, stationarity) = (.nan, .nan, .nan)
    (spent, history) = ([:], [:])
  }

  init<Problem>(
    _ cell: Study.Cell, _ contestant: Contestant<Problem>, on course: Course<Problem>, _ isTimed: Bool
  ) {
    (problem, method, scalar, seed) = (cell.problem.name, cell.method.text, cell.scalar, cell.seed)
    dimension = course.start.count
    let (outcome, trace) = contestant.runs(course) { _ in }
    status = outcome.status.label
    sentence = outcome.sentence(in: contestant.terms(course))

    // Nobody is charged for this.
    var gradient = course.start
    start = (try? course.problem.value(at: course.start)).map { Double($0) } ?? .nan
    let again = try? course.problem.valueAndGradient(at: outcome.point, into: &gradient)
    value = again.map { Double($0) } ?? .nan
    stationarity = Double(course.problem.stationarity(of: gradient, at: outcome.point))
    isSolved =
      again == outcome.value && stationarity <= Double(course.convergence.gradient)
      && outcome.status.label != "saddle"

    let currencies = Currency.allCases.filter { $0 != .seconds || isTimed }
    spent = Dictionary(
      uniqueKeysWithValues: currencies.map { ($0.rawValue, outcome.ledger[$0]) }.filter { $0.1 != 0 })
    var least = Double.infinity
    let better = trace.samples.filter { sample in
      defer { least = min(least, sample.value) }
      return sample.value < least
    }
    var history = ["value": better.map(\.value)]
    for currency in currencies where outcome.ledger[currency] != 0 {
      history[currency.rawValue] = better.map { $0.ledger[currency] }
    }
    if course.start.count == 2, better.allSatisfy({ $0.point != nil }) {
      for (k, name) in Self.coordinates.enumerated() { history[name] = better.map { $0.point![k] } }
    }
    self.history = history
  }
}
