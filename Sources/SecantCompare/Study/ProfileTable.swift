import Secant

extension Profiles {
  /// A row for each method, the one that solves the most first.
  public var table: Comparison.Table {
    let (performance, accuracy) = (performance(), accuracy())
    return Comparison.Table(
      header: ["method", "solved", "cheapest", "half within a ratio of", "to 6 digits"],
      rows: ranking.map { method in
        [
          methods[method], "\(solved(method)) of \(instances.count)", "\(firsts[method])",
          performance[method].first { $0.part >= 0.5 }.map {
            $0.ratio > 1e300 ? "∞" : Numerals.short($0.ratio)
          } ?? "–",
          Numerals.short(100 * accuracy[method].first { $0.digits == 6 }!.part) + " %",
        ]
      })
  }

  /// What there is to say of the whole.
  public var sentences: [String] {
    let most = ranking[0]
    let first = firsts.indices.max { firsts[$0] < firsts[$1] }!
    let unsolved = instances.filter { instance in
      !instance.costs.contains(where: \.isFinite) && instance.runs.contains { $0.omission == nil }
    }.map(\.name)
    let omitted = instances.flatMap(\.runs).filter { $0.omission != nil }
    guard solved(most) > 0 else {
      return ["No method solves any of the \(instances.count)."] + said(of: omitted)
    }
    return [
      "\(methods[most]) solves the most: \(solved(most)) of \(instances.count).",
      "\(methods[first]) is the cheapest most often: on \(firsts[first]) of \(instances.count), in \(cost.label).",
    ] + (unsolved.isEmpty ? [] : ["No method solves \(unsolved.joined(separator: ", "))."])
      + said(of: omitted)
  }

  private func said(of omitted: [StudyRun]) -> [String] {
    guard let first = omitted.first else { return [] }
    let runs =
      omitted.count == 1 ? "1 run was left out and counts" : "\(omitted.count) runs were left out and count"
    return ["\(runs) as not solved, such as \(first.method) on \(first.problem): \(first.sentence)"]
  }

  /// What each method did not solve, by how it ended, the method that solves the most first; below it, a line for each
  /// way to end, what the first such run says of itself.
  public var misses: [String] {
    ranking.compactMap { method in
      let missed = instances.filter { !$0.costs[method].isFinite }
      guard !missed.isEmpty else { return nil }
      let byStatus = Dictionary(grouping: missed) { $0.runs[method].status }.sorted {
        ($1.value.count, $0.key) < ($0.value.count, $1.key)
      }
      let reasons = byStatus.map { status, instances in
        let names = instances.prefix(8).map(\.name).joined(separator: ", ")
        return names + (instances.count > 8 ? " and \(instances.count - 8) more" : "") + " (\(status))"
      }
      let examples = byStatus.compactMap { $0.value[0].explanation(of: method) }
      return (["\(methods[method]) misses \(missed.count): \(reasons.joined(separator: "; "))."] + examples)
        .joined(separator: "\n  ")
    }
  }

  /// Everything for a terminal.
  public var summary: String {
    let paragraphs = [table.text(), sentences.joined(separator: "\n"), misses.joined(separator: "\n")]
    return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}

extension Profiles.Instance {
  /// Why a method did not solve it, in a line; nil where there is nothing to say, or it is said of all that was left out.
  fileprivate func explanation(of method: Int) -> String? {
    let run = runs[method]
    guard !run.sentence.isEmpty, run.omission == nil else { return nil }
    let isRefuted = run.status == "converged"
    let refutation = " Asked again, ‖∇f‖∞ = \(Numerals.short(run.stationarity))."
    return "\(name): \(run.sentence)" + (isRefuted ? refutation : "")
  }
}
