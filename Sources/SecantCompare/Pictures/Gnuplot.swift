import Foundation
import Secant

/// The external program that draws the pictures of a report.
public enum Gnuplot {
  /// How to get it, in one line.
  public static let advice =
    "The pictures need gnuplot, which was not found; install it with: apt-get install gnuplot-nox"

  /// Where it is on the search path, or nil.
  static var executable: URL? {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").map { URL(filePath: String($0)).appending(path: "gnuplot") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }

  public static var isInstalled: Bool { executable != nil }

  /// Why there is no picture.
  enum Failure: Error, CustomStringConvertible {
    case missing
    case refused(String)

    var description: String {
      switch self {
      case .missing: Gnuplot.advice
      case .refused(let reason): "There are no pictures, for gnuplot failed: \(reason)"
      }
    }
  }

  /// Runs a script that writes one SVG to its standard output.
  static func draw(_ script: String, id: String) throws -> String {
    guard let executable else { throw Failure.missing }
    let files = FileManager.default
    let directory = files.temporaryDirectory.appending(path: "secant-\(UUID().uuidString)")
    defer { try? files.removeItem(at: directory) }
    let (input, complaints) = (directory.appending(path: "script"), directory.appending(path: "complaints"))
    try files.createDirectory(at: directory, withIntermediateDirectories: false)
    try Data(script.utf8).write(to: input)
    try Data().write(to: complaints)
    let process = Process()
    let output = Pipe()
    process.executableURL = executable
    process.arguments = [input.path]
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    let svg = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0, let picture = inlined(svg, id: id) else {
      throw Failure.refused(String(decoding: try Data(contentsOf: complaints), as: UTF8.self))
    }
    return picture
  }

  /// The SVG element alone, black taken from the page, its identifiers made unique on it.
  static func inlined(_ svg: String, id: String) -> String? {
    guard let start = svg.range(of: "<svg"), let end = svg.range(of: "</svg>", options: .backwards) else {
      return nil
    }
    return String(svg[start.lowerBound..<end.upperBound])
      .replacing("black", with: "currentColor")
      .replacing("rgb(  0,   0,   0)", with: "currentColor")
      .replacing("id='", with: "id='\(id)-")
      .replacing("id=\"", with: "id=\"\(id)-")
      .replacing("href='#", with: "href='#\(id)-")
      .replacing("url(#", with: "url(#\(id)-")
  }

  /// A string in gnuplot's single quotes, in which only the quote itself has a meaning.
  static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''").replacing("\n", with: " ") + "'"
  }

  /// Colours that can be told apart on white and on black.
  static let colours = [
    "#d62728", "#1f77b4", "#2ca02c", "#e08000", "#9467bd", "#17a2b8", "#c2185b", "#8d6e63", "#7f8c1d",
    "#5c6bc0", "#00897b", "#b0408f", "#708090", "#ff7043",
  ]

  /// How the n-th method's line looks; colours come again with another dash.
  static func style(_ index: Int) -> String {
    "lw 1.8 dt \(1 + index / colours.count % 5) lc rgb '\(colours[index % colours.count])'"
  }
}

extension Comparison {
  /// f − f* against what was spent, on logarithmic axes, as an SVG element; nil without data.
  func picture(against currency: Currency) throws -> String? {
    let curves = entries.map { curve(of: $0, against: currency) }
    guard curves.contains(where: { !$0.isEmpty }) else { return nil }
    let points = curves.joined()
    let x = LogarithmicAxis(points.map(\.x).min()!, points.map(\.x).max()!)
    let y = LogarithmicAxis(points.map(\.y).min()!, points.map(\.y).max()!)
    var script = """
      set terminal svg size 760,460 dynamic font 'sans-serif,13' noenhanced
      set encoding utf8
      set logscale xy
      set format x '%g'
      set format y '%.0e'
      unset mytics
      set xrange [\(pow(10, x.low - 0.02)):\(pow(10, x.high + 0.02))]
      set yrange [\(pow(10, y.low - 0.2)):\(pow(10, y.high + 0.2))]
      set xlabel \(Gnuplot.quoted(currency.axisLabel))
      set ylabel 'f − f*'
      set grid xtics ytics lc rgb '#808080' lw 0.4
      set border 3 lc rgb 'black'
      set tics nomirror
      set key outside right top vertical samplen 2

      """
    var plots: [String] = []
    for (index, curve) in curves.enumerated() where !curve.isEmpty {
      script += "$m\(index) << EOD\n" + curve.map { "\($0.x) \($0.y)" }.joined(separator: "\n") + "\nEOD\n"
      let shape = curve.count == 1 ? "points pt 7 ps 0.6" : "lines"
      plots.append(
        "$m\(index) with \(shape) \(Gnuplot.style(index)) title \(Gnuplot.quoted(entries[index].name))")
    }
    return try Gnuplot.draw(script + "plot " + plots.joined(separator: ", ") + "\n", id: currency.rawValue)
  }

  /// The methods' paths over the contours of a function of two variables; nil without a landscape.
  func trajectory() throws -> String? {
    guard let landscape, !landscape.levels.isEmpty else { return nil }
    let grid = zip(landscape.y, landscape.values).map { y, row in
      zip(landscape.x, row).filter(\.1.isFinite).map { "\($0.0) \(y) \($0.1)" }.joined(separator: "\n")
    }
    var script = """
      set terminal svg size 760,520 dynamic font 'sans-serif,13' noenhanced
      set encoding utf8
      set xrange [\(landscape.x.first!):\(landscape.x.last!)]
      set yrange [\(landscape.y.first!):\(landscape.y.last!)]
      set xlabel 'x₁'
      set ylabel 'x₂' norotate
      set border 3 lc rgb 'black'
      set tics nomirror
      set key outside right top vertical samplen 2
      $grid << EOD
      \(grid.joined(separator: "\n\n"))
      EOD
      set contour base
      unset surface
      set cntrparam levels discrete \(landscape.levels.map { "\($0)" }.joined(separator: ", "))
      set table $contours
      splot $grid using 1:2:3
      unset table

      """
    var plots = ["$contours with lines lc rgb '#909090' lw 0.6 notitle"]
    for (index, entry) in entries.enumerated() {
      let points = entry.trace.samples.compactMap(\.point).filter { $0.allSatisfy(\.isFinite) }
      guard !points.isEmpty else { continue }
      script += "$m\(index) << EOD\n" + points.map { "\($0[0]) \($0[1])" }.joined(separator: "\n") + "\nEOD\n"
      plots.append(
        "$m\(index) with linespoints pt 7 ps 0.25 \(Gnuplot.style(index)) title \(Gnuplot.quoted(entry.name))"
      )
    }
    return try Gnuplot.draw(script + "plot " + plots.joined(separator: ", ") + "\n", id: "trajectory")
  }
}
