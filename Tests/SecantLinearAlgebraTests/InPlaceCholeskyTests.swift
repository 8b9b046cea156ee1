import SecantLinearAlgebra
import Testing

@Suite struct InPlaceCholeskyTests {
  @Test(arguments: [1, 2, 7, 33, 60]) func isCholesky(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.with(eigenvalues: (0..<n).map { Scalar($0) + 1 })
      let b: Vector<Scalar> = randomVector(n)
      var inPlace = InPlaceCholesky<Scalar>(dimension: n)
      var apart = Cholesky<Scalar>(dimension: n)
      for _ in 0..<2 {
        inPlace.matrix.copy(a)
        #expect(inPlace.factor() == nil)
        #expect(apart.factor(a) == nil)
        var (x, y) = (b, b)
        inPlace.solve(&x)
        apart.solve(&y)
        #expect(x == y)
        #expect(residual(a, x, b) <= 100 * Scalar(n) * .ulpOfOne)
        inPlace.invert()
        inPlace.matrix.multiply(b, into: &y)
        #expect(residual(a, y, b) <= 100 * Scalar(n) * .ulpOfOne)
        #expect((0..<n).allSatisfy { inPlace.matrix[0, $0] == inPlace.matrix[$0, 0] })
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test(arguments: [1, 2, 7, 33, 70]) func givesTheMatrixBack(n: Int) {
    var a = Matrix<Double>.randomSymmetric(n)
    a.addToDiagonal(1)
    a[n - 1, n - 1] = -5
    var cholesky = InPlaceCholesky<Double>(dimension: n)
    cholesky.matrix.copy(a)
    #expect(cholesky.factor() != nil)
    let isFinite = cholesky.restore()
    #expect(isFinite)
    #expect(cholesky.matrix == a)
  }

  /// An infinite element on the diagonal has a finite solution and is refused all the same.
  @Test func refusesWhatIsNotFinite() {
    for bad in [Double.nan, .infinity, -.infinity] {
      for (i, j) in [(0, 0), (1, 0), (2, 1), (2, 2)] {
        var cholesky = InPlaceCholesky<Double>(dimension: 3)
        cholesky.matrix.copy(Matrix(identity: 3))
        cholesky.matrix[i, j] = bad
        cholesky.matrix[j, i] = bad
        #expect(cholesky.factor() != nil, "\(bad) at \(i), \(j)")
        let isFinite = cholesky.restore()
        #expect(!isFinite)
      }
    }
  }

  @Test func encodesItsShape() throws {
    let cholesky = InPlaceCholesky<Double>(dimension: 4)
    #expect(try roundTrip(cholesky) == cholesky)
  }
}
