/// A symmetric tridiagonal matrix that grows.
///
/// Rows that it does not have yet are given the diagonal `beyond` and no neighbours, so that one factorisation serves
/// every order: a gradient that is zero there leaves the step zero there.
@usableFromInline struct Tridiagonal<Scalar: LAPACKScalar>: Workspace {
  @usableFromInline let shape: Int
  @usableFromInline var diagonal: Vector<Scalar>
  /// The element at i stands beside the diagonal elements i and i + 1.
  @usableFromInline var beside: Vector<Scalar>

  @usableFromInline init(shape k: Int) {
    shape = k
    diagonal = Vector(zeros: k)
    beside = Vector(zeros: k)
  }

  /// Makes `diagonal` the next row, the j-th, `neighbour` the element before its diagonal.
  @inlinable mutating func append(_ j: Int, diagonal α: Scalar, neighbour β: Scalar) {
    diagonal[j] = α
    if j > 0 { beside[j - 1] = β }
    var largest: Scalar = 0
    for i in 0...j { largest = Swift.max(largest, abs(diagonal[i]) + (i < j ? 2 * abs(beside[i]) : 0)) }
    for i in j..<shape { beside[i] = 0 }
    for i in j + 1..<Swift.max(shape, j + 1) { diagonal[i] = largest }
  }

  /// An upper bound of ‖T‖, which the rows that are not there yet have on their diagonal.
  @inlinable var norm: Scalar { diagonal.largestMagnitude }
}

/// T + λI for a tridiagonal T, by LAPACK's LDLᵀ.
@usableFromInline struct TridiagonalFactor<Scalar: LAPACKScalar>: ShiftedFactor {
  @usableFromInline let shape: Int
  /// D, and L beside its unit diagonal.
  @usableFromInline var d: Vector<Scalar>
  @usableFromInline var l: Vector<Scalar>

  @usableFromInline init(shape k: Int) {
    shape = k
    d = Vector(zeros: k)
    l = Vector(zeros: k)
  }

  @inlinable mutating func spectrum(of T: Tridiagonal<Scalar>) -> Spectrum<Scalar> {
    var spectrum = Spectrum<Scalar>()
    for i in 0..<shape {
      let before = i > 0 ? abs(T.beside[i - 1]) : 0
      spectrum.add(diagonal: T.diagonal[i], others: before + (i < shape - 1 ? abs(T.beside[i]) : 0))
    }
    return spectrum
  }

  @inlinable mutating func factor(
    _ T: Tridiagonal<Scalar>, shift λ: Scalar, _ v: inout Vector<Scalar>
  ) -> Scalar? {
    for i in 0..<shape { d[i] = T.diagonal[i] + λ }
    l.copy(T.beside)
    let (n, info) = (
      shape,
      d.withUnsafeMutableBufferPointer { d in
        l.withUnsafeMutableBufferPointer { Scalar._pttrf(d.count, d.baseAddress!, $0.baseAddress!) }
      }
    )
    guard info > 0 else { return nil }
    // v = L⁻ᵀe at the pivot that failed: vᵀ(T + λI)v is that pivot.
    v.fill(with: 0)
    v[info - 1] = 1
    for i in stride(from: info - 2, through: 0, by: -1) { v[i] = -l[i] * v[i + 1] }
    let norm = v.norm
    let lack = -d[Swift.min(info, n) - 1] / norm / norm
    return lack.isFinite ? Swift.max(0, lack) : 0
  }

  @inlinable func solveLower(_ b: inout Vector<Scalar>) {
    for i in 1..<Swift.max(shape, 1) { b[i] -= l[i - 1] * b[i - 1] }
    for i in 0..<shape { b[i] /= d[i].squareRoot() }
  }

  @inlinable func solveLowerTransposed(_ b: inout Vector<Scalar>) {
    for i in 0..<shape { b[i] /= d[i].squareRoot() }
    for i in stride(from: shape - 2, through: 0, by: -1) { b[i] -= l[i] * b[i + 1] }
  }
}
