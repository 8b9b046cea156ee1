import Secant
import SecantProblems

// The classes that the theorems are about, each with a constructor that makes its constants known.

/// Smooth and convex: f(x) = ½(x − x*)ᵀD(x − x*) + Σⱼ [ln cosh tⱼ − ln cosh tⱼ* − tanh tⱼ*(tⱼ − tⱼ*)] with t = Ax.
///
/// f* = 0 at x*. The Hessian is D + AᵀSA with S = diag(1 − tanh² t), which lies between D and D + AᵀA: L is the greatest
/// eigenvalue of the latter, reached at 0, and μ at least the least of D.
struct LogCosh: TwiceDifferentiableObjective, Sendable {
  let rows: Matrix<Double>
  let diagonal: Vector<Double>
  let minimiser: Vector<Double>
  /// t*.
  let t: Vector<Double>

  init(rows: Matrix<Double>, diagonal: Vector<Double>, minimiser: Vector<Double>) {
    (self.rows, self.diagonal, self.minimiser) = (rows, diagonal, minimiser)
    var t = Vector<Double>(zeros: rows.rows)
    rows.multiply(minimiser, into: &t)
    self.t = t
  }

  /// With m rows of n normal numbers, over √m.
  init(_ m: Int, _ n: Int, diagonal: Vector<Double>, from generator: inout RandomGenerator) {
    self.init(
      rows: generator.normalMatrix(m, n, times: 1 / Double(m).squareRoot()), diagonal: diagonal,
      minimiser: generator.normals(n))
  }

  var dimension: Int? { minimiser.count }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let d = x - minimiser
    gradient.set(diagonal, multipliedBy: d)
    var value = gradient.dot(d) / 2
    var s = Vector<Double>(zeros: t.count)
    rows.multiply(x, into: &s)
    for j in t.indices {
      let slope = Double.tanh(t[j])
      value += lnCosh(s[j]) - lnCosh(t[j]) - slope * (s[j] - t[j])
      s[j] = Double.tanh(s[j]) - slope
    }
    rows.multiply(s, into: &gradient, adding: 1, transposed: true)
    return value
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    var s = Vector<Double>(zeros: t.count)
    rows.multiply(x, into: &s)
    setHessian(&hessian, rows, weights: Vector(s.map { 1 - Double.tanh($0) * Double.tanh($0) }), diagonal)
  }

  private func lnCosh(_ t: Double) -> Double {
    abs(t) + Double.log(onePlus: Double.exp(-2 * abs(t))) - Double.log(2)
  }
}

/// H ← diag(d) + Aᵀ diag(w) A.
private func setHessian(
  _ H: inout Matrix<Double>, _ A: Matrix<Double>, weights w: Vector<Double>, _ d: Vector<Double>
) {
  H.fill(with: 0)
  for j in 0..<A.rows { H.addSymmetricOuter(Vector((0..<A.columns).map { A[j, $0] }), times: w[j]) }
  for i in d.indices { H[i, i] += d[i] }
  H.mirrorLowerTriangle()
}

/// A function whose minimiser is known, and its curvatures.
protocol KnownMinimiser: TwiceDifferentiableObjective
where Scalar == Double, Failure == Never, Domain == WholeSpace {
  var minimiser: Vector<Double> { get }
}

extension LogCosh: KnownMinimiser {}
extension Quadratic: KnownMinimiser where Scalar == Double {}

/// Strongly convex: quadratics, and log cosh with a quadratic of the curvature μ.
func stronglyConvex(
  _ seed: UInt64, least μ: Double
) -> [(f: any KnownMinimiser, name: String, curvatures: ClosedRange<Double>)] {
  let quadratics = [10.0, 100, 1000].enumerated().map { i, κ in
    (
      f: Quadratic<Double>(dimension: 12, conditionNumber: κ, seed: seed &+ UInt64(i)) as any KnownMinimiser,
      name: "a quadratic of 12 variables, κ = \(Numerals.count(κ))", curvatures: 1...κ
    )
  }
  return quadratics
    + members(3, seed) { generator, _ in
      let f = LogCosh(12, 8, diagonal: Vector(repeating: μ, count: 8), from: &generator)
      let L = f.spectrum(at: Vector(zeros: 8)).upperBound
      return (f: f, name: "log cosh and a quadratic, κ = \(Numerals.short(L / μ))", curvatures: μ...L)
    }
}

extension TheoremRun {
  /// Notes an objection where the curvatures at the start or at the minimiser lie beyond the theorem's.
  mutating func require(
    _ f: some KnownMinimiser, curvesWithin range: ClosedRange<Double>, from x₀: Vector<Double>
  ) {
    for x in [x₀, f.minimiser] {
      let spectrum = f.spectrum(at: x)
      require(
        spectrum.lowerBound >= range.lowerBound * (1 - 1e-9)
          && spectrum.upperBound <= range.upperBound * (1 + 1e-9),
        "the Hessian’s eigenvalues lie in [\(Numerals.short(range.lowerBound)), \(Numerals.short(range.upperBound))]"
      )
    }
  }
}

/// Drori and Teboulle's worst function for gradient descent: L‖x‖²/2 within a ball of radius τ, and a cone around it.
struct HuberBall: DifferentiableObjective, Sendable {
  let L, τ: Double

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let norm = x.norm
    gradient.set(x, times: norm <= τ ? L : L * τ / norm)
    return norm <= τ ? L / 2 * norm * norm : L * τ * (norm - τ / 2)
  }
}

/// x² + 3 sin² x: not convex, but ½f′² ≥ μ(f − f*) with μ = 1/32, and L = 8.
struct Wavy: DifferentiableObjective, Sendable {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let sine = Double.sin(x[0])
    gradient[0] = 2 * x[0] + 3 * Double.sin(2 * x[0])
    return x[0] * x[0] + 3 * sine * sine
  }
}

/// Smooth and not convex: f(x) = ½xᵀDx + Σ cᵢ(1 − cos xᵢ) + ½(aᵀx)², with f* = 0 at 0.
///
/// The Hessian lies between −(D + aaᵀ + diag c) and the same with another sign, and aaᵀ is at most diag(|aᵢ|‖a‖₁): f is
/// smooth with Lᵢ = Dᵢ + cᵢ + |aᵢ|‖a‖₁ for each coordinate.
struct Waves: DifferentiableObjective, Sendable {
  let D, c, a: Vector<Double>

  init(_ n: Int, from generator: inout RandomGenerator) {
    D = Vector((0..<n).map { _ in 0.1 * generator.uniform() })
    c = Vector((0..<n).map { _ in Double.pow(10, 2 * generator.uniform() - 1) })
    a = 0.3 * generator.normals(n)
  }

  /// L₁, …, Lₙ.
  var smoothness: Vector<Double> {
    let sum = a.map { abs($0) }.reduce(0, +)
    return Vector(a.indices.map { D[$0] + c[$0] + abs(a[$0]) * sum })
  }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let s = a.dot(x)
    var value = s * s / 2
    for i in x.indices {
      let sine = Double.sin(x[i] / 2)
      value += D[i] * x[i] * x[i] / 2 + 2 * c[i] * sine * sine
      gradient[i] = D[i] * x[i] + c[i] * Double.sin(x[i]) + a[i] * s
    }
    return value
  }
}

/// (1 + x²)^(−p/2), which falls for ever with a gradient that hardly shrinks: L = p, where p is at most 1, and the infimum is 0.
struct Hill: DifferentiableObjective, Sendable {
  let p: Double

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let value = Double.pow(1 + x[0] * x[0], -p / 2)
    gradient[0] = -p * x[0] * value / (1 + x[0] * x[0])
    return value
  }
}

/// max |xᵢ|, with the subgradient of the first of the greatest.
struct LargestMagnitude: DifferentiableObjective, Sendable {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let value = x.largestMagnitude
    gradient.fill(with: 0)
    if let i = x.firstIndex(where: { abs($0) == value }) { gradient[i] = x[i] < 0 ? -1 : 1 }
    return value
  }
}

/// Lessard, Recht and Packard's function with f″ = 25, 1 and 25 on three intervals: μ = 1, L = 25, and x* = 0.
struct ThreePieces: DifferentiableObjective, Sendable {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    let x = x[0]
    if x < 1 {
      gradient[0] = 25 * x
      return 12.5 * x * x
    } else if x < 2 {
      gradient[0] = x + 24
      return x * x / 2 + 24 * x - 12
    }
    gradient[0] = 25 * x - 24
    return 12.5 * x * x - 24 * x + 36
  }
}

/// Smooth with a minimum at 0 that is not symmetric: f(x) = ½μ‖x‖² + Σⱼ (exp tⱼ − 1 − tⱼ) with t = Ax.
///
/// Its gradient keeps all digits near 0, so that errors far below rounding can be told apart.
struct ExponentialSum: TwiceDifferentiableObjective, Sendable {
  let rows: Matrix<Double>
  let μ: Double

  var dimension: Int? { rows.columns }

  private func exponents(_ x: Vector<Double>) -> Vector<Double> {
    var t = Vector<Double>(zeros: rows.rows)
    rows.multiply(x, into: &t)
    return t
  }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var t = exponents(x)
    gradient.set(x, times: μ)
    var value = μ / 2 * x.squaredNorm
    for j in t.indices {
      let slope = Double.expMinusOne(t[j])
      // The difference where it keeps its digits, the series elsewhere.
      value +=
        abs(t[j]) > 1e-3 ? slope - t[j] : t[j] * t[j] * (1 / 2 + t[j] / 6 + t[j] * t[j] / 24 * (1 + t[j] / 5))
      t[j] = slope
    }
    rows.multiply(t, into: &gradient, adding: 1, transposed: true)
    return value
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    setHessian(
      &hessian, rows, weights: Vector(exponents(x).map { Double.exp($0) }),
      Vector(repeating: μ, count: x.count))
  }

  /// M with ‖∇²f(x) − ∇²f(y)‖ ≤ M‖x − y‖ in the ball of radius r.
  func hessianConstant(within r: Double) -> Double {
    (0..<rows.rows).map { j in
      let norm = Vector((0..<rows.columns).map { rows[j, $0] }).norm
      return norm * norm * norm * Double.exp(norm * r)
    }.reduce(0, +)
  }
}

/// Self-concordant: f(x) = cᵀx − Σⱼ ln(bⱼ − aⱼᵀx) with b > 0, on the polyhedron Ax < b; infinite outside.
struct Barrier: TwiceDifferentiableObjective, Sendable {
  let rows: Matrix<Double>
  let b, c: Vector<Double>

  /// A box with some more half-spaces, all around 0.
  init(_ m: Int, _ n: Int, from generator: inout RandomGenerator) {
    var rows = generator.normalMatrix(m + 2 * n, n)
    for i in 0..<2 * n { for j in 0..<n { rows[i, j] = i / 2 == j ? (i % 2 == 0 ? 1 : -1) : 0 } }
    self.rows = rows
    b = Vector((0..<m + 2 * n).map { _ in 0.5 + generator.uniform() })
    c = 20 * generator.normals(n)
  }

  var dimension: Int? { c.count }

  private func slacks(_ x: Vector<Double>) -> Vector<Double> {
    var s = b
    rows.multiply(x, into: &s, times: -1, adding: 1)
    return s
  }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var s = slacks(x)
    guard s.allSatisfy({ $0 > 0 }) else {
      gradient.fill(with: .nan)
      return .infinity
    }
    let value = c.dot(x) - s.map { Double.log($0) }.reduce(0, +)
    for j in s.indices { s[j] = 1 / s[j] }
    gradient.copy(c)
    rows.multiply(s, into: &gradient, adding: 1, transposed: true)
    return value
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    setHessian(
      &hessian, rows, weights: Vector(slacks(x).map { 1 / ($0 * $0) }), Vector(zeros: x.count))
  }
}

/// Separable and strictly convex: f(x) = Σ cᵢ (cosh(xᵢ − xᵢ*) − 1). Within a distance of ln 2 no second derivative changes by
/// more than a factor of two.
struct HyperbolicCosines: TwiceDifferentiableObjective, Sendable {
  let weights, minimiser: Vector<Double>

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var value = 0.0
    for i in x.indices {
      let sine = Double.sinh((x[i] - minimiser[i]) / 2)
      value += 2 * weights[i] * sine * sine
      gradient[i] = weights[i] * Double.sinh(x[i] - minimiser[i])
    }
    return value
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    hessian.fill(with: 0)
    for i in x.indices { hessian[i, i] = weights[i] * Double.cosh(x[i] - minimiser[i]) }
  }
}

/// Convex with kinks: f(x) = ‖A(x − x*)‖₁, with a subgradient.
struct AbsoluteResiduals: DifferentiableObjective, Sendable {
  let rows: Matrix<Double>
  let minimiser: Vector<Double>

  /// ‖A‖₂.
  var greatestSingularValue: Double {
    var svd = SVD<Double>(rows: rows.rows, columns: rows.columns)
    precondition(svd.factor(rows) == nil, "the matrix of a member is not finite")
    return svd.values[0]
  }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var r = Vector<Double>(zeros: rows.rows)
    rows.multiply(x - minimiser, into: &r)
    let value = r.map { abs($0) }.reduce(0, +)
    rows.multiply(Vector(r.map { $0 > 0 ? 1 : $0 < 0 ? -1 : 0 }), into: &gradient, transposed: true)
    return value
  }
}
