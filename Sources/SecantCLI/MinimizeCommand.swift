import ArgumentParser
import Foundation
import Secant
import SecantCompare
import SecantFormula

/// `secant minimize`: the minimum of a formula.
struct MinimizeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "minimize", abstract: "Minimise a formula.",
    usage: "secant minimize FORMULA --start x=-1.2,y=1 [--bounds x=0:2,y=:5] [--method METHOD] …",
    discussion: """
      secant minimize "(1-x)^2 + 100*(y-x^2)^2" --start x=-1.2,y=1

      A formula is made of numbers, names, + - * / ^, parentheses, the constants pi and e, and the functions exp, expm1, \
      log (or ln), log10, log2, log1p, sqrt, cbrt, abs, erf, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, \
      acosh, atanh, pow(x, y), atan2(y, x), hypot(x, y), min and max. Its derivatives are exact.
      The exit status is 0 where the run converged, 1 where it did not, 64 where the command makes no sense and 130 \
      where it was interrupted; then, too, the best point is printed.
      """)

  @OptionGroup var options: FormulaOptions

  @Option(
    help: """
      The method, as in ‘secant compare’; ‘list’ prints them all (exactTrustRegion, beyond 100 variables newtonCG, with \
      bounds tron).
      """)
  var method: String?

  @Option(
    parsing: .unconditional,
    help:
      "The tolerance of the gradient’s largest component, relative where it never was 1 (1e-6, with --float 1e-3)."
  )
  var tolerance: Double?

  @Flag(help: "Compute in single precision.")
  var float = false

  @OptionGroup(title: "Budget (10,000 iterations unless one of these is given)")
  var limits: LimitOptions

  @Option(help: "Write the answer as JSON; ‘-’ is the standard output.")
  var json: String?

  /// The arguments with a space before what begins with a sign, a formula as a rule, so that the parser takes it for no
  /// option: those have two hyphens here, but for `-h`. A number behind an option is left alone.
  static func shielded(_ arguments: [String]) -> [String] {
    zip(arguments, [""] + arguments).map { argument, last in
      let isOption = argument.hasPrefix("--") || ["-", "-h"].contains(argument)
      let isNumber = last.hasPrefix("--") && Double(argument) != nil
      return argument.hasPrefix("-") && !isOption && !isNumber ? " " + argument : argument
    }
  }

  func run() async throws {
    if method == "list" {
      return print(listing(ofMethods: MethodDescription.all + MethodDescription.bounded))
    }
    try await explained {
      let minimization = try minimization()
      let output = Output(json: json)
      try output.check()
      let (minimum, isInterrupted) = try await untilInterrupted { try minimization.minimum() }
      if let json { try output.write(try minimum.json() + Data("\n".utf8), to: json) }
      // A stream that carries data carries nothing else.
      if json != "-" { print(minimum) }
      if isInterrupted { throw ExitCode(130) }
      if !minimum.isConverged { throw ExitCode(1) }
    }
  }

  /// What is to be done, with every option checked.
  func minimization() throws -> Minimization {
    let posed = try options.posed(isFloat: float)
    if let tolerance, !(tolerance >= 0 && tolerance.isFinite) {
      throw UsageError("--tolerance is \(tolerance); give a finite number that is zero or more.")
    }
    if let complaint = limits.complaint { throw UsageError(complaint) }
    let usual = posed.isBounded ? "tron" : posed.variables.count <= 100 ? "exactTrustRegion" : "newtonCG"
    let method = try Request(
      method: method ?? usual, among: MethodDescription.all + MethodDescription.bounded)
    return Minimization(
      posed: posed, method: method, isFloat: float, tolerance: tolerance, budget: limits.budget ?? Budget())
  }
}
