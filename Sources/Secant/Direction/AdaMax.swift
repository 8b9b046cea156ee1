/// AdaMax: Adam with the decaying maximum of |g| in the place of the root of an average of g².
///
/// m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), p = −m/((1 − β₁ᵗ)u).
///
/// ε, which the paper does not have, keeps 0/0 away from a coordinate that has no gradient yet.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: no coordinate moves by more than η(1 − β₁)/(1 − β₁ᵗ) · Σ (β₁/β₂)ʲ over j < t, which is η
///   but for what β₂ lacks to 1; but for ε the steps do not change when f is multiplied by a positive number.
/// - **Reference**: Kingma and Ba, ICLR 2015 (1412.6980), Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | m, u | `Memory.first`, `Memory.second` |
public struct AdaMax<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁, the part of the average of g that is kept, and β₂, that of the maximum.
  public var betas: (Scalar, Scalar)
  /// ε, added to |g|.
  public var epsilon: Scalar

  @inlinable public init(betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8) {
    self.betas = betas
    self.epsilon = epsilon
  }

  /// The average m, the maximum u as `second`, and t.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    p.setAdaMax(
      first: &memory.first, greatest: &memory.second, decay: betas, gradient: current.gradient,
      times: -1 / Scalar.oneMinusPower(betas.0, memory.t), plus: epsilon)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-8")
  }
}

extension Solver {
  /// AdaMax with a constant rate; see ``Secant/AdaMax``.
  @inlinable public static func adaMax<P>(
    rate: P.Scalar = 2e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self
  where Self == Descent<AdaMax<P>, Constant<P.Scalar>> {
    Self(AdaMax(betas: betas, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// AdaMax with a rate that follows a schedule; see ``Secant/AdaMax``.
  @inlinable public static func adaMax<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self
  where Self == Descent<AdaMax<P>, Scheduled<P.Scalar>> {
    Self(AdaMax(betas: betas, epsilon: epsilon), step: Scheduled(rate))
  }
}
