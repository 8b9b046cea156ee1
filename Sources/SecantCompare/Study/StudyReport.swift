import Foundation
import Mustache
import Secant

extension StudyRecord {
  /// The study as one self-contained HTML page: a summary, the profiles with a sentence each, the pairs, every problem in
  /// a table that can be sorted and filtered, and every failure with its sentence and the command that makes it again.
  ///
  /// Without gnuplot the page has everything but the pictures, and a line that says how to get them.
  public func report(cost: Cost = .gradientEquivalents) -> String {
    let profiles = Profiles(self, cost: cost)
    let table = profiles.table
    var figures: [[String: String]] = []
    var pairs: [[String: String]] = []
    var note: String?
    do {
      figures = try self.figures(of: profiles)
      pairs = try profiles.pairPictures().map { ["title": $0.title, "svg": $0.svg] }
    } catch { note = "\(error)" }
    let failures = runs.filter { !$0.isSolved && $0.omission == nil }
    let omissions = runs.filter { $0.omission != nil }
    let page: [String: Any] = [
      "title": "\(head.methods.count) methods on \(head.problems.count) problems",
      "caption": caption(cost),
      "summary": profiles.sentences,
      "header": table.header,
      "rows": table.rows.map { ["name": $0[0], "cells": Array($0.dropFirst())] as [String: Any] },
      "notes": note.map { [$0] } ?? [],
      "figures": figures,
      "pairs": pairs,
      "hasPairs": !pairs.isEmpty,
      "methods": head.methods,
      "wins": head.methods.indices.map { a in
        [
          "name": head.methods[a],
          "cells": head.methods.indices.map { b -> String in
            guard a != b else { return "" }
            let pair = profiles.pair(a, b)
            return "\(pair.wins) / \(pair.ties) / \(pair.losses)"
          },
        ] as [String: Any]
      },
      "problems": profiles.instances.map { instance in
        [
          "name": instance.name, "title": instance.problem.title, "n": "\(instance.problem.dimension)",
          "classes": instance.problem.classes.map { $0.words }.joined(separator: ", "),
          "least": Numerals.short(instance.least), "leastKey": "\(instance.least)",
          "cells": instance.runs.indices.map { k in
            let run = instance.runs[k]
            return [
              "text": run.isSolved ? Numerals.count(instance.costs[k]) : run.status,
              "key": "\(run.isSolved ? instance.costs[k] : 1e300)", "isSolved": run.isSolved,
            ] as [String: Any]
          },
        ] as [String: Any]
      },
      "failures": failures.map { run in
        [
          "name": "\(run.method) on \(run.problem)", "status": run.status, "sentence": run.sentence,
          "command": command(of: run),
        ]
      },
      "hasFailures": !failures.isEmpty,
      "failureCount": "\(failures.count)",
      "omissionCount": "\(omissions.count)",
      "omissions": Dictionary(grouping: omissions, by: \.sentence).sorted { $0.key < $1.key }.map {
        ["sentence": $0.key, "problems": $0.value.map(\.problem).joined(separator: ", ")]
      },
      "hasOmissions": !omissions.isEmpty,
      "machine": Self.machine,
    ]
    return Self.template.render(page)
  }

  /// The command that makes a run again.
  private func command(of run: StudyRun) -> String {
    var words = ["secant profile --problems \(run.problem) --methods \(run.method)"]
    if run.scalar != .double { words.append("--scalar \(run.scalar.rawValue)") }
    if run.seed != 0 { words.append("--seeds \(run.seed)") }
    if head.tolerance != 1e-6 { words.append("--tolerance \(head.tolerance)") }
    words +=
      head.budget == .study
      ? [] : head.budget.limits.map { "--\($0.currency.rawValue) \(Numerals.count($0.amount))" }
    return words.joined(separator: " ")
  }

  private func caption(_ cost: Cost) -> [String] {
    return [
      "\(head.scalars.map(\.rawValue).joined(separator: " and ")) precision · "
        + "seed\(head.seeds.count == 1 ? "" : "s") \(head.seeds.map(String.init).joined(separator: ", ")) · budget of each run: "
        + "\(head.budget.words) · cost in \(cost.label)",
      "A problem counts as solved where f and ∇f, evaluated anew at the point that a run ended at, give the value that it "
        + "reported and ‖∇f‖∞ ≤ \(Numerals.short(head.tolerance)) · max(1, ‖∇f(x₀)‖∞), and the point is not known to be a saddle.",
    ]
  }

  private func figures(of profiles: Profiles) throws -> [[String: String]] {
    [
      [
        "title": "Performance profile", "svg": try profiles.performancePicture(),
        "sentence":
          "At a ratio r a curve is as high as the part of the problems that its method solves for at most r times the cost of the "
          + "cheapest method: at 1, how often it is the cheapest; at the right, how often it solves at all. It does not show by how "
          + "much one method beats another, and a curve changes when another method joins the set: for two methods look at the pairs below.",
      ],
      [
        "title": "Data profile to 10⁻³", "svg": try profiles.dataPicture(within: 1e-3),
        "sentence":
          "The part of the problems on which a method has come within a thousandth of the way from f(x₀) to the least value, against "
          + "what it had spent. It compares methods at one cost, not with the best of the set, and says nothing of whether a run ended.",
      ],
      [
        "title": "Data profile to 10⁻⁷", "svg": try profiles.dataPicture(within: 1e-7),
        "sentence":
          "The same to a ten-millionth. Where a method found another minimum than the least, it counts as not arrived here.",
      ],
      [
        "title": "Accuracy profile", "svg": try profiles.accuracyPicture(),
        "sentence":
          "The part of the problems on which a method came to at least so many digits within its budget, whatever it cost.",
      ],
      [
        "title": "Cumulative run times", "svg": try profiles.runTimePicture(),
        "sentence":
          "The part of all pairs of a problem and one of the targets 10⁻¹ to 10⁻⁸ that a method has reached, against what it had spent; "
          + "the band holds 90 % of what as many problems, drawn from these at random, would give. Where bands overlap the "
          + "order of two methods is one of these problems, not of the methods.",
      ],
    ]
  }

  /// What ran it.
  private static var machine: String {
    let information = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
    let model = information?.split(separator: "\n").first { $0.hasPrefix("model name") }?
      .split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    let cores = ProcessInfo.processInfo.processorCount
    return "\(model ?? "an unknown processor"), \(cores) core\(cores == 1 ? "" : "s"); "
      + "\(ProcessInfo.processInfo.operatingSystemVersionString); record \(Head.schema)"
  }

  private static let template = ReportStyle.template(
    rules: """
      th:first-child, td:first-child { text-align: left; }
      .problems th { cursor: pointer; }
      td.unsolved { color: var(--faint); }
      .pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 1.2rem; }
      figure p { color: var(--faint); font-size: .92rem; }
      input { font: inherit; color: var(--ink); background: var(--paper); border: 1px solid var(--line); padding: .3rem .5rem; max-width: 100%; }
      code { overflow-wrap: anywhere; font-size: .88rem; }
      @media print { input { display: none; } .scroll { overflow: visible; } table { font-size: 60%; } figure { break-inside: avoid; } }
      """,
    body: """
      {{#caption}}
      <p class="caption">{{.}}</p>
      {{/caption}}
      <h2>Summary</h2>
      {{#summary}}
      <p>{{.}}</p>
      {{/summary}}
      <div class="scroll"><table>
      <thead><tr>{{#header}}<th scope="col">{{.}}</th>{{/header}}</tr></thead>
      <tbody>
      {{#rows}}
      <tr><th scope="row">{{name}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
      {{/rows}}
      </tbody></table></div>
      <h2>Profiles</h2>
      {{#notes}}
      <p>{{.}}</p>
      {{/notes}}
      <div class="figures">
      {{#figures}}
      <figure><figcaption>{{title}}</figcaption>
      {{{svg}}}
      <p>{{sentence}}</p>
      </figure>
      {{/figures}}
      </div>
      {{#hasPairs}}
      <h2>Pairs</h2>
      <p>Performance profiles of two methods alone, which no third one changes: the method that solves the most beside each other.</p>
      <div class="pairs">
      {{#pairs}}
      <figure><figcaption>{{title}}</figcaption>
      {{{svg}}}
      </figure>
      {{/pairs}}
      </div>
      {{/hasPairs}}
      <h2>Who is cheaper</h2>
      <p>On how many problems the method of the row was cheaper than that of the column, as cheap to a hundredth, and dearer.</p>
      <div class="scroll"><table>
      <thead><tr><th scope="col"></th>{{#methods}}<th scope="col">{{.}}</th>{{/methods}}</tr></thead>
      <tbody>
      {{#wins}}
      <tr><th scope="row">{{name}}</th>{{#cells}}<td>{{.}}</td>{{/cells}}</tr>
      {{/wins}}
      </tbody></table></div>
      <h2>Every problem</h2>
      <p>What each method paid, or how it ended. A click on a heading sorts.</p>
      <p><label>Show those with <input id="filter" type="search" placeholder="a name, a class, a status"></label></p>
      <div class="scroll"><table class="problems">
      <thead><tr><th scope="col">problem</th><th scope="col">n</th><th scope="col">class</th><th scope="col">least f</th>{{#methods}}<th scope="col">{{.}}</th>{{/methods}}</tr></thead>
      <tbody>
      {{#problems}}
      <tr><th scope="row" title="{{title}}">{{name}}</th><td data-key="{{n}}">{{n}}</td><td>{{classes}}</td><td data-key="{{leastKey}}">{{least}}</td>{{#cells}}<td data-key="{{key}}"{{^isSolved}} class="unsolved"{{/isSolved}}>{{text}}</td>{{/cells}}</tr>
      {{/problems}}
      </tbody></table></div>
      {{#hasFailures}}
      <h2>Not solved</h2>
      <details><summary>{{failureCount}} runs, each with its sentence and the command that makes it again</summary>
      <dl>
      {{#failures}}
      <dt>{{name}} <span class="status">· {{status}}</span></dt>
      <dd>{{sentence}}<br><code>{{command}}</code></dd>
      {{/failures}}
      </dl></details>
      {{/hasFailures}}
      {{#hasOmissions}}
      <h2>Left out</h2>
      <details><summary>{{omissionCount}} runs, which count as not solved</summary>
      <dl>
      {{#omissions}}
      <dt>{{sentence}}</dt>
      <dd>{{problems}}</dd>
      {{/omissions}}
      </dl></details>
      {{/hasOmissions}}
      <h2>Made by</h2>
      <p class="caption">{{machine}}</p>
      <script>
      const rows = [...document.querySelectorAll(".problems tbody tr")];
      const compare = (a, b) => a.dataset.key === undefined
        ? a.textContent.localeCompare(b.textContent, "en", { numeric: true }) : a.dataset.key - b.dataset.key;
      document.querySelectorAll(".problems thead th").forEach((head, column) => head.addEventListener("click", () => {
        const sign = head.dataset.sign = -(head.dataset.sign ?? -1);
        rows.sort((a, b) => sign * compare(a.cells[column], b.cells[column])).forEach(row => row.parentNode.append(row));
      }));
      document.getElementById("filter").addEventListener("input", event => {
        const text = event.target.value.toLowerCase();
        rows.forEach(row => row.hidden = !row.textContent.toLowerCase().includes(text));
      });
      </script>
      """)
}

extension LibraryProblem.Class {
  /// In words.
  public var words: String {
    switch self {
    case .leastSquares: "least squares"
    case .finiteSum: "finite sum"
    case .convex, .nonconvex, .bounded: rawValue
    }
  }
}
