import SecantLinearAlgebra
import Testing

@Suite struct SVDTests {
  @Test(arguments: [(1, 1), (5, 5), (9, 4), (4, 9), (60, 20)]) func decomposes(m: Int, n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let k = min(m, n)
      let σ = (0..<k).map { Scalar(k - $0) }
      let a = Matrix<Scalar>.with(singularValues: σ, rows: m, columns: n)
      let bound = 30 * Scalar(k) * Scalar(k) * Scalar.ulpOfOne
      var svd = SVD<Scalar>(rows: m, columns: n)
      for _ in 0..<2 {
        #expect(svd.factor(a) == nil)
        #expect(distance(svd.values, Vector(σ)) <= bound)
        #expect(orthonormalityError(svd.left) <= bound)
        #expect(orthonormalityError(svd.rightTransposed.transposed) <= bound)
        let product = naiveProduct(
          naiveProduct(svd.left, Matrix(diagonal: svd.values)), svd.rightTransposed)
        #expect(distance(product, a) <= bound)
        #expect(svd.rank() == k)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: [(6, 4), (4, 6)]) func rankAndPolarFactor(m: Int, n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var svd = SVD<Scalar>(rows: m, columns: n)
      var polar = Matrix<Scalar>(repeating: .nan, rows: m, columns: n)
      for r in 1...4 {
        let a = Matrix<Scalar>.with(
          singularValues: (0..<r).map { 1 + Scalar($0) }, rows: m, columns: n)
        #expect(svd.factor(a) == nil)
        #expect(svd.rank(tolerance: 100 * .ulpOfOne) == r)
        svd.polarFactor(into: &polar, tolerance: 100 * .ulpOfOne)
        let expected = Matrix<Scalar>.with(
          singularValues: Array(repeating: 1, count: r), rows: m, columns: n)
        #expect(distance(polar, expected) <= 100 * .ulpOfOne)
      }
      #expect(svd.factor(Matrix(zeros: m, n)) == nil)
      #expect(svd.rank() == 0)
      svd.polarFactor(into: &polar)
      #expect(polar == Matrix(zeros: m, n))
    }
    check(Double.self)
    check(Float.self)
  }

  /// The exact polar factor is what a convergent Newton–Schulz iteration ends at.
  @Test func agreesWithNewtonSchulz() {
    var a = Matrix<Double>.random(8, 5)
    var svd = SVD<Double>(rows: 8, columns: 5)
    #expect(svd.factor(a) == nil)
    var polar = a
    svd.polarFactor(into: &polar)
    var newtonSchulz = NewtonSchulz<Double>(rows: 8, columns: 5)
    #expect(newtonSchulz.orthogonalise(&a, by: .polarExpress(steps: 10)) == nil)
    #expect(distance(a, polar) <= 1e-13)
  }

  @Test func reportsNonFinite() {
    var svd = SVD<Double>(rows: 2, columns: 2)
    for bad in [Double.nan, .infinity] { #expect(svd.factor([[1, bad], [0, 1]]) == .nonFinite) }
  }

  @Test func encodesItsShape() throws {
    let svd = SVD<Float>(rows: 2, columns: 4)
    #expect(try roundTrip(svd) == svd)
  }
}
