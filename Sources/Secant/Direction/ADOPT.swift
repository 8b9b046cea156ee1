public import RealModule

/// ADOPT: Adam that divides the gradient by the average of squares of the steps before, and only then averages.
///
/// The first step only sets v = g². Then, in step t = 1, 2, …, q = clip(g/max(√v, ε), ±t^¼), m ← β₁m + (1 −
/// β₁)q, p = −m, v ← β₂v + (1 − β₂)g². As g is not in the v that divides it, the two are uncorrelated.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass. The first step moves nothing.
/// - **Guarantees**: convergence of smooth non-convex functions with any β₂, like O(1/√k) in the gradient's
///   square, where Adam needs a β₂ that depends on the problem. No coordinate moves by more than η t^¼.
/// - **Reference**: Taniguchi et al., NeurIPS 2024 (2411.02853), Algorithm 2 with the clipping of section 5.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | m, v | `Memory.first`, `Memory.second` |
public struct ADOPT<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, the least root.
  public var epsilon: Scalar
  /// Whether q is clipped; the paper's first form does not.
  public var clips: Bool

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.9999), epsilon: Scalar = 1e-6, clips: Bool = true
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.clips = clips
  }

  /// Adam's averages m and v, and how many gradients are in them.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    if memory.t == 1 {
      memory.second.set(current.gradient, multipliedBy: current.gradient)
      p.fill(with: 0)
    } else {
      p.setAdopt(
        first: &memory.first, second: &memory.second, decay: betas, gradient: current.gradient, times: -1,
        atLeast: epsilon, bound: clips ? Scalar.pow(Scalar(memory.t - 1), 0.25) : .infinity)
    }
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas, suggesting: "0.9", "0.9999")
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-6")
  }
}

extension Solver {
  /// ADOPT with a constant rate; see ``Secant/ADOPT``.
  @inlinable public static func adopt<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.9999), epsilon: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<ADOPT<P>, Constant<P.Scalar>> {
    Self(ADOPT(betas: betas, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// ADOPT with a rate that follows a schedule; see ``Secant/ADOPT``.
  @inlinable public static func adopt<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.9999), epsilon: P.Scalar = 1e-6
  ) -> Self
  where Self == Descent<ADOPT<P>, Scheduled<P.Scalar>> {
    Self(ADOPT(betas: betas, epsilon: epsilon), step: Scheduled(rate))
  }
}
