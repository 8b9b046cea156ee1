import Foundation

/// Curves in a frame, drawn by one gnuplot script.
///
/// Their names stand in a legend beside the picture, in the letters of the page, so that it can be read at any width.
struct Plot {
  struct Curve {
    var name: String
    /// The number of its colour and dash.
    var style: Int
    var points: [(x: Double, y: Double)]
    var mark = Mark.line
    /// About the points, or alone.
    var band: [(x: Double, low: Double, high: Double)] = []
    var opacity = 0.1
  }

  /// How a curve looks.
  enum Mark {
    case line, points, lineAndPoints, band
  }

  /// What a legend says of a curve.
  struct Key {
    var name: String
    var style: Int
    var mark: Mark
  }

  struct Axis {
    /// What it shows, and its unit.
    var label: String
    var low, high: Double
    var isLogarithmic = false
    /// Where numbers stand; nil for where gnuplot puts them.
    var ticks: [Double]?

    init(
      label: String, low: Double, high: Double, isLogarithmic: Bool = false, ticks: [Double]? = nil
    ) {
      (self.label, self.low, self.high) = (label, low, high)
      (self.isLogarithmic, self.ticks) = (isLogarithmic, ticks)
    }

    /// A logarithmic axis that holds positive numbers, with so many decades more at either end.
    init(_ label: String, logarithmic numbers: [Double], margin: Double = 0) {
      let range = LogarithmicAxis(numbers.min() ?? 1, numbers.max() ?? 10)
      self.init(
        label: label, low: pow(10, range.low - margin), high: pow(10, range.high + margin),
        isLogarithmic: true)
    }
  }

  /// One word, which no other picture of the page has.
  var id: String
  var x, y: Axis
  var curves: [Curve]
  /// What lies under the curves: commands, and what is plotted of it.
  var ground: (commands: String, plot: String)?

  /// The curves that there is something of.
  private var drawn: [Curve] { curves.filter { !$0.points.isEmpty || !$0.band.isEmpty } }

  var legend: [Key] { drawn.map { Key(name: $0.name, style: $0.style, mark: $0.mark) } }

  /// The script, or nil where there is nothing to draw.
  var script: String? {
    let drawn = drawn
    guard !drawn.isEmpty else { return nil }
    var script = """
      set terminal svg size 480,360 dynamic font 'sans-serif,14' noenhanced
      set encoding utf8
      \(Self.commands("x", x))
      \(Self.commands("y", y))
      set grid xtics ytics lc rgb '#808080' lw 0.4
      set border 3 lc rgb 'black'
      set tics nomirror
      unset key

      """
    var plots: [String] = []
    if let ground {
      script += ground.commands + "\n"
      plots.append(ground.plot)
    }
    for (index, curve) in drawn.enumerated() where !curve.band.isEmpty {
      let rows = curve.band.map { "\($0.x) \($0.low) \($0.high)" }
      script += "$b\(index) << EOD\n\(rows.joined(separator: "\n"))\nEOD\n"
      plots.append(
        "$b\(index) with filledcurves fs transparent solid \(curve.opacity) noborder lc rgb '\(Gnuplot.colour(curve.style))' notitle"
      )
    }
    for (index, curve) in drawn.enumerated() where !curve.points.isEmpty {
      let rows = curve.points.map { "\($0.x) \($0.y)" }
      script += "$m\(index) << EOD\n\(rows.joined(separator: "\n"))\nEOD\n"
      let shape =
        switch curve.mark {
        case .points: "points pt 7 ps 0.6"
        case .lineAndPoints: "linespoints pt 7 ps 0.3"
        case .line, .band: curve.points.count == 1 ? "points pt 7 ps 0.6" : "lines"
        }
      plots.append(
        "$m\(index) with \(shape) \(Gnuplot.style(curve.style)) title \(Gnuplot.quoted(curve.name))")
    }
    return script + "plot " + plots.joined(separator: ", ") + "\n"
  }

  private static func commands(_ name: String, _ axis: Axis) -> String {
    var lines = [
      "set \(name)range [\(axis.low):\(axis.high)]",
      "set \(name)label \(Gnuplot.quoted(axis.label))",
    ]
    if axis.isLogarithmic { lines.append("set logscale \(name)") }
    let ticks =
      axis.ticks ?? (axis.isLogarithmic ? LogarithmicAxis(axis.low, axis.high).decades(atMost: 7) : [])
    if ticks.isEmpty {
      lines.append("set format \(name) '%g'")
    } else {
      lines.append(
        "set \(name)tics (\(ticks.map { "\(Gnuplot.quoted(label($0))) \($0)" }.joined(separator: ", ")))")
    }
    return lines.joined(separator: "\n")
  }

  /// A power of ten beyond what is read at a glance by its exponent, any other number as it is.
  static func label(_ x: Double) -> String {
    let exponent = log10(x)
    guard x > 0, exponent == exponent.rounded(), abs(exponent) > 3 else { return String(format: "%g", x) }
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "10"
      + String(Int(exponent)).map { $0 == "-" ? "⁻" : String(digits[$0.wholeNumberValue!]) }.joined()
  }
}

/// A picture on a page.
struct Figure {
  var title: String
  /// What it shows and what not, for a person; empty where the title says it all.
  var sentence = ""
  /// One word, which no other picture of the page has.
  var id: String
  /// What gnuplot draws, or nil where there is nothing to draw.
  var script: String?
  var legend: [Plot.Key] = []
}

extension Figure {
  init(_ title: String, _ plot: Plot, _ sentence: String = "") {
    self.init(title: title, sentence: sentence, id: plot.id, script: plot.script, legend: plot.legend)
  }
}
