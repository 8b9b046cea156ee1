/// The least of the model along the negative gradient, within the ball.
///
/// p = −t g/‖g‖ with t = ‖g‖/κ, κ = gᵀBg/‖g‖², or Δ where κ ≤ 0 or that is longer.
///
/// - **Demands**: products with B.
/// - **Memory**: n.
/// - **Work per step**: one product and 6n flops.
/// - **Guarantees**: the decrease ½‖g‖ min(Δ, ‖g‖/‖B‖), on which the convergence of every trust-region method rests. A
///   method that takes nothing more is steepest descent; it stays where g = 0.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., (4.11) and (4.12).
///
/// | book | here |
/// | --- | --- |
/// | τ_k Δ_k | `t` |
/// | gᵀBg / ‖g‖² | `κ` |
public struct CauchyPoint<Model: TrustRegionModel>: TrustRegionSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  @inlinable public init() {}

  @inlinable public func allocate(_ dimension: Int) -> Scratch<Scalar> { Scratch(dimension) }

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, within radius: Scalar,
    _ memory: inout Scratch<Scalar>,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    try solve(&p, gradient: current.gradient, within: radius, &memory) {
      (v, product) throws(Halt<Model.Problem.Failure>) in
      try model.multiply(v, at: current, into: &product, &modelMemory, asking: &oracle)
    }
  }

  /// The subproblem alone, for any g and any symmetric B.
  @inlinable public func solve<Failure: Error>(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ memory: inout Scratch<Scalar>,
    multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Scalar> {
    try cauchyPoint(&p, gradient: g, within: Δ, &memory.vector, multiply: multiply).step
  }
}

/// The Cauchy point in `p`, with B times the unit vector −g/‖g‖ in `Bu`, and κ.
@inlinable func cauchyPoint<Scalar: LAPACKScalar, Failure: Error>(
  _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ Bu: inout Vector<Scalar>,
  multiply: (Vector<Scalar>, inout Vector<Scalar>) throws(Failure) -> Void
) throws(Failure) -> (step: ModelStep<Scalar>, κ: Scalar) {
  let norm = g.norm
  guard norm.isFinite else {
    p.fill(with: .nan)
    return (ModelStep(decrease: .nan, length: .nan, isOnBoundary: false), .nan)
  }
  p.set(g, times: norm > 0 ? -1 / norm : 0)
  // Twice, for 1/‖g‖ may be beyond the numbers where g/‖g‖ is not.
  if norm > 0 && !p.isFinite {
    p.set(g, times: -1 / g.largestMagnitude)
    p.scale(by: 1 / p.norm)
  }
  try multiply(p, &Bu)
  let κ = p.dot(Bu)
  guard κ.isFinite else { return (ModelStep(decrease: .nan, length: Δ, isOnBoundary: false), κ) }
  let inside = norm / κ
  let isInside = κ > 0 && inside < Δ
  let t = norm == 0 ? 0 : isInside ? inside : Δ
  p.scale(by: t)
  return (
    ModelStep(decrease: t * (norm - t * κ / 2), length: t, isOnBoundary: t > 0 && !isInside), κ
  )
}
