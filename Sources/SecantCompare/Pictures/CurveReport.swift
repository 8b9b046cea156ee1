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
      Figure(title: "The data and the \(picture.curveName)", id: "curve", script: picture.script),
      Figure(title: "The residuals", id: "residuals", script: picture.scriptOfResiduals),
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

  /// Every value stands in double braces, which escape it; the SVG alone comes as it is.
  private static let template = ReportStyle.template(
    rules: """
      th:first-child { text-align: left; }
      pre { white-space: pre-wrap; padding: .6rem .8rem; border: 1px solid var(--line); }
      """,
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
  /// What draws the data, the curve and its bands; nil without data.
  var script: String? {
    guard !points.isEmpty else { return nil }
    var script = head(vertical)
    var plots: [String] = []
    func add(_ name: String, _ rows: [String], _ style: String) {
      guard !rows.isEmpty else { return }
      script += "$\(name) << EOD\n\(rows.joined(separator: "\n"))\nEOD\n"
      plots.append("$\(name) \(style)")
    }
    let predicted = curve.compactMap { p in p.prediction.map { "\(p.x) \($0.lower) \($0.upper)" } }
    add(
      "prediction", predicted,
      "using 1:2:3 with filledcurves fs solid 0.2 noborder lc rgb '#708090' title \(Gnuplot.quoted(nameOfPrediction ?? ""))"
    )
    let band = curve.compactMap { p in p.band.map { "\(p.x) \($0.lower) \($0.upper)" } }
    add(
      "band", band,
      "using 1:2:3 with filledcurves fs solid 0.35 noborder lc rgb '#d62728' title \(Gnuplot.quoted(nameOfBand ?? ""))"
    )
    add(
      "curve", curve.map { "\($0.x) \($0.value)" },
      "with lines lw 1.8 lc rgb '#d62728' title \(Gnuplot.quoted(curveName))")
    add(
      "data", points.map { "\($0.x) \($0.observed)" },
      "with points pt 7 ps 0.7 lc rgb '#1f77b4' title 'data'")
    return script + "plot " + plots.joined(separator: ", ") + "\n"
  }

  /// What draws the residuals; nil without any.
  var scriptOfResiduals: String? {
    let rows = points.filter { $0.residual.isFinite }.map { "\($0.x) \($0.residual)" }
    guard !rows.isEmpty else { return nil }
    return
      head("residuals") + "$data << EOD\n\(rows.joined(separator: "\n"))\nEOD\n"
      + "plot 0 with lines lw 1 lc rgb '#909090' notitle, $data with points pt 7 ps 0.7 lc rgb '#1f77b4' notitle\n"
  }

  private func head(_ vertical: String) -> String {
    let x = LinearAxis(points.map(\.x) + curve.map(\.x))
    return """
      set terminal svg size 760,460 dynamic font 'sans-serif,16' noenhanced
      set encoding utf8
      set xrange [\(x.low):\(x.high)]
      set xlabel \(Gnuplot.quoted(horizontal))
      set ylabel \(Gnuplot.quoted(vertical))
      set grid xtics ytics lc rgb '#808080' lw 0.4
      set border 3 lc rgb 'black'
      set tics nomirror
      set key outside top center horizontal samplen 2

      """
  }
}
