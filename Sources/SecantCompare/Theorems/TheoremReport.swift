import Foundation
import Mustache
import Secant

/// The checks of some theorems, as a table, a page and JSON.
public struct TheoremReport: Sendable {
  /// The checks, in the order in which they were made.
  public let checks: [TheoremCheck]
  /// What fixed the members.
  public let seed: UInt64
  /// What makes the same again.
  public let command: String

  public init(_ checks: [TheoremCheck], seed: UInt64, command: String) {
    (self.checks, self.seed, self.command) = (checks, seed, command)
  }

  /// Whether no true theorem was refuted, and every one that is wrong on purpose was.
  public var isAsExpected: Bool { checks.allSatisfy(\.isAsExpected) }

  /// A row a theorem.
  public var table: Comparison.Table {
    Comparison.Table(
      header: ["theorem", "verdict", "members", "of the bound", "rate measured", "rate claimed"],
      rows: checks.map { check in
        [
          check.theorem.name + (check.theorem.isWrong ? " (wrong)" : ""), check.verdict.label,
          "\(check.runs.count)",
          check.tightest.map { Self.percentage($0.ratio) } ?? "",
        ] + (check.rate?.cells ?? ["", ""])
      })
  }

  /// How many were confirmed and refuted, in a sentence.
  public var summary: String {
    let (wrong, right) = (checks.filter(\.theorem.isWrong), checks.filter { !$0.theorem.isWrong })
    func count(_ label: String, _ checks: [TheoremCheck]) -> Int {
      checks.count { $0.verdict.label == label }
    }
    var parts = [String]()
    if !right.isEmpty {
      parts.append(
        "\(count("confirmed", right)) of \(right.count) theorem\(right.count == 1 ? "" : "s") confirmed, "
          + "\(count("refuted", right)) refuted, \(count("undecided", right)) undecided")
    }
    if !wrong.isEmpty {
      parts.append(
        "\(count("refuted", wrong)) of \(wrong.count) claim\(wrong.count == 1 ? "" : "s") that \(wrong.count == 1 ? "is" : "are") wrong on purpose refuted"
      )
    }
    return parts.joined(separator: "; ") + "."
  }

  private static func percentage(_ ratio: Double) -> String {
    !ratio.isFinite ? "∞" : ratio < 10 ? Numerals.short(100 * ratio) + " %" : Numerals.short(ratio) + " times"
  }

  // MARK: JSON

  /// Every verdict with its numbers, the worst comparison of each member included.
  public func json() throws -> Data {
    try Documents.encoded(Document(seed: seed, theorems: checks.map(Row.init)), isPretty: true)
  }

  private struct Document: Encodable {
    let seed: UInt64
    let theorems: [Row]
  }

  private struct Row: Encodable {
    let name, method, claim, problems, statement, reference, verdict, sentence: String
    let isWrong, isAsExpected: Bool
    let comparisons: Int
    let tightest: TheoremCheck.Comparison?
    let rate: MeasuredRate?
    let members: [String]

    init(_ check: TheoremCheck) {
      let theorem = check.theorem
      (name, method, claim, problems) = (theorem.name, theorem.method, theorem.claim, theorem.problems)
      (statement, reference, isWrong) = (theorem.statement, theorem.reference, theorem.isWrong)
      (verdict, sentence, isAsExpected) = (check.verdict.label, check.sentence, check.isAsExpected)
      (comparisons, tightest, rate) = (check.comparisons, check.tightest, check.rate)
      members = check.runs.map(\.member)
    }
  }

  // MARK: The page

  /// One self-contained HTML page: the table, then every theorem with its statement, its verdict in words and a picture.
  ///
  /// Without gnuplot the page has everything but the pictures, and a line that says how to get them.
  public func html() -> String {
    let table = table
    let pictures = ReportStyle.pictures(groups: checks.map { $0.figure.map { [$0] } ?? [] })
    return Self.template.render([
      "title": checks.count == 1
        ? checks[0].theorem.claim : "\(checks.count) claims about methods, certified",
      "summary": summary,
      "filter": ReportStyle.filter(
        of: "theorems", example: "newton", words: ["confirmed", "refuted", "undecided"]),
      "table": ReportStyle.table(
        table.header, table.rows.map { $0.map { ReportStyle.Cell($0) } }, id: "theorems"),
      "theorems": zip(checks, pictures).map { check, pictures in
        let theorem = check.theorem
        return [
          "name": theorem.name, "method": theorem.method, "claim": theorem.claim,
          "problems": theorem.problems,
          "statement": theorem.statement, "reference": theorem.reference,
          "mark": check.isAsExpected ? "✓" : "✗",
          "good": check.isAsExpected, "sentence": check.sentence, "pictures": pictures,
        ] as [String: Any]
      },
      "origin": ReportStyle.origin(command: command, Machine.current),
    ])
  }

  private static let template = ReportStyle.template(
    rules: """
      th:nth-child(2), td:nth-child(2) { text-align: left; }
      .theorem { margin-top: 2rem; break-inside: avoid; }
      .theorem .figures { grid-template-columns: 1fr; max-width: 30rem; margin-top: .6rem; }
      .verdict { font-weight: 600; }
      .good { color: var(--good); }
      """,
    body: """
      <p>{{summary}}</p>
      <p class="caption">Each claim was held against runs on drawn members of its class: “of the bound” is the greatest part of it that was met.
      Agreement on members proves no theorem; a single violation refutes one.</p>
      \(ReportStyle.filter)
      \(ReportStyle.table)
      {{#theorems}}
      <section class="theorem" id="{{name}}">
      <h2>{{claim}} <span class="status">· {{method}}</span></h2>
      <p>{{statement}}.</p>
      <p class="caption">On {{problems}}. {{reference}}.</p>
      <p><span class="verdict{{#good}} good{{/good}}">{{mark}}</span> {{sentence}}</p>
      {{#pictures}}
      \(ReportStyle.pictures)
      {{/pictures}}
      </section>
      {{/theorems}}
      \(ReportStyle.origin)
      \(ReportStyle.script)
      """)
}
