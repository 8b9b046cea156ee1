/// VRAdam: AdamW whose rate falls where the momentum is large.
///
/// ηₜ = η/(1 + min(β₃‖m‖₂², α₁)), with m before its correction for bias; then a step of AdamW at the rate ηₜ.
///
/// The momentum plays the part of a velocity, and the brake that of a quartic kinetic energy: oscillations are damped, the rate
/// never falls below η/(1 + α₁).
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in three passes.
/// - **Guarantees**: with β₃ = 0 it is AdamW, bit for bit; a step is between 1/(1 + α₁) of AdamW's and the whole of it. Unlike
///   Adam's its steps depend on the scale of f.
/// - **Reference**: Vaidhyanathan, Schorling, Ares and Osborne, 2025 (2505.13196), and the authors' code.
///
/// | paper | here |
/// | --- | --- |
/// | α₀ | the step rule's rate |
/// | α₁, β₃ | `cutoff`, `braking` |
/// | β₁, β₂, ε, λ | `adam` |
public struct VRAdam<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// AdamW, with its decay λ.
  public var adam: Adam<Problem>
  /// β₃, what the squared norm of the momentum is multiplied by.
  public var braking: Scalar
  /// α₁: the rate is never below its (1 + α₁)-th part.
  public var cutoff: Scalar

  @inlinable public init(
    _ adam: Adam<Problem> = Adam(decoupledDecay: 1e-5), braking: Scalar = 1, cutoff: Scalar = 10
  ) {
    self.adam = adam
    self.braking = braking
    self.cutoff = cutoff
  }

  /// Adam's averages m and v, and how many gradients are in them.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    adam.choose(&p, at: current.point, gradient: current.gradient, &memory)
    p.scale(by: 1 / (1 + Swift.min(cutoff, braking * memory.first.squaredNorm)))
    return 1
  }

  public var complaint: String? {
    complaintAboutSize("braking (β₃)", braking, suggesting: "1")
      ?? complaintAboutSize("cutoff (α₁)", cutoff, suggesting: "10")
      ?? adam.complaint
  }
}

extension Solver {
  /// VRAdam with a constant greatest rate; see ``Secant/VRAdam``.
  @inlinable public static func vrAdam<P>(
    rate: P.Scalar = 1e-3, _ direction: VRAdam<P> = VRAdam()
  ) -> Self where Self == Descent<VRAdam<P>, Constant<P.Scalar>> {
    Self(direction, step: Constant(rate: rate))
  }

  /// VRAdam with a greatest rate that follows a schedule; see ``Secant/VRAdam``.
  @inlinable public static func vrAdam<P>(
    rate: Schedule<P.Scalar>, _ direction: VRAdam<P> = VRAdam()
  ) -> Self where Self == Descent<VRAdam<P>, Scheduled<P.Scalar>> {
    Self(direction, step: Scheduled(rate))
  }
}
