extension Cholesky {
  /// A direction that shows why the last attempt failed, for 2k² flops.
  ///
  /// Where ``factor(_:addingToDiagonal:)`` of A + τI failed at the leading minor of order k, the factor of the minor
  /// before it stands, and v = (−L⁻ᵀL⁻¹a, 1, 0) with a the k-th row up to its diagonal has
  /// vᵀ(A + τI)v = −δ ≤ 0. The least eigenvalue of A is therefore at most −τ − δ/‖v‖².
  ///
  /// - Parameters:
  ///   - a: A, which was not positive definite after the shift.
  ///   - τ: the shift.
  ///   - k: the order that the failure named.
  ///   - v: where the direction goes.
  /// - Returns: δ/‖v‖², by how much τ has to grow at least.
  /// - Reference: Conn, Gould and Toint, *Trust-Region Methods*, section 7.3.4.
  @inlinable public func negativeCurvature(
    of a: Matrix<Scalar>, addingToDiagonal τ: Scalar, leadingMinor k: Int, into v: inout Vector<Scalar>
  ) -> Scalar {
    l.checkShape(a)
    precondition(
      k >= 1 && k <= dimension && v.count == dimension,
      "a minor of order \(k) and a vector of \(v.count) elements do not fit a matrix of order \(dimension)")
    v.fill(with: 0)
    let lda = l.leading
    for j in 0..<k - 1 { v[j] = a[k - 1, j] }
    l.readPointer { l in v.writePointer { Scalar._trsv(.lower, false, k - 1, l, lda, $0) } }
    // By its norm: the squares of elements may underflow.
    let length = v.norm
    let δ = length * length - (a[k - 1, k - 1] + τ)
    l.readPointer { l in v.writePointer { Scalar._trsv(.lower, true, k - 1, l, lda, $0) } }
    v.negate()
    v[k - 1] = 1
    let norm = v.norm
    // A long v may be beyond what a square can hold: then it says nothing.
    return δ > 0 && norm.isFinite ? δ / norm / norm : 0
  }
}
