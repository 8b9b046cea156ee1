import Secant
import Testing

@Suite struct TrustRegionReflectiveTests {
  typealias Squares = BoundedSquares<Double>

  /// Without landing, as published, no iterate that began inside reaches a bound.
  @Test func staysStrictlyInsideWithoutLanding() {
    let problem = Squares.rosenbrock([-2, -2], [0.5, 2])
    var points: [Vector<Double>] = []
    _ = minimize(
      problem, from: [-1.2, 1], using: TrustRegionReflective(landing: 0), within: Budget(iterations: 16),
      observing: { progress in
        points.append(progress.point)
        return true
      })
    #expect(points.count > 8)
    #expect(points.allSatisfy { $0[0] < 0.5 && $0[0] > -2 && abs($0[1]) < 2 })
    #expect(points.last.map { 0.5 - $0[0] < 1e-3 } == true)
  }

  /// With it the run ends on the bound, and sooner.
  @Test func landsOnTheBoundThatHoldsTheAnswer() {
    let problem = Squares.rosenbrock([-2, -2], [0.5, 2])
    let outcome = minimize(problem, from: [-1.2, 1], using: .trustRegionReflective())
    #expect(outcome.status.isConverged && outcome.point[0] == 0.5, "\(outcome)")
    #expect(outcome.certificate?.activeBounds.map(\.side) == [.upper], "\(outcome)")
    let published = minimize(
      problem, from: [-1.2, 1], using: TrustRegionReflective(landing: 0), within: Budget(iterations: 500))
    #expect(published.ledger.jacobians > outcome.ledger.jacobians)
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = TrustRegionReflective<Squares>
    #expect(Method().complaint == nil)
    #expect(Method(rest: 0).complaint?.contains("rest (1 − θ) is 0") == true)
    #expect(Method(landing: 1).complaint?.contains("landing (σ) is 1") == true)
    #expect(Method(noise: .nan).complaint?.contains("noise is nan") == true)
  }
}
