/// The Bunch–Kaufman factorisation of a symmetric matrix, definite or not.
///
/// P A Pᵀ = L D Lᵀ with unit lower triangular L and blocks of order one and two in D; by Sylvester's law A has
/// as many positive, negative and zero eigenvalues as D.
///
/// - **Demands**: symmetric A, of which the lower triangle alone is read.
/// - **Memory**: n² scalars and LAPACK's work array, allocated in `init`.
/// - **Work per step**: n³/3 flops to factor, 2n² to solve.
/// - **Guarantees**: backward stable for every symmetric A. In exact arithmetic the inertia is that of A; in
///   floating point an eigenvalue within rounding of zero may be counted on either side of it.
/// - **Reference**: Bunch and Kaufman, Math. Comp. 31 (1977); LAPACK `sytrf`, `sytrs`.
public struct BunchKaufman<Scalar: LAPACKScalar>: Workspace {
  /// n, for which it was allocated.
  public let dimension: Int
  private var factors: [Scalar]
  private var pivots: [Int32]
  private var work: [Scalar]
  private var state = State.empty
  /// The order of the matrix that was factored.
  private var order = 0

  private enum State { case empty, singular, regular }

  public init(dimension n: Int) {
    precondition(n >= 0, "a matrix cannot have dimension \(n)")
    dimension = n
    factors = Array(repeating: 0, count: n * n)
    pivots = Array(repeating: 0, count: n)
    var answer: Scalar = 0
    _ = Scalar._sytrf(n, &factors, max(n, 1), &pivots, &answer, -1)
    work = Array(repeating: 0, count: workCount(answer))
  }

  public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  public var shape: MatrixShape { MatrixShape(square: dimension) }

  /// The flops of one factorisation: n³/3.
  public static func flops(_ n: Int) -> Int { n * n * n / 3 }

  /// Factors A; after `.singular`, which an exactly zero block of D causes, the inertia can still be asked for.
  ///
  /// - Parameters:
  ///   - a: A, of the dimension of this workspace.
  ///   - order: how many of its first rows and columns are the matrix to factor, by default all: solves then leave the
  ///     elements behind them as they are.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(_ a: Matrix<Scalar>, order: Int? = nil) -> FactorisationFailure? {
    let (n, k) = (dimension, order ?? dimension)
    precondition(
      a.rows == n && a.columns == n,
      "a workspace of dimension \(n) was given a matrix of \(a.rows) × \(a.columns)")
    precondition(k >= 0 && k <= n, "the first \(k) rows of \(n) cannot be factored")
    state = .empty
    self.order = k
    guard copyLowerTriangle(of: a, into: &factors, order: k) else { return .nonFinite }
    let info = Scalar._sytrf(k, &factors, max(n, 1), &pivots, &work, work.count)
    for j in 0..<k where !factors[j * (n + 1)].isFinite { return .nonFinite }
    state = info > 0 ? .singular : .regular
    return info > 0 ? .singular(at: info - 1) : nil
  }

  /// How many eigenvalues lie on each side of zero.
  public struct Inertia: Hashable, Sendable {
    /// Eigenvalues above zero.
    public var positive = 0
    /// Eigenvalues below zero.
    public var negative = 0
    /// Eigenvalues that count as zero.
    public var zero = 0

    public init(positive: Int = 0, negative: Int = 0, zero: Int = 0) {
      self.positive = positive
      self.negative = negative
      self.zero = zero
    }
  }

  /// The inertia of D, its eigenvalues of at most `tolerance` in magnitude counted as zero.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func inertia(tolerance: Scalar = 0) -> Inertia {
    precondition(state != .empty, "there is no inertia: factor a finite matrix first")
    var result = Inertia()
    func count(_ λ: Scalar) {
      if abs(λ) <= tolerance {
        result.zero += 1
      } else if λ > 0 {
        result.positive += 1
      } else {
        result.negative += 1
      }
    }
    var k = 0
    while k < order {
      let d = factors[k * (dimension + 1)]
      if pivots[k] > 0 {
        count(d)
        k += 1
      } else {
        let (offDiagonal, e) = (factors[k * (dimension + 1) + 1], factors[(k + 1) * (dimension + 1)])
        // The eigenvalues of [d o; o e], the one of greater magnitude first: the other by the determinant.
        let mean = d / 2 + e / 2
        let radius = Scalar.hypot(d / 2 - e / 2, offDiagonal)
        let greater = mean < 0 ? mean - radius : mean + radius
        count(greater)
        count(greater == 0 ? 0 : (d / greater) * e - (offDiagonal / greater) * offDiagonal)
        k += 2
      }
    }
    return result
  }

  /// Makes A positive definite by its blocks: an eigenvalue λ of D becomes max(λ, δ), or max(|λ|, δ).
  ///
  /// This is the modified factorisation of Cheng and Higham, after a ``factor(_:)`` that may have found A singular:
  /// P(A + E)Pᵀ = L(D + F)Lᵀ, so that ‖E‖₂ ≤ ‖L‖₂² ‖F‖₂.
  ///
  /// - Parameters:
  ///   - δ: the least eigenvalue that a block keeps, positive and finite.
  ///   - magnitudes: whether a negative eigenvalue becomes its magnitude and not δ.
  /// - Reference: Cheng and Higham, *SIAM J. Matrix Anal. Appl.* 19 (1998) 1097–1110.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func raiseBlocks(to δ: Scalar, takingMagnitudes magnitudes: Bool = false) {
    precondition(state != .empty, "there are no blocks to raise: factor a finite matrix first")
    precondition(δ > 0 && δ.isFinite, "the least eigenvalue is \(δ): choose a positive finite one")
    func raised(_ λ: Scalar) -> Scalar { max(magnitudes ? abs(λ) : λ, δ) }
    var k = 0
    while k < order {
      let first = k * (dimension + 1)
      if pivots[k] > 0 {
        factors[first] = raised(factors[first])
        k += 1
      } else {
        let second = first + dimension + 1
        let (d, o, e) = (factors[first], factors[first + 1], factors[second])
        // The rotation by which [d o; o e] is diagonal: t is its tangent.
        let ratio = (e / 2 - d / 2) / o
        let t = (ratio < 0 ? -1 : 1) / (abs(ratio) + Scalar.hypot(1, ratio))
        let cosine = 1 / Scalar.hypot(1, t)
        let sine = t * cosine
        let (λ, μ) = (raised(d - t * o), raised(e + t * o))
        factors[first] = cosine * cosine * λ + sine * sine * μ
        factors[second] = sine * sine * λ + cosine * cosine * μ
        // The solver divides by what stands beside the diagonal: a zero there becomes a rounding.
        let beside = cosine * sine * (μ - λ)
        let rounding = Scalar.ulpOfOne * min(λ, μ)
        factors[first + 1] = abs(beside) > rounding ? beside : rounding
        k += 2
      }
    }
    state = .regular
  }

  /// b ← A⁻¹ b.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func solve(_ b: inout Vector<Scalar>) {
    precondition(
      state == .regular, "there is nothing to solve with: factor a matrix first, and look at its failure")
    precondition(
      b.count == dimension, "a factor of dimension \(dimension) cannot solve for \(b.count) elements")
    let lda = max(dimension, 1)
    b.writePointer { _ = Scalar._sytrs(order, 1, factors, lda, pivots, $0, lda) }
  }
}

/// Copies the lower triangle of a square matrix, or of its first rows and columns, and says whether all of it was finite.
@inlinable func copyLowerTriangle<Scalar: LAPACKScalar>(
  of a: Matrix<Scalar>, into b: UnsafeMutablePointer<Scalar>, order: Int? = nil
) -> Bool {
  let n = a.rows
  let k = order ?? n
  return a.readPointer { a in
    for j in 0..<k {
      guard allFinite(a + j * (n + 1), count: k - j) else { return false }
      (b + j * (n + 1)).update(from: a + j * (n + 1), count: k - j)
    }
    return true
  }
}
