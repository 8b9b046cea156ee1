internal import CLAPACKE
public import RealModule

/// Which half of a symmetric or triangular matrix an operation reads.
public enum Triangle: Hashable, Sendable {
  case lower, upper
}

/// A floating-point type that BLAS and LAPACK can compute with: `Float` and `Double`, and no other.
///
/// Generic code is written once over this protocol; what costs O(n) or more goes through underscored
/// static witnesses, each of which is one call into a concrete kernel (``KernelScalar``), OpenBLAS or LAPACKE.
/// Matrices are column-major; a symmetric operation reads and writes the lower triangle only; the LAPACK
/// witnesses return `info` as LAPACK does, and those with a work array answer a query when `lwork` is −1.
public protocol LAPACKScalar: KernelScalar, Real, BinaryFloatingPoint, Sendable, Codable {
  /// ‖x‖₂, without overflow or underflow on the way.
  static func _nrm2(_ n: Int, _ x: UnsafePointer<Self>) -> Self

  /// y ← α op(A) x + β y for A of m rows and n columns.
  static func _gemv(
    _ transposed: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ β: Self, _ y: UnsafeMutablePointer<Self>)

  /// y ← α A x + β y for symmetric A.
  static func _symv(
    _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafePointer<Self>, _ β: Self,
    _ y: UnsafeMutablePointer<Self>)

  /// A ← A + α x yᵀ.
  static func _ger(
    _ m: Int, _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int)

  /// A ← A + α x xᵀ in the lower triangle.
  static func _syr(_ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int)

  /// A ← A + α (x yᵀ + y xᵀ) in the lower triangle.
  static func _syr2(
    _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>,
    _ lda: Int)

  /// x ← op(T)⁻¹ x for triangular T.
  static func _trsv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>)

  /// x ← op(T) x for triangular T.
  static func _trmv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>)

  /// C ← α op(A) op(B) + β C, where op(A) is m × k and C is m × n.
  static func _gemm(
    _ aTransposed: Bool, _ bTransposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ α: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// C ← α A B + β C for symmetric A on the left, or α B A + β C for A on the right.
  static func _symm(
    _ left: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// C ← α op(A) op(A)ᵀ + β C in the lower triangle, where op(A) is n × k.
  static func _syrk(
    _ transposed: Bool, _ n: Int, _ k: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int)

  /// B ← op(T)⁻¹ B for triangular T on the left, or B op(T)⁻¹ for T on the right.
  static func _trsm(
    _ left: Bool, _ triangle: Triangle, _ transposed: Bool, _ m: Int, _ n: Int, _ a: UnsafePointer<Self>,
    _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int)

  /// Cholesky: A = LLᵀ, L in the lower triangle.
  static func _potrf(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int

  /// The inverse of A = LLᵀ over L, in the lower triangle.
  static func _potri(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int

  /// Bunch–Kaufman: A = LDLᵀ with pivots.
  static func _sytrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int

  /// B ← (LDLᵀ)⁻¹ B.
  static func _sytrs(
    _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int, _ pivots: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int

  /// Symmetric eigenvalues, ascending in `w`, and eigenvectors over A.
  static func _syevd(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ w: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>, _ liwork: Int
  ) -> Int

  /// Eigenvalues over the diagonal `d` and eigenvectors `z` of a symmetric tridiagonal matrix.
  static func _stev(
    _ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, _ ldz: Int, _ work: UnsafeMutablePointer<Self>
  ) -> Int

  /// A = LDLᵀ of a symmetric tridiagonal matrix, D over its diagonal `d` and L over `e`, the elements beside it.
  static func _pttrf(_ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>) -> Int

  /// QR: A = QR, Q as reflectors below the diagonal.
  static func _geqrf(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int

  /// Column-pivoted QR: AP = QR.
  static func _geqp3(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ τ: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int

  /// QR of a triangle above another: (A; B) = Q (R; 0) for upper triangular A and B of n × n, R in A's place.
  static func _tpqrt2(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int,
    _ t: UnsafeMutablePointer<Self>, _ ldt: Int
  ) -> Int

  /// C ← op(Q) C for Q of k reflectors.
  static func _ormqr(
    _ transposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ τ: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, _ ldc: Int, _ work: UnsafeMutablePointer<Self>,
    _ lwork: Int
  ) -> Int

  /// The first n columns of Q, over its k reflectors.
  static func _orgqr(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int

  /// B ← op(T)⁻¹ B, refused when T has a zero on its diagonal.
  static func _trtrs(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int

  /// Thin singular value decomposition A = U diag(s) Vᵀ, `vt` holding Vᵀ.
  static func _gesdd(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ s: UnsafeMutablePointer<Self>,
    _ u: UnsafeMutablePointer<Self>, _ ldu: Int, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int
}

extension Double: LAPACKScalar {
  public static func _nrm2(_ n: Int, _ x: UnsafePointer<Self>) -> Self {
    cblas_dnrm2(Int32(n), x, 1)
  }

  public static func _gemv(
    _ transposed: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ β: Self, _ y: UnsafeMutablePointer<Self>
  ) {
    cblas_dgemv(CblasColMajor, op(transposed), Int32(m), Int32(n), α, a, Int32(lda), x, 1, β, y, 1)
  }

  public static func _symv(
    _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafePointer<Self>, _ β: Self,
    _ y: UnsafeMutablePointer<Self>
  ) {
    cblas_dsymv(CblasColMajor, CblasLower, Int32(n), α, a, Int32(lda), x, 1, β, y, 1)
  }

  public static func _ger(
    _ m: Int, _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    cblas_dger(CblasColMajor, Int32(m), Int32(n), α, x, 1, y, 1, a, Int32(lda))
  }

  public static func _syr(
    _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    cblas_dsyr(CblasColMajor, CblasLower, Int32(n), α, x, 1, a, Int32(lda))
  }

  public static func _syr2(
    _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>,
    _ lda: Int
  ) {
    cblas_dsyr2(CblasColMajor, CblasLower, Int32(n), α, x, 1, y, 1, a, Int32(lda))
  }

  public static func _trsv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>
  ) {
    if n <= smallTriangle, triangle == .lower {
      return solveSmallTriangle(transposed: transposed, n, a, lda, x)
    }
    cblas_dtrsv(CblasColMajor, half(triangle), op(transposed), CblasNonUnit, Int32(n), a, Int32(lda), x, 1)
  }

  public static func _trmv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>
  ) {
    cblas_dtrmv(CblasColMajor, half(triangle), op(transposed), CblasNonUnit, Int32(n), a, Int32(lda), x, 1)
  }

  public static func _gemm(
    _ aTransposed: Bool, _ bTransposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ α: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_dgemm(
      CblasColMajor, op(aTransposed), op(bTransposed), Int32(m), Int32(n), Int32(k), α, a, Int32(lda), b,
      Int32(ldb), β, c, Int32(ldc))
  }

  public static func _symm(
    _ left: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_dsymm(
      CblasColMajor, left ? CblasLeft : CblasRight, CblasLower, Int32(m), Int32(n), α, a, Int32(lda), b,
      Int32(ldb), β, c, Int32(ldc))
  }

  public static func _syrk(
    _ transposed: Bool, _ n: Int, _ k: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_dsyrk(
      CblasColMajor, CblasLower, op(transposed), Int32(n), Int32(k), α, a, Int32(lda), β, c, Int32(ldc))
  }

  public static func _trsm(
    _ left: Bool, _ triangle: Triangle, _ transposed: Bool, _ m: Int, _ n: Int, _ a: UnsafePointer<Self>,
    _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) {
    cblas_dtrsm(
      CblasColMajor, left ? CblasLeft : CblasRight, half(triangle), op(transposed), CblasNonUnit, Int32(m),
      Int32(n), 1, a, Int32(lda), b, Int32(ldb))
  }

  public static func _potrf(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int {
    Int(LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda)))
  }

  public static func _potri(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int {
    Int(LAPACKE_dpotri_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda)))
  }

  public static func _sytrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(LAPACKE_dsytrf_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda), pivots, work, Int32(lwork)))
  }

  public static func _sytrs(
    _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int, _ pivots: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int {
    Int(
      LAPACKE_dsytrs_work(
        LAPACK_COL_MAJOR, lower, Int32(n), Int32(columns), a, Int32(lda), pivots, b, Int32(ldb)))
  }

  public static func _syevd(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ w: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>, _ liwork: Int
  ) -> Int {
    Int(
      LAPACKE_dsyevd_work(
        LAPACK_COL_MAJOR, letter("V"), lower, Int32(n), a, Int32(lda), w, work, Int32(lwork), iwork,
        Int32(liwork)))
  }

  public static func _stev(
    _ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, _ ldz: Int, _ work: UnsafeMutablePointer<Self>
  ) -> Int {
    Int(LAPACKE_dstev_work(LAPACK_COL_MAJOR, letter("V"), Int32(n), d, e, z, Int32(ldz), work))
  }

  public static func _pttrf(
    _ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>
  ) -> Int { Int(LAPACKE_dpttrf_work(Int32(n), d, e)) }

  public static func _geqrf(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(LAPACKE_dgeqrf_work(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), τ, work, Int32(lwork)))
  }

  public static func _geqp3(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ τ: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_dgeqp3_work(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), pivots, τ, work, Int32(lwork)))
  }

  public static func _tpqrt2(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int,
    _ t: UnsafeMutablePointer<Self>, _ ldt: Int
  ) -> Int {
    let count = Int32(n)
    return Int(
      LAPACKE_dtpqrt2_work(
        LAPACK_COL_MAJOR, count, count, count, a, Int32(lda), b, Int32(ldb), t, Int32(ldt)))
  }

  public static func _ormqr(
    _ transposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ τ: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, _ ldc: Int, _ work: UnsafeMutablePointer<Self>,
    _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_dormqr_work(
        LAPACK_COL_MAJOR, letter("L"), letter(transposed ? "T" : "N"), Int32(m), Int32(n), Int32(k), a,
        Int32(lda), τ, c, Int32(ldc), work, Int32(lwork)))
  }

  public static func _orgqr(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_dorgqr_work(
        LAPACK_COL_MAJOR, Int32(m), Int32(n), Int32(k), a, Int32(lda), τ, work, Int32(lwork)))
  }

  public static func _trtrs(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int {
    Int(
      LAPACKE_dtrtrs_work(
        LAPACK_COL_MAJOR, letter(triangle == .lower ? "L" : "U"), letter(transposed ? "T" : "N"), letter("N"),
        Int32(n), Int32(columns), a, Int32(lda), b, Int32(ldb)))
  }

  public static func _gesdd(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ s: UnsafeMutablePointer<Self>,
    _ u: UnsafeMutablePointer<Self>, _ ldu: Int, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int {
    Int(
      LAPACKE_dgesdd_work(
        LAPACK_COL_MAJOR, letter("S"), Int32(m), Int32(n), a, Int32(lda), s, u, Int32(ldu), vt, Int32(ldvt),
        work, Int32(lwork), iwork))
  }
}

extension Float: LAPACKScalar {
  public static func _nrm2(_ n: Int, _ x: UnsafePointer<Self>) -> Self {
    cblas_snrm2(Int32(n), x, 1)
  }

  public static func _gemv(
    _ transposed: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafePointer<Self>, _ β: Self, _ y: UnsafeMutablePointer<Self>
  ) {
    cblas_sgemv(CblasColMajor, op(transposed), Int32(m), Int32(n), α, a, Int32(lda), x, 1, β, y, 1)
  }

  public static func _symv(
    _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ x: UnsafePointer<Self>, _ β: Self,
    _ y: UnsafeMutablePointer<Self>
  ) {
    cblas_ssymv(CblasColMajor, CblasLower, Int32(n), α, a, Int32(lda), x, 1, β, y, 1)
  }

  public static func _ger(
    _ m: Int, _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>,
    _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    cblas_sger(CblasColMajor, Int32(m), Int32(n), α, x, 1, y, 1, a, Int32(lda))
  }

  public static func _syr(
    _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>, _ lda: Int
  ) {
    cblas_ssyr(CblasColMajor, CblasLower, Int32(n), α, x, 1, a, Int32(lda))
  }

  public static func _syr2(
    _ n: Int, _ α: Self, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>, _ a: UnsafeMutablePointer<Self>,
    _ lda: Int
  ) {
    cblas_ssyr2(CblasColMajor, CblasLower, Int32(n), α, x, 1, y, 1, a, Int32(lda))
  }

  public static func _trsv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>
  ) {
    if n <= smallTriangle, triangle == .lower {
      return solveSmallTriangle(transposed: transposed, n, a, lda, x)
    }
    cblas_strsv(CblasColMajor, half(triangle), op(transposed), CblasNonUnit, Int32(n), a, Int32(lda), x, 1)
  }

  public static func _trmv(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ x: UnsafeMutablePointer<Self>
  ) {
    cblas_strmv(CblasColMajor, half(triangle), op(transposed), CblasNonUnit, Int32(n), a, Int32(lda), x, 1)
  }

  public static func _gemm(
    _ aTransposed: Bool, _ bTransposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ α: Self,
    _ a: UnsafePointer<Self>, _ lda: Int, _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_sgemm(
      CblasColMajor, op(aTransposed), op(bTransposed), Int32(m), Int32(n), Int32(k), α, a, Int32(lda), b,
      Int32(ldb), β, c, Int32(ldc))
  }

  public static func _symm(
    _ left: Bool, _ m: Int, _ n: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafePointer<Self>, _ ldb: Int, _ β: Self, _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_ssymm(
      CblasColMajor, left ? CblasLeft : CblasRight, CblasLower, Int32(m), Int32(n), α, a, Int32(lda), b,
      Int32(ldb), β, c, Int32(ldc))
  }

  public static func _syrk(
    _ transposed: Bool, _ n: Int, _ k: Int, _ α: Self, _ a: UnsafePointer<Self>, _ lda: Int, _ β: Self,
    _ c: UnsafeMutablePointer<Self>, _ ldc: Int
  ) {
    cblas_ssyrk(
      CblasColMajor, CblasLower, op(transposed), Int32(n), Int32(k), α, a, Int32(lda), β, c, Int32(ldc))
  }

  public static func _trsm(
    _ left: Bool, _ triangle: Triangle, _ transposed: Bool, _ m: Int, _ n: Int, _ a: UnsafePointer<Self>,
    _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) {
    cblas_strsm(
      CblasColMajor, left ? CblasLeft : CblasRight, half(triangle), op(transposed), CblasNonUnit, Int32(m),
      Int32(n), 1, a, Int32(lda), b, Int32(ldb))
  }

  public static func _potrf(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int {
    Int(LAPACKE_spotrf_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda)))
  }

  public static func _potri(_ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int) -> Int {
    Int(LAPACKE_spotri_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda)))
  }

  public static func _sytrf(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(LAPACKE_ssytrf_work(LAPACK_COL_MAJOR, lower, Int32(n), a, Int32(lda), pivots, work, Int32(lwork)))
  }

  public static func _sytrs(
    _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int, _ pivots: UnsafePointer<Int32>,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int {
    Int(
      LAPACKE_ssytrs_work(
        LAPACK_COL_MAJOR, lower, Int32(n), Int32(columns), a, Int32(lda), pivots, b, Int32(ldb)))
  }

  public static func _syevd(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ w: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>, _ liwork: Int
  ) -> Int {
    Int(
      LAPACKE_ssyevd_work(
        LAPACK_COL_MAJOR, letter("V"), lower, Int32(n), a, Int32(lda), w, work, Int32(lwork), iwork,
        Int32(liwork)))
  }

  public static func _stev(
    _ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>,
    _ z: UnsafeMutablePointer<Self>, _ ldz: Int, _ work: UnsafeMutablePointer<Self>
  ) -> Int {
    Int(LAPACKE_sstev_work(LAPACK_COL_MAJOR, letter("V"), Int32(n), d, e, z, Int32(ldz), work))
  }

  public static func _pttrf(
    _ n: Int, _ d: UnsafeMutablePointer<Self>, _ e: UnsafeMutablePointer<Self>
  ) -> Int { Int(LAPACKE_spttrf_work(Int32(n), d, e)) }

  public static func _geqrf(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafeMutablePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(LAPACKE_sgeqrf_work(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), τ, work, Int32(lwork)))
  }

  public static func _geqp3(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ pivots: UnsafeMutablePointer<Int32>,
    _ τ: UnsafeMutablePointer<Self>, _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_sgeqp3_work(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), pivots, τ, work, Int32(lwork)))
  }

  public static func _tpqrt2(
    _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ b: UnsafeMutablePointer<Self>, _ ldb: Int,
    _ t: UnsafeMutablePointer<Self>, _ ldt: Int
  ) -> Int {
    let count = Int32(n)
    return Int(
      LAPACKE_stpqrt2_work(
        LAPACK_COL_MAJOR, count, count, count, a, Int32(lda), b, Int32(ldb), t, Int32(ldt)))
  }

  public static func _ormqr(
    _ transposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ τ: UnsafePointer<Self>, _ c: UnsafeMutablePointer<Self>, _ ldc: Int, _ work: UnsafeMutablePointer<Self>,
    _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_sormqr_work(
        LAPACK_COL_MAJOR, letter("L"), letter(transposed ? "T" : "N"), Int32(m), Int32(n), Int32(k), a,
        Int32(lda), τ, c, Int32(ldc), work, Int32(lwork)))
  }

  public static func _orgqr(
    _ m: Int, _ n: Int, _ k: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ τ: UnsafePointer<Self>,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int
  ) -> Int {
    Int(
      LAPACKE_sorgqr_work(
        LAPACK_COL_MAJOR, Int32(m), Int32(n), Int32(k), a, Int32(lda), τ, work, Int32(lwork)))
  }

  public static func _trtrs(
    _ triangle: Triangle, _ transposed: Bool, _ n: Int, _ columns: Int, _ a: UnsafePointer<Self>, _ lda: Int,
    _ b: UnsafeMutablePointer<Self>, _ ldb: Int
  ) -> Int {
    Int(
      LAPACKE_strtrs_work(
        LAPACK_COL_MAJOR, letter(triangle == .lower ? "L" : "U"), letter(transposed ? "T" : "N"), letter("N"),
        Int32(n), Int32(columns), a, Int32(lda), b, Int32(ldb)))
  }

  public static func _gesdd(
    _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Self>, _ lda: Int, _ s: UnsafeMutablePointer<Self>,
    _ u: UnsafeMutablePointer<Self>, _ ldu: Int, _ vt: UnsafeMutablePointer<Self>, _ ldvt: Int,
    _ work: UnsafeMutablePointer<Self>, _ lwork: Int, _ iwork: UnsafeMutablePointer<Int32>
  ) -> Int {
    Int(
      LAPACKE_sgesdd_work(
        LAPACK_COL_MAJOR, letter("S"), Int32(m), Int32(n), a, Int32(lda), s, u, Int32(ldu), vt, Int32(ldvt),
        work, Int32(lwork), iwork))
  }
}

// MARK: - How BLAS and LAPACK spell their options

private func op(_ transposed: Bool) -> CBLAS_TRANSPOSE { transposed ? CblasTrans : CblasNoTrans }
private func half(_ triangle: Triangle) -> CBLAS_UPLO { triangle == .lower ? CblasLower : CblasUpper }
private func letter(_ c: Unicode.Scalar) -> CChar { CChar(c.value) }
private let lower = CChar(UInt8(ascii: "L"))
