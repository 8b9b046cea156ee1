import Foundation
public import Secant

extension Comparison {
  /// The convergence plot for a terminal: f − f* against what was spent, both axes logarithmic, a letter a method.
  ///
  /// Where several methods pass through one cell the last one's letter shows. The lines fit into `width` columns.
  ///
  /// - Parameters:
  ///   - currency: what the horizontal axis counts.
  ///   - isColoured: whether to colour the letters by ANSI sequences; they tell the methods apart without them.
  public func plot(
    against currency: Currency = .passes, width: Int = 80, height: Int = 20, isColoured: Bool = false
  ) -> String {
    let curves = entries.map { curve(of: $0, against: .currency(currency)) }
    guard curves.contains(where: { !$0.isEmpty }) else {
      let spent = currencies.map { "‘\($0.rawValue)’" }.joined(separator: ", ")
      return spent.isEmpty || currencies.contains(currency)
        ? "There is nothing to plot: no method evaluated the objective."
        : "There is nothing to plot against \(currency.spelling): no method spent any. Plot against \(spent)."
    }
    return LogarithmicPlot(
      curves: zip(entries, curves).map { ($0.name, $1) }, horizontal: currency.axisLabel, vertical: "f − f*"
    ).text(width: width, height: height, isColoured: isColoured)
  }

  /// Half a unit in the last place of f*, and no less than 1e-20.
  var leastGap: Double {
    let ulp = scalar == "Float" ? Double(Float(reference.value).ulp) : reference.value.ulp
    return max(ulp / 2, 1e-20)
  }
}

/// Curves on logarithmic axes for a terminal, a letter each.
struct LogarithmicPlot {
  /// The curves, whose numbers are positive; at least one has a point.
  let curves: [(name: String, points: [(x: Double, y: Double)])]
  let horizontal, vertical: String

  /// The plot in lines that fit into `width` columns.
  func text(width: Int, height: Int, isColoured: Bool) -> String {
    let all = curves.map(\.points).joined()
    let x = LogarithmicAxis(all.map(\.x).min() ?? 1, all.map(\.x).max() ?? 1)
    let y = LogarithmicAxis(all.map(\.y).min() ?? 1, all.map(\.y).max() ?? 1)
    let margin = 8
    let columns = max(20, width - margin - 1)

    var cells = [[Int?]](repeating: Array(repeating: nil, count: columns), count: height)
    for (index, curve) in curves.map(\.points).enumerated() {
      // Between two samples the letters follow the straight line that a plot on paper would draw.
      for (a, b) in zip(curve, curve.dropFirst().isEmpty ? curve[...] : curve.dropFirst()) {
        let from = (x.place(a.x) * Double(columns - 1), y.place(a.y) * Double(height - 1))
        let to = (x.place(b.x) * Double(columns - 1), y.place(b.y) * Double(height - 1))
        let steps = max(1, Int(max(abs(to.0 - from.0), abs(to.1 - from.1)).rounded(.up)))
        for step in 0...steps {
          let t = Double(step) / Double(steps)
          let column = Int((from.0 + t * (to.0 - from.0)).rounded())
          let row = height - 1 - Int((from.1 + t * (to.1 - from.1)).rounded())
          cells[row][column] = index
        }
      }
    }

    var labels = [Int: String]()
    for decade in y.decades(atMost: height / 2) {
      labels[height - 1 - Int((y.place(decade) * Double(height - 1)).rounded())] = Self.power(decade)
    }
    var lines = ["  \(vertical)"]
    for (row, line) in cells.enumerated() {
      lines.append(TerminalAxis.vertical(labels[row], margin: margin) + draw(line, isColoured))
    }
    lines += TerminalAxis.horizontal(
      x.decades(atMost: columns / 9).map { (x.place($0), Self.power($0)) }, named: horizontal, margin: margin,
      columns: columns)
    lines.append(contentsOf: legend(width: width, isColoured))
    return lines.map(\.trimmingTrailingSpaces).joined(separator: "\n")
  }

  private func legend(width: Int, _ isColoured: Bool) -> [String] {
    var lines: [String] = [""]
    var used = 0
    for (index, curve) in curves.enumerated() {
      let text = "\(Self.letter(index)) \(curve.name)"
      if used > 0, used + 3 + text.count > width {
        lines.append("")
        used = 0
      }
      let shown = isColoured ? "\(Self.paint(Self.letter(index), index)) \(curve.name)" : text
      lines[lines.count - 1] += (used > 0 ? "   " : "") + shown
      used += text.count + (used > 0 ? 3 : 0)
    }
    return lines
  }

  private func draw(_ line: [Int?], _ isColoured: Bool) -> String {
    line.map { index in
      guard let index else { return " " }
      return isColoured ? Self.paint(Self.letter(index), index) : Self.letter(index)
    }.joined()
  }

  static func letter(_ index: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return String(letters[index % letters.count])
  }

  private static func paint(_ text: String, _ index: Int) -> String {
    let codes = [31, 32, 33, 34, 35, 36, 91, 92, 93, 94, 95, 96]
    return "\u{1B}[\(codes[index % codes.count])m\(text)\u{1B}[0m"
  }

  private static func power(_ decade: Double) -> String {
    let exponent = Int(log10(decade).rounded())
    return exponent >= 0 && exponent <= 4 ? String(Int(decade.rounded())) : "1e\(exponent)"
  }
}

/// A range of positive numbers on a logarithmic scale, widened to at least one decade.
struct LogarithmicAxis {
  let low: Double
  let high: Double

  init(_ least: Double, _ greatest: Double) {
    var (a, b) = (log10(least), log10(greatest))
    if b - a < 1 {
      a = a.rounded(.down)
      b = max(b.rounded(.up), a + 1)
    }
    (low, high) = (a, b)
  }

  /// 0 at the low end, 1 at the high end.
  func place(_ value: Double) -> Double { min(1, max(0, (log10(value) - low) / (high - low))) }

  /// Powers of ten within the range, every k-th so that they are at most `count`.
  func decades(atMost count: Int) -> [Double] {
    let first = Int((low - 1e-9).rounded(.up))
    let last = Int((high + 1e-9).rounded(.down))
    guard first <= last else { return [] }
    let stride = max(1, (last - first + max(1, count)) / max(1, count))
    return (first...last).filter { $0 % stride == 0 }.map { pow(10, Double($0)) }
  }
}

/// The axes of a plot for a terminal, left of which `margin` characters are for numbers.
enum TerminalAxis {
  /// What stands before a line: the vertical axis, and its number where there is one.
  static func vertical(_ label: String?, margin: Int) -> String {
    let text = label ?? ""
    return String(repeating: " ", count: max(0, margin - 1 - text.count)) + text + (label == nil ? "│" : "┤")
  }

  /// The lines below: the axis, its numbers as far as there is room, and its name.
  ///
  /// - Parameter labels: where they stand, from 0 at the left to 1 at the right.
  static func horizontal(
    _ labels: [(place: Double, text: String)], named name: String, margin: Int, columns: Int
  ) -> [String] {
    var axis = [Character](repeating: "─", count: columns)
    var ticks = [Character](repeating: " ", count: columns + margin)
    var free = 0
    for (place, text) in labels {
      let column = Int((place * Double(columns - 1)).rounded())
      let label = Array(text)
      let start = min(max(0, column + margin - label.count / 2), columns + margin - label.count)
      axis[column] = "┬"
      guard start >= free else { continue }
      ticks.replaceSubrange(start..<start + label.count, with: label)
      free = start + label.count + 1
    }
    return [
      String(repeating: " ", count: margin - 1) + "└" + String(axis), String(ticks),
      String(repeating: " ", count: margin + max(0, (columns - name.count) / 2)) + name,
    ]
  }
}

extension String {
  var trimmingTrailingSpaces: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
