import Foundation
import SecantLinearAlgebra
import Testing

@Suite struct SparsityPatternTests {
  /// × · × ·
  /// · × · ·
  /// × · · ×
  let pattern = SparsityPattern(
    rows: 3, columns: 4, places: [(2, 0), (0, 2), (0, 0), (2, 3), (1, 1), (0, 0), (2, 0)])

  @Test func placesAreSortedAndStoredOnce() {
    #expect(pattern.starts == [0, 2, 3, 4, 5])
    #expect(pattern.rowIndices == [0, 2, 1, 0, 2])
    #expect(pattern.count == 5)
    #expect(pattern.longestColumn == 2)
    #expect(Array(pattern[column: 0]) == [0, 2])
    #expect(pattern.places.map { [$0.0, $0.1] } == [[0, 0], [2, 0], [1, 1], [0, 2], [2, 3]])
  }

  @Test func positionsAreThoseOfTheStoredElements() {
    for i in 0..<3 {
      for j in 0..<4 {
        let position = pattern.position(i, j)
        #expect(pattern.contains(i, j) == pattern.places.contains { $0 == (i, j) })
        if let position { #expect(pattern[column: j].indices.contains(position)) }
        if let position { #expect(pattern.rowIndices[position] == i) }
      }
    }
  }

  @Test func transposedTwiceIsTheSame() {
    let (transposed, positions) = pattern.transposition
    #expect(transposed.rows == 4 && transposed.columns == 3)
    #expect(transposed.transposed == pattern)
    let places = pattern.places.map { [$0.0, $0.1] }
    for ((i, j), position) in zip(transposed.places, positions) {
      #expect(places[position] == [j, i])
    }
    #expect(!pattern.isSymmetric)
    #expect(SparsityPattern(rows: 2, columns: 2, places: [(0, 1), (1, 0)]).isSymmetric)
    #expect(!SparsityPattern(rows: 2, columns: 2, places: [(0, 1)]).isSymmetric)
  }

  @Test func aUnionHasTheElementsOfBoth() {
    let other = SparsityPattern(rows: 3, columns: 4, places: [(1, 0), (0, 2)])
    let union = pattern.union(other)
    #expect(union.isSuperset(of: pattern) && union.isSuperset(of: other))
    #expect(union.count == 6)
    #expect(!pattern.isSuperset(of: other) && !other.isSuperset(of: pattern))
    #expect(SparsityPattern(dense: 3, 4).isSuperset(of: union))
    #expect(SparsityPattern(dense: 3, 4).count == 12)
  }

  @Test func nothingIsAPatternToo() {
    let empty = SparsityPattern(rows: 0, columns: 0, places: [])
    #expect(empty.count == 0 && empty.isSymmetric && empty.longestColumn == 0)
    #expect(SparsityPattern(rows: 2, columns: 3, places: []).transposed.rows == 3)
  }

  @Test func survivesEncoding() throws {
    let data = try JSONEncoder().encode(pattern)
    #expect(try JSONDecoder().decode(SparsityPattern.self, from: data) == pattern)
  }

  @Test(arguments: [
    #"{"rows":2,"columns":1,"starts":[0,2],"rowIndices":[1,0]}"#,
    #"{"rows":2,"columns":1,"starts":[0,2],"rowIndices":[0,2]}"#,
    #"{"rows":2,"columns":1,"starts":[0,3],"rowIndices":[0,1]}"#,
    #"{"rows":2,"columns":2,"starts":[0,2],"rowIndices":[0,1]}"#,
    #"{"rows":-1,"columns":1,"starts":[0,0],"rowIndices":[]}"#,
    #"{"rows":3,"columns":2,"starts":[0,3,2],"rowIndices":[0,1]}"#,
  ])
  func columnsThatAreNoneAreRefused(json: String) {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(SparsityPattern.self, from: Data(json.utf8))
    }
  }
}
