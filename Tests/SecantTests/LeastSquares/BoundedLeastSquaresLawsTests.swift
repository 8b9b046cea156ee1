import Foundation
import RealModule
import Secant
import Testing

/// What every method for least squares within bounds must do. All problems trap where they are asked for a point outside.
@Suite struct BoundedLeastSquaresLawsTests {
  typealias Squares = BoundedSquares<Double>

  // MARK: Published minima

  /// The minimisers of SciPy 1.17's `least_squares(f, x0, bounds=(l, u), method=m, x_scale="jac", xtol=1e-15, ftol=1e-15,
  /// gtol=1e-15)`, for m = "trf" and "dogbox", after a last fit of the variables that are not on a bound with
  /// method="lm". HS2's is published as well.
  static let minimizers:
    [(problem: Squares, start: Vector<Double>, x: Vector<Double>, sum: Double, active: [Int])] =
      [
        (
          .rosenbrock([-.infinity, 1.5], [.infinity, .infinity]), [2, 2], [1.22437074874, 1.5],
          0.05042618789360707, [1]
        ),
        (.rosenbrock([-2, -2], [0.5, 2]), [-1.2, 1], [0.5, 0.25], 0.25, [0]),
        (.rosenbrock([-2, -2], [0.5, 0.1]), [-1.2, 1], [0.331769081, 0.1], 0.45667450749854827, [1]),
        (
          .powellSingular([0.1, -20, -20, -20], [100, 20, 20, 0.9]), [3, -1, 0, 1],
          [0.1, -0.009982234157, 0.04307310795, 0.043783741], 0.00018781963005830337, [0]
        ),
      ]

  @Test(arguments: 0..<4) func findsTheMinimaThatSciPyFinds(_ k: Int) {
    let (problem, start, x, sum, active) = Self.minimizers[k]
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(problem, from: start, using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect(abs(2 * outcome.value - sum) <= 1e-12 * sum, "\(named): \(outcome)")
      #expect((outcome.point - x).largestMagnitude < 1e-8, "\(named): \(outcome)")
      #expect(outcome.certificate?.activeBounds.map(\.variable) == active, "\(named): \(outcome)")
      for bound in outcome.certificate?.activeBounds ?? [] {
        #expect(bound.side == .lower ? bound.multiplier > 0 : bound.multiplier < 0, "\(named): \(outcome)")
      }
    }
  }

  @Test func findsThemInSinglePrecision() {
    let problem = BoundedSquares<Float>.rosenbrock([-2, -2], [0.5, 0.1])
    for named in boundedLeastSquaresMethods() as [Named<BoundedSquares<Float>>] {
      let outcome = minimize(problem, from: problem.start, using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect(abs(outcome.point[0] - 0.33176908) < 1e-3 && outcome.point[1] == 0.1, "\(named): \(outcome)")
    }
  }

  /// A linear problem has one minimum, which the conditions of the box tell: to rounding, not to a tolerance of g alone.
  @Test(arguments: 0..<20) func solvesLinearProblemsOnTheirFace(seed: Int) {
    let n = 2 + seed % 7
    var (lower, upper) = (Vector<Double>(zeros: n), Vector<Double>(repeating: .infinity, count: n))
    for i in 0..<n {
      lower[i] = -0.3 - 0.2 * Double(i % 3)
      if i % 4 != 3 { upper[i] = 0.2 + 0.1 * Double(i) }
    }
    let problem = Squares.linear(n, seed: seed, lower, upper)
    var first: Vector<Double>?
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(problem, from: problem.start, using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      let x = outcome.point
      var g = x
      _ = problem.valueAndGradient(at: x, into: &g)
      #expect(problem.stationarity(of: g, at: x) < 1e-8, "\(named): \(outcome)")
      #expect((x - (first ?? x)).largestMagnitude < 1e-8, "\(named): \(outcome)")
      first = first ?? x
    }
  }

  // MARK: Boxes at the edge

  @Test func needsNoBounds() {
    let problem = Squares.rosenbrock([-.infinity, -.infinity], [.infinity, .infinity])
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(problem, from: problem.start, using: named.method)
      #expect(outcome.status.isConverged && outcome.certificate?.activeBounds == [], "\(named): \(outcome)")
      #expect(
        (outcome.point - [1, 1]).largestMagnitude < 1e-9 && !outcome.movedStart, "\(named): \(outcome)")
    }
  }

  @Test func respectsFixedVariables() {
    let problem = Squares.rosenbrock([-1.2, -5], [-1.2, 5])
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(problem, from: [3, 1], using: named.method)
      #expect(outcome.status.isConverged && outcome.movedStart, "\(named): \(outcome)")
      #expect(outcome.point[0] == -1.2 && abs(outcome.point[1] - 1.44) < 1e-10, "\(named): \(outcome)")
      #expect(outcome.certificate?.activeBounds.map(\.side) == [.both])
      #expect(outcome.certificate?.residuals?.inseparable == [])
      #expect(outcome.certificate?.residuals?.conditionNumber == 1)
    }
  }

  @Test func aFullyFixedProblemIsSolvedAtOnce() {
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(.rosenbrock([2, 3], [2, 3]), from: [0, 0], using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect(outcome.point == [2, 3] && outcome.iterations == 0 && outcome.ledger.jacobians == 1)
    }
  }

  @Test func refusesBoundsThatCross() {
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(Squares.rosenbrock([2, 3], [1, 4]), from: [0, 0], using: named.method)
      #expect("\(outcome)".contains("The bounds of variable 0 cross"), "\(named): \(outcome)")
    }
  }

  @Test(arguments: [[-1.5, -1], [2, 3], [-1.5, 3], [2, -1], [9, 9]] as [Vector<Double>])
  func leavesTheBoundsThatItStartsOn(start: Vector<Double>) {
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let outcome = minimize(Squares.rosenbrock([-1.5, -1], [2, 3]), from: start, using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect((outcome.point - [1, 1]).largestMagnitude < 1e-9, "\(named): \(outcome)")
      #expect(outcome.certificate?.activeBounds == [])
    }
  }

  /// The minimum lies on a bound that exerts no force, and beside one that is nearer than any tolerance.
  @Test(arguments: [0, 1e-12, 1e-6]) func findsAMinimumBesideABound(gap: Double) {
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      for start in [[-1.2, 1], [-1.2, -3], [1 + gap, 0]] as [Vector<Double>] {
        let problem = Squares.rosenbrock([-3, -3], [1 + gap, 3])
        let outcome = minimize(problem, from: start, using: named.method)
        #expect(outcome.status.isConverged, "\(named): \(outcome)")
        #expect((outcome.point - [1, 1]).largestMagnitude < 1e-8, "\(named): \(outcome)")
      }
    }
  }

  /// Residuals that are no number beyond the box, and none on its edge.
  @Test func staysWhereTheFunctionIsDefined() {
    let problem = Squares(
      name: "logarithms", bounds: Bounds(from: 1e-8, count: 2), start: [1, 1], residualCount: 3,
      r: { x, r in
        r[0] = Double.log(x[0]) + 3
        r[1] = Double.log(x[1] / x[0]) - 1
        r[2] = x[1] - 2
      },
      J: { x, J in
        J[0, 0] = 1 / x[0]
        J[1, 0] = -1 / x[0]
        J[1, 1] = 1 / x[1]
        J[2, 1] = 1
      })
    var first: Vector<Double>?
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      for start in [[1, 1], [1e-8, 5], [40, 1e-3]] as [Vector<Double>] {
        let outcome = minimize(problem, from: start, using: named.method)
        #expect(outcome.status.isConverged, "\(named): \(outcome)")
        #expect((outcome.point - (first ?? outcome.point)).largestMagnitude < 1e-7, "\(named): \(outcome)")
        first = first ?? outcome.point
      }
    }
  }

  /// x₁ and x₂ appear as their sum only: the answer says so, but for a variable that is fixed.
  @Test func tellsWhatTheDataDoNotTellApart() {
    func problem(_ upper: Vector<Double>) -> Squares {
      Squares(
        name: "sum", bounds: Bounds(lower: [0, 0], upper: upper), start: [0.5, 0], residualCount: 3,
        r: { x, r in for i in 0..<3 { r[i] = x[0] + x[1] - 1 - Double(i) / 4 } },
        J: { _, J in J.fill(with: 1) })
    }
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let many = minimize(problem([1, 1]), from: [0.4, 0.2], using: named.method)
      #expect(many.certificate?.residuals?.inseparable == [0, 1], "\(named): \(many)")
      #expect(!many.status.isConverged && abs(many.point.sum - 1.25) < 1e-9, "\(named): \(many)")
      let one = minimize(problem([1, 0]), from: [0.4, 0], using: named.method)
      #expect(one.certificate?.residuals?.inseparable == [], "\(named): \(one)")
      #expect(one.status.isConverged && one.point == [1, 0], "\(named): \(one)")
    }
  }

  // MARK: Units

  /// Powers of two change no digit: the steps are the same, whatever the variables and the residuals are measured in.
  @Test func unitsDoNotMatter() {
    let problem = Squares.powellSingular([0.1, -20, -20, -20], [100, 20, 20, 0.9])
    let scaled = problem.inUnits([0x1p20, 0x1p-30, 1, 0x1p7], residuals: 0x1p-12)
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let plain = minimize(problem, from: problem.start, using: named.method)
      let other = minimize(scaled, from: scaled.start, using: named.method)
      #expect(plain.iterations == other.iterations && other.status.isConverged, "\(named): \(plain) \(other)")
      let units: Vector<Double> = [0x1p20, 0x1p-30, 1, 0x1p7]
      for i in 0..<4 {
        let error = abs(other.point[i] / units[i] - plain.point[i])
        #expect(error <= 1e-9 * abs(plain.point[i]), "\(named): \(other)")
      }
    }
  }

  // MARK: State

  @Test func neverGoesUphillAndLeavesARejectedPointAlone() {
    func check<M: Solver<Squares>>(_ method: M, _ name: String) {
      let problem = Squares.rosenbrock([-3, -2], [0.9, 9])
      var state = method.start(at: [-3, -2], for: problem)
      for _ in 0..<60 {
        let before = state.current
        switch method.step(&state, on: problem) {
        case .accepted:
          #expect(!before.isEvaluated || state.current.value <= before.value * (1 + 2e-12), "\(name)")
        case .rejected: #expect(state.current.point == before.point, "\(name)")
        default: break
        }
      }
      #expect((state.current.point - [0.9, 0.81]).largestMagnitude < 1e-12, "\(name)")
    }
    for named in boundedLeastSquaresMethods() as [Named<Squares>] { check(named.method, named.name) }
  }

  @Test(arguments: [0, 1, 2, 5, 9]) func neverOverrunsABudget(limit: Int) {
    let problem = Squares.rosenbrock([-2, -2], [0.5, 0.1])
    for named in boundedLeastSquaresMethods() as [Named<Squares>] {
      let budgets: [(Currency, Budget)] = [
        (.jacobians, Budget(jacobians: limit)), (.residuals, Budget(residuals: limit)),
        (.factorisations, Budget(factorisations: limit)),
      ]
      for (currency, budget) in budgets {
        let outcome = minimize(
          problem, from: [-1.2, 1], using: named.method, until: .never, within: budget)
        #expect(outcome.ledger[currency] <= Double(limit), "\(named), \(currency)")
        if outcome.ledger.jacobians > 0 { #expect(outcome.value == problem.value(at: outcome.point)) }
      }
    }
  }
}
