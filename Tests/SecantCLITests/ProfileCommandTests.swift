import Foundation
import SecantCompare
import Testing

@Suite(.serialized) struct ProfileCommandTests {
  @Test func listsTheLibrary() throws {
    let all = try Command("problems")
    #expect(
      all.status == 0 && all.output.contains("rosenbrock")
        && all.output.contains("\(ProblemLibrary.all.count) problems"))
    let few = try Command("problems", "--class", "bounded", "--dimension", ":2")
    #expect(few.output.contains("hs1 ") && !few.output.contains("hs45") && !few.output.contains("rosenbrock"))
    let json = try Command("problems", "--problems", "beale,iris", "--json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]])
    #expect(rows.map { $0["name"] as? String } == ["beale", "iris"])
    #expect(rows[0]["dimension"] as? Int == 2 && rows[0]["minimum"] as? Double == 0)
  }

  @Test(arguments: [
    (["problems", "--class", "convx"], "did you mean ‘convex’?"),
    (["problems", "--dimension", "2:x"], "write a number, or two with a colon"),
    (["problems", "--dimension", "5:2"], "write a number, or two with a colon"),
    (["problems", "--dimension", "100000"], "No problem of the library"),
    (["profile", "--problems", "rosenbrok"], "did you mean ‘rosenbrock’?"),
    (["profile", "--problems", "beale,beale"], "‘beale’ is named twice"),
    (["profile", "--methods", "newtn"], "did you mean ‘newton’?"),
    (["profile", "--cost", "euros"], "There is no cost ‘euros’"),
    (["profile", "--seeds", "-1"], "‘-1’ in --seeds"),
    (["profile", "--scalar", "half"], "scalar type ‘half’"),
    (["profile", "--tolerance", "0"], "The tolerance is 0.0"),
    (["profile", "--workers", "0"], "--workers is 0"),
    (["profile", "--report", "/nowhere/page.html"], "/nowhere/page.html cannot be written"),
  ]) func refusesWithASentence(arguments: [String], sentence: String) throws {
    let command = try Command(arguments)
    #expect(command.status == 64)
    #expect(command.errors.contains(sentence), "\(command.errors)")
  }

  /// Killed, and started again: the same file, and the same page.
  @Test func goesOnWhereItWasKilled() throws {
    try withFile("runs.jsonl", "") { whole in
      try withFile("again.jsonl", "") { again in
        let folder = URL(filePath: again).deletingLastPathComponent()
        func arguments(_ runs: String, _ page: String) -> [String] {
          [
            "profile", "--problems", "beale,wood,digits-parity,watson-9,bard", "--methods",
            "lbfgs,newton,adam,steepestDescent", "--runs", runs, "--report",
            folder.appending(path: page).path,
          ]
        }
        let first = try Command(arguments(whole, "whole.html"))
        #expect(first.status == 0 && first.output.contains("solves the most"), "\(first.errors)")
        // Wherever the end comes, be it before the command has begun.
        _ = try Command(arguments(again, "again.html"), interruptedAfter: 0.3)
        for seconds in [0.05, 0.2, 0.4] {
          _ = try Command(arguments(again, "again.html"), killedAfter: seconds)
        }
        #expect(try Command(arguments(again, "again.html")).status == 0)
        #expect(try Data(contentsOf: URL(filePath: whole)) == Data(contentsOf: URL(filePath: again)))
        #expect(
          try Data(contentsOf: folder.appending(path: "whole.html"))
            == Data(contentsOf: folder.appending(path: "again.html")))
        // Of another study it is no record.
        let other = try Command("profile", "--problems", "beale", "--methods", "lbfgs", "--runs", again)
        #expect(other.status == 64 && other.errors.contains("the record of another study"))
      }
    }
  }

  /// Unless methods are named, problems with bounds are for those that know of some, and a console says what each missed.
  @Test func problemsWithBoundsHaveTheirMethods() throws {
    let bounded = try Command("profile", "--class", "bounded", "--dimension", ":2")
    #expect(bounded.status == 0 && bounded.output.contains("tron") && bounded.output.contains("lbfgsb"))
    #expect(!bounded.output.contains("gradientDescent") && !bounded.output.contains("left out"))
    let both = try Command(
      "profile", "--problems", "beale,hs1", "--methods", "newton,tron", "--report", "/dev/null")
    #expect(both.output.contains("newton misses 1: hs1 (omitted)."), "\(both.output)")
  }

  /// Each way to end is explained once, by the run's own sentence.
  @Test func saysWhyAMethodMissesAProblem() throws {
    let command = try Command(
      "profile", "--problems", "rosenbrock,beale,quadratic", "--methods", "gradientDescent:rate=1e-3,newton",
      "--passes", "50")
    let lines = command.output.split(separator: "\n").map(String.init)
    let place = try #require(
      lines.firstIndex { $0.hasPrefix("gradientDescent:rate=1e-3 misses 3: ") }, "\(command.output)")
    #expect(lines[place + 1].contains(": The budget of passes over the data was used up after 50 steps"))
    #expect(lines[place + 1].hasPrefix("  ") && lines.count { $0.contains("was used up") } == 1)
  }

  @Test func runsBothPrecisionsAndSeveralSeeds() throws {
    let command = try Command(
      "profile", "--problems", "beale,hs1", "--methods", "lbfgsb,tron", "--scalar", "double,float", "--seeds",
      "1,2", "--tolerance", "1e-3", "--cost", "passes")
    #expect(command.status == 0 && command.output.contains("8 of 8"), "\(command.output)\(command.errors)")
  }
}
