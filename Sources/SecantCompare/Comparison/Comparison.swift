public import Secant

/// Several methods on one problem, from one start, under one budget: what each reached and what it paid.
///
/// ```swift
/// let comparison = Comparison(
///   of: [.init("L-BFGS", .lbfgs()), .init("Newton", .newton())],
///   on: Course(Rosenbrock(), from: [-1.2, 1]), titled: "Rosenbrock")
/// print(comparison.summary())
/// ```
public struct Comparison: Sendable, Equatable {
  /// The problem, in a few words.
  public var title: String
  /// The number of variables.
  public var dimension: Int
  /// `Float` or `Double`.
  public var scalar: String
  /// What every method was allowed to spend.
  public var budget: Budget
  /// The value that f − f* is measured from.
  public var reference: Reference
  /// The methods that ran, in the order of the call.
  public var entries: [Entry]
  /// The methods that did not run, and why.
  public var omissions: [Omission]
  /// What the methods' scores are, where the course has one.
  public var score: String?
  /// Whether the problem has bounds; the gradient's norm is then that of its projection on what they leave free.
  public var isBounded: Bool
  /// What was asked for on a command line, but for the methods; nil where a program compares methods of its own.
  public var asked: [String]?
  /// What computed it.
  public var machine: Machine
  /// The function around the runs, where it has two variables.
  public var landscape: Landscape?

  /// The value that f − f* is measured from.
  public struct Reference: Sendable, Equatable, Codable {
    public enum Source: String, Sendable, Codable {
      /// The problem's optimum is known.
      case knownOptimum
      /// The least value that any of the methods found.
      case leastFound
    }

    public var value: Double
    public var source: Source

    public init(value: Double, source: Source) {
      self.value = value
      self.source = source
    }
  }

  /// What one method came to.
  public struct Entry: Sendable, Equatable, Codable {
    public var name: String
    /// The outcome's status in a word or two.
    public var status: String
    public var isConverged: Bool
    /// The outcome's sentence for a person.
    public var sentence: String
    /// f at the best point; not finite when nothing could be evaluated.
    public var value: Double
    /// ‖∇f‖₂ at the best point, with bounds ‖∇_Ω f‖∞.
    public var gradientNorm: Double
    /// Accepted steps.
    public var iterations: Int
    public var ledger: Ledger
    public var trace: Trace
    /// What the best point is worth beyond f, where the course has a score.
    public var score: Double?

    /// Whether the method did not start, for what was asked makes no sense; ``sentence`` says why.
    public var isRefused: Bool { status == "refused" }

    public init(
      name: String, status: String, isConverged: Bool, sentence: String, value: Double, gradientNorm: Double,
      iterations: Int, ledger: Ledger, trace: Trace, score: Double? = nil
    ) {
      self.name = name
      self.status = status
      self.isConverged = isConverged
      self.sentence = sentence
      self.value = value
      self.gradientNorm = gradientNorm
      self.iterations = iterations
      self.ledger = ledger
      self.trace = trace
      self.score = score
    }
  }

  /// A method that did not run.
  public struct Omission: Sendable, Equatable, Codable {
    public var name: String
    /// A sentence.
    public var reason: String

    public init(name: String, reason: String) {
      self.name = name
      self.reason = reason
    }
  }

  public init(
    title: String, dimension: Int, scalar: String, budget: Budget, reference: Reference, entries: [Entry],
    omissions: [Omission] = [], score: String? = nil, isBounded: Bool = false, asked: [String]? = nil,
    machine: Machine = .current, landscape: Landscape? = nil
  ) {
    self.title = title
    self.dimension = dimension
    self.scalar = scalar
    self.budget = budget
    self.reference = reference
    self.entries = entries
    self.omissions = omissions
    self.score = score
    self.isBounded = isBounded
    self.asked = asked
    self.machine = machine
    self.landscape = landscape
  }

  /// Runs the contestants one after the other.
  ///
  /// When the task is cancelled the method that is running returns its best point, and the ones after it are
  /// named among the ``omissions``.
  ///
  /// - Parameters:
  ///   - optimum: f*, where it is known.
  ///   - omissions: methods that were left out before, which the answer mentions.
  ///   - observe: called with a method's name at each sample that its trace keeps, and with a complete entry when
  ///     the method has ended.
  public init<Problem>(
    of contestants: [Contestant<Problem>], on course: Course<Problem>, titled title: String,
    optimum: Double? = nil, omitting omissions: [Omission] = [],
    observing observe: (Observation) -> Void = { _ in }
  ) {
    self.init(
      of: contestants, on: course, titled: title, optimum: optimum, omitting: omissions, asked: nil,
      observing: observe)
  }

  /// The same, of a command line or not.
  init<Problem>(
    of contestants: [Contestant<Problem>], on course: Course<Problem>, titled title: String, optimum: Double?,
    omitting omissions: [Omission], asked: [String]?, observing observe: (Observation) -> Void
  ) {
    var entries: [Entry] = []
    var omissions = omissions
    for contestant in contestants {
      if Task.isCancelled {
        omissions.append(
          Omission(name: contestant.name, reason: "The comparison was stopped before its turn."))
        continue
      }
      let entry = contestant.entry(on: course, isNamed: asked != nil) {
        observe(.sample($0, of: contestant.name))
      }
      observe(.ended(entry))
      entries.append(entry)
    }
    let least = entries.map(\.value).filter(\.isFinite).min()
    let reference = optimum.map { Reference(value: $0, source: .knownOptimum) }
    self.init(
      title: title, dimension: course.start.count, scalar: "\(Problem.Scalar.self)", budget: course.budget,
      reference: reference ?? Reference(value: least ?? .nan, source: .leastFound),
      entries: entries, omissions: omissions, score: course.score?.name,
      isBounded: course.isBounded, asked: asked,
      landscape: Landscape(
        of: course.problem,
        around: entries.map { entry in
          entry.trace.samples.compactMap { sample in sample.point.map { (sample.value, $0) } }
        }))
  }

  /// What happens while a comparison runs.
  public enum Observation: Sendable {
    case sample(Trace.Sample, of: String)
    case ended(Entry)
  }

  /// f − f*, as it is: rounding can make it slightly negative.
  public func gap(_ value: Double) -> Double { value - reference.value }

  /// The currencies that some method spent something in, seconds last.
  public var currencies: [Currency] {
    Currency.allCases.filter { currency in entries.contains { $0.ledger[currency] != 0 } }
  }
}
