import Foundation
import SecantProblems
import Testing

/// What `secant fit … --json -` answers.
private struct Answer: Codable, Equatable {
  struct Interval: Codable, Equatable {
    var lower, upper: Double
  }

  struct Parameter: Codable, Equatable {
    var name: String
    var value: Double
    var start: Double?
    var standardError, relativeError: Double
    var interval: Interval
    var profile: Interval?
    var lower, upper: Double
    var isOnBound, isSeparable: Bool
  }

  struct Weights: Codable, Equatable {
    var kind: String
    var column: String?
  }

  struct Observation: Codable, Equatable {
    var line: Int
    var observed, fitted, residual: Double
  }

  struct Search: Codable, Equatable {
    struct Minimum: Codable, Equatable {
      var sumOfSquares: Double
      var parameters: [Double]
      var starts: Int
    }

    var starts, seed, startsAtBest, startsWithout: Int
    var minima: [Minimum]
  }

  var schema, data, formula, response, method, status, sentence: String
  var variables, caveats: [String]
  var weights: Weights
  var isConverged: Bool
  var parameters: [Parameter]
  var level, sumOfSquares, residualStandardDeviation, conditionNumber: Double
  var covariance, correlation: [[Double]]
  var observationCount, degreesOfFreedom, iterations: Int
  var rSquared, adjustedRSquared, reducedChiSquare, logLikelihood, akaike, bayesian: Double
  var probability: Double?
  var loss: String?
  var observations: [Observation]
  var multistart: Search?
  var ledger, monitoring: [String: Double]

  init(_ arguments: String...) throws {
    let command = try Command(["fit"] + arguments + ["--json", "-"])
    try #require(command.errors.isEmpty, "\(command.errors)")
    self = try Self.decoded(command.output)
    #expect(command.status == (isConverged ? 0 : 1))
    // Every key is known here, and none is missing.
    let document = try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? NSDictionary
    #expect(try document == JSONSerialization.jsonObject(with: encoded()) as? NSDictionary)
  }

  static func decoded(_ text: String) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Answer.self, from: Data(text.utf8))
  }

  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(self)
  }

  subscript(_ name: String) -> Parameter { parameters.first { $0.name == name }! }
}

private let model = "y = b1*(1 - exp(-b2*x))"
private let start = ["--start", "b1=500,b2=1e-4"]

/// A problem of NIST's as a CSV file, and its formula as one that can be read.
private func table(of problem: NISTProblem) -> String {
  "y,x\n" + zip(problem.residuals.y, problem.residuals.x).map { "\($0),\($1)\n" }.joined()
}

private func formula(of problem: NISTProblem) -> String {
  let text = problem.formula.replacing("[", with: "(").replacing("]", with: ")")
  precondition(text.hasSuffix("+ e"), "NIST's models end with the error: \(text)")
  return String(text.dropLast(3))
}

private func withMisra1a(_ body: (String) throws -> Void) throws {
  try withFile("misra.csv", table(of: .named("Misra1a")!), body)
}

@Suite(.serialized) struct FitCommandTests {
  @Test(arguments: NISTModel.allCases, [0, 1]) func reproducesWhatNISTCertifies(model: NISTModel, k: Int)
    throws
  {
    let problem = NISTProblem.named(model.rawValue)!
    try withFile("data.csv", table(of: problem)) { path in
      let start = problem.starts[k].enumerated().map { "b\($0 + 1)=\($1)" }.joined(separator: ",")
      let answer = try Answer(path, formula(of: problem), "--start", start)
      #expect(answer.isConverged, "\(answer.sentence)")
      let parameters = try problem.parameters.indices.map { j in
        try #require(answer.parameters.first { $0.name == "b\(j + 1)" })
      }
      #expect(NISTProblem.digits(of: .init(parameters.map(\.value)), against: problem.parameters) >= 6)
      #expect(answer.observationCount == problem.residuals.y.count)
      // The residuals of Lanczos1 are the rounding of its data: its certified errors hold to as many digits as those do.
      guard model != .lanczos1 else { return }
      #expect(
        NISTProblem.digits(of: .init(parameters.map(\.standardError)), against: problem.standardErrors) >= 6)
      #expect(NISTProblem.digits(of: [answer.sumOfSquares], against: [problem.sumOfSquares]) >= 9)
      #expect(
        NISTProblem.digits(
          of: [answer.residualStandardDeviation], against: [problem.residualStandardDeviation]) >= 9)
    }
  }

  @Test func printsParametersWithTheirErrors() throws {
    try withMisra1a { path in
      let command = try Command(["fit", path, model] + start)
      #expect(command.status == 0 && command.errors.isEmpty)
      let lines = command.output.split(separator: "\n").map {
        $0.split(separator: " ").joined(separator: " ")
      }
      // NIST: 238.94212918 ± 2.7070075241, 5.5015643181e-4 ± 7.2668688436e-6; t = 2.1788 for 12 degrees of freedom.
      #expect(lines[0] == "parameter estimate ± standard error relative 95 % interval")
      #expect(lines[1] == "b1 238.94 ± 2.71 1.1 % 233.04 … 244.84")
      #expect(lines[2] == "b2 0.00055016 ± 7.27e-6 1.3 % 0.00053432 … 0.00056599")
      #expect(lines.contains("degrees of freedom 12"))
      #expect(lines.contains("sum of squares 0.12455139"))
      #expect(lines.contains("residual standard deviation 0.10187876"))
      #expect(lines.contains("b2 -0.9988 1"))
      #expect(lines.contains { $0.hasPrefix("Converged after ") })
      #expect(lines.last!.hasPrefix("levenbergMarquardt: converged; "))
      #expect(!command.output.contains("\u{1B}") && !command.output.contains("nan"))
    }
  }

  @Test func answersInJSONForMachines() throws {
    try withMisra1a { path in
      let answer = try Answer(
        path, model, "--start", "b1=500", "--start", "b2=1e-4", "--profile", "--level", "0.9")
      #expect(answer.schema == "secant.fit/1" && answer.formula == model && answer.response == "y")
      #expect(answer.variables == ["x"] && answer.weights.kind == "equal" && answer.weights.column == nil)
      #expect(answer.parameters.map(\.name) == ["b1", "b2"] && answer["b1"].start == 500)
      #expect(answer.level == 0.9 && answer.probability == nil && answer.multistart == nil)
      for (i, parameter) in answer.parameters.enumerated() {
        // Student's t: 1.7822876 for 12 degrees of freedom at 0.95.
        let reach = 1.7822876 * parameter.standardError
        #expect(abs(parameter.interval.upper - parameter.value - reach) < 1e-6 * reach)
        #expect(abs(parameter.value - parameter.interval.lower - reach) < 1e-6 * reach)
        // The model hardly bends here.
        let profile = try #require(parameter.profile)
        #expect(abs(profile.upper - parameter.interval.upper) < 0.1 * reach)
        #expect(abs(answer.covariance[i][i].squareRoot() - parameter.standardError) < 1e-12 * reach)
        #expect(answer.correlation[i][i] == 1)
      }
      #expect(answer.observations.map(\.line) == Array(2...15))
      for observation in answer.observations {
        #expect(observation.residual == observation.observed - observation.fitted)
      }
      let sum = answer.observations.reduce(0) { $0 + $1.residual * $1.residual }
      #expect(abs(sum - answer.sumOfSquares) < 1e-12 * sum)
      #expect(answer.ledger["jacobians"]! > 0 && answer.caveats.isEmpty)
    }
  }

  @Test func writesItsAnswerToAFileBesideWhatItPrints() throws {
    try withFile("data.csv", "x,y\n0,1\n1,3.1\n2,4.9\n") { path in
      let file = path + ".json"
      let command = try Command("fit", path, "y = a + b*x", "--start", "a=0,b=0", "--json", file)
      #expect(command.status == 0 && command.output.hasPrefix("parameter"))
      let answer = try Answer.decoded(String(contentsOfFile: file, encoding: .utf8))
      // The least-squares line through three points.
      #expect(abs(answer["b"].value - 1.95) < 1e-12 && abs(answer["a"].value - 1.05) < 1e-12)
    }
  }

  @Test func takesSeveralColumnsByName() throws {
    // 2 + 3t − d, and a column that is no number and is not asked for.
    let rows = [(0, 1, 1), (1, 2, 3), (2, 2, 6), (3, 5, 6), (4, 1, 13)]
    let text = "who,t,d,z\n" + rows.map { "someone,\($0),\($1),\($2)\n" }.joined()
    try withFile("data.csv", text) { path in
      let answer = try Answer(path, "z = a + b*t + c*d", "--start", "a=1,b=1,c=1")
      #expect(answer.variables == ["t", "d"])
      for (name, value) in [("a", 2.0), ("b", 3), ("c", -1)] {
        #expect(abs(answer[name].value - value) < 1e-12)
      }
    }
  }

  @Test func aColumnGoesBeforeAConstantOfItsName() throws {
    try withFile("data.csv", "e,y\n1,2\n2,4.1\n3,5.9\n") { path in
      let answer = try Answer(path, "y = a*e", "--start", "a=1")
      #expect(abs(answer["a"].value - 27.9 / 14) < 1e-12 && answer.variables == ["e"])
      #expect(answer.caveats == ["‘e’ is the column of that name, not the constant."])
    }
    try withFile("data.csv", "x,y\n1,2\n2,4\n3,6\n") { path in
      let constant = try Answer(path, "y = a*x*e", "--start", "a=1")
      #expect(abs(constant["a"].value - 2 / exp(1)) < 1e-12)
      let parameter = try Answer(path, "y = a*x*e", "--start", "a=1,e=1")
      #expect(parameter.parameters.map(\.name) == ["a", "e"])
    }
  }

  @Test func fitsWithoutAnyColumn() throws {
    try withFile("data.csv", "y\n1\n2\n6\n") { path in
      let answer = try Answer(path, "y = a", "--start", "a=1")
      // The mean and its error, √(14/2/3).
      #expect(abs(answer["a"].value - 3) < 1e-12)
      #expect(abs(answer["a"].standardError - (7.0 / 3).squareRoot()) < 1e-12)
    }
  }

  @Test func readsTheStandardInput() throws {
    try withFile("data.csv", "x,y\n1,2\n2,4.1\n3,6\n") { path in
      let direct = try Answer(path, "y = a*x", "--start", "a=1")
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      let command = try Command(["fit", "-", "y = a*x", "--start", "a=1", "--json", "-"], input: file)
      let piped = try Answer.decoded(command.output)
      #expect(piped.parameters == direct.parameters && piped.data == "standard input")
    }
  }

  /// As a shell's <(…) does, which names a pipe.
  @Test(arguments: ["-", "/dev/stdin"]) func readsAPipe(path: String) throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("x,y\n1,2\n2,4.1\n3,6\n".utf8))
    try pipe.fileHandleForWriting.close()
    let command = try Command(
      ["fit", path, "y = a*x", "--start", "a=1", "--json", "-"], input: pipe.fileHandleForReading)
    #expect(command.errors.isEmpty, "\(command.errors)")
    #expect(try abs(Answer.decoded(command.output)["a"].value - 28.2 / 14) < 1e-12)
  }

  @Test func aColumnCanBeRenamed() throws {
    try withFile("data.csv", "\"c (mM), total\",y\n1,2\n2,4.1\n3,6\n") { path in
      let answer = try Answer(path, "y = a*c", "--start", "a=1", "--rename", "c=c (mM), total")
      #expect(answer.variables == ["c"] && abs(answer["a"].value - 28.2 / 14) < 1e-12)
    }
  }

  // MARK: Weights

  /// A weight of 2 is the same as the row twice, but for the degrees of freedom.
  @Test func aWeightIsARowRepeated() throws {
    try withFile("weighted.csv", "x,y,w\n0,1,1\n1,3.2,2\n2,4.7,1\n3,7.3,3\n4,0,0\n") { weighted in
      try withFile("repeated.csv", "x,y\n0,1\n1,3.2\n1,3.2\n2,4.7\n3,7.3\n3,7.3\n3,7.3\n") { repeated in
        let one = try Answer(weighted, "y = a*exp(b*x)", "--start", "a=1,b=0.5", "--weights", "w")
        let two = try Answer(repeated, "y = a*exp(b*x)", "--start", "a=1,b=0.5")
        #expect(one.weights == .init(kind: "relative", column: "w"))
        #expect(one.observationCount == 4 && one.degreesOfFreedom == 2 && two.degreesOfFreedom == 5)
        #expect(abs(one.sumOfSquares - two.sumOfSquares) < 1e-9 * two.sumOfSquares)
        for (p, q) in zip(one.parameters, two.parameters) {
          #expect(abs(p.value - q.value) < 1e-8 * abs(q.value))
          #expect(abs(p.standardError - q.standardError * (5.0 / 2).squareRoot()) < 1e-7 * q.standardError)
        }
      }
    }
  }

  /// Three observations of one number with σ = 1, 2, 2: the mean weighted by 1, ¼, ¼, its error 1/√1.5 whatever they are.
  @Test func knownStandardDeviationsAreTaken() throws {
    try withFile("data.csv", "y,s\n3,1\n5,2\n1,2\n") { path in
      let answer = try Answer(path, "y = a", "--start", "a=1", "--sigma", "s")
      #expect(answer.weights == .init(kind: "standardDeviations", column: "s"))
      #expect(abs(answer["a"].value - 3) < 1e-12)
      #expect(abs(answer["a"].standardError - 1 / 1.5.squareRoot()) < 1e-12)
      // χ² = 0 + 1 + 1, and beyond 2 with two degrees of freedom lies e⁻¹.
      #expect(abs(answer.sumOfSquares - 2) < 1e-12)
      #expect(try abs(#require(answer.probability) - exp(-1)) < 1e-10)
      let command = try Command("fit", path, "y = a", "--start", "a=1", "--sigma", "s")
      #expect(command.output.contains("probability of a greater χ²"))
    }
  }

  /// The README's line can be pasted, and its file is NIST's.
  @Test func fitsTheFileOfTheExamples() throws {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = package.appending(path: "Examples/misra1a.csv").path
    let formula = "volume = b1*(1 - exp(-b2*pressure))"
    let readme = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
    #expect(
      readme.contains("secant fit Examples/misra1a.csv \"\(formula)\" --start b1=500,b2=1e-4 --plot"))
    let problem = NISTProblem.named("Misra1a")!
    let table = try Table(contentsOf: file)
    for row in table.rows.indices {
      #expect(try table.number(row: row, column: 0) == problem.residuals.x[row])
      #expect(try table.number(row: row, column: 1) == problem.residuals.y[row])
    }
    let answer = try Answer(file, formula, "--start", "b1=500,b2=1e-4")
    #expect(answer.isConverged && problem.digits(of: [answer["b1"].value, answer["b2"].value]) >= 6)
  }

  // MARK: Methods, bounds and starts

  @Test(arguments: [
    "levenbergMarquardt", "levenberg-marquardt:damping=marquardt", "levenbergMarquardt:damping=nielsen",
    "levenbergMarquardt:acceleration=0.75", "gaussNewton", "dogleg", "subspace", "structuredSecant",
    "projectedLevenbergMarquardt", "trustRegionReflective",
  ]) func takesAnyMethod(method: String) throws {
    try withMisra1a { path in
      let answer = try Answer(path, model, "--start", "b1=500,b2=1e-4", "--method", method)
      #expect(answer.isConverged && answer.method == method, "\(answer.sentence)")
      #expect(NISTProblem.named("Misra1a")!.digits(of: [answer["b1"].value, answer["b2"].value]) >= 6)
    }
  }

  @Test(arguments: [[], ["--method", "trustRegionReflective"]]) func staysWithinBounds(method: [String])
    throws
  {
    try withMisra1a { path in
      let arguments = ["fit", path, model, "--bounds", "b1=0:100,b2=0:"] + start + method
      let answer = try Answer.decoded(try Command(arguments + ["--json", "-"]).output)
      #expect(answer.isConverged && answer["b1"].value == 100 && answer["b1"].isOnBound)
      #expect(answer["b1"].upper == 100 && answer["b2"].upper == .infinity && !answer["b2"].isOnBound)
      #expect(answer.degreesOfFreedom == 13 && answer["b2"].standardError > 0)
      #expect(answer.caveats.contains { $0.hasPrefix("b1 lies on a bound and counts as known") })
      #expect(try Command(arguments).output.contains("on its bound"))
    }
  }

  /// The outlier draws the line of squares, and hardly the others.
  @Test(arguments: ["huber:scale=0.1", "softL1:scale=0.1", "cauchy:scale=0.1", "arctan:scale=0.1"])
  func aRobustLossLeavesOutliersAlone(loss: String) throws {
    try withFile("data.csv", "x,y\n0,1\n1,3\n2,5\n3,7\n4,9\n5,51\n6,13\n") { path in
      let squares = try Answer(path, "y = a + b*x", "--start", "a=0,b=1")
      let robust = try Answer(path, "y = a + b*x", "--start", "a=0,b=1", "--loss", loss)
      #expect(abs(squares["b"].value - 2) > 1 && abs(robust["b"].value - 2) < 0.1)
      #expect(robust.loss == loss && robust.rSquared.isNaN && squares.loss == nil)
      #expect(robust.caveats == ["The loss is not the square: errors and intervals are approximate."])
      let outlier = robust.observations[5]
      #expect(outlier.residual == outlier.observed - outlier.fitted && outlier.residual > 39)
    }
  }

  @Test func startsFromManyPlaces() throws {
    try withMisra1a { path in
      let arguments = ["--multistart", "12", "--box", "b1=1:1000", "--box", "b2=1e-6:1"]
      let answer = try Answer(
        path, model, arguments[0], arguments[1], arguments[2], arguments[3], "--box", "b2=1e-6:1")
      #expect(NISTProblem.named("Misra1a")!.digits(of: [answer["b1"].value, answer["b2"].value]) >= 6)
      let search = try #require(answer.multistart)
      #expect(search.starts == 12 && search.seed == 0 && search.startsAtBest > 0)
      #expect(search.minima.reduce(search.startsWithout) { $0 + $1.starts } == 12)
      #expect(search.minima[0].sumOfSquares == answer.sumOfSquares && answer["b1"].start == nil)
      let printed = try Command(["fit", path, model] + arguments)
      #expect(printed.output.contains("\(search.startsAtBest) of 12 starts reached this minimum"))
      let other = try Answer(
        path, model, "--multistart", "3", "--box", "b1=1:1000", "--start", "b2=5e-4", "--seed", "7")
      #expect(other.multistart?.starts == 3 && other.multistart?.seed == 7)
    }
  }

  @Test func anInterruptedSearchPrintsTheBestFit() throws {
    try withMisra1a { path in
      let command = try Command(
        ["fit", path, model, "--multistart", "100000000", "--box", "b1=1:1000,b2=1e-6:1"], interruptedAfter: 2
      )
      #expect(command.status == 130)
      #expect(command.output.hasPrefix("parameter"))
    }
  }

  // MARK: What the data do not tell

  @Test func parametersThatCannotBeToldApartAreNamed() throws {
    try withMisra1a { path in
      let command = try Command("fit", path, "y = p + q + r*x", "--start", "p=1,q=1,r=1")
      #expect(command.status == 1)
      #expect(command.output.contains("The data do not tell p and q apart"))
      let answer = try Answer(path, "y = p + q + r*x", "--start", "p=1,q=1,r=1")
      #expect(answer.parameters.map(\.isSeparable) == [false, false, true])
      #expect(answer.sentence.contains("do not depend on each of ‘p’ and ‘q’ alone"), "\(answer.sentence)")
      #expect(!answer.sentence.contains("variable") && !answer.sentence.contains("`"))
      #expect(answer["p"].standardError == .infinity && answer["r"].standardError < 1)
    }
  }

  @Test func oneParameterThatTheDataDoNotDependOnIsNamed() throws {
    try withMisra1a { path in
      let answer = try Answer(path, "y = A + 0*k", "--start", "A=1,k=1")
      #expect(answer.parameters.map(\.isSeparable) == [true, false])
      #expect(answer.caveats == ["Here the data do not depend on k: another value of it fits as well."])
      #expect(answer.sentence.contains("the residuals do not depend on ‘k’"), "\(answer.sentence)")
      #expect(answer.sentence.contains("leave out ‘k’, or take data that depend on it."))
      #expect(!answer.sentence.contains("variable") && !answer.sentence.contains("`"))
    }
  }

  @Test func parametersStandInTheOrderOfTheirStarts() throws {
    try withMisra1a { path in
      let answer = try Answer(path, model, "--start", "b2=1e-4,b1=500")
      #expect(answer.parameters.map(\.name) == ["b2", "b1"] && answer["b1"].start == 500)
      #expect(NISTProblem.named("Misra1a")!.digits(of: [answer["b1"].value, answer["b2"].value]) >= 6)
      #expect(abs(answer.covariance[1][1].squareRoot() - answer["b1"].standardError) < 1e-9)
    }
  }

  @Test func withoutDegreesOfFreedomNoErrorIsMadeUp() throws {
    try withFile("data.csv", "x,y\n1,2\n2,3\n") { path in
      let answer = try Answer(path, "y = a + b*x", "--start", "a=0,b=0")
      #expect(answer.isConverged && answer.degreesOfFreedom == 0)
      #expect(answer.parameters.allSatisfy { $0.standardError.isNaN })
      #expect(
        answer.caveats == [
          "There are as many parameters as observations: nothing is left to estimate the errors from."
        ])
    }
  }

  /// Residuals that are zero but for rounding are a minimum, and their errors are no errors of the data.
  @Test(arguments: ["x,y\n1,0\n2,0\n3,0\n4,0\n", "x,y\n1,3\n2,5\n3,7\n4,9\n"])
  func aCurveThroughTheDataIsSaidToBeOne(data: String) throws {
    try withFile("data.csv", data) { path in
      let answer = try Answer(path, "y = a*x + b", "--start", "a=0.3,b=0.1")
      #expect(answer.isConverged, "\(answer.sentence)")
      #expect(answer.caveats.count == (data.contains("4,0") ? 2 : 1))
      #expect(answer.caveats[0].contains("nothing but rounding"))
      #expect(answer.parameters.allSatisfy { $0.standardError < 1e-14 })
      // No part of the residuals is greater than they are.
      #expect(!answer.sentence.contains("Q₁ᵀr"), "\(answer.sentence)")
      let command = try Command("fit", path, "y = a*x + b", "--start", "a=0.3,b=0.1")
      #expect(!command.output.contains("did not end at a minimum"))
    }
  }

  /// Data whose squares are no numbers: what happened, and the remedy.
  @Test(arguments: [("1e-200", "stalled"), ("1e200", "non-finite")])
  func dataBeyondTheSquaresAreToBeScaled(unit: String, status: String) throws {
    try withFile("data.csv", "x,y\n1,3\(unit.dropFirst())\n2,5\(unit.dropFirst())\n3,8\(unit.dropFirst())\n")
    { path in
      let answer = try Answer(path, "y = a*x + b", "--start", "a=0,b=0")
      #expect(answer.status == status && answer.sentence.contains("Multiply the data"), "\(answer.sentence)")
    }
  }

  /// A start that is beyond the squares says nothing against the data.
  @Test func aStartBeyondTheSquaresIsToBeMoved() throws {
    try withFile("data.csv", "x,y\n1,2\n2,4.1\n3,6.2\n") { path in
      let answer = try Answer(path, "y = a*exp(k*x)", "--start", "a=1,k=200", "--method", "gaussNewton")
      #expect(answer.status == "non-finite" && !answer.sentence.contains("Multiply"), "\(answer.sentence)")
      #expect(answer.sentence.contains("Start nearer to the data."), "\(answer.sentence)")
      #expect(answer.sentence.contains("on line 3 of"), "\(answer.sentence)")
    }
  }

  @Test(arguments: ["0", "5", "0.1"]) func aConstantResponseIsSaidToBeOne(number: String) throws {
    let rows = (1...4).map { "\($0),\(number)\n" }.joined()
    try withFile("data.csv", "x,y\n" + rows) { path in
      let answer = try Answer(path, "y = a + b*x", "--start", "a=1,b=1")
      #expect(
        answer.caveats.last
          == "‘y’ is the same on every line that counts: there is no change that the formula could explain.")
      #expect(answer.rSquared.isNaN && answer.adjustedRSquared.isNaN)
    }
  }

  /// A model that is linear is followed at any length: a start beside the scale costs a few steps.
  @Test func aTinyStartIsLeftFast() throws {
    try withFile("data.csv", "x,y\n1,2\n2,4.1\n3,6.2\n4,7.9\n") { path in
      let answer = try Answer(path, "y = a + b*x", "--start", "a=1e-10,b=1e-10")
      #expect(answer.isConverged && answer.iterations <= 15, "\(answer.iterations) steps")
    }
  }

  /// What is looked for after a robust fit is said without the words of the library.
  @Test func aRobustFitSpeaksOfNoProducts() throws {
    try withFile("data.csv", "x,y\n1,2\n2,4.1\n3,6.2\n4,7.9\n") { path in
      let answer = try Answer(path, "y = a + b*x", "--start", "a=0,b=1", "--loss", "huber:scale=1")
      #expect(answer.isConverged && !answer.sentence.contains("product"), "\(answer.sentence)")
      #expect(answer.sentence.contains("no second derivatives are at hand"), "\(answer.sentence)")
    }
  }

  /// Derivatives are exact here, and nobody can call a function.
  @Test func noSentenceNamesWhatOnlyALibraryHas() throws {
    try withFile("data.csv", "t,y\n0,9.3\n1,5.1\n2,3.2\n3,1.9\n4,1.1\n") { path in
      let answer = try Answer(path, "y = A*exp(-k*t)", "--start", "A=1,k=100")
      #expect(!answer.sentence.contains("`") && !answer.sentence.contains("check"), "\(answer.sentence)")
    }
  }

  @Test func whatHasNotConvergedSaysSo() throws {
    try withMisra1a { path in
      let command = try Command(["fit", path, model, "--iterations", "2"] + start)
      #expect(command.status == 1)
      #expect(command.output.contains("The budget of iterations was used up"))
      #expect(command.output.contains("No errors are given"))
      let undefined = try Command("fit", path, "y = a*log(b*x)", "--start", "a=1,b=-1")
      #expect(undefined.status == 1)
      #expect(undefined.output.contains("The formula gives no number on line 2 of"))
    }
  }

  // MARK: Pictures

  @Test func plotsInTheTerminal() throws {
    try withMisra1a { path in
      let command = try Command(["fit", path, model, "--plot"] + start)
      #expect(command.output.contains("o data   * curve   ░ 95 % band"))
      #expect(command.output.contains("\n  y\n") && command.output.contains("\n  residuals\n"))
      #expect(!command.output.contains("\u{1B}"))
      let picture = command.output.split(separator: "\n").filter { $0.contains("│") || $0.contains("┤") }
      #expect(picture.allSatisfy { $0.count <= 80 })
      // No two of the 14 observations share a cell.
      #expect(picture.reduce(0) { $0 + $1.count { $0 == "o" } } == 28)
    }
    try withFile("data.csv", "t,d,z\n0,1,1\n1,2,3\n2,2,6.5\n3,5,6\n") { path in
      let command = try Command("fit", path, "z = a + b*t + c*d", "--start", "a=1,b=1,c=1", "--plot")
      #expect(command.output.contains("fitted z") && command.output.contains("* where they agree"))
    }
  }

  @Test func writesOnePage() throws {
    try withMisra1a { path in
      let report = path + ".html"
      let command = try Command(["fit", path, model, "--report", report] + start)
      #expect(command.output.contains("The report is in \(report)."))
      let page = try String(contentsOfFile: report, encoding: .utf8)
      for text in [
        "<td>± 2.71</td>", "Correlation", "Converged after", "residual standard deviation",
        "--start b1=500,b2=1e-4",
        "secant fit ", "b1*(1 - exp(-b2*x))",
      ] { #expect(page.contains(text), "\(text)") }
      #expect(!page.contains("http://") || page.contains("http://www.w3.org"))
      #expect(page.contains("<svg") || page.contains("need gnuplot"))
    }
    try withFile("<b>.csv", "x,y\n1,2\n2,4.1\n3,6\n") { path in
      let command = try Command("fit", path, "y = a*x", "--start", "a=1", "--report", path + ".html")
      #expect(command.status == 0)
      #expect(try !String(contentsOfFile: path + ".html", encoding: .utf8).contains("<b>"))
    }
  }

  // MARK: Mistakes

  @Test(arguments: [
    ([], "There is no data file and no formula; write secant fit DATA.csv"),
    (["DATA"], "There is no formula after the data file"),
    (["y = a*x"], "There is no data file before the formula"),
    (["y = a*x", "DATA"], "The data file comes first and the formula second"),
    (["/nowhere.csv", "y = a*x"], "/nowhere.csv: the file cannot be read: No such file or directory."),
    (
      ["DATA", "a*x", "--start", "a=1"],
      "The formula has no left side; write the column of the response before it: y = a*x."
    ),
    (["DATA", "log(y) = a*x", "--start", "a=1"], "what is made of it needs a column of its own"),
    (["", "y = a*x", "--start", "a=1"], "The data file has no name; write secant fit"),
    (
      ["DATA", "y = a*x + b", "--start", "a=1", "b=2"],
      "‘b=2’ has no place here; join what an option sets by commas, --start a=1,b=2."
    ),
    (
      ["DATA", "y", "=", "a*x", "--start", "a=1"],
      "‘=’ has no place here; a formula is one argument: put it in quotes"
    ),
    (
      ["DATA", "y = a*t", "--start", "a=1"],
      "‘t’ in the formula has no start; add t=… to --start. No column is in the formula; there are ‘x’, ‘y’,"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--json", ""],
      "--json needs the name of a file, or ‘-’ for the standard output."
    ),
    (["DATA", "y = a*x", "--start", "a=1", "--report", ""], "--report needs the name of a file"),
    (["DATA", "weigth = a*x", "--start", "a=1"], "There is no column ‘weigth’ in"),
    (["DATA", "weigth = a*x", "--start", "a=1"], "did you mean ‘weight’?"),
    (
      ["DATA", "y = a*(x", "--start", "a=1"],
      "The parenthesis opened at character 7 is never closed.\n  y = a*(x\n        ^\n"
    ),
    (["DATA", "y = a*x"], "‘a’ in the formula has no start; add a=… to --start."),
    (
      ["DATA", "y = a*x + b*z"], "‘a’, ‘b’ and ‘z’ in the formula have no start; add a=…,b=…,z=… to --start."
    ),
    (
      ["DATA", "y = a*X", "--start", "a=1"],
      "‘X’ in the formula has no start; add X=… to --start. If ‘X’ should be a column: did you mean ‘x’?"
    ),
    (["DATA", "y = a*wieght", "--start", "a=1"], "did you mean ‘weight’?"),
    (
      ["DATA", "y = a*x", "--start", "a=1,bb=2"],
      "--start sets ‘bb’, and there is no parameter ‘bb’ in the formula; its parameters are a."
    ),
    (["DATA", "y = rate*x", "--start", "rat=1"], "did you mean ‘rate’?"),
    (["DATA", "y = a*x", "--start", "a=1,x=2"], "--start sets ‘x’, which is a column of"),
    (["DATA", "y = a*x", "--start", "a=one"], "a in --start is ‘one’; give a finite number."),
    (["DATA", "y = a*x", "--start", "a"], "‘a’ in --start sets nothing; write it as a=1."),
    (
      ["DATA", "y = a*x", "--start", "a=1,5"],
      "‘5’ in --start sets nothing; write a decimal point, a=1.5."
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1,000"],
      "write a decimal point, a=1.000, or a=1000 if the comma parts the thousands."
    ),
    (["DATA", "y = a*x", "--start", "a=1,a=2"], "--start sets ‘a’ twice."),
    (
      ["DATA", "y = x + 2*pi"],
      "‘y = x + 2*pi’ has no parameters, for every name in it is a column or a constant"
    ),
    (["DATA", "y = a*y", "--start", "a=1"], "‘y’ stands on both sides of the formula"),
    (
      ["DATA", "y = a*dose-rate", "--start", "a=1"],
      "call it something else: --rename \"dose_rate=dose-rate\"."
    ),
    (["DATA", "y = a*exp", "--start", "a=1"], "The column ‘exp’ cannot be written in a formula"),
    (["DATA", "y = a*x", "--start", "a=1", "--rename", "d=dose rate"], "did you mean ‘dose-rate’?"),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--rename", "d e=dose-rate"],
      "‘d e’ in --rename cannot stand in a formula"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--rename", "x=dose-rate"],
      "--rename calls a column ‘x’, and there is one of that name already."
    ),
    (["DATA", "y = a*x", "--start", "a=1", "--rename", "d"], "‘d’ in --rename renames nothing"),
    (["DATA", "y = a*x", "--start", "a=1", "--weights", "weigh"], "did you mean ‘weight’?"),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--weights", "weight"],
      "line 4, column 3 (\"weight\"): -1 is no weight"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--sigma", "zero"],
      "line 3, column 5 (\"zero\"): 0 is no standard deviation"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--sigma", "zero", "--weights", "x"],
      "--weights and --sigma cannot both"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--bounds", "a=2:1"],
      "The bounds of ‘a’ cross: 2 is above 1; write a=1:2."
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--bounds", "c=0:"],
      "--bounds sets ‘c’, and there is no parameter ‘c’"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--bounds", "a=0:", "--method", "levenbergMarquardt"],
      "‘levenbergMarquardt’ knows no bounds"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--bounds", "a=0:", "--profile"],
      "There are no profiles within bounds"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--method", "lm"], "did you mean ‘levenbergMarquardt’?"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--method", "levenbergMarquart"],
      "did you mean ‘levenbergMarquardt’?"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--method", "levenbergMarquardt:damping=nielson"],
      "did you mean ‘nielsen’?"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--method", "levenbergMarquardt:acceleration=-1"],
      "acceleration (α) is -1.0"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--loss", "hubert:scale=1"],
      "There is no loss ‘hubert’; did you mean ‘huber’?"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--loss", "huber"],
      "--loss huber has no scale; give the size of an ordinary residual, huber:scale=1."
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--loss", "huber:scale=-1"],
      "scale in ‘huber:scale=-1’ is -1.0; give a positive number"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--loss", "huber:scale=1e-300"],
      "scale in ‘huber:scale=1e-300’ is below the rounding of the response"
    ),
    (["DATA", "y = a*x", "--start", "a=1", "--level", "95"], "--level is 95.0; write 0.95 for 95 %."),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--level", "-1"], "--level is -1.0; give a number between 0 and 1"
    ),
    (["DATA", "y = a*x", "--start", "a=1", "--tolerance", "-1"], "--tolerance is -1.0"),
    (["DATA", "y = a*x", "--start", "a=1", "--iterations", "-1"], "secant: --iterations is -1; give"),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--hessian-vector-products", "-2"],
      "secant: --hessian-vector-products is -2; give"
    ),
    (["DATA", "y = a*x", "--start", "a=0x10"], "a in --start is ‘0x10’; give a finite number."),
    (
      ["DATA", "y = A*x", "--start", "A=1", "--bounds", "q=0:"],
      "no parameter ‘q’ in the formula; its parameters are A."
    ),
    (["DATA", "y = A*x", "--start", "A=1", "--bounds", "a=0:"], "did you mean ‘A’?"),
    (["DATA", "y = a*x", "--start", "a=1", "--weights", "w"], "There is no column ‘w’ in"),
    (["DATA", "y = a*x", "--start", "a=1", "--weights", "w"], "there are ‘x’, ‘y’, ‘weight’,"),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--seed", "4"],
      "--seed fixes random starts, and there are none; add --multistart 100"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--plot", "--json", "-"], "--plot cannot draw where --json writes"
    ),
    (
      ["DATA", "y = a*x", "--multistart", "5"], "--multistart needs to know where to start; add --box a=…:…."
    ),
    (["DATA", "y = a*x", "--multistart", "0", "--box", "a=1:2"], "--multistart is 0"),
    (["DATA", "y = a*x", "--multistart", "5", "--box", "a=1:"], "The box of ‘a’ has an open side"),
    (
      ["DATA", "y = a*x", "--multistart", "5", "--box", "a=1:2", "--start", "a=1"],
      "‘a’ has a start and a box"
    ),
    (
      ["DATA", "y = a*x + b", "--multistart", "5", "--box", "a=1:2"],
      "‘b’ in the formula has no start; add b=… to --start, or a range of each to --box."
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--box", "a=1:2"],
      "--box says where random starts lie, and there are none"
    ),
    (
      ["DATA", "y = a*x", "--start", "a=1", "--json", "/nowhere/at/all"], "/nowhere/at/all cannot be written"
    ),
    (["DATA", "y = a*x", "--start", "a=1", "--report", "-"], "--report needs the name of a file"),
    (["DATA", "y = a*x", "--stat", "a=1"], "Unknown option '--stat'"),
  ]) func refusesWithASentence(arguments: [String], sentence: String) throws {
    try withFile("data.csv", "x,y,weight,dose-rate,zero,exp\n1,2,1,1,1,1\n2,4,1,2,0,2\n3,6,-1,3,1,3\n") {
      path in
      let command = try Command(["fit"] + arguments.map { $0 == "DATA" ? path : $0 })
      #expect(command.status == 64)
      #expect(command.errors.contains(sentence), "\(command.errors)")
      #expect(command.output.isEmpty)
    }
  }

  /// By its name, by another way to it, by a link of either kind, and as the standard input.
  @Test(arguments: ["--json", "--report"]) func noOutputOverwritesTheInput(option: String) throws {
    let text = "x,y\n1,2\n2,4\n3,6\n"
    try withFile("data.csv", text) { path in
      let directory = URL(filePath: path).deletingLastPathComponent()
      let (soft, hard) = (directory.path + "/soft.csv", directory.path + "/hard.csv")
      try FileManager.default.createSymbolicLink(atPath: soft, withDestinationPath: path)
      try FileManager.default.linkItem(atPath: path, toPath: hard)
      for (input, output) in [
        (path, path), (path, directory.path + "/./data.csv"), (path, soft), (soft, path), (path, hard),
        ("-", path),
      ] {
        let file = try FileHandle(forReadingFrom: URL(filePath: path))
        let command = try Command(
          ["fit", input, "y = a*x", "--start", "a=1", option, output], input: file)
        #expect(command.status == 64)
        #expect(command.errors.contains("\(output) is where the data are read from"), "\(command.errors)")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
      }
    }
  }

  @Test(arguments: [
    ("", "data.csv: there is no data."),
    ("x,y\n", "data.csv, line 2: there is no data."),
    ("1,2\n3,4\n", "data.csv, line 1: the first line holds numbers, where the names of the columns belong"),
    ("x,y,x\n1,2,3\n", "data.csv, line 1, column 3: the header has \"x\" twice; give each column a name"),
    ("x,y\n1,2\n\n2,\n", "data.csv, line 4, column 2 (\"y\"): the value is missing; leave the row out."),
    ("x,y\n1,2\n2,NA\n", "data.csv, line 3, column 2 (\"y\"): the value is missing; leave the row out."),
    (
      "x,y\n1,2\ntwo,3\n",
      "data.csv, line 3, column 1 (\"x\"): \"two\" is not a number; correct it, or leave the row out."
    ),
    ("x,y\n1,\"2,5\"\n2,3\n", "(\"y\"): \"2,5\" is not a number; write a decimal point, 2.5."),
    ("x,y\n1,\"0,125\"\n2,3\n", "\"0,125\" is not a number; write a decimal point, 0.125."),
    (
      "x,y\n1,\"1,000\"\n2,3\n",
      "\"1,000\" is not a number; write 1000 if the comma parts the thousands, 1.000 if it is the decimal point."
    ),
    ("x,y\n1,\"1,000,000.5\"\n2,3\n", "is not a number; write 1000000.5, without commas."),
    (
      "x,y\n1,1\u{0}2\n2,3\n",
      "data.csv, line 2, column 2 (\"y\"): a byte that is no text, NUL, stands in the number; write the number again"
    ),
    ("x\n1\n2\n", "data.csv, which has only ‘x’; a fit needs a column for the response and one for each"),
    (
      "x\n1,2\n2,3\n",
      "2 fields where the header has 1; name every column in the header, or write decimals with a point."
    ),
    (
      "x,y\n\"1,2\n2,4\n",
      "data.csv, line 2: a quoted field is malformed: its quotation mark is never closed."
    ),
    (
      "x,y\n1,2\n2,4\"a\n",
      "data.csv, line 3: a quoted field is malformed: text stands beside its quotation marks"
    ),
    (
      "x,y\n1,nan\n2,3\n",
      "data.csv, line 2, column 2 (\"y\"): \"nan\" is not a finite number; leave the row out."
    ),
    (
      "x,y\n1,2\n2,1e999\n",
      "data.csv, line 3, column 2 (\"y\"): \"1e999\" is not a finite number; leave the row out."
    ),
    ("x,y\n1,2\n2\n", "data.csv, line 3, column 2: 1 field where the header has 2; fill the row up"),
    (
      "x,y\n1,5,2,5\n2,5,3\n",
      "line 2, column 3: 4 fields where the header has 2; write decimals with a point."
    ),
    ("x,y\n1,2,3\n", "line 2, column 3: 3 fields where the header has 2; put a field that has a comma in it"),
    (
      "x,y\n1,\"2\n2,3\n",
      "data.csv, line 2, column 2 (\"y\"): \"2…\" is not a number; correct it, or leave the row out."
    ),
    (
      "x,y\n1,2\n",
      "data.csv, line 2: the data end after 1 row, and the formula has 2 parameters, a, b; give at least as many rows."
    ),
    ("x;y\n1;2\n2;3\n", "data.csv, line 1: the header has ‘;’ and no comma; separate the columns by commas"),
    (
      "x;y\n0;9,3\n1;8,2\n",
      "data.csv, line 1: the header has ‘;’ and no comma; separate the columns by commas"
    ),
    ("x\ty\n1\t2\n", "the header has tabs and no comma"),
    ("x y\n1 2\n2 3\n", "the header has spaces and no comma"),
    ("x  y\n0,5  2,5\n", "the header has spaces and no comma"),
    (
      "# measured in May\nx,y\n1,2\n2,3\n",
      "data.csv, line 1: a comment stands where the names of the columns belong"
    ),
    ("# of May, with care, twice\nx,y\n1,2\n2,3\n", "data.csv, line 1: a comment stands where"),
    (
      "x,y\n1,2\n0x10,3\n",
      "data.csv, line 3, column 1 (\"x\"): \"0x10\" is not a number; correct it, or leave the row out."
    ),
  ]) func refusesDataWithTheLine(text: String, sentence: String) throws {
    try withFile("data.csv", text) { path in
      let command = try Command("fit", path, "y = a + b*x", "--start", "a=1,b=1")
      #expect(command.status == 64)
      #expect(command.errors.contains(sentence), "\(command.errors)")
      #expect(command.output.isEmpty)
    }
  }

  @Test func listsMethods() throws {
    let command = try Command("fit", "--method", "list")
    #expect(command.status == 0)
    #expect(command.output.contains("levenbergMarquardt ") && command.output.contains("damping: "))
  }

  @Test func takesALeadingMinus() throws {
    try withFile("data.csv", "x,y\n1,-2\n2,-4.1\n3,-6\n") { path in
      let answer = try Answer(path, "y = -a*x", "--start", "a=-1", "--level", "0.5")
      #expect(abs(answer["a"].value - 28.2 / 14) < 1e-12)
      let command = try Command("fit", path, "-a*x", "--start", "a=-1")
      #expect(
        command.errors.contains(
          "The formula has no left side; write the column of the response before it: y = -a*x."))
    }
  }
}
