/// The QR factorisation of a matrix with at least as many rows as columns, for least squares.
///
/// A = Q R with orthonormal columns in Q and upper triangular R; min ‖Ax − b‖ is x = R⁻¹ Qᵀ b.
///
/// - **Demands**: A of full column rank to solve; `PivotedQR` finds the rank.
/// - **Memory**: mn scalars and LAPACK's work arrays, allocated in `init`.
/// - **Work per step**: 2n²(m − n/3) flops to factor, 4mn to solve.
/// - **Guarantees**: backward stable; the condition of A is not squared, as normal equations would.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 5.2; LAPACK `geqrf`, `ormqr`, `orgqr`,
///   `trtrs`.
public struct QR<Scalar: LAPACKScalar>: Workspace {
  /// The rows and columns of A.
  public let shape: MatrixShape
  private var factors: Matrix<Scalar>
  private var τ: [Scalar]
  private var work: [Scalar]
  private var isFactored = false

  public init(rows m: Int, columns n: Int) { self.init(shape: MatrixShape(rows: m, columns: n)) }

  public init(shape: MatrixShape) {
    let (m, n) = (shape.rows, shape.columns)
    precondition(m >= n, "a QR factorisation wants at least as many rows as columns, not \(m) × \(n)")
    self.shape = shape
    factors = Matrix(zeros: m, n)
    τ = Array(repeating: 0, count: n)
    let lda = max(m, 1)
    let none = untouched(Scalar.self)
    var (first, second, third) = (Scalar(0), Scalar(0), Scalar(0))
    _ = Scalar._geqrf(m, n, none, lda, none, &first, -1)
    _ = Scalar._ormqr(true, m, 1, n, UnsafePointer(none), lda, UnsafePointer(none), none, lda, &second, -1)
    _ = Scalar._orgqr(m, n, n, none, lda, UnsafePointer(none), &third, -1)
    work = Array(repeating: 0, count: workCount(first, second, third))
  }

  /// The flops of one factorisation: 2n²(m − n/3).
  public static func flops(rows m: Int, columns n: Int) -> Int { 2 * n * n * m - 2 * n * n * n / 3 }

  /// Factors A, and says why when it cannot.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(_ a: Matrix<Scalar>) -> FactorisationFailure? {
    isFactored = false
    guard a.isFinite else { return .nonFinite }
    factors.copy(a)
    let (m, n) = (shape.rows, shape.columns)
    factors.writePointer { _ = Scalar._geqrf(m, n, $0, max(m, 1), &τ, &work, work.count) }
    for j in 0..<n where !factors[j, j].isFinite { return .nonFinite }
    isFactored = true
    return nil
  }

  /// R; a copy.
  public var upper: Matrix<Scalar> {
    var r = Matrix<Scalar>(zeros: shape.columns, shape.columns)
    for j in 0..<shape.columns { for i in 0...j { r[i, j] = factors[i, j] } }
    return r
  }

  /// Writes R into the upper triangle of `r` and zeros below it.
  func copyUpper(into r: inout Matrix<Scalar>) {
    checkFactored()
    for j in 0..<shape.columns {
      for i in 0..<shape.columns { r[i, j] = i <= j ? factors[i, j] : 0 }
    }
  }

  /// Writes Q, of A's shape, into `q`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func formOrthogonal(into q: inout Matrix<Scalar>) {
    checkFactored()
    q.copy(factors)
    let (m, n) = (shape.rows, shape.columns)
    q.writePointer { _ = Scalar._orgqr(m, n, n, $0, max(m, 1), τ, &work, work.count) }
  }

  /// b ← Qᵀ b with the full, square Q.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func applyTransposed(_ b: inout Vector<Scalar>) {
    checkFactored()
    let (m, n) = (shape.rows, shape.columns)
    precondition(b.count == m, "a factor of \(m) × \(n) cannot act on \(b.count) elements")
    let lda = max(m, 1)
    // LAPACK changes the reflectors while it works and puts them back: they must be our own.
    factors.writePointer { a in
      b.writePointer { _ = Scalar._ormqr(true, m, 1, n, a, lda, τ, $0, lda, &work, work.count) }
    }
  }

  /// x ← argmin ‖Ax − b‖ and b ← Qᵀ b, of which the elements from `columns` on have the norm of the residual.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func solve(
    _ b: inout Vector<Scalar>, into x: inout Vector<Scalar>
  ) -> FactorisationFailure? {
    let (m, n) = (shape.rows, shape.columns)
    precondition(x.count == n, "a factor of \(m) × \(n) has a solution of \(n) elements, not \(x.count)")
    applyTransposed(&b)
    for i in 0..<n { x[i] = b[i] }
    let info = factors.readPointer { a in
      x.writePointer { Scalar._trtrs(.upper, false, n, 1, a, max(m, 1), $0, max(n, 1)) }
    }
    return info > 0 ? .singular(at: info - 1) : nil
  }

  private func checkFactored() {
    precondition(isFactored, "there is nothing to solve with: factor a matrix first, and look at its failure")
  }
}
