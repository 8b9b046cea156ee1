import SecantLinearAlgebra
import Testing

@Suite struct SymmetricEigenTests {
  @Test(arguments: [1, 2, 7, 60]) func decomposes(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let λ = (0..<n).map { Scalar($0) - Scalar(n / 2) }
      var a = Matrix<Scalar>.with(eigenvalues: λ)
      let full = a
      if n > 1 { a[0, n - 1] = .nan }  // the upper triangle is not read
      let bound = 10 * Scalar(n) * Scalar(n) * Scalar.ulpOfOne
      var eigen = SymmetricEigen<Scalar>(dimension: n)
      for _ in 0..<2 {
        #expect(eigen.factor(a) == nil)
        #expect(distance(eigen.values, Vector(λ)) <= bound)
        #expect(orthonormalityError(eigen.vectors) <= bound)
        let left = naiveProduct(full, eigen.vectors)
        let right = naiveProduct(eigen.vectors, Matrix(diagonal: eigen.values))
        #expect(distance(left, right) <= bound)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func multipleEigenvalues() {
    var eigen = SymmetricEigen<Double>(dimension: 4)
    #expect(eigen.factor(Matrix(identity: 4)) == nil)
    #expect(eigen.values == [1, 1, 1, 1])
    #expect(eigen.factor(Matrix(zeros: 4, 4)) == nil)
    #expect(eigen.values == [0, 0, 0, 0])
    #expect(orthonormalityError(eigen.vectors) == 0)
  }

  @Test func reportsNonFinite() {
    var eigen = SymmetricEigen<Double>(dimension: 2)
    for bad in [Double.nan, .infinity] {
      #expect(eigen.factor([[1, 0], [bad, 1]]) == .nonFinite)
      #expect(eigen.factor([[1, 0], [0, bad]]) == .nonFinite)
    }
  }

  @Test func encodesItsShape() throws {
    let eigen = SymmetricEigen<Float>(dimension: 4)
    #expect(try roundTrip(eigen) == eigen)
  }

  @Test func solvesWithChangedEigenvalues() {
    let n = 6
    let λ = (0..<n).map { Double($0) - 2.5 }
    let a = Matrix<Double>.with(eigenvalues: λ)
    var eigen = SymmetricEigen<Double>(dimension: n)
    #expect(eigen.factor(a) == nil)
    let b: Vector<Double> = randomVector(n)
    var (x, scratch) = (b, Vector<Double>(zeros: n))
    eigen.solve(&x, using: &scratch) { $0 }
    #expect(residual(a, x, b) < 1e-13)
    // |A|² = A².
    var y = b
    for _ in 0..<2 { eigen.solve(&y, using: &scratch) { abs($0) } }
    for _ in 0..<1 { eigen.solve(&x, using: &scratch) { $0 } }
    #expect(distance(x, y) < 1e-12)
  }
}
