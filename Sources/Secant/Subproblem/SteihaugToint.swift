/// Conjugate gradients within a ball: the truncated method of Steihaug and Toint.
///
/// The iterates of conjugate gradients on Bp = −g, from 0, lower m(p) = gᵀp + ½pᵀBp while their norm grows. They end at
/// a residual of η‖g‖ (``Forcing``), where the path leaves the ball, or at a direction d with dᵀBd ≤ 0, which is
/// followed to the boundary, forwards or backwards, whichever is lower.
///
/// - **Demands**: products with B.
/// - **Memory**: 3n.
/// - **Work per step**: a product and 10n flops for each conjugate gradient.
/// - **Guarantees**: ‖p‖ ≤ Δ to rounding, and m is at least as low as at the Cauchy point, which is the first iterate;
///   where B is positive definite and the residual small, at least half as low as it can be (Yuan 2000).
/// - **Reference**: Steihaug, *SIAM J. Numer. Anal.* 20 (1983) 626–637; Toint, *Towards an efficient sparsity
///   exploiting Newton method for minimization* (1981); Nocedal and Wright, *Numerical Optimization*, 2nd ed.,
///   algorithm 7.2.
///
/// | book | here |
/// | --- | --- |
/// | z, r, d | `p`, `r`, `d` |
/// | τ | `τ` |
/// | ε_k | `forcing.tolerance` · ‖g‖ |
public struct SteihaugToint<Model: TrustRegionModel>: TrustRegionSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  /// How exactly the inner system is solved.
  public var forcing: Forcing<Scalar>

  @inlinable public init(forcing: Forcing<Scalar> = .init()) { self.forcing = forcing }

  @inlinable public func allocate(_ dimension: Int) -> ConjugateGradientMemory<Scalar> {
    ConjugateGradientMemory(dimension)
  }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, within radius: Scalar,
    _ memory: inout ConjugateGradientMemory<Scalar>,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    try solve(&p, gradient: current.gradient, within: radius, &memory) {
      (v, product) throws(Halt<Model.Problem.Failure>) in
      try model.multiply(v, at: current, into: &product, &modelMemory, asking: &oracle)
    }
  }

  /// The subproblem alone, for any g and any symmetric B.
  @inlinable public func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar,
    _ memory: inout ConjugateGradientMemory<Scalar>,
    multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Scalar> {
    p.fill(with: 0)
    guard let (γ, norm, η) = memory.begin(g, forcing) else {
      return ModelStep(decrease: .nan, length: 0, isOnBoundary: false)
    }
    let Δ = Δ / γ
    func step(_ decrease: Scalar, isOnBoundary: Bool = false) -> ModelStep<Scalar> {
      p.scale(by: γ)
      return ModelStep(decrease: decrease * γ * γ, length: p.norm, isOnBoundary: isOnBoundary)
    }

    memory.d.vector.set(memory.r.vector, times: -1)
    var rᵀr = memory.r.vector.squaredNorm
    // pᵀp, pᵀd and dᵀd by recurrence.
    var (pᵀp, pᵀd, dᵀd): (Scalar, Scalar, Scalar) = (0, 0, rᵀr)
    var decrease: Scalar = 0
    for _ in 0..<forcing.products(g.count) where rᵀr > 0 {
      try multiply(memory.d.vector, &memory.Bd.vector)
      let dᵀBd = memory.d.vector.dot(memory.Bd.vector)
      guard dᵀBd.isFinite else { return step(.nan) }
      let α = rᵀr / dᵀBd
      let pᵀpNext = pᵀp + α * (2 * pᵀd + α * dᵀd)
      if dᵀBd <= 0 || !(pᵀpNext < Δ * Δ) {
        decrease += Self.goToBoundary(&p, memory.d.vector, Δ, rᵀr, dᵀBd)
        return step(decrease, isOnBoundary: true)
      }
      memory.advance(&p, by: α)
      decrease += α * rᵀr / 2
      let rᵀrBefore = rᵀr
      rᵀr = memory.r.vector.squaredNorm
      if rᵀr.squareRoot() <= η * norm { break }
      let β = rᵀr / rᵀrBefore
      memory.d.vector.scale(by: β, adding: memory.r.vector, times: -1)
      pᵀp = pᵀpNext
      pᵀd = β * (pᵀd + α * dᵀd)
      dᵀd = rᵀr + β * β * dᵀd
    }
    return step(decrease)
  }

  /// p ← p + τd with ‖p + τd‖ = Δ, and what m falls by: τrᵀr − ½τ²dᵀBd, since rᵀd = −rᵀr.
  @inlinable static func goToBoundary(
    _ p: inout Vector<Scalar>, _ d: Vector<Scalar>, _ Δ: Scalar, _ rᵀr: Scalar, _ dᵀBd: Scalar
  ) -> Scalar {
    let (backwards, forwards) = sphere(of: Δ, from: p, along: d)
    func fall(_ τ: Scalar) -> Scalar { τ * (rᵀr - τ * dᵀBd / 2) }
    let τ = fall(backwards) > fall(forwards) ? backwards : forwards
    p.add(d, times: τ)
    return fall(τ)
  }

  public var complaint: String? { forcing.complaint }
}
