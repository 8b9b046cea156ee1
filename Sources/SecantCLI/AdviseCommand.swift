import ArgumentParser
import Foundation
import Secant
import SecantAutoDiff
import SecantCompare
import SecantFormula

/// `secant advise`: which method a problem asks for, and why.
struct AdviseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advise", abstract: "Look at a problem, and recommend a method.",
    usage: """
      secant advise --problem NAME
      secant advise FORMULA --start x=-1.2,y=1 [--bounds x=0:2]
      secant advise --verify [--problems NAMES] [--class CLASS]
      """,
    discussion: """
      It measures what each answer of the problem costs, its curvature at the start and a few steps ahead, its noise, and how \
      much the terms of a mean differ, and forecasts from these what each method would cost.
      With --verify it runs every method on the problems of the library, and says how good the advice is.
      """)

  @OptionGroup var options: FormulaOptions

  @Option(help: "A problem of the library; ‘secant problems’ lists them.")
  var problem: String?

  @Option(
    parsing: .unconditional, help: "What ‖∇f‖∞ is to fall to, times max(1, that at the start).")
  var tolerance = 1e-6

  @Flag(
    help: "Price answers by convention, a product 2 gradients and a Hessian n, instead of by the clock.")
  var conventional = false

  @Flag(help: "Run every method on the problems of the library, and compare.")
  var verify = false

  @OptionGroup(title: "With --verify") var choice: ProblemOptions

  @Flag(help: "Print JSON.")
  var json = false

  func run() async throws {
    try await explained {
      guard tolerance > 0, tolerance.isFinite else {
        throw UsageError("--tolerance is \(tolerance); give a finite number above zero.")
      }
      let ways = [options.formula != nil, problem != nil, verify].count { $0 }
      guard ways == 1 else {
        throw UsageError(
          ways == 0
            ? "There is nothing to advise on; give a formula, --problem NAME or --verify."
            : "Give one of a formula, --problem and --verify.")
      }
      guard options.formula != nil || (options.start.isEmpty && options.bounds.isEmpty) else {
        throw UsageError("--start and --bounds are for a formula; a problem of the library has its own.")
      }
      guard verify || choice.isEmpty else {
        throw UsageError(
          "--problems, --class and --dimension choose the problems of --verify; give that, or leave them out."
        )
      }
      if verify { return try await printVerification() }
      let advice = try problem.map(ofLibrary) ?? ofFormula()
      print(json ? String(decoding: try Self.json(advice), as: UTF8.self) : advice.description)
      if advice.recommendation == nil { throw ExitCode(1) }
    }
  }

  private func ofLibrary(_ name: String) throws -> Advice {
    guard let known = ProblemLibrary[name] else {
      throw UsageError.unknown("problem", name, among: ProblemLibrary.all.map(\.name))
    }
    return Advice(on: known, tolerance: tolerance, isTimed: !conventional)
  }

  private func ofFormula() throws -> Advice {
    let posed = try options.posed()
    let problem = Differentiated(try FormulaFunction<Double>(posed.formula, variables: posed.variables))
    let box = Bounds(lower: Vector(posed.lower), upper: Vector(posed.upper))
    return Advice(
      on: AnyProblem(problem), from: Vector(posed.start), within: posed.isBounded ? box : nil,
      tolerance: tolerance, isTimed: !conventional)
  }

  private func printVerification() async throws {
    let (problems, isTimed, tolerance) = (try choice.chosen(), !conventional, tolerance)
    let (verification, isInterrupted) = try await untilInterrupted {
      let bar = ProgressBar()
      defer { bar.clear() }
      do {
        return try await AdviceVerification(
          of: problems, isTimed: isTimed, tolerance: tolerance, observing: bar.show) as AdviceVerification?
      } catch is CancellationError { return nil }
    }
    guard !isInterrupted, let verification else { throw ExitCode(130) }
    print(json ? String(decoding: try Self.json(verification), as: UTF8.self) : verification.description)
  }

  private static func json(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value)
  }
}
