import Foundation
import Mustache
import Secant

extension StudyRecord {
  /// The study as one self-contained HTML page: a summary, the profiles with a sentence each, the pairs, every problem in
  /// a table that can be sorted and filtered, the convergence on each of them, and every failure with its sentence and the
  /// command that makes it again.
  ///
  /// Without gnuplot the page has everything but the pictures, and a line that says how to get them.
  ///
  /// - Parameters:
  ///   - cost: what the profiles count.
  ///   - problems: those that are known by their names: of two variables the ground under the paths is drawn.
  public func report(
    cost: Cost = .gradientEquivalents, knowing problems: [LibraryProblem] = ProblemLibrary.all
  ) -> String {
    let profiles = Profiles(self, cost: cost)
    let table = profiles.table
    let known = Dictionary(problems.map { ($0.name, $0) }) { first, _ in first }
    let failures = runs.filter { !$0.isSolved && $0.omission == nil }
    let omissions = runs.filter { $0.omission != nil }
    let courses = courses(of: profiles, knowing: known)
    let page: [String: Any] = [
      "title": "\(head.methods.count) method\(head.methods.count == 1 ? "" : "s") on "
        + "\(head.problems.count) problem\(head.problems.count == 1 ? "" : "s")",
      "caption": caption(cost),
      "summary": profiles.sentences,
      "standing": ["table": ReportStyle.table(table.header, table.rows)],
      "profiles": ReportStyle.pictures(profiles.figures),
      "hasPairs": head.methods.count > 1,
      "pairs": ReportStyle.pictures(profiles.pairs),
      "wins": ["table": wins(profiles)],
      "problems": [
        "table": rows(profiles),
        "filter": ReportStyle.filter(
          of: "problems", example: "a name or a word",
          words: LibraryProblem.Class.allCases.map(\.words) + Set(failures.map(\.status)).sorted()),
      ],
      "hasCourses": !courses.isEmpty,
      "courses": courses,
      "failures": failures.map { run in
        ReportStyle.failure(
          "\(run.method) on \(run.problem)", run.status, run.sentence,
          command: known[run.problem] == nil ? nil : command(of: run))
      },
      "hasFailures": !failures.isEmpty,
      "failureCount": "\(failures.count)",
      "omissionCount": "\(omissions.count)",
      "omissions": Dictionary(grouping: omissions, by: \.sentence).sorted { $0.key < $1.key }.map {
        ["sentence": $0.key, "problems": $0.value.map(\.problem).joined(separator: ", ")]
      },
      "hasOmissions": !omissions.isEmpty,
      "origin": ReportStyle.origin(command: command(cost, knowing: known), head.machine),
    ]
    return Self.template.render(page)
  }

  /// What each method paid on each problem, or how it ended.
  private func rows(_ profiles: Profiles) -> [String: Any] {
    ReportStyle.table(
      ["problem", "n", "class", "least f"] + head.methods,
      profiles.instances.map { instance in
        [
          .init(instance.name, tip: instance.problem.title),
          .init("\(instance.problem.dimension)", key: Double(instance.problem.dimension)),
          .init(instance.problem.classes.map(\.words).joined(separator: ", "), kind: "word"),
          .init(Numerals.short(instance.least), key: instance.least),
        ]
          + zip(instance.runs, instance.costs).map { run, cost in
            run.isSolved
              ? .init(Numerals.count(cost), key: cost)
              : .init(run.status, key: 1e300, kind: "bad", tip: run.sentence)
          }
      }, id: "problems")
  }

  /// How often each method beats each other.
  private func wins(_ profiles: Profiles) -> [String: Any] {
    ReportStyle.table(
      ["method"] + head.methods,
      head.methods.indices.map { a in
        [head.methods[a]]
          + head.methods.indices.map { b in
            guard a != b else { return "" }
            let pair = profiles.pair(a, b)
            return "\(pair.wins) / \(pair.ties) / \(pair.losses)"
          }
      })
  }

  /// The pictures of each problem.
  private func courses(of profiles: Profiles, knowing known: [String: LibraryProblem]) -> [[String: Any]] {
    guard Gnuplot.isInstalled else { return [] }
    let pictures = ReportStyle.pictures(
      groups: profiles.instances.indices.map { profiles.courses(of: $0, knowing: known) })
    return zip(profiles.instances, pictures).map { instance, pictures in
      pictures.merging(["name": instance.name, "about": instance.problem.title]) { $1 }
    }
  }

  /// The command that makes a run again.
  private func command(of run: StudyRun) -> String {
    command(
      ["--problems", run.problem], [run.method], [run.scalar], [run.seed], .gradientEquivalents)
  }

  /// The command that makes the page again, where every problem is known.
  private func command(_ cost: Cost, knowing known: [String: LibraryProblem]) -> String? {
    let names = head.problems.map(\.name)
    guard names.allSatisfy({ known[$0] != nil }) else { return nil }
    let choice =
      names == ProblemLibrary.unbounded.map(\.name)
      ? []
      : names == ProblemLibrary.bounded.map(\.name)
        ? ["--class", "bounded"] : ["--problems", names.joined(separator: ",")]
    return command(choice, head.methods, head.scalars, head.seeds, cost) + " --report profile.html"
  }

  private func command(
    _ choice: [String], _ methods: [String], _ scalars: [Study.ScalarType], _ seeds: [UInt64], _ cost: Cost
  ) -> String {
    var words = ["secant", "profile"] + choice + ["--methods", methods.joined(separator: ",")]
    if scalars != [.double] { words += ["--scalar", scalars.map(\.rawValue).joined(separator: ",")] }
    if seeds != [0] { words += ["--seeds", seeds.map(String.init).joined(separator: ",")] }
    if head.tolerance != 1e-6 { words += ["--tolerance", "\(head.tolerance)"] }
    if head.budget != .study { words += head.budget.options }
    if cost != .gradientEquivalents { words += ["--cost", cost.name] }
    return words.map(shellQuoted).joined(separator: " ")
  }

  private func caption(_ cost: Cost) -> [String] {
    let isBounded = head.problems.contains { $0.classes.contains(.bounded) }
    return [
      "\(head.scalars.map(\.rawValue).joined(separator: " and ")) precision · "
        + "seed\(head.seeds.count == 1 ? "" : "s") \(head.seeds.map(String.init).joined(separator: ", ")) · budget of each run: "
        + "\(head.budget.words) · cost in \(cost.label)",
      "A problem counts as solved where f and ∇f, evaluated anew at the point that a run ended at, give the value that it "
        + "reported and ‖∇f‖∞ ≤ \(Numerals.short(head.tolerance)) · max(1, ‖∇f(x₀)‖∞), and the point is not known to be a saddle."
        + (isBounded ? " With bounds the gradient is projected on what they leave free." : ""),
    ]
  }

  private static let template = ReportStyle.template(
    body: """
      \(ReportStyle.summary)
      {{#standing}}
      \(ReportStyle.table)
      {{/standing}}
      <h2>Profiles</h2>
      {{#profiles}}
      \(ReportStyle.pictures)
      {{/profiles}}
      {{#hasPairs}}
      <h2>Pairs</h2>
      <p>Performance profiles of two methods alone, which no third one changes: the method that solves the most beside each other.</p>
      <div class="small">
      {{#pairs}}
      \(ReportStyle.pictures)
      {{/pairs}}
      </div>
      <h2>Who is cheaper</h2>
      <p>On how many problems the method of the row was cheaper than that of the column, as cheap to a hundredth, and dearer.</p>
      {{#wins}}
      \(ReportStyle.table)
      {{/wins}}
      {{/hasPairs}}
      <h2>Every problem</h2>
      <p>What each method paid, or how it ended. <span class="screen">A click on a heading sorts.</span></p>
      {{#problems}}
      \(ReportStyle.filter)
      \(ReportStyle.table)
      {{/problems}}
      {{#hasCourses}}
      <h2>Convergence</h2>
      <p>How much of the way from f(x₀) to the least value each method had left, against what it had spent, and of two variables the
      way that it took. The lowest points so far are drawn, so that no line rises; a method that spent nothing has none.</p>
      {{#courses}}
      <details><summary>{{name}} <span class="status">· {{about}}</span></summary>
      \(ReportStyle.pictures)
      </details>
      {{/courses}}
      {{/hasCourses}}
      {{#hasFailures}}
      <h2>Not solved</h2>
      <details class="printed"><summary>{{failureCount}} runs, each with its sentence and the command that makes it again</summary>
      \(ReportStyle.failures)</details>
      {{/hasFailures}}
      {{#hasOmissions}}
      <h2>Left out</h2>
      <details class="printed"><summary>{{omissionCount}} runs, which count as not solved</summary>
      <dl>
      {{#omissions}}
      <dt>{{sentence}}</dt>
      <dd>{{problems}}</dd>
      {{/omissions}}
      </dl></details>
      {{/hasOmissions}}
      \(ReportStyle.origin)
      \(ReportStyle.script)
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
