import SecantLinearAlgebra
import Testing

@Suite struct SmallTriangleTests {
  /// |Lx − b| ≤ nε|L||x| in every element (Higham, theorem 8.5), on both sides of where BLAS takes over.
  @Test(arguments: [0, 1, 2, 3, 10, 31, 32, 33]) func isBackwardStable(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      // Nothing above the diagonal is read, nor below the n rows of a longer column.
      let ldl = n + 2
      var l = [Scalar](repeating: .nan, count: ldl * n)
      let random = Matrix<Scalar>.random(n + 1, n + 1, seed: UInt64(n + 1))
      for j in 0..<n {
        for i in j..<n { l[i + j * ldl] = random[i, j] / Scalar(n) }
        l[j * (ldl + 1)] = 1 + abs(random[j, j])
      }
      let b = (0..<n).map { random[$0, n] }
      for transposed in [false, true] {
        // One element more, which stays as it is.
        var x = b + [7]
        l.withUnsafeBufferPointer { l in
          guard let l = l.baseAddress else { return }
          x.withUnsafeMutableBufferPointer { Scalar._trsv(.lower, transposed, n, l, ldl, $0.baseAddress!) }
        }
        #expect(x[n] == 7)
        for i in 0..<n {
          var (product, size): (Scalar, Scalar) = (0, 0)
          for k in transposed ? i..<n : 0..<i + 1 {
            let term = (transposed ? l[k + i * ldl] : l[i + k * ldl]) * x[k]
            product += term
            size += abs(term)
          }
          // The product here rounds as often as the solve, and a reciprocal once more.
          #expect(abs(product - b[i]) <= Scalar(2 * n + 2) * .ulpOfOne * size)
        }
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func aZeroOnTheDiagonalGivesInfinity() {
    let l: Matrix<Double> = [[2, 0], [1, 0]]
    var x: Vector<Double> = [2, 3]
    l.solveTriangle(.lower, &x)
    #expect(x == [1, .infinity])
  }

  @Test func whatIsNotFiniteStays() {
    let l: Matrix<Float> = [[1, 0], [.nan, 1]]
    var x: Vector<Float> = [1, 1]
    l.solveTriangle(.lower, &x)
    #expect(x[0] == 1 && x[1].isNaN)
    l.solveTriangle(.lower, &x, transposed: true)
    #expect(x[0].isNaN)
  }
}
