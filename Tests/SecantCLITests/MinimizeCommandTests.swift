import Foundation
import Testing

private let valley = "(1-x)^2 + 100*(y-x^2)^2"

/// What `secant minimize … --json -` answers.
private struct Answer: Decodable {
  struct Variable: Decodable {
    var name: String
    var value, start: Double
    var active: String?
    var multiplier: Double?
  }

  var schema, formula, scalar, method, status, sentence: String
  var isConverged: Bool
  var value: Double
  var variables: [Variable]
  var iterations: Int
  var leastEigenvalue: Double?
  var ledger: [String: Double]

  init(_ arguments: String...) throws {
    let command = try Command(["minimize"] + arguments + ["--json", "-"])
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    self = try decoder.decode(Answer.self, from: Data(command.output.utf8))
    #expect(command.status == (isConverged ? 0 : 1))
    #expect(command.errors.isEmpty)
  }

  subscript(_ name: String) -> Variable { variables.first { $0.name == name }! }
}

@Suite(.serialized) struct MinimizeCommandTests {
  /// Bounds that are given are not asked for.
  @Test func adviceOnAFunctionWithoutAMinimumKnowsTheBounds() throws {
    let within = try Command("minimize", "log(x)", "--start", "x=0.5", "--bounds", "x=0:1")
    #expect(within.output.contains("or narrow --bounds."), "\(within.output)")
    let free = try Command("minimize", "x", "--start", "x=0.5")
    #expect(free.output.contains("or say where the variables may lie by --bounds."), "\(free.output)")
  }

  /// The sentence has the steps that were taken, the account those that were tried.
  @Test func stepsTriedAreCalledSo() throws {
    let command = try Command("minimize", "(1-x)^2 + 100*(y-x^2)^2", "--start", "x=-1.2,y=1")
    #expect(command.output.contains("Converged after 2"), "\(command.output)")
    #expect(command.output.contains(" steps tried, "), "\(command.output)")
    #expect(!command.output.contains("iterations"), "\(command.output)")
  }

  @Test func printsTheMinimiserByName() throws {
    let command = try Command("minimize", "(1-x)^2 + 100*(yy-x^2)^2", "--start", "x=-1.2,yy=1")
    #expect(command.status == 0, "\(command.errors)")
    let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(try abs(#require(Double(lines[0].dropFirst("x  = ".count))) - 1) < 1e-6)
    #expect(lines[0].hasPrefix("x  = ") && lines[1].hasPrefix("yy = ") && lines[2].hasPrefix("f  = "))
    #expect(lines[4].hasPrefix("Converged after") && lines[4].contains("positive definite"))
    #expect(lines[5].hasPrefix("exactTrustRegion: converged; ") && lines[5].contains(" gradients, "))
    #expect(!command.output.contains("\u{1B}"))
  }

  @Test func answersInJSONForMachines() throws {
    let answer = try Answer(valley, "--start", "x=-1.2", "--start", "y=1")
    #expect(answer.schema == "secant.minimum/1")
    #expect(answer.formula == valley && answer.scalar == "Double" && answer.status == "converged")
    #expect(answer.variables.map(\.name) == ["x", "y"] && answer.variables.map(\.start) == [-1.2, 1])
    #expect(abs(answer["x"].value - 1) < 1e-6 && abs(answer["y"].value - 1) < 1e-6)
    #expect(answer.value < 1e-12)
    // That of [[802, −400], [−400, 200]], to the accuracy of a few products.
    #expect(abs(answer.leastEigenvalue! - 0.39936) < 1e-3)
    #expect(answer.ledger["gradients"]! > 0)
  }

  @Test func writesItsAnswerToAFileBesideWhatItPrints() throws {
    try withFile("answer.json", "") { path in
      let command = try Command("minimize", "(x-2.3)^2", "--start", "x=0", "--json", path)
      #expect(command.status == 0)
      let answer = try JSONDecoder().decode(Answer.self, from: Data(contentsOf: URL(filePath: path)))
      #expect(abs(answer["x"].value - 2.3) < 1e-6)
      #expect(command.output.hasPrefix("x = \(answer["x"].value)\nf = \(answer.value)\n"))
    }
  }

  @Test(arguments: [
    "lbfgs", "lbfgs:memory=3", "conjugateGradient", "barzilaiBorwein", "bfgs", "sr1", "newton", "newton-cg",
    "cubicRegularization", "trustRegion", "exactTrustRegion", "tron", "lbfgsb", "spectralProjectedGradient",
  ]) func takesAnyMethod(method: String) throws {
    let answer = try Answer(valley, "--start", "x=-1.2,y=1", "--method", method)
    #expect(answer.method == method && answer.isConverged, "\(answer.sentence)")
    #expect(abs(answer["x"].value - 1) < 1e-5 && abs(answer["y"].value - 1) < 1e-5)
  }

  /// On x ≤ ½ the minimiser is (½, ¼), where ∂f/∂x = −2(1 − x) = −1.
  @Test(arguments: [[], ["tron"], ["lbfgsb:memory=5"], ["spectralProjectedGradient"], ["projectedGradient"]])
  func staysWithinBounds(method: [String]) throws {
    let arguments = ["minimize", valley, "--start", "x=-1.2,y=1", "--bounds", "x=:0.5,y=-1:"]
    let command = try Command(arguments + (method.isEmpty ? [] : ["--method"] + method))
    #expect(command.status == 0, "\(command.output)")
    #expect(command.output.hasPrefix("x = 0.5  (at its upper bound; ∂f/∂x = -"))
    let answer = try Answer(valley, "--start", "x=-1.2,y=1", "--bounds", "x=:0.5", "--bounds", "y=-1:")
    #expect(answer.method == "tron")
    #expect(answer["x"].active == "upper" && answer["x"].value == 0.5)
    #expect(abs(answer["x"].multiplier! + 1) < 1e-4 && abs(answer["y"].value - 0.25) < 1e-6)
    #expect(answer["y"].active == nil)
  }

  @Test func equalBoundsFixAVariable() throws {
    let command = try Command(
      "minimize", "(x-y)^2 + x^2", "--start", "x=0,y=0", "--bounds", "y=2:2")
    #expect(command.status == 0)
    #expect(command.output.hasPrefix("x = 1\ny = 2  (fixed)\nf = 2\n"))
    #expect(command.output.contains("began at the nearest point inside"))
  }

  /// A sign is no option, wherever it is typed, and a true minus sign is a sign.
  @Test(arguments: [
    ["-x^2 + x^4", "--start", "x=1"], ["--start", "x=1", "-x^2+x^4"], ["-x^2 + x^4", "--start=x=1"],
    ["−x^2 + x^4", "--start", "x=−1"], ["--float", "-x^2+x^4", "--start", "x=-1e0"],
    ["-x^2 + x^4", "--bounds", "x=-2:-.5", "--start", " x = -1 "], ["--start", "x=1", "--", "-x^2+x^4"],
  ]) func takesNegativeNumbersAndFormulas(arguments: [String]) throws {
    let command = try Command(["minimize"] + arguments)
    #expect(command.status == 0, "\(command.errors)")
    let x = try #require(Double(command.output.prefix { $0 != "\n" }.dropFirst("x = ".count)))
    #expect(abs(abs(x) - 0.5.squareRoot()) < 1e-4)
  }

  @Test func aVariableMayBeNamedLikeAnOptionOrAConstant() throws {
    #expect(try Command("minimize", "-h^2 + h^4", "--start", "h=1").output.hasPrefix("h = 0.707106"))
    let lines = try Command("minimize", "(e-3)^2 + pi", "--start", "e=1").output.split(separator: "\n")
    let e = try #require(Double(lines[0].dropFirst("e = ".count)))
    #expect(abs(e - 3) < 1e-12 && lines[1].hasPrefix("f = 3.14159265"))
  }

  @Test func variablesStandInTheOrderOfTheirStarts() throws {
    let answer = try Answer(valley, "--start", "y=1,x=-1.2", "--bounds", "x=:0.5")
    #expect(answer.variables.map(\.name) == ["y", "x"] && answer["x"].value == 0.5)
  }

  @Test func computesInSinglePrecision() throws {
    let answer = try Answer(valley, "--start", "x=-1.2,y=1", "--float")
    #expect(answer.scalar == "Float" && answer.isConverged)
    #expect(answer["x"].value == Double(Float(answer["x"].value)) && abs(answer["x"].value - 1) < 1e-2)
  }

  @Test func heedsToleranceAndLimits() throws {
    let loose = try Answer(valley, "--start", "x=-1.2,y=1", "--method", "lbfgs", "--tolerance", "1")
    let tight = try Answer(valley, "--start", "x=-1.2,y=1", "--method", "lbfgs", "--tolerance", "1e-12")
    #expect(loose.iterations < tight.iterations)
    let limited = try Answer(valley, "--start", "x=-1.2,y=1", "--gradients", "5")
    #expect(limited.ledger["gradients"] == 5 && limited.status == "budget exhausted" && !limited.isConverged)
  }

  /// What did not converge says so, in its words and by its exit status.
  @Test(arguments: [
    ("-x^2", "x=1", "unbounded below", "Unbounded below"),
    ("log(x)", "x=-1", "non-finite", "Not a finite number at the start: the value"),
    (
      "y^2 + sqrt(x)", "x=0,y=1", "non-finite",
      "at the start: the derivative in ‘x’. f = 1, stationarity inf. Start where the function is finite."
    ),
  ]) func saysWhatWentWrong(formula: String, start: String, status: String, sentence: String) throws {
    let answer = try Answer(formula, "--start", start)
    #expect(!answer.isConverged && answer.status == status)
    #expect(answer.sentence.contains(sentence), "\(answer.sentence)")
    #expect(try Command("minimize", formula, "--start", start).status == 1)
  }

  @Test(
    arguments: [
      (
        ["(x", "--start", "x=1"],
        "secant: The parenthesis opened at character 1 is never closed.\n  (x\n  ^\n"
      ),
      (["-2x", "--start", "x=1"], "write 2*x for a product (character 3).\n  -2x\n    ^\n"),
      ([], "There is no formula; write it in quotes"),
      (
        ["x^2", "--start", "x=1", "--method", "cg"],
        "There is no method ‘cg’; did you mean ‘conjugateGradient’?"
      ),
      (["3 + pi"], "‘3 + pi’ has no variables; there is nothing to minimise."),
      (["x^2"], "‘x’ in the formula has no start; add x=… to --start."),
      (["x+y+z", "--start", "y=1"], "‘x’ and ‘z’ in the formula have no start; add x=…,z=… to --start."),
      (
        ["x+yy", "--start", "x=1,y=1"],
        "--start sets ‘y’, and there is no variable ‘y’ in the formula; did you mean ‘yy’?"
      ),
      (
        ["x+y", "--start", "x=1,y=1,speed=2"],
        "--start sets ‘speed’, and there is no variable ‘speed’ in the formula; its variables are x, y."
      ),
      (
        ["A^2", "--start", "A=1", "--bounds", "q=0:"], "no variable ‘q’ in the formula; its variables are A."
      ),
      (["x^2", "--start", "x=0x10"], "x in --start is ‘0x10’; give a finite number."),
      (["x^2", "--start", "1"], "‘1’ in --start sets nothing; write it as x=1."),
      (["x^2", "--start", "x=1,"], "‘’ in --start sets nothing; write it as x=1."),
      (["x^2", "--start", "x=a"], "x in --start is ‘a’; give a finite number."),
      (["x^2", "--start", "x=inf"], "x in --start is ‘inf’; give a finite number."),
      (["x^2", "--start", "x=1e99", "--float"], "x in --start is ‘1e99’, too large for single precision"),
      (["x^2", "--start", "x=1,x=2"], "--start sets ‘x’ twice."),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=2:0"], "The bounds of ‘x’ cross: 2 is above 0; write x=0:2."
      ),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=2"],
        "x in --bounds is ‘2’; write the least and the greatest number"
      ),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=a:2"],
        "x in --bounds is ‘a:2’; each side of the colon is a number"
      ),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=nan:"],
        "x in --bounds is ‘nan:’; each side of the colon is a number"
      ),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=inf:"],
        "x in --bounds is ‘inf:’; each side of the colon is a number"
      ),
      (["x^2", "--start", "x=1", "--bounds", "0:2"], "‘0:2’ in --bounds sets nothing; write it as x=0:2."),
      (
        ["x1^2", "--start", "x1=1", "--bounds", "x2=0:2"],
        "--bounds sets ‘x2’, and there is no variable ‘x2’ in the formula; did you mean ‘x1’?"
      ),
      (["x^2", "--start", "x=1", "--method", "newtn"], "There is no method ‘newtn’; did you mean ‘newton’?"),
      (
        ["x^2", "--start", "x=1", "--bounds", "x=0:", "--method", "newton"],
        "newton knows no bounds; take tron, lbfgsb, spectralProjectedGradient, projectedGradient."
      ),
      (["x^2", "--start", "x=1", "--method", "muon"], "muon needs blocks that are declared as matrices"),
      (["x^2", "--start", "x=1", "--method", "adam:rate=-1"], "‘adam:rate=-1’: rate is -1.0"),
      (["x^2", "--start", "x=1", "--method", "lbfgsb:memory=0"], "give a whole number of at least 1"),
      (
        ["x^2", "--start", "x=1", "--method", "adam:batch=4"],
        "A batch needs a problem that is a mean over data"
      ),
      (["x^2", "--start", "x=1", "--tolerance=-1"], "--tolerance is -1.0; give a finite number"),
      (["x^2", "--start", "x=1", "--iterations=-1"], "secant: --iterations is -1; give"),
      (["x^2", "--start", "x=1", "--json", "/nowhere/at.json"], "/nowhere/at.json cannot be written"),
      (["x^2", "--strat", "x=1"], "Unknown option '--strat'. Did you mean '--start'?"),
      (
        ["x^2", "+", "y^2", "--start", "x=1,y=1"],
        "‘+’ has no place here; a formula is one argument: put it in quotes"
      ),
      (
        ["x^2 + y^2", "--start", "x=1", "y=1"], "‘y=1’ has no place here; join what an option sets by commas"
      ),
    ] as [([String], String)]) func refusesWithASentence(arguments: [String], sentence: String) throws
  {
    let command = try Command(["minimize"] + arguments)
    #expect(command.status == 64)
    #expect(command.errors.contains(sentence), "\(command.errors)")
    #expect(command.output.isEmpty)
  }

  @Test func listsItsMethodsAndHelps() throws {
    let list = try Command("minimize", "--method", "list")
    #expect(list.status == 0 && list.output.contains("exactTrustRegion") && list.output.contains("lbfgsb"))
    let help = try Command("minimize", "--help")
    #expect(help.status == 0 && help.output.contains("--bounds") && help.output.contains("atan2(y, x)"))
    #expect(try Command("minimize", "-h").output == help.output)
  }

  @Test func interruptedItPrintsTheBestPoint() throws {
    let command = try Command(
      [
        "minimize", valley, "--start", "x=-1.2,y=1", "--method", "gradientDescent:rate=1e-9", "--iterations",
        "1000000000",
      ],
      interruptedAfter: 1)
    #expect(command.status == 130)
    #expect(command.output.hasPrefix("x = -1.") && command.output.contains("Cancelled after"))
  }
}
