import SecantLinearAlgebra
import Testing

@Suite struct QRTests {
  @Test(arguments: [(1, 1), (2, 2), (7, 3), (80, 50)]) func factors(m: Int, n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.random(m, n)
      let bound = 10 * Scalar(m) * Scalar.ulpOfOne
      var qr = QR<Scalar>(rows: m, columns: n)
      var q = Matrix<Scalar>(zeros: m, n)
      for _ in 0..<2 {
        #expect(qr.factor(a) == nil)
        qr.formOrthogonal(into: &q)
        #expect(orthonormalityError(q) <= bound)
        #expect(distance(naiveProduct(q, qr.upper), a) <= bound)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// The residual of a least-squares solution is orthogonal to the columns, and its norm is what Qᵀb says.
  @Test func leastSquares() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.with(singularValues: [4, 3, 2, 1], rows: 20, columns: 4)
      let b: Vector<Scalar> = randomVector(20)
      var qr = QR<Scalar>(rows: 20, columns: 4)
      #expect(qr.factor(a) == nil)
      var (x, transformed) = (Vector<Scalar>(zeros: 4), b)
      #expect(qr.solve(&transformed, into: &x) == nil)
      var r = b
      a.multiply(x, into: &r, times: -1, adding: 1)
      var gradient = x
      a.multiply(r, into: &gradient, transposed: true)
      #expect(gradient.largestMagnitude <= 200 * .ulpOfOne)
      let tail = transformed[4...].reduce(Scalar(0)) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(tail - r.norm) <= 20 * .ulpOfOne)
      #expect(abs(transformed.norm - b.norm) <= 20 * .ulpOfOne)
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func singular() {
    var qr = QR<Double>(rows: 3, columns: 2)
    #expect(qr.factor([[1, 0], [0, 0], [0, 0]]) == nil)
    var (b, x): (Vector<Double>, Vector<Double>) = ([1, 1, 1], [0, 0])
    #expect(qr.solve(&b, into: &x) == .singular(at: 1))
  }

  @Test func reportsNonFinite() {
    var qr = QR<Double>(rows: 3, columns: 2)
    for bad in [Double.nan, .infinity] {
      #expect(qr.factor([[1, bad], [0, 1], [0, 0]]) == .nonFinite)
      #expect(qr.factor([[1, 0], [0, 1], [0, bad]]) == .nonFinite)
    }
  }

  @Test func encodesItsShape() throws {
    let qr = QR<Float>(rows: 4, columns: 2)
    #expect(try roundTrip(qr) == qr)
    #expect(QR<Double>.flops(rows: 9, columns: 3) == 2 * 9 * 8)
  }
}
