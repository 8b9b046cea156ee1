import Foundation
import Secant
import SecantCompare
import SecantFormula

/// A formula to be minimised, with everything about it checked.
struct Minimization: Sendable {
  var posed: PosedFormula
  var method: Request
  var isFloat: Bool
  var tolerance: Double?
  var budget: Budget

  /// Whether the problem is one with bounds, for their own sake or the method's.
  private var isBounded: Bool { posed.isBounded || method.isBounded }

  func minimum() throws -> Minimum { isFloat ? try minimum(Float.self) : try minimum(Double.self) }

  /// What the sentence calls the variables, and the methods that it can advise.
  var terms: ShellTerms {
    let methods = isBounded ? MethodDescription.bounded : MethodDescription.all
    return ShellTerms(variables: posed.variables, methods: methods.map(\.name).filter { $0 != method.text })
  }

  private func minimum<Scalar: LAPACKScalar & DifferentiableNumber>(_: Scalar.Type) throws -> Minimum
  where Scalar.Scalar == Scalar {
    let problem = Differentiated(try FormulaFunction<Scalar>(posed.formula, variables: posed.variables))
    guard isBounded else {
      let course = course(on: AnyProblem(problem))
      return try minimum(try method.contestant(in: Setting(course)), on: course)
    }
    let bounds = Bounds(
      lower: Vector(posed.lower.map { Scalar($0) }), upper: Vector(posed.upper.map { Scalar($0) }))
    let course = course(on: problem.bounded(by: bounds))
    return try minimum(try method.contestant(on: course), on: course)
  }

  private func course<Problem>(on problem: Problem) -> Course<Problem> {
    Course(
      problem, from: Vector(posed.start.map { Problem.Scalar($0) }),
      until: Convergence(gradient: tolerance.map { Problem.Scalar($0) }), within: budget)
  }

  private func minimum<Problem>(
    _ contestant: Contestant<Problem>, on course: Course<Problem>
  ) throws -> Minimum {
    if let complaint = contestant.complaint { throw UsageError("‘\(method.text)’: \(complaint)") }
    let outcome = contestant.outcome(on: course)
    if case .refused(let reason) = outcome.status { throw UsageError(reason) }
    return Minimum(outcome, of: self)
  }
}
