import SecantAutoDiff
import SecantProblems
import Testing

@Suite struct WithSparseHessianTests {
  let start = Vector<Double>((0..<40).map { $0.isMultiple(of: 2) ? -1.2 : 1 })
  let base = Differentiated(Formula<Double>(kind: .chainedRosenbrock))

  @Test func productsAreThoseOfTheBase() {
    let problem = WithSparseHessian(base, at: start)
    let v = Vector((0..<40).map { 1 / Double($0 + 1) })
    var (product, expected) = (v, v)
    for x in [start, SparseHessianTests.point(40), start] {
      problem.hessian(times: v, at: x, into: &product)
      base.hessian(times: v, at: x, into: &expected)
      #expect((product - expected).largestMagnitude <= 1e-13 * expected.largestMagnitude)
      #expect(
        problem.valueAndGradient(at: x, into: &product) == base.valueAndGradient(at: x, into: &expected))
      #expect(product == expected)
      var (H, dense) = (Matrix<Double>(repeating: .nan, rows: 40, columns: 40), Matrix<Double>(zeros: 40, 40))
      problem.hessian(at: x, into: &H)
      base.hessian(at: x, into: &dense)
      #expect(H == Matrix(problem.sparseHessian(at: x)))
      #expect((H.elements - dense.elements).largestMagnitude <= 1e-14 * dense.elements.largestMagnitude)
    }
  }

  @Test func theFirstProductOfAPointPaysForAll() {
    let problem = WithSparseHessian(base, at: start)
    var oracle = Oracle(problem)
    var (g, product) = (start, start)
    var paid: [Int] = []
    func ask(_ x: Vector<Double>) {
      let before = oracle.ledger.hessianVectorProducts
      try! oracle.hessian(times: start, at: x, into: &product)
      paid.append(oracle.ledger.hessianVectorProducts - before)
    }
    let other = SparseHessianTests.point(40, Double.self)
    _ = try! oracle.valueAndGradient(at: start, into: &g)
    ask(start)
    ask(start)
    ask(start)
    _ = try! oracle.valueAndGradient(at: other, into: &g)
    ask(other)
    ask(other)
    #expect(paid == [3, 0, 0, 3, 0])
    // At a point of which no gradient was asked: the next product pays.
    ask(start)
    ask(start)
    ask(start)
    #expect(paid.suffix(3) == [0, 3, 0])
    #expect(oracle.ledger.gradients == 2)
  }

  @Test func newtonCGTakesTheSameWayForFewerProducts() {
    let plain = minimize(base, from: start, using: .newtonCG())
    let sparse = minimize(WithSparseHessian(base, at: start), from: start, using: .newtonCG())
    #expect(plain.status.isConverged && sparse.status.isConverged)
    #expect((plain.point - sparse.point).largestMagnitude <= 1e-4)
    #expect(sparse.ledger.hessianVectorProducts < plain.ledger.hessianVectorProducts)
  }
}
