public import Foundation
public import Secant

/// How good the advice is: on each problem the advised method beside every other, by their ledgers.
///
/// The cost of a run is what its ledger says, at the prices that the advice measured; a run counts where a ``Study`` counts
/// it as solved. The regret is the advised method's cost over the least of all.
public struct AdviceVerification: Sendable, Equatable, Codable {
  public var rows: [Row]

  /// One problem.
  public struct Row: Sendable, Equatable, Codable {
    public var problem: String
    public var dimension: Int
    public var advised: String
    public var isDecided: Bool
    /// What was forecast, and what the run cost; nil where it did not solve the problem.
    public var forecast: Double
    public var cost: Double?
    /// The cheapest method that solved the problem.
    public var best: String
    public var bestCost: Double
    /// The cost of every method that solved it.
    public var costs: [String: Double]

    /// ∞ where the advised method failed.
    public var regret: Double { (cost ?? .infinity) / bestCost }
  }

  /// The methods that an advice is held against.
  public static let methods = [
    "gradientDescent", "steepestDescent", "nesterov", "conjugateGradient", "barzilaiBorwein", "lbfgs", "bfgs",
    "newtonCG", "newton", "trustRegion", "exactTrustRegion",
  ]
  /// The same for problems with bounds.
  public static let boundedMethods = MethodDescription.bounded.map(\.name)

  /// Asks for advice on each problem, runs every method, and compares. A problem that no method solves has no row.
  public init(
    of problems: [LibraryProblem], isTimed: Bool = true, tolerance: Double = 1e-6,
    within budget: Budget = .study, workers: Int = ProcessInfo.processInfo.activeProcessorCount,
    observing observe: (Int, Int) -> Void = { _, _ in }
  ) async throws {
    rows = []
    for (index, problem) in problems.enumerated() {
      observe(index, problems.count)
      let advice = Advice(on: problem, tolerance: tolerance, isTimed: isTimed)
      guard let first = advice.recommendation else { continue }
      let common = advice.measurements.isBounded ? Self.boundedMethods : Self.methods
      let requests = try (common.contains(first.method) ? common : common + [first.method]).map {
        try Request(method: $0, among: MethodDescription.all + MethodDescription.bounded)
      }
      let record = try await Study(of: [problem], by: requests, tolerance: tolerance, within: budget).run(
        workers: workers)
      let costs = record.runs.filter(\.isSolved).map { run in
        (run.method, advice.measurements.prices.gradientEquivalents { run.spent[$0.rawValue] ?? 0 })
      }
      guard let best = costs.min(by: { $0.1 < $1.1 }) else { continue }
      rows.append(
        Row(
          problem: problem.name, dimension: problem.dimension, advised: first.method,
          isDecided: advice.isDecided, forecast: first.gradientEquivalents,
          cost: costs.first { $0.0 == first.method }?.1, best: best.0, bestCost: best.1,
          costs: Dictionary(uniqueKeysWithValues: costs)))
    }
    observe(problems.count, problems.count)
  }

  /// The part of the problems on which the regret is at most `factor`.
  public func share(within factor: Double) -> Double {
    Double(rows.count { $0.regret <= factor }) / Double(max(rows.count, 1))
  }

  /// The same for one method on every problem without bounds; its kin within bounds counts there.
  public func share(within factor: Double, always method: String) -> Double {
    let kin = MethodDescription.all.first { $0.name == method }?.kinWithinBounds
    let count = rows.count { row in
      let cost = row.costs[method] ?? kin.flatMap { row.costs[$0] }
      return (cost ?? .infinity) <= factor * row.bestCost
    }
    return Double(count) / Double(max(rows.count, 1))
  }

  /// The one method that is within 2 of the least cost most often.
  public var bestSingle: String {
    Self.methods.max { share(within: 2, always: $0) < share(within: 2, always: $1) }!
  }

  /// The part of the problems that the advised method solves.
  public var shareSolved: Double { Double(rows.count { $0.cost != nil }) / Double(max(rows.count, 1)) }

  /// The median regret.
  public var medianRegret: Double {
    let regrets = rows.map(\.regret).sorted()
    guard !regrets.isEmpty else { return .nan }
    return (regrets[(regrets.count - 1) / 2] + regrets[regrets.count / 2]) / 2
  }
}

extension AdviceVerification: CustomStringConvertible {
  /// A row for each problem whose regret is above 2, and what it comes to.
  public var description: String {
    let worst = rows.filter { $0.regret > 2 }.sorted { $0.regret > $1.regret }
    let table = Comparison.Table(
      header: ["problem", "n", "advised", "cost", "best", "cost", "regret"],
      rows: worst.map { row in
        [
          row.problem, "\(row.dimension)", row.advised + (row.isDecided ? "" : " (undecided)"),
          row.cost.map(Measurements.inWords) ?? "not solved", row.best, Measurements.inWords(row.bestCost),
          row.cost == nil ? "∞" : String(format: "%.1f", row.regret),
        ]
      })
    func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
    return [
      worst.isEmpty ? "" : "Where it cost more than twice the least:\n" + table.text(),
      !rows.isEmpty
        ? "On \(rows.count) problem\(rows.count == 1 ? "" : "s") the advised method solves \(percent(shareSolved)), within 2 of the least cost on "
          + "\(percent(share(within: 2))) and within 3 on \(percent(share(within: 3))); the median regret is "
          + "\(String(format: "%.2f", medianRegret)). Always \(bestSingle), the best of one method for all, would be within 2 on "
          + "\(percent(share(within: 2, always: bestSingle))) and within 3 on "
          + "\(percent(share(within: 3, always: bestSingle)))." : "No method solved any of the problems.",
    ].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }
}
