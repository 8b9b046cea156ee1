import Secant
import Testing

@Suite struct RAdamTests {
  /// torch.optim.RAdam(lr=0.1).
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.radam, .rAdam(rate: 0.1), .rAdam(rate: 0.1))
  }

  /// While ρₜ ≤ 5, with β₂ = 0.999 for five steps, the direction is −m̂: the first step is −ηg.
  @Test func firstStepsAreMomentums() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 1024])
    let points = trajectory(Descent.rAdam(rate: 1e-4), on: problem, from: [1, 1], steps: 6)
    #expect(abs(points[0][0] - (1 - 1e-4)) < 1e-15)
    #expect(abs(points[0][1] - (1 - 0.1024)) < 1e-15)
    // Blind to the scale of f from the sixth on.
    let difference = points[5] - points[4]
    #expect(abs(difference[0]) < 1e-4 && abs(difference[1]) < 1e-4)
    let paper = trajectory(Descent.rAdam(rate: 1e-4, threshold: 4), on: problem, from: [1, 1], steps: 5)
    #expect(abs(paper[4][1] - paper[3][1]) < 1e-4 && abs(points[4][1] - points[3][1]) > 1e-4)
  }

  /// In the end r is 1, and a step is Adam's.
  @Test func endsAsAdam() {
    let g: Vector<Double> = [1, -2]
    func direction<D: Direction>(_ method: D) -> Vector<Double>
    where D.Problem == DiagonalQuadratic<Double>, D.Memory == Adam<DiagonalQuadratic<Double>>.Memory {
      let problem = DiagonalQuadratic<Double>(λ: [1, 1])
      var oracle = Oracle(problem)
      var memory = method.allocate(2, for: problem)
      memory.t = 100_000
      memory.first.copy(g)
      memory.second.set(g, multipliedBy: g)
      var iterate = Iterate(g)
      iterate.gradient.copy(g)
      var p = Vector<Double>(zeros: 2)
      do {
        _ = try method.choose(&p, at: iterate, after: iterate, iteration: 0, &memory, asking: &oracle)
      } catch {}
      return p
    }
    let difference = direction(RAdam()) - direction(Adam())
    #expect(difference.largestMagnitude < 1e-12)
  }

  @Test func refusesBadHyperParameters() {
    typealias M = RAdam<DiagonalQuadratic<Double>>
    #expect(M(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(M(threshold: 3).complaint?.contains("threshold is 3.0: ") == true)
    #expect(M(threshold: .nan).complaint?.contains("threshold is nan: ") == true)
    #expect(M().complaint == nil)
  }
}
