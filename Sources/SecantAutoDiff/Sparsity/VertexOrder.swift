internal import SecantLinearAlgebra

/// In which order the vertices of a graph are coloured one by one.
///
/// - **Reference**: Coleman and Moré, *SIAM J. Numer. Anal.* 20 (1983) 187–209.
public enum VertexOrder: String, Sendable, Codable, CaseIterable {
  /// As they are numbered.
  case natural
  /// By degree, from the largest (Welsh and Powell).
  case largestFirst
  /// The last is one of least degree; the one before it is of least degree in what remains without the last, and so on
  /// (Matula): as few colours as can be where all cycles have chords, such as in bands.
  case smallestLast
  /// Next is one of the most neighbours that came before.
  case incidenceDegree
}

/// A graph that can tell the neighbours of a vertex.
protocol Graph {
  var count: Int { get }
  /// The neighbours of v, each once.
  mutating func neighbours(of v: Int, into neighbours: inout [Int])
}

/// The graph of a symmetric matrix: i and j are neighbours where the element is stored, off the diagonal.
struct AdjacencyGraph: Graph {
  let pattern: SparsityPattern
  var count: Int { pattern.columns }

  func neighbours(of v: Int, into neighbours: inout [Int]) {
    neighbours.removeAll(keepingCapacity: true)
    for w in pattern[column: v] where w != v { neighbours.append(w) }
  }
}

/// The graph of a matrix's columns: two are neighbours where some row has an element in both.
struct ColumnIntersectionGraph: Graph {
  let pattern: SparsityPattern
  let transposed: SparsityPattern
  private var marks: [Int]
  var count: Int { pattern.columns }

  init(_ pattern: SparsityPattern, transposed: SparsityPattern) {
    self.pattern = pattern
    self.transposed = transposed
    marks = Array(repeating: -1, count: pattern.columns)
  }

  mutating func neighbours(of v: Int, into neighbours: inout [Int]) {
    neighbours.removeAll(keepingCapacity: true)
    for i in pattern[column: v] {
      for w in transposed[column: i] where w != v && marks[w] != v {
        marks[w] = v
        neighbours.append(w)
      }
    }
    // Another walk from the same vertex finds them again.
    for w in neighbours { marks[w] = -1 }
  }
}

extension Graph {
  /// The vertices in an order.
  mutating func ordered(_ order: VertexOrder) -> [Int] {
    if order == .natural { return Array(0..<count) }
    var neighbours: [Int] = []
    var degrees = [Int](repeating: 0, count: count)
    for v in 0..<count {
      self.neighbours(of: v, into: &neighbours)
      degrees[v] = neighbours.count
    }
    switch order {
    case .natural, .largestFirst:
      return (0..<count).sorted { degrees[$0] > degrees[$1] || degrees[$0] == degrees[$1] && $0 < $1 }
    case .smallestLast:
      var queue = BucketQueue(keys: degrees)
      var last: [Int] = []
      while let v = queue.removeLeast() {
        last.append(v)
        self.neighbours(of: v, into: &neighbours)
        for w in neighbours { queue.change(w, by: -1) }
      }
      return last.reversed()
    case .incidenceDegree:
      // The most neighbours before are the fewest below zero.
      var queue = BucketQueue(keys: [Int](repeating: 0, count: count), least: -(degrees.max() ?? 0))
      var ordered: [Int] = []
      while let v = queue.removeLeast() {
        ordered.append(v)
        self.neighbours(of: v, into: &neighbours)
        for w in neighbours { queue.change(w, by: -1) }
      }
      return ordered
    }
  }
}

/// Vertices in buckets by a small integer, linked so that one moves to the next bucket at once.
private struct BucketQueue {
  private static let none = -1
  private var keys: [Int]
  private var heads: [Int]
  private var next: [Int]
  private var previous: [Int]
  private var isQueued: [Bool]
  private let least: Int
  private var cursor = 0

  init(keys: [Int], least: Int = 0) {
    self.keys = keys
    self.least = least
    heads = Array(repeating: BucketQueue.none, count: (keys.max() ?? 0) - least + 1)
    next = Array(repeating: BucketQueue.none, count: keys.count)
    previous = next
    isQueued = Array(repeating: true, count: keys.count)
    for v in keys.indices.reversed() { link(v) }
  }

  mutating func removeLeast() -> Int? {
    while cursor < heads.count, heads[cursor] == BucketQueue.none { cursor += 1 }
    guard cursor < heads.count else { return nil }
    let v = heads[cursor]
    unlink(v)
    isQueued[v] = false
    return v
  }

  mutating func change(_ v: Int, by step: Int) {
    guard isQueued[v] else { return }
    unlink(v)
    keys[v] += step
    link(v)
    cursor = min(cursor, keys[v] - least)
  }

  private mutating func link(_ v: Int) {
    let bucket = keys[v] - least
    next[v] = heads[bucket]
    previous[v] = BucketQueue.none
    if heads[bucket] != BucketQueue.none { previous[heads[bucket]] = v }
    heads[bucket] = v
  }

  private mutating func unlink(_ v: Int) {
    if previous[v] == BucketQueue.none {
      heads[keys[v] - least] = next[v]
    } else {
      next[previous[v]] = next[v]
    }
    if next[v] != BucketQueue.none { previous[next[v]] = previous[v] }
  }
}
