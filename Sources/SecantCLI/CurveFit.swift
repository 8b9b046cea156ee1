import Foundation
import Secant
import SecantAutoDiff
import SecantCompare
import SecantFormula

/// A formula to be fitted to the columns of a table, with everything about it checked.
struct CurveFit: Sendable {
  var data: FitData
  var text: String
  var formula: Formula
  var response: String
  var parameters: [String]
  /// The columns that the formula reads.
  var variables: [String]
  var columns: [[Double]]
  var observed: [Double]
  var weights: FitWeights<Double>
  /// The column of the weights.
  var weightColumn: String?
  /// Where to start; the middle of the box where there are many starts.
  var start: [Double]
  var lower, upper: [Double]
  /// How residuals count, where it is not by their squares, and as it was written.
  var loss: RobustLoss<Double>?
  var lossText: String?
  var method: Request
  var level: Double
  var profiles: Bool
  var search: Search?
  var tolerance: Double?
  var budget: Budget

  /// Many starts in a box.
  struct Search: Sendable {
    var lower, upper: [Double]
    var starts: Int
    var seed: UInt64
  }

  /// What the sentence calls the parameters, and the methods that it can advise.
  var terms: ShellTerms {
    let methods =
      method.boundedFitMethod == nil ? FitMethod.allCases.map(\.name) : BoundedFitMethod.allCases.map(\.name)
    return ShellTerms(
      variables: parameters, kind: "parameter", methods: methods.filter { $0 != method.text })
  }

  /// Fits, as often as there are starts.
  func answer() throws -> FitAnswer {
    let function = try FormulaFunction<Double>(formula, variables: parameters + variables)
    // A formula without a column has a curve over the rows.
    let observations = Observations(
      columns: columns.isEmpty ? [observed.indices.map { Double($0 + 1) }] : columns, observed,
      weights: weights)
    let hasColumns = !columns.isEmpty
    let curve = TracedCurve(through: observations, parameters: parameters.count) { b, x in
      function(hasColumns ? b + x : b)
    }
    if let loss {
      let size = observed.reduce(0) { max($0, abs($1)) }
      guard weightColumn != nil || loss.scale >= .ulpOfOne * size else {
        throw UsageError(
          "scale in ‘\(lossText ?? "")’ is below the rounding of the response, which is up to \(size); give the size of an ordinary residual."
        )
      }
      return try answer(curve.robust(loss))
    }
    return try answer(curve)
  }

  private func answer<Curve: FittedCurve<Double>>(_ curve: Curve) throws -> FitAnswer
  where Curve.Domain == WholeSpace {
    if let bounded = method.boundedFitMethod {
      let problem = curve.bounded(by: Bounds(lower: Vector(lower), upper: Vector(upper)))
      return try answer(problem, try method.leastSquaresMethod(bounded)) {
        fit(problem, from: $0, using: $1, until: convergence, within: budget)
      }
    }
    return try answer(curve, try method.leastSquaresMethod()) {
      fit(curve, from: $0, using: $1, until: convergence, within: budget)
    }
  }

  private var convergence: Convergence<Double> { Convergence(orthogonality: tolerance) }

  private func answer<Problem>(
    _ problem: Problem, _ solver: any Solver<Problem>,
    _ run: (Vector<Double>, any Solver<Problem>) -> Fit<Double>
  ) throws -> FitAnswer {
    if let complaint = solver.complaint { throw UsageError("‘\(method.text)’: \(complaint)") }
    var (ledger, monitoring) = (Ledger(), Ledger())
    func fit(from start: Vector<Double>) -> Fit<Double> {
      var fit = run(start, solver)
      fit.names = parameters
      ledger += fit.ledger
      monitoring += fit.monitoring
      return fit
    }
    let many = search.map {
      multistart(
        in: Bounds(lower: Vector($0.lower), upper: Vector($0.upper)), starts: $0.starts, seed: $0.seed, fit)
    }
    let best = many?.best ?? fit(from: Vector(start))
    if case .refused(let reason) = best.status { throw UsageError(reason) }
    return FitAnswer(best, many, of: self, ledger: ledger, monitoring: monitoring)
  }
}
