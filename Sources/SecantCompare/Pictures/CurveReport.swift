import Foundation
import Mustache

/// A fit as one self-contained HTML page.
public struct CurveReport: Sendable {
  /// Rows of cells under a heading; the first row is the table's head where there is one.
  public struct Table: Sendable {
    public let title: String
    public let header: [String]
    public let rows: [[String]]

    public init(title: String, header: [String] = [], rows: [[String]]) {
      self.title = title
      self.header = header
      self.rows = rows
    }
  }

  let title: String
  let sentences: [String]
  let tables: [Table]
  let picture: CurvePicture
  let command: String

  /// - Parameters:
  ///   - title: what was fitted to what.
  ///   - sentences: what happened, in words.
  ///   - tables: the numbers.
  ///   - picture: the data and the curve.
  ///   - command: what makes the same fit again.
  public init(title: String, sentences: [String], tables: [Table], picture: CurvePicture, command: String) {
    self.title = title
    self.sentences = sentences
    self.tables = tables
    self.picture = picture
    self.command = command
  }

  /// The page. Without gnuplot it has everything but the pictures, and a line that says how to get them.
  public func html() -> String {
    var page = ReportStyle.pictures([
      Figure("The data and the \(picture.curveName)", picture.plot),
      Figure("The residuals", picture.plotOfResiduals),
    ])
    page.merge([
      "title": title,
      "sentences": sentences,
      "tables": tables.map { table in
        ["title": table.title, "table": ReportStyle.table(table.header, table.rows)] as [String: Any]
      },
      "command": command,
    ]) { $1 }
    return Self.template.render(page)
  }

  private static let template = ReportStyle.template(
    body: """
      {{#sentences}}
      <p>{{.}}</p>
      {{/sentences}}
      {{#tables}}
      <h2>{{title}}</h2>
      \(ReportStyle.table)
      {{/tables}}
      <h2>Pictures</h2>
      \(ReportStyle.pictures)
      <h2>The command</h2>
      <pre>{{command}}</pre>
      """)
}

// MARK: - Pictures

extension CurvePicture {
  /// The data, the curve and its bands.
  fileprivate var plot: Plot {
    let limits = curve.flatMap { p in
      [p.band, p.prediction].compactMap { $0 }.flatMap { [$0.lower, $0.upper] }
    }
    return Plot(
      id: "curve", x: axis(horizontal, points.map(\.x) + curve.map(\.x)),
      y: axis(vertical, points.map(\.observed) + curve.map(\.value) + limits),
      curves: [
        .init(
          name: nameOfPrediction ?? "", style: 12, points: [], mark: .band,
          band: curve.compactMap { p in p.prediction.map { (p.x, $0.lower, $0.upper) } }, opacity: 0.25),
        .init(
          name: nameOfBand ?? "", style: 0, points: [], mark: .band,
          band: curve.compactMap { p in p.band.map { (p.x, $0.lower, $0.upper) } }, opacity: 0.35),
        .init(name: curveName, style: 0, points: points.isEmpty ? [] : curve.map { ($0.x, $0.value) }),
        .init(name: "data", style: 1, points: points.map { ($0.x, $0.observed) }, mark: .points),
      ])
  }

  fileprivate var plotOfResiduals: Plot {
    let shown = points.filter { $0.residual.isFinite }
    return Plot(
      id: "residuals", x: axis(horizontal, points.map(\.x) + curve.map(\.x)),
      y: axis("residuals", shown.map(\.residual) + [0]),
      curves: [.init(name: "residual", style: 1, points: shown.map { ($0.x, $0.residual) }, mark: .points)],
      ground: ("", "0 with lines lw 1 lc rgb '#909090' notitle"))
  }

  private func axis(_ name: String, _ numbers: [Double]) -> Plot.Axis {
    let range = LinearAxis(numbers)
    return .init(label: "\(name) (units of the data)", low: range.low, high: range.high)
  }
}
