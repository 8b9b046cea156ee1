import Foundation
import SecantCompare
import Testing

@Suite struct TheoremsTests {
  /// Each theorem certified once with the seed 0.
  static let checks = Dictionary(uniqueKeysWithValues: Theorem.all.map { ($0.name, $0.certify()) })

  @Test(arguments: Theorem.all.filter { !$0.isWrong }.map(\.name)) func aTrueTheoremIsConfirmed(
    _ name: String
  )
    throws
  {
    let check = try #require(Self.checks[name])
    #expect(check.verdict == .confirmed, "\(check.sentence)")
    #expect(check.isAsExpected && check.runs.allSatisfy(\.objections.isEmpty))
    #expect(check.sentence.hasPrefix("Confirmed. On \(check.runs.count) member") || check.tightest == nil)
    #expect(check.sentence.contains("It does not show \(check.theorem.silence)."))
  }

  @Test(arguments: Theorem.all.filter(\.isWrong).map(\.name)) func aWrongClaimIsRefuted(_ name: String) throws
  {
    let check = try #require(Self.checks[name])
    guard case .refuted(let witness) = check.verdict else {
      Issue.record("\(check.sentence)")
      return
    }
    #expect(check.isAsExpected && check.sentence.contains(witness))
  }

  @Test func thereAreAsManyAsWereAskedFor() {
    #expect(Theorem.all.filter { !$0.isWrong }.count >= 15 && Theorem.all.filter(\.isWrong).count >= 3)
    #expect(Set(Theorem.all.map(\.name)).count == Theorem.all.count)
    for theorem in Theorem.all {
      #expect(Theorem[theorem.name]?.statement == theorem.statement)
      for text in [theorem.claim, theorem.problems, theorem.statement, theorem.reference, theorem.silence] {
        #expect(!text.isEmpty && !text.hasSuffix("."), "\(theorem.name): \(text)")
      }
    }
  }

  /// Regrets count rounds, SVRG epochs, and a bound for a fixed number of steps that number.
  @Test func theoremsCountWithTheirOwnLetters() {
    let letters = Theorem.all.filter { $0.counter != "k" }.map { "\($0.name) \($0.counter)" }
    #expect(
      letters == [
        "sgd-convex T", "svrg-linear s", "online-gradient-descent-regret T", "adagrad-regret T",
        "amsgrad-regret T", "adam-fails T", "sign-descent-stationary K", "adam-regret T",
      ])
  }

  /// Where a member is the worst one of the class, half of the bound is too little, and a thousandth more is enough.
  @Test(arguments: [
    "gradient-descent-convex", "gradient-descent-strongly-convex", "gradient-descent-pl",
    "steepest-descent-exact", "polyak-step", "heavy-ball-quadratic", "sign-descent-stationary",
  ]) func halfOfATightBoundIsRefuted(_ name: String) throws {
    let theorem = try #require(Theorem[name])
    let check = theorem.withBound(times: 0.5).certify()
    guard case .refuted(let witness) = check.verdict else {
      Issue.record("\(check.sentence)")
      return
    }
    #expect(witness.contains("above the bound") && !check.isAsExpected)
    #expect(try #require(check.tightest).ratio > 1.9)
    #expect(theorem.withBound(times: 1.001).certify().verdict == .confirmed)
  }

  /// Means over runs carry their errors: far beyond the bound they refute it, near it they decide nothing.
  @Test func anExpectationNeedsMoreThanItsMean() throws {
    let theorem = try #require(Theorem["sgd-strongly-convex"])
    let nearest = try #require(Self.checks[theorem.name]?.tightest)
    #expect(nearest.sample.error > 0)
    guard case .refuted = theorem.withBound(times: nearest.ratio / 4).certify().verdict else {
      Issue.record("a quarter of what was measured is no bound")
      return
    }
    guard case .undecided(let reason) = theorem.withBound(times: nearest.ratio).certify().verdict else {
      Issue.record("the mean itself is no bound that could be told from the mean")
      return
    }
    #expect(reason.contains("within three standard errors"))
  }

  @Test func aBoundFromBelowIsHeldTheOtherWay() throws {
    let theorem = try #require(Theorem["adam-fails"])
    #expect(theorem.sense == .atLeast)
    guard case .refuted(let witness) = theorem.withBound(times: 2).certify().verdict else {
      Issue.record("twice the regret is not there")
      return
    }
    #expect(witness.contains("below the bound"))
  }

  /// The orders are those of the books, and Adam's regret is a power 1 of T where AMSGrad's is at most ½.
  @Test func ratesAreThoseOfTheTheorems() throws {
    func rate(_ name: String) throws -> MeasuredRate { try #require(Self.checks[name]?.rate) }
    #expect(abs(try rate("newton-quadratic").value - 2) < 0.05)
    #expect(abs(try rate("secant-order").value - 1.618) < 0.03)
    #expect(abs(try rate("gradient-descent-convex").value + 1) < 0.02)
    #expect(try rate("nesterov-convex").value < -1.9)
    #expect(abs(try rate("gradient-descent-strongly-convex").value - 9.0 / 11) < 1e-4)
    #expect(try rate("adam-fails").value > 0.95)
    let stream = try #require(Self.checks["amsgrad-regret"]?.runs.last)
    #expect(stream.member == "the stream of 3x, −x and −x")
    let (half, end) = (stream.samples[stream.samples.count - 3], stream.samples[stream.samples.count - 1])
    #expect(end.measured / half.measured < (end.k / half.k).squareRoot() * 1.05)
  }

  @Test(arguments: ["sgd-convex", "svrg-linear", "gradient-descent-convex"]) func theSeedFixesEveryNumber(
    _ name: String
  ) throws {
    let theorem = try #require(Theorem[name])
    let check = theorem.certify(seed: 0)
    #expect(check.runs == Self.checks[name]?.runs)
    let other = theorem.certify(seed: 5)
    #expect(other.runs != check.runs && other.verdict == .confirmed, "\(other.sentence)")
  }

  @Test func aWordMeansATheoremOrAMethod() throws {
    #expect(try Theorem.named("all").count == Theorem.all.count)
    #expect(try Theorem.named("Heavy_Ball-quadratic").map(\.name) == ["heavy-ball-quadratic"])
    #expect(Set(try Theorem.named("nesterov").map(\.method)) == ["nesterov"])
    for (word, remedy) in [
      ("nestrov", "did you mean ‘nesterov’?"), ("heavy-ball", "did you mean ‘momentum’?"),
      ("qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq", "‘secant certify’ prints those that there are."),
    ] {
      #expect { try Theorem.named(word) } throws: { "\($0)".contains(remedy) }
    }
  }

  @Test func aReportHasEveryVerdict() throws {
    let names = ["newton-quadratic", "adam-fails", "newton-cubic"]
    let checks = names.compactMap { Self.checks[$0] }
    let report = TheoremReport(checks, seed: 0, command: "secant certify <newton>")
    #expect(report.isAsExpected)
    #expect(
      report.summary
        == "2 of 2 theorems confirmed, 0 refuted, 0 undecided; 1 of 1 claim that is wrong on purpose refuted."
    )
    #expect(report.table.rows.map { $0[1] } == ["confirmed", "confirmed", "refuted"])
    let page = report.html()
    for check in checks {
      #expect(page.contains("id=\"\(check.theorem.name)\"") && page.contains(check.theorem.claim))
    }
    #expect(page.contains("&lt;newton&gt;") && !page.contains("<newton>"))
    if Gnuplot.isInstalled { #expect(page.components(separatedBy: "<figure>").count == 4) }
    let object = try #require(try JSONSerialization.jsonObject(with: report.json()) as? [String: Any])
    let rows = try #require(object["theorems"] as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == names)
    #expect(rows.map { $0["isWrong"] as? Bool } == [false, false, true])
    #expect((rows[0]["rate"] as? [String: Any])?["quantity"] as? String == "order")
    let plot = try #require(checks[0].plot(width: 60))
    #expect(
      plot.contains("a the bound   b measured") && plot.split(separator: "\n").allSatisfy { $0.count <= 60 })
  }

  // MARK: The note

  private static let note = URL(filePath: #filePath).deletingLastPathComponent().appending(
    path: "../../papers/theorems.md")
  private static let head = """
    | theorem | statement | reference | verdict | of the bound | rate measured | rate claimed |
    | --- | --- | --- | --- | --- | --- | --- |

    """

  /// The table of `papers/theorems.md`.
  private static func rows() -> [[String]] {
    TheoremReport(Theorem.all.compactMap { checks[$0.name] }, seed: 0, command: "").table.rows.enumerated()
      .map {
        index, cells in
        let theorem = Theorem.all[index]
        return [
          cells[0], theorem.statement.replacing("|", with: "\\|"), theorem.reference, cells[1], cells[3],
          cells[4],
          cells[5],
        ]
      }
  }

  private static func noted() throws -> (before: String, rows: [[String]]) {
    let text = try String(contentsOf: note, encoding: .utf8)
    let parts = text.components(separatedBy: head)
    guard parts.count == 2 else { return (text, []) }
    return (
      parts[0],
      parts[1].split(separator: "\n").map { line in
        line.replacing("\\|", with: "\u{1}").split(separator: "|", omittingEmptySubsequences: false)
          .dropFirst()
          .dropLast().map { $0.trimmingCharacters(in: .whitespaces).replacing("\u{1}", with: "\\|") }
      }
    )
  }

  /// Writes the table: `SECANT_RECORD=1 swift test -c release --disable-testable-imports --filter TheoremsTests`.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SECANT_RECORD"] != nil)) func recordTheNote() throws
  {
    let lines = Self.rows().map { "| " + $0.joined(separator: " | ") + " |" }
    try Data((try Self.noted().before + Self.head + lines.joined(separator: "\n") + "\n").utf8).write(
      to: Self.note)
  }

  /// The note says what is claimed and what was measured; other processors change the last digits.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["SECANT_RECORD"] == nil)) func theNoteIsAsMeasured()
    throws
  {
    let (noted, rows) = (try Self.noted().rows, Self.rows())
    #expect(noted.map { Array($0.prefix(4)) } == rows.map { Array($0.prefix(4)) })
    func number(_ cell: String) -> Double? { Double(cell.replacing(" %", with: "")) }
    for (a, b) in zip(noted, rows) {
      // Without a rate the measure is one of rounding, or of a single step.
      guard !a[6].isEmpty, let x = number(a[4]), let y = number(b[4]) else { continue }
      #expect(abs(x - y) <= 0.02 * y, "\(a[0]): \(a[4]) noted, \(b[4]) measured")
    }
  }
}
