// QR with pivots for matrices of few columns, in the caller's own code: below some ten columns the calls of LAPACK and
// the locks of OpenBLAS cost several times the arithmetic. The storage is LAPACK's: R above, the reflectors below the
// diagonal with their first element 1 left out. Pointers walk from column to column: for so few elements an index that
// is multiplied and checked costs as much as what it leads to. The decision record SmallSystemsAreInline says more.

/// Below these sizes the functions of this file are faster than LAPACK's.
@inlinable func isSmallQR(rows m: Int, columns n: Int) -> Bool { n <= 8 && m <= 200 }

/// A P = QR for A of m × n, and b ← Qᵀb for the column b behind A's: the remaining column of greatest norm is reflected
/// next.
@inline(never) func smallPivotedQR<Scalar: LAPACKScalar>(
  _ m: Int, _ n: Int, _ a: UnsafeMutablePointer<Scalar>, _ pivots: UnsafeMutablePointer<Int32>,
  _ τ: UnsafeMutablePointer<Scalar>
) {
  for j in 0..<n { pivots[j] = Int32(truncatingIfNeeded: j &+ 1) }
  var v = a
  for k in 0..<min(m, n) {
    // The norms are taken anew, which for few columns costs little and loses no digits, as their updates would.
    let tail = m &- k &- 1
    var (greatest, rest, pivot) = (-Scalar.infinity, Scalar(0), k)
    var column = v
    for j in k..<n {
      let below = Scalar._dot(tail, column + 1, column + 1)
      let square = column[0] * column[0] + below
      if square > greatest { (greatest, rest, pivot) = (square, below, j) }
      column += m
    }
    if pivot != k {
      let (one, other) = (a + k &* m, a + pivot &* m)
      for i in 0..<m { (one[i], other[i]) = (other[i], one[i]) }
      swap(&pivots[k], &pivots[pivot])
    }
    // The reflector I − τvvᵀ, v₀ = 1, that leaves of the column its first element alone.
    τ[k] = 0
    if rest > 0 {
      let α = v[0]
      let β = α < 0 ? greatest.squareRoot() : -greatest.squareRoot()
      let scale = 1 / (α - β)
      τ[k] = (β - α) / β
      for i in 1...tail { v[i] *= scale }
      v[0] = β
      column = v
      for _ in k..<n {
        column += m
        reflect(column, by: v, τ[k], tail)
      }
    }
    v += m &+ 1
  }
}

/// b ← Qᵀb.
@inlinable @inline(__always) func applySmallQ<Scalar: LAPACKScalar>(
  _ m: Int, _ n: Int, _ a: UnsafePointer<Scalar>, _ τ: UnsafePointer<Scalar>,
  _ b: UnsafeMutablePointer<Scalar>
) {
  for k in 0..<min(m, n) { reflect(b + k, by: a + k * m + k, τ[k], m - k - 1) }
}

/// c ← c − τ v vᵀc with v₀ = 1, whose place holds an element of R.
@inlinable @inline(__always) func reflect<Scalar: LAPACKScalar>(
  _ c: UnsafeMutablePointer<Scalar>, by v: UnsafePointer<Scalar>, _ τ: Scalar, _ tail: Int
) {
  let s = τ * (c[0] + Scalar._dot(tail, v + 1, c + 1))
  c[0] -= s
  Scalar._step(tail, c + 1, c + 1, -s, v + 1)
}

/// (R; diag(d)) = Q(S; 0) for upper triangular R, which S takes the place of: each element of d is rotated away, and what
/// it leaves in its row after it. `row` is overwritten.
@inlinable @inline(__always) func smallDampedTriangle<Scalar: LAPACKScalar>(
  _ n: Int, _ r: UnsafeMutablePointer<Scalar>, adding d: UnsafePointer<Scalar>,
  _ row: UnsafeMutablePointer<Scalar>
) {
  for k in 0..<n where d[k] != 0 {
    row[k] = d[k]
    for i in k..<n where row[i] != 0 {
      let diagonal = r + i &* (n &+ 1)
      let (x, y) = (diagonal[0], row[i])
      let length = (x * x + y * y).squareRoot()
      let inverse = 1 / length
      let (c, s) = (x * inverse, y * inverse)
      diagonal[0] = length
      var element = diagonal
      for j in i &+ 1..<Swift.max(n, i &+ 1) {
        element += n
        // What the row begins with is its diagonal alone.
        let (x, y) = (element[0], i == k ? 0 : row[j])
        element[0] = c * x + s * y
        row[j] = c * y - s * x
      }
    }
  }
}

/// x ← R⁻¹x, or R⁻ᵀx, for the upper triangle of the first k rows and columns; `rows` is R's leading dimension.
///
/// `inverses` are the reciprocals of R's diagonal: one system is solved for several x, whose elements wait for each other.
@inlinable @inline(__always) func solveSmallUpper<Scalar: LAPACKScalar>(
  _ k: Int, _ r: UnsafePointer<Scalar>, rows: Int, inverses: UnsafePointer<Scalar>,
  _ x: UnsafeMutablePointer<Scalar>, transposed: Bool
) {
  if transposed {
    var column = r
    for i in 0..<k {
      x[i] = (x[i] - Scalar._dot(i, column, x)) * inverses[i]
      column += rows
    }
  } else {
    var (i, column) = (k, r + k &* rows)
    while i > 0 {
      i &-= 1
      column -= rows
      x[i] *= inverses[i]
      Scalar._step(i, x, x, -x[i], column)
    }
  }
}
