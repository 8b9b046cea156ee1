import Secant
import Testing

@Suite struct ShampooTests {
  /// pytorch-optimizer's Shampoo on the matrix with torch.optim.Adagrad on the bias, and with both graftings the rule
  /// worked out in NumPy.
  @Test func followsTheReferences() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(
        _ method: Descent<Shampoo<QuadraticAndQuartic<Scalar>>, Constant<Scalar>>, _ reference: [[Double]]
      ) -> Double {
        discrepancy(
          trajectory(method, on: QuadraticAndQuartic(), from: QuadraticAndQuartic.start, steps: 12), reference
        )
      }
      #expect(difference(.shampoo(epsilon: 1e-4), MatrixMethodsReference.shampoo) < tolerance)
      #expect(
        difference(
          .shampoo(epsilon: 1e-2, grafting: .adaGrad, interval: 3), MatrixMethodsReference.shampooAdaGrad)
          < tolerance)
      #expect(
        difference(
          .shampoo(rate: 0.05, epsilon: 0.1, grafting: .sgd, interval: 4), MatrixMethodsReference.shampooSGD)
          < tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// On a block of one row R is a full-matrix AdaGrad's and L a number: on a block of one element the first step is
  /// g/√(ε + g²), AdaGrad's.
  @Test func isAdaGradOnNumbers() {
    let layout = Layout().matrix("w", rows: 1, columns: 1, role: .hidden)
    let problem = LinearFunction<Double>(c: [3], layout: layout)
    let points = trajectory(Descent.shampoo(rate: 1, epsilon: 1), on: problem, from: [0], steps: 2)
    #expect(abs(points[0][0] + 3 / 10.0.squareRoot()) < 1e-14)
    #expect(abs(points[1][0] - points[0][0] + 3 / 19.0.squareRoot()) < 1e-14)
  }

  /// From one gradient G = UΣVᵀ of full rank Shampoo without ε goes along UVᵀ, the polar factor: Muon's direction.
  @Test func firstStepIsThePolarFactor() {
    let layout = Layout().matrix("w", rows: 3, columns: 3, role: .hidden)
    let problem = LinearFunction<Double>(c: [2, -1, 0.5, 1, 3, -1, 0.25, 1, 1], layout: layout)
    let start = Vector<Double>(zeros: 9)
    let shampoo = trajectory(Descent.shampoo(rate: 1, epsilon: 1e-15), on: problem, from: start, steps: 1)
    let muon = trajectory(
      Descent.muon(rate: 1, orthogonalisation: .polarFactor), on: problem, from: start, steps: 1)
    #expect((shampoo[0] - muon[0]).largestMagnitude < 1e-12)
  }

  /// Grafted blocks have the length of the method that they are grafted on, and the other blocks its step.
  @Test func graftingKeepsTheLength() {
    let problem = QuadraticAndQuartic<Double>()
    let start = QuadraticAndQuartic<Double>.start
    var g = start
    _ = problem.valueAndGradient(at: start, into: &g)
    let step =
      trajectory(Descent.shampoo(rate: 1, grafting: .sgd), on: problem, from: start, steps: 1)[0] - start
    let (weight, bias) = (problem.layout.blocks[0], problem.layout.blocks[1])
    func length(_ x: Vector<Double>, _ block: Layout.Block) -> Double {
      block.range.reduce(0) { $0 + x[$1] * x[$1] }.squareRoot()
    }
    #expect(abs(length(step, weight) - length(g, weight)) < 1e-13)
    for i in bias.range { #expect(abs(step[i] + g[i]) < 1e-15) }
  }

  @Test func chargesItsDecompositions() {
    let outcome = minimize(
      QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, using: .shampoo(interval: 3),
      until: .never,
      within: Budget(iterations: 7), certifying: false)
    #expect(outcome.ledger.factorisations == 3 * 2)
    #expect(outcome.ledger.flops == 3 * 9 * (27 + 8))
  }

  @Test func largeSidesGoByAdaGrad() {
    typealias S = Shampoo<QuadraticAndQuartic<Double>>
    let outcome = minimize(
      QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start,
      using: Descent(S(largestSide: 2), step: Constant(rate: 0.1)), until: .never,
      within: Budget(iterations: 5),
      certifying: false)
    #expect(outcome.ledger.factorisations == 0)
    #expect(outcome.iterations == 5)
  }

  @Test func refusesBadHyperParameters() {
    typealias S = Shampoo<QuadraticAndQuartic<Double>>
    #expect(S(epsilon: 0).complaint?.contains("epsilon (ε) is 0.0: ") == true)
    #expect(S(interval: 0).complaint?.contains("interval is 0: ") == true)
    #expect(S(diagonalEpsilon: .nan).complaint?.contains("diagonalEpsilon (ε′) is nan: ") == true)
    #expect(S(largestSide: 0).complaint?.contains("largestSide is 0: ") == true)
    #expect(S().complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.shampoo(grafting: .adaGrad, interval: 3), on: QuadraticAndQuartic<Float>(),
        from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
