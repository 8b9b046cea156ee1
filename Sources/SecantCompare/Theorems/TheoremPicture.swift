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

  /// The same on a page; nil where there are not two steps to draw.
  var figure: Figure? {
    guard let run = drawn else { return nil }
    let curves = curves(of: run)
    let points = curves.flatMap(\.points)
    guard curves.contains(where: { $0.points.count > 1 }) else { return nil }
    let steps = points.map(\.x)
    let plot = Plot(
      id: theorem.name,
      // What falls by a factor is a straight line over k itself.
      x: theorem.law == .factor
        ? .init(label: theorem.stepName, low: 0, high: steps.max()!)
        : .init(theorem.stepName, logarithmic: steps),
      y: .init("what the claim is about (its units)", logarithmic: points.map(\.y), margin: 0.2),
      curves: curves.map {
        Plot.Curve(name: $0.name, style: $0.name == "measured" ? 1 : 7, points: $0.points)
      })
    return Figure("On \(run.member)", plot)
  }
}

extension Theorem {
  /// The counter for an axis.
  var stepName: String { counter == "s" ? "s (epochs)" : "\(counter) (steps)" }
}
