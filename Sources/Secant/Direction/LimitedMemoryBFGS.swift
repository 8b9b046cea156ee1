/// The limited-memory BFGS method: a quasi-Newton direction from the last m steps, without a matrix.
///
/// p = −Hg, where H is what BFGS makes of γI by the last m pairs s = x₊ − x, y = g₊ − g
/// (``LimitedMemoryInverseHessian``). The length to try first is 1. Before there is a pair, p = −g and the length is
/// min(1, 1/‖g‖₂): the first trial then moves by at most 1 in the norm in which the direction is steepest, and by
/// no more than the gradient itself where that is small, but by no less than ε^⅓ of ‖x‖.
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the (strong) Wolfe conditions, without which pairs
///   may fail the curvature test and are skipped. Not for batches, of which no two gradients make a pair.
/// - **Memory**: 2(m + 1)n.
/// - **Work per step**: (4m + 4)n multiplications.
/// - **Guarantees**: a descent direction; R-linear convergence on a strongly convex function. Where a search along p
///   finds nothing lower, the pairs are forgotten and steepest descent has its turn (``Solver/restarts(in:)``).
/// - **Reference**: Nocedal, *Math. Comp.* 35 (1980) 773–782; Liu and Nocedal, *Math. Programming* 45 (1989)
///   503–528.
///
/// | paper | here |
/// | --- | --- |
/// | m | `memory` |
/// | s, y | the pair between `previous` and `current` |
public struct LimitedMemoryBFGS<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// m, the number of pairs remembered: 5 to 20 is usual.
  public var memory: Int
  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used.
  public var curvatureTolerance: Scalar

  @inlinable public init(memory: Int = 10, curvatureTolerance: Scalar = .ulpOfOne) {
    self.memory = memory
    self.curvatureTolerance = curvatureTolerance
  }

  /// H, and when it was forgotten.
  public struct Memory: Sendable, Codable, Equatable {
    /// H.
    public var inverseHessian: LimitedMemoryInverseHessian<Scalar>
    /// When H was forgotten, and why.
    public var restarts = Restarts()

    @inlinable init(_ inverseHessian: LimitedMemoryInverseHessian<Scalar>) {
      self.inverseHessian = inverseHessian
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(
      LimitedMemoryInverseHessian(
        dimension: dimension, capacity: Swift.min(Swift.max(memory, 1), 100_000),
        curvatureTolerance: curvatureTolerance))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) -> Scalar {
    if previous.isEvaluated && iteration > 0 {
      memory.inverseHessian.update(
        from: (previous.point, previous.gradient), to: (current.point, current.gradient))
    }
    memory.inverseHessian.apply(to: current.gradient, into: &p)
    return memory.inverseHessian.count > 0 ? 1 : current.firstLength
  }

  @inlinable public func restart(_ memory: inout Memory, at iteration: Int) -> Bool {
    guard memory.inverseHessian.count > 0 else { return false }
    memory.inverseHessian.removeAll()
    memory.restarts.note(.failedSearch, at: iteration)
    return true
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { memory.restarts }

  @inlinable public var comparesGradients: Bool { true }

  @inlinable public var complaint: String? {
    if !(1...100_000).contains(memory) {
      return "memory is \(memory): choose from 1 to 100000 pairs, such as 10."
    }
    return complaintAboutCurvature(curvatureTolerance)
  }
}

/// The sentence about ε in yᵀs > ε‖s‖‖y‖, or nil.
@inlinable func complaintAboutCurvature<Scalar: LAPACKScalar>(_ ε: Scalar) -> String? {
  ε >= 0 && ε < 1 ? nil : "curvatureTolerance is \(ε): choose a number from 0 to below 1, such as 1e-16."
}

extension LAPACKScalar {
  /// The part of |f| below which the second-order methods let slopes decide: ε^¾, 2e-12 in double precision.
  ///
  /// Evaluating f commonly loses many units in the last place, and slopes tell so small a change better.
  @inlinable static var noiseOfValues: Self {
    ulpOfOne.squareRoot() * ulpOfOne.squareRoot().squareRoot()
  }
}

extension Solver {
  /// L-BFGS with a strong Wolfe search: see ``LimitedMemoryBFGS``.
  ///
  /// - Parameter memory: m, the number of pairs remembered.
  @inlinable public static func lbfgs<P>(memory: Int = 10) -> Self
  where Self == Descent<LimitedMemoryBFGS<P>, StrongWolfe<P.Scalar>> {
    Descent(LimitedMemoryBFGS(memory: memory), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// L-BFGS with a step rule of your choice.
  @inlinable public static func lbfgs<P, Rule>(memory: Int = 10, step rule: Rule) -> Self
  where Self == Descent<LimitedMemoryBFGS<P>, Rule> {
    Descent(LimitedMemoryBFGS(memory: memory), step: rule)
  }
}
