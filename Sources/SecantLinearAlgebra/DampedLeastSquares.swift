/// Linear least squares, damped: p = argmin ‖Ap + b‖² + λ‖Dp‖² for one A and many λ.
///
/// A is factored once with its columns scaled to length 1, AN⁻¹P = QR with pivots, so that the rank is a matter of
/// directions and not of units. With q = PᵀNp, λ = 0 is a triangular solve, the basic solution where the rank is short;
/// λ > 0 is (R; √λPᵀDN⁻¹P) = Q′(S; 0) and q = −S⁻¹S⁻ᵀRᵀQᵀb. Neither squares the condition of A.
///
/// - **Demands**: nothing of the shape or the rank.
/// - **Memory**: mn + n² + m + 9n, and for larger systems 2n² and LAPACK's work arrays, allocated in `init`.
/// - **Work per step**: 2n²(m − n/3) flops to factor, n² for λ = 0, 2n³/3 + 2n² for each other λ.
/// - **Guarantees**: backward stable where λ = 0.
/// - **Reference**: Moré, *The Levenberg–Marquardt algorithm: implementation and theory* (1978), section 3; LAPACK `geqp3`,
///   `tpqrt2`.
///
/// | paper | here |
/// | --- | --- |
/// | R, π | the upper triangle of `A`, `pivots` |
/// | R_λ | `S` |
/// | D | `units`, in the order of the pivots and as multiples of N |
public struct DampedLeastSquares<Scalar: LAPACKScalar>: Workspace {
  /// The rows and columns of A.
  public let shape: MatrixShape
  /// The numerical rank of A.
  public private(set) var rank = 0
  /// ‖Q₁ᵀb‖, the length of b's projection on the columns of A.
  public private(set) var projection: Scalar = 0
  /// Whether there is something to solve with: not after a failure, nor in a copy that was decoded.
  public private(set) var isFactored = false

  /// ‖Dp‖ of the last solution.
  @inlinable public var length: Scalar { lengthOfSolution }

  @usableFromInline var lengthOfSolution: Scalar = 0
  @usableFromInline var isDamped = false
  // All in one: for a fit of a few parameters every allocation, and every check that a buffer is one's own, shows.
  @usableFromInline var buffer: Vector<Scalar>
  /// How much of the buffer is LAPACK's.
  @usableFromInline var workCount = 0

  /// Where everything stands in the buffer.
  @usableFromInline struct Parts {
    @usableFromInline let m: Int
    @usableFromInline let n: Int
    @usableFromInline let A: UnsafeMutablePointer<Scalar>
    @usableFromInline let isSmall: Bool

    @inlinable @inline(__always) init(_ shape: MatrixShape, _ base: UnsafeMutablePointer<Scalar>) {
      (m, n, A) = (shape.rows, shape.columns, base)
      isSmall = isSmallQR(rows: m, columns: n)
    }

    static func count(_ m: Int, _ n: Int) -> Int { m * n + n * n + m + 9 * n }

    /// LAPACK wants leading dimensions of at least one.
    @inlinable @inline(__always) var lda: Int { Swift.max(m, 1) }
    @inlinable @inline(__always) var lds: Int { Swift.max(n, 1) }
    /// Qᵀb.
    @inlinable @inline(__always) var z: UnsafeMutablePointer<Scalar> { A + m * n }
    @inlinable @inline(__always) var S: UnsafeMutablePointer<Scalar> { z + m }
    @inlinable @inline(__always) var τ: UnsafeMutablePointer<Scalar> { S + n * n }
    /// N.
    @inlinable @inline(__always) var norms: UnsafeMutablePointer<Scalar> { τ + n }
    @inlinable @inline(__always) var units: UnsafeMutablePointer<Scalar> { norms + n }
    @inlinable @inline(__always) var q: UnsafeMutablePointer<Scalar> { units + n }
    @inlinable @inline(__always) var Rᵀz: UnsafeMutablePointer<Scalar> { q + n }
    @inlinable @inline(__always) var w: UnsafeMutablePointer<Scalar> { Rᵀz + n }
    /// As many numbers hold at least as many of LAPACK's integers.
    @inlinable @inline(__always) var pivots: UnsafeMutablePointer<Int32> {
      UnsafeMutableRawPointer(w + n).bindMemory(to: Int32.self, capacity: n)
    }
    /// The reciprocals of the diagonals of R and of S, for small systems.
    @inlinable @inline(__always) var inversesOfR: UnsafeMutablePointer<Scalar> { w + 2 * n }
    @inlinable @inline(__always) var inversesOfS: UnsafeMutablePointer<Scalar> { w + 3 * n }
    /// The work array, or the two triangles that `tpqrt2` wants.
    @inlinable @inline(__always) var work: UnsafeMutablePointer<Scalar> { w + 4 * n }

    @inline(__always) func measure(by D: Vector<Scalar>) {
      for j in 0..<n { units[j] = D[Int(pivots[j]) - 1] / norms[Int(pivots[j]) - 1] }
    }

    @inlinable @inline(__always) func multiplyRᵀz() {
      var column = UnsafePointer(A)
      for j in 0..<n {
        Rᵀz[j] = Scalar._dot(Swift.min(j &+ 1, m), column, z)
        column += m
      }
    }

    /// S ← the triangle of (R; √λPᵀDN⁻¹P).
    @inlinable @inline(__always) func damp(_ root: Scalar) {
      var (column, target) = (A, S)
      for j in 0..<n {
        for i in 0...j { target[i] = i < m ? column[i] : 0 }
        column += m
        target += n
      }
      if isSmall {
        for j in 0..<n { q[j] = root * units[j] }
        smallDampedTriangle(n, S, adding: q, w)
        for j in 0..<n { inversesOfS[j] = 1 / S[j &* (n &+ 1)] }
        return
      }
      for j in 0..<n {
        for i in 0..<n { work[i + j * n] = 0 }
        work[j + j * n] = root * units[j]
      }
      _ = Scalar._tpqrt2(n, S, n, work, n, work + n * n, n)
    }

    /// x ← T⁻¹x, or T⁻ᵀx, for the upper triangle of the first k rows and columns of T = S, or of R where it is not damped.
    @inlinable @inline(__always) func solveUpper(
      _ k: Int, isDamped: Bool, _ x: UnsafeMutablePointer<Scalar>, transposed: Bool
    ) {
      let (T, ld) = isDamped ? (S, lds) : (A, lda)
      if isSmall {
        let inverses = isDamped ? inversesOfS : inversesOfR
        solveSmallUpper(k, T, rows: ld, inverses: inverses, x, transposed: transposed)
      } else {
        Scalar._trsv(.upper, transposed, k, T, ld, x)
      }
    }
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public init(shape: MatrixShape) {
    let (m, n) = (shape.rows, shape.columns)
    self.shape = shape
    buffer = Vector(zeros: Parts.count(m, n))
    if isSmallQR(rows: m, columns: n) { return }
    let lda = Swift.max(m, 1)
    let none = untouched(Scalar.self)
    var (first, second, pivots) = (Scalar(0), Scalar(0), Int32(0))
    _ = Scalar._geqp3(m, n, none, lda, &pivots, none, &first, -1)
    _ = Scalar._ormqr(
      true, m, 1, Swift.min(m, n), UnsafePointer(none), lda, UnsafePointer(none), none, lda, &second, -1)
    workCount = Swift.max(SecantLinearAlgebra.workCount(first, second), 2 * n * n)
    buffer = Vector(zeros: Parts.count(m, n) + workCount)
  }

  /// The flops of one factorisation: 2n²(m − n/3).
  @inlinable public static func flops(rows m: Int, columns n: Int) -> Int {
    PivotedQR<Scalar>.flops(rows: m, columns: n)
  }

  /// Factors A and takes b, and says why when it cannot; `norms` are the lengths of A's columns. Of b only what lies along
  /// them has to be finite.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(
    _ a: Matrix<Scalar>, columnNorms: Vector<Scalar>, scaledBy D: Vector<Scalar>, against b: Vector<Scalar>
  ) -> FactorisationFailure? {
    let (m, n) = (shape.rows, shape.columns)
    precondition(
      a.rows == m && a.columns == n && columnNorms.count == n && D.count == n && b.count == m,
      "a system of \(m) × \(n) was given a matrix of \(a.rows) × \(a.columns) and \(b.count) elements")
    isFactored = false
    var isFinite = true
    for j in 0..<n where !columnNorms[j].isFinite { isFinite = false }
    guard isFinite || a.isFinite else { return .nonFinite }
    let (shape, length) = (shape, workCount)
    let rank = buffer.writePointer { base in
      let parts = Parts(shape, base)
      let (A, norms, pivots) = (parts.A, parts.norms, parts.pivots)
      a.readPointer { a in
        var (column, source) = (A, a)
        for j in 0..<n {
          // A column of zeros stays one.
          norms[j] = columnNorms[j] > 0 ? columnNorms[j] : 1
          let inverse = 1 / norms[j]
          // The inverse of a length that is hardly a number would overflow.
          if inverse < .infinity {
            for i in 0..<m { column[i] = source[i] * inverse }
          } else {
            for i in 0..<m { column[i] = source[i] / norms[j] }
          }
          column += m
          source += m
        }
      }
      if parts.isSmall {
        b.readPointer { parts.z.update(from: $0, count: m) }
        smallPivotedQR(m, n, A, pivots, parts.τ)
        for j in 0..<Swift.min(m, n) { parts.inversesOfR[j] = 1 / A[j + j * m] }
        parts.multiplyRᵀz()
      } else {
        for j in 0..<n { pivots[j] = 0 }  // every column is free to move
        _ = Scalar._geqp3(m, n, A, parts.lda, pivots, parts.τ, parts.work, length)
      }
      parts.measure(by: D)
      let tolerance = Scalar(Swift.max(m, n)) * .ulpOfOne * abs(A[0])
      var rank = 0
      while rank < Swift.min(m, n), abs(A[rank + rank * m]) > tolerance { rank += 1 }
      return rank
    }
    self.rank = rank
    isFactored = true
    if !isSmallQR(rows: m, columns: n) { replace(b) }
    projection = buffer.writePointer { base in
      let z = Parts(shape, base).z
      return norm(rank, z)
    }
    isFactored = projection.isFinite
    return isFactored ? nil : .nonFinite
  }

  /// Takes another b; ``projection`` stays that of the first.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func replace(_ b: Vector<Scalar>) {
    precondition(isFactored, "there is nothing to solve with: factor a matrix first, and look at its failure")
    let (m, shape, length) = (shape.rows, shape, workCount)
    buffer.writePointer { base in
      let parts = Parts(shape, base)
      let n = parts.n
      b.readPointer { parts.z.update(from: $0, count: m) }
      if parts.isSmall {
        applySmallQ(m, n, parts.A, parts.τ, parts.z)
      } else {
        _ = Scalar._ormqr(
          true, m, 1, Swift.min(m, n), parts.A, parts.lda, parts.τ, parts.z, parts.lda, parts.work, length)
      }
      parts.multiplyRᵀz()
    }
  }

  /// Takes another D.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func measure(by D: Vector<Scalar>) {
    precondition(D.count == shape.columns, "\(shape.columns) columns are not measured by \(D.count) numbers")
    let shape = shape
    buffer.writePointer { Parts(shape, $0).measure(by: D) }
  }

  /// ‖D⁻¹Aᵀb‖.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func slope() -> Scalar {
    let shape = shape
    return buffer.writePointer { base in
      let parts = Parts(shape, base)
      for j in 0..<parts.n { parts.w[j] = parts.Rᵀz[j] / parts.units[j] }
      return norm(parts.n, parts.w)
    }
  }

  /// ‖D⁻¹Aᵀb‖³/‖AD⁻²Aᵀb‖², the length ‖Dp‖ of the step down the slope to where ‖Ap + b‖ is least; NaN without a slope.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func lengthOfCauchyStep() -> Scalar {
    let slope = slope()
    let shape = shape
    return buffer.writePointer { base in
      let parts = Parts(shape, base)
      let (m, n, w) = (parts.m, parts.n, parts.w)
      for j in 0..<n { w[j] /= slope * parts.units[j] }
      for i in 0..<n {
        var sum: Scalar = 0
        if i < m { for j in i..<n { sum += parts.A[i + j * m] * w[j] } }
        w[i] = sum
      }
      let steepness = norm(n, w)
      return slope / steepness / steepness
    }
  }

  /// Solves for a λ ≥ 0; ‖Dp‖.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func solve(damping λ: Scalar) -> Scalar {
    isDamped = λ > 0
    let (shape, rank, isDamped) = (shape, rank, isDamped)
    lengthOfSolution = buffer.writePointer { base in
      let parts = Parts(shape, base)
      let (n, q) = (parts.n, parts.q)
      if isDamped {
        parts.damp(λ.squareRoot())
        for j in 0..<n { q[j] = -parts.Rᵀz[j] }
        parts.solveUpper(n, isDamped: true, q, transposed: true)
        parts.solveUpper(n, isDamped: true, q, transposed: false)
      } else {
        for j in 0..<n { q[j] = j < rank ? -parts.z[j] : 0 }
        parts.solveUpper(rank, isDamped: false, q, transposed: false)
      }
      for j in 0..<n { parts.w[j] = parts.units[j] * q[j] }
      return norm(n, parts.w)
    }
    return lengthOfSolution
  }

  /// −‖Dp‖ d‖Dp‖/dλ = ‖S⁻ᵀPᵀN⁻¹D²p‖² for the last solution; of no use where λ = 0 and the rank is short.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func steepness() -> Scalar {
    let (shape, isDamped) = (shape, isDamped)
    return buffer.writePointer { base in
      let parts = Parts(shape, base)
      let (n, w) = (parts.n, parts.w)
      for j in 0..<n { w[j] = parts.units[j] * (parts.units[j] * parts.q[j]) }
      parts.solveUpper(
        isDamped ? n : Swift.min(n, parts.m), isDamped: isDamped, w, transposed: true)
      return Scalar._dot(n, w, w)
    }
  }

  /// Writes the last solution into `p`; ‖Ap‖².
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  @inlinable public mutating func copySolution(into p: inout Vector<Scalar>) -> Scalar {
    precondition(p.count == shape.columns, "a solution has \(shape.columns) elements, not \(p.count)")
    let shape = shape
    return buffer.writePointer { base in
      let parts = Parts(shape, base)
      let (m, n, w, pivots) = (parts.m, parts.n, parts.w, parts.pivots)
      // Rq: where A has fewer rows than columns R has no more.
      for i in 0..<n { w[i] = 0 }
      p.writePointer { p in
        var R = UnsafePointer(parts.A)
        for j in 0..<n {
          Scalar._step(Swift.min(j &+ 1, m), w, w, parts.q[j], R)
          R += m
          let column = Int(pivots[j]) &- 1
          p[column] = parts.q[j] / parts.norms[column]
        }
      }
      return Scalar._dot(n, w, w)
    }
  }

  /// Writes n rows A′ and b′ that say of A and b what matters, ‖A′p + b′‖² = ‖Ap + b‖² − const, into the first n rows of
  /// `a` and of `b`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func reduce(into a: inout Matrix<Scalar>, _ b: inout Vector<Scalar>) {
    let (shape, rows) = (shape, a.rows)
    let (m, n) = (shape.rows, shape.columns)
    precondition(
      rows >= n && a.columns == n && b.count >= n,
      "\(n) rows of \(n) do not go into a matrix of \(a.rows) × \(a.columns) and \(b.count) elements")
    buffer.writePointer { base in
      let parts = Parts(shape, base)
      let pivots = parts.pivots
      a.writePointer { a in
        b.writePointer { b in
          for j in 0..<n {
            let column = Int(pivots[j]) - 1
            for i in 0..<n {
              a[i + column * rows] = i <= j && i < m ? parts.A[i + j * m] * parts.norms[column] : 0
            }
            b[j] = j < m ? parts.z[j] : 0
          }
        }
      }
    }
  }

  /// The greatest squared norm of a column of AD⁻¹, which is the greatest diagonal element of its Gram matrix.
  public mutating func greatestSquaredColumn() -> Scalar {
    let shape = shape
    return buffer.writePointer { base in
      let parts = Parts(shape, base)
      return (0..<parts.n).reduce(0) { greatest, j in
        let column = parts.A + j * parts.m
        return Swift.max(
          greatest, Scalar._dot(Swift.min(j + 1, parts.m), column, column) / (parts.units[j] * parts.units[j])
        )
      }
    }
  }
}

/// ‖x‖: by the squares where none of them leaves the numbers, and without them where one does.
@inlinable @inline(__always) func norm<Scalar: LAPACKScalar>(
  _ n: Int, _ x: UnsafeMutablePointer<Scalar>
) -> Scalar {
  let square = Scalar._dot(n, x, x)
  return square >= .leastNormalMagnitude / .ulpOfOne && square < .infinity
    ? square.squareRoot() : Scalar._nrm2(n, x)
}
