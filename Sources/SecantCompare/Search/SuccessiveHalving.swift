public import Secant

/// A search over hyper-parameters: many settings are tried for a short time, and the better ones go on.
///
/// ```swift
/// let search = SuccessiveHalving(of: 27, on: Course(problem, from: start), firstPasses: 2) {
///   pow(10, $0.uniform(Double.self) * 4 - 4)
/// } using: {
///   .adam(rate: $0)
/// }
/// print(search.best)
/// ```
///
/// Each of n settings runs for r passes over the data; the best n/η of them go on to ηr passes, the best of these to η²r, until one
/// is left. A run goes on from where it stood, so that no pass is made twice.
///
/// A setting is worth the least value that its run has found, or what `score` says of that point, such as a validation loss. One
/// whose score is not a number comes last. The same seed draws the same settings and finds the same best.
///
/// - **Work**: about nr(1 + log n/log η) passes, all but the last rung's spent on settings that are given up.
/// - **Reference**: Jamieson and Talwalkar, *Non-stochastic best arm identification and hyperparameter optimization*, AISTATS 2016
///   (1502.07943).
public struct SuccessiveHalving<Setting: Sendable>: Sendable {
  /// The settings that were drawn.
  public let settings: [Setting]
  /// What was tried, from the shortest runs to the longest.
  public let rungs: [Rung]
  /// What all runs have spent together.
  public let ledger: Ledger

  /// The runs that were compared after the same number of passes.
  public struct Rung: Sendable, Equatable, Codable {
    /// Passes over the data that each run has made, by the least multiple of a step.
    public var passes: Double
    /// The settings by their numbers and their scores, the best first.
    public var entries: [Entry]

    @inlinable init(passes: Double, entries: [Entry]) {
      self.passes = passes
      self.entries = entries
    }
  }

  /// A setting at the end of a rung.
  public struct Entry: Sendable, Equatable, Codable {
    /// Its number among ``SuccessiveHalving/settings``.
    public var setting: Int
    /// Less is better.
    public var score: Double

    @inlinable init(setting: Int, score: Double) {
      self.setting = setting
      self.score = score
    }
  }

  /// The setting that won.
  public var best: Setting { settings[rungs[rungs.count - 1].entries[0].setting] }
  /// Its score.
  public var bestScore: Double { rungs[rungs.count - 1].entries[0].score }

  /// Draws the settings and runs the search.
  ///
  /// - Parameters:
  ///   - count: n, at least 1.
  ///   - course: the problem, the start, and a budget that no run exceeds.
  ///   - factor: η, at least 2.
  ///   - passes: r.
  ///   - score: what a point is worth, where that is not f: less is better.
  ///   - draw: a setting from a generator.
  ///   - method: the method with a setting.
  @inlinable public init<Method: Solver>(
    of count: Int, on course: Course<Method.Problem>, keepingOneIn factor: Int = 3,
    firstPasses passes: Double,
    seed: UInt64 = 0, scoring score: ((Vector<Method.Problem.Scalar>) -> Double)? = nil,
    drawing draw: (inout RandomGenerator) -> Setting, using method: (Setting) -> Method
  ) {
    precondition(count > 0, "the search is over \(count) settings: draw at least 1")
    precondition(factor > 1, "one in \(factor) settings is kept: choose at least 2, such as 3")
    precondition(passes > 0, "the first runs make \(passes) passes: choose a positive number")
    var generator = RandomGenerator(seed: seed)
    let settings = (0..<count).map { _ in draw(&generator) }
    var runs = settings.map {
      Run(
        course.problem, from: course.start, using: method($0), until: course.convergence,
        within: course.budget)
    }
    var left = Array(settings.indices)
    var rungs: [Rung] = []
    var passes = passes
    while true {
      let entries = left.map { index in
        while !runs[index].isOver, runs[index].oracle.ledger.passes < passes { runs[index].advance() }
        let outcome = runs[index].outcome(certifying: false)
        return Entry(setting: index, score: score?(outcome.point) ?? Double(outcome.value))
      }
      rungs.append(Rung(passes: passes, entries: entries.sorted { Self.isBetter($0, than: $1) }))
      if left.count == 1 { break }
      left = rungs[rungs.count - 1].entries.prefix((left.count + factor - 1) / factor).map(\.setting)
      passes *= Double(factor)
    }
    self.init(settings, rungs, spending: runs.reduce(Ledger()) { $0 + $1.oracle.ledger })
  }

  @usableFromInline init(_ settings: [Setting], _ rungs: [Rung], spending ledger: Ledger) {
    self.settings = settings
    self.rungs = rungs
    self.ledger = ledger
  }

  /// NaN comes last, and of two that are equal the one that was drawn first is the better.
  @usableFromInline static func isBetter(_ a: Entry, than b: Entry) -> Bool {
    if a.score.isNaN || b.score.isNaN { return !a.score.isNaN || (b.score.isNaN && a.setting < b.setting) }
    return a.score == b.score ? a.setting < b.setting : a.score < b.score
  }
}
