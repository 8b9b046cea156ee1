import ArgumentParser
import Foundation
import SecantCompare

/// `secant problems`: what there is to try a method on.
struct ProblemsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problems", abstract: "List the problems of the library.",
    discussion: "secant problems --class convex --dimension 2:10")

  @OptionGroup var choice: ProblemOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try await explained {
      let problems = try choice.chosen()
      guard json else { return print(table(problems)) }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      print(String(decoding: try encoder.encode(problems.map(Row.init)), as: UTF8.self))
    }
  }

  private struct Row: Encodable {
    let name, title, reference: String
    let dimension: Int
    let classes, capabilities: [String]
    let minimum: Double?

    init(_ problem: LibraryProblem) {
      (name, title, reference) = (problem.name, problem.title, problem.reference)
      (dimension, minimum) = (problem.dimension, problem.minimum)
      classes = LibraryProblem.Class.allCases.filter(problem.classes.contains).map(\.rawValue)
      capabilities = problem.capabilities.map(\.rawValue)
    }
  }

  private func table(_ problems: [LibraryProblem]) -> String {
    Comparison.Table(
      header: ["problem", "class", "n", "f*", "source"],
      rows: problems.map { problem in
        [
          problem.name,
          LibraryProblem.Class.allCases.filter(problem.classes.contains).map(\.words).joined(separator: ", "),
          "\(problem.dimension)", problem.minimum.map { String(format: "%.6g", $0) } ?? "", problem.reference,
        ]
      }
    ).text() + "\n\n\(problems.count) problems"
  }
}

/// Which problems of the library.
struct ProblemOptions: ParsableArguments {
  @Option(help: "Names of the library, separated by commas.")
  var problems: String?

  @Option(
    name: .customLong("class"),
    help: "Those of a class: \(LibraryProblem.Class.allCases.map(\.rawValue).joined(separator: ", ")).")
  var kind: String?

  @Option(
    help: "Those of so many variables, the least and the most, either of which can be left out: 2:10, :100.")
  var dimension: String?

  /// Whether nothing is chosen.
  var isEmpty: Bool { problems == nil && kind == nil && dimension == nil }

  /// Whether neither names nor the class ask for problems with bounds.
  var isOfAll: Bool { problems == nil && kind?.lowercased() != LibraryProblem.Class.bounded.rawValue }

  func chosen() throws(UsageError) -> [LibraryProblem] {
    var chosen = ProblemLibrary.all
    if let problems {
      chosen = []
      for name in problems.split(separator: ",").map({ $0.trimmingCharacters(in: .whitespaces) }) {
        guard let problem = ProblemLibrary[name] else {
          throw .unknown("problem", name, among: ProblemLibrary.all.map(\.name))
        }
        chosen.append(problem)
      }
    }
    if let kind {
      guard
        let kind = LibraryProblem.Class.allCases.first(where: {
          $0.rawValue.lowercased() == kind.lowercased()
        })
      else {
        throw .unknown("class", kind, among: LibraryProblem.Class.allCases.map(\.rawValue))
      }
      chosen.removeAll { !$0.classes.contains(kind) }
    }
    if let dimension {
      let ends = dimension.split(separator: ":", omittingEmptySubsequences: false).map {
        $0.isEmpty ? nil : Int($0)
      }
      let texts = dimension.split(separator: ":", omittingEmptySubsequences: false)
      guard (1...2).contains(texts.count), zip(texts, ends).allSatisfy({ $0.isEmpty || $1 != nil }),
        let least = ends.count == 1 ? ends[0] : .some(ends[0] ?? 1), least >= 1,
        (ends.count == 1 ? least : ends[1] ?? .max) >= least
      else {
        throw UsageError("--dimension is ‘\(dimension)’; write a number, or two with a colon such as 2:10.")
      }
      let most = ends.count == 1 ? least : ends[1] ?? .max
      chosen.removeAll { !(least...most).contains($0.dimension) }
    }
    guard !chosen.isEmpty else {
      throw UsageError("No problem of the library is so; ‘secant problems’ prints them all.")
    }
    return chosen
  }
}
