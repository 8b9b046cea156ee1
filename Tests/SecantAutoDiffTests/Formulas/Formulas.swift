import SecantAutoDiff
import SecantProblems

/// The formulas of `SecantProblems` once more, value only and over any ``DifferentiableNumber``: what automatic
/// derivatives are taken of, to be compared with those derived by hand.
///
/// They are written from the definitions, not from the code they are compared with; the data are repeated.
enum Formulas {
  typealias Plain = ([Double]) -> Double
  typealias Taped = ([Variable<Double>]) -> Variable<Double>

  /// A problem with its formula in plain numbers and in a tape's.
  typealias Entry = (name: String, problem: TestProblem<Double>, formula: Plain, taped: Taped)

  /// Σ of the terms, in their order.
  static func sum<N: DifferentiableNumber>(over indices: some Sequence<Int>, _ term: (Int) -> N) -> N {
    var sum = N.zero
    for i in indices { sum += term(i) }
    return sum
  }

  /// Σ r².
  static func sumOfSquares<N: DifferentiableNumber>(_ residuals: [N]) -> N {
    sum(over: residuals.indices) { pow(residuals[$0], 2) }
  }
}
