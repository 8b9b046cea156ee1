import SecantLinearAlgebra
import Testing

@Suite struct DynamicallyWeightedHalleyTests {
  /// For every condition to 10¹⁵, or 10⁶ in single precision: U is orthonormal, H = UᵀG symmetric and positive semidefinite and
  /// G = UH, all to rounding; and U is as near to the decomposition's as the gap σₖ + σₖ₋₁ lets two backward stable methods be.
  @Test(arguments: [(1, 1), (12, 12), (40, 40), (30, 17), (17, 30), (60, 9), (5, 1), (1, 5)])
  func isExactForAnyCondition(rows: Int, columns: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, digits: [Double]) {
      let k = min(rows, columns)
      for digits in digits {
        let σ = (0..<k).map { Scalar(7 * Double.pow(10, -digits * Double($0) / Double(max(1, k - 1)))) }
        let g = Matrix<Scalar>.with(singularValues: σ, rows: rows, columns: columns)
        var halley = DynamicallyWeightedHalley<Scalar>(rows: rows, columns: columns)
        var svd = SVD<Scalar>(rows: rows, columns: columns)
        for _ in 0..<2 {  // the second time into used buffers
          var u = g
          #expect(halley.orthogonalise(&u) == nil)
          #expect(svd.factor(u) == nil)
          #expect(abs(svd.values[0] - 1) < 20 * .ulpOfOne && abs(svd.values[k - 1] - 1) < 20 * .ulpOfOne)
          let isTall = rows >= columns
          let h = isTall ? naiveProduct(u.transposed, g) : naiveProduct(g, u.transposed)
          let tolerance = 100 * Scalar.ulpOfOne * σ[0]
          #expect(distance(h, h.transposed) < tolerance)
          #expect(distance(isTall ? naiveProduct(u, h) : naiveProduct(h, u), g) < tolerance)
          var symmetric = h
          symmetric.mirrorLowerTriangle()
          var eigen = SymmetricEigen<Scalar>(dimension: k)
          #expect(eigen.factor(symmetric) == nil && eigen.values[0] > -tolerance)
          #expect(svd.factor(g) == nil)
          var reference = g
          svd.polarFactor(into: &reference, tolerance: 0)
          // Of one row or column the factor is as well-conditioned as σ₁ is.
          let gap = k == 1 ? σ[0] : σ[k - 1] + σ[k - 2]
          #expect(distance(u, reference) < tolerance / gap, "10^\(digits)")
        }
        #expect(halley.stepsByQR <= 3 && halley.stepsByCholesky <= 5)
        #expect(halley.stepsByQR + halley.stepsByCholesky <= 7)
      }
    }
    check(Double.self, digits: [0, 0.5, 1, 3, 6, 10, 13, 15])
    check(Float.self, digits: [0, 0.5, 1, 3, 5, 6])
  }

  /// The paper's count: from ℓ₀ = 10⁻¹⁶ on six iterations are enough, and fewer from larger bounds.
  @Test func iteratesAsOftenAsThePaperSays() {
    func steps(_ digits: Double) -> (Int, Int) {
      let σ = (0..<24).map { Double.pow(10, -digits * Double($0) / 23) }
      var g = Matrix<Double>.with(singularValues: σ, rows: 24, columns: 24)
      var halley = DynamicallyWeightedHalley<Double>(rows: 24, columns: 24)
      #expect(halley.orthogonalise(&g) == nil)
      #expect(halley.bound <= Double.pow(10, -digits) && halley.bound >= 0.2 * Double.pow(10, -digits))
      return (halley.stepsByQR, halley.stepsByCholesky)
    }
    #expect(steps(15) == (2, 4))
    #expect(steps(3) == (1, 4))
    #expect(steps(0).0 == 0)
  }

  /// The scale of G does not matter, however large or small: powers of two leave the very same factor.
  @Test func isBlindToTheScale() {
    let g = Matrix<Double>.random(6, 4)
    var halley = DynamicallyWeightedHalley<Double>(rows: 6, columns: 4)
    var expected = g
    #expect(halley.orthogonalise(&expected) == nil)
    for exponent in [-1000, -300, 300, 1000] {
      var x = g
      x.scale(by: Double(sign: .plus, exponent: exponent, significand: 1))
      #expect(halley.orthogonalise(&x) == nil)
      #expect(x == expected)
    }
  }

  @Test(arguments: [(4, 4), (3, 6), (6, 3)]) func zeroGivesZeroAndNonFiniteIsReported(rows: Int, columns: Int)
  {
    var halley = DynamicallyWeightedHalley<Float>(rows: rows, columns: columns)
    var x = Matrix<Float>(zeros: rows, columns)
    #expect(halley.orthogonalise(&x) == nil && x == Matrix(zeros: rows, columns))
    for bad in [Float.nan, .infinity] {
      var x = Matrix<Float>.random(rows, columns)
      x[2, 1] = bad
      let before = x
      #expect(halley.orthogonalise(&x) == .nonFinite)
      #expect(x[0, 0] == before[0, 0])
    }
  }

  @Test func encodes() throws {
    let halley = DynamicallyWeightedHalley<Double>(rows: 3, columns: 7)
    #expect(try roundTrip(halley) == halley)
  }
}
