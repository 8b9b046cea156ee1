/// The BFGS model: a dense, positive definite B that learns from the gradients.
///
/// B₊ = B − Bs sᵀB/sᵀBs + rrᵀ/sᵀr with s = x₊ − x, y = g₊ − g and r = y, or, where sᵀy < `damping`·sᵀBs, Powell's
/// r = θy + (1 − θ)Bs, whose sᵀr is `damping`·sᵀBs. B begins as ‖g₀‖I, whose full step has length 1; before the first
/// update it becomes (yᵀy/sᵀy)I, or (‖y‖/‖s‖)I where sᵀy is not positive. Rejected trial points teach as well.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: n² + 3n.
/// - **Work per step**: one `symv` and two `syr`, 4n² flops, and 2n² for each product.
/// - **Guarantees**: B stays positive definite but for rounding; superlinear convergence near a strict minimum, where
///   nothing is damped.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., (6.19) and procedure 18.2; Powell, *Numerical
///   Analysis Dundee 1977*, 144–157.
///
/// | book | here |
/// | --- | --- |
/// | s, y | `pair.s`, `pair.y` |
/// | θ, r | `θ`, `pair.y` after damping |
/// | 0.2 | `damping` |
public struct BFGSModel<Problem: DifferentiableObjective>: QuasiNewtonModel {
  public typealias Scalar = Problem.Scalar
  public typealias Memory = QuasiNewtonMatrix<Scalar>

  /// The least sᵀr as a part of sᵀBs; nil damps nothing and passes over a pair with yᵀs ≤ ε‖s‖‖y‖.
  public var damping: Scalar?
  /// ε in yᵀs > ε‖s‖‖y‖.
  public var curvatureTolerance: Scalar

  @inlinable public init(damping: Scalar? = nil, curvatureTolerance: Scalar = .ulpOfOne) {
    self.damping = damping
    self.curvatureTolerance = curvatureTolerance
  }

  /// B ← B₊.
  @inlinable public func update(_ memory: inout Memory) {
    guard damping != nil || memory.pair.hasCurvature(curvatureTolerance) else { return }
    if memory.progress == .begun {
      memory.hessian.reset(to: memory.pair.scale(curvatureTolerance))
      memory.progress = .updated
    }
    memory.hessian.symmetricMultiply(memory.pair.s, into: &memory.product.vector)
    let sᵀBs = memory.pair.s.dot(memory.product.vector)
    guard sᵀBs > 0, sᵀBs.isFinite else {
      // Rounding has cost B its definiteness.
      return memory.hessian.reset(to: memory.pair.scale(curvatureTolerance))
    }
    var sᵀr = memory.pair.sᵀy
    if let damping, sᵀr < damping * sᵀBs {
      let θ = (1 - damping) * sᵀBs / (sᵀBs - sᵀr)
      memory.pair.y.scale(by: θ, adding: memory.product.vector, times: 1 - θ)
      sᵀr = damping * sᵀBs
    }
    guard (1 / sᵀBs).isFinite, (1 / sᵀr).isFinite else { return }
    memory.hessian.addSymmetricOuter(memory.product.vector, times: -1 / sᵀBs)
    memory.hessian.addSymmetricOuter(memory.pair.y, times: 1 / sᵀr)
  }

  public var complaint: String? {
    if let damping, !(damping > 0 && damping < 1) {
      return "damping is \(damping): choose a number between 0 and 1, such as 0.2, or nil for none."
    }
    return complaintAboutCurvature(curvatureTolerance)
  }
}
