import SecantLinearAlgebra
import Testing

@Suite struct CholeskyNegativeCurvatureTests {
  func shows<Scalar: LAPACKScalar>(_: Scalar.Type, accuracy: Scalar) throws {
    for n in [1, 2, 5, 70, 200] {
      for place in [0, n / 2, n - 1] {
        var generator = RandomGenerator(seed: UInt64(n + place))
        var elements = Vector<Scalar>(zeros: n * n)
        generator.fillNormal(&elements)
        var A = Matrix(rows: n, columns: n, elements: elements)
        A.mirrorLowerTriangle()
        A.addToDiagonal(4 * Scalar(n))
        A[place, place] = -2
        var cholesky = Cholesky<Scalar>(dimension: n)
        let τ: Scalar = 0.5
        guard case .notPositiveDefinite(let k)? = cholesky.factor(A, addingToDiagonal: τ) else {
          Issue.record("a matrix with a negative diagonal element was factored")
          continue
        }
        var v = Vector<Scalar>(repeating: .nan, count: n)
        let lack = cholesky.negativeCurvature(of: A, addingToDiagonal: τ, leadingMinor: k, into: &v)
        // vᵀ(A + τI)v / vᵀv = −lack
        var Av = v
        A.symmetricMultiply(v, into: &Av)
        let quotient = v.dot(Av) / v.squaredNorm + τ
        #expect(lack >= 1.5 * (1 - accuracy) / v.squaredNorm)
        #expect(abs(quotient + lack) <= accuracy * Scalar(n))
        // With less than that the matrix stays indefinite.
        #expect(cholesky.factor(A, addingToDiagonal: τ + lack / 2) != nil)
      }
    }
  }

  @Test func showsWhatIsLacking() throws {
    try shows(Double.self, accuracy: 1e-12)
    try shows(Float.self, accuracy: 1e-4)
  }
}
