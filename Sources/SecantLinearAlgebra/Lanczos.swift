/// The least eigenvalue of a symmetric matrix that is known by its products with vectors.
///
/// Orthonormal Q with A Q = Q T + β q eᵀ, T tridiagonal; the least eigenvalue θ of T with eigenvector s gives
/// the Ritz vector Q s and ‖A Q s − θ Q s‖ = β |last element of s|.
///
/// - **Demands**: A symmetric, through one closure.
/// - **Memory**: k + 4 vectors of n and three matrices of order k, for at most k steps, allocated in `init`.
/// - **Work per step**: one product with A, and 8jn flops in step j to reorthogonalise.
/// - **Guarantees**: A has an eigenvalue within `residualBound` of `value`, and its least eigenvalue is at
///   most `value`: a negative `value` proves negative curvature along `vector`. That none is below
///   `value − residualBound` is likely and not certain: the start is random, and the same for the same generator.
/// - **Reference**: Parlett, *The Symmetric Eigenvalue Problem*, chapter 13; Golub and Van Loan, 10.3.
///
/// | paper | here |
/// | --- | --- |
/// | Q | `basis` |
/// | T | `α` on the diagonal, `β` beside it |
/// | θ, s | `ritzValues[0]`, the first column of `s` |
public struct Lanczos<Scalar: LAPACKScalar>: Workspace {
  /// n × k: the dimension and the greatest number of steps.
  public let shape: MatrixShape
  @usableFromInline var basis: [Scalar]
  @usableFromInline var q: Vector<Scalar>
  @usableFromInline var w: Vector<Scalar>
  @usableFromInline var ritzVector: Vector<Scalar>
  @usableFromInline var α: [Scalar]
  @usableFromInline var β: [Scalar]
  @usableFromInline var h: [Scalar]
  @usableFromInline var ritzValues: [Scalar]
  @usableFromInline var offDiagonal: [Scalar]
  @usableFromInline var s: [Scalar]
  @usableFromInline var work: [Scalar]
  @usableFromInline var residual: Scalar = 0
  @usableFromInline var stepsTaken = 0

  public init(dimension n: Int, steps k: Int) {
    self.init(shape: MatrixShape(rows: n, columns: k))
  }

  public init(shape: MatrixShape) {
    precondition(
      shape.rows > 0 && shape.columns > 0,
      "Lanczos wants a dimension and steps of at least 1, not \(shape.rows) and \(shape.columns)")
    self.shape = shape
    let n = shape.rows
    let k = min(n, shape.columns)
    basis = Array(repeating: 0, count: n * k)
    q = Vector(zeros: n)
    w = q
    ritzVector = q
    α = Array(repeating: 0, count: k)
    β = α
    h = α
    ritzValues = α
    offDiagonal = α
    s = Array(repeating: 0, count: k * k)
    work = Array(repeating: 0, count: max(1, 2 * k - 2))
  }

  /// n, the order of A.
  public var dimension: Int { shape.rows }

  /// θ, the least Ritz value.
  public var value: Scalar { ritzValues[0] }
  /// The Ritz vector of `value`, of norm one.
  public var vector: Vector<Scalar> { ritzVector }
  /// ‖A v − θ v‖ for `vector` v and `value` θ, but for rounding.
  public var residualBound: Scalar { residual }
  /// The greatest Ritz value in magnitude, which is at most ‖A‖₂ and soon close to it.
  public var norm: Scalar { max(abs(ritzValues[0]), abs(ritzValues[stepsTaken - 1])) }
  /// How many products with A it took.
  public var products: Int { stepsTaken }

  /// Runs until the residual is at most `tolerance` times the greatest Ritz value in magnitude, or the steps are
  /// spent; `multiply` writes A times its first argument into its second.
  ///
  /// The caller looks at `residualBound`: spent steps are no failure. `suffices` may end the run sooner, on the
  /// evidence of θ, its residual and the greatest Ritz value in magnitude.
  @inlinable public mutating func leastEigenvalue<E: Error>(
    tolerance: Scalar = Scalar.ulpOfOne.squareRoot(),
    from generator: RandomGenerator = RandomGenerator(seed: 0),
    suffices: (_ θ: Scalar, _ residual: Scalar, _ norm: Scalar) -> Bool = { _, _, _ in false },
    multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(E) -> Void
  ) throws(E) -> FactorisationFailure? {
    let n = dimension
    var generator = generator
    generator.fillNormal(&q)
    q.scale(by: 1 / q.norm)
    stepsTaken = 0
    for j in α.indices {
      q.readPointer { q in
        basis.withUnsafeMutableBufferPointer { ($0.baseAddress! + j * n).update(from: q, count: n) }
      }
      try multiply(q, &w)
      stepsTaken = j + 1
      let norm = w.readPointer { Scalar._nrm2(n, $0) }
      guard norm.isFinite else { return .nonFinite }

      // Against the whole basis, twice: once leaves the loss of orthogonality that Lanczos is known for.
      orthogonalise(against: j + 1)
      α[j] = h[j]
      orthogonalise(against: j + 1)
      α[j] += h[j]
      β[j] = w.readPointer { Scalar._nrm2(n, $0) }

      if let failure = decompose(j + 1) { return failure }
      residual = β[j] * abs(s[j])
      let scale = max(abs(ritzValues[0]), abs(ritzValues[j]))
      // A vanishing β closes an invariant subspace: what would follow is rounding.
      if residual <= tolerance * scale || β[j] <= Scalar(n) * .ulpOfOne * scale { break }
      if suffices(ritzValues[0], residual, scale) { break }
      q.copy(w)
      q.scale(by: 1 / β[j])
    }
    ritzVector.writePointer { Scalar._gemv(false, n, stepsTaken, 1, basis, n, s, 0, $0) }
    return nil
  }

  /// h ← Qᵀw, w ← w − Qh.
  @inlinable mutating func orthogonalise(against count: Int) {
    let n = dimension
    w.writePointer { w in
      Scalar._gemv(true, n, count, 1, basis, n, w, 0, &h)
      Scalar._gemv(false, n, count, -1, basis, n, h, 1, w)
    }
  }

  /// The eigenvalues and eigenvectors of the leading part of T.
  @inlinable mutating func decompose(_ count: Int) -> FactorisationFailure? {
    for i in 0..<count {
      ritzValues[i] = α[i]
      offDiagonal[i] = β[i]
    }
    let info = Scalar._stev(count, &ritzValues, &offDiagonal, &s, count, &work)
    return info > 0 ? .notConverged(count: info) : nil
  }
}
