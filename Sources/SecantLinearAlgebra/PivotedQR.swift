/// The QR factorisation with column pivoting, which finds the numerical rank.
///
/// A P = Q R with |r₀₀| ≥ |r₁₁| ≥ …; the rank r is how many of them exceed a tolerance, and the basic solution
/// of min ‖Ax − b‖ has at most r elements that are not zero.
///
/// - **Demands**: nothing of the shape or the rank.
/// - **Memory**: mn scalars and LAPACK's work arrays, allocated in `init`.
/// - **Work per step**: 4mnk − 2k²(m + n) + 4k³/3 flops to factor for k = min(m, n).
/// - **Guarantees**: backward stable. The rank is right for all but contrived matrices (Kahan's is the classical
///   one), where `SVD` decides.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 5.4; LAPACK `geqp3`.
public struct PivotedQR<Scalar: LAPACKScalar>: Workspace {
  /// The rows and columns of A.
  public let shape: MatrixShape
  /// How many columns are independent.
  public private(set) var rank = 0
  private var factors: Matrix<Scalar>
  private var pivots: [Int32]
  private var τ: [Scalar]
  private var work: [Scalar]
  /// Whether there is something to solve with: not after a failure, nor in a copy that was decoded.
  public private(set) var isFactored = false

  public init(rows m: Int, columns n: Int) { self.init(shape: MatrixShape(rows: m, columns: n)) }

  public init(shape: MatrixShape) {
    let (m, n) = (shape.rows, shape.columns)
    self.shape = shape
    factors = Matrix(zeros: m, n)
    pivots = Array(repeating: 0, count: n)
    τ = Array(repeating: 0, count: min(m, n))
    let lda = max(m, 1)
    let none = untouched(Scalar.self)
    var (first, second) = (Scalar(0), Scalar(0))
    _ = Scalar._geqp3(m, n, none, lda, &pivots, none, &first, -1)
    _ = Scalar._ormqr(
      true, m, 1, min(m, n), UnsafePointer(none), lda, UnsafePointer(none), none, lda, &second, -1)
    work = Array(repeating: 0, count: workCount(first, second))
  }

  /// The flops of one factorisation: 4mnk − 2k²(m + n) + 4k³/3 for k = min(m, n).
  @inlinable public static func flops(rows m: Int, columns n: Int) -> Int {
    let k = min(m, n)
    return 4 * m * n * k - 2 * k * k * (m + n) + 4 * k * k * k / 3
  }

  /// The original places (0-based) of the columns of A P.
  public var permutation: [Int] { pivots.map { Int($0) - 1 } }

  /// Factors A, or AD⁻¹ for the diagonal D that `scaling` gives; `tolerance` is relative to |r₀₀|, by default max(m, n)
  /// times `ulpOfOne`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(
    _ a: Matrix<Scalar>, dividingColumnsBy scaling: Vector<Scalar>? = nil, tolerance: Scalar? = nil
  ) -> FactorisationFailure? {
    isFactored = false
    guard a.isFinite else { return .nonFinite }
    factors.copy(a)
    let (m, n) = (shape.rows, shape.columns)
    if let scaling { factors.divideColumns(by: scaling) }
    for j in 0..<n { pivots[j] = 0 }  // every column is free to move
    factors.writePointer { _ = Scalar._geqp3(m, n, $0, max(m, 1), &pivots, &τ, &work, work.count) }
    let k = min(m, n)
    for j in 0..<k where !factors[j, j].isFinite { return .nonFinite }
    let relative = tolerance ?? Scalar(max(m, n)) * .ulpOfOne
    rank = 0
    while rank < k, abs(factors[rank, rank]) > relative * abs(factors[0, 0]) { rank += 1 }
    isFactored = true
    return nil
  }

  /// x ← a minimiser of ‖Ax − b‖ with at most `rank` nonzero elements, and b ← Qᵀ b, of which the elements from
  /// `rank` on have the norm of the residual.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func solve(_ b: inout Vector<Scalar>, into x: inout Vector<Scalar>) {
    precondition(isFactored, "there is nothing to solve with: factor a matrix first, and look at its failure")
    let (m, n) = (shape.rows, shape.columns)
    precondition(
      b.count == m && x.count == n,
      "a factor of \(m) × \(n) cannot solve for \(b.count) elements into \(x.count)")
    applyTransposed(&b)
    // The triangle's solution in the work array, then each element to the column that it belongs to.
    for i in 0..<rank { work[i] = b[i] }
    let r = rank
    factors.readPointer { Scalar._trsv(.upper, false, r, $0, max(m, 1), &work) }
    x.fill(with: 0)
    for i in 0..<rank { x[Int(pivots[i]) - 1] = work[i] }
  }

  /// b ← Qᵀ b with the full, square Q.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func applyTransposed(_ b: inout Vector<Scalar>) { apply(&b, transposed: true) }

  /// b ← Q b, or Qᵀ b, with the full, square Q.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func apply(_ b: inout Vector<Scalar>, transposed: Bool = false) {
    precondition(isFactored, "there is nothing to apply: factor a matrix first, and look at its failure")
    let (m, n) = (shape.rows, shape.columns)
    precondition(b.count == m, "a factor of \(m) × \(n) cannot act on \(b.count) elements")
    let lda = max(m, 1)
    // LAPACK changes the reflectors while it works and puts them back: they must be our own.
    factors.writePointer { a in
      b.writePointer { b in
        _ = Scalar._ormqr(transposed, m, 1, min(m, n), a, lda, τ, b, lda, &work, work.count)
      }
    }
  }

  /// b ← the part of b that is orthogonal to the columns of A.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func projectOut(_ b: inout Vector<Scalar>) {
    apply(&b, transposed: true)
    for i in 0..<rank { b[i] = 0 }
    apply(&b)
  }

  /// b ← the shortest solution of Aᵀb = w in the span of the independent columns, where the rank is full.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func solveTransposed(_ w: Vector<Scalar>, into b: inout Vector<Scalar>) {
    precondition(isFactored, "there is nothing to solve with: factor a matrix first, and look at its failure")
    let (m, n) = (shape.rows, shape.columns)
    precondition(
      b.count == m && w.count == n,
      "a factor of \(m) × \(n) cannot solve for \(w.count) elements into \(b.count)")
    b.fill(with: 0)
    let r = rank
    for i in 0..<r { b[i] = w[Int(pivots[i]) - 1] }
    factors.readPointer { a in b.writePointer { Scalar._trsv(.upper, true, r, a, max(m, 1), $0) } }
    apply(&b)
  }
}
