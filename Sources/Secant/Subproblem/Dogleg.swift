/// The dogleg: from the Cauchy point towards the Newton step, as far as the ball reaches.
///
/// 0 → p_U → ηp_N → p_N, up to ‖p‖ = Δ, where p_U is the least of the model along −g and p_N = −B⁻¹g. m falls all along
/// this path and ‖p‖ grows. Powell's path has η = 1; the double dogleg of Dennis and Mei bends sooner, with
/// η = 0.2 + 0.8γ and γ = ‖g‖⁴ / (gᵀBg gᵀB⁻¹g) ≤ 1.
///
/// Where B is not positive definite there is no such path. Then p goes from the Cauchy point to the boundary along the
/// direction of negative curvature with which the factorisation failed, downhill: also where g = 0.
///
/// - **Demands**: a ``DenseTrustRegionModel``.
/// - **Memory**: n² + 2n.
/// - **Work per step**: one Cholesky factorisation, n³/3 flops, and O(n²).
/// - **Guarantees**: m is at least as low as at the Cauchy point.
/// - **Reference**: Powell, *A hybrid method for nonlinear equations*, in Rabinowitz (ed.), *Numerical Methods for
///   Nonlinear Algebraic Equations* (1970); Dennis and Mei, *J. Optim. Theory Appl.* 28 (1979) 453–482; Nocedal and
///   Wright, *Numerical Optimization*, 2nd ed., section 4.1; Dennis and Schnabel, *Numerical Methods for Unconstrained
///   Optimization and Nonlinear Equations* (1983), section 6.4.2.
///
/// | books | here |
/// | --- | --- |
/// | p^U, p^B; s^{C.P.}, s^N | `p` after `cauchyPoint`, `newton` |
/// | γ, η | `γ`, `η` |
/// | τ − 1; λ | `s` |
public struct Dogleg<Model: DenseTrustRegionModel>: TrustRegionSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  /// The part of η that does not depend on γ: 1 is Powell's path, 0.2 that of Dennis and Mei.
  public var bias: Scalar

  @inlinable public init(bias: Scalar = 1) { self.bias = bias }

  /// The double dogleg of Dennis and Mei.
  @inlinable public static func double() -> Dogleg { Dogleg(bias: 0.2) }

  @inlinable public func allocate(_ dimension: Int) -> DoglegMemory<Scalar> { DoglegMemory(shape: dimension) }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, within radius: Scalar,
    _ memory: inout DoglegMemory<Scalar>,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    let fall = try memory.newtonStep(from: current, model, modelMemory, asking: &oracle)
    return follow(&p, current.gradient, radius, &memory, model.matrix(modelMemory), fall: fall)
  }

  /// The subproblem alone, for any g and any symmetric B, of which the lower triangle counts.
  @inlinable public func solve(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar,
    _ memory: inout DoglegMemory<Scalar>, matrix B: Matrix<Scalar>
  ) -> ModelStep<Scalar> {
    let fall = memory.newtonStep(g, B)
    return follow(&p, g, Δ, &memory, B, fall: fall)
  }

  /// The path to the Newton step that is in `memory`, where m falls by `fall`.
  @inlinable func follow(
    _ p: inout Vector<Scalar>, _ g: Vector<Scalar>, _ Δ: Scalar, _ memory: inout DoglegMemory<Scalar>,
    _ B: Matrix<Scalar>, fall: Scalar?
  ) -> ModelStep<Scalar> {
    let (cauchy, newton) = memory.begin(&p, g, Δ, B, fall: fall)
    guard let (fall, length) = newton else { return cauchy }
    // Without a radius m falls by ½‖g‖⁴/gᵀBg to the Cauchy point and by ½gᵀB⁻¹g to the Newton step.
    let γ = Swift.min(1, cauchy.decrease / fall)
    let η = bias + (1 - bias) * γ
    if η * length <= Δ {
      let t = Δ / length
      p.set(memory.newton, times: t)
      return ModelStep(decrease: t * (2 - t) * fall, length: Δ, isOnBoundary: true)
    }
    // d = ηp_N − p_U. A product with a d that is long, as B is nearly singular, would be rounding. With u = Lᵀp_U and a = Lᵀ(p_N − p_U), B = LLᵀ, which are orthogonal, Lᵀd = ηa − (1 − η)u.
    let uᵀu = 2 * cauchy.decrease
    let aᵀa = Swift.max(0, 2 * (fall - cauchy.decrease))
    memory.newton.scale(by: η, adding: p, times: -1)
    let s = Swift.min(1, sphere(of: Δ, from: p, along: memory.newton).forwards)
    let dᵀBd = η * η * aᵀa + (1 - η) * (1 - η) * uᵀu
    p.add(memory.newton, times: s)
    return ModelStep(
      decrease: cauchy.decrease + s * (η * aᵀa - s * dᵀBd / 2), length: p.norm, isOnBoundary: true)
  }

  public var complaint: String? {
    bias >= 0 && bias <= 1 ? nil : "bias is \(bias): choose a number from 0 to 1, such as 1 or 0.2."
  }
}

/// What the dogleg methods work with: a factor and two vectors, nothing that the next step depends on.
public struct DoglegMemory<Scalar: LAPACKScalar>: Workspace {
  public let shape: Int
  @usableFromInline var cholesky: Cholesky<Scalar>
  /// p_N, or a direction of negative curvature.
  @usableFromInline var newton: Vector<Scalar>
  @usableFromInline var product: Vector<Scalar>

  public init(shape n: Int) {
    shape = n
    cholesky = Cholesky(dimension: n)
    newton = Vector(zeros: n)
    product = Vector(zeros: n)
  }

  /// p_N from where the model has it, or else by a factorisation.
  @inlinable mutating func newtonStep<Model: DenseTrustRegionModel>(
    from current: Iterate<Scalar>, _ model: Model, _ modelMemory: Model.Memory,
    asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> Scalar? where Model.Problem.Scalar == Scalar {
    guard let minimizer = model.minimizer(modelMemory) else {
      try oracle.chargeFactorisation(flops: Double(Cholesky<Scalar>.flops(newton.count)))
      return newtonStep(current.gradient, model.matrix(modelMemory))
    }
    newton.copy(minimizer.step)
    if let D = model.scaling(modelMemory) { newton.multiply(by: D) }
    return minimizer.decrease
  }

  /// p_N = −B⁻¹g into `newton`, and what m falls by, ½gᵀB⁻¹g; nil where B is not positive definite, and then `newton`
  /// is a direction of negative curvature.
  @inlinable mutating func newtonStep(_ g: Vector<Scalar>, _ B: Matrix<Scalar>) -> Scalar? {
    switch cholesky.factor(B) {
    case nil:
      newton.set(g, times: -1)
      cholesky.solveLower(&newton)
      let norm = newton.norm
      cholesky.solveLowerTransposed(&newton)
      return norm * norm / 2
    case .notPositiveDefinite(let k):
      _ = cholesky.negativeCurvature(of: B, addingToDiagonal: 0, leadingMinor: k, into: &newton)
    default: newton.fill(with: .nan)
    }
    return nil
  }

  /// What both paths begin with, p_N being in `newton` where m falls by `fall`: the Cauchy point, and what m falls by to
  /// p_N and how long that is. Where the path does not come to bend, the answer and nil: p_N within the radius, a step
  /// along negative curvature, or the Cauchy point on the boundary.
  @inlinable mutating func begin(
    _ p: inout Vector<Scalar>, _ g: Vector<Scalar>, _ Δ: Scalar, _ B: Matrix<Scalar>, fall: Scalar?
  ) -> (ModelStep<Scalar>, newton: (fall: Scalar, length: Scalar)?) {
    guard let fall else { return (alongNegativeCurvature(&p, g, Δ, B), nil) }
    let length = newton.norm
    if length <= Δ {
      p.copy(newton)
      return (ModelStep(decrease: fall, length: length, isOnBoundary: false), nil)
    }
    let cauchy = cauchyPoint(&p, g, Δ, B)
    guard !cauchy.isOnBoundary, cauchy.decrease.isFinite else { return (cauchy, nil) }
    return (cauchy, (fall, length))
  }

  @inlinable mutating func cauchyPoint(
    _ p: inout Vector<Scalar>, _ g: Vector<Scalar>, _ Δ: Scalar, _ B: Matrix<Scalar>
  ) -> ModelStep<Scalar> {
    Secant.cauchyPoint(&p, gradient: g, within: Δ, &product) { v, product in
      B.symmetricMultiply(v, into: &product)
    }.step
  }

  /// dᵀBd with d in `newton`.
  @inlinable mutating func curvature(ofNewtonIn B: Matrix<Scalar>) -> Scalar {
    B.symmetricMultiply(newton, into: &product)
    return newton.dot(product)
  }

  /// From the Cauchy point to the boundary along the direction in `newton`, whose curvature is not positive.
  @inlinable mutating func alongNegativeCurvature(
    _ p: inout Vector<Scalar>, _ g: Vector<Scalar>, _ Δ: Scalar, _ B: Matrix<Scalar>
  ) -> ModelStep<Scalar> {
    let cauchy = cauchyPoint(&p, g, Δ, B)
    let length = newton.norm
    guard length.isFinite else {
      return ModelStep(decrease: .nan, length: cauchy.length, isOnBoundary: false)
    }
    guard !cauchy.isOnBoundary, cauchy.decrease.isFinite else { return cauchy }
    newton.scale(by: 1 / length)
    let curvature = Swift.min(0, curvature(ofNewtonIn: B))
    // (g + Bp)ᵀd, downhill.
    let slope = g.dot(newton) + p.dot(product)
    if slope > 0 { newton.negate() }
    let τ = sphere(of: Δ, from: p, along: newton).forwards
    p.add(newton, times: τ)
    return ModelStep(
      decrease: cauchy.decrease + τ * (abs(slope) - τ * curvature / 2), length: p.norm, isOnBoundary: true)
  }
}
