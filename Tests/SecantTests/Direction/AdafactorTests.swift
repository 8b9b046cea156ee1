import Secant
import Testing

@Suite struct AdafactorTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// torch.optim.Adafactor(lr=0.4) with the first six variables as a matrix, whose relative step 1/√t sets in at the seventh.
  @Test func followsTorch() {
    expectFollows(
      FirstOrderReference.adafactor, .adafactor(rate: 0.4, .torch), .adafactor(rate: 0.4, .torch))
  }

  /// optax.adafactor with the paper's relative step.
  @Test func followsOptax() {
    expectFollows(FirstOrderReference.adafactor_optax, .adafactor(rate: 0.4), .adafactor(rate: 0.4))
  }

  /// The same with a first moment, at a constant rate: there Optax's rate within the average is ours outside of it.
  @Test func followsOptaxWithAFirstMoment() {
    expectFollows(
      FirstOrderReference.adafactor_momentum, .adafactor(rate: 0.2, Adafactor(firstDecay: 0.875)),
      .adafactor(rate: 0.2, Adafactor(firstDecay: 0.875)))
  }

  /// ‖p‖ ≤ ηd max(ε₂, RMS(θ))√n in every block.
  @Test func aStepIsAPartOfItsBlock() {
    let problem = Fixed<Double>()
    let method = Descent(Adafactor<Fixed<Double>>(threshold: 0.5), step: Constant(rate: 0.1))
    var state = method.start(at: Fixed<Double>.start, for: problem)
    for _ in 0..<30 {
      let before = state.current.point
      method.step(&state, on: problem)
      for block in problem.layout.blocks {
        let root = Double(block.count).squareRoot()
        let size = before.withBlock(block) { $0.reduce(0) { $0 + $1 * $1 } }.squareRoot()
        let step = (state.current.point - before).withBlock(block) { $0.reduce(0) { $0 + $1 * $1 } }
        #expect(step.squareRoot() <= 0.1 * 0.5 * max(1e-3 * root, size) * (1 + 1e-12))
      }
    }
  }

  /// A matrix of rank one is its own factors: the squares of its elements are remembered exactly.
  @Test func aMatrixOfRankOneLosesNothing() {
    let rows = [1.0, -2, 3]
    let columns = [0.5, 4, -1, 2]
    let layout = Layout().matrix("w", rows: 3, columns: 4, role: .hidden)
    let problem = LinearFunction(
      c: Vector(columns.flatMap { c in rows.map { $0 * c } }), layout: layout)
    let method = Descent(Adafactor<LinearFunction<Double>>(), step: Constant(rate: 1))
    let x = trajectory(method, on: problem, from: Vector(repeating: 1, count: 12), steps: 1)[0]
    // U is the signs of the gradient, and the block's root mean square is 1.
    for i in x.indices { #expect(abs(x[i] - (problem.c[i] > 0 ? 0 : 2)) < 1e-14) }
  }

  @Test func theScaleOfTheFunctionDoesNotMatter() {
    let layout = Layout().matrix("w", rows: 2, columns: 2, role: .hidden).vector("b", count: 1, role: .bias)
    func points(_ scale: Double) -> [Vector<Double>] {
      trajectory(
        .adafactor(), on: LinearFunction(c: scale * [1, 2, -3, 0.5, 1], layout: layout),
        from: [1, 2, 3, 4, 5], steps: 5)
    }
    #expect(discrepancy(points(1024), points(1).map { Array($0) }) < 1e-14)
  }

  @Test func memoryIsTheSidesOfAMatrix() {
    let layout = Layout().matrix("w", rows: 30, columns: 50, role: .hidden).vector("b", count: 7, role: .bias)
    let problem = LinearFunction(c: Vector<Double>(zeros: 1507), layout: layout)
    let memory = Adafactor<LinearFunction<Double>>().allocate(1507, for: problem)
    #expect(memory.squares.count == 87 && memory.first.isEmpty)
    #expect(
      Adafactor<LinearFunction<Double>>(firstDecay: 0.5).allocate(1507, for: problem).first.count == 1507)
  }

  @Test func aGradientThatIsNotANumberStaysOne() {
    let layout = Layout().matrix("w", rows: 2, columns: 1, role: .hidden)
    for direction in [Adafactor<LinearFunction<Double>>(), .torch] {
      let x = trajectory(
        .adafactor(rate: 0.1, direction), on: LinearFunction(c: [.nan, 1], layout: layout), from: [1, 1],
        steps: 1)[0]
      #expect(x[0].isNaN)
    }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Adafactor<Fixed<Double>>
    #expect(M(decayPower: 0).complaint?.contains("decayPower (κ) is 0.0: ") == true)
    #expect(M(epsilon: -1).complaint?.contains("epsilon (ε₁) is -1.0: ") == true)
    #expect(M(leastSize: .nan).complaint?.contains("leastSize (ε₂) is nan: ") == true)
    #expect(M(threshold: 0).complaint?.contains("threshold (d) is 0.0: ") == true)
    #expect(M(firstDecay: 1).complaint?.contains("firstDecay (β₁) is 1.0: ") == true)
    #expect(M().complaint == nil && M.torch.complaint == nil)
    #expect(RelativeStep<Double>(rate: 0).complaint?.contains("rate (ρ) is 0.0: ") == true)
  }
}
