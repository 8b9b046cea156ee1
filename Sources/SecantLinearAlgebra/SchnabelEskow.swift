/// The modified Cholesky factorisation of Schnabel and Eskow, in its revised form of 1999.
///
/// P (A + E) Pᵀ = L Lᵀ with a diagonal E ≥ 0. As long as the diagonal shows no sign of indefiniteness (phase one)
/// this is Cholesky's method with the largest diagonal element as pivot. From the first sign on (phase two) the pivot
/// is the row with the largest lower bound by Gershgorin's circles, and its diagonal element is raised so far that
/// the circle lies right of zero, never by less than the one before; the last two rows are raised by the eigenvalues of
/// their block.
///
/// - **Demands**: symmetric A, of which the lower triangle alone is read.
/// - **Memory**: n² + 4n scalars, allocated in `init`.
/// - **Work per step**: n³/3 flops to factor, by rank-one updates, and 3n² comparisons; 2n² to solve.
/// - **Guarantees**: A + E is positive definite. E = 0 where A is positive definite and not too ill-conditioned. ‖E‖∞
///   is at most the distance of Gershgorin's lower bound of A from 0, but for rounding, plus what phase one may have
///   lost.
/// - **Reference**: Schnabel and Eskow, *SIAM J. Optim.* 9 (1999) 1135–1148; *SIAM J. Sci. Stat. Comput.* 11 (1990)
///   1136–1158. How it compares: Fang and O'Leary, *Math. Programming* 115 (2008) 319–349.
///
/// | paper | here |
/// | --- | --- |
/// | τ, τ̄ | ε^⅓ (`τ`), ε^⅔ (`floor`/γ) |
/// | μ | 0.1 (`μ`) |
/// | γ, ξ | `γ`, the largest diagonal element |
/// | g | `bounds` |
/// | δ, δ_prev | `δ`, `largest` |
public struct SchnabelEskow<Scalar: LAPACKScalar>: Workspace {
  /// L; its strict upper triangle means nothing.
  public private(set) var lower: Matrix<Scalar>
  /// Which row of A is row i of the factor.
  public private(set) var permutation: [Int]
  /// The diagonal of E, in the order of the factor.
  public private(set) var added: Vector<Scalar>
  private var bounds: Vector<Scalar>
  private var permuted: Vector<Scalar>

  public init(dimension n: Int) {
    lower = Matrix(zeros: n, n)
    permutation = Array(0..<n)
    added = Vector(zeros: n)
    bounds = Vector(zeros: n)
    permuted = Vector(zeros: n)
  }

  public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  public var shape: MatrixShape { MatrixShape(square: dimension) }
  /// n, for which it was allocated.
  public var dimension: Int { lower.rows }

  /// The flops of one factorisation: n³/3.
  public static func flops(_ n: Int) -> Int { n * n * n / 3 }

  /// Factors A + E; fails only where A is not finite, or A + E not.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(_ a: Matrix<Scalar>) -> FactorisationFailure? {
    let n = dimension
    lower.checkShape(a)
    guard lower.writePointer({ copyLowerTriangle(of: a, into: $0) }) else { return .nonFinite }
    for i in 0..<n { permutation[i] = i }
    added.fill(with: 0)
    let ε = Scalar.ulpOfOne
    let τ = Scalar.root(ε, 3)
    let γ = (0..<n).reduce(0) { max($0, abs(a[$1, $1])) }
    // A matrix whose diagonal is zero has no scale there.
    let scale = γ > 0 ? γ : lower.elements.largestMagnitude
    let floor = τ * τ * (scale > 0 ? scale : 1)

    let first = factorWhilePositive(floor, γ)
    if first < n {
      setBounds(from: first)
      raiseAndFactor(from: first, floor, τ)
    }
    for j in 0..<n where !(lower[j, j] > 0 && lower[j, j].isFinite) { return .nonFinite }
    return nil
  }

  /// Phase one; the number of rows that it factored.
  private mutating func factorWhilePositive(_ floor: Scalar, _ γ: Scalar) -> Int {
    let n = dimension
    let μ: Scalar = 0.1
    for j in 0..<n {
      var (pivot, largest, least) = (j, lower[j, j], lower[j, j])
      for i in j..<n {
        let d = lower[i, i]
        if d > largest { (pivot, largest) = (i, d) }
        least = min(least, d)
      }
      if largest < floor || least < -μ * largest { return j }
      exchange(j, pivot)
      // Would the next diagonal be too far below zero?
      let d = lower[j, j]
      for i in (j + 1)..<max(n, j + 1) where lower[i, i] - lower[i, j] * (lower[i, j] / d) < -μ * γ {
        return j
      }
      eliminate(j)
    }
    return n
  }

  /// Gershgorin's lower bounds of what is left of A.
  private mutating func setBounds(from first: Int) {
    let n = dimension
    for i in first..<n { bounds[i] = lower[i, i] }
    for j in first..<n {
      for i in (j + 1)..<max(n, j + 1) {
        let a = abs(lower[i, j])
        bounds[i] -= a
        bounds[j] -= a
      }
    }
  }

  /// Phase two.
  private mutating func raiseAndFactor(from first: Int, _ floor: Scalar, _ τ: Scalar) {
    let n = dimension
    if first == n - 1 {
      let d = lower[first, first]
      return raise(first, by: -d + max(-τ * d / (1 - τ), floor), thenEliminate: true)
    }
    var largest: Scalar = 0
    for j in first..<max(n - 2, first) {
      var pivot = j
      for i in j..<n where bounds[i] > bounds[pivot] { pivot = i }
      exchange(j, pivot)
      var radius: Scalar = 0
      for i in (j + 1)..<n { radius += abs(lower[i, j]) }
      let δ = max(0, -lower[j, j] + max(radius, floor), largest)
      largest = δ
      raise(j, by: δ, thenEliminate: false)
      let part = 1 - radius / lower[j, j]
      if part != 0 { for i in (j + 1)..<n { bounds[i] += abs(lower[i, j]) * part } }
      eliminate(j)
    }
    // The last block of two.
    let k = n - 2
    let mean = lower[k, k] / 2 + lower[k + 1, k + 1] / 2
    let half = Scalar.hypot(lower[k, k] / 2 - lower[k + 1, k + 1] / 2, lower[k + 1, k])
    let δ = max(0, -(mean - half) + max(τ * 2 * half / (1 - τ), floor), largest)
    raise(k, by: δ, thenEliminate: true)
    raise(k + 1, by: δ, thenEliminate: true)
  }

  private mutating func raise(_ j: Int, by δ: Scalar, thenEliminate: Bool) {
    added[j] = δ
    lower[j, j] += δ
    if thenEliminate { eliminate(j) }
  }

  /// One step of Cholesky's method: column j of L, and what it takes from the rest.
  private mutating func eliminate(_ j: Int) {
    let n = dimension
    lower.writePointer { a in
      let d = a[j * (n + 1)].squareRoot()
      a[j * (n + 1)] = d
      let rest = n - j - 1
      guard rest > 0 else { return }
      let column = a + j * (n + 1) + 1
      for i in 0..<rest { column[i] /= d }
      Scalar._syr(rest, -1, column, a + (j + 1) * (n + 1), n)
    }
  }

  /// Rows and columns j ≤ k of the symmetric matrix change places, and with them the rows of L.
  private mutating func exchange(_ j: Int, _ k: Int) {
    guard j != k else { return }
    let n = dimension
    permutation.swapAt(j, k)
    (bounds[j], bounds[k]) = (bounds[k], bounds[j])
    lower.writePointer { a in
      func swap(_ p: Int, _ q: Int) { (a[p], a[q]) = (a[q], a[p]) }
      for c in 0..<j { swap(j + c * n, k + c * n) }
      swap(j * (n + 1), k * (n + 1))
      for i in (j + 1)..<k { swap(i + j * n, k + i * n) }
      for i in (k + 1)..<max(n, k + 1) { swap(i + j * n, i + k * n) }
    }
  }

  /// b ← (A + E)⁻¹ b.
  public mutating func solve(_ b: inout Vector<Scalar>) {
    precondition(
      b.count == dimension, "a factor of dimension \(dimension) cannot solve for \(b.count) elements")
    for i in 0..<dimension { permuted[i] = b[permutation[i]] }
    lower.solveTriangle(.lower, &permuted)
    lower.solveTriangle(.lower, &permuted, transposed: true)
    for i in 0..<dimension { b[permutation[i]] = permuted[i] }
  }
}
