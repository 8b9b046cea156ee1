/// A way to lower m(p) = gᵀp + ½pᵀBp + ⅓σ‖p‖³. What it demands of B is a constraint on its `Model`.
public protocol CubicSubproblem<Model>: Sendable {
  /// The models that it can lower.
  associatedtype Model: TrustRegionModel
  /// What it remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int) -> Memory

  /// Writes the step into `p`, and says what m promises of it: `length` is ‖p‖₂, the decrease NaN where B is not
  /// finite.
  ///
  /// `hasMoved` is false after a rejection: B and g are those of the last time, σ alone is another.
  func solve(
    _ p: inout Vector<Model.Problem.Scalar>, from current: Iterate<Model.Problem.Scalar>,
    weight σ: Model.Problem.Scalar, hasMoved: Bool, _ memory: inout Memory,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Model.Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension CubicSubproblem {
  @inlinable public var complaint: String? { nil }
}

/// The least point of cᵀy + ½ Σ λᵢyᵢ² + ⅓σ‖y‖³: the cubic subproblem in a basis where B is diagonal.
///
/// It is where (λᵢ + λ)yᵢ = −cᵢ with λ = σ‖y‖ and λᵢ + λ ≥ 0 for every i (theorem 3.1). λ is found as the root of
/// 1/‖y(λ)‖ − σ/λ by Newton's method, kept within a bracket. In the hard case, where c has nothing along the least
/// eigenvalue λ₁ and λ = −λ₁ still leaves σ‖y‖ < λ, what is missing is taken along it.
///
/// - Parameters:
///   - c: the gradient in that basis.
///   - values: λᵢ, ascending.
///   - σ: the weight, positive.
///   - y: where the point is written.
/// - Returns: what the function falls by, and ‖y‖.
/// - Reference: Cartis, Gould and Toint, *Math. Programming* 127 (2011) 245–295, sections 3 and 6.1.
@inlinable func lowerCubic<Scalar: LAPACKScalar>(
  _ c: UnsafePointer<Scalar>, _ values: UnsafePointer<Scalar>, count n: Int, weight σ: Scalar,
  into y: UnsafeMutablePointer<Scalar>
) -> ModelStep<Scalar> {
  // λ = base + μ, so that λ₁ + λ = μ is exact where λ₁ < 0.
  let base = Swift.max(0, -values[0])
  var cᵀc: Scalar = 0
  for i in 0..<n { cᵀc += c[i] * c[i] }
  let norm = cᵀc.squareRoot()

  func setPoint(_ μ: Scalar) -> (norm: Scalar, cubes: Scalar) {
    var (sum, cubes): (Scalar, Scalar) = (0, 0)
    for i in 0..<n {
      let denominator = values[i] + base + μ
      y[i] = denominator > 0 ? -c[i] / denominator : 0
      sum += y[i] * y[i]
      cubes += denominator > 0 ? y[i] * (y[i] / denominator) : 0
    }
    return (sum.squareRoot(), cubes)
  }

  // From λ(λ₁ + λ) ≤ σ‖c‖ ≤ λ(λₙ + λ).
  func root(_ b: Scalar) -> Scalar {
    // r = √(b² + 4σ‖c‖), scaled so that squares cannot overflow.
    let a = 2 * σ.squareRoot() * norm.squareRoot()
    let largest = Swift.max(abs(b), a)
    let r = largest * ((a / largest) * (a / largest) + (b / largest) * (b / largest)).squareRoot()
    return b > 0 ? 2 * σ * (norm / (b + r)) : (r - b) / 2
  }
  let scale = Swift.max(abs(values[0]), abs(values[n - 1]))
  let least = Scalar.ulpOfOne * scale
  var high = Swift.max(root(values[0]) - base, least) * (1 + 8 * Scalar.ulpOfOne)
  var low = Swift.max(0, root(values[n - 1]) - base)
  var μ = Swift.max(low, Swift.min(least, high))
  var found = setPoint(μ)
  if base > 0, σ * found.norm < base + μ {
    // The hard case.
    found = setPoint(0)
    for i in 0..<n where values[i] + base <= least { y[i] = 0 }
    var sum: Scalar = 0
    for i in 0..<n { sum += y[i] * y[i] }
    let missing = Swift.max(0, (base / σ) * (base / σ) - sum).squareRoot()
    y[0] = c[0] > 0 ? -missing : missing
    μ = 0
  } else {
    for _ in 0..<100 {
      let excess = σ * found.norm - (base + μ)
      if abs(excess) <= 8 * Scalar.ulpOfOne * (base + μ) { break }
      if excess > 0 { low = Swift.max(low, μ) } else { high = Swift.min(high, μ) }
      if !(high - low > 2 * Scalar.ulpOfOne * high) { break }
      let λ = base + μ
      let ψ = 1 / found.norm - σ / λ
      let slope = found.cubes / (found.norm * found.norm * found.norm) + σ / (λ * λ)
      var next = μ - ψ / slope
      if !(next > low && next < high) { next = low > 0 ? (low * high).squareRoot() : high / 1024 }
      if !(next > low && next < high) { next = low + (high - low) / 2 }
      μ = next
      found = setPoint(μ)
    }
  }
  // At such a point the cubic falls by ½ Σ (λᵢ + λ)yᵢ² + λ‖y‖²/6, in which nothing cancels.
  var (decrease, sum): (Scalar, Scalar) = (0, 0)
  for i in 0..<n {
    decrease += (values[i] + base + μ) * y[i] * y[i] / 2
    sum += y[i] * y[i]
  }
  return ModelStep(
    decrease: decrease + (base + μ) * sum / 6, length: sum.squareRoot(), isOnBoundary: false)
}
