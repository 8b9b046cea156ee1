/// The generalized Lanczos trust-region method: the least of the model in a Krylov space, within the ball.
///
/// With the orthonormal Lanczos basis Q of span{g, Bg, …}, BQ = QT + βqeᵀ and g = ‖g‖Qe₁, p = Qh where h minimises
/// ‖g‖h₁ + ½hᵀTh within ‖h‖ ≤ Δ: T is tridiagonal, and the method of ``MoreSorensen`` costs next to nothing on it. Then
/// (B + λI)p + g = βh_k q for the last element h_k, and the space grows until this is at most η‖g‖ (``Forcing``). As
/// long as h stays inside, p is the iterate of conjugate gradients; but the boundary is not where the method ends, as
/// ``SteihaugToint`` does, but where it goes on.
///
/// Where g = 0 the space starts with a random vector, and so finds negative curvature.
///
/// - **Demands**: products with B.
/// - **Memory**: kn + 2n, for at most k = `vectors` (and n) Lanczos vectors; those of a few steps are all that is ever
///   used where few products suffice.
/// - **Work per step**: in the j-th inner iteration a product, 8jn flops to keep Q orthogonal, and O(k) for T.
/// - **Guarantees**: m is at least as low as at ``SteihaugToint``'s point of as many products. The space may not hold
///   the eigenvectors of the least eigenvalue, where g is orthogonal to them: with `goesOn`, a space that is exhausted
///   is left for a random vector orthogonal to it, until the vectors are spent.
/// - **Reference**: Gould, Lucidi, Roma and Toint, *SIAM J. Optim.* 9 (1999) 504–525; Conn, Gould and Toint,
///   *Trust-Region Methods* (2000), algorithm 7.5.1.
///
/// | paper | here |
/// | --- | --- |
/// | Q_k, T_k, h_k | `basis`, `T`, `h` |
/// | δ, γ | the diagonal of `T`, and beside it |
/// | γ_{k+1} \|e_{k+1}ᵀh_k\| | `residual` |
public struct GeneralizedLanczos<Model: TrustRegionModel>: TrustRegionSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  /// How exactly the step is found.
  public var forcing: Forcing<Scalar>
  /// k, the most vectors that are kept, and so the most products.
  public var vectors: Int
  /// Whether an exhausted Krylov space is left for a vector outside of it, at the price of more products.
  public var goesOn: Bool

  @inlinable public init(forcing: Forcing<Scalar> = .init(), vectors: Int = 100, goesOn: Bool = false) {
    self.forcing = forcing
    self.vectors = vectors
    self.goesOn = goesOn
  }

  /// The Lanczos vectors, the tridiagonal problem, and the greatest ‖g‖ so far.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var greatestNorm: Scalar = 0
    @usableFromInline var secular: SecularIteration<TridiagonalFactor<Scalar>>
    @usableFromInline var T: Tridiagonal<Scalar>
    @usableFromInline var basis: Scratch<Scalar>
    @usableFromInline var q: Scratch<Scalar>
    @usableFromInline var Bq: Scratch<Scalar>
    @usableFromInline var slope: Scratch<Scalar>
    @usableFromInline var h: Scratch<Scalar>
    @usableFromInline var parts: Scratch<Scalar>

    @usableFromInline init(_ n: Int, _ k: Int) {
      secular = SecularIteration(TridiagonalFactor(shape: k), dimension: k)
      T = Tridiagonal(shape: k)
      basis = Scratch(n * k)
      q = Scratch(n)
      Bq = Scratch(n)
      slope = Scratch(k)
      h = Scratch(k)
      parts = Scratch(k)
    }
  }

  @inlinable public func allocate(_ dimension: Int) -> Memory {
    Memory(dimension, Swift.max(1, Swift.min(dimension, vectors)))
  }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, within radius: Scalar, _ memory: inout Memory,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    try solve(&p, gradient: current.gradient, within: radius, &memory) {
      (v, product) throws(Halt<Model.Problem.Failure>) in
      try model.multiply(v, at: current, into: &product, &modelMemory, asking: &oracle)
    }
  }

  /// The subproblem alone, for any g and any symmetric B.
  @inlinable public func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ memory: inout Memory,
    multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Scalar> {
    let n = g.count
    let norm = g.norm
    var solution = SecularSolution<Scalar>()
    p.fill(with: 0)
    guard norm.isFinite else { return solution.step }
    memory.greatestNorm = Swift.max(memory.greatestNorm, norm)
    let η = norm > 0 ? forcing.tolerance(norm, greatest: memory.greatestNorm) : forcing.loosest

    var isOutside = norm == 0
    // One T is a guess for the next; another step's is not, so that a step that begins again is the same.
    memory.secular.last = SecularModel()
    memory.slope.vector.fill(with: 0)
    memory.slope.vector[0] = norm
    memory.q.vector.set(g, times: 1 / Swift.max(g.largestMagnitude, .leastNormalMagnitude))
    if isOutside || !memory.start(0) { memory.startAnew(0) }
    var β: Scalar = 0
    var count = 0
    while true {
      try multiply(memory.q.vector, &memory.Bq.vector)
      guard memory.Bq.vector.norm.isFinite else { return SecularSolution<Scalar>().step }
      let (α, βNext) = memory.extend(count)
      memory.T.append(count, diagonal: α, neighbour: β)
      count += 1
      // T is cheap to be exact on.
      let spectrum = memory.secular.factor.spectrum(of: memory.T)
      solution = memory.secular.solve(
        &memory.h.vector, gradient: memory.slope.vector, operator: memory.T, spectrum: spectrum, within: Δ,
        tolerance: 0
      ) { () throws(Never) in }
      guard solution.decrease.isFinite else { return solution.step }
      let residual = βNext * abs(memory.h.vector[count - 1])
      if count == Swift.min(memory.T.shape, forcing.products(n)) { break }
      if isOutside {
        // Without curvature below zero there is nothing yet to stop at.
        if solution.λ > 0 && residual <= η * solution.λ * Δ && residual > 0 { break }
      } else if residual <= η * norm && !(goesOn && βNext <= Scalar(n) * .ulpOfOne * memory.T.norm) {
        break
      }
      β = βNext
      if βNext <= Scalar(n) * .ulpOfOne * memory.T.norm {
        guard goesOn || norm == 0 else { break }
        isOutside = true
        β = 0
        memory.startAnew(count)
      } else {
        memory.q.vector.set(memory.Bq.vector, times: 1 / βNext)
      }
    }
    // p = Qh
    memory.basis.vector.withUnsafeBufferPointer { Q in
      memory.h.vector.withUnsafeBufferPointer { h in
        p.withUnsafeMutableBufferPointer { p in
          Scalar._gemv(
            false, n, count, 1, Q.baseAddress!, n, h.baseAddress!, 0, p.baseAddress!)
        }
      }
    }
    return solution.step
  }

  public var complaint: String? {
    if vectors < 1 { return "vectors is \(vectors): keep at least 1 Lanczos vector, such as 100." }
    return forcing.complaint
  }
}

extension GeneralizedLanczos.Memory {
  @usableFromInline typealias Scalar = Model.Problem.Scalar

  /// Normalises `q` after making it orthogonal to the first `count` vectors; false where nothing is left.
  @inlinable mutating func start(_ count: Int) -> Bool {
    for _ in 0..<2 { Self.orthogonalise(&q.vector, against: basis.vector, count, &parts.vector) }
    let norm = q.vector.norm
    guard norm > 0, norm.isFinite else { return false }
    q.vector.scale(by: 1 / norm)
    return true
  }

  /// A random `q`, orthogonal to the first `count` vectors.
  @inlinable mutating func startAnew(_ count: Int) {
    var generator = RandomGenerator(seed: UInt64(count))
    generator.fillNormal(&q.vector)
    if !start(count) { q.vector.fill(with: 0) }
  }

  /// Keeps `q` as the vector at `index`, and takes its part and those of the vectors before it from `Bq`.
  @inlinable mutating func extend(_ index: Int) -> (α: Scalar, β: Scalar) {
    let n = q.vector.count
    basis.vector.withUnsafeMutableBufferPointer { basis in
      q.vector.withUnsafeBufferPointer {
        (basis.baseAddress! + index * n).update(from: $0.baseAddress!, count: n)
      }
    }
    // Twice: once leaves the loss of orthogonality that Lanczos is known for.
    var α: Scalar = 0
    for _ in 0..<2 {
      Self.orthogonalise(&Bq.vector, against: basis.vector, index + 1, &parts.vector)
      α += parts.vector[index]
    }
    return (α, Bq.vector.norm)
  }

  /// w ← w − QQᵀw with the first `count` vectors of Q; Qᵀw stays in `parts`.
  @inlinable static func orthogonalise(
    _ w: inout Vector<Scalar>, against basis: Vector<Scalar>, _ count: Int, _ parts: inout Vector<Scalar>
  ) {
    guard count > 0 else { return }
    let n = w.count
    basis.withUnsafeBufferPointer { Q in
      parts.withUnsafeMutableBufferPointer { c in
        w.withUnsafeMutableBufferPointer { w in
          Scalar._gemv(true, n, count, 1, Q.baseAddress!, n, w.baseAddress!, 0, c.baseAddress!)
          Scalar._gemv(false, n, count, -1, Q.baseAddress!, n, c.baseAddress!, 1, w.baseAddress!)
        }
      }
    }
  }
}
