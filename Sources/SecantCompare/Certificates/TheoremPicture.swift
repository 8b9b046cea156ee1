import Foundation
import Secant

extension TheoremCheck {
  /// The run that is drawn: the one that came nearest to its bound, or else the first.
  private var drawn: TheoremRun? { tightest.map { runs[$0.run] } ?? runs.first }

  /// What was measured, and the bound, where both axes can show it.
  private func curves(of run: TheoremRun) -> [(name: String, points: [(x: Double, y: Double)])] {
    func points(_ y: (TheoremRun.Sample) -> Double?) -> [(x: Double, y: Double)] {
      run.samples.compactMap { sample in
        guard sample.k > 0, let y = y(sample), y > 0, y.isFinite else { return nil }
        return (sample.k, max(y, run.floor))
      }
    }
    return [("the bound", points(\.bound)), ("measured", points(\.measured))].filter { !$0.points.isEmpty }
  }

  /// What was measured beside the bound on logarithmic axes, for a terminal; nil where there are not two steps to draw.
  public func plot(width: Int = 80, height: Int = 14, isColoured: Bool = false) -> String? {
    guard let run = drawn else { return nil }
    let curves = curves(of: run)
    guard curves.contains(where: { $0.points.count > 1 }) else { return nil }
    return LogarithmicPlot(curves: curves, horizontal: theorem.stepName, vertical: run.member)
      .text(width: width, height: height, isColoured: isColoured)
  }

  /// The same as an SVG element; nil where there are not two steps to draw.
  func picture() throws -> String? {
    guard let run = drawn else { return nil }
    let curves = curves(of: run)
    let points = curves.flatMap(\.points)
    guard curves.contains(where: { $0.points.count > 1 }) else { return nil }
    let x = LogarithmicAxis(points.map(\.x).min()!, points.map(\.x).max()!)
    let y = LogarithmicAxis(points.map(\.y).min()!, points.map(\.y).max()!)
    // What falls by a factor is a straight line over k itself.
    let isGeometric = theorem.law == .factor
    let range = isGeometric ? "[0:\(points.map(\.x).max()!)]" : "[\(pow(10, x.low)):\(pow(10, x.high))]"
    var script = """
      set terminal svg size 560,360 dynamic font 'sans-serif,13' noenhanced
      set encoding utf8
      set logscale \(isGeometric ? "y" : "xy")
      set format x '%g'
      set format y '%.0e'
      unset mytics
      set xrange \(range)
      set yrange [\(pow(10, y.low - 0.2)):\(pow(10, y.high + 0.2))]
      set xlabel \(Gnuplot.quoted(theorem.stepName))
      set ylabel \(Gnuplot.quoted("the quantity of the claim"))
      set grid xtics ytics lc rgb '#808080' lw 0.4
      set border 3 lc rgb 'black'
      set tics nomirror
      set key outside bottom center horizontal samplen 2

      """
    var plots = [String]()
    for (index, curve) in curves.enumerated() {
      script +=
        "$m\(index) << EOD\n" + curve.points.map { "\($0.x) \($0.y)" }.joined(separator: "\n") + "\nEOD\n"
      let style =
        curve.name == "measured" ? "lines lw 1.8 lc rgb '#1f77b4'" : "lines lw 1.8 dt 2 lc rgb '#d62728'"
      plots.append("$m\(index) with \(style) title \(Gnuplot.quoted(curve.name))")
    }
    return try Gnuplot.draw(script + "plot " + plots.joined(separator: ", ") + "\n", id: theorem.name)
  }
}

extension Theorem {
  /// What the statement counts with: k, unless it is written with another letter.
  var counter: String {
    let marks = [("T", "R(T)"), ("T", "√T"), ("K", "(1/K)"), ("s", "w̃ₛ")]
    return marks.first { statement.contains($0.1) }?.0 ?? "k"
  }

  /// The same for an axis.
  var stepName: String { counter == "s" ? "s (epochs)" : "\(counter) (steps)" }
}
