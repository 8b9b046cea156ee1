import Secant
import Testing

@Suite struct AdaBoundTests {
  /// adabound.AdaBound(lr=0.1, final_lr=0.2, gamma=0.5), and with betas=(0.9, 0.5), amsbound=True.
  @Test func followsTheAuthors() {
    expectFollows(
      FirstOrderReference.adabound, .adaBound(rate: 0.1, finalRate: 0.2, closing: 0.5),
      .adaBound(rate: 0.1, finalRate: 0.2, closing: 0.5))
    expectFollows(
      FirstOrderReference.amsbound, .amsBound(rate: 0.1, finalRate: 0.2, closing: 0.5, betas: (0.9, 0.5)),
      .amsBound(rate: 0.1, finalRate: 0.2, closing: 0.5, betas: (0.9, 0.5)))
  }

  /// While the bounds are wide it is Adam, but for ε, which is not divided by the correction.
  @Test func beginsAsAdam() {
    let start = QuadraticAndQuartic<Double>.start
    let adam = trajectory(.adam(rate: 0.1, epsilon: 0), on: QuadraticAndQuartic(), from: start, steps: 12)
    let bound = trajectory(
      .adaBound(rate: 0.1, closing: 1e-9, epsilon: 0), on: QuadraticAndQuartic(), from: start, steps: 12)
    #expect(discrepancy(bound, adam.map { Array($0) }) < 1e-12)
  }

  /// Where they have closed, every coordinate has the final rate on the average of gradients.
  @Test func endsAsMomentum() {
    let problem = QuadraticAndQuartic<Double>()
    for direction in [
      AdaBound<QuadraticAndQuartic<Double>>(finalRate: 0.5, closing: 1e12),
      AdaBound(finalRate: 0.5, closing: 1e12, keepsGreatest: true),
    ] {
      let method = Descent(direction, step: Constant(rate: 0.1))
      var state = method.start(at: QuadraticAndQuartic.start, for: problem)
      for _ in 0..<20 {
        let before = state.current.point
        method.step(&state, on: problem)
        let expected = before - 0.05 * state.memory.direction.averages.first
        #expect((state.current.point - expected).largestMagnitude < 1e-12)
      }
    }
  }

  @Test func theScheduleMovesTheFinalRate() {
    let start = QuadraticAndQuartic<Double>.start
    let scheduled = trajectory(
      .adaBound(rate: .constant(0.1), AdaBound(finalRate: 2, closing: 0.5)), on: QuadraticAndQuartic(),
      from: start, steps: 12)
    #expect(discrepancy(scheduled, FirstOrderReference.adabound) < 1e-10)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = AdaBound<DiagonalQuadratic<Double>>
    #expect(M(finalRate: 0).complaint?.contains("finalRate (ρ) is 0.0: ") == true)
    #expect(M(closing: .nan).complaint?.contains("closing (γ) is nan: ") == true)
    #expect(M(betas: (1, 0.9)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, -1)).complaint?.contains("betas.1 (β₂) is -1.0: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M().complaint == nil)
    let outcome = minimize(DiagonalQuadratic<Double>(λ: [1]), from: [1], using: .adaBound(rate: 0))
    guard case .refused = outcome.status else { return _ = Issue.record("\(outcome)") }
  }
}
