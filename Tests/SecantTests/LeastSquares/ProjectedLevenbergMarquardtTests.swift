import Secant
import Testing

@Suite struct ProjectedLevenbergMarquardtTests {
  /// Rosenbrock's residuals without bounds.
  struct Valley: ResidualObjective {
    typealias Scalar = Double
    let residualCount = 2
    func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
      r[0] = 10 * (x[1] - x[0] * x[0])
      r[1] = 1 - x[0]
    }
    func residualsAndJacobian(
      at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
    ) {
      residuals(at: x, into: &r)
      J[0, 0] = -20 * x[0]
      J[0, 1] = 10
      J[1, 0] = -1
      J[1, 1] = 0
    }
  }

  /// Where no bound is met the run is that of the method without bounds, bit for bit.
  @Test func isLevenbergMarquardtWhereNoBoundIsMet() {
    let plain = minimize(Valley(), from: [-1.2, 1], using: .levenbergMarquardt())
    let without = minimize(
      Valley().bounded(count: 2), from: [-1.2, 1], using: .projectedLevenbergMarquardt())
    let far = minimize(
      Valley().bounded(from: -1e3, to: 1e3, count: 2), from: [-1.2, 1], using: .projectedLevenbergMarquardt())
    for outcome in [without, far] {
      #expect(outcome.point == plain.point && outcome.value == plain.value)
      #expect(outcome.iterations == plain.iterations && outcome.ledger.residuals == plain.ledger.residuals)
    }
  }

  /// Once the face is found the residuals of what is left vanish, and convergence is quadratic.
  @Test func convergesFastOnTheFace() {
    let problem = BoundedSquares<Double>.rosenbrock([-2, -2], [0.5, 2])
    let outcome = minimize(problem, from: [-1.2, 1], using: .projectedLevenbergMarquardt())
    #expect(outcome.status.isConverged && outcome.point == [0.5, 0.25], "\(outcome)")
    #expect(outcome.ledger.residuals <= 15, "\(outcome)")
    // A column that was left out is none that vanishes.
    let plain = minimize(
      problem, from: [-1.2, 1], using: .projectedLevenbergMarquardt(), certifying: false)
    #expect(plain.status.isConverged && plain.point == outcome.point, "\(plain)")
  }

  /// A bound is reached in one step where the model is exact.
  @Test func reachesAllBoundsOfALinearProblemAtOnce() {
    let n = 20
    let problem = BoundedSquares<Double>.linear(
      n, seed: 4, Vector(repeating: -0.05, count: n), Vector(repeating: 0.05, count: n))
    let outcome = minimize(
      problem, from: problem.start, using: .projectedLevenbergMarquardt(damping: TrustRegionDamping()))
    #expect(outcome.status.isConverged && outcome.iterations <= 3, "\(outcome)")
    #expect(outcome.certificate?.activeBounds.count ?? 0 > 10, "\(outcome)")
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = ProjectedLevenbergMarquardt<BoundedSquares<Double>, TrustRegionDamping<Double>>
    #expect(Method(damping: TrustRegionDamping()).complaint == nil)
    #expect(Method(damping: TrustRegionDamping(), noise: -1).complaint?.contains("noise is -1") == true)
    #expect(
      Method(damping: TrustRegionDamping(tolerance: 2)).complaint?.contains("tolerance (σ) is 2") == true)
  }
}
