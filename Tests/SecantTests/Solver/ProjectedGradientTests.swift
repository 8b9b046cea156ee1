import Secant
import Testing

@Suite struct ProjectedGradientTests {
  /// Bertsekas's proposition: the bounds with strict multipliers are found in finitely many steps, and kept.
  @Test func findsTheActiveBounds() {
    let problem = Torsion<Double>(6)
    let outcome = minimize(problem, from: problem.start, using: ProjectedGradient())
    #expect(outcome.status.isConverged, "\(outcome)")
    let exact = minimize(problem, from: problem.start, using: TRON())
    #expect((outcome.point - exact.point).largestMagnitude < 1e-4)
    #expect(
      outcome.certificate?.activeBounds.map(\.variable) == exact.certificate?.activeBounds.map(\.variable))
  }

  /// f(x(α)) ≤ f(x) + σgᵀ(x(α) − x) in every step.
  @Test func everyStepSatisfiesArmijosCondition() {
    let problem = Guarded(Rosenbrock<Double>(), Bounds(lower: [-2, -2], upper: [0.5, 2]))
    let solver = ProjectedGradient<Guarded<Rosenbrock<Double>>>(noise: 0)
    var state = solver.start(at: [-1.2, 1], for: problem)
    for _ in 0..<50 {
      guard case .accepted(let α) = solver.step(&state, on: problem) else { break }
      var arc = state.other.point - α * state.other.gradient
      problem.project(&arc)
      #expect(arc == state.current.point)
      let promised = state.other.gradient.dot(arc - state.other.point)
      #expect(problem.value(at: arc) <= state.other.value + 1e-4 * promised)
    }
    #expect(state.iteration == 50)
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = ProjectedGradient<Torsion<Double>>
    #expect(Method().complaint == nil)
    #expect(Method(cut: 1).complaint?.contains("cut (β) is 1") == true)
    #expect(Method(sufficientDecrease: .nan).complaint?.contains("sufficientDecrease (σ) is nan") == true)
    #expect(Method(noise: 1).complaint?.contains("noise is 1") == true)
    #expect(Method(maximumTrials: 0).complaint?.contains("maximumTrials is 0") == true)
  }
}
