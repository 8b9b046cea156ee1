/// Orthogonalisation by odd polynomials: pushes every singular value of a matrix towards one.
///
/// X ← G / (s‖G‖_F + ε), then for each step A = X Xᵀ, X ← (aI + bA + cA²) X, which maps every singular value
/// σ to aσ + bσ³ + cσ⁵ and leaves the singular vectors alone. Works on the smaller side; A is formed by `syrk`,
/// A² too since A is symmetric, and the product by `symm`, which together cost about two thirds of general products on a square.
///
/// Where the longer side is at least twice the shorter one, the steps are taken on the small matrices alone: all polynomials
/// in A commute, so that X ends as QX with Q ← PQ, P = aI + bA + cA², and A ← AP² along with it.
///
/// - **Demands**: G of the shape given in `init`.
/// - **Memory**: two matrices of G's shape and two of its smaller side squared, on long rectangles five, allocated in `init`.
/// - **Work per step**: k²(3l + k) flops for k ≤ l the sides of G, nominally, with the symmetry used; on long rectangles
///   6k³, and 3lk² for all steps together.
/// - **Guarantees**: a zero matrix gives zero. What the singular values end as depends on the schedule: Jordan's
///   does *not* converge to 1, see `papers/newton-schulz.md`. The norm of G is taken without overflow.
/// - **Reference**: Jordan et al., *Muon: an optimizer for hidden layers in neural networks*, 2024.
///
/// | paper | here |
/// | --- | --- |
/// | X | `x`, its next value in `y` |
/// | A | `a`, mirrored to both triangles |
/// | B + aI | `p`, lower triangle |
/// | Q | `q` |
public struct NewtonSchulz<Scalar: LAPACKScalar>: Workspace {
  /// The sides of G.
  public let shape: MatrixShape
  private var x: [Scalar]
  private var y: [Scalar]
  private var a: [Scalar]
  private var p: [Scalar]
  // On long rectangles only.
  private var q: [Scalar]
  private var r: [Scalar]
  private var s: [Scalar]

  public init(rows: Int, columns: Int) { self.init(shape: MatrixShape(rows: rows, columns: columns)) }

  public init(shape: MatrixShape) {
    self.shape = shape
    let k = min(shape.rows, shape.columns)
    x = Array(repeating: 0, count: shape.rows * shape.columns)
    y = x
    a = Array(repeating: 0, count: k * k)
    p = a
    q = Self.stepsOnGram(shape) ? a : []
    r = q
    s = q
  }

  /// Whether the rectangle is long enough for steps on its Gram matrix to be cheaper.
  private static func stepsOnGram(_ shape: MatrixShape) -> Bool {
    max(shape.rows, shape.columns) >= 2 * min(shape.rows, shape.columns)
  }

  /// The flops of so many steps on a matrix of this shape.
  public static func flops(rows: Int, columns: Int, steps: Int) -> Int {
    let (k, l) = (min(rows, columns), max(rows, columns))
    return stepsOnGram(MatrixShape(rows: rows, columns: columns))
      ? k * k * (3 * l + (6 * steps - 5) * k) : steps * k * k * (3 * l + k)
  }

  /// Writes the orthogonalised G into `result`, both column-major with `shape`'s sides; they may be the same
  /// memory.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func orthogonalise(
    _ g: UnsafeBufferPointer<Scalar>, into result: UnsafeMutableBufferPointer<Scalar>,
    by schedule: NewtonSchulzSchedule = .jordan
  ) -> FactorisationFailure? {
    precondition(
      g.count == x.count && result.count == x.count,
      "a workspace for \(shape.rows) × \(shape.columns) was given \(g.count) and \(result.count) elements")
    guard let source = g.baseAddress, let destination = result.baseAddress else { return nil }
    let norm = Scalar._nrm2(g.count, source)
    guard norm.isFinite else { return .nonFinite }

    let scale = max(norm * Scalar(schedule.normFactor) + Scalar(schedule.ε), .leastNormalMagnitude)
    for i in x.indices { x[i] = source[i] / scale }
    if Self.stepsOnGram(shape) { stepOnGram(schedule.steps) } else { step(schedule.steps) }
    for i in x.indices { destination[i] = x[i] }
    return nil
  }

  /// X ← P X for each polynomial.
  @inline(__always) private mutating func step(_ polynomials: [NewtonSchulzSchedule.Polynomial]) {
    for polynomial in polynomials {
      formGram()
      formPolynomial(polynomial)
      multiply(by: p)
    }
  }

  /// X ← Q X, where Q is the product of the polynomials.
  ///
  /// Where an eigenvalue of A is near zero, its rounding grows with a² from step to step: before it reaches a hundredth, X
  /// is multiplied by what Q is by then, and A formed anew.
  @inline(__always) private mutating func stepOnGram(_ polynomials: [NewtonSchulzSchedule.Polynomial]) {
    let k = min(shape.rows, shape.columns)
    var error = Scalar.infinity
    for (i, polynomial) in polynomials.enumerated() {
      let begins = error > 1 / 100
      if begins {
        if i > 0 { multiply(by: q) }
        formGram()
        error = .ulpOfOne
      }
      formPolynomial(polynomial)
      p.withUnsafeMutableBufferPointer { mirrorLower($0.baseAddress!, k) }
      if begins {
        for j in q.indices { q[j] = p[j] }
      } else {
        Scalar._symm(true, k, k, 1, p, k, q, k, 0, &r, k)
        swap(&q, &r)
      }
      error *= Scalar(polynomial.a * polynomial.a)
      if i + 1 == polynomials.count { return multiply(by: q) }
      if error > 1 / 100 { continue }
      Scalar._syrk(false, k, k, 1, p, k, 0, &s, k)
      Scalar._symm(true, k, k, 1, s, k, a, k, 0, &r, k)
      swap(&a, &r)
      a.withUnsafeMutableBufferPointer { mirrorLower($0.baseAddress!, k) }
    }
  }

  /// A ← X Xᵀ on the smaller side.
  @inline(__always) private mutating func formGram() {
    let (m, n) = (shape.rows, shape.columns)
    let k = min(m, n)
    Scalar._syrk(m > n, k, max(m, n), 1, x, m, 0, &a, k)
    a.withUnsafeMutableBufferPointer { mirrorLower($0.baseAddress!, k) }
  }

  /// P ← aI + bA + cA².
  @inline(__always) private mutating func formPolynomial(_ polynomial: NewtonSchulzSchedule.Polynomial) {
    let k = min(shape.rows, shape.columns)
    for i in p.indices { p[i] = a[i] }
    Scalar._syrk(false, k, k, Scalar(polynomial.c), a, k, Scalar(polynomial.b), &p, k)
    for i in 0..<k { p[i * (k + 1)] += Scalar(polynomial.a) }
  }

  /// X ← S X, or X S on a tall X, for a symmetric S.
  @inline(__always) private mutating func multiply(by s: [Scalar]) {
    let (m, n) = (shape.rows, shape.columns)
    Scalar._symm(m <= n, m, n, 1, s, min(m, n), x, m, 0, &y, m)
    swap(&x, &y)
  }

  /// Orthogonalises G in place.
  public mutating func orthogonalise(
    _ g: inout Matrix<Scalar>, by schedule: NewtonSchulzSchedule = .jordan
  ) -> FactorisationFailure? {
    precondition(
      g.rows == shape.rows && g.columns == shape.columns,
      "a workspace for \(shape.rows) × \(shape.columns) was given a matrix of \(g.rows) × \(g.columns)")
    return g.withUnsafeMutableBufferPointer { orthogonalise(UnsafeBufferPointer($0), into: $0, by: schedule) }
  }
}

/// The polynomials of a Newton–Schulz iteration and how it normalises, as data.
public struct NewtonSchulzSchedule: Hashable, Sendable, Codable {
  /// σ ← aσ + bσ³ + cσ⁵.
  public struct Polynomial: Hashable, Sendable, Codable {
    /// The coefficients of σ, σ³ and σ⁵.
    public var a, b, c: Double

    public init(_ a: Double, _ b: Double, _ c: Double) {
      self.a = a
      self.b = b
      self.c = c
    }
  }

  /// The polynomials, in the order in which they are applied.
  public var steps: [Polynomial]
  /// s in G / (s‖G‖_F + ε); above 1 it is a margin against rounding.
  public var normFactor: Double
  /// ε in G / (s‖G‖_F + ε); matrices much smaller than it stay small.
  public var ε: Double

  public init(_ steps: [Polynomial], normFactor: Double = 1, ε: Double = 1e-7) {
    self.steps = steps
    self.normFactor = normFactor
    self.ε = ε
  }

  /// Muon's five steps (Jordan 2024): fast, into a band around 1, never converging.
  public static let jordan = jordan(steps: 5)

  /// Jordan's polynomial applied so many times; more than five do not bring it nearer to 1.
  public static func jordan(steps: Int) -> Self {
    Self(Array(repeating: Polynomial(3.4445, -4.7750, 2.0315), count: steps))
  }

  /// Dion's five steps (Ahn et al., 2504.05295, authors' code).
  public static let dion = Self([
    Polynomial(4.0848, -6.8946, 2.9270), Polynomial(3.9505, -6.3029, 2.6377),
    Polynomial(3.7418, -5.5913, 2.3037), Polynomial(2.8769, -3.1427, 1.2046),
    Polynomial(2.8366, -3.0525, 1.2012),
  ])

  /// Polar Express (Amsel et al., 2505.16932): minimax polynomials for σ in [1e-3, 1].
  ///
  /// With `safety`, as the paper's code has it: all polynomials but the table's last are those of σ/1.01, and
  /// the norm is taken 1.01 times larger.
  public static func polarExpress(steps: Int, safety: Bool = true) -> Self {
    let table = [
      Polynomial(8.28721201814563, -23.595886519098837, 17.300387312530933),
      Polynomial(4.107059111542203, -2.9478499167379106, 0.5448431082926601),
      Polynomial(3.9486908534822946, -2.908902115962949, 0.5518191394370137),
      Polynomial(3.3184196573706015, -2.488488024314874, 0.51004894012372),
      Polynomial(2.300652019954817, -1.6689039845747493, 0.4188073119525673),
      Polynomial(1.891301407787398, -1.2679958271945868, 0.37680408948524835),
      Polynomial(1.8750014808534479, -1.2500016453999487, 0.3750001645474248),
    ]
    let s = safety ? 1.01 : 1
    let safe = table.map { Polynomial($0.a / s, $0.b / (s * s * s), $0.c / (s * s * s * s * s)) }
    let last = Polynomial(1.875, -1.25, 0.375)
    return Self((0..<steps).map { $0 < safe.count ? safe[$0] : last }, normFactor: s)
  }

  /// The classical iteration of third order in σ: slow from small σ, convergent from σ < √3.
  public static func cubic(steps: Int) -> Self {
    Self(Array(repeating: Polynomial(1.5, -0.5, 0), count: steps))
  }

  /// The classical iteration of fifth order in σ.
  public static func quintic(steps: Int) -> Self {
    Self(Array(repeating: Polynomial(1.875, -1.25, 0.375), count: steps))
  }
}
