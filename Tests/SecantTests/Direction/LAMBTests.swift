import Secant
import Testing

@Suite struct LAMBTests {
  /// optax.lamb(0.05, weight_decay=0.1) over two blocks.
  @Test func followsOptax() {
    expectFollows(
      FirstOrderReference.lamb, .lamb(rate: 0.05, Adam(epsilon: 1e-6, decoupledDecay: 0.1)),
      .lamb(rate: 0.05, Adam(epsilon: 1e-6, decoupledDecay: 0.1)))
  }

  /// A block moves by η‖θ‖.
  @Test func blocksMoveByTheRateTimesTheirSize() {
    let problem = QuadraticAndQuartic<Double>()
    var last = QuadraticAndQuartic<Double>.start
    for point in trajectory(Descent.lamb(rate: 0.01), on: problem, from: last, steps: 30) {
      for block in problem.layout.blocks {
        let (before, after) = (last[block.range], point[block.range])
        let size = before.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let move = zip(before, after).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        #expect(abs(move / size - 0.01) < 1e-12)
      }
      last = point
    }
  }

  /// A block at zero has no size: it moves as Adam moves it.
  @Test func blocksAtZeroMove() {
    var start = QuadraticAndQuartic<Double>.start
    for i in 6..<8 { start[i] = 0 }
    let point = trajectory(Descent.lamb(rate: 0.01), on: QuadraticAndQuartic(), from: start, steps: 1)[0]
    let adam = trajectory(
      Descent.adam(rate: 0.01, epsilon: 1e-6), on: QuadraticAndQuartic(), from: start, steps: 1)[0]
    // Adam takes its step in one pass, which rounds otherwise.
    for i in 6..<8 { #expect(abs(point[i] - adam[i]) <= 4 * abs(adam[i]).ulp && point[i] != 0) }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = LAMB<QuadraticAndQuartic<Double>>
    #expect(M(Adam(betas: (1, 0.999))).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(M(Adam(epsilon: .nan)).complaint?.contains("epsilon (ε) is nan: ") == true)
    #expect(M().complaint == nil)
  }
}
