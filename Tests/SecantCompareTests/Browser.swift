import Foundation

/// Chromium without a window.
enum Browser {
  /// How a page is looked at.
  struct View: Sendable {
    var name: String
    var width: Int
    var scheme = "light"
    /// Whether the rules for paper hold.
    var isPrint = false

    static let desktop = View(name: "desktop", width: 1280)
    static let all = [
      desktop, View(name: "desktop, dark", width: 1280, scheme: "dark"), View(name: "phone", width: 390),
      View(name: "phone, dark", width: 390, scheme: "dark"),
      // A4 within margins of 1 cm.
      View(name: "paper", width: 718, isPrint: true),
    ]
  }

  /// What was found in a view.
  struct Look: Decodable {
    struct Seen: Decodable { var width, texts: Int; var isDark: Bool }
    var view: String
    var seen: Seen
    /// What is wrong, each by its kind and a colon.
    var findings: [String]

    func has(_ kind: String) -> Bool { findings.contains { $0.hasPrefix(kind + ":") } }
  }

  private static let executable = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].first(
    where: FileManager.default.isExecutableFile)

  static var isInstalled: Bool { executable != nil }

  /// Opens pages, all at once: each in a frame as wide as its view, for Chromium has no windows as narrow as a phone.
  static func look(at pages: [(page: String, view: View)]) throws -> [Look] {
    let frames = pages.map { page, view in
      var page = view.isPrint ? page.replacing("@media print", with: "@media all") : page
      if let head = page.range(of: "<head>") {
        let names = "const view = \"\(view.name)\", isPrint = \(view.isPrint);"
        page.insert(contentsOf: "<script>\(names)\(probe)</script>", at: head.upperBound)
      }
      let source = page.replacing("&", with: "&amp;").replacing("\"", with: "&quot;")
      return """
        <iframe width="\(view.width)" height="2000" style="border: 0; color-scheme: \(view.scheme)" srcdoc="\(source)"></iframe>
        """
    }
    let directory = FileManager.default.temporaryDirectory.appending(path: "secant-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: directory) }
    let (input, output) = (directory.appending(path: "page.html"), directory.appending(path: "output"))
    let text = "<!DOCTYPE html><meta charset=\"utf-8\"><pre id=\"findings\"></pre>\(frames.joined())"
    try Data(text.utf8).write(to: input)
    try Data().write(to: output)
    let process = Process()
    process.executableURL = URL(filePath: executable!)
    process.arguments = [
      // The sandbox does not start as root; the pages are our own.
      "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
      "--no-first-run", "--user-data-dir=\(directory.appending(path: "profile").path)", "--dump-dom",
      input.absoluteString,
    ]
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let dump = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    guard let begin = dump.range(of: "<pre id=\"findings\">"),
      let end = dump.range(of: "</pre>", range: begin.upperBound..<dump.endIndex)
    else { return [] }
    let lines = dump[begin.upperBound..<end.lowerBound].replacing("&lt;", with: "<").replacing(
      "&gt;", with: ">"
    )
    .replacing("&nbsp;", with: " ").replacing("&amp;", with: "&").split(separator: "\n")
    let looks = try lines.map { try JSONDecoder().decode(Look.self, from: Data($0.utf8)) }
    // The frames finish in any order.
    return pages.compactMap { page in looks.first { $0.view == page.view.name } }
  }
}
