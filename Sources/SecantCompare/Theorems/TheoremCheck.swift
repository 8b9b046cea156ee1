import Foundation
import Secant

/// What the experiment of a theorem came to.
public struct TheoremCheck: Sendable {
  /// What was to be shown.
  public let theorem: Theorem
  /// What was measured.
  public let runs: [TheoremRun]
  /// The verdict.
  public let verdict: Verdict
  /// The comparison that came nearest to the bound, or went farthest beyond it; nil where nothing was compared.
  public let tightest: Comparison?
  /// How many comparisons with the bound were made.
  public let comparisons: Int
  /// The rate that was measured, where there is one.
  public let rate: MeasuredRate?

  /// What can be said of a claim.
  public enum Verdict: Sendable, Equatable {
    /// Every comparison agrees with it.
    case confirmed
    /// One comparison does not, or the limit is another.
    case refuted(String)
    /// Neither can be said, and why.
    case undecided(String)

    /// A word for it.
    public var label: String {
      switch self {
      case .confirmed: "confirmed"
      case .refuted: "refuted"
      case .undecided: "undecided"
      }
    }
  }

  /// A quantity beside its bound.
  public struct Comparison: Sendable, Equatable, Codable {
    /// The index of the run.
    public let run: Int
    public let member: String
    public let sample: TheoremRun.Sample
    /// The quantity over the bound, or the other way where the bound is from below: at most 1 where they agree.
    ///
    /// What is divided by counts as no less than the rounding.
    public let ratio: Double
  }

  /// Standard errors on either side of a mean: what an expectation is held against.
  static let deviations = 3.0
  /// How near a measured order has to come to that of the claim, which it only approaches.
  static let resolution = 0.05

  init(_ theorem: Theorem, runs: [TheoremRun]) {
    self.theorem = theorem
    self.runs = runs
    var tightest: Comparison?
    var violation: Comparison?
    var doubt: Comparison?
    var count = 0
    for (index, run) in runs.enumerated() {
      // At the start most bounds are equalities.
      for sample in run.samples where sample.k > 0 {
        // What diverges is within no bound, and follows no law.
        let diverges = !sample.measured.isFinite
        let bound = sample.bound ?? .nan
        guard diverges || max(bound, sample.measured) >= run.floor else { continue }
        count += 1
        let ratio =
          theorem.sense == .atMost
          ? sample.measured / max(bound, run.floor) : bound / max(sample.measured, run.floor)
        let comparison = Comparison(
          run: index, member: run.member, sample: sample,
          ratio: diverges || ratio.isNaN ? .infinity : ratio)
        if comparison.ratio > tightest?.ratio ?? -.infinity { tightest = comparison }
        // Rounding of the two sides, and of the quantity itself.
        let room = 1e-9 * abs(bound) + run.floor
        let beyond = theorem.sense == .atMost ? sample.measured - bound : bound - sample.measured
        let error = Self.deviations * sample.error
        if diverges || !(beyond - error <= room) {
          if comparison.ratio > violation?.ratio ?? -.infinity { violation = comparison }
        } else if beyond + error > room, doubt == nil {
          doubt = comparison
        }
      }
    }
    self.tightest = tightest
    comparisons = count
    let rate = MeasuredRate(theorem.law, runs, theorem.sense)
    self.rate = rate

    if let run = runs.first(where: { !$0.objections.isEmpty }) {
      verdict = .undecided("\(run.member) is no member of the class; \(run.objections[0])")
    } else if let violation {
      verdict = .refuted(Self.witness(violation, theorem))
    } else if let complaint = rate?.complaint(about: theorem.law) {
      verdict = complaint
    } else if let doubt {
      verdict = .undecided(
        "on \(doubt.member) at \(theorem.counter) = \(Numerals.count(doubt.sample.k)) the bound \(Numerals.short(doubt.sample.bound!)) lies within "
          + "three standard errors of the mean, \(Numerals.short(doubt.sample.measured)) ± \(Numerals.short(doubt.sample.error))"
      )
    } else if rate == nil, let part = theorem.law.part {
      verdict = .undecided("\(part) is a part of the claim, and fewer than two members show it")
    } else if count == 0, rate == nil {
      verdict = .undecided("no step lies above rounding")
    } else {
      verdict = .confirmed
    }
  }

  private static func witness(_ comparison: Comparison, _ theorem: Theorem) -> String {
    let sample = comparison.sample
    guard sample.measured.isFinite else {
      return
        "on \(comparison.member) at \(theorem.counter) = \(Numerals.count(sample.k)) it is \(Numerals.short(sample.measured)), which is not finite"
    }
    let error = sample.error > 0 ? " ± \(Numerals.short(sample.error))" : ""
    return
      "on \(comparison.member) at \(theorem.counter) = \(Numerals.count(sample.k)) it is \(Numerals.short(sample.measured))\(error), "
      + "\(theorem.sense == .atMost ? "above" : "below") the bound \(Numerals.short(sample.bound!))"
  }

  /// Whether the verdict is the one that the library expects: not refuted where the theorem is true, refuted where it is
  /// wrong on purpose.
  public var isAsExpected: Bool {
    if case .refuted = verdict { return theorem.isWrong }
    return !theorem.isWrong
  }

  /// For a person: what was run, what was measured, the bound, and what that does not show.
  public var sentence: String {
    var parts = [String]()
    switch verdict {
    case .confirmed: parts.append("Confirmed")
    case .refuted(let witness): parts.append("Refuted: \(witness)")
    case .undecided(let reason): parts.append("Undecided: \(reason)")
    }
    parts[0] += "."
    if theorem.isWrong { parts.append("The claim is wrong on purpose.") }
    let members = "\(runs.count) member\(runs.count == 1 ? "" : "s") of the class"
    if case .confirmed = verdict, let tightest, tightest.sample.bound! > 0 {
      parts.append(
        "On \(members) all of \(comparisons) comparisons hold; nearest to the bound came \(tightest.member), at "
          + "\(theorem.counter) = \(Numerals.count(tightest.sample.k)) with \(String(format: "%.3g", 100 * tightest.ratio)) % of it."
      )
    } else {
      parts.append("It ran on \(members).")
    }
    if let rate { parts.append(rate.sentence) }
    if case .confirmed = verdict { parts.append("It does not show \(theorem.silence).") }
    return parts.joined(separator: " ")
  }
}
