/// Gradient descent with momentum: Polyak's heavy ball.
///
/// b ← μb + g and θ ← θ − ηb, with b₀ = g. This is the form of `torch.optim.SGD` without dampening: b does not
/// contain the rate, so a rate that changes acts at once on everything remembered. The other published form,
/// v ← μv + ηg and θ ← θ − v (Sutskever et al. 2013), has the same iterates while η is constant, and so has
/// Polyak's own, θ ← θ − ηg + μ(θ − θ₋₁).
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, since p need not be a descent direction.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: on a quadratic with eigenvalues in [m, L] it converges for 0 < η < 2(1 + μ)/L; best is
///   √μ = (√L − √m)/(√L + √m) with η = 4/(√L + √m)², which multiplies the error by √μ a step.
/// - **Reference**: Polyak, *USSR Comput. Math. Math. Phys.* 4 (1964); Sutskever, Martens, Dahl and Hinton, ICML 2013.
///
/// | paper | here |
/// | --- | --- |
/// | μ, β | `momentum` |
/// | b, v | `Memory.average` |
public struct Momentum<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// μ, the part of the last direction that is kept.
  public var momentum: Scalar

  @inlinable public init(_ momentum: Scalar = 0.9) { self.momentum = momentum }

  /// The sum b.
  public struct Memory: Sendable, Codable, Equatable {
    /// b, zero before the first step, so that the first b is g.
    public var average: Vector<Scalar>

    @inlinable init(_ dimension: Int) { average = Vector(zeros: dimension) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setMomentum(
      &memory.average, decay: momentum, gradient: current.gradient, weight: 1,
      direction: (momentum: -1, gradient: 0))
    return 1
  }

  public var complaint: String? { complaintAboutAverage("momentum (μ)", momentum, suggesting: "0.9") }
}

extension Solver {
  /// Gradient descent with Polyak's momentum and a constant rate; see ``Momentum``.
  @inlinable public static func momentum<P>(rate: P.Scalar, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Momentum<P>, Constant<P.Scalar>> {
    Self(Momentum(momentum), step: Constant(rate: rate))
  }

  /// Gradient descent with Polyak's momentum and a rate that follows a schedule; see ``Momentum``.
  @inlinable public static func momentum<P>(rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Momentum<P>, Scheduled<P.Scalar>> {
    Self(Momentum(momentum), step: Scheduled(rate))
  }
}
