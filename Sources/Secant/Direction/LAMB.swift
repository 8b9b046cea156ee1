/// LAMB: Adam whose step is, in each block of the variables, as long as the block itself times the rate.
///
/// u = m̂/(√v̂ + ε) + λθ by ``Adam``, and in every block p = −(‖θ‖₂/‖u‖₂) u; the factor is 1 where either
/// norm is 0.
///
/// - **Demands**: ``DifferentiableObjective`` and ``BlockStructured``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass for u, two with decay, and two over each block.
/// - **Guarantees**: a block moves by η‖θ‖₂, whatever its gradient's size; the steps do not change when f is
///   multiplied by a positive number, but for ε and without decay.
/// - **Reference**: You et al., ICLR 2020 (1904.00962), Algorithm 2 with φ(z) = z.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂, ε, λ | `adam` |
/// | m, v | `Memory.averages` |
public struct LAMB<Problem: DifferentiableObjective & BlockStructured>: Direction {
  public typealias Scalar = Problem.Scalar

  /// What u comes from, with its decay λ.
  public var adam: Adam<Problem>

  @inlinable public init(_ adam: Adam<Problem> = Adam(epsilon: 1e-6)) { self.adam = adam }

  /// Adam's averages, and the blocks.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, v and t.
    public var averages: Adam<Problem>.Memory
    @usableFromInline var blocks: [Layout.Block]

    @usableFromInline init(_ layout: Layout) {
      averages = Adam<Problem>.Memory(layout.count)
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
    adam.choose(&p, at: current.point, gradient: current.gradient, &memory.averages)
    for block in memory.blocks {
      let size = p.norm(of: block)
      p.scale(block, by: trustRatio(of: current.point.norm(of: block), to: size))
    }
    return 1
  }

  public var complaint: String? { adam.complaint }
}

/// The size of a block of the variables as a part of that of its step, or 1 where either is 0.
@inlinable func trustRatio<Scalar: LAPACKScalar>(of point: Scalar, to step: Scalar) -> Scalar {
  point == 0 || step == 0 ? 1 : point / step
}

extension Solver {
  /// LAMB with a constant rate; see ``Secant/LAMB``.
  @inlinable public static func lamb<P>(
    rate: P.Scalar = 1e-3, _ adam: Adam<P> = Adam(epsilon: 1e-6)
  ) -> Self where Self == Descent<LAMB<P>, Constant<P.Scalar>> {
    Self(LAMB(adam), step: Constant(rate: rate))
  }

  /// LAMB with a rate that follows a schedule; see ``Secant/LAMB``.
  @inlinable public static func lamb<P>(
    rate: Schedule<P.Scalar>, _ adam: Adam<P> = Adam(epsilon: 1e-6)
  ) -> Self where Self == Descent<LAMB<P>, Scheduled<P.Scalar>> {
    Self(LAMB(adam), step: Scheduled(rate))
  }
}
