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

  /// Runs scripts of which each writes one SVG, one after the other.
  static func draw(_ scripts: [(script: String, id: String)]) throws -> [String] {
    guard !scripts.isEmpty else { return [] }
    guard let executable else { throw Failure.missing }
    let files = FileManager.default
    let directory = files.temporaryDirectory.appending(path: "secant-\(UUID().uuidString)")
    defer { try? files.removeItem(at: directory) }
    let (input, complaints) = (directory.appending(path: "script"), directory.appending(path: "complaints"))
    try files.createDirectory(at: directory, withIntermediateDirectories: false)
    let script = scripts.map(\.script).joined(separator: "unset output\nreset session\n")
    try Data(script.utf8).write(to: input)
    try Data().write(to: complaints)
    let process = Process()
    let output = Pipe()
    process.executableURL = executable
    process.arguments = [input.path]
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    let drawn = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let elements = drawn.split(separator: "<svg").dropFirst()
    guard process.terminationStatus == 0, elements.count == scripts.count else {
      throw Failure.refused(String(decoding: try Data(contentsOf: complaints), as: UTF8.self))
    }
    return zip(elements, scripts).map { inlined($0, id: $1.id) }
  }

  /// The SVG element alone, of what follows its tag: black taken from the page, its identifiers made unique on it, and
  /// what nothing refers to left out.
  static func inlined(_ svg: Substring, id: String) -> String {
    var body = String(svg[..<(svg.range(of: "</svg>", options: .backwards)?.lowerBound ?? svg.endIndex)])
    if let begin = body.range(of: "<defs>"), let end = body.range(of: "</defs>"),
      !body[end.upperBound...].contains("href='#"), !body[end.upperBound...].contains("url(#")
    {
      body.removeSubrange(begin.lowerBound..<end.upperBound)
    }
    if let begin = body.range(of: "<title>"), let end = body.range(of: "</desc>") {
      body.removeSubrange(begin.lowerBound..<end.upperBound)
    }
    return
      ("<svg" + body + "</svg>")
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

  /// Colours that stand out by at least 3 : 1 on white and on the pages' dark.
  private static let colours = [
    "#d62728", "#1f77b4", "#2ca02c", "#d97706", "#9467bd", "#0e8fa8", "#c2185b", "#8d6e63", "#7f8c1d",
    "#5c6bc0", "#00897b", "#b0408f", "#708090", "#c05621",
  ]

  /// The lengths of dashes and gaps, none for a line without any.
  private static let dashes = [[], [7, 3], [2, 3], [8, 3, 2, 3]]

  static func colour(_ index: Int) -> String { colours[index % colours.count] }

  /// The n-th method's dashes: seven lines without any, seven with the first kind, and so on.
  static func dash(_ index: Int) -> [Int] { dashes[index / 7 % dashes.count] }

  /// How the n-th method's line looks.
  static func style(_ index: Int) -> String {
    let dash = dash(index)
    let type = dash.isEmpty ? "1" : "(\(dash.map(String.init).joined(separator: ",")))"
    return "lw 1.8 dt \(type) lc rgb '\(colour(index))'"
  }
}
