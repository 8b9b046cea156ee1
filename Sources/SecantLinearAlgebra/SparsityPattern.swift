/// Which elements of a matrix are stored, in compressed columns: a sparse matrix without its numbers.
///
/// The stored elements of column j are those in the rows `rowIndices[starts[j]..<starts[j + 1]]`, in ascending order.
public struct SparsityPattern: Sendable, Hashable {
  /// The number of rows.
  public let rows: Int
  /// The number of columns.
  public let columns: Int
  /// Where each column begins among the stored elements, and behind the last one their number.
  public let starts: [Int]
  /// The row of every stored element, column after column.
  public let rowIndices: [Int]

  /// The pattern with elements at these places, in any order; what is named twice is stored once.
  ///
  /// - Parameters:
  ///   - rows: the number of rows.
  ///   - columns: the number of columns.
  ///   - places: row and column of every element.
  public init(rows: Int, columns: Int, places: some Sequence<(Int, Int)>) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
    let places = Array(places)
    for (i, j) in places {
      precondition(
        i >= 0 && i < rows && j >= 0 && j < columns,
        "[\(i), \(j)] lies outside a matrix of \(rows) × \(columns)")
    }
    // Sorted by rows, and then by columns without disturbing the rows.
    let byRows = SparsityPattern.sort(0..<places.count, into: rows) { places[$0].0 }
    let byColumns = SparsityPattern.sort(byRows.order, into: columns) { places[$0].1 }
    var starts = [0]
    var rowIndices: [Int] = []
    starts.reserveCapacity(columns + 1)
    rowIndices.reserveCapacity(places.count)
    for j in 0..<columns {
      for p in byColumns.starts[j]..<byColumns.starts[j + 1] {
        let row = places[byColumns.order[p]].0
        if rowIndices.count > starts[j], rowIndices[rowIndices.count - 1] == row { continue }
        rowIndices.append(row)
      }
      starts.append(rowIndices.count)
    }
    self.init(rows: rows, columns: columns, starts: starts, rowIndices: rowIndices)
  }

  /// The pattern with every element stored.
  public init(dense rows: Int, _ columns: Int) {
    precondition(rows >= 0 && columns >= 0, "a matrix cannot have \(rows) rows and \(columns) columns")
    self.init(
      rows: rows, columns: columns, starts: (0...columns).map { $0 * rows },
      rowIndices: (0..<columns).flatMap { _ in 0..<rows })
  }

  private init(rows: Int, columns: Int, starts: [Int], rowIndices: [Int]) {
    self.rows = rows
    self.columns = columns
    self.starts = starts
    self.rowIndices = rowIndices
  }

  /// Sorts by keys from 0 to `count`, and leaves what has equal keys in its order.
  private static func sort(
    _ items: some Collection<Int>, into count: Int, by key: (Int) -> Int
  ) -> (order: [Int], starts: [Int]) {
    var starts = [Int](repeating: 0, count: count + 1)
    for item in items { starts[key(item) + 1] += 1 }
    for k in 0..<count { starts[k + 1] += starts[k] }
    var next = starts
    var order = [Int](repeating: 0, count: items.count)
    for item in items {
      order[next[key(item)]] = item
      next[key(item)] += 1
    }
    return (order, starts)
  }
}

extension SparsityPattern {
  /// The number of stored elements.
  @inlinable public var count: Int { rowIndices.count }

  /// The rows of column j that are stored, in ascending order.
  @inlinable public subscript(column j: Int) -> ArraySlice<Int> { rowIndices[starts[j]..<starts[j + 1]] }

  /// Where the element of row i and column j is among the stored ones, or nil if it is not.
  @inlinable public func position(_ i: Int, _ j: Int) -> Int? {
    var (low, high) = (starts[j], starts[j + 1])
    while low < high {
      let middle = (low + high) / 2
      if rowIndices[middle] < i { low = middle + 1 } else { high = middle }
    }
    return low < starts[j + 1] && rowIndices[low] == i ? low : nil
  }

  /// Whether the element of row i and column j is stored.
  @inlinable public func contains(_ i: Int, _ j: Int) -> Bool { position(i, j) != nil }

  /// Row and column of every stored element, column after column.
  @inlinable public var places: some Sequence<(Int, Int)> {
    (0..<columns).lazy.flatMap { j in self[column: j].lazy.map { ($0, j) } }
  }

  /// The pattern of the transposed matrix.
  public var transposed: SparsityPattern { transposition.pattern }

  /// The pattern of the transposed matrix, and for each of its elements the position that it has here.
  public var transposition: (pattern: SparsityPattern, positions: [Int]) {
    let (positions, starts) = SparsityPattern.sort(0..<count, into: rows) { rowIndices[$0] }
    var columnOf = [Int](repeating: 0, count: count)
    for j in 0..<columns { for p in self.starts[j]..<self.starts[j + 1] { columnOf[p] = j } }
    let pattern = SparsityPattern(
      rows: columns, columns: rows, starts: starts, rowIndices: positions.map { columnOf[$0] })
    return (pattern, positions)
  }

  /// Whether the pattern is that of a symmetric matrix.
  public var isSymmetric: Bool { rows == columns && transposed == self }

  /// The most elements that a column has.
  public var longestColumn: Int { (0..<columns).reduce(0) { Swift.max($0, starts[$1 + 1] - starts[$1]) } }

  /// Whether every element of another pattern of this shape is stored here, too.
  public func isSuperset(of other: SparsityPattern) -> Bool {
    checkShape(other)
    return (0..<columns).allSatisfy { j in
      var p = starts[j]
      return other[column: j].allSatisfy { i in
        while p < starts[j + 1], rowIndices[p] < i { p += 1 }
        return p < starts[j + 1] && rowIndices[p] == i
      }
    }
  }

  /// The pattern with the elements of both.
  public func union(_ other: SparsityPattern) -> SparsityPattern {
    checkShape(other)
    return SparsityPattern(
      rows: rows, columns: columns, places: [Array(places), Array(other.places)].joined())
  }

  private func checkShape(_ other: SparsityPattern) {
    precondition(
      rows == other.rows && columns == other.columns,
      "a pattern of \(rows) × \(columns) was combined with one of \(other.rows) × \(other.columns)")
  }
}

extension SparsityPattern: Codable {
  private enum CodingKeys: CodingKey { case rows, columns, starts, rowIndices }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let starts = try container.decode([Int].self, forKey: .starts)
    let rowIndices = try container.decode([Int].self, forKey: .rowIndices)
    guard rows >= 0, columns >= 0, starts.count - 1 == columns, starts.first == 0,
      starts.last == rowIndices.count, zip(starts, starts.dropFirst()).allSatisfy({ $0 <= $1 }),
      rowIndices.allSatisfy({ $0 >= 0 && $0 < rows }),
      (0..<columns).allSatisfy({ j in
        let column = rowIndices[starts[j]..<starts[j + 1]]
        return zip(column, column.dropFirst()).allSatisfy { $0 < $1 }
      })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .starts, in: container,
        debugDescription: "these columns are no compressed ones of a matrix of \(rows) × \(columns)")
    }
    self.init(rows: rows, columns: columns, starts: starts, rowIndices: rowIndices)
  }
}
