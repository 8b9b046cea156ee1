/// Linear least squares, damped: p = argmin ‖Ap + b‖² + λ‖Dp‖² for one A and many λ.
///
/// A is factored once with its columns scaled to length 1, AN⁻¹P = QR with pivots, so that the rank is a matter of
/// directions and not of units. With q = Np, λ = 0 is a triangular solve, the basic solution where the rank is short;
/// λ > 0 is (R; √λDN⁻¹) = Q′(S; 0) and q = −S⁻¹S⁻ᵀRᵀQᵀb. Neither squares the condition of A.
///
/// - **Demands**: nothing of the shape or the rank.
/// - **Memory**: mn + 4n² + m + 6n and LAPACK's work arrays, allocated in `init`.
/// - **Work per step**: 2n²(m − n/3) flops to factor, n² for λ = 0, 2n³/3 + 2n² for each other λ.
/// - **Guarantees**: backward stable where λ = 0.
/// - **Reference**: Moré, *The Levenberg–Marquardt algorithm: implementation and theory* (1978), section 3; LAPACK `geqp3`,
///   `tpqrt2`.
///
/// | paper | here |
/// | --- | --- |
/// | R, π | `R`, `qr` |
/// | R_λ | `S` |
/// | D | `units`, in the order of the pivots and as multiples of N |
public struct DampedLeastSquares<Scalar: LAPACKScalar>: Workspace {
  /// ‖Q₁ᵀb‖, the length of b's projection on the columns of A.
  public private(set) var projection: Scalar = 0
  private var qr: PivotedQR<Scalar>
  /// N.
  private var norms: Vector<Scalar>
  private var units: Vector<Scalar>
  /// q, in the order of the pivots.
  private var q: Vector<Scalar>
  private var z: Vector<Scalar>
  private var Rᵀz: Vector<Scalar>
  private var w: Vector<Scalar>
  private var R: Matrix<Scalar>
  private var S: Matrix<Scalar>
  private var B: Matrix<Scalar>
  private var T: Matrix<Scalar>

  public init(shape: MatrixShape) {
    let (m, n) = (shape.rows, shape.columns)
    qr = PivotedQR(shape: shape)
    // Each has storage of its own, which no solution has to make.
    z = Vector(zeros: m)
    (R, S) = (Matrix(zeros: n, n), Matrix(zeros: n, n))
    (B, T) = (Matrix(zeros: n, n), Matrix(zeros: n, n))
    (q, norms, units) = (Vector(zeros: n), Vector(zeros: n), Vector(zeros: n))
    (Rᵀz, w) = (Vector(zeros: n), Vector(zeros: n))
  }

  public var shape: MatrixShape { qr.shape }
  /// The numerical rank of A.
  public var rank: Int { qr.rank }
  /// Whether there is something to solve with: not after a failure, nor in a copy that was decoded.
  public var isFactored: Bool { qr.isFactored }

  /// The flops of one factorisation: 2n²(m − n/3).
  public static func flops(rows m: Int, columns n: Int) -> Int {
    PivotedQR<Scalar>.flops(rows: m, columns: n)
  }

  /// Factors A and takes b, and says why when it cannot; `norms` are the lengths of A's columns.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(
    _ a: Matrix<Scalar>, columnNorms: Vector<Scalar>, scaledBy D: Vector<Scalar>, against b: Vector<Scalar>
  ) -> FactorisationFailure? {
    // A column of zeros stays one.
    for j in 0..<shape.columns { norms[j] = columnNorms[j] > 0 ? columnNorms[j] : 1 }
    if let failure = qr.factor(a, dividingColumnsBy: norms) { return failure }
    qr.copyUpper(into: &R)
    w.set(D, dividedBy: norms)
    qr.applyOrder(to: w, into: &units)
    replace(b)
    projection = 0
    for i in 0..<rank { projection += z[i] * z[i] }
    projection = projection.squareRoot()
    return nil
  }

  /// Takes another b; ``projection`` stays that of the first.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func replace(_ b: Vector<Scalar>) {
    z.copy(b)
    qr.applyTransposed(&z)
    for i in 0..<Rᵀz.count { Rᵀz[i] = i < z.count ? z[i] : 0 }
    R.multiplyTriangle(.upper, &Rᵀz, transposed: true)
  }

  /// ‖D⁻¹Aᵀb‖.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func slope() -> Scalar {
    w.set(Rᵀz, dividedBy: units)
    return w.norm
  }

  /// Solves for a λ ≥ 0; ‖Dp‖.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func solve(damping λ: Scalar) -> Scalar {
    let n = shape.columns
    S.copy(R)
    if λ == 0 {
      q.fill(with: 0)
      let r = rank
      for i in 0..<r { q[i] = -z[i] }
      R.readPointer { R in q.writePointer { Scalar._trsv(.upper, false, r, R, Swift.max(n, 1), $0) } }
    } else {
      B.fill(with: 0)
      let root = λ.squareRoot()
      for j in 0..<n { B[j, j] = root * units[j] }
      let lda = Swift.max(n, 1)
      S.writePointer { S in
        B.writePointer { B in T.writePointer { _ = Scalar._tpqrt2(n, S, lda, B, lda, $0, lda) } }
      }
      q.set(Rᵀz, times: -1)
      S.solveTriangle(.upper, &q, transposed: true)
      S.solveTriangle(.upper, &q)
    }
    w.set(q, multipliedBy: units)
    return w.norm
  }

  /// −‖Dp‖ d‖Dp‖/dλ = ‖S⁻ᵀP N⁻¹D²p‖² for the last solution; of no use where λ = 0 and the rank is short.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func steepness() -> Scalar {
    w.set(q, multipliedBy: units)
    w.multiply(by: units)
    S.solveTriangle(.upper, &w, transposed: true)
    return w.squaredNorm
  }

  /// ‖Ap‖² for the last solution.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func squaredNormOfProduct() -> Scalar {
    w.copy(q)
    R.multiplyTriangle(.upper, &w)
    return w.squaredNorm
  }

  /// The greatest squared norm of a column of AD⁻¹, which is the greatest diagonal element of its Gram matrix.
  public var greatestSquaredColumn: Scalar {
    var greatest: Scalar = 0
    for j in 0..<shape.columns {
      let norm = R.norm(ofColumn: j) / units[j]
      greatest = Swift.max(greatest, norm * norm)
    }
    return greatest
  }

  /// Writes the last solution into `p`.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func copySolution(into p: inout Vector<Scalar>) {
    qr.restoreOrder(of: q, into: &p)
    p.divide(by: norms)
  }
}
