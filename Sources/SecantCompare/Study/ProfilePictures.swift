import Foundation
import Secant

// Each picture is one gnuplot script.

extension Profiles {
  /// A curve of a picture, with a band about it where it has one.
  private struct Curve {
    var name: String
    var style: Int
    var points: [(x: Double, y: Double)]
    var band: [(x: Double, low: Double, high: Double)] = []
  }

  /// The performance profile.
  func performancePicture() throws -> String {
    try draw(
      "performance", curves(performance().map { $0.map { ($0.ratio, $0.part) } }, from: 1, to: ratioLimit),
      x: "cost over that of the cheapest method (ratio)", range: 1...ratioLimit)
  }

  /// The data profile to within τ.
  func dataPicture(within τ: Double) throws -> String {
    let profiles = data(within: τ)
    let costs = profiles.joined().map(\.cost).filter { $0 > 0 }
    let (low, high) = (costs.min() ?? 1, Swift.max(costs.max() ?? 10, 10 * (costs.min() ?? 1)))
    return try draw(
      "data-\(Int(-log10(τ)))",
      curves(profiles.map { $0.map { (Swift.max($0.cost, low), $0.part) } }, from: low, to: high),
      x: "cost (\(cost.label))", range: low...high)
  }

  /// The accuracy profile.
  func accuracyPicture() throws -> String {
    let curves = zip(methods, accuracy()).enumerated().map { index, pair in
      Curve(name: pair.0, style: index, points: pair.1.map { ($0.digits, $0.part) })
    }
    return try draw(
      "accuracy", curves, x: "digits of the way from f(x₀) to the least value", range: 0...16,
      isLogarithmic: false)
  }

  /// The cumulative run times with their bands.
  func runTimePicture() throws -> String {
    let times = runTimes()
    let costs = times.joined().map(\.cost)
    let curves = zip(methods, times).enumerated().map { index, pair in
      Curve(
        name: pair.0, style: index, points: pair.1.map { ($0.cost, $0.part) },
        band: pair.1.map { ($0.cost, $0.low, $0.high) })
    }
    let low = costs.min() ?? 1
    return try draw(
      "times", curves, x: "cost (\(cost.label))", range: low...Swift.max(costs.max() ?? 10, 2 * low))
  }

  /// A panel for each method beside the one that solves the most: the performance profile of those two alone.
  func pairPictures() throws -> [(title: String, svg: String)] {
    let best = ranking[0]
    return try ranking.dropFirst().map { other in
      let pair = performance(among: [best, other])
      let drawn = zip([best, other], pair).map { method, steps in
        Curve(
          name: methods[method], style: method,
          points: Self.staircase(steps.map { ($0.ratio, $0.part) }, from: 1, to: ratioLimit))
      }
      return (
        "\(methods[best]) and \(methods[other])",
        try draw(
          "pair-\(other)", drawn, x: "cost over the cheaper of the two", range: 1...ratioLimit,
          size: "380,300")
      )
    }
  }

  private var ratioLimit: Double { 128 }

  private func curves(_ steps: [[(Double, Double)]], from low: Double, to high: Double) -> [Curve] {
    zip(methods, steps).enumerated().map { index, pair in
      Curve(name: pair.0, style: index, points: Self.staircase(pair.1, from: low, to: high))
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

  private func draw(
    _ id: String, _ curves: [Curve], x label: String, range: ClosedRange<Double>, isLogarithmic: Bool = true,
    size: String = "560,480"
  ) throws -> String {
    var script = """
      set terminal svg size \(size) dynamic font 'sans-serif,13' noenhanced
      set encoding utf8
      \(isLogarithmic ? "set logscale x" : "")
      set format x '%g'
      set xrange [\(range.lowerBound):\(range.upperBound)]
      set yrange [0:1.02]
      set xlabel \(Gnuplot.quoted(label)) offset 0,0.5
      set ylabel 'part of the problems'
      set grid xtics ytics lc rgb '#808080' lw 0.4
      set border 3 lc rgb 'black'
      set tics nomirror
      set key \(curves.count > 2 ? "outside bottom center horizontal" : "bottom right vertical") samplen 2

      """
    var plots: [String] = []
    for (index, curve) in curves.enumerated() where !curve.band.isEmpty {
      script +=
        "$b\(index) << EOD\n" + curve.band.map { "\($0.x) \($0.low) \($0.high)" }.joined(separator: "\n")
      script += "\nEOD\n"
      let colour = Gnuplot.colours[curve.style % Gnuplot.colours.count]
      plots.append(
        "$b\(index) with filledcurves fs transparent solid 0.10 noborder lc rgb '\(colour)' notitle")
    }
    for (index, curve) in curves.enumerated() {
      script +=
        "$m\(index) << EOD\n" + curve.points.map { "\($0.x) \($0.y)" }.joined(separator: "\n") + "\nEOD\n"
      plots.append(
        "$m\(index) with lines \(Gnuplot.style(curve.style)) title \(Gnuplot.quoted(curve.name))")
    }
    return try Gnuplot.draw(script + "plot " + plots.joined(separator: ", ") + "\n", id: id)
  }
}
