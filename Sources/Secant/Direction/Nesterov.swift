/// Nesterov's accelerated gradient, in the form whose gradients are taken at the iterates.
///
/// b ← μb + g and θ ← θ − η(g + μb), with b₀ = g: the form of `torch.optim.SGD(nesterov=True)`. Nesterov's own
/// takes the gradient ahead, v ← μv + η∇f(φ − μv) and φ ← φ − v; with a constant rate its look-ahead points
/// φ − μv, where v = ηb, are the iterates θ here, so the two are one method that shows different points.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, since p need not be a descent direction.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass.
/// - **Guarantees**: on a function with curvatures in [m, L], η = 1/L and μ = (√L − √m)/(√L + √m) shrink f − f* by
///   1 − √(m/L) a step, where gradient descent has 1 − m/L.
/// - **Reference**: Nesterov, *Soviet Math. Dokl.* 27 (1983); Sutskever, Martens, Dahl and Hinton, ICML 2013.
///
/// | paper | here |
/// | --- | --- |
/// | μ | `momentum` |
/// | b | `Memory.average` |
public struct Nesterov<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// μ, the part of the last direction that is kept.
  public var momentum: Scalar

  @inlinable public init(_ momentum: Scalar = 0.9) { self.momentum = momentum }

  /// The sum b.
  public typealias Memory = Momentum<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setMomentum(
      &memory.average, decay: momentum, gradient: current.gradient, weight: 1,
      direction: (momentum: -momentum, gradient: -1))
    return 1
  }

  public var complaint: String? { complaintAboutAverage("momentum (μ)", momentum, suggesting: "0.9") }
}

extension Solver {
  /// Nesterov's accelerated gradient with a constant rate; see ``Nesterov``.
  @inlinable public static func nesterov<P>(rate: P.Scalar, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Nesterov<P>, Constant<P.Scalar>> {
    Self(Nesterov(momentum), step: Constant(rate: rate))
  }

  /// Nesterov's accelerated gradient with a rate that follows a schedule; see ``Nesterov``.
  @inlinable public static func nesterov<P>(rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Nesterov<P>, Scheduled<P.Scalar>> {
    Self(Nesterov(momentum), step: Scheduled(rate))
  }
}
