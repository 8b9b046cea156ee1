/// LARS: momentum whose every addition is, in each block of the variables, a fixed part of the block's own
/// size.
///
/// In every block r = c‖θ‖₂/(‖g‖₂ + λ‖θ‖₂), v ← μv + r(g + λθ), p = −v; r is 1 where its numerator or
/// denominator is 0.
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate.
/// - **Memory**: n.
/// - **Work per step**: O(n), in four passes.
/// - **Guarantees**: without momentum and decay a block moves by ηc‖θ‖₂; without decay the steps do not
///   change when f is multiplied by a positive number.
/// - **Reference**: You, Gitman and Ginsburg 2017 (1708.03888), Algorithm 1.
///
/// | paper | here |
/// | --- | --- |
/// | m | `momentum` |
/// | η | `trust` |
/// | β | `decay` |
/// | v | `Memory.sum` |
public struct LARS<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// μ, the part of the last direction that is kept.
  public var momentum: Scalar
  /// c, the part of a block's size that is added in a step.
  public var trust: Scalar
  /// λ, the weight of ‖θ‖²/2 in f.
  public var decay: Scalar

  @inlinable public init(momentum: Scalar = 0.9, trust: Scalar = 1e-3, decay: Scalar = 0) {
    self.momentum = momentum
    self.trust = trust
    self.decay = decay
  }

  /// The sum v, and the blocks.
  public struct Memory: Sendable, Codable, Equatable {
    /// −v.
    public var sum: Vector<Scalar>
    @usableFromInline var blocks: [Layout.Block]

    @usableFromInline init(_ layout: Layout) {
      sum = Vector(zeros: layout.count)
      blocks = layout.blocks
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.layout)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.set(current.gradient, times: -1, plus: current.point, times: -decay)
    for block in memory.blocks {
      let size = current.point.norm(of: block)
      p.scale(
        block, by: trustRatio(of: trust * size, to: current.gradient.norm(of: block) + decay * size))
    }
    memory.sum.scale(by: momentum, adding: p)
    p.copy(memory.sum)
    return 1
  }

  public var complaint: String? {
    complaintAboutAverage("momentum (μ)", momentum, suggesting: "0.9")
      ?? complaintAboutScale("trust (c)", trust, suggesting: "1e-3")
      ?? complaintAboutSize("decay (λ)", decay, suggesting: "1e-4, or 0 for none")
  }
}

extension Solver {
  /// LARS with a constant rate; see ``Secant/LARS``.
  @inlinable public static func lars<P>(
    rate: P.Scalar, momentum: P.Scalar = 0.9, trust: P.Scalar = 1e-3, decay: P.Scalar = 0
  ) -> Self where Self == Descent<LARS<P>, Constant<P.Scalar>> {
    Self(LARS(momentum: momentum, trust: trust, decay: decay), step: Constant(rate: rate))
  }

  /// LARS with a rate that follows a schedule; see ``Secant/LARS``.
  @inlinable public static func lars<P>(
    rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9, trust: P.Scalar = 1e-3, decay: P.Scalar = 0
  ) -> Self where Self == Descent<LARS<P>, Scheduled<P.Scalar>> {
    Self(LARS(momentum: momentum, trust: trust, decay: decay), step: Scheduled(rate))
  }
}
