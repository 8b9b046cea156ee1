import Foundation

extension CurvePicture {
  /// The data, the curve and its band, and below them the residuals, for a terminal.
  ///
  /// The lines fit into `width` columns.
  ///
  /// - Parameter isColoured: whether to colour the marks by ANSI sequences; they differ without them.
  public func plot(width: Int = 80, height: Int = 18, isColoured: Bool = false) -> String {
    guard !points.isEmpty else { return "There is nothing to plot: no observation has a finite place." }
    let x = LinearAxis(points.map(\.x) + curve.map(\.x))
    let y = LinearAxis(points.map(\.observed) + curve.map(\.value))
    let residuals = points.filter { $0.residual.isFinite }
    let r = LinearAxis(residuals.map(\.residual) + [0])
    let labels = (y.ticks(atMost: height / 3) + r.ticks(atMost: 4)).map(Self.label)
    let margin = (labels.map(\.count).max() ?? 1) + 1
    let columns = max(20, width - margin - 1)

    var above = Canvas(x, y, columns: columns, rows: height)
    for column in 0..<columns {
      if let band = band(at: x.low + (x.high - x.low) * Double(column) / Double(columns - 1)) {
        above.fill(column, from: band.lower, to: band.upper, with: .band)
      }
    }
    for (a, b) in zip(curve, curve.dropFirst()) { above.line(a.x, a.value, b.x, b.value, with: .curve) }
    for point in points { above.mark(point.x, point.observed, with: .data) }

    var below = Canvas(x, r, columns: columns, rows: max(5, height / 2 - 2))
    below.line(x.low, 0, x.high, 0, with: .zero)
    for point in residuals { below.mark(point.x, point.residual, with: .data) }

    var legend = ["\(Mark.data.draw(isColoured)) data", "\(Mark.curve.draw(isColoured)) \(curveName)"]
    if let nameOfBand { legend.append("\(Mark.band.draw(isColoured)) \(nameOfBand)") }
    var lines = ["  \(vertical)"] + above.lines(margin: margin, isColoured) + ["", "  residuals"]
    lines += below.lines(margin: margin, isColoured)
    lines += TerminalAxis.horizontal(
      x.ticks(atMost: columns / 10).map { (x.place($0), Self.label($0)) }, named: horizontal, margin: margin,
      columns: columns)
    return (lines + ["", legend.joined(separator: "   ")]).map(\.trimmingTrailingSpaces).joined(
      separator: "\n")
  }

  /// The band at x, on the line between the two nearest points that have one.
  private func band(at x: Double) -> (lower: Double, upper: Double)? {
    guard let k = curve.indices.dropLast().first(where: { curve[$0].x <= x && x <= curve[$0 + 1].x }),
      let a = curve[k].band, let b = curve[k + 1].band
    else { return nil }
    let width = curve[k + 1].x - curve[k].x
    let t = width > 0 ? (x - curve[k].x) / width : 0
    return (a.lower + t * (b.lower - a.lower), a.upper + t * (b.upper - a.upper))
  }

  fileprivate static func label(_ number: Double) -> String { String(format: "%g", number) }

  /// What a cell shows.
  fileprivate enum Mark: String {
    case band = "░"
    case zero = "─"
    case curve = "*"
    case data = "o"

    func draw(_ isColoured: Bool) -> String {
      let code =
        switch self {
        case .band, .zero: 90
        case .curve: 31
        case .data: 34
        }
      return isColoured ? "\u{1B}[\(code)m\(rawValue)\u{1B}[0m" : rawValue
    }
  }

  /// Cells to draw in.
  private struct Canvas {
    let x, y: LinearAxis
    var cells: [[Mark?]]

    init(_ x: LinearAxis, _ y: LinearAxis, columns: Int, rows: Int) {
      self.x = x
      self.y = y
      cells = Array(repeating: Array(repeating: nil, count: columns), count: rows)
    }

    private func column(_ a: Double) -> Double { x.place(a) * Double(cells[0].count - 1) }
    private func row(_ b: Double) -> Double { (1 - y.place(b)) * Double(cells.count - 1) }

    mutating func mark(_ a: Double, _ b: Double, with mark: Mark) {
      cells[Int(row(b).rounded())][Int(column(a).rounded())] = mark
    }

    mutating func fill(_ column: Int, from b: Double, to c: Double, with mark: Mark) {
      for row in Int(row(c).rounded())...Int(row(b).rounded()) { cells[row][column] = mark }
    }

    mutating func line(_ a: Double, _ b: Double, _ c: Double, _ d: Double, with mark: Mark) {
      let (from, to) = ((column(a), row(b)), (column(c), row(d)))
      let steps = max(1, Int(max(abs(to.0 - from.0), abs(to.1 - from.1)).rounded(.up)))
      for step in 0...steps {
        let t = Double(step) / Double(steps)
        let row = Int((from.1 + t * (to.1 - from.1)).rounded())
        cells[row][Int((from.0 + t * (to.0 - from.0)).rounded())] = mark
      }
    }

    func lines(margin: Int, _ isColoured: Bool) -> [String] {
      var labels = [Int: String]()
      for number in y.ticks(atMost: max(4, cells.count / 3)) {
        labels[Int(row(number).rounded())] = label(number)
      }
      return cells.enumerated().map { row, line in
        TerminalAxis.vertical(labels[row], margin: margin)
          + line.map { $0?.draw(isColoured) ?? " " }.joined()
      }
    }
  }
}
