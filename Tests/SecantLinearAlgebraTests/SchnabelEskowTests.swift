import SecantLinearAlgebra
import Testing

@Suite struct SchnabelEskowTests {
  /// P(A + E)Pᵀ − LLᵀ, elementwise.
  func error<Scalar>(_ a: Matrix<Scalar>, _ factor: SchnabelEskow<Scalar>) -> Scalar {
    let n = a.rows
    var l = factor.lower
    for j in 0..<n { for i in 0..<j { l[i, j] = 0 } }
    var permuted = a
    for j in 0..<n { for i in 0..<n { permuted[i, j] = a[factor.permutation[i], factor.permutation[j]] } }
    for i in 0..<n { permuted[i, i] += factor.added[i] }
    return distance(permuted, naiveProduct(l, l.transposed))
  }

  @Test(arguments: [1, 2, 3, 10, 40]) func factorsIndefiniteMatrices(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      for seed in 1...5 {
        let a = Matrix<Scalar>.with(
          eigenvalues: (0..<n).map { Scalar($0 - n / 2) - 0.5 }, seed: UInt64(seed))
        var factor = SchnabelEskow<Scalar>(dimension: n)
        #expect(factor.factor(a) == nil)
        #expect(error(a, factor) <= 100 * Scalar(n * n) * .ulpOfOne)
        #expect(factor.added.allSatisfy { $0 >= 0 })
        // What is added suffices, and Gershgorin's circles bound it.
        let bound = (0..<n).reduce(Scalar(0)) { most, i in
          let radius = (0..<n).reduce(-abs(a[i, i])) { $0 + abs(a[i, $1]) }
          return max(most, radius - a[i, i])
        }
        #expect(factor.added.largestMagnitude >= (Scalar(n / 2) + 0.5) * 0.99)
        #expect(factor.added.largestMagnitude <= 1.2 * bound + 0.2 * Scalar(n))
        let b: Vector<Scalar> = randomVector(n)
        var x = b
        factor.solve(&x)
        #expect(x.dot(b) > 0)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func leavesAPositiveDefiniteMatrixAlone() {
    let a = Matrix<Double>.with(eigenvalues: [1, 2, 3, 10, 1e4])
    var factor = SchnabelEskow<Double>(dimension: 5)
    #expect(factor.factor(a) == nil)
    #expect(factor.added == Vector(zeros: 5))
    #expect(error(a, factor) < 1e-10)
    let b: Vector<Double> = randomVector(5)
    var x = b
    factor.solve(&x)
    #expect(residual(a, x, b) < 1e-10)
  }

  /// The matrix for which the first form of 1990 adds thousands of times too much; its eigenvalues are about −0.378,
  /// −0.343, −0.248 and 8242. Fang and O'Leary give 1.759 for the greatest addition, beside −λ₁, of the revised form.
  @Test func doesNotAddTooMuchToThePublishedMatrix() {
    let a: Matrix<Double> = [
      [1890.3, -1705.6, -315.8, 3000.3], [-1705.6, 1538.3, 284.9, -2706.6],
      [-315.8, 284.9, 52.5, -501.2], [3000.3, -2706.6, -501.2, 4760.8],
    ]
    var eigen = SymmetricEigen<Double>(dimension: 4)
    #expect(eigen.factor(a) == nil)
    #expect(abs(eigen.values[0] + 0.378) < 1e-3 && abs(eigen.values[2] + 0.248) < 1e-3)
    var factor = SchnabelEskow<Double>(dimension: 4)
    #expect(factor.factor(a) == nil)
    let ratio = factor.added.largestMagnitude / -eigen.values[0]
    #expect(abs(ratio - 1.759) < 1e-3, "\(ratio)")
  }

  @Test func factorsMatricesWithoutAScale() {
    var factor = SchnabelEskow<Double>(dimension: 2)
    for a in [[[0, 0], [0, 0]], [[0, 1], [1, 0]], [[-1, 0], [0, -1]], [[0, 1e-300], [1e-300, 0]]]
      as [Matrix<Double>]
    {
      #expect(factor.factor(a) == nil)
      #expect(factor.added.largestMagnitude > 0)
    }
  }

  @Test func reportsNonFinite() {
    var factor = SchnabelEskow<Float>(dimension: 2)
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(factor.factor([[bad, 0], [0, 1]]) == .nonFinite)
      #expect(factor.factor([[1, 0], [bad, 1]]) == .nonFinite)
    }
  }

  @Test func encodesItsShape() throws {
    let factor = SchnabelEskow<Double>(dimension: 4)
    #expect(try roundTrip(factor) == factor)
  }
}
