import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct WorkspaceTests {
  @Test func isItsShape() throws {
    var used = Cholesky<Double>(dimension: 3)
    #expect(used.factor(Matrix(identity: 3)) == nil)
    #expect(used == Cholesky<Double>(dimension: 3))
    #expect(String(decoding: try JSONEncoder().encode(used), as: UTF8.self) == "[3,3]")
    let decoded = try roundTrip(SVD<Float>(rows: 2, columns: 5))
    #expect(decoded.shape == MatrixShape(rows: 2, columns: 5))
    #expect(decoded.left.columns == 2 && decoded.rightTransposed.columns == 5)
  }

  @Test(arguments: ["[-1,2]", "[2,-1]", "[1]", "{}"]) func refusesAMalformedShape(text: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(SVD<Double>.self, from: Data(text.utf8))
    }
  }
}
