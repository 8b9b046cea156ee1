/// The double dogleg of Dennis and Mei: the path bends towards the Newton step sooner than Powell's.
///
/// 0 → p_U → ηp_N → p_N, up to ‖p‖ = Δ, where p_U is the least of the model along −g and p_N = −B⁻¹g;
/// η = 0.2 + 0.8γ with γ = ‖g‖⁴ / (gᵀBg gᵀB⁻¹g) ≤ 1. Where B is not positive definite it does what ``Dogleg`` does.
///
/// - **Demands**: a ``DenseTrustRegionModel``.
/// - **Memory**: n² + 2n.
/// - **Work per step**: one Cholesky factorisation, n³/3 flops, and O(n²).
/// - **Guarantees**: m is at least as low as at the Cauchy point.
/// - **Reference**: Dennis and Mei, *J. Optim. Theory Appl.* 28 (1979) 453–482; Dennis and Schnabel, *Numerical Methods
///   for Unconstrained Optimization and Nonlinear Equations* (1983), section 6.4.2.
///
/// | book | here |
/// | --- | --- |
/// | s^{C.P.}, s^N | `p` after `cauchyPoint`, `newton` |
/// | γ, η | `γ`, `η` |
/// | λ | `s` |
public struct DoubleDogleg<Model: DenseTrustRegionModel>: TrustRegionSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  /// The part of η that does not depend on γ: 0.2 in the paper; at 1 the path is Powell's.
  public var bias: Scalar

  @inlinable public init(bias: Scalar = 0.2) { self.bias = bias }

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
    // d = ηp_N − p_U. With u = Lᵀp_U and a = Lᵀ(p_N − p_U), B = LLᵀ, which are orthogonal, Lᵀd = ηa − (1 − η)u.
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
    bias >= 0 && bias <= 1 ? nil : "bias is \(bias): choose a number from 0 to 1, such as 0.2."
  }
}
