/// Linear least squares within bounds, damped: p = argmin ‖Ap + b‖² + λ‖Dp‖² over l ≤ p ≤ u.
///
/// An active set: the free elements are solved for, the others lie on their bounds. A solution within the bounds is
/// taken, and of the fixed elements whose multiplier has the wrong sign the worst is freed. From one beyond them, what
/// stands out is put on its bound where that lowers the function enough; otherwise the step is cut at the first bound
/// that it meets.
///
/// - **Demands**: that 0 lies within the bounds. Where the rank is short λ is at least ε‖AD⁻¹‖².
/// - **Memory**: 4n² + 19n, and for larger systems 2n² and LAPACK's work arrays, allocated in `init`.
/// - **Work per step**: a factorisation of n × n for each set of free elements: one for each bound that the answer meets,
///   and seldom many more.
/// - **Guarantees**: the function falls from set to set, so that their number is finite; but for rounding the answer
///   satisfies the conditions of optimality.
/// - **Reference**: Stark and Parker, *Computational Statistics* 10 (1995) 129–141; Lawson and Hanson, *Solving Least
///   Squares Problems* (1974), chapter 23.
public struct BoundedLeastSquares<Scalar: LAPACKScalar>: Workspace {
  /// A, of n × n.
  public var A: Matrix<Scalar>
  /// b.
  public var b: Vector<Scalar>
  /// l, with −∞ where there is none.
  public var lower: Vector<Scalar>
  /// u, with +∞ where there is none.
  public var upper: Vector<Scalar>
  /// The answer so far.
  public private(set) var p: Vector<Scalar>
  /// How many sets of free elements were looked at.
  public private(set) var faces = 0

  private var λ: Scalar = 0
  private var D: Vector<Scalar>
  private var isFixed: [Bool]
  /// The element that was freed last, or −1.
  private var freed = -1
  private var system: DampedLeastSquares<Scalar>
  private var columns: Matrix<Scalar>
  private var norms: Vector<Scalar>
  /// The lengths of A's columns.
  private var lengths: Vector<Scalar>
  private var y: Vector<Scalar>
  private var target: Vector<Scalar>
  private var w: Vector<Scalar>
  private var Aw: Vector<Scalar>
  /// Half the gradient at p.
  private var h: Vector<Scalar>

  public init(shape n: Int) {
    // Each has storage of its own, which no step has to make.
    func vector() -> Vector<Scalar> { Vector(zeros: n) }
    (A, columns) = (Matrix(zeros: n, n), Matrix(zeros: n, n))
    (b, lower, upper, p, D) = (vector(), vector(), vector(), vector(), vector())
    (norms, lengths, y, target) = (vector(), vector(), vector(), vector())
    (w, Aw, h) = (vector(), vector(), vector())
    isFixed = Array(repeating: false, count: n)
    system = DampedLeastSquares(shape: MatrixShape(square: n))
  }

  public var shape: Int { b.count }

  /// The flops of one ``improve()``, but for lower order.
  public static func flops(_ n: Int) -> Int { DampedLeastSquares<Scalar>.flops(rows: n, columns: n) }

  /// Begins at p = 0 with what `A`, `b`, `lower` and `upper` hold; what has no room is fixed.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func begin(damping λ: Scalar, scaledBy D: Vector<Scalar>) {
    self.λ = λ
    self.D.copy(D)
    p.fill(with: 0)
    faces = 0
    freed = -1
    for i in p.indices {
      lengths[i] = A.norm(ofColumn: i)
      isFixed[i] = !(lower[i] < upper[i])
    }
  }

  /// Looks at one set of free elements; whether there is more to do.
  ///
  /// Wherever it is left, p is within the bounds and no worse than 0.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func improve() -> Bool {
    faces += 1
    guard solveOverFree() else { return false }
    if freed >= 0, !(p[freed] == lower[freed] ? w[freed] > 0 : w[freed] < 0) {
      // Its multiplier was rounding.
      isFixed[freed] = true
      return false
    }
    freed = -1
    // As with every active set, rounding could make it turn in a circle.
    if faces >= 3 * shape + 10 { return false }
    if isWithin(target) {
      p.copy(target)
      return free()
    }
    search()
    return true
  }

  /// ‖b‖² − ‖Ap + b‖² at p.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func decrease() -> Scalar {
    A.multiply(p, into: &Aw)
    return -(Aw.squaredNorm + 2 * Aw.dot(b))
  }

  /// Writes the minimiser over the free elements into `target`, and what leads there into `w`.
  private mutating func solveOverFree() -> Bool {
    let n = shape
    columns.copy(A)
    y.copy(b)
    var freeCount = 0
    columns.writePointer { a in
      for j in 0..<n {
        norms[j] = isFixed[j] ? 0 : lengths[j]
        if !isFixed[j] {
          freeCount += 1
          continue
        }
        for i in 0..<n {
          y[i] += a[i + j * n] * p[j]
          a[i + j * n] = 0
        }
      }
    }
    if system.factor(columns, columnNorms: norms, scaledBy: D, against: y) != nil { return false }
    let isShort = system.rank < freeCount
    let least = isShort ? Scalar.ulpOfOne * system.greatestSquaredColumn() : 0
    _ = system.solve(damping: Swift.max(λ, least))
    _ = system.copySolution(into: &target)
    for j in 0..<n where isFixed[j] { target[j] = p[j] }
    w.set(target, minus: p)
    return w.isFinite
  }

  private func isWithin(_ x: Vector<Scalar>) -> Bool {
    for i in x.indices where !(x[i] >= lower[i] && x[i] <= upper[i]) { return false }
    return true
  }

  /// Frees the element whose bound pushes where the function rises, most of all by the angle; false where there is none.
  private mutating func free() -> Bool {
    let norm = setGradient()
    var worst: Scalar = 0
    for i in p.indices where isFixed[i] && lower[i] < upper[i] {
      let inward = p[i] == lower[i] ? -h[i] : h[i]
      let rounding = 8 * Scalar(shape) * Scalar.ulpOfOne * lengths[i] * norm
      guard inward > rounding, inward > worst * lengths[i] else { continue }
      worst = inward / lengths[i]
      freed = i
    }
    if freed < 0 { return false }
    isFixed[freed] = false
    return true
  }

  /// h ← Aᵀ(Ap + b) + λD²p; ‖Ap + b‖.
  private mutating func setGradient() -> Scalar {
    y.copy(b)
    A.multiply(p, into: &y, adding: 1)
    A.multiply(y, into: &h, transposed: true)
    for i in p.indices { h[i] += λ * D[i] * (D[i] * p[i]) }
    return y.norm
  }

  /// Goes towards `target` as far as the bounds allow.
  private mutating func search() {
    _ = setGradient()
    for i in p.indices { w[i] = Swift.min(Swift.max(target[i], lower[i]), upper[i]) - p[i] }
    let slope = 2 * h.dot(w)
    A.multiply(w, into: &Aw)
    var curvature = Aw.squaredNorm
    for i in p.indices { curvature += λ * (D[i] * w[i]) * (D[i] * w[i]) }
    if slope < 0, slope + curvature <= 0.1 * slope {
      for i in p.indices where !isFixed[i] {
        p[i] = Swift.min(Swift.max(target[i], lower[i]), upper[i])
        isFixed[i] = p[i] != target[i]
      }
      return
    }
    w.set(target, minus: p)
    var α: Scalar = 1
    for i in p.indices where w[i] != 0 { α = Swift.min(α, ((w[i] > 0 ? upper[i] : lower[i]) - p[i]) / w[i]) }
    for i in p.indices where w[i] != 0 {
      let bound = w[i] > 0 ? upper[i] : lower[i]
      if (bound - p[i]) / w[i] <= α {
        p[i] = bound
        isFixed[i] = true
      } else {
        p[i] = Swift.min(Swift.max(p[i] + α * w[i], lower[i]), upper[i])
      }
    }
  }
}
