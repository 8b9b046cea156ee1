public import SecantLinearAlgebra

/// Colours for the columns of a sparse matrix such that one product for each colour tells every element.
///
/// The product of a matrix with the sum of the unit vectors of one colour is the sum of its columns of that colour. Where
/// no row has elements in two of them, all elements stand in the sum as they are; for a symmetric matrix less is
/// needed, since an element that is hidden may be read from its mirror image.
///
/// - **Reference**: Gebremedhin, Manne and Pothen, *What color is your Jacobian?*, SIAM Review 47 (2005) 629–705.
public struct Colouring: Sendable, Equatable {
  /// The colour of each column, from 0.
  public private(set) var colours: [Int]
  /// The number of colours.
  public private(set) var count: Int

  private init(_ colours: [Int]) {
    self.colours = colours
    count = (colours.max() ?? -1) + 1
  }
}

// MARK: Columns of a Jacobian

extension Colouring {
  /// Groups columns such that no row has elements in two of a group.
  ///
  /// One after another, each column gets the first colour that no column with which it shares a row has. A row of
  /// many elements needs as many colours; one that has all of them makes every colouring as dear as the dense matrix.
  ///
  /// - Parameters:
  ///   - pattern: the elements of the matrix.
  ///   - order: the order of the columns; by default the better of ``VertexOrder/natural`` and
  ///     ``VertexOrder/smallestLast``.
  /// - Reference: Curtis, Powell and Reid, *J. Inst. Maths Applics* 13 (1974) 117–119.
  public init(columnsOf pattern: SparsityPattern, order: VertexOrder? = nil) {
    self.init(columnsOf: pattern, transposed: pattern.transposed, order: order)
  }

  init(columnsOf pattern: SparsityPattern, transposed: SparsityPattern, order: VertexOrder? = nil) {
    var graph = ColumnIntersectionGraph(pattern, transposed: transposed)
    if let order {
      self = Colouring.groups(&graph, order)
    } else {
      let natural = Colouring.groups(&graph, .natural)
      // No fewer than the elements of one row.
      if natural.count <= transposed.longestColumn {
        self = natural
      } else {
        let smallestLast = Colouring.groups(&graph, .smallestLast)
        self = smallestLast.count < natural.count ? smallestLast : natural
      }
    }
  }

  private static func groups(_ graph: inout ColumnIntersectionGraph, _ order: VertexOrder) -> Colouring {
    var colours = [Int](repeating: -1, count: graph.count)
    var forbidden = [Int](repeating: -1, count: graph.count)
    var neighbours: [Int] = []
    for v in graph.ordered(order) {
      graph.neighbours(of: v, into: &neighbours)
      for w in neighbours where colours[w] >= 0 { forbidden[colours[w]] = v }
      var colour = 0
      while forbidden[colour] == v { colour += 1 }
      colours[v] = colour
    }
    return Colouring(colours)
  }
}

// MARK: Star colouring of a Hessian

extension Colouring {
  /// A star colouring: neighbours differ, and no path of four vertices has but two colours.
  ///
  /// Then the vertices of any two colours form stars, and of the two mirror images of an element the one in the row of
  /// the star's tip is alone in its sum: direct recovery.
  ///
  /// - Parameters:
  ///   - pattern: the elements of the matrix; its pattern must be symmetric.
  ///   - order: the order of the vertices; by default the best of ``VertexOrder/natural``,
  ///     ``VertexOrder/smallestLast``, ``VertexOrder/largestFirst`` with different colours for vertices that share a
  ///     neighbour of no colour yet, which is what a few variables that meet all others want, and the groups of
  ///     ``init(columnsOf:order:)``, which do best on some grids.
  /// - Reference: Coleman and Moré, *Math. Programming* 28 (1984) 243–270; Gebremedhin, Tarafdar, Manne and Pothen,
  ///   *SIAM J. Sci. Comput.* 29 (2007) 1042–1072.
  public init(starOf pattern: SparsityPattern, order: VertexOrder? = nil) {
    precondition(
      pattern.isSymmetric, "a star colouring is for symmetric matrices: give a pattern that is symmetric")
    self.init(starOfSymmetric: pattern, order: order)
  }

  init(starOfSymmetric pattern: SparsityPattern, order: VertexOrder? = nil) {
    var graph = AdjacencyGraph(pattern: pattern)
    let n = graph.count
    if let order {
      self = Colouring.stars(graph, graph.ordered(order), spreading: false, atMost: n)!
    } else {
      self = Colouring.stars(graph, graph.ordered(.largestFirst), spreading: true, atMost: n)!
      for order in [VertexOrder.natural, .smallestLast] where count > 2 {
        if let better = Colouring.stars(graph, graph.ordered(order), spreading: false, atMost: count - 1) {
          self = better
        }
      }
      // Groups that share no row are no fewer than the elements of a row; the rows are the columns.
      if pattern.longestColumn < count {
        let groups = Colouring(columnsOf: pattern, transposed: pattern)
        if groups.count < count { self = groups }
      }
    }
  }

  /// What is known of the vertices of one colour beside a vertex.
  private enum Side: Equatable {
    case none
    /// There is one of the colour, and the two are a star of two.
    case pair(UInt32)
    /// There are several of the colour: the vertex is the hub of a star.
    case hub
    /// There is one of the colour, and it is the hub of a star.
    case tip
  }

  /// Colours vertices in an order, or gives up where more colours than `limit` are needed.
  ///
  /// - Parameter spreading: whether vertices that share a neighbour of no colour get different colours.
  private static func stars(
    _ graph: AdjacencyGraph, _ order: [Int], spreading: Bool, atMost limit: Int
  ) -> Colouring? {
    let n = graph.count
    var colours = [Int](repeating: -1, count: n)
    var forbidden = [Int](repeating: -1, count: n + 1)
    var count = 0
    var sides = SideTable(n)
    for v in order {
      let neighbours = graph.pattern[column: v]
      for w in neighbours where w != v {
        let b = colours[w]
        if b >= 0 {
          forbidden[b] = v
          // A path from w through its hub; and one from a second neighbour of the colour b through v and w.
          let isSecond = sides[v, b] == .hub
          for c in 0..<count where sides[w, c] == .tip || isSecond && sides[w, c] != .none {
            forbidden[c] = v
          }
        } else if spreading {
          for c in 0..<count where sides[w, c] != .none { forbidden[c] = v }
        }
      }
      var c = 0
      while forbidden[c] == v { c += 1 }
      guard c < limit else { return nil }
      colours[v] = c
      if c == count {
        count += 1
        sides.reserve(count)
      }
      for w in neighbours where w != v {
        let b = colours[w]
        let old = sides[w, c]
        sides[w, c] = old == .none ? .pair(UInt32(v)) : .hub
        guard b >= 0 else { continue }
        if sides[v, b] == .hub {
          sides[w, c] = .tip
        } else if old != .none {
          // w is the hub of v and of the one or the ones before.
          if case .pair(let x) = old { sides[Int(x), b] = .tip }
          sides[v, b] = .tip
        }
      }
    }
    return Colouring(colours)
  }

  /// A table of n rows whose columns, one for each colour, become more.
  private struct SideTable {
    private let n: Int
    private var stride = 4
    private var sides: [Side]

    init(_ n: Int) {
      self.n = n
      sides = Array(repeating: .none, count: n * stride)
    }

    subscript(v: Int, colour: Int) -> Side {
      get { sides[v * stride + colour] }
      set { sides[v * stride + colour] = newValue }
    }

    mutating func reserve(_ colours: Int) {
      guard colours > stride else { return }
      var wider = [Side](repeating: .none, count: n * 2 * stride)
      for v in 0..<n { for c in 0..<stride { wider[v * 2 * stride + c] = self[v, c] } }
      sides = wider
      stride *= 2
    }
  }
}
