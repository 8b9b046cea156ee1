import Secant
import Testing

@Suite struct PolyakStepTests {
  /// On ‖x‖²/2, where f/‖g‖² = 1/2, every step halves the point.
  @Test func halvesThePointOfASphere() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let method = Descent(SteepestDescent<DiagonalQuadratic<Scalar>>(), step: PolyakStep<Scalar>())
      let points = trajectory(method, on: DiagonalQuadratic(λ: [1, 1]), from: [4, -2], steps: 10)
      #expect(points.map { $0[0] } == (1...10).map { 4 / Scalar.pow(2, $0) })
      #expect(points.map { $0[1] } == (1...10).map { -2 / Scalar.pow(2, $0) })
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func comesNearerWithEveryStep() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 10, 100])
    let method = Descent(SteepestDescent<DiagonalQuadratic<Double>>(), step: PolyakStep<Double>())
    let norms = trajectory(method, on: problem, from: [1, 1, 1], steps: 200).map(\.norm)
    #expect(zip(norms, norms.dropFirst()).allSatisfy { $0 > $1 })
    let outcome = minimize(problem, from: [1, 1, 1], using: method)
    #expect(outcome.status.isConverged, "\(outcome)")
  }

  @Test func answersWithoutAsking() {
    func length(_ rule: PolyakStep<Double>, _ value: Double, _ slope: Double) -> StepLength<Double> {
      var memory = rule.allocate()
      return rule.choose(from: Departure(value: value, slope: slope), &memory) { _ in
        Issue.record("the step asks for nothing")
        return Sample(length: 0, value: 0, slope: 0)
      }
    }
    #expect(length(PolyakStep(leastValue: 1), 4, -6) == .accepted(0.5))
    #expect(length(PolyakStep(leastValue: 1, longest: 0.25), 4, -6) == .accepted(0.25))
    #expect(length(PolyakStep(), 1, -.leastNormalMagnitude / 16) == .accepted(.greatestFiniteMagnitude))
    #expect(length(PolyakStep(), 4, 0) == .failed(.notADescentDirection))
    #expect(length(PolyakStep(leastValue: 5), 4, -1) == .failed(.notADescentDirection))
    #expect(length(PolyakStep(), .nan, -1) == .failed(.nonFinite))
    #expect(length(PolyakStep(), 4, -.infinity) == .failed(.nonFinite))
  }

  @Test func complains() {
    #expect(PolyakStep<Double>(leastValue: .nan).complaint?.contains("leastValue is nan") == true)
    #expect(PolyakStep<Double>(longest: 0).complaint?.contains("longest is 0.0") == true)
    #expect(PolyakStep<Double>().complaint == nil)
  }
}
