// Nocedal & Wright, algorithm 7.4        here
// m                                      capacity
// sᵢ, yᵢ                                 the rows of `pairs`
// q, r                                   p, which holds one and then the other
// H⁰ = γI                                γ

/// The inverse Hessian of L-BFGS: the last m pairs (s, y) and the two-loop recursion over them.
///
/// H is what BFGS makes of γI by the pairs it holds, the oldest first:
/// H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs, γ = sᵀy/yᵀy of the newest pair. No matrix is formed.
///
/// - **Demands**: pairs of points and their gradients.
/// - **Memory**: 2(m + 1)n, allocated at once; the spare pair takes a candidate that may still be refused.
/// - **Work per step**: one pass over four vectors for ``update(from:to:)``; 2k + 1 passes for ``apply(to:into:)`` with k
///   pairs, in each of which an update of one loop is fused with the inner product of the next.
/// - **Guarantees**: H is positive definite in exact arithmetic: a pair enters only if yᵀs > ε‖s‖‖y‖.
/// - **Reference**: Nocedal, *Updating quasi-Newton matrices with limited storage*, 1980; Liu and Nocedal, *On the
///   limited memory BFGS method for large scale optimization*, 1989.
public struct LimitedMemoryInverseHessian<Scalar: LAPACKScalar>: Sendable {
  /// n, the number of variables.
  public let dimension: Int
  /// m, the largest number of pairs held.
  public let capacity: Int
  /// ε of the curvature test yᵀs > ε‖s‖‖y‖.
  public let curvatureTolerance: Scalar

  /// The number of pairs held.
  @inlinable public var count: Int { pairCount }
  /// γ = sᵀy/yᵀy of the newest pair, 1 without pairs.
  @inlinable public var γ: Scalar { scale }

  // Slot j of the ring holds s at 2jn and y at (2j + 1)n.
  @usableFromInline var pairs: Vector<Scalar>
  @usableFromInline var ρ: Vector<Scalar>
  @usableFromInline var α: Vector<Scalar>
  @usableFromInline var oldest = 0
  @usableFromInline var pairCount = 0
  @usableFromInline var scale: Scalar = 1

  /// An empty memory, in which H = I.
  ///
  /// - Parameters:
  ///   - dimension: n ≥ 0.
  ///   - capacity: m ≥ 1, the number of pairs; 5 to 20 is usual.
  ///   - curvatureTolerance: ε ≥ 0, the least cosine between s and y.
  @inlinable public init(dimension: Int, capacity: Int = 10, curvatureTolerance: Scalar = .ulpOfOne) {
    precondition(dimension >= 0, "dimension \(dimension): a vector has at least 0 elements")
    precondition(capacity >= 1, "capacity \(capacity): L-BFGS remembers at least 1 pair")
    self.dimension = dimension
    self.capacity = capacity
    self.curvatureTolerance = curvatureTolerance
    pairs = Vector(zeros: 2 * (capacity + 1) * dimension)
    ρ = Vector(zeros: capacity + 1)
    α = Vector(zeros: capacity + 1)
  }

  /// Forgets every pair: H = I again.
  @inlinable public mutating func removeAll() {
    pairCount = 0
    oldest = 0
    scale = 1
  }

  /// Takes s = x₊ − x and y = g₊ − g into the memory, in place of the oldest pair when it is full.
  ///
  /// - Returns: whether the pair passed the curvature test yᵀs > ε‖s‖‖y‖; H is unchanged if it did not.
  @inlinable @discardableResult
  public mutating func update(
    from previous: (point: Vector<Scalar>, gradient: Vector<Scalar>),
    to current: (point: Vector<Scalar>, gradient: Vector<Scalar>)
  ) -> Bool {
    check(previous.point)
    check(previous.gradient)
    check(current.point)
    check(current.gradient)
    let candidate = slot(count)
    let (sᵀy, yᵀy, sᵀs) = pairs.setPair(
      at: 2 * candidate * dimension, from: previous, to: current)
    guard sᵀy > curvatureTolerance * sᵀs.squareRoot() * yᵀy.squareRoot(), (1 / sᵀy).isFinite, yᵀy.isFinite
    else { return false }
    ρ[candidate] = 1 / sᵀy
    accept(γ: sᵀy / yᵀy)
    return true
  }

  /// p ← −Hg, by the two-loop recursion.
  ///
  /// - Returns: gᵀp, the slope along p.
  @inlinable @discardableResult
  public mutating func apply(to g: Vector<Scalar>, into p: inout Vector<Scalar>) -> Scalar {
    check(g)
    check(p)
    let n = dimension
    let k = count
    if n == 0 { return 0 }
    if k == 0 { return p.set(g, plus: 0, times: g, scaledBy: -1, thenDot: g) }
    let (γ, oldest, slots) = (γ, oldest, capacity + 1)
    return p.withUnsafeMutableBufferPointer { p in
      g.withUnsafeBufferPointer { g in
        // Nothing is written to these two: a mutable access spares the reference count that a borrow costs here.
        pairs.withUnsafeMutableBufferPointer { pairs in
          ρ.withUnsafeMutableBufferPointer { ρ in
            α.withUnsafeMutableBufferPointer { α in
              Self.twoLoops(
                Ring(pairs: UnsafePointer(pairs.baseAddress!), oldest: oldest, slots: slots, n: n), count: k,
                γ: γ,
                ρ: UnsafePointer(ρ.baseAddress!), α: α.baseAddress!, g: g.baseAddress!, p: p.baseAddress!)
            }
          }
        }
      }
    }
  }

  /// Where the i-th pair stands, the oldest first.
  @usableFromInline struct Ring {
    @usableFromInline let pairs: UnsafePointer<Scalar>
    @usableFromInline let oldest: Int, slots: Int, n: Int

    @inlinable @inline(__always) init(pairs: UnsafePointer<Scalar>, oldest: Int, slots: Int, n: Int) {
      self.pairs = pairs
      self.oldest = oldest
      self.slots = slots
      self.n = n
    }

    @inlinable @inline(__always) func slot(_ i: Int) -> Int {
      oldest &+ i < slots ? oldest &+ i : oldest &+ i &- slots
    }
    @inlinable @inline(__always) func s(_ i: Int) -> UnsafePointer<Scalar> { pairs + 2 &* slot(i) &* n }
    @inlinable @inline(__always) func y(_ i: Int) -> UnsafePointer<Scalar> {
      pairs + (2 &* slot(i) &+ 1) &* n
    }
  }

  @inlinable static func twoLoops(
    _ ring: Ring, count k: Int, γ: Scalar, ρ: UnsafePointer<Scalar>, α: UnsafeMutablePointer<Scalar>,
    g: UnsafePointer<Scalar>, p: UnsafeMutablePointer<Scalar>
  ) -> Scalar {
    let n = ring.n
    // q ← g;  for i = k−1, …, 0:  αᵢ ← ρᵢ sᵢᵀq,  q ← q − αᵢ yᵢ.  Each update is fused with the next product;
    // the last one also makes r ← γ q.
    var q = g
    var sᵀq = Scalar._dot(n, ring.s(k - 1), g)
    for i in stride(from: k - 1, to: 0, by: -1) {
      α[i] = ρ[ring.slot(i)] * sᵀq
      sᵀq = Scalar._stepDot(n, p, 1, q, -α[i], ring.y(i), ring.s(i - 1))
      q = UnsafePointer(p)
    }
    α[0] = ρ[ring.slot(0)] * sᵀq
    var yᵀr = Scalar._stepDot(n, p, γ, q, -α[0], ring.y(0), ring.y(0))
    // for i = 0, …, k−1:  β ← ρᵢ yᵢᵀr,  r ← r + (αᵢ − β) sᵢ.  The last one also makes p ← −r and gᵀp.
    let r = UnsafePointer(p)
    for i in 0..<k - 1 {
      let β = ρ[ring.slot(i)] * yᵀr
      yᵀr = Scalar._stepDot(n, p, 1, r, α[i] - β, ring.s(i), ring.y(i + 1))
    }
    let β = ρ[ring.slot(k - 1)] * yᵀr
    return Scalar._stepDot(n, p, -1, r, α[k - 1] - β, ring.s(k - 1), g)
  }

  @inlinable @inline(__always) func slot(_ i: Int) -> Int {
    let j = oldest + i
    return j <= capacity ? j : j - capacity - 1
  }

  @inlinable mutating func accept(γ: Scalar) {
    scale = γ
    if count < capacity { pairCount += 1 } else { oldest = slot(1) }
  }

  @inlinable @inline(__always) func check(_ x: Vector<Scalar>) {
    precondition(
      x.count == dimension,
      "a vector of \(x.count) elements was given to an L-BFGS memory for \(dimension) variables")
  }
}

extension LimitedMemoryInverseHessian {
  /// The i-th pair held, the oldest first, in new vectors: for tests and for looking.
  public func pair(_ i: Int) -> (s: Vector<Scalar>, y: Vector<Scalar>) {
    precondition(i >= 0 && i < count, "pair \(i) of \(count): the index counts from 0, the oldest first")
    let start = 2 * slot(i) * dimension
    return (
      Vector(pairs[start..<start + dimension]),
      Vector(pairs[start + dimension..<start + 2 * dimension])
    )
  }
}

// Two memories are equal when they are the same operator: where in the ring a pair stands says nothing.
extension LimitedMemoryInverseHessian: Equatable {
  public static func == (a: Self, b: Self) -> Bool {
    a.dimension == b.dimension && a.capacity == b.capacity
      && a.curvatureTolerance == b.curvatureTolerance && a.count == b.count && a.γ == b.γ
      && (0..<a.count).allSatisfy { i in
        a.ρ[a.slot(i)] == b.ρ[b.slot(i)] && a.pair(i) == b.pair(i)
      }
  }
}

// Only the pairs held are encoded, the oldest first.
extension LimitedMemoryInverseHessian: Codable {
  enum CodingKeys: String, CodingKey {
    case dimension, capacity, curvatureTolerance, pairs, reciprocals
    case scale = "gamma"
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(dimension, forKey: .dimension)
    try container.encode(capacity, forKey: .capacity)
    try container.encode(curvatureTolerance, forKey: .curvatureTolerance)
    try container.encode(γ, forKey: .scale)
    try container.encode(Vector((0..<count).map { ρ[slot($0)] }), forKey: .reciprocals)
    try container.encode(
      Vector(
        (0..<count).flatMap { i in
          pairs[2 * slot(i) * dimension..<2 * (slot(i) + 1) * dimension]
        }), forKey: .pairs)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let dimension = try container.decode(Int.self, forKey: .dimension)
    let capacity = try container.decode(Int.self, forKey: .capacity)
    let reciprocals = try container.decode(Vector<Scalar>.self, forKey: .reciprocals)
    let pairs = try container.decode(Vector<Scalar>.self, forKey: .pairs)
    guard dimension >= 0, capacity >= 1, reciprocals.count <= capacity,
      pairs.count == 2 * reciprocals.count * dimension
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .pairs, in: container,
        debugDescription:
          "\(pairs.count) numbers do not make \(reciprocals.count) of at most \(capacity) pairs "
          + "in \(dimension) variables")
    }
    self.init(
      dimension: dimension, capacity: capacity,
      curvatureTolerance: try container.decode(Scalar.self, forKey: .curvatureTolerance))
    scale = try container.decode(Scalar.self, forKey: .scale)
    pairCount = reciprocals.count
    for i in reciprocals.indices { ρ[i] = reciprocals[i] }
    for i in pairs.indices { self.pairs[i] = pairs[i] }
  }
}
