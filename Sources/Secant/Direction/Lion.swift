/// Lion: the sign of an average that looks at the newest gradient more than the average it remembers.
///
/// c = β₁m + (1 − β₁)g, p = −sign(c) − λθ, m ← β₂m + (1 − β₂)g, so that a step of length η is
/// θ ← (1 − ηλ)θ − η sign(c).
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, which the authors take 3 to 10 times smaller
///   than Adam's.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass with the step itself where the rate is known; without, two with decay.
/// - **Guarantees**: without decay every coordinate moves by η, but one whose c is exactly 0; the steps do not
///   change when f is multiplied by a positive number. It is steepest descent in ‖·‖∞ with momentum: it
///   comes no nearer to a minimum than the rate lets it.
/// - **Reference**: Chen et al., NeurIPS 2023 (2302.06675), Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | λ | `decoupledDecay` |
/// | m | `Memory.average` |
public struct Lion<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁, the part of m in what the sign is taken of, and β₂, the part of m that is kept.
  public var betas: (Scalar, Scalar)
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar

  @inlinable public init(betas: (Scalar, Scalar) = (0.9, 0.99), decoupledDecay: Scalar = 0) {
    self.betas = betas
    self.decoupledDecay = decoupledDecay
  }

  /// The average m of g.
  public typealias Memory = Momentum<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setSigns(average: &memory.average, decay: betas, gradient: current.gradient, times: -1)
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  @inlinable public func stepsAtOnce(_: Memory) -> Bool { true }

  /// θ ← (1 − ηλ)θ − η sign(c), in one pass.
  @inlinable public func step(
    _ θ: inout Vector<Scalar>, from start: Vector<Scalar>?, along g: Vector<Scalar>, by η: Scalar,
    _ memory: inout Memory
  ) {
    θ.setSignStep(
      from: start, times: 1 - η * decoupledDecay, average: &memory.average, decay: betas, gradient: g,
      times: -η)
  }

  public var complaint: String? {
    complaintAboutBetas(betas, suggesting: "0.9", "0.99")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "1, or 0 for none")
  }
}

extension Solver {
  /// Lion with a constant rate; see ``Secant/Lion``. `decay` is λ in θ ← (1 − ηλ)θ.
  @inlinable public static func lion<P>(
    rate: P.Scalar = 1e-4, betas: (P.Scalar, P.Scalar) = (0.9, 0.99), decay: P.Scalar = 0
  ) -> Self where Self == Descent<Lion<P>, Constant<P.Scalar>> {
    Self(Lion(betas: betas, decoupledDecay: decay), step: Constant(rate: rate))
  }

  /// Lion with a rate that follows a schedule; see ``Secant/Lion``. `decay` is λ in θ ← (1 − ηλ)θ.
  @inlinable public static func lion<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.99), decay: P.Scalar = 0
  ) -> Self where Self == Descent<Lion<P>, Scheduled<P.Scalar>> {
    Self(Lion(betas: betas, decoupledDecay: decay), step: Scheduled(rate))
  }
}
