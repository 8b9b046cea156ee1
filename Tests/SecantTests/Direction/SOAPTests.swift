import Secant
import Testing

@Suite struct SOAPTests {
  /// The authors' code in double precision, over two turns of the bases and with one a step.
  ///
  /// The first step moves nothing, so the second sees the gradient that made the bases, in which it is diagonal: what
  /// stands beside the diagonal is rounding, which only a large ε does not divide by its own size.
  @Test func followsTheAuthorsCode() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      for (interval, reference) in [
        (10, MatrixMethodsReference.soap), (1, MatrixMethodsReference.soapOften),
      ] {
        let points = trajectory(
          Descent.soap(rate: 0.05, epsilon: 0.05, interval: interval, decay: 0),
          on: QuadraticAndQuartic<Scalar>(),
          from: QuadraticAndQuartic.start, steps: reference.count)
        #expect(discrepancy(points, reference) < tolerance)
      }
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  @Test func firstStepOnlyBuildsTheBases() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent<SOAP<QuadraticAndQuartic<Double>>, Constant<Double>>.soap()
    var state = method.start(at: QuadraticAndQuartic.start, for: problem)
    method.step(&state, on: problem)
    let memory = state.memory.direction
    #expect(state.current.point == QuadraticAndQuartic.start)
    #expect(memory.t == 0 && memory.hasBases)
    // L is 0.05 GGᵀ, diagonal in its basis, the greatest element first.
    let q = memory.factors[0].rightBasis
    var r = memory.factors[0].right
    r.mirrorLowerTriangle()
    var (product, turned) = (q, q)
    product.setProduct(r, q)
    turned.setProduct(q, product, transposingFirst: true)
    #expect(abs(turned[0, 1]) < 1e-14 && turned[0, 0] > turned[1, 1])
  }

  /// The bases stay orthogonal, however often they turn.
  @Test func basesStayOrthogonal() {
    let problem = QuadraticAndQuartic<Double>()
    let method = Descent<SOAP<QuadraticAndQuartic<Double>>, Constant<Double>>.soap(rate: 0.01, interval: 2)
    var state = method.start(at: QuadraticAndQuartic.start, for: problem)
    for _ in 0..<100 { method.step(&state, on: problem) }
    for q in [state.memory.direction.factors[0].leftBasis, state.memory.direction.factors[0].rightBasis] {
      var gram = q
      gram.setProduct(q, q, transposingFirst: true)
      for i in 0..<q.rows { for j in 0..<q.rows { #expect(abs(gram[i, j] - (i == j ? 1 : 0)) < 1e-14) } }
    }
  }

  /// On blocks that are vectors it is Adam with ε scaled, a step late.
  @Test func isAdamOnVectors() {
    let layout = Layout().vector("b", count: 3, role: .bias)
    let problem = LinearFunction<Double>(c: [3, -1, 0.5], layout: layout)
    let soap = trajectory(Descent.soap(rate: 0.1, decay: 0.1), on: problem, from: [1, 2, 3], steps: 8)
    let adam = trajectory(
      Descent.adamW(rate: 0.1, betas: (0.95, 0.95), epsilon: 1e-8, decay: 0.1), on: problem, from: [1, 2, 3],
      steps: 7)
    #expect(soap[0] == [1, 2, 3])
    // ε counts 1/√(1 − β₂ᵗ) times: 4.5 at most.
    for (x, y) in zip(soap.dropFirst(), adam) { #expect((x - y).largestMagnitude < 1e-7) }
  }

  @Test func chargesItsDecompositions() {
    let outcome = minimize(
      QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, using: .soap(interval: 3),
      until: .never,
      within: Budget(iterations: 8), certifying: false)
    // The first step, and the two turns at t = 3 and t = 6.
    #expect(outcome.ledger.factorisations == 3 * 2)
    #expect(
      outcome.ledger.flops
        == Double(
          9 * (27 + 8) + 2 * (QR<Double>.flops(rows: 3, columns: 3) + QR<Double>.flops(rows: 2, columns: 2))))
  }

  @Test func refusesBadHyperParameters() {
    typealias S = SOAP<QuadraticAndQuartic<Double>>
    #expect(S(betas: (-1, 0.9)).complaint?.contains("betas.0 (β₁) is -1.0: ") == true)
    #expect(S(betas: (0.9, 1)).complaint?.contains("betas.1 (β₂) is 1.0: ") == true)
    #expect(S(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(S(decoupledDecay: .nan).complaint?.contains("decoupledDecay (λ) is nan: ") == true)
    #expect(S(interval: 0).complaint?.contains("interval (f) is 0: ") == true)
    #expect(S(largestSide: 0).complaint?.contains("largestSide is 0: ") == true)
    #expect(S().complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.soap(rate: 0.05, interval: 4), on: QuadraticAndQuartic<Float>(),
        from: QuadraticAndQuartic.start,
        m: 10, n: 10))
  }
}
