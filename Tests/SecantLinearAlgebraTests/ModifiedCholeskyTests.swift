import SecantLinearAlgebra
import Testing

@Suite struct ModifiedCholeskyTests {
  @Test func leavesAPositiveDefiniteMatrixAlone() {
    var modified = ModifiedCholesky<Double>(dimension: 3)
    #expect(modified.factor(.with(eigenvalues: [1, 2, 3])) == nil)
    #expect(modified.shift == 0 && modified.factorisations == 1)
  }

  /// The start and the doubling of Algorithm 3.3, by hand: −min aᵢᵢ + β, then twice that until it holds.
  @Test func followsThePaper() {
    var modified = ModifiedCholesky<Double>(dimension: 2)
    // Diagonal: −min aᵢᵢ + β is enough at once.
    #expect(modified.factor([[-2, 0], [0, 1]]) == nil)
    #expect(modified.shift == 2.001 && modified.factorisations == 1)
    // A positive diagonal and eigenvalues 3, −1: τ = 0, β, 2β, … to the first β 2ᵏ > 1.
    #expect(modified.factor([[1, 2], [2, 1]]) == nil)
    #expect(modified.shift == 1.024 && modified.factorisations == 12)
    #expect(modified.factor([[1, 2], [2, 1]], increment: 0.75) == nil)
    #expect(modified.shift == 1.5 && modified.factorisations == 3)
    #expect(modified.factor([[0, 0], [0, 0]]) == nil)
    #expect(modified.shift == 1e-3 && modified.factorisations == 1)
  }

  @Test func solvesTheShiftedSystem() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let n = 40
      var a = Matrix<Scalar>.with(eigenvalues: (0..<n).map { Scalar($0) - 10 })
      var modified = ModifiedCholesky<Scalar>(dimension: n)
      #expect(modified.factor(a) == nil)
      #expect(modified.shift > 10 && modified.shift < 40)
      let b: Vector<Scalar> = randomVector(n)
      var x = b
      modified.solve(&x)
      // −x is a direction of descent for the gradient b.
      #expect(x.dot(b) > 0)
      a.addToDiagonal(modified.shift)
      #expect(residual(a, x, b) <= 1000 * Scalar(n) * .ulpOfOne)
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func endsAtEveryScale() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      for scale in [Scalar.leastNormalMagnitude, 1e-20, 1e20, Scalar.greatestFiniteMagnitude / 4] {
        var a: Matrix<Scalar> = [[1, 2], [2, 1]]
        a.scale(by: scale)
        var modified = ModifiedCholesky<Scalar>(dimension: 2)
        #expect(modified.factor(a) == nil)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func reportsNonFinite() {
    var modified = ModifiedCholesky<Float>(dimension: 2)
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(modified.factor([[bad, 0], [0, 1]]) == .nonFinite)
      #expect(modified.factor([[1, 0], [bad, 1]]) == .nonFinite)
      #expect(modified.factor([[1, 0], [0, bad]]) == .nonFinite)
    }
  }

  @Test func encodesItsShape() throws {
    let modified = ModifiedCholesky<Double>(dimension: 4)
    #expect(try roundTrip(modified) == modified)
  }
}
