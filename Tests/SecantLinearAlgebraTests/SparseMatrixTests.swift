import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct SparseMatrixTests {
  static func sparse<Scalar: LAPACKScalar>(_: Scalar.Type) -> SparseMatrix<Scalar> {
    SparseMatrix(
      SparsityPattern(rows: 3, columns: 4, places: [(2, 0), (0, 2), (0, 0), (2, 3), (1, 1)]),
      elements: [1, 2, 3, 4, 5])
  }

  @Test func elementsAreWhereThePatternSays() {
    let a = SparseMatrixTests.sparse(Double.self)
    #expect(Matrix(a) == [[1, 0, 4, 0], [0, 3, 0, 0], [2, 0, 0, 5]])
    #expect(a[2, 3] == 5 && a[1, 0] == 0)
    #expect(a.isFinite)
  }

  @Test func productsAreThoseOfTheDenseMatrix() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let a = SparseMatrixTests.sparse(Scalar.self)
      let (x, z): (Vector<Scalar>, Vector<Scalar>) = ([1, -2, 3, 0.5], [2, 1, -1])
      var (y, w) = (Vector<Scalar>(repeating: .nan, count: 3), Vector<Scalar>(repeating: .nan, count: 4))
      a.multiply(x, into: &y)
      a.multiply(z, into: &w, transposed: true)
      #expect(y == [13, -6, 4.5])
      #expect(w == [0, 3, 8, -5])
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func itIsPrintedRowByRow() {
    var a = SparseMatrixTests.sparse(Double.self)
    a.elements[2] = -.nan
    #expect(
      "\(a)" == """
        3 × 4, 5 stored
        [0, 0] 1.0  [0, 2] 4.0
        [1, 1] nan
        [2, 0] 2.0  [2, 3] 5.0
        """)
    let empty = SparseMatrix<Float>(zeros: SparsityPattern(rows: 1000, columns: 2, places: [(700, 1)]))
    #expect("\(empty)" == "1000 × 2, 1 stored\n[700, 1] 0.0")
  }

  @Test func elementsCanBeChangedInPlace() {
    var a = SparseMatrix<Double>(zeros: SparseMatrixTests.sparse(Double.self).pattern)
    #expect(Matrix(a) == Matrix(zeros: 3, 4))
    a.elements[1] = 7
    #expect(a[2, 0] == 7)
    a.elements[1] = .nan
    #expect(!a.isFinite)
  }

  @Test func survivesEncoding() throws {
    let a = SparseMatrixTests.sparse(Float.self)
    let data = try JSONEncoder().encode(a)
    #expect(try JSONDecoder().decode(SparseMatrix<Float>.self, from: data) == a)
    let text = String(decoding: data, as: UTF8.self).replacingOccurrences(of: "[1,2,3,4,5]", with: "[1,2]")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(SparseMatrix<Float>.self, from: Data(text.utf8))
    }
  }
}
