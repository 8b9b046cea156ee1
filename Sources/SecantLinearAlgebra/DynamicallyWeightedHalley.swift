import RealModule

/// The polar factor by dynamically weighted Halley iterations, QDWH: to rounding for any condition, from products,
/// QR and Cholesky factorisations alone.
///
/// X ← G/α, and until X rests X ← X(aI + bXᵀX)(I + cXᵀX)⁻¹, which maps every singular value σ to σ(a + bσ²)/(1 + cσ²). The
/// weights are the ones that raise the least singular value most, given its lower bound ℓ, and ℓ ← ℓ(a + bℓ²)/(1 + cℓ²).
/// Where c > 100, a step is taken by the QR factorisation (√c X; I) = (Q₁; Q₂)R,
/// X ← (b/c)X + (a − b/c)/√c Q₁Q₂ᵀ, and where it is not, by the Cholesky factorisation I + cXᵀX = LLᵀ,
/// X ← (b/c)X + (a − b/c)XL⁻ᵀL⁻¹.
///
/// α is ‖G‖₂ and ℓ at first a third of 1/(α‖R⁻¹‖₂) for G = QR, both norms by a few steps of the power method. An ℓ that is
/// no bound costs further steps and nothing else, for X has to show that it rests: ‖XᵀX − I‖ is looked at before each step
/// by Cholesky. On a tall G the iteration is over R, whose polar factor is multiplied by Q; a wide G is transposed.
///
/// - **Demands**: G of the shape given in `init`.
/// - **Memory**: six matrices of G's shape and nine of its smaller side squared, or so, and LAPACK's work arrays, allocated in
///   `init`.
/// - **Work per step**: for k ≤ l the sides of G, 10k³ flops for an iteration by QR and 4k³ for one by Cholesky on a square,
///   4lk² more on rectangles: two by QR and four by Cholesky where the condition is 1/ε, one and three or four below 10⁴.
/// - **Guarantees**: UᵀU = I and G = UH to c ε, for a symmetric positive semidefinite H. A G of rank r < k has many polar
///   factors: the one found has rank k or so, with whatever rounding put into the null space made orthonormal. Zero
///   gives zero.
/// - **Reference**: Nakatsukasa, Bai and Gygi, *SIAM J. Matrix Anal. Appl.* 31 (2010) 2700–2720; Nakatsukasa and Higham,
///   *SIAM J. Sci. Comput.* 35 (2013).
///
/// | paper | here |
/// | --- | --- |
/// | Xₖ, Uₚ | `x` |
/// | ℓₖ, α | `ℓ`, `norm` |
/// | (√c X; I), Q₁ over Q₂ | `stack` |
/// | Z = I + cXᵀX, W | `gram` |
public struct DynamicallyWeightedHalley<Scalar: LAPACKScalar>: Workspace {
  /// The sides of G.
  public let shape: MatrixShape
  /// Iterations of the last factor by QR.
  public private(set) var stepsByQR = 0
  /// Iterations of the last factor by Cholesky.
  public private(set) var stepsByCholesky = 0
  /// ℓ before the first iteration of the last factor: about a third of the least singular value over the greatest.
  public private(set) var bound: Scalar = 0

  /// G, with at least as many rows as columns.
  private var tall: Matrix<Scalar>
  private var first: QR<Scalar>
  private var x: Matrix<Scalar>
  /// R, and later XL⁻ᵀL⁻¹.
  private var other: Matrix<Scalar>
  private var gram: Matrix<Scalar>
  private var stack: Matrix<Scalar>
  private var stacked: QR<Scalar>
  private var v: Vector<Scalar>
  private var w: Vector<Scalar>

  public init(rows: Int, columns: Int) { self.init(shape: MatrixShape(rows: rows, columns: columns)) }

  public init(shape: MatrixShape) {
    self.shape = shape
    let (k, l) = (min(shape.rows, shape.columns), max(shape.rows, shape.columns))
    tall = Matrix(zeros: l, k)
    first = QR(rows: l, columns: k)
    x = Matrix(zeros: k, k)
    (other, gram) = (x, x)
    stack = Matrix(zeros: 2 * k, k)
    stacked = QR(rows: 2 * k, columns: k)
    v = Vector(zeros: k)
    w = v
  }

  /// Puts the polar factor of G in its place; G is what it was where there is none.
  public mutating func orthogonalise(_ g: inout Matrix<Scalar>) -> FactorisationFailure? {
    if let failure = prepare(g) ?? iterate() { return failure }
    store(into: &g)
    return nil
  }

  /// X₀ = G/α, or R/α, and ℓ₀.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func prepare(_ g: Matrix<Scalar>) -> FactorisationFailure? {
    precondition(
      g.rows == shape.rows && g.columns == shape.columns,
      "a workspace for \(shape.rows) × \(shape.columns) was given a matrix of \(g.rows) × \(g.columns)")
    let k = x.rows
    (stepsByQR, stepsByCholesky, bound) = (0, 0, 0)
    if shape.rows < shape.columns {
      for j in 0..<k { for i in 0..<tall.rows { tall[i, j] = g[j, i] } }
    } else {
      tall.copy(g)
    }
    // By a power of two, so that no square overflows or vanishes.
    let largest = tall.elements.largestMagnitude
    guard largest.isFinite else { return .nonFinite }
    if largest > 0 {
      let exponent = min(-largest.exponent, Scalar.greatestFiniteMagnitude.exponent)
      tall.scale(by: Scalar(sign: .plus, exponent: exponent, significand: 1))
    }
    if let failure = first.factor(tall) { return failure }
    first.copyUpper(into: &other)
    if shape.rows == shape.columns { x.copy(tall) } else { x.copy(other) }
    let norm = estimatedNorm { halley in
      halley.x.multiply(halley.v, into: &halley.w)
      halley.x.multiplyTransposed(halley.w, into: &halley.v)
      return halley.w.norm
    }
    guard norm > 0 else { return nil }
    // Not finite where R is singular.
    let ofInverse = estimatedNorm { halley in
      halley.other.solveTriangle(.upper, &halley.v, transposed: true)
      defer { halley.other.solveTriangle(.upper, &halley.v) }
      return halley.v.norm
    }
    bound = ofInverse.isFinite ? min(1, 1 / (3 * norm * ofInverse)) : 0
    x.scale(by: 1 / norm)
    return nil
  }

  /// ‖A‖₂ from below, by the power method: `power` makes v to AᵀAv and returns ‖Av‖.
  @inline(__always) private mutating func estimatedNorm(_ power: (inout Self) -> Scalar) -> Scalar {
    // A direction that no singular vector is at right angles to, as good as surely.
    var generator = RandomGenerator(seed: 0)
    generator.fillNormal(&v)
    var norm: Scalar = 1
    // More would change the estimate by a few hundredths.
    for _ in 0..<5 where norm > 0 {
      v.scale(by: 1 / v.norm)
      norm = power(&self)
    }
    return norm
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func iterate() -> FactorisationFailure? {
    guard x.elements.largestMagnitude > 0 else { return nil }
    var ℓ = max(Double(bound), Double(Scalar.ulpOfOne))
    // Six are enough where ℓ is a bound.
    for _ in 0..<20 {
      let (a, b, c) = Self.weights(ℓ)
      if c > 100 {
        if let failure = stepByQR(a, b, c) { return failure }
      } else {
        gram.setGram(x, transposed: true)
        // What is off by δ before is so by δ³ after.
        let rests = distanceOfGram() < Double.root(5 * Double(Scalar.ulpOfOne), 3)
        if let failure = stepByCholesky(a, b, c) { return failure }
        if rests { return nil }
      }
      ℓ = min(1, ℓ * (a + b * ℓ * ℓ) / (1 + c * ℓ * ℓ))
    }
    return .notConverged(count: x.rows)
  }

  /// ‖XᵀX − I‖_F by the lower triangle of XᵀX.
  private func distanceOfGram() -> Double {
    var sum = 0.0
    for j in 0..<gram.columns {
      sum += (Double(gram[j, j]) - 1) * (Double(gram[j, j]) - 1)
      for i in j + 1..<max(j + 1, gram.rows) { sum += 2 * Double(gram[i, j] * gram[i, j]) }
    }
    return sum.squareRoot()
  }

  /// a, b and c of the greatest least singular value, for singular values from ℓ to 1.
  private static func weights(_ ℓ: Double) -> (a: Double, b: Double, c: Double) {
    let square = ℓ * ℓ
    let d = Double.root(4 * (1 - square) / (square * square), 3)
    let root = (1 + d).squareRoot()
    let a = root + (8 - 4 * d + 8 * (2 - square) / (square * root)).squareRoot() / 2
    let b = (a - 1) * (a - 1) / 4
    return (a, b, a + b - 1)
  }

  private mutating func stepByQR(_ a: Double, _ b: Double, _ c: Double) -> FactorisationFailure? {
    let k = x.rows
    let root = Scalar(c.squareRoot())
    for j in 0..<k {
      for i in 0..<k {
        stack[i, j] = root * x[i, j]
        stack[k + i, j] = i == j ? 1 : 0
      }
    }
    if let failure = stacked.factor(stack) { return failure }
    stacked.formOrthogonal(into: &stack)
    stack.readPointer { q in
      x.writePointer { x in
        Scalar._gemm(
          false, true, k, k, k, Scalar((a - b / c) / c.squareRoot()), q, 2 * k, q + k, 2 * k, Scalar(b / c),
          x, k)
      }
    }
    stepsByQR += 1
    return nil
  }

  /// `gram` holds XᵀX.
  private mutating func stepByCholesky(_ a: Double, _ b: Double, _ c: Double) -> FactorisationFailure? {
    gram.scale(by: Scalar(c))
    gram.addToDiagonal(1)
    let k = x.rows
    let info = gram.writePointer { Scalar._potrf(k, $0, k) }
    if info > 0 { return .notPositiveDefinite(leadingMinor: info) }
    other.copy(x)
    gram.solveTriangle(.lower, &other, transposed: true, onRight: true)
    gram.solveTriangle(.lower, &other, onRight: true)
    x.scale(by: Scalar(b / c))
    x.add(other, times: Scalar(a - b / c))
    stepsByCholesky += 1
    return nil
  }

  /// U = X on a square, QX on a tall G, (QX)ᵀ on a wide one.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  mutating func store(into result: inout Matrix<Scalar>) {
    if shape.rows == shape.columns { return result.copy(x) }
    first.formOrthogonal(into: &tall)
    if shape.rows > shape.columns {
      result.setProduct(tall, x)
    } else {
      result.setProduct(x, tall, transposingFirst: true, transposingSecond: true)
    }
  }
}
