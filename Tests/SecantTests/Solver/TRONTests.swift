import Secant
import Testing

@Suite struct TRONTests {
  /// Once the face is found it is Newton's method: the stationarity falls superlinearly.
  @Test func convergesSuperlinearlyOnTheFace() {
    let problem = Guarded(Rosenbrock<Double>(), Bounds(lower: [-2, -2], upper: [0.5, 2]))
    var measures: [Double] = []
    let outcome = minimize(
      problem, from: [-1.2, 1], using: TRON(), until: Convergence(gradient: 1e-12),
      observing: { progress in
        measures.append(progress.stationarity)
        return true
      })
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(measures.count < 40)
    let last = measures.suffix(2)
    #expect(last[last.startIndex + 1] < 1e-3 * last[last.startIndex])
  }

  @Test func needsFewGradientsOnTheTorsionProblem() {
    let problem = Torsion<Double>(20)
    let outcome = minimize(problem, from: problem.start, using: TRON())
    #expect(outcome.status.isConverged && outcome.ledger.gradients <= 15, "\(outcome)")
  }

  @Test func neverGoesUphillAndLeavesARejectedPointAlone() {
    let problem = Guarded(Rosenbrock<Double>(), Bounds(lower: [-3, -2], upper: [0.9, 9]))
    let solver = TRON<Guarded<Rosenbrock<Double>>>(noise: 0)
    var state = solver.start(at: [-3, -2], for: problem)
    var rejections = 0
    for _ in 0..<100 {
      let before = state.current
      switch solver.step(&state, on: problem) {
      case .accepted: #expect(state.current.value < before.value || !before.isEvaluated)
      case .rejected:
        rejections += 1
        #expect(state.current.point == before.point)
      default: break
      }
    }
    #expect(rejections > 0)
    #expect((state.current.point - [0.9, 0.81]).largestMagnitude < 1e-8)
  }

  /// Conjugate gradients meet negative curvature on the way, and follow it within the box.
  @Test func followsNegativeCurvature() {
    for start in [[0.1, 0.1], [-0.2, 0.05]] as [Vector<Double>] {
      let outcome = minimize(BoundedRunTests.saddleOnAFace, from: start, using: TRON())
      #expect(outcome.status.isConverged && outcome.certificate?.isMinimum == true, "\(outcome)")
    }
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = TRON<Torsion<Double>>
    #expect(Method().complaint == nil)
    #expect(Method(forcing: Forcing(loosest: 1)).complaint?.contains("loosest") == true)
    #expect(Method(sufficientDecrease: 0).complaint?.contains("sufficientDecrease (μ₀) is 0") == true)
    #expect(Method(acceptance: 0.5).complaint?.contains("acceptance is 0.5") == true)
    #expect(Method(largest: .nan).complaint?.contains("largest radius is nan") == true)
    #expect(Method(noise: -1).complaint?.contains("noise is -1") == true)
  }
}
