/// A symmetric matrix and its Cholesky factor in one and the same storage.
///
/// A = L Lᵀ. The factor takes the place of the lower triangle and the diagonal; the strict upper triangle, and the
/// diagonal set aside, still hold A: where the factorisation fails, ``restore()`` brings the matrix back. What is
/// spared is the copy of A, which costs a tenth of the factorisation.
///
/// - **Demands**: symmetric A, both triangles written.
/// - **Memory**: n² + n scalars, allocated in `init`.
/// - **Work per step**: n³/3 flops to factor, 2n² to solve.
/// - **Guarantees**: those of ``Cholesky``.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 4.2; LAPACK `potrf`.
public struct InPlaceCholesky<Scalar: LAPACKScalar>: Workspace {
  /// A before ``factor()`` and after ``restore()``; after ``factor()`` it has L in its lower triangle.
  public var matrix: Matrix<Scalar>
  @usableFromInline var diagonal: Vector<Scalar>

  public init(dimension n: Int) {
    matrix = Matrix(zeros: n, n)
    diagonal = Vector(zeros: n)
  }

  public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  @inlinable public var shape: MatrixShape { MatrixShape(square: dimension) }
  /// n, for which it was allocated.
  @inlinable public var dimension: Int { diagonal.count }

  /// The flops of one factorisation: n³/3.
  @inlinable public static func flops(_ n: Int) -> Int { Cholesky<Scalar>.flops(n) }

  /// Factors what stands in `matrix`, and says why when it cannot; after a failure A has to be restored.
  @inlinable public mutating func factor() -> FactorisationFailure? {
    let n = dimension
    let lda = Swift.max(n, 1)
    let (info, isFinite) = matrix.writePointer { a in
      diagonal.writePointer { d in
        for j in 0..<n { d[j] = a[j * (n + 1)] }
        let info = Scalar._potrf(n, a, lda)
        // What is not finite anywhere below the diagonal has reached the diagonal of L.
        var sum: Scalar = 0
        for j in 0..<n { sum += a[j * (n + 1)] * 0 }
        return (info, sum == 0)
      }
    }
    if info > 0 { return .notPositiveDefinite(leadingMinor: info) }
    return isFinite ? nil : .nonFinite
  }

  /// Makes `matrix` what it was before ``factor()``; false where it holds a NaN or an infinity.
  public mutating func restore() -> Bool {
    let n = dimension
    matrix.writePointer { a in
      mirrorUpper(a, n)
      for j in 0..<n { a[j * (n + 1)] = diagonal[j] }
    }
    return matrix.isFinite
  }

  /// b ← A⁻¹ b, after a ``factor()`` without failure.
  @inlinable public func solve(_ b: inout Vector<Scalar>) {
    // For one column two triangular solves cost half of what `potrs` takes.
    matrix.solveTriangle(.lower, &b)
    matrix.solveTriangle(.lower, &b, transposed: true)
  }

  /// Puts A⁻¹ into `matrix`, both triangles, after a ``factor()`` without failure: 2n³/3 flops.
  public mutating func invert() {
    let n = dimension
    // What was factored without failure has no zero on its diagonal, and that is all that `potri` can complain of.
    _ = matrix.writePointer { Scalar._potri(n, $0, Swift.max(n, 1)) }
    matrix.mirrorLowerTriangle()
  }
}

/// Copies the upper triangle over the lower one.
func mirrorUpper<Scalar: LAPACKScalar>(_ a: UnsafeMutablePointer<Scalar>, _ n: Int) {
  // By tiles: a strided walk over whole columns would miss the cache on every element.
  let tile = 32
  for j0 in stride(from: 0, to: n, by: tile) {
    for i0 in stride(from: j0, to: n, by: tile) {
      for j in j0..<min(j0 + tile, n) {
        let first = max(i0, j + 1)
        for i in first..<max(first, min(i0 + tile, n)) { a[i + j * n] = a[j + i * n] }
      }
    }
  }
}
