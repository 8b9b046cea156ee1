/// The Cholesky factorisation of a symmetric positive definite matrix.
///
/// A = L Lᵀ with L lower triangular; x ← A⁻¹ b by two triangular solves.
///
/// - **Demands**: symmetric A, of which the lower triangle alone is read.
/// - **Memory**: n² scalars, allocated in `init`.
/// - **Work per step**: n³/3 flops to factor, 2n² to solve.
/// - **Guarantees**: it fails exactly where A is not numerically positive definite; what it gives is the
///   factor of a matrix within c n ε ‖A‖ of A.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 4.2; LAPACK `potrf`.
public struct Cholesky<Scalar: LAPACKScalar>: Workspace {
  /// L; its strict upper triangle is zero.
  @inlinable public var lower: Matrix<Scalar> { l }
  @usableFromInline var l: Matrix<Scalar>
  @usableFromInline var isFactored = false

  @inlinable public init(dimension n: Int) { l = Matrix(zeros: n, n) }

  @inlinable public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  @inlinable public var shape: MatrixShape { MatrixShape(square: l.rows) }
  /// n, for which it was allocated.
  @inlinable public var dimension: Int { l.rows }

  /// The flops of one factorisation: n³/3.
  @inlinable public static func flops(_ n: Int) -> Int { n * n * n / 3 }

  /// Factors A + τ I, and says why when it cannot.
  @inlinable public mutating func factor(
    _ a: Matrix<Scalar>, addingToDiagonal τ: Scalar = 0
  ) -> FactorisationFailure? {
    l.checkShape(a)
    let n = dimension
    let lda = l.leading
    let info = a.readPointer { a in
      l.writePointer { l in
        for j in 0..<n {
          (l + j * (n + 1)).update(from: a + j * (n + 1), count: n - j)
          l[j * (n + 1)] += τ
        }
        return Scalar._potrf(n, l, lda)
      }
    }
    isFactored = false
    if info > 0 {
      return lowerIsFinite(a) && τ.isFinite ? .notPositiveDefinite(leadingMinor: info) : .nonFinite
    }
    // What is not finite anywhere below the diagonal has reached the diagonal of L.
    for j in 0..<n where !l[j, j].isFinite { return .nonFinite }
    isFactored = true
    return nil
  }

  /// b ← A⁻¹ b.
  @inlinable public func solve(_ b: inout Vector<Scalar>) {
    // For one column two triangular solves cost half of what `potrs` takes at n = 2 and at n = 200.
    solveLower(&b)
    solveLowerTransposed(&b)
  }

  /// b ← L⁻¹ b, whose squared norm is bᵀ A⁻¹ b.
  @inlinable public func solveLower(_ b: inout Vector<Scalar>) {
    check(b)
    l.solveTriangle(.lower, &b)
  }

  /// b ← L⁻ᵀ b.
  @inlinable public func solveLowerTransposed(_ b: inout Vector<Scalar>) {
    check(b)
    l.solveTriangle(.lower, &b, transposed: true)
  }

  @inlinable func lowerIsFinite(_ a: Matrix<Scalar>) -> Bool {
    let n = dimension
    return a.readPointer { a in
      (0..<n).allSatisfy { j in allFinite(a + j * (n + 1), count: n - j) }
    }
  }

  @inlinable @inline(__always) func check(_ b: Vector<Scalar>) {
    precondition(isFactored, "there is nothing to solve with: factor a matrix first, and look at its failure")
    precondition(
      b.count == dimension, "a factor of dimension \(dimension) cannot solve for \(b.count) elements")
  }
}
