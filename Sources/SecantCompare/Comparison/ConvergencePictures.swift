import Foundation
import Secant

// What a comparison draws.

extension Comparison {
  /// What a curve shows of a run.
  enum Measure {
    case gap, gradient
  }

  /// Convergence against each cost that was paid, and the paths.
  var figures: [Figure] {
    let name = gradientHeading
    let costs: [(cost: Cost, words: String)] = [
      (.gradientEquivalents, "gradient equivalents"), (.currency(.passes), "passes over the data"),
      (.currency(.seconds), "seconds"),
    ]
    let curves = costs.flatMap { cost, words in
      [
        convergence(
          "f − f* against \(words)", .gap, "f − f* (units of f)", cost,
          cost == .gradientEquivalents
            ? "How far f at the current point lies above f*, against what had been spent by then. Lower and further left is "
              + "better. What is below the rounding of f* is drawn there. It does not show whether a run knew that it was done: "
              + "for that see the table."
            : cost == .currency(.seconds)
              ? "Seconds are those of one run on one machine, and not the same the next time." : ""),
        convergence(
          "\(name) against \(words)", .gradient, "\(name) (units of f per unit of x)", cost,
          cost == .gradientEquivalents
            ? "The gradient vanishes at a minimum, and at every saddle too; it may rise on the way down." : ""
        ),
      ]
    }
    return curves
      + [
        Figure(
          title: "The paths over the contours of f",
          sentence:
            "Each line joins the points of a run. Contours are closer where f is steeper; they are drawn at values that part "
            + "the ground into shares, not at equal steps. A run that leaves the frame is cut off.",
          id: "paths", script: paths?.script, legend: paths?.legend ?? [])
      ]
  }

  private func convergence(
    _ title: String, _ measure: Measure, _ label: String, _ cost: Cost, _ sentence: String
  ) -> Figure {
    let curves = entries.enumerated().map { index, entry in
      Plot.Curve(name: entry.name, style: index, points: curve(of: entry, against: cost, measure))
    }
    let points = curves.flatMap(\.points)
    let plot = Plot(
      id: "\(measure)-\(cost.label.prefix { $0.isLetter })",
      x: .init(cost.axisLabel, logarithmic: points.map(\.x), margin: 0.02),
      y: .init(label, logarithmic: points.map(\.y), margin: 0.2), curves: curves)
    return Figure(title, plot, sentence)
  }

  /// The methods' paths over the contours of a function of two variables; nil without a landscape.
  private var paths: Plot? {
    landscape.flatMap { landscape in
      landscape.plot(
        id: "paths",
        paths: entries.enumerated().map { index, entry in
          (entry.name, index, entry.trace.samples.compactMap(\.point))
        })
    }
  }

  /// What can be drawn of an entry: amounts above zero, gaps that are finite, lifted to the least gap that the
  /// scalar can show.
  func curve(of entry: Entry, against cost: Cost, _ measure: Measure = .gap) -> [(x: Double, y: Double)] {
    entry.trace.samples.compactMap { sample in
      let x = cost.amount(dimension) { sample.ledger[$0] }
      let y = measure == .gap ? gap(sample.value) : sample.gradientNorm
      // Beyond it no axis has room.
      guard x > 0, y < 1e300, measure == .gap || y > 0 else { return nil }
      return (x, max(y, measure == .gap ? leastGap : 1e-30))
    }
  }
}

extension Landscape {
  /// Paths over the contours; nil where there are none.
  func plot(id: String, paths: [(name: String, style: Int, points: [[Double]])]) -> Plot? {
    guard !levels.isEmpty else { return nil }
    let grid = zip(y, values).map { y, row in
      zip(x, row).filter(\.1.isFinite).map { "\($0.0) \(y) \($0.1)" }.joined(separator: "\n")
    }
    let commands = """
      $grid << EOD
      \(grid.joined(separator: "\n\n"))
      EOD
      set contour base
      unset surface
      set cntrparam levels discrete \(levels.map { "\($0)" }.joined(separator: ", "))
      set table $contours
      splot $grid using 1:2:3
      unset table
      """
    return Plot(
      id: id, x: .init(label: "x₁ (first variable)", low: x.first!, high: x.last!),
      y: .init(label: "x₂ (second variable)", low: y.first!, high: y.last!),
      curves: paths.map { name, style, points in
        Plot.Curve(
          name: name, style: style,
          points: points.filter { $0.allSatisfy(\.isFinite) }.map { (x: $0[0], y: $0[1]) },
          mark: points.count <= 60 ? .lineAndPoints : .line)
      }, ground: (commands, "$contours with lines lc rgb '#909090' lw 0.6 notitle"))
  }
}
