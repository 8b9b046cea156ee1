import Foundation
import Secant

/// A theorem about a method: what it claims on which problems, and an experiment that can refute it.
///
/// ```swift
/// let check = Theorem["nesterov-convex"]!.certify(seed: 1)
/// print(check.sentence)
/// ```
///
/// The experiment draws members of the class by a seed, checks the hypotheses on them (that L is the largest
/// eigenvalue of the Hessian, say), runs one of Secant's own solvers with the parameters that the theorem prescribes,
/// and holds every step against the bound. A theorem that only speaks of a limit is held against the order or the
/// ratios measured on the way to it.
///
/// No number of members proves a theorem, and none has to: a bound that holds with room to spare on one class of
/// members may be reached on another. What can be seen is that the method is really the one that the theorem is about,
/// with the theorem's parameters, and that a wrong claim does not pass: some of the library are wrong on purpose
/// (``isWrong``).
public struct Theorem: Sendable {
  /// What it is asked for by: `gradient-descent-convex`.
  public let name: String
  /// The method, by its name in the catalogue where it is there.
  public let method: String
  /// The claim in a line.
  public let claim: String
  /// The class of problems in words.
  public let problems: String
  /// The claim as a formula, with the parameters that it prescribes.
  public let statement: String
  /// Author, year and number.
  public let reference: String
  /// What a confirmation does not show.
  public let silence: String
  /// Whether it is false, and in the library to be refuted.
  public let isWrong: Bool
  /// Which way the inequality goes.
  public let sense: Sense
  /// What is measured of the way to the limit.
  public let law: Law
  /// The letter that the statement counts with.
  public let counter: String

  /// Which way a theorem's inequality goes.
  public enum Sense: String, Sendable, Codable {
    /// The quantity is at most the bound.
    case atMost
    /// The quantity is at least the bound.
    case atLeast
  }

  /// What is measured beside the bound.
  public enum Law: Sendable, Equatable, Codable {
    /// Nothing.
    case none
    /// The factor by which the quantity falls with each step; the bound has one, too.
    case factor
    /// The power of k; the bound has one, too.
    case power
    /// The order, log(eₖ₊₁/eₖ)/log(eₖ/eₖ₋₁) in the limit, which is a part of the claim.
    case order(Double)
    /// The quantity is a ratio of errors that goes to zero, which is a part of the claim.
    case vanishing

    /// What of it is a part of the claim, in words.
    var part: String? {
      switch self {
      case .none, .factor, .power: nil
      case .order: "the order"
      case .vanishing: "the fall of the ratios"
      }
    }
  }

  /// Draws members by a seed, and runs the method on them.
  public let experiment: @Sendable (UInt64) -> [TheoremRun]

  /// A theorem of your own.
  ///
  /// - Parameters:
  ///   - name: what it is asked for by.
  ///   - method: the method that it is about.
  ///   - claim: the claim in a line.
  ///   - problems: the class of problems in words.
  ///   - statement: the claim as a formula.
  ///   - reference: author, year and number.
  ///   - silence: what a confirmation does not show, to follow “It does not show”.
  ///   - isWrong: whether it is expected to be refuted.
  ///   - sense: which way the inequality goes.
  ///   - law: what is measured beside the bound.
  ///   - counter: the letter that the statement counts with.
  ///   - experiment: draws members by a seed, and runs the method on them.
  public init(
    _ name: String, of method: String, _ claim: String, on problems: String, _ statement: String,
    reference: String, silence: String, isWrong: Bool = false, sense: Sense = .atMost, law: Law,
    counter: String = "k", experiment: @escaping @Sendable (UInt64) -> [TheoremRun]
  ) {
    (self.name, self.method, self.claim, self.problems) = (name, method, claim, problems)
    (self.statement, self.reference, self.silence) = (statement, reference, silence)
    (self.isWrong, self.sense, self.law, self.counter) = (isWrong, sense, law, counter)
    self.experiment = experiment
  }

  /// Runs the experiment, and says what it came to. The same seed gives the same numbers.
  public func certify(seed: UInt64 = 0) -> TheoremCheck { TheoremCheck(self, runs: experiment(seed)) }

  /// The same claim with its bound multiplied by a number: how much of the bound is needed?
  public func withBound(times factor: Double) -> Theorem {
    Theorem(
      name, of: method, claim, on: problems, statement, reference: reference, silence: silence,
      isWrong: isWrong, sense: sense, law: law, counter: counter
    ) { [experiment] seed in experiment(seed).map { $0.withBound(times: factor) } }
  }
}

extension Theorem {
  /// Every theorem of the library, those that are wrong on purpose at the end.
  public static let all: [Theorem] =
    ofGradientDescent + ofAcceleration + ofConjugateGradients + ofNewton + ofQuasiNewton + ofSampling
    + ofRegret + ofSigns + wrongOnPurpose

  /// The theorem of a name.
  public static subscript(name: String) -> Theorem? { all.first { $0.name == name } }

  /// Those that words separated by commas mean: all of a method, the one of a name, or `all`.
  public static func named(_ words: String) throws(UsageError) -> [Theorem] {
    var chosen = [Theorem]()
    for word in words.split(separator: ",", omittingEmptySubsequences: false) {
      let others = try meant(by: word.trimmingCharacters(in: .whitespaces))
      chosen += others.filter { theorem in !chosen.contains { $0.name == theorem.name } }
    }
    return chosen
  }

  private static func meant(by word: String) throws(UsageError) -> [Theorem] {
    if word == "all" { return all }
    let key = Request.key(word)
    let chosen = all.filter { Request.key($0.name) == key || Request.key($0.method) == key }
    guard chosen.isEmpty else { return chosen }
    let names = all.map(\.method) + all.map(\.name)
    let known = namesElsewhere[key]?.first(where: names.contains) ?? nearestName(to: word, among: names)
    throw UsageError(
      "There is no theorem or method ‘\(word)’; "
        + (known.map { "did you mean ‘\($0)’?" } ?? "‘secant certify’ prints those that there are."))
  }
}

/// What a run on one member of a class measured.
public struct TheoremRun: Sendable, Equatable, Codable {
  /// The member, in words with its constants.
  public var member: String
  /// What was measured after so many steps.
  public var samples: [Sample]
  /// Below this the quantity is rounding, and nothing is compared.
  public var floor: Double
  /// Hypotheses of the theorem that do not hold on this member: none, unless the member is badly made.
  public var objections: [String]

  /// A quantity and its bound after k steps.
  public struct Sample: Sendable, Equatable, Codable {
    /// k.
    public var k: Double
    /// The quantity; a mean over runs where the bound is one of an expectation.
    public var measured: Double
    /// The standard error of the mean, or 0.
    public var error: Double
    /// What the theorem says of it, or nil where it says nothing.
    public var bound: Double?

    public init(k: Double, measured: Double, error: Double = 0, bound: Double?) {
      (self.k, self.measured, self.error, self.bound) = (k, measured, error, bound)
    }
  }

  public init(_ member: String, samples: [Sample] = [], floor: Double, objections: [String] = []) {
    (self.member, self.samples, self.floor, self.objections) = (member, samples, floor, objections)
  }

  /// Notes an objection where a hypothesis does not hold.
  mutating func require(_ holds: Bool, _ hypothesis: @autoclosure () -> String) {
    if !holds { objections.append("not true of it: \(hypothesis())") }
  }

  mutating func add(_ k: Int, _ measured: Double, atMost bound: Double?) {
    samples.append(Sample(k: Double(k), measured: measured, bound: bound))
  }

  /// Adds a mean over runs.
  mutating func add(_ k: Int, _ mean: (value: Double, error: Double), atMost bound: Double?) {
    samples.append(Sample(k: Double(k), measured: mean.value, error: mean.error, bound: bound))
  }

  func withBound(times factor: Double) -> TheoremRun {
    var run = self
    for i in samples.indices { run.samples[i].bound = samples[i].bound.map { $0 * factor } }
    return run
  }
}
