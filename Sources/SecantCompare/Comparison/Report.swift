import Foundation
import Mustache
import Secant

extension Comparison {
  /// The comparison as one self-contained HTML page: a summary, the table, the convergence against gradient equivalents, passes
  /// and seconds, the paths over the contours where there are two variables, what each method has to say, and how to make it
  /// again.
  ///
  /// Without gnuplot the page has everything but the pictures, and a line that says how to get them.
  public func report() -> String {
    let failures = entries.filter { !$0.isConverged }
    var page = ReportStyle.pictures(figures)
    page.merge([
      "title": title,
      "caption": caption,
      "summary": sentences,
      "table": ReportStyle.table(table.header + ["gradient equivalents"], rows, id: "methods"),
      "filter": ReportStyle.filter(
        of: "methods", example: "a name", words: Set(entries.map(\.status)).sorted()),
      "hasFailures": !failures.isEmpty,
      "failures": failures.map {
        ReportStyle.failure($0.name, $0.status, $0.sentence, command: command([$0.name]))
      },
      "hasSuccesses": failures.count < entries.count,
      "successes": entries.filter(\.isConverged).map {
        ["name": $0.name, "status": $0.status, "sentence": $0.sentence]
      },
      "omissions": omissions.map { ["name": $0.name, "reason": $0.reason] },
      "hasOmissions": !omissions.isEmpty,
      "origin": ReportStyle.origin(
        command: command(entries.map(\.name)).map { $0 + " --report report.html" }, machine),
    ]) { $1 }
    return Self.template.render(page)
  }

  /// The command that compares some of the methods, where the comparison is one that a command can make.
  public func command(_ methods: [String]) -> String? {
    guard let asked else { return nil }
    let words = ["secant", "compare"] + asked + ["--methods", methods.joined(separator: ",")]
    return words.map(shellQuoted).joined(separator: " ")
  }

  /// What there is to say of the whole.
  public var sentences: [String] {
    guard let lowest = entries.filter({ $0.value.isFinite }).min(by: { $0.value < $1.value }) else {
      return ["No method evaluated f."]
    }
    let converged = entries.filter(\.isConverged)
    var sentences = [
      "\(lowest.name) comes lowest, to f = \(brief(lowest.value, digits: 7)): f − f* = "
        + "\(Numerals.short(gap(lowest.value))), f* being \(source)."
    ]
    if let score, let best = entries.max(by: { ($0.score ?? -.infinity) < ($1.score ?? -.infinity) }) {
      sentences.append("\(best.name) has the best \(score): \(best.score.map(Numerals.short) ?? "none").")
    }
    if let cheapest = converged.min(by: { gradientEquivalents($0) < gradientEquivalents($1) }) {
      sentences.append(
        "\(converged.count) of \(entries.count) methods converged. The cheapest of them is \(cheapest.name), with "
          + "\(Numerals.count(gradientEquivalents(cheapest))) gradient equivalents: a gradient is 1, a value ⅓, a product with "
          + "the Hessian 2, a Hessian as many as there are variables.")
    } else {
      sentences.append("None of the \(entries.count) methods converged.")
    }
    let others = entries.filter { !$0.isConverged }
    if !others.isEmpty, !converged.isEmpty {
      sentences.append(
        "Not converged: \(others.map { "\($0.name) (\($0.status))" }.joined(separator: ", ")).")
    }
    return sentences
  }

  private var source: String {
    reference.source == .knownOptimum ? "the known optimum" : "the least value found"
  }

  private func gradientEquivalents(_ entry: Entry) -> Double {
    Cost.gradientEquivalents.amount(dimension) { entry.ledger[$0] }
  }

  private var rows: [[ReportStyle.Cell]] {
    zip(table.rows, entries).map { row, entry in
      row.enumerated().map { column, text in
        column == 1
          ? .init(text, kind: "word \(entry.isConverged ? "good" : "bad")") : .init(text, key: Double(text))
      } + [.init(Numerals.count(gradientEquivalents(entry)), key: gradientEquivalents(entry))]
    }
  }

  private static let template = ReportStyle.template(
    body: """
      \(ReportStyle.summary)
      \(ReportStyle.filter)
      \(ReportStyle.table)
      <h2>Convergence</h2>
      \(ReportStyle.pictures)
      {{#hasFailures}}
      <h2>Not converged</h2>
      \(ReportStyle.failures)
      {{/hasFailures}}
      {{#hasSuccesses}}
      <h2>Converged</h2>
      <dl>
      {{#successes}}
      <dt>{{name}} <span class="status">· {{status}}</span></dt>
      <dd>{{sentence}}</dd>
      {{/successes}}
      </dl>
      {{/hasSuccesses}}
      {{#hasOmissions}}
      <h2>Left out</h2>
      <dl>
      {{#omissions}}
      <dt>{{name}}</dt>
      <dd>{{reason}}</dd>
      {{/omissions}}
      </dl>
      {{/hasOmissions}}
      \(ReportStyle.origin)
      \(ReportStyle.script)
      """)
}
