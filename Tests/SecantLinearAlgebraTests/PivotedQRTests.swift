import SecantLinearAlgebra
import Testing

@Suite struct PivotedQRTests {
  @Test(arguments: [(6, 4, 2), (4, 6, 3), (5, 5, 5), (40, 30, 12), (1, 1, 1), (3, 2, 0)])
  func findsTheRank(m: Int, n: Int, r: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a =
        r == 0
        ? Matrix<Scalar>(zeros: m, n)
        : Matrix.with(singularValues: (0..<r).map { 1 + Scalar($0) }, rows: m, columns: n)
      var qr = PivotedQR<Scalar>(rows: m, columns: n)
      for _ in 0..<2 {
        // Construction leaves rounding of its own in the zero singular values.
        #expect(qr.factor(a, tolerance: 100 * .ulpOfOne) == nil)
        #expect(qr.rank == r)
        #expect(qr.permutation.sorted() == Array(0..<n))
        // A right side in the range is met, with at most r elements.
        var b = Vector<Scalar>(zeros: m)
        a.multiply(randomVector(n), into: &b)
        var (x, transformed) = (Vector<Scalar>(zeros: n), b)
        qr.solve(&transformed, into: &x)
        #expect(residual(a, x, b) <= 1000 * Scalar(n) * .ulpOfOne)
        #expect(x.count { $0 != 0 } <= r)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func agreesWithQROnFullRank() {
    let a = Matrix<Double>.random(9, 4)
    let b: Vector<Double> = randomVector(9)
    var (plain, pivoted) = (QR<Double>(rows: 9, columns: 4), PivotedQR<Double>(rows: 9, columns: 4))
    #expect(plain.factor(a) == nil && pivoted.factor(a) == nil)
    #expect(pivoted.rank == 4)
    var (c, d, x, y) = (b, b, Vector<Double>(zeros: 4), Vector<Double>(zeros: 4))
    #expect(plain.solve(&c, into: &x) == nil)
    pivoted.solve(&d, into: &y)
    #expect(distance(x, y) <= 1e-13)
  }

  /// What is left is orthogonal to the columns, and twice is once; Aᵀb = w has its solution among the columns.
  @Test func projectsAndSolvesTransposed() {
    let a = Matrix<Double>.random(9, 4)
    let (b, w): (Vector<Double>, Vector<Double>) = (randomVector(9), randomVector(4))
    var qr = PivotedQR<Double>(rows: 9, columns: 4)
    #expect(qr.factor(a) == nil)
    var (rest, product) = (b, w)
    qr.projectOut(&rest)
    a.multiply(rest, into: &product, transposed: true)
    #expect(product.largestMagnitude <= 1e-13 && abs(rest.dot(b) - rest.squaredNorm) <= 1e-13)
    var again = rest
    qr.projectOut(&again)
    #expect(distance(again, rest) <= 1e-14)
    var solution = b
    qr.solveTransposed(w, into: &solution)
    a.multiply(solution, into: &product, transposed: true)
    #expect(distance(product, w) <= 1e-13)
    qr.projectOut(&solution)
    #expect(solution.largestMagnitude <= 1e-13)
  }

  @Test func reportsNonFinite() {
    var qr = PivotedQR<Double>(rows: 2, columns: 2)
    for bad in [Double.nan, .infinity] { #expect(qr.factor([[1, bad], [0, 1]]) == .nonFinite) }
  }

  @Test func encodesItsShape() throws {
    let qr = PivotedQR<Float>(rows: 2, columns: 4)
    #expect(try roundTrip(qr) == qr)
  }
}
