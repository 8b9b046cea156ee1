/// RAdam: Adam whose first steps are held back while the average of squares knows little.
///
/// Adam's averages m and v; with ρ_∞ = 2/(1 − β₂) − 1 and ρₜ = ρ_∞ − 2tβ₂ᵗ/(1 − β₂ᵗ), where ρₜ > 5
/// p = −r m̂ √(1 − β₂ᵗ)/(√v + ε), r² = (ρₜ − 4)(ρₜ − 2)ρ_∞/((ρ_∞ − 4)(ρ_∞ − 2)ρₜ), and p = −m̂ before.
///
/// The threshold 5 is that of the authors' code, of PyTorch and of Optax; the paper's is 4.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: those of ``Adam`` once r is near 1. The first steps, five with β₂ = 0.999, are
///   momentum's, whose lengths follow the scale of f.
/// - **Reference**: Liu et al., ICLR 2020 (1908.03265), Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ρₜ > 4 | `threshold` |
/// | m, v | `Memory.first`, `Memory.second` |
public struct RAdam<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// The ρₜ above which v is used.
  public var threshold: Double

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8, threshold: Double = 5
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.threshold = threshold
  }

  /// Adam's averages m and v, and how many gradients are in them.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    let quotient = rectified(betas, memory.t, plus: epsilon, above: threshold)
    p.setAdaptive(
      first: &memory.first, second: &memory.second, decay: betas, gradient: current.gradient,
      times: -quotient.times, rootTimes: quotient.rootTimes, plus: quotient.plus)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
      ?? (threshold >= 4 && threshold.isFinite
        ? nil : "threshold is \(threshold): choose a number from 4, such as 5.")
  }
}

/// The a, c and ε of the rectified direction −a m / (c√v + ε): with c = 0 and 1 for ε it is −m̂.
///
/// In double precision: ρₜ is a small difference of numbers near ρ_∞.
@inlinable func rectified<Scalar: LAPACKScalar>(
  _ betas: (Scalar, Scalar), _ t: Int, plus ε: Scalar, above threshold: Double
) -> (times: Scalar, rootTimes: Scalar, plus: Scalar) {
  let β₂ = Double(betas.1)
  let b₁ = Double.oneMinusPower(Double(betas.0), t)
  let b₂ = Double.oneMinusPower(β₂, t)
  let limit = 2 / (1 - β₂) - 1
  let ρ = limit - 2 * Double(t) * (1 - b₂) / b₂
  guard ρ > threshold else { return (Scalar(1 / b₁), 0, 1) }
  let r = ((ρ - 4) * (ρ - 2) * limit / ((limit - 4) * (limit - 2) * ρ)).squareRoot()
  return (Scalar(r * b₂.squareRoot() / b₁), 1, ε)
}

extension Solver {
  /// RAdam with a constant rate; see ``Secant/RAdam``.
  @inlinable public static func rAdam<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    threshold: Double = 5
  ) -> Self
  where Self == Descent<RAdam<P>, Constant<P.Scalar>> {
    Self(RAdam(betas: betas, epsilon: epsilon, threshold: threshold), step: Constant(rate: rate))
  }

  /// RAdam with a rate that follows a schedule; see ``Secant/RAdam``.
  @inlinable public static func rAdam<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    threshold: Double = 5
  ) -> Self
  where Self == Descent<RAdam<P>, Scheduled<P.Scalar>> {
    Self(RAdam(betas: betas, epsilon: epsilon, threshold: threshold), step: Scheduled(rate))
  }
}
