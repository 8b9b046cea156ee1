import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct MatrixTests {
  @Test func isColumnMajor() {
    let a: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]
    #expect(a.rows == 2 && a.columns == 3)
    #expect(a.elements == [1, 4, 2, 5, 3, 6])
    #expect(a[1, 2] == 6)
    #expect(a.transposed == [[1, 4], [2, 5], [3, 6]])
    #expect(Matrix<Double>(identity: 2) == [[1, 0], [0, 1]])
    #expect(Matrix<Double>(diagonal: [2, 3]) == [[2, 0], [0, 3]])
    #expect(a.description == "1.0 2.0 3.0\n4.0 5.0 6.0")
    #expect(Matrix<Float>([[-.nan, -0.0]]).description == "nan -0.0")
  }

  @Test func hasValueSemantics() {
    let a = Matrix<Float>(identity: 3)
    var b = a
    b[0, 1] = 7
    #expect(a[0, 1] == 0 && b[0, 1] == 7)
  }

  @Test func encodesExactly() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      var a = Matrix<Scalar>.random(3, 2)
      a[0, 0] = .infinity
      a[1, 0] = -.infinity
      a[2, 0] = .leastNonzeroMagnitude
      a[0, 1] = -0.0
      a[1, 1] = .greatestFiniteMagnitude
      #expect(try roundTrip(a) == a)
      #expect(try roundTrip(a)[0, 1].sign == .minus)
      a[2, 1] = .nan
      #expect(try roundTrip(a)[2, 1].isNaN)
    }
    try check(Double.self)
    try check(Float.self)
  }

  @Test func refusesAMalformedEncoding() {
    for text in [
      #"{"rows":2,"columns":2,"elements":[1,2,3]}"#, #"{"rows":-1,"columns":-1,"elements":[1]}"#,
      #"{"rows":1,"columns":1,"elements":["one"]}"#,
      #"{"rows":4294967296,"columns":4294967296,"elements":[]}"#,
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(Matrix<Double>.self, from: Data(text.utf8))
      }
    }
  }

  @Test func finiteness() {
    var a = Matrix<Double>.random(5, 7)
    #expect(a.isFinite)
    a[4, 6] = .nan
    #expect(!a.isFinite)
    a[4, 6] = -.infinity
    #expect(!a.isFinite)
    #expect(Matrix<Double>(zeros: 0, 3).isFinite)
  }

  @Test(arguments: [1, 2, 31, 32, 33, 70]) func mirrors(n: Int) {
    var a = Matrix<Double>.random(n, n)
    let before = a
    a.mirrorLowerTriangle()
    for j in 0..<n { for i in 0..<n { #expect(a[i, j] == before[max(i, j), min(i, j)]) } }
  }

  @Test func norms() {
    #expect(Matrix<Double>([[3, 0], [0, 4]]).frobeniusNorm == 5)
    // Squares would overflow, and vanish.
    #expect(abs(Matrix<Float>([[3e30, 4e30]]).frobeniusNorm / 5e30 - 1) < 1e-6)
    #expect(abs(Matrix<Float>([[3e-30, 4e-30]]).frobeniusNorm / 5e-30 - 1) < 1e-6)
    #expect(Matrix<Double>([[.nan, 1]]).frobeniusNorm.isNaN)
  }

  @Test func elementwise() {
    var a: Matrix<Double> = [[1, 2], [3, 4]]
    a.add([[1, 1], [1, 1]], times: 2)
    a.scale(by: 10)
    a.addToDiagonal(1)
    #expect(a == [[31, 40], [50, 61]])
    a.copy([[1, 2], [3, 4]])
    a.fill(with: 5)
    #expect(a == Matrix(repeating: 5, rows: 2, columns: 2))
  }

  @Test func theFirstColumnsTimesAVector() {
    let a: Matrix<Double> = [[1, 2, .nan], [4, 5, .nan]]
    var y: Vector<Double> = [1, 2]
    a.multiply(firstColumns: 2, [1, -1, .nan], into: &y, times: 2, adding: 1)
    #expect(y == [-1, 0])
    var z: Vector<Double> = [.nan, .nan, 7]
    a.multiply(firstColumns: 2, [1, 1], into: &z, transposed: true)
    #expect(z == [5, 7, 7])
    a.multiply(firstColumns: 0, [.nan], into: &y)
    #expect(y == [0, 0])
    var empty: Vector<Double> = [.nan]
    Matrix<Double>(zeros: 0, 1).multiply(firstColumns: 1, [], into: &empty, transposed: true)
    #expect(empty == [0])
    var gram = Matrix<Double>(repeating: 1, rows: 3, columns: 3)
    gram.addGram(firstColumns: 2, of: a)
    #expect(gram == [[18, 1, 1], [23, 30, 1], [1, 1, 1]])
  }

  @Test func matrixTimesVector() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a: Matrix<Scalar> = [[1, 2, 3], [4, 5, 6]]
      var y: Vector<Scalar> = [.nan, .nan]
      a.multiply([1, 0, -1], into: &y)
      #expect(y == [-2, -2])
      a.multiply([1, 1, 1], into: &y, times: 2, adding: 3)
      #expect(y == [6, 24])
      var z: Vector<Scalar> = [.nan, .nan, .nan]
      a.multiply([1, -1], into: &z, transposed: true)
      #expect(z == [-3, -3, -3])
      var s = Vector<Scalar>(repeating: .nan, count: 2)
      Matrix<Scalar>([[2, .nan], [1, 3]]).symmetricMultiply([1, 10], into: &s)
      #expect(s == [12, 31])
      var e: Vector<Scalar> = [1, 2]
      Matrix<Scalar>(zeros: 2, 0).multiply([], into: &e, adding: 2)
      #expect(e == [2, 4])
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func rankUpdates() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      var a = Matrix<Scalar>(zeros: 2, 3)
      a.addOuter([1, 2], [3, 4, 5], times: 2)
      #expect(a == [[6, 8, 10], [12, 16, 20]])
      var s = Matrix<Scalar>(zeros: 2, 2)
      s.addSymmetricOuter([1, 2], times: 3)
      #expect(s == [[3, 0], [6, 12]])
      s.addSymmetricOuter([1, 0], [0, 1], times: -1)
      #expect(s == [[3, 0], [5, 12]])
      s.mirrorLowerTriangle()
      #expect(s == [[3, 5], [5, 12]])
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func triangles() {
    let t: Matrix<Double> = [[2, 8], [4, 5]]
    var x: Vector<Double> = [1, 1]
    t.multiplyTriangle(.lower, &x)
    #expect(x == [2, 9])
    t.solveTriangle(.lower, &x)
    #expect(x == [1, 1])
    t.multiplyTriangle(.upper, &x)
    #expect(x == [10, 5])
    t.solveTriangle(.upper, &x)
    #expect(x == [1, 1])
    t.multiplyTriangle(.lower, &x, transposed: true)
    #expect(x == [6, 5])
    t.solveTriangle(.lower, &x, transposed: true)
    #expect(x == [1, 1])
    var b: Matrix<Double> = [[2, 4], [9, 13]]
    t.solveTriangle(.lower, &b)
    #expect(b == [[1, 2], [1, 1]])
  }

  @Test func products() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let (a, b) = (Matrix<Scalar>.random(5, 3), Matrix<Scalar>.random(3, 4, seed: 2))
      let expected = naiveProduct(a, b)
      let bound = 10 * Scalar.ulpOfOne
      for (first, second) in [(false, false), (true, false), (false, true), (true, true)] {
        var c = Matrix<Scalar>(repeating: .nan, rows: 5, columns: 4)
        c.setProduct(
          first ? a.transposed : a, second ? b.transposed : b, transposingFirst: first,
          transposingSecond: second)
        #expect(distance(c, expected) <= bound)
      }
      var c = Matrix<Scalar>(repeating: 1, rows: 5, columns: 4)
      c.setProduct(a, b, times: 2, adding: -1)
      var twice = expected
      twice.scale(by: 2)
      twice.add(Matrix(repeating: 1, rows: 5, columns: 4), times: -1)
      #expect(distance(c, twice) <= 2 * bound)

      let full = Matrix<Scalar>.randomSymmetric(3, seed: 5)
      var s = full
      s[0, 2] = .nan  // never read
      var left = Matrix<Scalar>(zeros: 3, 4)
      left.setProduct(symmetric: s, b)
      #expect(distance(left, naiveProduct(full, b)) <= 2 * bound)
      var right = Matrix<Scalar>(zeros: 5, 3)
      right.setProduct(a, symmetric: s)
      #expect(distance(right, naiveProduct(a, full)) <= 2 * bound)

      var gram = Matrix<Scalar>(zeros: 5, 5)
      gram.setGram(a)
      gram.mirrorLowerTriangle()
      #expect(distance(gram, naiveProduct(a, a.transposed)) <= bound)
      var small = Matrix<Scalar>(zeros: 3, 3)
      small.setGram(a, transposed: true)
      small.mirrorLowerTriangle()
      #expect(distance(small, naiveProduct(a.transposed, a)) <= bound)
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func emptyInnerDimension() {
    var c = Matrix<Double>(repeating: 3, rows: 2, columns: 2)
    c.setProduct(Matrix(zeros: 2, 0), Matrix(zeros: 0, 2), adding: 2)
    #expect(c == Matrix(repeating: 6, rows: 2, columns: 2))
  }
}

func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
  try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}
