import Foundation
import Secant

/// What `secant minimize` answers.
struct Minimum: Sendable, Answer {
  /// The layout of the JSON document, raised when a key changes its meaning.
  static let schema = "secant.minimum/1"

  struct Variable: Sendable, Encodable {
    var name: String
    var value, start: Double
    /// The bounds; not finite where there is none.
    var lower, upper: Double
    /// Which bound the variable lies on, if any, and ∂f/∂x there.
    var active: String?
    var multiplier: Double?
    /// The value with all the digits of its type and no others.
    var digits: String

    private enum CodingKeys: CodingKey { case name, value, start, lower, upper, active, multiplier }
  }

  let schema = Self.schema
  var formula: String
  var scalar: String
  var method: String
  var status: String
  var isConverged: Bool
  var sentence: String
  var variables: [Variable]
  var value: Double
  /// The domain's first-order measure: ‖∇f‖∞, with bounds over what they leave free.
  var stationarity: Double?
  /// The Hessian's, with bounds over what they leave free.
  var leastEigenvalue: Double?
  var iterations: Int
  /// What the method spent, and what the look at its answer cost.
  var ledger, monitoring: Ledger
  private var digits: String

  private enum CodingKeys: CodingKey {
    case schema, formula, scalar, method, status, isConverged, sentence, variables, value, stationarity
    case leastEigenvalue, iterations, ledger, monitoring
  }

  init<Problem>(_ outcome: Outcome<Problem>, of task: Minimization) {
    let posed = task.posed
    formula = posed.formula.text
    scalar = "\(Problem.Scalar.self)"
    method = task.method.text
    status = outcome.status.label
    isConverged = outcome.status.isConverged
    sentence = outcome.sentence(in: task.terms)
    variables = posed.variables.indices.map { i in
      let bound = outcome.certificate?.activeBounds.first { $0.variable == i }
      return Variable(
        name: posed.variables[i], value: Double(outcome.point[i]), start: posed.start[i],
        lower: posed.lower[i],
        upper: posed.upper[i], active: bound?.side.rawValue, multiplier: bound.map { Double($0.multiplier) },
        digits: "\(outcome.point[i])")
    }
    value = Double(outcome.value)
    stationarity = outcome.certificate.map { Double($0.stationarity) }
    if case .least(let λ, _, _) = outcome.certificate?.curvature { leastEigenvalue = Double(λ) }
    iterations = outcome.iterations
    ledger = outcome.ledger
    monitoring = outcome.monitoring
    digits = outcome.value.isNaN ? "nan" : "\(outcome.value)"
  }
}

extension Minimum: CustomStringConvertible {
  /// The point by name, f, the sentence, and what was spent.
  var description: String {
    let width = variables.map(\.name.count).max() ?? 1
    func line(_ name: String, _ digits: String, _ remark: String = "") -> String {
      let number = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
      return name + String(repeating: " ", count: width - name.count) + " = \(number)\(remark)"
    }
    let lines = variables.map { variable in
      let remark =
        switch variable.active {
        case "both": "  (fixed)"
        case let side?: "  (at its \(side) bound; ∂f/∂\(variable.name) = \(brief(variable.multiplier!)))"
        case nil: ""
        }
      return line(variable.name, variable.digits, remark)
    }
    return (lines + [line("f", digits), "", sentence, account]).joined(separator: "\n")
  }
}
