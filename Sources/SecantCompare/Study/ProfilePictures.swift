import Foundation
import Secant

// What a study draws.

extension Profiles {
  /// The profiles of all methods, each with what it shows and what not.
  var figures: [Figure] {
    [
      Figure(
        "Performance profile",
        Plot(
          id: "performance", x: ratio("cost over that of the cheapest method (ratio)"), y: share,
          curves: curves(performance().map { $0.map { ($0.ratio, $0.part) } }, from: 1, to: ratioLimit)),
        "At a ratio r a curve is as high as the part of the problems that its method solves for at most r times the cost of the "
          + "cheapest method: at 1, how often it is the cheapest; at the right, how often it solves at all. It does not show by how "
          + "much one method beats another, and a curve changes when another method joins the set: for two methods look at the pairs below."
      ),
      Figure(
        "Data profile to 10⁻³", data(id: "data3", within: 1e-3),
        "The part of the problems on which a method has come within a thousandth of the way from f(x₀) to the least value, against "
          + "what it had spent. It compares methods at one cost, not with the best of the set, and says nothing of whether a run ended."
      ),
      Figure(
        "Data profile to 10⁻⁷", data(id: "data7", within: 1e-7),
        "The same to a ten-millionth. Where a method found another minimum than the least, it counts as not arrived here."
      ),
      Figure(
        "Accuracy profile",
        Plot(
          id: "accuracy",
          x: .init(label: "accuracy reached (decimal digits)", low: 0, high: 16), y: share,
          curves: zip(methods, accuracy()).enumerated().map { index, pair in
            Plot.Curve(name: pair.0, style: index, points: pair.1.map { ($0.digits, $0.part) })
          }),
        "The part of the problems on which a method came to at least so many digits of the way from f(x₀) to the least value "
          + "within its budget, whatever it cost."),
      Figure(
        "Cumulative run times", runTimePlot,
        "The part of all pairs of a problem and one of the targets 10⁻¹ to 10⁻⁸ that a method has reached, against what it had spent; "
          + "the band holds 90 % of what as many problems, drawn from these at random, would give. Where bands overlap the "
          + "order of two methods is one of these problems, not of the methods."),
    ]
  }

  /// A picture for each method beside the one that solves the most: the performance profile of those two alone.
  var pairs: [Figure] {
    let best = ranking[0]
    return ranking.dropFirst().map { other in
      let pair = performance(among: [best, other])
      return Figure(
        "\(methods[best]) and \(methods[other])",
        Plot(
          id: "pair\(other)", x: ratio("cost over the cheaper of the two (ratio)"), y: share,
          curves: zip([best, other], pair).map { method, steps in
            Plot.Curve(
              name: methods[method], style: method,
              points: Self.staircase(steps.map { ($0.ratio, $0.part) }, from: 1, to: ratioLimit))
          }))
    }
  }

  /// How every method came down on one problem, and by which way where that has two variables and is one of those given.
  func courses(of index: Int, knowing problems: [String: LibraryProblem]) -> [Figure] {
    let instance = instances[index]
    let curves = zip(methods, instance.histories).enumerated().map { style, pair in
      Plot.Curve(
        name: pair.0, style: style,
        points: Self.thinned(
          pair.1.filter { $0.cost > 0 && $0.gap < 1e300 }.map { (x: $0.cost, y: Swift.max($0.gap, 1e-16)) }))
    }
    let points = curves.flatMap(\.points)
    let convergence = Figure(
      "Convergence",
      Plot(
        id: "course\(index)",
        x: .init(cost.axisLabel, logarithmic: points.map(\.x), margin: 0.02),
        y: .init("way to the least f left (ratio)", logarithmic: points.map(\.y), margin: 0.2),
        curves: curves))
    let paths = instance.runs.map(\.path)
    guard let problem = problems[instance.problem.name], paths.contains(where: { !$0.isEmpty }),
      let posed = problem.posed(in: Double.self), let ground = Landscape(of: posed.problem, around: paths),
      let plot = ground.plot(
        id: "path\(index)",
        paths: methods.indices.map { (methods[$0], $0, paths[$0].map(\.point)) })
    else { return [convergence] }
    return [convergence, Figure("Paths over the contours of f", plot)]
  }

  private func data(id: String, within τ: Double) -> Plot {
    let profiles = data(within: τ)
    let costs = profiles.joined().map(\.cost).filter { $0 > 0 }
    let (low, high) = (costs.min() ?? 1, Swift.max(costs.max() ?? 10, 10 * (costs.min() ?? 1)))
    return Plot(
      id: id, x: .init(label: cost.axisLabel, low: low, high: high, isLogarithmic: true), y: share,
      curves: curves(profiles.map { $0.map { (Swift.max($0.cost, low), $0.part) } }, from: low, to: high))
  }

  private var runTimePlot: Plot {
    let times = runTimes()
    let costs = times.joined().map(\.cost)
    let low = costs.min() ?? 1
    return Plot(
      id: "times",
      x: .init(
        label: cost.axisLabel, low: low, high: Swift.max(costs.max() ?? 10, 10 * low), isLogarithmic: true),
      y: .init(label: "pairs of problem and target (part of all)", low: 0, high: 1.02),
      curves: zip(methods, times).enumerated().map { index, pair in
        Plot.Curve(
          name: pair.0, style: index, points: pair.1.map { ($0.cost, $0.part) },
          band: pair.1.map { ($0.cost, $0.low, $0.high) })
      })
  }

  private var ratioLimit: Double { 128 }

  private func ratio(_ label: String) -> Plot.Axis {
    .init(
      label: label, low: 1, high: ratioLimit, isLogarithmic: true, ticks: [1, 2, 4, 8, 16, 32, 64, 128])
  }

  private var share: Plot.Axis { .init(label: "problems (part of all)", low: 0, high: 1.02) }

  private func curves(_ steps: [[(Double, Double)]], from low: Double, to high: Double) -> [Plot.Curve] {
    zip(methods, steps).enumerated().map { index, pair in
      Plot.Curve(name: pair.0, style: index, points: Self.staircase(pair.1, from: low, to: high))
    }
  }

  /// Steps as a line from the one end to the other.
  private static func staircase(
    _ steps: [(Double, Double)], from low: Double, to high: Double
  ) -> [(x: Double, y: Double)] {
    var points: [(x: Double, y: Double)] = [(low, 0)]
    for (x, y) in steps where x <= high {
      points.append((x, points[points.count - 1].y))
      points.append((x, y))
    }
    return points + [(high, points[points.count - 1].y)]
  }

  /// Some of the points of a falling line: those behind which the cost has grown by a twelfth, and the last.
  private static func thinned(_ points: [(x: Double, y: Double)]) -> [(x: Double, y: Double)] {
    var kept: [(x: Double, y: Double)] = []
    for (index, point) in points.enumerated()
    where index + 1 == points.count || kept.last.map({ point.x > 1.08 * $0.x }) ?? true {
      kept.append(point)
    }
    return kept
  }
}

extension StudyRun {
  /// The lowest points so far, of two variables; empty where the problem has another number of them.
  var path: [(value: Double, point: [Double])] {
    guard let x = history[Self.coordinates[0]], let y = history[Self.coordinates[1]] else { return [] }
    return zip(history["value"] ?? [], zip(x, y)).map { (value: $0, point: [$1.0, $1.1]) }
  }
}
