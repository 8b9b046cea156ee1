import Foundation
import Testing

/// Every Swift example of the README and the guides is a whole program that compiles and runs.
@Suite struct DocumentationExamplesTests {
  static let documents: [URL] = {
    let guides = ["Secant", "SecantAutoDiff"].flatMap { module in
      let folder = Compiler.package.appending(path: "Sources/\(module)/\(module).docc")
      let articles = (try? FileManager.default.subpathsOfDirectory(atPath: folder.path)) ?? []
      return articles.filter { $0.hasSuffix(".md") }.sorted().map { folder.appending(path: $0) }
    }
    return [Compiler.package.appending(path: "README.md")] + guides
  }()

  /// The Swift blocks of all documents, each with where it stands.
  static let examples: [(place: String, source: String)] = documents.flatMap { document in
    let text = (try? String(contentsOf: document, encoding: .utf8)) ?? ""
    return text.components(separatedBy: "```swift\n").dropFirst().enumerated().map { index, rest in
      (
        "\(document.lastPathComponent), example \(index + 1)",
        rest.components(separatedBy: "\n```").first ?? ""
      )
    }
  }

  @Test func thereAreExamples() { #expect(Self.examples.count >= 3) }

  @Test(arguments: examples.indices)
  func compilesAndRuns(index: Int) throws {
    let example = Self.examples[index]
    let output = try Compiler.run(example.source)
    #expect(output.succeeded, "\(example.place):\n\(output.text)")
  }
}
