import Secant
import Testing

@Suite struct NegativeCurvatureNewtonTests {
  typealias Subject<P: TwiceDifferentiableObjective> = Descent<
    NegativeCurvatureNewton<P>, StrongWolfe<P.Scalar>
  >
  where P.Domain == WholeSpace

  /// x² − y² + y⁴ from next to the x-axis, along which a descent direction runs into the saddle: every other method
  /// needs a step for each doubling of y.
  @Test(arguments: [1e-3, 1e-9, 1e-14, 0]) func leavesTheStableManifoldInFewSteps(distance: Double) {
    let f = Formula<Double>.saddle
    let outcome = minimize(f, from: [1, distance], using: .negativeCurvatureNewton())
    #expect(outcome.status.isConverged)
    #expect(abs(outcome.value + 0.25) < 1e-10)
    #expect(outcome.iterations <= 8, "\(outcome.iterations)")
  }

  @Test func leavesASaddleExactly() {
    let outcome = minimize(Formula<Double>.saddle, from: [0, 0], using: .negativeCurvatureNewton())
    #expect(outcome.status.isConverged && abs(outcome.value + 0.25) < 1e-10)
    let many = minimize(
      Formula<Double>.manySaddles(12), from: Vector(repeating: 1e-8, count: 12),
      using: .negativeCurvatureNewton())
    #expect(many.status.isConverged && abs(many.value + 11.0 / 4) < 1e-8)
  }

  @Test func isDownhillAndReachesFarEnough() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let f = Formula<Scalar>.saddle
      let solver: Subject<Formula<Scalar>> = .negativeCurvatureNewton()
      var state = solver.start(at: [1, 0], for: f)
      solver.step(&state, on: f)
      #expect(state.other.gradient.dot(state.memory.p) < 0)
      #expect(abs(abs(state.memory.p[1]) - 0.1) < 1e-5)
      #expect(abs(state.memory.p[0] + 1) < 1e-5)
      #expect(state.current.value < state.other.value)
    }
    check(Double.self)
    check(Float.self)
  }

  /// Where the Hessian is positive definite it is Newton's method, bit for bit.
  @Test func isNewtonsMethodOnAConvexFunction() {
    let f = Quadratic<Double>(10, condition: 100)
    let outcome = minimize(f, from: Vector(zeros: 10), using: .negativeCurvatureNewton(), certifying: false)
    #expect(outcome.iterations == 1 && outcome.ledger.factorisations == 1)
    #expect(outcome.point == minimize(f, from: Vector(zeros: 10), using: .newton(), certifying: false).point)
  }

  @Test func complainsAboutWhatMakesNoSense() {
    typealias D = NegativeCurvatureNewton<Rosenbrock<Double>>
    #expect(D(reach: 0).complaint?.contains("reach") == true)
    #expect(D(least: .nan).complaint?.contains("least") == true)
    #expect(D().complaint == nil)
  }
}
