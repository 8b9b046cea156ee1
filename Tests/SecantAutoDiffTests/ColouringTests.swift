import SecantAutoDiff
import SecantLinearAlgebra
import Testing

/// Symmetric and other patterns whose numbers of colours are known.
enum Patterns {
  static func banded(_ n: Int, below: Int, above: Int) -> SparsityPattern {
    SparsityPattern(
      rows: n, columns: n,
      places: (0..<n).flatMap { j in
        (max(0, j - above)...min(n - 1, j + below)).map { ($0, j) }
      })
  }

  /// One variable that meets all others, at any place.
  static func arrow(_ n: Int, hub: Int) -> SparsityPattern {
    SparsityPattern(
      rows: n, columns: n, places: (0..<n).flatMap { [($0, $0), (hub, $0), ($0, hub)] })
  }

  /// Two variables that meet all others and not each other.
  static func twoHubs(_ n: Int) -> SparsityPattern {
    SparsityPattern(
      rows: n, columns: n,
      places: (1..<(n - 1)).flatMap { [($0, 0), (0, $0), ($0, n - 1), (n - 1, $0)] })
  }

  /// A grid of m × m points, each with its four neighbours.
  static func grid(_ m: Int) -> SparsityPattern {
    var places: [(Int, Int)] = []
    func meet(_ i: Int, _ j: Int) { places += [(i, j), (j, i)] }
    for i in 0..<m {
      for j in 0..<m {
        meet(i * m + j, i * m + j)
        if i + 1 < m { meet(i * m + j, (i + 1) * m + j) }
        if j + 1 < m { meet(i * m + j, i * m + j + 1) }
      }
    }
    return SparsityPattern(rows: m * m, columns: m * m, places: places)
  }

  static func random(
    _ rows: Int, _ columns: Int, _ count: Int, symmetric: Bool, seed: UInt64
  ) -> SparsityPattern {
    var generator = RandomGenerator(seed: seed)
    var places: [(Int, Int)] = []
    for _ in 0..<count {
      let (i, j) = (
        Int.random(in: 0..<rows, using: &generator), Int.random(in: 0..<columns, using: &generator)
      )
      places.append((i, j))
      if symmetric { places.append((j, i)) }
    }
    return SparsityPattern(rows: rows, columns: columns, places: places)
  }

  static let symmetric: [SparsityPattern] =
    [
      banded(30, below: 1, above: 1), banded(30, below: 4, above: 4), arrow(20, hub: 0), arrow(20, hub: 19),
      arrow(20, hub: 7), twoHubs(20), grid(6), SparsityPattern(dense: 7, 7),
      SparsityPattern(rows: 5, columns: 5, places: []), SparsityPattern(rows: 0, columns: 0, places: []),
      SparsityPattern(rows: 1, columns: 1, places: [(0, 0)]),
    ] + (0..<20).map { random(18, 18, 10 + 4 * $0, symmetric: true, seed: UInt64($0)) }

  static let orders: [VertexOrder?] = [nil] + VertexOrder.allCases
}

@Suite struct ColouringTests {
  /// Neighbours differ, and no path of four vertices has two colours.
  func isStarColouring(_ colouring: Colouring, of pattern: SparsityPattern) -> Bool {
    let colour = colouring.colours
    for b in 0..<pattern.columns {
      for c in pattern[column: b] where c != b {
        if colour[b] == colour[c] { return false }
        for a in pattern[column: b] where a != b && a != c && colour[a] == colour[c] {
          for d in pattern[column: c] where d != c && d != b && d != a && colour[d] == colour[b] {
            return false
          }
        }
      }
    }
    return true
  }

  func isGrouping(_ colouring: Colouring, of pattern: SparsityPattern) -> Bool {
    pattern.transposed.places.reduce(into: [Int: Set<Int>]()) { $0[$1.1, default: []].insert($1.0) }
      .values.allSatisfy { columns in Set(columns.map { colouring.colours[$0] }).count == columns.count }
  }

  @Test(arguments: Patterns.symmetric.indices)
  func starColouringsAre(index: Int) {
    let pattern = Patterns.symmetric[index]
    for order in Patterns.orders {
      let colouring = Colouring(starOf: pattern, order: order)
      #expect(colouring.colours.count == pattern.columns)
      #expect(Set(colouring.colours) == Set(0..<colouring.count))
      #expect(isStarColouring(colouring, of: pattern), "\(order.map(\.rawValue) ?? "default")")
    }
  }

  @Test(arguments: 0..<20)
  func groupsShareNoRow(seed: Int) {
    let pattern = Patterns.random(15, 25, 20 + 5 * seed, symmetric: false, seed: UInt64(seed))
    for order in Patterns.orders {
      let colouring = Colouring(columnsOf: pattern, order: order)
      #expect(Set(colouring.colours) == Set(0..<colouring.count))
      #expect(isGrouping(colouring, of: pattern))
      #expect(colouring.count >= pattern.transposed.longestColumn)
    }
  }

  /// Curtis, Powell and Reid: a band needs as many groups as it has diagonals, in every sensible order.
  @Test(arguments: [(1, 1, 3), (0, 0, 1), (2, 1, 4), (5, 1, 7), (0, 3, 4)])
  func bandsNeedTheirDiagonals(below: Int, above: Int, groups: Int) {
    let pattern = Patterns.banded(40, below: below, above: above)
    #expect(Colouring(columnsOf: pattern).count == groups)
    #expect(Colouring(columnsOf: pattern, order: .natural).count == groups)
    #expect(Colouring(columnsOf: pattern, order: .smallestLast).count == groups)
  }

  @Test func knownNumbersOfColours() {
    #expect(Colouring(starOf: Patterns.banded(50, below: 1, above: 1)).count == 3)
    #expect(Colouring(starOf: Patterns.banded(3, below: 1, above: 1)).count == 2)
    for hub in [0, 7, 29] { #expect(Colouring(starOf: Patterns.arrow(30, hub: hub)).count == 2) }
    #expect(Colouring(starOf: Patterns.twoHubs(30)).count == 3)
    #expect(Colouring(starOf: SparsityPattern(dense: 9, 9)).count == 9)
    #expect(Colouring(starOf: SparsityPattern(rows: 9, columns: 9, places: [])).count == 1)
    #expect(Colouring(columnsOf: SparsityPattern(dense: 4, 6)).count == 6)
    #expect(Colouring(columnsOf: Patterns.arrow(30, hub: 0)).count == 30)
    // A band of half width k has cliques of k + 1; two k + 1 suffice, as for the columns without symmetry.
    for k in 2...4 {
      let count = Colouring(starOf: Patterns.banded(60, below: k, above: k)).count
      #expect(k + 1 <= count && count <= 2 * k + 1)
    }
    // Fertin, Raspaud and Reed: a star colouring of a large grid needs five.
    let grid = Colouring(starOf: Patterns.grid(10)).count
    #expect(5 <= grid && grid <= 8)
  }

  @Test func anOrderByDegreesIsBestWhereTheNumberingIsBad() {
    // Crown graphs: two sides, each vertex with all of the other side but one; taken in pairs every pair is new.
    let n = 8
    var places: [(Int, Int)] = []
    for i in 0..<n {
      for j in 0..<n where j != i {
        places.append((i * n + j, 2 * i))
        places.append((i * n + j, 2 * j + 1))
      }
    }
    let crown = SparsityPattern(rows: n * n, columns: 2 * n, places: places)
    #expect(Colouring(columnsOf: crown, order: .natural).count == n)
    #expect(Colouring(columnsOf: crown, order: .incidenceDegree).count == 2)
  }
}
