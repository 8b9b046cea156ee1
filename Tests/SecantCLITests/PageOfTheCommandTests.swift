import Foundation
import SecantCompare
import Testing

/// What a few lines of Swift compare is what the command compares, and the pages are the same.
@Suite struct PageOfTheCommandTests {
  @Test func aStudyGivesThePageOfTheCommand() async throws {
    let (command, page) = try page {
      ["profile", "--problems", "beale,hs1,iris", "--methods", "lbfgs,newton,tron", "--report", $0]
    }
    #expect(command.status == 0, "\(command.errors)")
    let study = try Study(
      of: ["beale", "hs1", "iris"].map { try #require(ProblemLibrary[$0]) },
      by: Request.methods("lbfgs,newton,tron", among: MethodDescription.all + MethodDescription.bounded))
    let record = try await study.run()
    #expect(record.report() == page)
    #expect(page.contains("secant profile --problems beale,hs1,iris --methods lbfgs,newton,tron"))
  }

  /// But for the seconds, which no two runs share.
  @Test(arguments: [
    ("rosenbrock:dimension=2", "newton,lbfgs,adam:rate=0.01"), ("iris", "newton,lbfgs"),
    ("hs1", "tron,lbfgsb"),
  ]) func aComparisonGivesThePageOfTheCommand(problem: String, methods: String) throws {
    var json = Data()
    let (command, page) = try page { report in
      ["compare", "--problem", problem, "--methods", methods, "--report", report, "--json", report + ".json"]
    } finally: {
      json = try Data(contentsOf: URL(filePath: $0 + ".json"))
    }
    #expect(command.status == 0, "\(command.errors)")
    var comparison = try Comparison(on: problem, by: methods)
    var commands = try Comparison(json: json)
    // The ground of the paths is in no document.
    commands.landscape = comparison.landscape
    #expect(commands.report() == page)
    comparison.forgetSeconds()
    commands.forgetSeconds()
    #expect(comparison == commands)
    #expect(comparison.report() == commands.report())
    #expect(page.contains("secant compare --problem \(problem) --methods \(methods)"))
  }

  /// Runs a command that writes a page.
  private func page(
    _ arguments: (String) -> [String], finally: (String) throws -> Void = { _ in }
  ) throws -> (Command, String) {
    var answer: (Command, String)?
    try withFile("page.html", "") { file in
      let command = try Command(arguments(file))
      answer = (command, try String(contentsOfFile: file, encoding: .utf8))
      try finally(file)
    }
    return try #require(answer)
  }
}

extension Comparison {
  mutating func forgetSeconds() {
    for entry in entries.indices {
      entries[entry].ledger.seconds = 0
      for sample in entries[entry].trace.samples.indices {
        entries[entry].trace.samples[sample].ledger.seconds = 0
      }
    }
  }
}
