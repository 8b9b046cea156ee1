import Secant
import Testing

private func linear<Scalar: LAPACKScalar>(_ layout: Layout, seed: UInt64 = 1) -> LinearFunction<Scalar> {
  var c = Vector<Scalar>(zeros: layout.count)
  var generator = RandomGenerator(seed: seed)
  generator.fillNormal(&c)
  return LinearFunction(c: c, layout: layout)
}

/// Wᵀ W of a matrix block, or W Wᵀ where that is smaller.
private func gram<Scalar>(_ block: Layout.Block, of x: Vector<Scalar>) -> Matrix<Scalar> {
  let w = Matrix(block, of: x)
  let isWide = w.rows <= w.columns
  var result = Matrix<Scalar>(zeros: min(w.rows, w.columns), min(w.rows, w.columns))
  result.setProduct(w, w, transposingFirst: !isWide, transposingSecond: isWide)
  return result
}

@Suite struct MuonTests {
  /// Jordan's rule in double precision, and torch.optim.Adam on the bias.
  @Test func followsTheRule() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.muon(decay: 0.1), on: QuadraticAndQuartic<Scalar>(), from: QuadraticAndQuartic.start,
          steps: 12), FirstOrderReference.muon)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  /// The rules of torch.optim.Muon and of Moonlight, in exact arithmetic in the place of their bfloat16.
  @Test func presetsFollowTheirSources() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(
        _ method: Descent<Muon<QuadraticAndQuartic<Scalar>>, Constant<Scalar>>, _ reference: [[Double]]
      ) -> Double {
        discrepancy(
          trajectory(method, on: QuadraticAndQuartic(), from: QuadraticAndQuartic.start, steps: 12), reference
        )
      }
      #expect(difference(.torchMuon(), MatrixMethodsReference.torchMuon) < tolerance)
      #expect(
        difference(.torchMuon(scaling: .matchingAdamW), MatrixMethodsReference.torchMuonMatched) < tolerance)
      #expect(difference(.moonlight(), MatrixMethodsReference.moonlight) < tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// With the polar factor every singular value of a step is the rate, and each factor is charged.
  @Test(arguments: [(4, 4), (3, 8)])
  func polarFactorMakesEverySingularValueTheRate(rows: Int, columns: Int) {
    let problem: LinearFunction<Double> = linear(
      Layout().matrix("w", rows: rows, columns: columns, role: .hidden))
    let outcome = minimize(
      problem, from: Vector(zeros: rows * columns), using: .muon(rate: 0.5, orthogonalisation: .polarFactor),
      until: .never, within: Budget(iterations: 1), certifying: false)
    let a = gram(problem.layout.blocks[0], of: outcome.point)
    for i in 0..<a.rows { for j in 0..<a.rows { #expect(abs(a[i, j] - (i == j ? 0.25 : 0)) < 1e-14) } }
    #expect(outcome.ledger.factorisations == 1)
    #expect(outcome.ledger.flops == Double(PolarFactor<Double>.flops(rows: rows, columns: columns)))
  }

  /// Newton–Schulz that converges goes the way of the exact factor.
  @Test func polarFactorIsTheLimitOfNewtonSchulz() {
    typealias M = Muon<QuadraticAndQuartic<Double>>
    func points(_ orthogonalisation: Orthogonalisation) -> [Vector<Double>] {
      trajectory(
        Descent(M(orthogonalisation: orthogonalisation), step: Constant(rate: 0.02)),
        on: QuadraticAndQuartic(), from: QuadraticAndQuartic.start, steps: 20)
    }
    let exact = points(.polarFactor)
    let limit = points(.newtonSchulz(.polarExpress(steps: 12, safety: false)))
    for (x, y) in zip(exact, limit) { #expect((x - y).largestMagnitude < 1e-12) }
  }

  /// A refused factorisation changes nothing: the run goes on as if it had never been asked.
  @Test func refusedFactorisationLeavesTheMemoryWhole() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent<Muon<QuadraticAndQuartic<Double>>, Constant<Double>>
      .muon(orthogonalisation: .polarFactor)
    let start = QuadraticAndQuartic<Double>.start
    var run = Run(problem, from: start, using: method, within: Budget(factorisations: 3))
    while run.next() != nil {}
    #expect(run.state.iteration == 3)
    var resumed = Run(problem, resuming: run.state, using: method, within: Budget(iterations: 4))
    while resumed.next() != nil {}
    var whole = Run(problem, from: start, using: method, within: Budget(iterations: 7))
    while whole.next() != nil {}
    #expect(resumed.state.current == whole.state.current)
    #expect(resumed.state.memory == whole.state.memory)
  }

  /// The singular values of the first step over η√max(1, rows/columns) lie in [0.68, 1.14]: then all vectors v have
  /// ‖Wv‖ in that band, here tested on the eigenvalues' bounds ‖WᵀW − cI‖_F, and each diagonal of the Gram matrix.
  @Test(arguments: [(6, 6), (8, 3), (3, 8), (1, 5), (5, 1)])
  func directionHasSingularValuesInTheBand(rows: Int, columns: Int) {
    let problem: LinearFunction<Double> = linear(
      Layout().matrix("w", rows: rows, columns: columns, role: .hidden))
    let method = Descent<Muon<LinearFunction<Double>>, Constant<Double>>.muon(rate: 1)
    var state = method.start(at: Vector(zeros: rows * columns), for: problem)
    method.step(&state, on: problem)
    let scale = max(1, Double(rows) / Double(columns))
    let block = problem.layout.blocks[0]
    var a = gram(block, of: state.current.point)
    a.scale(by: 1 / scale)
    // The extreme eigenvalues by power iterations on A and on (2I − A).
    func largest(_ shift: Double, _ sign: Double) -> Double {
      var v = Vector<Double>((0..<a.rows).map { 1 + Double($0 * $0 % 7) / 3 })
      var w = v
      for _ in 0..<3_000 {
        a.multiply(v, into: &w)
        w.scale(by: sign, adding: v, times: shift)
        w.scale(by: 1 / w.norm)
        swap(&v, &w)
      }
      a.multiply(v, into: &w)
      return v.dot(w)
    }
    #expect(largest(0, 1).squareRoot() < 1.135)
    #expect(largest(2, -1).squareRoot() > 0.681)
    // It descends: the gradient and the step are aligned.
    #expect(problem.c.dot(state.current.point) < 0)
  }

  @Test func hiddenBlocksDoNotSeeTheScaleOfTheGradient() {
    let problem: LinearFunction<Double> = linear(Layout().matrix("w", rows: 4, columns: 3, role: .hidden))
    var scaled = problem
    scaled.c.scale(by: 1024)
    let start = Vector<Double>(zeros: 12)
    let a = trajectory(Descent.muon(), on: problem, from: start, steps: 5)
    let b = trajectory(Descent.muon(), on: scaled, from: start, steps: 5)
    // The guard 10⁻⁷ against a zero norm is all that tells them apart.
    for (x, y) in zip(a, b) { #expect((x - y).norm <= 1e-6 * x.norm) }
  }

  /// Only hidden matrices are orthogonalised: an embedding, a head, a hidden vector and a bias move like AdamW.
  @Test func otherBlocksMoveByAdamW() {
    let layout = Layout()
      .matrix("embedding", rows: 3, columns: 2, role: .embedding)
      .matrix("w", rows: 2, columns: 2, role: .hidden)
      .vector("gain", count: 2, role: .hidden)
      .matrix("head", rows: 2, columns: 3, role: .head)
      .vector("bias", count: 2, role: .bias)
    let problem: LinearFunction<Double> = linear(layout)
    let start = Vector<Double>(repeating: 0.5, count: layout.count)
    let muon = trajectory(
      Descent.muon(
        rate: 0.02, others: Adam(betas: (0.9, 0.95), epsilon: 1e-10, decoupledDecay: 0.1), rateOfOthers: 0.015
      ),
      on: problem, from: start, steps: 10)
    let adamw = trajectory(
      Descent.adamW(rate: 3e-4, betas: (0.9, 0.95), epsilon: 1e-10, decay: 0.1), on: problem, from: start,
      steps: 10)
    for (x, y) in zip(muon, adamw) {
      for i in 0..<layout.count where !(6..<10).contains(i) { #expect(abs(x[i] - y[i]) < 1e-15) }
      for i in 6..<10 { #expect(abs(x[i] - y[i]) > 1e-4) }
    }
  }

  @Test func refusesBadHyperParameters() {
    typealias M = Muon<LinearFunction<Double>>
    #expect(M(momentum: 1).complaint?.contains("momentum (β) is 1.0: ") == true)
    #expect(M(decoupledDecay: .nan).complaint?.contains("decoupledDecay (λ) is nan: ") == true)
    #expect(M(rateOfOthers: -1).complaint?.contains("rateOfOthers is -1.0: ") == true)
    #expect(
      M(orthogonalisation: .newtonSchulz(NewtonSchulzSchedule([]))).complaint?.contains("has no steps")
        == true)
    #expect(M(others: Adam(epsilon: .nan)).complaint?.contains("epsilon (ε) is nan: ") == true)
    #expect(M().complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.muon(), on: QuadraticAndQuartic<Float>(), from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
