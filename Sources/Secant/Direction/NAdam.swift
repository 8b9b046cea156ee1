public import RealModule

/// NAdam: Adam that looks one step of its momentum ahead, as Nesterov does.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and with μₜ = β₁(1 − ½ 0.96^(tψ)), Πₜ = μ₁⋯μₜ and v̂ = v/(1 −
/// β₂ᵗ) p = −(μₜ₊₁ m/(1 − Πₜ₊₁) + (1 − μₜ) g/(1 − Πₜ))/(√v̂ + ε).
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: with ε = 0 the steps do not change when f is multiplied by a positive number; none of
///   convergence.
/// - **Reference**: Dozat, *Incorporating Nesterov momentum into Adam*, ICLR workshop 2016, Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | μ, ν | `betas` |
/// | ψ | `momentumDecay` |
/// | m, n | `Memory.averages` |
/// | Π | `Memory.product` |
public struct NAdam<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// ψ, how fast μₜ grows from β₁/2 to β₁; nil for μₜ = β₁ from the first step on, which is Optax's form.
  public var momentumDecay: Scalar?

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8, momentumDecay: Scalar? = 4e-3
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.momentumDecay = momentumDecay
  }

  /// Adam's averages, and the product of the momenta.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, v and t.
    public var averages: Adam<Problem>.Memory
    /// Πₜ = μ₁⋯μₜ.
    public var product: Scalar = 1

    @inlinable init(_ dimension: Int) { averages = Adam<Problem>.Memory(dimension) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.averages.t += 1
    let t = memory.averages.t
    let μ = momentum(at: t)
    let next = momentum(at: t + 1)
    memory.product *= μ
    p.setAdaptive(
      first: &memory.averages.first, times: -next / (1 - memory.product * next),
      second: &memory.averages.second, decay: betas, gradient: current.gradient,
      times: -(1 - μ) / (1 - memory.product),
      rootTimes: 1 / Scalar.oneMinusPower(betas.1, t).squareRoot(), plus: epsilon)
    return 1
  }

  /// μₜ.
  @inlinable func momentum(at t: Int) -> Scalar {
    guard let ψ = momentumDecay else { return betas.0 }
    return betas.0 * (1 - Scalar.pow(0.96, Scalar(t) * ψ) / 2)
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
      ?? momentumDecay.flatMap { complaintAboutSize("momentumDecay (ψ)", $0, suggesting: "4e-3") }
  }
}

extension Solver {
  /// NAdam with a constant rate; see ``Secant/NAdam``.
  @inlinable public static func nAdam<P>(
    rate: P.Scalar = 2e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    momentumDecay: P.Scalar? = 4e-3
  ) -> Self
  where Self == Descent<NAdam<P>, Constant<P.Scalar>> {
    Self(NAdam(betas: betas, epsilon: epsilon, momentumDecay: momentumDecay), step: Constant(rate: rate))
  }

  /// NAdam with a rate that follows a schedule; see ``Secant/NAdam``.
  @inlinable public static func nAdam<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    momentumDecay: P.Scalar? = 4e-3
  ) -> Self
  where Self == Descent<NAdam<P>, Scheduled<P.Scalar>> {
    Self(NAdam(betas: betas, epsilon: epsilon, momentumDecay: momentumDecay), step: Scheduled(rate))
  }
}
