import ArgumentParser
import Foundation
import SecantCompare
import SecantFormula

/// A formula, where its variables start and where they may lie.
struct FormulaOptions: ParsableArguments {
  @Argument(help: "The function, in quotes.")
  var formula: String?

  @Argument(help: .hidden)
  var others: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: "Where to start, each variable with its number: x=-1.2,y=1.")
  var start: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help:
      "Where a variable may lie, its least and its greatest number, either of which can be left out: x=0:2,y=:5."
  )
  var bounds: [String] = []

  /// The problem, with every option checked.
  func posed(isFloat: Bool = false) throws -> PosedFormula {
    guard let text = formula?.trimmingCharacters(in: .whitespacesAndNewlines) else {
      throw UsageError("There is no formula; write it in quotes, such as \"(1-x)^2 + 100*(y-x^2)^2\".")
    }
    if let complaint = complaint(aboutExtra: others) { throw UsageError(complaint) }
    let formula = try Formula(text)
    let starts = try Assignment.list(start, in: "--start")
    let start = Dictionary(
      uniqueKeysWithValues: try starts.map { ($0.name, try $0.number(isFloat: isFloat)) })
    // In the order of their starts.
    let variables =
      starts.map(\.name).filter(formula.names.contains)
      + formula.names.filter { start[$0] == nil && Formula.constants[$0] == nil }
    guard !variables.isEmpty else {
      throw UsageError("‘\(text)’ has no variables; there is nothing to minimise.")
    }
    for start in starts { try check(start, isAmong: variables, but: starts.map(\.name)) }
    let missing = variables.filter { start[$0] == nil }
    guard missing.isEmpty else {
      let names = missing.map { "‘\($0)’" }.formatted(.list(type: .and).locale(british))
      throw UsageError(
        "\(names) in the formula \(missing.count == 1 ? "has" : "have") no start; add "
          + "\(missing.map { "\($0)=…" }.joined(separator: ",")) to --start.")
    }
    var box: [String: (lower: Double, upper: Double)] = [:]
    for bound in try Assignment.list(bounds, in: "--bounds") {
      try check(bound, isAmong: variables, but: [])
      box[bound.name] = try bound.interval()
    }
    return PosedFormula(
      formula: formula, variables: variables, start: variables.map { start[$0]! },
      lower: variables.map { box[$0]?.lower ?? -.infinity },
      upper: variables.map { box[$0]?.upper ?? .infinity }, isBounded: !box.isEmpty)
  }

  private func check(_ assignment: Assignment, isAmong variables: [String], but others: [String]) throws {
    let name = assignment.name
    guard !variables.contains(name) else { return }
    let guess = guess(name, among: variables.filter { !others.contains($0) })
    throw UsageError(
      "\(assignment.option) sets ‘\(name)’, and there is no variable ‘\(name)’ in the formula; "
        + (guess.map { "did you mean ‘\($0)’?" } ?? "its variables are \(variables.joined(separator: ", ")).")
    )
  }
}

/// A formula with a start.
struct PosedFormula: Sendable {
  var formula: Formula
  var variables: [String]
  var start: [Double]
  /// The bounds of each variable, infinite where there is none.
  var lower, upper: [Double]
  /// Whether bounds were given, be they all infinite.
  var isBounded: Bool
}
