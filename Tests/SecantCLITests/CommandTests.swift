import Foundation
import Testing

/// The built command, run as a user runs it.
struct Command {
  var status: Int32
  var output: String
  var errors: String

  init(_ arguments: String...) throws { try self.init(arguments) }

  init(
    _ arguments: [String], input: FileHandle? = nil, interruptedAfter seconds: Double? = nil,
    killedAfter last: Double? = nil
  ) throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: "secant-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(at: directory) }
    func file(_ name: String) throws -> (URL, FileHandle) {
      let url = directory.appending(path: name)
      try Data().write(to: url)
      return (url, try FileHandle(forWritingTo: url))
    }
    let (output, outputHandle) = try file("output")
    let (errors, errorHandle) = try file("errors")
    let process = Process()
    // The command is built beside the bundle of the tests.
    process.executableURL = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
      .deletingLastPathComponent()
      .appending(path: "secant")
    process.arguments = arguments
    if let input { process.standardInput = input }
    process.standardOutput = outputHandle
    process.standardError = errorHandle
    try process.run()
    if let seconds {
      Thread.sleep(forTimeInterval: seconds)
      process.interrupt()
    }
    if let last {
      Thread.sleep(forTimeInterval: last)
      kill(process.processIdentifier, SIGKILL)
    }
    process.waitUntilExit()
    status = process.terminationStatus
    self.output = String(decoding: try Data(contentsOf: output), as: UTF8.self)
    self.errors = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
  }
}

/// A file that is there for one test.
func withFile(_ name: String, _ text: String, _ body: (String) throws -> Void) throws {
  let directory = FileManager.default.temporaryDirectory.appending(path: "secant-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
  defer { try? FileManager.default.removeItem(at: directory) }
  let file = directory.appending(path: name)
  try Data(text.utf8).write(to: file)
  try body(file.path)
}

@Suite(.serialized) struct CommandTests {
  @Test func comparesOnBreastCancerWithoutAnArgument() throws {
    let command = try Command("compare")
    #expect(command.status == 0)
    for text in [
      "Breast cancer", "gradientDescent", "newton", "lbfgs", "converged", "f − f*", "passes over the data",
    ] {
      #expect(command.output.contains(text))
    }
    #expect(!command.output.contains("\u{1B}"))
  }

  @Test(arguments: ["--list-problems", "--list-methods"]) func lists(option: String) throws {
    let command = try Command("compare", option)
    #expect(command.status == 0)
    #expect(command.output.contains(option == "--list-methods" ? "sophiaH" : "rosenbrock"))
  }

  @Test(arguments: [
    (["--problem", "rosenbrok"], "There is no problem ‘rosenbrok’; did you mean ‘rosenbrock’?"),
    (["--methods", "lbfsg"], "There is no method ‘lbfsg’; did you mean ‘lbfgs’?"),
    (["--problem", "rosenbrock", "--methods", "muon"], "muon needs blocks that are declared as matrices"),
    (["--methods", "adam:rate=-1"], "rate is -1.0"),
    (["--scalar", "doubel"], "did you mean ‘double’?"),
    (["--x", "second"], "did you mean ‘seconds’?"),
    (["--start", "1,a"], "‘a’ in --start is not a finite number."),
    (["--start", "1,2"], "--start has 2 numbers and the problem 31 variables; give 1 or 31."),
    (["--batch", "0"], "--batch is 0"),
    (["--batch", "-1"], "--batch is -1"),
    (["--methods", "lbfgs", "--batch", "32"], "--batch is 32, and none of the methods works on batches"),
    (
      ["--problem", "iris", "--methods", "adam", "--batch", "100000"],
      "The batch is 100000, and the problem has 150 terms; give at most as many."
    ),
    (["--passes=-1"], "passes is -1.0"),
    (["--iterations", "-1"], "iterations is -1"),
    (["--flops", "-3"], "flops is -3.0"),
    (["--seed", "-1"], "The value '-1' is invalid for '--seed <seed>'"),
    (["--tolerance=-1"], "--tolerance is -1.0"),
    (["--tolerance", "-1"], "--tolerance is -1.0"),
    (["--tolerance", "inf"], "--tolerance is inf; give a finite number"),
    (
      ["--tolerance", "1e300", "--scalar", "float"], "--tolerance has 1e+300, too large for single precision"
    ),
    (["--start", "1e308", "--scalar", "float"], "--start has 1e+308, too large for single precision"),
    (
      ["--problem", "quadratic:condition=1e39", "--scalar", "float"],
      "condition has 1e+39, too large for single precision; leave out --scalar float."
    ),
    (
      ["--problem", "breast-cancer:lambda=1e39", "--scalar", "float"],
      "lambda has 1e+39, too large for single precision"
    ),
    (
      ["--problem", "huber:scale=1e-60", "--scalar", "float"],
      "scale has 1e-60, too small for single precision"
    ),
    (
      ["--problem", "digits-mlp:width=10000:layers=100"],
      "width and layers: 100 × 10000 units need 1.1e+10 numbers"
    ),
    (
      ["--problem", "rosenbrock:dimension=2:dimension=3"],
      "‘rosenbrock:dimension=2:dimension=3’ sets dimension twice; set it once."
    ),
    (
      ["--problem", "rosenbrock:dimension=10000", "--methods", "lbfgs:memory=100000"],
      "2 × 100000 × 10000 numbers are too many; take a smaller memory."
    ),
    (
      ["--problem", "something-else-altogether"],
      "There is no problem ‘something-else-altogether’; ‘secant compare --problem list’ prints the known ones."
    ),
    (["--json", "/tmp/secant-a", "--csv", "/tmp/../tmp/secant-a"], "is named for two outputs"),
    (
      ["--json", "/nowhere/at/all.json"], "/nowhere/at/all.json cannot be written: No such file or directory."
    ),
    (["--problem", "logistic:data=/nowhere.csv"], "/nowhere.csv: the file cannot be read"),
    (["--problem", "logistic"], "needs data"),
    (
      ["--problem", "rosenbrock", "--methods", "tron"],
      "tron is for problems with bounds, and rosenbrock has none"
    ),
    (["--problem", "hs1", "--methods", "newton"], "newton knows no bounds; take tron, lbfgsb"),
    (["--problem", "hs1", "--batch", "3"], "--batch is 3, and methods for bounds work on no batches"),
    (["--prblem", "iris"], "Unknown option '--prblem'"),
  ]) func refusesWithASentence(arguments: [String], sentence: String) throws {
    let command = try Command(["compare"] + arguments)
    #expect(command.status != 0)
    #expect(command.errors.contains(sentence), "\(command.errors)")
    #expect(command.output.isEmpty)
  }

  @Test func aMalformedTableIsNamedByLineAndColumn() throws {
    try withFile("bad.csv", "x,y,class\n1,2,a\n3,oops,b\n") { path in
      let command = try Command("compare", "--problem", "logistic:data=\(path)")
      #expect(command.status != 0)
      #expect(
        command.errors.contains(
          "bad.csv, line 3, column 2 (\"y\"): \"oops\" is not a number; correct it, or leave the row out."))
    }
  }

  @Test func takesDataOfItsUser() throws {
    try withFile("good.csv", "kind,x,y\na,1,2\nb,3,4\na,0,2.5\nb,2,5\n") { path in
      let command = try Command(
        "compare", "--problem", "logistic:data=\(path):label=kind", "--methods", "newton,adam", "--scalar",
        "float")
      #expect(command.status == 0)
      #expect(command.output.contains("the least value that any method found"))
    }
  }

  @Test func whatCannotBePlottedIsSaid() throws {
    let command = try Command(
      "compare", "--problem", "rosenbrock", "--methods", "lbfgs", "--x", "hessians")
    #expect(command.status == 0)
    #expect(
      command.output.contains(
        "There is nothing to plot against Hessians: no method spent any. Plot against ‘iterations’"))
  }

  @Test func startsWhereItIsTold() throws {
    let command = try Command(
      "compare", "--problem", "rosenbrock", "--methods", "newton", "--start", "-3,2", "--iterations", "0",
      "--csv", "-")
    #expect(command.status == 0)
    // f(−3, 2) = 100 · 7² + 4².
    #expect(command.output.contains("newton,4916.0,4916.0,"))
  }

  @Test func writesJSONAndNothingElseToItsOutput() throws {
    let command = try Command(
      "compare", "--problem", "himmelblau", "--methods", "newton,lbfgs", "--json", "-")
    #expect(command.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    #expect((object?["methods"] as? [Any])?.count == 2)
  }

  /// The shortened version of `secant compare --problem digits-mlp`: as many passes for each, and a test that none has seen.
  @Test func trainsAPerceptronOnDigits() throws {
    let command = try Command(
      "compare", "--problem", "digits-mlp:width=24", "--passes", "12", "--json", "-")
    #expect(command.status == 0, "\(command.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
    #expect(object?["score"] as? String == "test accuracy %")
    let methods = try #require(object?["methods"] as? [[String: Any]])
    var scores: [String: Double] = [:]
    for method in methods {
      let name = try #require((method["name"] as? String)?.split(separator: ":").first)
      scores[String(name)] = method["score"] as? Double
      let passes = (method["ledger"] as? [String: Any])?["passes"] as? Double
      #expect(try #require(passes) <= 12.0001, "\(name)")
    }
    for name in [
      "gradientDescent", "momentum", "adam", "adamw", "lion", "sophiaH", "sophiaG", "muon", "shampoo", "soap",
      "kfac", "lbfgs", "newtonCG",
    ] {
      // Muon's steps keep their length whatever the gradient: rounding decides where the last of them ends, between 89.7 and
      // 92.8 % by the processor.
      #expect(try #require(scores[name]) > (name == "muon" ? 85 : 90), "\(name)")
    }
    #expect(methods.count == 13)
  }

  @Test func aPerceptronsParametersAreHeeded() throws {
    func variables(_ parameters: String) throws -> Int? {
      let command = try Command(
        "compare", "--problem", "digits-mlp:\(parameters)", "--methods", "lbfgs", "--passes", "1", "--json",
        "-")
      let object = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any]
      return object?["dimension"] as? Int
    }
    // The features that are the same in all training images are left out.
    let plain = try #require(try variables("width=8"))
    #expect(try variables("width=8:layers=2") == plain + 8 * 8 + 8)
    #expect(try variables("width=8:normalise=yes") == plain + 8)
    #expect(try variables("width=8:activation=gelu") == plain)
    let refused = try Command("compare", "--problem", "digits-mlp:normalise=perhaps")
    #expect(refused.status == 64 && refused.errors.contains("normalise"))
  }

  @Test func aSeedFixesEveryNumber() throws {
    let arguments = [
      "compare", "--problem", "iris", "--methods", "adam:batch=16,sophiaH", "--passes", "20", "--csv", "-",
    ]
    func values(_ seed: String) throws -> [String] {
      let command = try Command(arguments + ["--seed", seed])
      return command.output.split(separator: "\r\n").map {
        $0.split(separator: ",").dropLast().joined(separator: ",")
      }
    }
    #expect(try values("1") == values("1"))
    #expect(try values("1") != values("2"))
  }

  @Test func interruptedItPrintsWhatItHas() throws {
    let command = try Command(
      [
        "compare", "--problem", "digits", "--methods", "gradientDescent,newton", "--passes", "1e9",
        "--tolerance", "0",
      ],
      interruptedAfter: 2)
    #expect(command.status == 130)
    #expect(command.output.contains("stopped"))
    #expect(command.output.contains("newton: The comparison was stopped before its turn."))
  }
}
