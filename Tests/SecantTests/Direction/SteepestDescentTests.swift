import Secant
import Testing

/// f(x) = 3x₀ + 4x₁, on which a step of length α lowers f by 25α.
private struct Slope: DifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    g[0] = 3
    g[1] = 4
    return 3 * x[0] + 4 * x[1]
  }
}

@Suite struct SteepestDescentTests {
  /// On f = Σ λᵢxᵢ²/2 each step multiplies xᵢ by 1 − ηλᵢ, so the error by at most max |1 − ηλᵢ|.
  @Test func contractsQuadraticsAtItsRate() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let problem = DiagonalQuadratic<Scalar>(λ: [1, 3, 10])
      let η: Scalar = 2 / 11
      let start: Vector<Scalar> = [1, -2, 0.5]
      let points = trajectory(
        Descent<SteepestDescent<DiagonalQuadratic<Scalar>>, Constant<Scalar>>.gradientDescent(rate: η),
        on: problem, from: start, steps: 20)
      var previous = start
      for point in points {
        #expect(point.norm <= 9 / 11 * previous.norm * (1 + 8 * .ulpOfOne))
        for i in 0..<3 {
          #expect(abs(point[i] - previous[i] * (1 - η * problem.λ[i])) <= 4 * .ulpOfOne * abs(previous[i]))
        }
        previous = point
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// f(xₖ) − f* ≤ ‖x₀ − x*‖²/(2kη) for η = 1/L, here with f* = 0 at 0.
  @Test func keepsTheConvexBound() {
    let problem = DiagonalQuadratic<Double>(λ: [1e-4, 1e-2, 1])
    var state = Descent<SteepestDescent<DiagonalQuadratic<Double>>, Constant<Double>>
      .gradientDescent(rate: 1).start(at: [1, 1, 1], for: problem)
    for k in 1...200 {
      Descent.gradientDescent(rate: 1).step(&state, on: problem)
      #expect(problem.value(at: state.current.point) <= 3 / (2 * Double(k)))
    }
  }

  @Test func followsASchedule() {
    let problem = DiagonalQuadratic<Double>(λ: [1])
    let points = trajectory(
      Descent.gradientDescent(rate: .step(from: 0.5, by: 0.5, every: 1)), on: problem, from: [1], steps: 3)
    #expect(points.map { $0[0] } == [0.5, 0.375, 0.328125])
  }

  /// (3.60): the first trial is 1/‖g‖, and one that is accepted with all of its promise is doubled.
  @Test func searchDoublesWhatIsAlwaysAccepted() throws {
    let method = Descent<SteepestDescent<Slope>, Armijo<Double>>.gradientDescent()
    var oracle = Oracle(Slope())
    var state = method.start(at: [0, 0], for: Slope())
    try oracle.evaluate(&state.current)
    for expected in [0.2, 0.4, 0.8, 1.6] {
      guard case .accepted(let length) = try method.advance(&state, asking: &oracle) else {
        Issue.record("the step was not accepted")
        return
      }
      #expect(abs(length - expected) < 1e-14)
    }
    #expect(oracle.ledger.gradients == 5)
  }

  /// Where the decrease is lost in rounding, the first trial promises the last step's change again:
  /// α‖g‖² = ‖x − x₋₁‖‖g₋₁‖.
  @Test func withoutADecreaseTheSuggestionRepeatsTheLastChange() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 1])
    var oracle = Oracle(problem)
    var (previous, current) = (Iterate<Double>([3, 4]), Iterate<Double>([1.5, 2]))
    for i in 0..<2 {
      previous.gradient[i] = previous.point[i]
      current.gradient[i] = current.point[i]
    }
    (previous.isEvaluated, current.isEvaluated) = (true, true)
    (previous.value, current.value) = (1e16, 1e16)
    var p = Vector<Double>(zeros: 2)
    var memory = Stateless()
    let length = SteepestDescent().choose(
      &p, at: current, after: previous, iteration: 1, &memory, asking: &oracle)
    #expect(p == [-1.5, -2])
    #expect(length == 2.5 * 5 / 6.25)
  }

  /// A search that adapts needs fewer than two evaluations a step, whatever the scale of the function.
  @Test func searchAdaptsItsFirstTrial() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let problem = DiagonalQuadratic<Scalar>(λ: [1, 4, 16])
      for scale: Scalar in [1e-3, 1, 1e3] {
        let scaled = DiagonalQuadratic<Scalar>(λ: problem.λ.map { $0 * scale })
        let outcome = minimize(
          scaled, from: [1, 1, 1], using: .gradientDescent(),
          until: Convergence(gradient: 1e-4 * scale), within: Budget(iterations: 300))
        #expect(outcome.status.isConverged, "\(outcome.status) at scale \(scale)")
        #expect(outcome.ledger.gradients <= 2 * outcome.iterations + 20)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func searchFindsTheMinimumOfANonlinearFunction() {
    let outcome = minimize(
      QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, using: .gradientDescent(),
      until: Convergence(gradient: 1e-9), within: Budget(iterations: 500))
    #expect(outcome.status.isConverged, "\(outcome.status)")
  }

  @Test func refusesARateThatIsNone() {
    for rate in [0, -1, Double.nan, .infinity] {
      let complaint = Descent<SteepestDescent<DiagonalQuadratic<Double>>, Constant<Double>>
        .gradientDescent(rate: rate).complaint
      #expect(complaint?.contains("rate is \(rate)") == true)
    }
  }

  @Test func resumes() throws {
    let problem = QuadraticAndQuartic<Double>()
    #expect(
      try resumesExactly(
        Descent.gradientDescent(rate: 0.01), on: problem, from: QuadraticAndQuartic.start, m: 10, n: 10))
    #expect(
      try resumesExactly(Descent.gradientDescent(), on: problem, from: QuadraticAndQuartic.start, m: 4, n: 4))
  }
}
