/// Yogi: Adam whose average of squares moves by no more than a part of g², whatever its own size.
///
/// m ← β₁m + (1 − β₁)g, v ← v − (1 − β₂) sign(v − g²) g² from v₀, p = −m̂/(√v̂ + ε).
///
/// Where gradients become small, Adam's v shrinks like β₂ᵗ and its steps grow; Yogi's v shrinks by (1 − β₂)g²
/// a step, and they do not.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: v changes by (1 − β₂)g² in every step, and stays positive. Convergence to a stationary
///   point of a smooth function up to the gradients' variance, with β₁ = 0 and the paper's rates and batches.
/// - **Reference**: Zaheer, Reddi, Sachan, Kale and Kumar, NeurIPS 2018, Algorithm 2; Optax's bias correction.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | v₀ | `initial` |
/// | m, v | `Memory.first`, `Memory.second` |
public struct Yogi<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// v₀, what v begins with, and m with it.
  public var initial: Scalar
  /// Whether m and v are divided by 1 − βᵗ, as Optax does and the paper does not.
  public var isCorrected: Bool

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-3, initial: Scalar = 1e-6,
    isCorrected: Bool = true
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.initial = initial
    self.isCorrected = isCorrected
  }

  /// Adam's averages m and v, and how many gradients are in them.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    var memory = Memory(dimension)
    memory.first.fill(with: initial)
    memory.second.fill(with: initial)
    return memory
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    let b₁ = isCorrected ? Scalar.oneMinusPower(betas.0, memory.t) : 1
    let b₂ = isCorrected ? Scalar.oneMinusPower(betas.1, memory.t) : 1
    p.setYogi(
      first: &memory.first, second: &memory.second, decay: betas, gradient: current.gradient,
      times: -1 / b₁, rootTimes: 1 / b₂.squareRoot(), plus: epsilon)
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-3")
      ?? complaintAboutSize("initial (v₀)", initial, suggesting: "1e-6")
  }
}

extension Solver {
  /// Yogi with a constant rate; see ``Secant/Yogi``.
  @inlinable public static func yogi<P>(
    rate: P.Scalar = 1e-2, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-3
  ) -> Self
  where Self == Descent<Yogi<P>, Constant<P.Scalar>> {
    Self(Yogi(betas: betas, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// Yogi with a rate that follows a schedule; see ``Secant/Yogi``.
  @inlinable public static func yogi<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-3
  ) -> Self
  where Self == Descent<Yogi<P>, Scheduled<P.Scalar>> {
    Self(Yogi(betas: betas, epsilon: epsilon), step: Scheduled(rate))
  }
}
