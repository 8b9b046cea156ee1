import Foundation
import Secant

/// What a profile's costs are counted in.
public enum Cost: Hashable, Sendable {
  /// Gradients, with everything else in their measure: a value ⅓, a product with the Hessian 2, a dense Hessian as many as
  /// there are variables.
  case gradientEquivalents
  case currency(Currency)

  /// From a name on a command line.
  public init?(_ name: String) {
    if name == "gradient-equivalents" {
      self = .gradientEquivalents
    } else if let currency = Currency(rawValue: name) {
      self = .currency(currency)
    } else {
      return nil
    }
  }

  /// As on a command line.
  var name: String {
    switch self {
    case .gradientEquivalents: Self.names[0]
    case .currency(let currency): currency.rawValue
    }
  }

  public static let names = ["gradient-equivalents"] + Currency.allCases.map(\.rawValue)

  public var label: String {
    switch self {
    case .gradientEquivalents: "gradient equivalents"
    case .currency(let currency): currency.axisLabel
    }
  }

  /// With its unit.
  var axisLabel: String {
    switch self {
    case .currency(.seconds): label
    case .gradientEquivalents, .currency: "cost (\(label))"
    }
  }

  /// The cost of what a look-up tells of each currency, in `n` variables.
  func amount(_ n: Int, _ spent: (Currency) -> Double) -> Double {
    switch self {
    case .currency(let currency): spent(currency)
    case .gradientEquivalents:
      // In thirds of a gradient every count is whole, and the sum exact.
      Measurements.Prices.conventional(dimension: n, gradient: 3).gradientEquivalents(spent)
    }
  }
}

/// What the runs of a study say of its methods.
///
/// - **Reference**: E. D. Dolan, J. J. Moré, *Benchmarking optimization software with performance profiles*, Math.
///   Programming 91 (2002); J. J. Moré, S. M. Wild, *Benchmarking derivative-free optimization algorithms*, SIAM J. Optim.
///   20 (2009); N. Gould, J. Scott, *A note on performance profiles for benchmarking software*, ACM Trans. Math. Software 43
///   (2016), for the trap: a curve depends on who else is in the set.
public struct Profiles: Sendable {
  public let methods: [String]
  /// A problem in a scalar type from a seed, with its runs in the order of ``methods``.
  public let instances: [Instance]
  public let cost: Cost
  /// How often each method is the cheapest, or as cheap.
  let firsts: [Int]
  /// The methods by how many instances they solve, then by how often they are the cheapest.
  public let ranking: [Int]

  public struct Instance: Sendable {
    public let name: String
    public let problem: StudyRecord.Head.Problem
    public let runs: [StudyRun]
    /// What each method paid to solve it; infinite where it did not.
    public let costs: [Double]
    /// The least value that is known or was found, which accuracy is measured from.
    public let least: Double
    /// f(x₀).
    public let start: Double
    /// For each method: how much of the way from f(x₀) to the least value was left, and what had been paid by then.
    let histories: [[(gap: Double, cost: Double)]]

    /// What a method paid until at most the part τ of the way was left; infinite where it never was.
    public func cost(of method: Int, until τ: Double) -> Double {
      histories[method].first { $0.gap <= τ }?.cost ?? .infinity
    }
  }

  public init(_ record: StudyRecord, cost: Cost = .gradientEquivalents) {
    self.cost = cost
    methods = record.head.methods
    let count = methods.count
    let instances = stride(from: 0, to: record.runs.count / count * count, by: count).map { first in
      let runs = Array(record.runs[first..<first + count])
      let problem = record.head.problems.first { $0.name == runs[0].problem }!
      var name = problem.name
      if record.head.scalars.count > 1 { name += ", \(runs[0].scalar.rawValue)" }
      if record.head.seeds.count > 1 { name += ", seed \(runs[0].seed)" }
      let found = runs.map(\.value).filter(\.isFinite).min() ?? .nan
      let least = Swift.min(problem.minimum ?? found, found)
      let start = runs.lazy.map(\.start).first { !$0.isNaN } ?? .nan
      return Instance(
        name: name, problem: problem, runs: runs,
        costs: runs.map { run in
          run.isSolved ? cost.amount(run.dimension) { run.spent[$0.rawValue] ?? 0 } : .infinity
        },
        least: least, start: start,
        histories: runs.map { run in
          (run.history["value"] ?? []).enumerated().map { k, value in
            (
              gap: (value - least) / Swift.max(start - least, .leastNormalMagnitude),
              cost: cost.amount(run.dimension) { run.history[$0.rawValue]?[k] ?? 0 }
            )
          }
        })
    }
    self.instances = instances
    let firsts = Self.efficiencies(on: instances, among: Array(methods.indices)).map { $0.count { $0 == 1 } }
    self.firsts = firsts
    ranking = methods.indices.sorted { a, b in
      func standing(_ method: Int) -> (Int, Int) { (Self.solved(method, of: instances), firsts[method]) }
      return standing(a) > standing(b)
    }
  }

  /// The instances that a method solved.
  public func solved(_ method: Int) -> Int { Self.solved(method, of: instances) }

  private static func solved(_ method: Int, of instances: [Instance]) -> Int {
    instances.count { $0.costs[method].isFinite }
  }

  /// For each of some methods, the least cost over its own on every instance: 1 for the best, 0 for one that failed.
  private static func efficiencies(on instances: [Instance], among set: [Int]) -> [[Double]] {
    set.map { method in
      instances.map { instance in
        let best = set.map { instance.costs[$0] }.min()!
        let own = instance.costs[method]
        // A start that is a minimum costs nobody anything, and some spend nothing in a currency in which others do.
        return own.isFinite ? (own > 0 ? Swift.max(best / own, .leastNormalMagnitude) : 1) : 0
      }
    }
  }

  /// The performance profile of Dolan and Moré: for each method of a set, the ratios r ≥ 1 to the best of the set at which
  /// the part of the instances grows that it solves within r, and that part.
  public func performance(among set: [Int]? = nil) -> [[(ratio: Double, part: Double)]] {
    Self.efficiencies(on: instances, among: set ?? Array(methods.indices)).map { efficiencies in
      steps(efficiencies.filter { $0 > 0 }.map { 1 / $0 }).map { (ratio: $0.at, part: $0.part) }
    }
  }

  /// The data profile of Moré and Wild: the part of the instances that a method brings within τ of the least value for at
  /// most a cost.
  public func data(within τ: Double) -> [[(cost: Double, part: Double)]] {
    methods.indices.map { method in
      steps(instances.map { $0.cost(of: method, until: τ) }.filter(\.isFinite)).map {
        (cost: $0.at, part: $0.part)
      }
    }
  }

  /// The part of the instances on which a method came to at least so many digits of the least value, of at most 16.
  public func accuracy() -> [[(digits: Double, part: Double)]] {
    methods.indices.map { method in
      let digits = instances.map { instance in
        let gap = instance.histories[method].last?.gap ?? .infinity
        return gap.isNaN ? 0 : Swift.min(16, Swift.max(0, -log10(gap)))
      }
      return (0...160).map { tenths in
        let least = Double(tenths) / 10
        return (digits: least, part: Double(digits.count { $0 >= least && $0 > 0 }) / Double(instances.count))
      }
    }
  }

  /// The part of all pairs of an instance and one of the targets 10⁻¹, …, 10⁻⁸ that a method reached for at most a cost, with the
  /// band that holds 90 % of what draws of as many instances give.
  public func runTimes(
    draws: Int = 200, seed: UInt64 = 0
  ) -> [[(cost: Double, part: Double, low: Double, high: Double)]] {
    let targets = (1...8).map { pow(10, -Double($0)) }
    let costs = methods.indices.map { method in
      instances.map { instance in targets.map { instance.cost(of: method, until: $0) } }
    }
    let finite = costs.joined().joined().filter { $0.isFinite && $0 > 0 }
    guard let low = finite.min(), let high = finite.max() else { return methods.map { _ in [] } }
    let grid = (0...60).map { low * pow(high / low, Double($0) / 60) }
    var generator = RandomGenerator(seed: seed)
    let samples = (0..<draws).map { _ in
      instances.indices.map { _ in
        Swift.min(instances.count - 1, Int(generator.uniform() * Double(instances.count)))
      }
    }
    return costs.map { costs in
      grid.map { cost in
        let parts = costs.map { Double($0.count { $0 <= cost }) / Double(targets.count) }
        func mean(_ chosen: some Sequence<Int>) -> Double {
          chosen.reduce(0) { $0 + parts[$1] } / Double(instances.count)
        }
        let means = samples.map(mean).sorted()
        return (
          cost: cost, part: mean(instances.indices), low: means[draws / 20],
          high: means[draws - 1 - draws / 20]
        )
      }
    }
  }

  /// How often the one was cheaper than the other by more than a hundredth, as cheap, and dearer, where any of both solved.
  public func pair(_ a: Int, _ b: Int) -> (wins: Int, ties: Int, losses: Int) {
    var answer = (wins: 0, ties: 0, losses: 0)
    for instance in instances {
      let (x, y) = (instance.costs[a], instance.costs[b])
      guard x.isFinite || y.isFinite else { continue }
      if x < 0.99 * y {
        answer.wins += 1
      } else if y < 0.99 * x {
        answer.losses += 1
      } else {
        answer.ties += 1
      }
    }
    return answer
  }

  /// The share of instances below each place where it grows.
  private func steps(_ places: [Double]) -> [(at: Double, part: Double)] {
    let sorted = places.sorted()
    return sorted.indices.filter { $0 + 1 == sorted.count || sorted[$0 + 1] > sorted[$0] }.map {
      (at: sorted[$0], part: Double($0 + 1) / Double(instances.count))
    }
  }
}
