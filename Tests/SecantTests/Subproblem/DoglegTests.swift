import Secant
import Testing

/// The methods that take one factorisation, or none, at points that can be had by hand.
@Suite struct DoglegTests {
  typealias Model = DenseModel<Double>
  /// gᵀBg/gᵀg = 2.5, so the Cauchy point without a radius is −0.4g; the Newton step is (−1, −0.25).
  let B = Matrix<Double>(diagonal: [1, 4])
  let g: Vector<Double> = [1, 1]

  @Test func cauchyPointIsTheLeastAlongTheGradient() {
    let subject = CauchyPoint<Model>()
    var memory = subject.allocate(2)
    var p = g
    let inside = subject.solve(&p, gradient: g, within: 10, &memory) { B.symmetricMultiply($0, into: &$1) }
    let cauchy: Vector<Double> = [-0.4, -0.4]
    #expect(p.squaredDistance(to: cauchy) < 1e-30)
    #expect(abs(inside.decrease - 0.4) < 1e-15 && !inside.isOnBoundary)
    let outside = subject.solve(&p, gradient: g, within: 0.1, &memory) { B.symmetricMultiply($0, into: &$1) }
    #expect(outside.isOnBoundary && abs(p.norm - 0.1) < 1e-16)
  }

  @Test func powellsPathGoesFromTheCauchyPointToTheNewtonStep() {
    let subject = Dogleg<Model>()
    var memory = subject.allocate(2)
    var p = g
    let newton = subject.solve(&p, gradient: g, within: 2, &memory, matrix: B)
    #expect(p == [-1, -0.25] && !newton.isOnBoundary)
    #expect(abs(newton.decrease - 0.625) < 1e-15)
    let between = subject.solve(&p, gradient: g, within: 0.8, &memory, matrix: B)
    #expect(between.isOnBoundary && abs(p.norm - 0.8) < 1e-15)
    // On the line through (−0.4, −0.4) and (−1, −0.25).
    let slope: Double = (p[1] + 0.4) / (p[0] + 0.4)
    #expect(abs(slope + 0.25) < 1e-14)
  }

  @Test func theDoublePathBendsEarlier() {
    let subject = Dogleg<Model>.double()
    var memory = subject.allocate(2)
    var p = g
    // γ = 0.4/0.625, η = 0.2 + 0.8γ = 0.712: along the Newton step from ‖p‖ = 0.734 on.
    let along = subject.solve(&p, gradient: g, within: 0.8, &memory, matrix: B)
    #expect(abs(p[1] / p[0] - 0.25) < 1e-15 && abs(p.norm - 0.8) < 1e-15)
    #expect(along.isOnBoundary)
    _ = subject.solve(&p, gradient: g, within: 0.7, &memory, matrix: B)
    let slope: Double = (p[1] + 0.4) / (p[0] + 0.4)
    let expected: Double = (0.4 - 0.712 / 4) / (0.4 - 0.712)
    #expect(abs(slope - expected) < 1e-12)
    #expect(Dogleg<Model>(bias: -1).complaint != nil && subject.complaint == nil)
  }

  @Test func inTwoVariablesThePlaneIsAllThereIs() throws {
    for seed in 1...20 {
      let q = TestQuadratic<Double>.random(2, shift: 0, seed: seed)
      let plane = TwoDimensionalSubspace<Model>()
      let exact = MoreSorensen<Model>(tolerance: 1e-12)
      var (memory, exactMemory) = (plane.allocate(2), exact.allocate(2))
      var (p, x) = (q.g, q.g)
      let step = plane.solve(&p, gradient: q.g, within: 0.7, &memory, matrix: q.B)
      let best = exact.solve(&x, gradient: q.g, within: 0.7, &exactMemory, matrix: q.B)
      #expect(abs(step.decrease - best.decrease) < 1e-11 * best.decrease)
      #expect(p.squaredDistance(to: x) < 1e-18)
    }
  }
}
