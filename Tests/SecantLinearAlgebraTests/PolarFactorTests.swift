import SecantLinearAlgebra
import Testing

@Suite struct PolarFactorTests {
  /// The factor of P diag(σ) Qᵀ is PQᵀ, whatever σ: square, tall, wide, a row, a column.
  @Test(arguments: [(6, 6), (9, 4), (4, 9), (20, 5), (1, 5), (5, 1), (40, 90)])
  func takesEverySingularValueToOne(rows: Int, columns: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, ratio: Double, tolerance: Scalar) {
      let k = min(rows, columns)
      let σ = (0..<k).map { Scalar(3 * Double.pow(ratio, Double($0) / Double(k))) }
      let g = Matrix<Scalar>.with(singularValues: σ, rows: rows, columns: columns)
      let expected = Matrix<Scalar>.with(
        singularValues: Array(repeating: 1, count: k), rows: rows, columns: columns)
      var polar = PolarFactor<Scalar>(rows: rows, columns: columns)
      for _ in 0..<2 {  // the second time into used buffers
        var x = g
        #expect(polar.orthogonalise(&x) == nil)
        #expect(distance(x, expected) <= tolerance * .ulpOfOne)
        let range = polar.singularValueRange(of: x)!
        #expect(abs(range.least - 1) <= tolerance * .ulpOfOne)
        #expect(abs(range.greatest - 1) <= tolerance * .ulpOfOne)
      }
    }
    // A condition of 2 passes by the Gram matrix on long rectangles, one of 1000 by the iteration; the factor's own condition is
    // that of the smallest singular values.
    check(Double.self, ratio: 0.5, tolerance: 200)
    check(Double.self, ratio: 1e-3, tolerance: 20_000)
    check(Float.self, ratio: 0.5, tolerance: 200)
    check(Float.self, ratio: 1e-3, tolerance: 20_000)
  }

  /// Which way is taken is a matter of shape and condition alone.
  @Test func takesTheFastestWayThatIsExact() {
    func way(_ rows: Int, _ columns: Int, _ least: Double) -> PolarFactor<Double>.Way {
      var x = Matrix<Double>.with(singularValues: [1, 0.5, least], rows: rows, columns: columns)
      var polar = PolarFactor<Double>(rows: rows, columns: columns)
      #expect(polar.orthogonalise(&x) == nil)
      return polar.way
    }
    #expect(way(3, 6, 0.1) == .gramMatrix && way(6, 3, 0.1) == .gramMatrix)
    #expect(way(3, 6, 1e-3) == .halley && way(6, 3, 1e-12) == .halley)
    #expect(way(3, 6, 0) == .singularValues && way(6, 3, 1e-16) == .singularValues)
    #expect(way(3, 5, 0.5) == .singularValues)
  }

  /// H = UᵀG is symmetric and positive semidefinite, which with orthogonality defines U.
  @Test(arguments: [(5, 5), (4, 12), (12, 4)])
  func leavesASymmetricFactor(rows: Int, columns: Int) {
    let g = Matrix<Double>.random(rows, columns)
    var u = g
    var polar = PolarFactor<Double>(rows: rows, columns: columns)
    #expect(polar.orthogonalise(&u) == nil)
    let h = rows >= columns ? naiveProduct(u.transposed, g) : naiveProduct(g, u.transposed)
    #expect(distance(h, h.transposed) < 1e-12)
    var eigen = SymmetricEigen<Double>(dimension: h.rows)
    #expect(eigen.factor(h) == nil && eigen.values[0] > 0)
  }

  @Test func agreesWithAConvergentNewtonSchulz() {
    var x = Matrix<Double>.random(5, 8)
    var y = x
    var polar = PolarFactor<Double>(rows: 5, columns: 8)
    var newtonSchulz = NewtonSchulz<Double>(rows: 5, columns: 8)
    #expect(polar.orthogonalise(&x) == nil)
    #expect(newtonSchulz.orthogonalise(&y, by: .polarExpress(steps: 12, safety: false)) == nil)
    #expect(distance(x, y) < 1e-12)
  }

  /// A rank-deficient matrix gives a partial isometry, zero gives zero.
  @Test(arguments: [(5, 7), (3, 9)])
  func rankDeficient(rows: Int, columns: Int) {
    var x = Matrix<Double>.with(singularValues: [2, 1e-3], rows: rows, columns: columns)
    let expected = Matrix<Double>.with(singularValues: [1, 1], rows: rows, columns: columns)
    var polar = PolarFactor<Double>(rows: rows, columns: columns)
    #expect(polar.orthogonalise(&x) == nil)
    #expect(distance(x, expected) < 1e-11)
    x.fill(with: 0)
    #expect(polar.orthogonalise(&x) == nil)
    #expect(x == Matrix(zeros: rows, columns))
  }

  @Test func reportsNonFinite() {
    for bad in [Double.nan, .infinity] {
      for (rows, columns) in [(3, 4), (2, 6), (6, 2)] {
        var x = Matrix<Double>.random(rows, columns)
        x[1, 1] = bad
        var polar = PolarFactor<Double>(rows: rows, columns: columns)
        #expect(polar.orthogonalise(&x) == .nonFinite)
        #expect(polar.singularValueRange(of: x) == nil)
      }
    }
  }

  @Test func encodes() throws {
    let polar = PolarFactor<Double>(rows: 3, columns: 7)
    #expect(try roundTrip(polar) == polar)
    #expect(PolarFactor<Double>.flops(rows: 7, columns: 3) == SVD<Double>.flops(rows: 7, columns: 3))
  }

  /// A^p from the eigenvectors: the inverse square root of A, squared and multiplied by A, is I.
  @Test func powersOfSymmetricMatrices() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.with(eigenvalues: [0.25, 1, 4, 9])
      var eigen = SymmetricEigen<Scalar>(dimension: 4)
      #expect(eigen.factor(a) == nil)
      var root = a
      eigen.power(-1 / 2, into: &root)
      #expect(distance(naiveProduct(naiveProduct(root, root), a), Matrix(identity: 4)) < 200 * .ulpOfOne)
      eigen.power(1, raisingTo: 1, into: &root)
      #expect(distance(root, Matrix.with(eigenvalues: [1, 1, 4, 9])) < 200 * .ulpOfOne)
    }
    check(Double.self)
    check(Float.self)
  }
}
