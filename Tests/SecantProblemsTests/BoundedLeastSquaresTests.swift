import Secant
import SecantAutoDiff
import SecantProblems
import Testing

/// A sum of squares that traps where it is asked for a point outside of its bounds.
private struct Guarded<Base: ResidualObjective>: BoundedObjective, ResidualObjective
where Base.Domain == WholeSpace, Base.Failure == Never {
  typealias Scalar = Base.Scalar
  let base: Base
  let bounds: Bounds<Scalar>

  init(_ base: Base, _ lower: Vector<Scalar>, _ upper: Vector<Scalar>) {
    self.base = base
    bounds = Bounds(lower: lower, upper: upper)
  }

  var residualCount: Int { base.residualCount }
  var residualWeight: Scalar { base.residualWeight }

  func check(_ x: Vector<Scalar>) { precondition(bounds.contains(x), "\(x) lies outside of the bounds") }

  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    check(x)
    base.residuals(at: x, into: &residuals)
  }

  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    check(x)
    base.residualsAndJacobian(at: x, into: &residuals, &jacobian)
  }
}

private func methods<P: BoundedObjective & ResidualObjective>() -> [(String, any Solver<P>)] {
  [
    ("projected Levenberg–Marquardt", .projectedLevenbergMarquardt()),
    ("trust-region reflective", .trustRegionReflective()),
  ]
}

/// Least squares within bounds on problems that others have solved.
@Suite struct BoundedLeastSquaresTests {
  // MARK: Moré, Garbow and Hillstrom's collection

  struct Row: Sendable, CustomStringConvertible {
    let problem: TestProblem<Double>
    let lower: Vector<Double>
    let upper: Vector<Double>
    /// f = ‖r‖² at the minimum, and where it is.
    let minimum: Double
    let minimizer: Vector<Double>
    let active: [Int]
    /// Another start than the standard one.
    var start: Vector<Double>?
    var description: String { problem.name }
  }

  /// The minimisers of SciPy 1.17's `least_squares(f, x0, jac="3-point", bounds=(l, u), method=m, x_scale="jac",
  /// xtol=1e-15, ftol=1e-15, gtol=1e-15)`, for m = "trf" and "dogbox", after a last fit of the variables that are not on a
  /// bound with method="lm".
  static let rows = [
    Row(
      problem: .kowalikOsborne, lower: [0, 0.2, 0, 0], upper: [0.15, 1, 1, 0.1],
      minimum: 0.003446308064607332, minimizer: [0.15, 0.2, 0, 0.1], active: [0, 1, 2, 3]),
    Row(
      problem: .osborne1, lower: [0.4, 1, -2, 0, 0], upper: [1, 1.8, 0, 0.1, 0.0201],
      minimum: 0.013032283358551812,
      minimizer: [0.4, 1.8, -1.31191968792, 0.0125093483884, 0.0201], active: [0, 1, 4]),
    Row(
      problem: .boxThreeDimensional, lower: [0, 5, 0], upper: [2, 9.5, 20], minimum: 0.00011434818026414334,
      minimizer: [1.03794413276, 9.5, 0.97222758542], active: [1]),
    Row(
      problem: .brownDennis, lower: [-10, 0, -100, -20], upper: [100, 15, 0, 0.2],
      minimum: 88860.47976750042, minimizer: [-10, 12.6778182, -0.485528, 0.2], active: [0, 3]),
    Row(
      problem: .bard, lower: [0.1, 0, 0], upper: [50, 1, 2], minimum: 0.7333229784568445,
      minimizer: [0.1, 1, 2], active: [0, 1, 2]),
    Row(
      problem: .beale, lower: [0.6, 0.5], upper: [10, 100], minimum: 0, minimizer: [3, 0.5], active: []),
    Row(
      problem: .helicalValley, lower: [-100, -1, -1], upper: [0.8, 1, 1], minimum: 0.9904221209613999,
      minimizer: [0.8, 0.561936646, 0.964934076], active: [0]),
    Row(
      problem: .wood, lower: [-100, -100, -100, -100], upper: [0, 10, 100, 100],
      minimum: 1.5567008004385652, minimizer: [0, 0.00533885686, 1.39972887647, 1.96082746058],
      // From the standard start f = 7.0938 with x₂ < 0 is as near.
      active: [0], start: [-3, -1, 3, -1]),
    Row(
      problem: .biggsEXP6, lower: [0, 0, 0, 1, 0, 0], upper: [2, 8, 1, 7, 5, 5],
      minimum: 0.0005320986590782329,
      minimizer: [0.905676540, 8, 0.904344404, 6.534399061, 4.486866784, 5], active: [1, 5]),
  ]

  @Test(arguments: rows) func findsTheMinimaThatSciPyFinds(_ row: Row) throws {
    let problem = Guarded(try #require(TestProblemOfSquares(row.problem)), row.lower, row.upper)
    for (name, method) in methods() as [(String, any Solver<Guarded<TestProblemOfSquares<Double>>>)] {
      let outcome = minimize(problem, from: row.start ?? row.problem.start, using: method)
      #expect(outcome.status.isConverged, "\(name): \(outcome)")
      #expect(
        abs(outcome.value - row.minimum) <= Swift.max(1e-12 * row.minimum, 1e-20), "\(name): \(outcome)")
      let active = outcome.certificate?.activeBounds.map(\.variable)
      // Beale's minimum lies on a bound that exerts no force.
      if row.problem.name != "Beale" { #expect(active == row.active, "\(name): \(outcome)") }
      for i in row.minimizer.indices {
        let error = abs(outcome.point[i] - row.minimizer[i])
        #expect(error <= 2e-7 * Swift.max(1, abs(row.minimizer[i])), "\(name): \(outcome)")
      }
    }
  }

  @Test(arguments: rows.filter { $0.problem.name != "Brown–Dennis" })
  func findsThemInSinglePrecision(_ row: Row) throws {
    let base = try #require(TestProblem<Float>.all.first { $0.name == row.problem.name })
    let problem = Guarded(
      try #require(TestProblemOfSquares(base)), Vector(row.lower.map { Float($0) }),
      Vector(row.upper.map { Float($0) }))
    for (name, method) in methods() as [(String, any Solver<Guarded<TestProblemOfSquares<Float>>>)] {
      let outcome = minimize(
        problem, from: row.start.map { Vector($0.map { Float($0) }) } ?? base.start, using: method)
      #expect(outcome.status.isConverged, "\(name): \(outcome)")
      #expect(abs(Double(outcome.value) - row.minimum) <= 1e-4 * row.minimum + 1e-8, "\(name): \(outcome)")
    }
  }

  // MARK: NIST's regressions

  fileprivate typealias Fit = Guarded<DifferentiatedSquares<NISTResiduals>>

  /// Bounds that do not hold the answer take no digit away.
  @Test(arguments: ["Misra1a", "Chwirut1", "Kirby2", "Thurber", "Gauss1", "Rat42", "Lanczos3"])
  func boundsThatAreNotMetChangeNothing(name: String) throws {
    let regression = try #require(NISTProblem.named(name))
    let squares = DifferentiatedSquares(regression.residuals)
    for start in regression.starts {
      let plain = minimize(squares, from: start, using: .levenbergMarquardt())
      let most = Vector(start.indices.map { 100 * Swift.max(abs(start[$0]), abs(regression.parameters[$0])) })
      for (name, method) in methods() as [(String, any Solver<Fit>)] {
        let outcome = minimize(Guarded(squares, -most, most), from: start, using: method)
        #expect(outcome.status.isConverged, "\(name): \(outcome)")
        #expect(
          regression.digits(of: outcome.point) >= Swift.min(9.75, regression.digits(of: plain.point)),
          "\(name): \(outcome)")
      }
    }
  }

  /// A bound that holds a parameter gives the fit of the others with that parameter fixed.
  @Test(arguments: [
    ("Misra1a", 0, 230.0), ("Misra1a", 1, 6e-4), ("Chwirut1", 2, 0.009), ("Rat42", 0, 70.0),
    ("DanWood", 1, 3.9), ("Gauss1", 4, 20.0), ("Thurber", 6, 0.04),
  ])
  func aBoundThatHoldsIsAParameterFixed(name: String, parameter j: Int, bound: Double) throws {
    let regression = try #require(NISTProblem.named(name))
    let squares = DifferentiatedSquares(regression.residuals)
    let n = regression.parameters.count
    let start = regression.starts[1]
    var (lower, upper) = (
      Vector(repeating: -Double.infinity, count: n), Vector(repeating: Double.infinity, count: n)
    )
    if bound < regression.parameters[j] { upper[j] = bound } else { lower[j] = bound }
    var (fixedLower, fixedUpper) = (lower, upper)
    fixedLower[j] = bound
    fixedUpper[j] = bound
    let fixed = minimize(
      Guarded(squares, fixedLower, fixedUpper), from: start, using: .projectedLevenbergMarquardt())
    #expect(fixed.status.isConverged, "\(fixed)")
    for (name, method) in methods() as [(String, any Solver<Fit>)] {
      let outcome = minimize(Guarded(squares, lower, upper), from: start, using: method)
      #expect(outcome.status.isConverged, "\(name): \(outcome)")
      #expect(outcome.point[j] == bound, "\(name): \(outcome)")
      #expect(outcome.certificate?.activeBounds.map(\.variable) == [j], "\(name): \(outcome)")
      #expect(NISTProblem.digits(of: outcome.point, against: fixed.point) >= 8.5, "\(name): \(outcome)")
    }
  }
}
