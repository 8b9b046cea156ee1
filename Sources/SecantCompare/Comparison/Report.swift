import Mustache
import Secant

extension Comparison {
  /// The comparison as one self-contained HTML page: the table, the convergence against steps, gradients, passes
  /// and seconds, the trajectory where there are two variables, and what each method has to say.
  ///
  /// Without gnuplot the page has everything but the pictures, and a line that says how to get them.
  public func report() -> String {
    let table = table
    var page = ReportStyle.pictures(
      [Currency.iterations, .gradients, .passes, .seconds].map { currency in
        ("f − f* against \(currency.axisLabel)", { try picture(against: currency) })
      } + [("The paths over the contours of f", trajectory)])
    page.merge([
      "title": title,
      "caption": caption,
      "header": table.header,
      "rows": zip(table.rows, entries).map { cells, entry in
        ["name": cells[0], "cells": Array(cells.dropFirst()), "converged": entry.isConverged] as [String: Any]
      },
      "methods": entries.map { ["name": $0.name, "status": $0.status, "sentence": $0.sentence] },
      "omissions": omissions.map { ["name": $0.name, "reason": $0.reason] },
      "hasOmissions": !omissions.isEmpty,
    ]) { $1 }
    return Self.template.render(page)
  }

  /// Every value stands in double braces, which escape it; the SVG alone comes as it is.
  private static let template = ReportStyle.template(
    rules: """
      th:nth-child(-n+2), td:nth-child(-n+2) { text-align: left; }
      tr.converged td:nth-child(2) { color: var(--good); }
      """,
    body: """
      {{#caption}}
      <p class="caption">{{.}}</p>
      {{/caption}}
      <h2>What each method reached, and at what price</h2>
      <div class="scroll"><table>
      <thead><tr>{{#header}}<th scope="col">{{.}}</th>{{/header}}</tr></thead>
      <tbody>
      {{#rows}}
      <tr{{#converged}} class="converged"{{/converged}}><th scope="row">{{name}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
      {{/rows}}
      </tbody>
      </table></div>
      <h2>Convergence</h2>
      \(ReportStyle.pictures)
      <h2>In words</h2>
      <dl>
      {{#methods}}
      <dt>{{name}} <span class="status">· {{status}}</span></dt>
      <dd>{{sentence}}</dd>
      {{/methods}}
      </dl>
      {{#hasOmissions}}
      <h2>Left out</h2>
      <dl>
      {{#omissions}}
      <dt>{{name}}</dt>
      <dd>{{reason}}</dd>
      {{/omissions}}
      </dl>
      {{/hasOmissions}}
      """)
}
