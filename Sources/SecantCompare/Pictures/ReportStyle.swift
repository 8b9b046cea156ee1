import Mustache

/// How every page looks, on white and on black.
enum ReportStyle {
  /// The template of a page: the head and the title that all have, and the body of this one, with rules of its own where it needs some.
  ///
  /// Every value stands in double braces, which escape it; what stands in three is made here.
  ///
  /// It is a constant of this module, and every test that renders a page parses it.
  static func template(rules: String = "", body: String) -> MustacheTemplate {
    do {
      return try MustacheTemplate(
        string: """
          <!DOCTYPE html>
          <html lang="en">
          <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>{{title}} · Secant</title>
          <style>
          \(css)
          \(rules)
          </style>
          </head>
          <body>
          <h1>{{title}}</h1>
          \(body)
          </body>
          </html>
          """)
    } catch { fatalError("The report's template is malformed: \(error)") }
  }

  // MARK: Sentences

  /// How a page begins: what was done, in small letters, and what there is to say of the whole.
  static let summary = """
    {{#caption}}
    <p class="caption">{{.}}</p>
    {{/caption}}
    <h2>Summary</h2>
    {{#summary}}
    <p>{{.}}</p>
    {{/summary}}
    """

  /// Runs that failed, each with its sentence and the command that makes it again.
  static let failures = """
    <dl>
    {{#failures}}
    <dt>{{name}} <span class="status">· {{status}}</span></dt>
    <dd>{{sentence}}{{#commands}}<br><code>{{.}}</code>{{/commands}}</dd>
    {{/failures}}
    </dl>
    """

  /// What a row of ``failures`` is filled with.
  static func failure(_ name: String, _ status: String, _ sentence: String, command: String?) -> [String: Any]
  {
    ["name": name, "status": status, "sentence": sentence, "commands": command.map { [$0] } ?? []]
  }

  // MARK: Pictures

  /// The pictures in a page's body, or why there are none.
  static let pictures = """
    {{#notes}}
    <p>{{.}}</p>
    {{/notes}}
    <div class="figures">
    {{#figures}}
    <figure>
    <figcaption>{{title}}</figcaption>
    {{{svg}}}
    {{{legend}}}
    {{#sentences}}
    <p>{{.}}</p>
    {{/sentences}}
    </figure>
    {{/figures}}
    </div>
    """

  /// What ``pictures`` is filled with, but for those that show nothing.
  static func pictures(_ figures: [Figure]) -> [String: Any] { pictures(groups: [figures])[0] }

  /// The same for several places, drawn together.
  static func pictures(groups: [[Figure]]) -> [[String: Any]] {
    let groups = groups.map { $0.filter { $0.script != nil } }
    do {
      var drawn = try Gnuplot.draw(groups.joined().map { ($0.script!, $0.id) })[...]
      return groups.map { group in
        let figures = group.map { figure in
          [
            "title": figure.title, "svg": drawn.removeFirst(), "legend": legend(figure.legend),
            "sentences": figure.sentence.isEmpty ? [] : [figure.sentence],
          ] as [String: Any]
        }
        return ["figures": figures, "notes": [String]()]
      }
    } catch { return groups.map { _ in ["figures": [[String: Any]](), "notes": ["\(error)"]] } }
  }

  /// The names of curves, each behind a piece of it.
  private static func legend(_ keys: [Plot.Key]) -> String {
    guard !keys.isEmpty else { return "" }
    let items = keys.map { key in
      let colour = Gnuplot.colour(key.style)
      let dash = Gnuplot.dash(key.style).map(String.init).joined(separator: " ")
      let piece =
        switch key.mark {
        case .points: "<circle cx=\"13\" cy=\"4\" r=\"3\" fill=\"\(colour)\"/>"
        case .band: "<rect width=\"26\" height=\"8\" fill=\"\(colour)\" opacity=\"0.35\"/>"
        case .line, .lineAndPoints:
          "<path d=\"M0,4 H26\" stroke=\"\(colour)\" stroke-width=\"2.5\""
            + (dash.isEmpty ? "/>" : " stroke-dasharray=\"\(dash)\"/>")
        }
      return "<li><svg viewBox=\"0 0 26 8\" aria-hidden=\"true\">\(piece)</svg>\(escaped(key.name))</li>"
    }
    return "<ul class=\"legend\">\(items.joined())</ul>"
  }

  /// A text as it stands in HTML.
  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
  }

  // MARK: Tables

  /// Rows by name under a head, in a page's body.
  static let table = """
    {{#table}}
    <div class="scroll"><table{{{attributes}}}>
    <thead><tr>{{#header}}<th scope="col"{{{attributes}}}>{{text}}</th>{{/header}}</tr></thead>
    <tbody>
    {{#rows}}
    <tr><th scope="row"{{{attributes}}}>{{name}}</th>{{#cells}}<td{{{attributes}}}>{{text}}</td>{{/cells}}</tr>
    {{/rows}}
    </tbody></table></div>
    {{/table}}
    """

  /// What stands in a row of a table.
  struct Cell {
    var text: String
    /// What it is sorted by, where that is not its text.
    var key: Double?
    /// How it looks.
    var kind: String?
    /// What is said when one points at it.
    var tip: String?

    init(_ text: String, key: Double? = nil, kind: String? = nil, tip: String? = nil) {
      self.text = text
      self.key = key
      self.kind = kind
      self.tip = tip
    }

    fileprivate var attributes: String {
      (key.map { " data-key=\"\($0)\"" } ?? "") + (kind.map { " class=\"\($0)\"" } ?? "")
        + (tip.map { " title=\"\(escaped($0))\"" } ?? "")
    }
  }

  /// What ``table`` is filled with; the first cell of a row is its name.
  ///
  /// - Parameter id: what a table is found by that can be sorted, by a click on its head, and filtered; nil for one that is
  ///   neither.
  static func table(_ header: [String], _ rows: [[Cell]], id: String? = nil) -> [String: Any] {
    let kinds = (id == nil ? [] : ["sortable"]) + (header.count > 8 ? ["wide"] : [])
    return [
      // A column of words has its head where they begin.
      "header": header.enumerated().map { column, text in
        let kind = rows.first.flatMap { $0[column].kind }
        return ["text": text, "attributes": kind?.hasPrefix("word") == true ? " class=\"word\"" : ""]
      },
      "attributes": (id.map { " id=\"\($0)\"" } ?? "")
        + (kinds.isEmpty ? "" : " class=\"\(kinds.joined(separator: " "))\""),
      "rows": rows.map { row in
        [
          "name": row[0].text, "attributes": row[0].attributes,
          "cells": row.dropFirst().map { ["text": $0.text, "attributes": $0.attributes] },
        ] as [String: Any]
      },
    ]
  }

  static func table(_ header: [String], _ rows: [[String]]) -> [String: Any] {
    table(header, rows.map { $0.map { Cell($0) } })
  }

  /// What filters a table that can be sorted, before it: a text and a choice of words, one of which a cell must have.
  static let filter = """
    {{#filter}}
    <p class="filter"><label>Show those with <input type="search" data-table="{{id}}" placeholder="{{example}}"></label>
    <label>that are <select data-table="{{id}}"><option value="">any</option>{{#words}}<option>{{.}}</option>{{/words}}</select></label>
    <output data-table="{{id}}"></output></p>
    {{/filter}}
    """

  static func filter(of id: String, example: String, words: [String]) -> [String: Any] {
    ["id": id, "example": example, "words": words]
  }

  /// Sorts and filters; it asks nothing of anybody, and a page without it shows everything.
  static let script = """
    <script>
    for (const table of document.querySelectorAll("table.sortable")) {
      const body = table.tBodies[0], rows = [...body.rows], heads = [...table.tHead.rows[0].cells];
      const number = cell => cell.dataset.key === undefined ? NaN : +cell.dataset.key;
      const order = (a, b) => isNaN(number(a)) || isNaN(number(b))
        ? a.textContent.localeCompare(b.textContent, "en", { numeric: true }) : Math.sign(number(a) - number(b));
      heads.forEach((head, column) => {
        const button = document.createElement("button");
        button.type = "button";
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const falls = head.getAttribute("aria-sort") === "ascending";
          heads.forEach(other => other.removeAttribute("aria-sort"));
          head.setAttribute("aria-sort", falls ? "descending" : "ascending");
          rows.sort((a, b) => (falls ? -1 : 1) * order(a.cells[column], b.cells[column]));
          body.append(...rows);
        });
      });
      const of = kind => document.querySelector(`${kind}[data-table="${table.id}"]`);
      const [input, select, output] = ["input", "select", "output"].map(of);
      if (!input) continue;
      const words = row => [...row.cells].flatMap(cell => cell.textContent.split(", "));
      const filter = () => {
        const text = input.value.toLowerCase();
        for (const row of rows) {
          row.hidden = !row.textContent.toLowerCase().includes(text)
            || select.value !== "" && !words(row).includes(select.value);
        }
        output.textContent = `${rows.filter(row => !row.hidden).length} of ${rows.length}`;
      };
      input.addEventListener("input", filter);
      select.addEventListener("input", filter);
      filter();
    }
    </script>
    """

  // MARK: What made it

  /// The command that makes the page again, and what it ran on.
  static let origin = """
    {{#origin}}
    <h2>Made by</h2>
    {{#commands}}
    <pre>{{.}}</pre>
    {{/commands}}
    <p class="caption">{{machine}}</p>
    {{/origin}}
    """

  static func origin(command: String?, _ machine: Machine) -> [String: Any] {
    ["commands": command.map { [$0] } ?? [], "machine": machine.sentence]
  }

  private static let css = """
    :root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --faint: #59636e; --line: #d7dce1; --soft: #f4f6f8;
      --good: #1a7f37; --bad: #b3261e; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e4e8ec; --paper: #14181d; --faint: #9aa5b0; --line: #343c45; --soft: #1c2229; --good: #57c278; --bad: #ff8a80; }
    }
    @media print {
      :root { font-size: 12px; color-scheme: light; --ink: #000; --paper: #fff; --faint: #444; --line: #bbb; --soft: #fff; --good: #000; --bad: #000; }
    }
    * { box-sizing: border-box; }
    body { margin: 0 auto; max-width: 76rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
      font: 16px/1.5 system-ui, sans-serif; }
    h1, h2, p, pre, dt, dd, li, code { overflow-wrap: anywhere; }
    h1 { font-size: 1.7rem; line-height: 1.25; margin: 0 0 .4rem; }
    h2 { font-size: 1.2rem; margin: 2.4rem 0 .6rem; padding-top: .5rem; border-top: 1px solid var(--line); }
    p { margin: .3rem 0; max-width: 60rem; }
    .caption, .status { color: var(--faint); }
    .scroll { overflow-x: auto; margin: .6rem 0; }
    table { border-collapse: collapse; font-variant-numeric: tabular-nums; white-space: nowrap; font-size: .92rem; }
    th, td { padding: .3rem .7rem; text-align: right; border-bottom: 1px solid var(--line); }
    th:first-child { text-align: left; position: sticky; left: 0; background: var(--paper); }
    thead th { color: var(--faint); font-weight: 600; }
    tbody tr:hover { background: var(--soft); }
    th button { all: unset; cursor: pointer; }
    th button:focus-visible { outline: 2px solid currentColor; }
    th[aria-sort] button::after { content: " ↑"; }
    th[aria-sort="descending"] button::after { content: " ↓"; }
    td.good { color: var(--good); }
    td.bad { color: var(--bad); }
    th.word, td.word { text-align: left; }
    @media (max-width: 30rem) { th, td { padding: .3rem .4rem; } tbody th { white-space: normal; min-width: 7rem; } }
    .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); gap: 2rem 1.5rem; }
    .small .figures { grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); }
    figure { margin: 0; min-width: 0; }
    figcaption { font-weight: 600; }
    figure p { color: var(--faint); font-size: .92rem; }
    figure > svg { display: block; width: 100%; height: auto; color: var(--ink); }
    svg text { fill: currentColor; }
    .legend { list-style: none; margin: .2rem 0 .4rem; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; font-size: .88rem; }
    .legend svg { width: 26px; height: 8px; margin-right: .4rem; vertical-align: middle; }
    .filter { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: baseline; }
    input, select { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--faint);
      border-radius: 4px; padding: .25rem .5rem; max-width: 100%; }
    ::placeholder { color: var(--faint); opacity: 1; }
    summary { cursor: pointer; }
    details { margin: .5rem 0; }
    details[open] > summary { margin-bottom: .6rem; }
    dl { margin: .4rem 0; }
    dt { font-weight: 600; margin-top: .9rem; }
    dd { margin: 0; }
    code { font-size: .88rem; }
    pre { white-space: pre-wrap; font-size: .9rem; padding: .6rem .8rem; border: 1px solid var(--line); background: var(--soft); }
    @media print {
      body { max-width: none; padding: 0; font-size: 10pt; }
      .filter, .screen { display: none; }
      .figures, .small .figures { grid-template-columns: 1fr 1fr; gap: 1rem 1.5rem; }
      .scroll { overflow: visible; }
      table { font-size: 60%; white-space: normal; }
      th, td { padding: .15rem .3rem; }
      .wide { font-size: 52%; }
      .wide th, .wide td { padding: .1rem .15rem; }
      .wide thead th { writing-mode: vertical-rl; text-align: left; }
      figure, dt, dd, tr { break-inside: avoid; }
      h2, dt, figcaption { break-after: avoid; }
      details.printed::details-content { content-visibility: visible; height: auto; }
    }
    """
}
