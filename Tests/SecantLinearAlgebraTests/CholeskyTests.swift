import SecantLinearAlgebra
import Testing

@Suite struct CholeskyTests {
  @Test(arguments: [1, 2, 3, 10, 65, 150]) func factorsAndSolves(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = Matrix<Scalar>.with(
        eigenvalues: (0..<n).map { 1 + 99 * Scalar($0) / Scalar(max(n - 1, 1)) })
      let bound = 10 * Scalar(n) * Scalar.ulpOfOne * 100
      var cholesky = Cholesky<Scalar>(dimension: n)
      for _ in 0..<2 {  // the second time into used buffers
        #expect(cholesky.factor(a) == nil)
        #expect(distance(naiveProduct(cholesky.lower, cholesky.lower.transposed), a) <= bound)
        for j in 1..<max(n, 2) where j < n { #expect(cholesky.lower[0, j] == 0) }
        let b: Vector<Scalar> = randomVector(n)
        var x = b
        cholesky.solve(&x)
        #expect(residual(a, x, b) <= bound)
        var halves = b
        cholesky.solveLower(&halves)
        #expect(abs(halves.dot(halves) - b.dot(x)) <= bound)
        cholesky.solveLowerTransposed(&halves)
        #expect(distance(halves, x) <= bound)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func readsTheLowerTriangleOnly() {
    var cholesky = Cholesky<Double>(dimension: 2)
    #expect(cholesky.factor([[4, .nan], [2, 5]]) == nil)
    #expect(cholesky.lower == [[2, 0], [1, 2]])
  }

  @Test func addsToTheDiagonal() {
    var cholesky = Cholesky<Double>(dimension: 2)
    let a: Matrix<Double> = [[-1, 0], [0, 4]]
    #expect(cholesky.factor(a) == .notPositiveDefinite(leadingMinor: 1))
    #expect(cholesky.factor(a, addingToDiagonal: 5) == nil)
    #expect(cholesky.lower == [[2, 0], [0, 3]])
  }

  @Test func namesTheMinor() {
    var cholesky = Cholesky<Double>(dimension: 3)
    #expect(
      cholesky.factor([[1, 0, 0], [0, 1, 2], [0, 2, 1]]) == .notPositiveDefinite(leadingMinor: 3))
    #expect(cholesky.factor([[1, 1, 0], [1, 1, 0], [0, 0, 1]]) == .notPositiveDefinite(leadingMinor: 2))
    #expect(cholesky.factor(Matrix(zeros: 3, 3)) == .notPositiveDefinite(leadingMinor: 1))
  }

  /// A NaN or an infinity anywhere in the lower triangle, at sizes on both sides of a block of LAPACK's.
  @Test(arguments: [1, 2, 5, 150]) func reportsNonFinite(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var cholesky = Cholesky<Scalar>(dimension: n)
      for bad in [Scalar.nan, .infinity, -.infinity] {
        for (i, j) in [(0, 0), (n - 1, 0), (n - 1, n - 1), (n - 1, n / 2), (n / 2, n / 3)] {
          var a = Matrix<Scalar>(identity: n)
          a[i, j] = bad
          #expect(cholesky.factor(a) == .nonFinite)
        }
      }
      #expect(cholesky.factor(Matrix(identity: n), addingToDiagonal: .nan) == .nonFinite)
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func encodesItsShape() throws {
    var cholesky = Cholesky<Double>(dimension: 4)
    _ = cholesky.factor(Matrix(identity: 4))
    #expect(try roundTrip(cholesky) == cholesky)
    #expect(cholesky != Cholesky<Double>(dimension: 5))
  }

  @Test func emptyMatrix() {
    var cholesky = Cholesky<Double>(dimension: 0)
    #expect(cholesky.factor(Matrix(zeros: 0, 0)) == nil)
    var b: Vector<Double> = []
    cholesky.solve(&b)
  }

  @Test func flops() { #expect(Cholesky<Double>.flops(30) == 9_000) }

  @Test func solvingAfterAFailureIsMisuse() async {
    await #expect(processExitsWith: .failure) {
      var cholesky = Cholesky<Double>(dimension: 1)
      _ = cholesky.factor([[4]])
      _ = cholesky.factor([[-1]])
      var b: Vector<Double> = [1]
      cholesky.solve(&b)
    }
  }
}
