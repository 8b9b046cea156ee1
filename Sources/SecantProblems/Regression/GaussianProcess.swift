// Symbol ↔ name
//   θ            log ℓ₁, …, log s, log σ             θ
//   K            the covariance of the responses      K, then its inverse
//   R            what of it is signal: K − σ²I        R
//   α            K⁻¹y                                 α
//   D_k          (x_ik − x_jk)²/ℓ_k²                  squares[k], summed up where there is one length
//   M            K⁻¹ − ααᵀ                            M

public import Secant

/// The negative logarithm of a Gaussian process's marginal likelihood: f(θ) = ½ yᵀK⁻¹y + ½ log det K + (n/2) log 2π,
/// K_ij = s² exp(−½ Σ_k (x_ik − x_jk)²/ℓ_k²) + σ² δ_ij.
///
/// The variables are the logarithms of the lengths ℓ, one for all features or one for each, of the signal's deviation s
/// and of the noise's σ. ∂f/∂θ_a = ½ Σ_ij M_ij ∂K_ij/∂θ_a with M = K⁻¹ − ααᵀ. It is not convex: small lengths explain the data by
/// signal, large ones by noise, and both can be minima. Where K is not numerically positive definite, f is infinite.
///
/// - **Demands**: at least one sample.
/// - **Memory**: the samples, shared by every copy; an evaluation allocates two n × n matrices, a product with the
///   Hessian five.
/// - **Work per evaluation**: n³ flops and n²/2 exponentials for value and gradient, 5n³ for a product with the Hessian,
///   (1 + 4p)n³ for the Hessian, p being the number of variables.
/// - **Reference**: C. E. Rasmussen, C. K. I. Williams, *Gaussian Processes for Machine Learning*, 2006, (5.8), (5.9).
public struct GaussianProcess<Scalar: LAPACKScalar>: TwiceDifferentiableObjective, Sendable {
  public typealias Failure = Never

  /// d × n, a column a sample.
  private let features: Matrix<Scalar>
  /// y.
  private let response: Vector<Scalar>

  /// 1, or one for each feature.
  private let lengthCount: Int

  /// - Parameters:
  ///   - data: the samples; features and response are taken as they are.
  ///   - lengths: which features share a length.
  public init(_ data: RegressionData, lengths: GaussianProcessLengths = .one) {
    precondition(data.sampleCount > 0, "the data \(data.name) have no samples: give at least one")
    lengthCount = lengths == .one ? 1 : data.featureCount
    features = Matrix(
      rows: data.featureCount, columns: data.sampleCount,
      elements: Vector(data.features.elements.map { Scalar($0) }))
    response = Vector(data.response.map { Scalar($0) })
  }

  /// The lengths, the signal's deviation and the noise's.
  public var dimension: Int? { lengthCount + 2 }

  /// Where to begin: every length 1, signal and noise of deviation 1.
  public var start: Vector<Scalar> { Vector(zeros: lengthCount + 2) }

  private var n: Int { response.count }
  private var signal: Int { lengthCount }
  private var noise: Int { lengthCount + 1 }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func value(at θ: Vector<Scalar>) -> Scalar { likelihood(at: θ)?.value ?? .infinity }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func valueAndGradient(at θ: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    guard var likelihood = likelihood(at: θ) else {
      gradient.fill(with: .nan)
      return .infinity
    }
    likelihood.invert()
    let M = likelihood.M
    gradient.fill(with: 0)
    forEachPair(at: θ) { i, j, twice, R, squares in
      let weight = twice / 2 * M[i, j]
      for k in 0..<signal { gradient[k] += weight * R * squares[k] }
      gradient[signal] += weight * 2 * R
    }
    gradient[noise] = variance(of: noise, at: θ) * trace(M)
    return likelihood.value
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(times v: Vector<Scalar>, at θ: Vector<Scalar>, into product: inout Vector<Scalar>) {
    guard var likelihood = likelihood(at: θ) else { return product.fill(with: .nan) }
    likelihood.invert()
    hessian(times: v, at: θ, likelihood, into: &product)
  }

  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func hessian(at θ: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    guard var likelihood = likelihood(at: θ) else { return hessian.fill(with: .nan) }
    likelihood.invert()
    var (unit, column) = (Vector<Scalar>(zeros: θ.count), Vector<Scalar>(zeros: θ.count))
    for j in θ.indices {
      unit.fill(with: 0)
      unit[j] = 1
      self.hessian(times: unit, at: θ, likelihood, into: &column)
      for i in j..<θ.count { hessian[i, j] = column[i] }
    }
    hessian.mirrorLowerTriangle()
  }

  /// ∇²f v, with K_v = Σ v_a ∂K/∂θ_a and K_av the derivative of ∂K/∂θ_a along v:
  /// (∇²f v)_a = ½ Σ M ∘ K_av + Σ W ∘ ∂K/∂θ_a, W = ½ (αβᵀ + βαᵀ − K⁻¹K_vK⁻¹), β = K⁻¹K_vα.
  @inline(__always)
  private func hessian(
    times v: Vector<Scalar>, at θ: Vector<Scalar>, _ likelihood: Likelihood,
    into product: inout Vector<Scalar>
  ) {
    let (M, inverse, α) = (likelihood.M, likelihood.K.matrix, likelihood.α)
    let noiseVariance = variance(of: noise, at: θ)
    var K_v = Matrix<Scalar>(zeros: n, n)
    forEachPair(at: θ) { i, j, _, R, squares in
      K_v[i, j] = R * (sum(v, squares) + 2 * v[signal])
    }
    K_v.addToDiagonal(2 * noiseVariance * v[noise])
    K_v.mirrorLowerTriangle()

    var W = Matrix<Scalar>(zeros: n, n)
    var half = W
    half.setProduct(symmetric: inverse, K_v)
    W.setProduct(half, symmetric: inverse, times: -1 / 2)
    var β = α
    K_v.symmetricMultiply(α, into: &β)
    let K_vα = β
    inverse.symmetricMultiply(K_vα, into: &β)
    W.addSymmetricOuter(α, β, times: 1 / 2)

    product.fill(with: 0)
    forEachPair(at: θ) { i, j, twice, R, squares in
      let (m, w) = (twice / 2 * M[i, j] * R, twice * W[i, j] * R)
      let along = sum(v, squares) + 2 * v[signal]
      for k in 0..<signal { product[k] += (m * (along - 2 * v[k]) + w) * squares[k] }
      product[signal] += 2 * (m * along + w)
    }
    product[noise] = 2 * noiseVariance * (v[noise] * trace(M) + trace(W))
  }

  /// Σ_k v_k D_k.
  @inline(__always) private func sum(_ v: Vector<Scalar>, _ squares: Vector<Scalar>) -> Scalar {
    var sum: Scalar = 0
    for k in 0..<signal { sum += v[k] * squares[k] }
    return sum
  }

  @inline(__always) private func trace(_ A: Matrix<Scalar>) -> Scalar {
    var sum: Scalar = 0
    for i in 0..<n { sum += A[i, i] }
    return sum
  }

  /// s² or σ².
  @inline(__always) private func variance(of variable: Int, at θ: Vector<Scalar>) -> Scalar {
    Scalar.exp(2 * θ[variable])
  }

  /// Every pair i ≥ j once, with how often it stands in a sum over all, R_ij and D_k.
  @inline(__always)
  private func forEachPair(
    at θ: Vector<Scalar>, _ body: (Int, Int, Scalar, Scalar, Vector<Scalar>) -> Void
  ) {
    let signalVariance = variance(of: signal, at: θ)
    let scales = Vector((0..<signal).map { Scalar.exp(-θ[$0]) })
    var squares = scales
    for j in 0..<n {
      for i in j..<n {
        var distance: Scalar = 0
        // Where there are no features there are no distances.
        squares.fill(with: 0)
        for k in 0..<features.rows {
          let t = (features[k, i] - features[k, j]) * scales[min(k, signal - 1)]
          distance += t * t
          squares[min(k, signal - 1)] = signal == 1 ? distance : t * t
        }
        body(i, j, i == j ? 1 : 2, signalVariance * Scalar.exp(-distance / 2), squares)
      }
    }
  }

  /// What the value and its derivatives have in common.
  private struct Likelihood {
    var K: InPlaceCholesky<Scalar>
    let α: Vector<Scalar>
    let value: Scalar

    /// K⁻¹ in place of K's factor.
    mutating func invert() { K.invert() }

    /// K⁻¹ − ααᵀ, once K is inverted: the lower triangle, and the diagonal.
    var M: Matrix<Scalar> {
      var M = K.matrix
      M.addSymmetricOuter(α, times: -1)
      return M
    }
  }

  /// nil where K is not numerically positive definite.
  @inline(__always) private func likelihood(at θ: Vector<Scalar>) -> Likelihood? {
    var K = InPlaceCholesky<Scalar>(dimension: n)
    forEachPair(at: θ) { i, j, _, R, _ in K.matrix[i, j] = R }
    K.matrix.addToDiagonal(variance(of: noise, at: θ))
    guard K.factor() == nil else { return nil }
    var α = response
    K.solve(&α)
    var logDeterminant = CompensatedSum()
    for i in 0..<n { logDeterminant.add(Double(2 * Scalar.log(K.matrix[i, i]))) }
    let value =
      (response.dot(α) + Scalar(logDeterminant.value) + Scalar(n) * Scalar.log(2 * .pi)) / 2
    return value.isFinite ? Likelihood(K: K, α: α, value: value) : nil
  }
}

/// Which features share a length of a ``GaussianProcess``.
public enum GaussianProcessLengths: String, Sendable, CaseIterable {
  /// One for all.
  case one
  /// One for each, which tells what each feature counts for; that of one that counts for nothing has its best at
  /// infinity.
  case each
}
