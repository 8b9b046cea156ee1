import Secant
import Testing

@Suite struct DoGTests {
  /// dog.DoG(reps_rel=1e-2).
  @Test func followsTheAuthors() {
    expectFollows(
      FirstOrderReference.dog, .dog(initialDistance: 1e-2), .dog(initialDistance: 1e-2))
  }

  @Test func firstStepHasTheFirstDistance() {
    let start = QuadraticAndQuartic<Double>.start
    let point = trajectory(
      Descent.dog(initialDistance: 1e-3), on: QuadraticAndQuartic<Double>(), from: start, steps: 1)[0]
    #expect(abs((point - start).norm / (1e-3 * (1 + start.norm)) - 1) < 1e-8)
  }

  /// No step is longer than the distance so far, and the distance grows until it is that of the minimiser.
  @Test func distanceGrowsToTheMinimiser() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 2, 4])
    let start: Vector<Double> = [3, -2, 1]
    let method = Descent(DoG<DiagonalQuadratic<Double>>(), step: Constant(rate: 1))
    var state = method.start(at: start, for: problem)
    for _ in 0..<2_000 {
      method.step(&state, on: problem)
      let length = (state.current.point - state.other.point).norm
      #expect(length <= state.memory.direction.distance * (1 + 1e-12))
    }
    #expect(state.current.point.norm < 1e-3 * start.norm)
    #expect((0.5...2).contains(state.memory.direction.distance / start.norm))
  }

  @Test func gradientOfZeroGivesNoStep() {
    let points = trajectory(Descent.dog(), on: DiagonalQuadratic<Double>(λ: [0]), from: [1], steps: 2)
    #expect(points[1] == [1])
  }

  @Test func refusesBadHyperParameters() {
    typealias M = DoG<DiagonalQuadratic<Double>>
    #expect(M(initialDistance: 0).complaint?.contains("initialDistance (ρ) is 0.0: ") == true)
    #expect(M(initialDistance: .nan).complaint?.contains("initialDistance (ρ) is nan: ") == true)
    #expect(M().complaint == nil)
  }
}
