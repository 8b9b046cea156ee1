import SecantLinearAlgebra
import Testing

@Suite struct BunchKaufmanTests {
  /// Sylvester: any congruence C diag(d) Cᵀ with regular C has the signs of d.
  @Test(arguments: [(1, 0), (0, 1), (2, 3), (30, 50), (100, 1)])
  func inertiaAndSolve(positive: Int, negative: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let n = positive + negative
      let λ = (0..<n).map { $0 < positive ? 1 + Scalar($0) : Scalar(positive - $0) - 1 }
      let a = Matrix<Scalar>.with(eigenvalues: λ)
      var factors = BunchKaufman<Scalar>(dimension: n)
      for _ in 0..<2 {
        #expect(factors.factor(a) == nil)
        #expect(factors.inertia() == .init(positive: positive, negative: negative))
        let b: Vector<Scalar> = randomVector(n)
        var x = b
        factors.solve(&x)
        #expect(residual(a, x, b) <= 100 * Scalar(n) * Scalar(n) * .ulpOfOne)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// A zero diagonal forces blocks of order two; each has one eigenvalue of either sign.
  @Test func blocksOfOrderTwo() {
    var factors = BunchKaufman<Double>(dimension: 2)
    #expect(factors.factor([[0, 1], [1, 0]]) == nil)
    #expect(factors.inertia() == .init(positive: 1, negative: 1))
    var b: Vector<Double> = [3, 5]
    factors.solve(&b)
    #expect(b == [5, 3])
    var four = BunchKaufman<Double>(dimension: 4)
    #expect(four.factor([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, -1e-200], [0, 0, -1e-200, 0]]) == nil)
    #expect(four.inertia() == .init(positive: 2, negative: 2))
  }

  @Test func singular() {
    var factors = BunchKaufman<Double>(dimension: 3)
    #expect(factors.factor([[2, 0, 0], [0, 0, 0], [0, 0, -1]]) == .singular(at: 1))
    #expect(factors.inertia() == .init(positive: 1, negative: 1, zero: 1))
    #expect(factors.factor(Matrix(zeros: 3, 3)) == .singular(at: 0))
    #expect(factors.inertia() == .init(zero: 3))
    // All but exactly singular: the tolerance decides.
    #expect(factors.factor([[2, 0, 0], [0, 1e-18, 0], [0, 0, -1]]) == nil)
    #expect(factors.inertia() == .init(positive: 2, negative: 1))
    #expect(factors.inertia(tolerance: 1e-15) == .init(positive: 1, negative: 1, zero: 1))
  }

  @Test(arguments: [1, 3, 100]) func reportsNonFinite(n: Int) {
    var factors = BunchKaufman<Float>(dimension: n)
    for bad in [Float.nan, .infinity] {
      for (i, j) in [(0, 0), (n - 1, 0), (n - 1, n - 1)] {
        var a = Matrix<Float>.randomSymmetric(n)
        a[i, j] = bad
        #expect(factors.factor(a) == .nonFinite)
      }
    }
  }

  @Test func encodesItsShape() throws {
    let factors = BunchKaufman<Double>(dimension: 4)
    #expect(try roundTrip(factors) == factors)
  }

  @Test func emptyMatrix() {
    var factors = BunchKaufman<Double>(dimension: 0)
    #expect(factors.factor(Matrix(zeros: 0, 0)) == nil)
    #expect(factors.inertia() == .init())
  }

  /// The matrix whose inverse the modified factor applies, column by column.
  func inverse<Scalar: LAPACKScalar>(_ factors: BunchKaufman<Scalar>, _ n: Int) -> Matrix<Scalar> {
    var result = Matrix<Scalar>(zeros: n, n)
    for j in 0..<n {
      var column = Vector<Scalar>(zeros: n)
      column[j] = 1
      factors.solve(&column)
      for i in 0..<n { result[i, j] = column[i] }
    }
    return result
  }

  @Test(arguments: [false, true]) func raisedBlocksArePositiveDefinite(magnitudes: Bool) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      for n in [1, 2, 3, 12, 40] {
        for seed in 1...5 {
          let a = Matrix<Scalar>.randomSymmetric(n, seed: UInt64(seed))
          var factors = BunchKaufman<Scalar>(dimension: n)
          _ = factors.factor(a)
          factors.raiseBlocks(to: 0.01, takingMagnitudes: magnitudes)
          #expect(factors.inertia() == .init(positive: n))
          let b: Vector<Scalar> = randomVector(n, seed: UInt64(seed))
          var x = b
          factors.solve(&x)
          #expect(x.dot(b) > 0)
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func raisingLeavesAPositiveDefiniteMatrixAlone() {
    let a = Matrix<Double>.with(eigenvalues: [1, 2, 3, 10, 100])
    var factors = BunchKaufman<Double>(dimension: 5)
    #expect(factors.factor(a) == nil)
    factors.raiseBlocks(to: 1e-8)
    #expect(distance(naiveProduct(a, inverse(factors, 5)), Matrix(identity: 5)) < 1e-12)
  }

  /// Blocks by hand: a block of two with the eigenvalues ±1 and one of one.
  @Test func raisesAsThePaperDoes() {
    var factors = BunchKaufman<Double>(dimension: 3)
    let a: Matrix<Double> = [[0, 1, 0], [1, 0, 0], [0, 0, -3]]
    _ = factors.factor(a)
    factors.raiseBlocks(to: 0.5)
    // 1 stays and −1 becomes ½ along (1, −1)/√2: the inverse has 3/2 and −½; −3 becomes ½.
    #expect(distance(inverse(factors, 3), [[1.5, -0.5, 0], [-0.5, 1.5, 0], [0, 0, 2]]) < 1e-14)
    _ = factors.factor(a)
    factors.raiseBlocks(to: 0.5, takingMagnitudes: true)
    #expect(distance(inverse(factors, 3), [[1, 0, 0], [0, 1, 0], [0, 0, 1.0 / 3]]) < 1e-14)
    // A singular matrix is no failure here.
    _ = factors.factor(Matrix(zeros: 3, 3))
    factors.raiseBlocks(to: 0.25)
    #expect(distance(inverse(factors, 3), Matrix(diagonal: [4, 4, 4])) < 1e-14)
  }

  /// The leading part alone is read and factored, and solves leave what is behind it.
  @Test func factorsTheLeadingPart() {
    let part: Matrix<Double> = [[1, 4, 2], [4, -3, 0], [2, 0, 5]]
    var whole = Matrix<Double>(repeating: .nan, rows: 5, columns: 5)
    for j in 0..<3 { for i in 0..<3 { whole[i, j] = part[i, j] } }
    var factors = BunchKaufman<Double>(dimension: 5)
    #expect(factors.factor(whole) == .nonFinite)
    #expect(factors.factor(whole, order: 3) == nil)
    #expect(factors.inertia() == .init(positive: 2, negative: 1))
    var x: Vector<Double> = [7, 1, 7, 8, 9]
    factors.solve(&x)
    #expect(distance(Matrix(rows: 5, columns: 1, elements: x), [[1], [1], [1], [8], [9]]) < 1e-14)
  }
}
