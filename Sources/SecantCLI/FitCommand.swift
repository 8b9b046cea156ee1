import ArgumentParser
import Foundation
import Secant
import SecantCompare
import SecantFormula
import SecantProblems

/// `secant fit`: a formula fitted to the columns of a file.
struct FitCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit", abstract: "Fit a formula to data by least squares.",
    usage: "secant fit DATA.csv \"y = b1*(1 - exp(-b2*x))\" --start b1=500,b2=1e-4 […]",
    discussion: """
      The left side of the formula names the column of the response. On the right, what has a column's name is that \
      column, and every other name is a parameter that is fitted; how a formula is written, \
      ‘secant minimize --help’ says. Its derivatives are exact. The first line of the file names the columns, which are \
      separated by commas; ‘-’ reads the standard input.
      The exit status is 0 where the fit converged, 1 where it did not, 64 where the command makes no sense and 130 \
      where it was interrupted; then, too, the best fit is printed.
      """)

  @Argument(help: "A CSV file with a header, or ‘-’.")
  var data: String?

  @Argument(help: "The response, an equals sign and the model, in quotes.")
  var formula: String?

  @Argument(help: .hidden)
  var others: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: "Where to start, each parameter with its number: b1=500,b2=1e-4.")
  var start: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help:
      "Where a parameter may lie, its least and its greatest number, either of which can be left out: b1=0:,b2=:1."
  )
  var bounds: [String] = []

  @Option(
    help: "The column of the weights, the reciprocals of the observations’ variances but for a common factor."
  )
  var weights: String?

  @Option(help: "The column of the observations’ known standard deviations; then χ² is judged, too.")
  var sigma: String?

  @Option(
    help: """
      How residuals count, so that outliers do not draw the fit: huber:scale=1, softL1, cauchy or arctan, the scale the \
      size of an ordinary residual (their squares).
      """)
  var loss: String?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "Call a column something else, as a formula can write it: \"x=concentration (mM)\".")
  var rename: [String] = []

  @Option(
    help: "The method; ‘list’ prints them all (levenbergMarquardt, with bounds projectedLevenbergMarquardt).")
  var method: String?

  @Option(parsing: .unconditional, help: "The level of confidence of intervals and bands.")
  var level = 0.95

  @Flag(help: "Find the intervals by profile likelihood, too: they hold where the model bends.")
  var profile = false

  @Option(parsing: .unconditional, help: "Fit from so many random starts in the --box, and keep the best.")
  var multistart: Int?

  @Option(
    parsing: .unconditionalSingleValue,
    help: "Where the random starts of a parameter lie: b1=1:1000,b2=1e-6:1. Others start at their --start.")
  var box: [String] = []

  @Option(parsing: .unconditional, help: "What fixes the random starts, a whole number from 0 on (0).")
  var seed: UInt64?

  @Option(
    parsing: .unconditional,
    help: "The part of the residuals that the parameters may still reach where the fit has converged (1e-10)."
  )
  var tolerance: Double?

  @OptionGroup(title: "Budget of each start (10,000 iterations unless one of these is given)")
  var limits: LimitOptions

  @Flag(help: "Draw the data, the curve with its band, and the residuals.")
  var plot = false

  @Option(help: "Write one self-contained HTML page with pictures.")
  var report: String?

  @Option(help: "Write the answer as JSON; ‘-’ is the standard output.")
  var json: String?

  func run() async throws {
    if method == "list" { return print(listing(FitMethod.all)) }
    try await explained {
      let output = Output(report: report, json: json)
      if plot, json == "-" {
        throw UsageError(
          "--plot cannot draw where --json writes; leave it out, or give --json the name of a file.")
      }
      let curveFit = try curveFit()
      try output.check(reading: data)
      let (answer, isInterrupted) = try await untilInterrupted { try curveFit.answer() }
      if let report {
        try output.write(Data(answer.report(command: Self.commandLine).html().utf8), to: report)
      }
      if let json { try output.write(try answer.json() + Data("\n".utf8), to: json) }
      // A stream that carries data carries nothing else.
      if json != "-" { show(answer) }
      if isInterrupted { throw ExitCode(130) }
      if !answer.isConverged { throw ExitCode(1) }
    }
  }

  private func show(_ answer: FitAnswer) {
    print(answer)
    if plot {
      print("\n" + answer.picture.plot(width: Terminal.width ?? 80, isColoured: Terminal.isColoured))
    }
    if let report {
      print("\nThe report is in \(report).")
      if !Gnuplot.isInstalled { print(Gnuplot.advice) }
    }
  }

  /// What was typed, as a shell reads it.
  private static var commandLine: String {
    (["secant"] + CommandLine.arguments.dropFirst()).map { word in
      let isPlain = !word.isEmpty && word.allSatisfy { $0.isLetter || $0.isNumber || "-_./=,:+".contains($0) }
      return isPlain ? word : "'\(word.replacing("'", with: "'\\''"))'"
    }.joined(separator: " ")
  }
}

// MARK: - What is to be done

extension FitCommand {
  /// The task, with every option checked.
  private func curveFit() throws -> CurveFit {
    let usage = "secant fit DATA.csv \"y = b1*(1 - exp(-b2*x))\" --start b1=500,b2=1e-4"
    guard let path = data else {
      throw UsageError("There is no data file and no formula; write \(usage).")
    }
    guard let text = formula?.trimmingCharacters(in: .whitespacesAndNewlines) else {
      let what = path.contains("=") ? "data file before the formula" : "formula after the data file"
      throw UsageError("There is no \(what); write \(usage).")
    }
    if let complaint = complaint(aboutExtra: others) { throw UsageError(complaint) }
    guard !path.isEmpty else {
      throw UsageError("The data file has no name; write \(usage).")
    }
    guard !path.contains("=") || FileManager.default.fileExists(atPath: path) || text.contains("=") else {
      throw UsageError("The data file comes first and the formula second; write \(usage).")
    }
    let data = try FitData(path, renamed: rename)
    do { return try curveFit(of: text, to: data) } catch let error as FormulaError {
      guard let advice = data.advice(about: text) else { throw error }
      throw UsageError("\(error)\n\(advice)")
    }
  }

  private func curveFit(of text: String, to data: FitData) throws -> CurveFit {
    let equation = try Equation(text)
    let formula = equation.formula
    guard let response = equation.response else {
      let likely = data.names.first { !formula.names.contains($0) } ?? data.names[0]
      throw UsageError(
        "The formula has no left side; write the column of the response before it: \(likely) = \(text).")
    }
    let observed = try data.numbers(in: response)
    if let place = formula.names.firstIndex(of: response) {
      throw UsageError(
        "‘\(formula.names[place])’ stands on both sides of the formula; the response is on the left alone.")
    }
    let starts = try Assignment.list(start, in: "--start")
    let boxes = try Assignment.list(box, in: "--box")
    let parameters = try parameters(of: formula, set: starts + boxes, data)
    let search = try search(boxes, parameters, starts)
    let variables = formula.names.filter(data.names.contains)
    let start = try self.start(
      of: parameters, starts, search ?? [:], text, data, hasColumns: !variables.isEmpty)
    let intervals = try intervals(of: parameters, data)
    let method = try method(isWithinBounds: !intervals.isEmpty)
    try checkNumbers()
    let (weights, column) = try weighting(data)
    try checkCount(of: parameters, weights, data)
    return CurveFit(
      data: data, text: text, formula: formula, response: response, parameters: parameters,
      variables: variables,
      columns: try variables.map(data.numbers), observed: observed, weights: weights, weightColumn: column,
      start: start, lower: parameters.map { intervals[$0]?.lower ?? -.infinity },
      upper: parameters.map { intervals[$0]?.upper ?? .infinity },
      loss: try loss.map(Request.loss), lossText: loss, method: method,
      level: level,
      profiles: profile,
      search: search.map { box in
        CurveFit.Search(
          lower: parameters.indices.map { box[parameters[$0]]?.lower ?? start[$0] },
          upper: parameters.indices.map { box[parameters[$0]]?.upper ?? start[$0] },
          starts: multistart!, seed: seed ?? 0)
      }, tolerance: tolerance, budget: limits.budget ?? Budget())
  }

  /// The names that are no column's, in the order of their starts.
  private func parameters(of formula: Formula, set: [Assignment], _ data: FitData) throws -> [String] {
    let order = set.map(\.name)
    let names = formula.names.filter { !data.names.contains($0) }
    let parameters =
      order.filter(names.contains) + names.filter { !order.contains($0) && Formula.constants[$0] == nil }
    guard !parameters.isEmpty else {
      throw UsageError(
        "‘\(formula.text)’ has no parameters, for every name in it is a column or a constant; there is nothing to fit."
      )
    }
    for assignment in set { try check(assignment, isAmong: parameters, in: data, but: Set(order)) }
    return parameters
  }

  /// The bounds of the parameters that have some.
  private func intervals(
    of parameters: [String], _ data: FitData
  ) throws -> [String: (lower: Double, upper: Double)] {
    var intervals: [String: (lower: Double, upper: Double)] = [:]
    for bound in try Assignment.list(bounds, in: "--bounds") {
      try check(bound, isAmong: parameters, in: data, but: [])
      intervals[bound.name] = try bound.interval()
    }
    return intervals
  }

  /// The method that was asked for, or the usual one.
  private func method(isWithinBounds: Bool) throws -> Request {
    let usual = isWithinBounds ? "projectedLevenbergMarquardt" : "levenbergMarquardt"
    let method = try Request(leastSquares: self.method ?? usual)
    if isWithinBounds, method.boundedFitMethod == nil {
      throw UsageError(
        "‘\(method.text)’ knows no bounds; leave out --bounds, or take projectedLevenbergMarquardt or trustRegionReflective."
      )
    }
    if profile, method.boundedFitMethod != nil {
      throw UsageError(
        "There are no profiles within bounds; leave out --profile or \(isWithinBounds ? "--bounds" : "--method")."
      )
    }
    return method
  }

  private func check(
    _ assignment: Assignment, isAmong parameters: [String], in data: FitData, but others: Set<String>
  ) throws {
    let name = assignment.name
    guard !parameters.contains(name) else { return }
    if data.names.contains(name) {
      throw UsageError(
        "\(assignment.option) sets ‘\(name)’, which is a column of \(data.table.name); leave it out.")
    }
    let guess = guess(name, among: parameters.filter { !others.contains($0) })
    throw UsageError(
      "\(assignment.option) sets ‘\(name)’, and there is no parameter ‘\(name)’ in the formula; "
        + (guess.map { "did you mean ‘\($0)’?" }
          ?? "its parameters are \(parameters.joined(separator: ", ")).")
    )
  }

  /// The box of the random starts, where there are any.
  private func search(
    _ boxes: [Assignment], _ parameters: [String], _ starts: [Assignment]
  ) throws -> [String: (lower: Double, upper: Double)]? {
    guard let multistart else {
      guard boxes.isEmpty else {
        throw UsageError("--box says where random starts lie, and there are none; add --multistart 100.")
      }
      guard seed == nil else {
        throw UsageError(
          "--seed fixes random starts, and there are none; add --multistart 100, or leave it out.")
      }
      return nil
    }
    guard multistart >= 1 else {
      throw UsageError("--multistart is \(multistart); give at least 1 start, such as 100.")
    }
    guard !boxes.isEmpty else {
      let example = parameters.map { "\($0)=…:…" }.joined(separator: ",")
      throw UsageError("--multistart needs to know where to start; add --box \(example).")
    }
    var box: [String: (lower: Double, upper: Double)] = [:]
    for assignment in boxes {
      let (lower, upper) = try assignment.interval()
      guard lower.isFinite, upper.isFinite else {
        throw UsageError(
          "The box of ‘\(assignment.name)’ has an open side; give both, \(assignment.name)=1:1000.")
      }
      if starts.contains(where: { $0.name == assignment.name }) {
        throw UsageError("‘\(assignment.name)’ has a start and a box; leave one of them out.")
      }
      box[assignment.name] = (lower, upper)
    }
    return box
  }

  /// Where each parameter starts.
  private func start(
    of parameters: [String], _ starts: [Assignment], _ box: [String: (lower: Double, upper: Double)],
    _ text: String, _ data: FitData, hasColumns: Bool
  ) throws -> [Double] {
    var numbers: [String: Double] = [:]
    for start in starts { numbers[start.name] = try start.number(isFloat: false) }
    for (name, side) in box { numbers[name] = side.lower + (side.upper - side.lower) / 2 }
    let missing = parameters.filter { numbers[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.map { "‘\($0)’" }.formatted(.list(type: .and).locale(british))
      let option = multistart == nil ? "--start" : "--start, or a range of each to --box"
      var sentence =
        "\(names) in the formula \(missing.count == 1 ? "has" : "have") no start; add "
        + "\(missing.map { "\($0)=…" }.joined(separator: ",")) to \(option)."
      if let advice = data.advice(about: text) {
        sentence += " " + advice
      } else if let (name, column) = missing.lazy.compactMap({ name in misspelt(name, data).map { (name, $0) }
      }).first {
        sentence += " If ‘\(name)’ should be a column: did you mean ‘\(column)’?"
      } else if !hasColumns {
        sentence += " No column is in the formula; there are \(data.listOfNames)."
      }
      throw UsageError(sentence)
    }
    return parameters.map { numbers[$0]! }
  }

  /// The column that a name was perhaps meant for.
  private func misspelt(_ name: String, _ data: FitData) -> String? {
    if let column = data.names.first(where: { $0.lowercased() == name.lowercased() }) { return column }
    return name.count < 3 ? nil : nearestName(to: name, among: data.names.filter { $0.count > 1 })
  }

  private func checkNumbers() throws {
    guard level > 0, level < 1 else {
      let remedy =
        level > 1 && level < 100
        ? "write \(brief(level / 100, digits: 6)) for \(brief(level, digits: 6)) %"
        : "give a number between 0 and 1, such as 0.95"
      throw UsageError("--level is \(level); \(remedy).")
    }
    if let tolerance, !(tolerance >= 0 && tolerance < 1) {
      throw UsageError("--tolerance is \(tolerance); give a number from 0 to below 1, such as 1e-8.")
    }
    if let complaint = limits.complaint { throw UsageError(complaint) }
  }

  /// How far each observation is to be trusted, and the column that says so.
  private func weighting(_ data: FitData) throws -> (FitWeights<Double>, String?) {
    switch (weights, sigma) {
    case (nil, nil): return (.equal, nil)
    case (let column?, nil):
      let w = try data.numbers(
        in: column, where: { $0 >= 0 }, else: "weight; give a number that is zero or more")
      return (.relative(w), column)
    case (nil, let column?):
      let σ = try data.numbers(
        in: column, where: { $0 > 0 }, else: "standard deviation; give a positive number")
      return (.standardDeviations(σ), column)
    case (_?, _?):
      throw UsageError(
        "--weights and --sigma cannot both say how far the data are to be trusted; leave one out.")
    }
  }

  private func checkCount(of parameters: [String], _ weights: FitWeights<Double>, _ data: FitData) throws {
    var count = data.table.rows.count
    if case .relative(let w) = weights { count = w.count { $0 > 0 } }
    guard count < parameters.count else { return }
    let rows =
      "\(count) row\(count == 1 ? "" : "s")\(count < data.table.rows.count ? " of a weight above zero" : "")"
    throw UsageError(
      "\(data.table.name), line \(data.table.lines.last!): the data end after \(rows), and the formula has "
        + "\(parameters.count) parameters, \(parameters.joined(separator: ", ")); give at least as many rows."
    )
  }
}
