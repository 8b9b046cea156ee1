/// The limited-memory quasi-Newton model of a trust region: L-SR1, which may be indefinite as the Hessian is, or L-BFGS.
///
/// B is what the formula makes of σI by the last m pairs s = x₊ − x, y = g₊ − g (``LimitedMemoryHessian``). It begins as
/// ‖g₀‖I, whose full step has length 1. Rejected trial points teach as well: there B was wrong.
///
/// ```swift
/// minimize(f, from: start, using: .trustRegion(model: LimitedMemoryModel(.sr1)))
/// ```
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: 2(m + 1)n, and O(m²).
/// - **Work per step**: 16mn flops for an update, of SR1 24mn, and 8mn for each product.
/// - **Guarantees**: with L-BFGS B is positive definite. With L-SR1 and m ≥ n, B = ∇²f on a quadratic after n linearly
///   independent pairs.
/// - **Reference**: Byrd, Nocedal and Schnabel, *Math. Programming* 63 (1994) 129–156; Nocedal and Wright, *Numerical
///   Optimization*, 2nd ed., algorithm 6.2 and section 7.2.
///
/// | book | here |
/// | --- | --- |
/// | r | `tolerance` |
public struct LimitedMemoryModel<Problem: DifferentiableObjective>: TrustRegionModel {
  public typealias Scalar = Problem.Scalar

  /// The update that B is made by.
  public var formula: LimitedMemoryHessian<Scalar>.Formula
  /// m, the number of pairs remembered: 5 to 20 is usual.
  public var memory: Int
  /// The least curvature of a pair, as a cosine (``LimitedMemoryHessian/tolerance``).
  public var tolerance: Scalar

  /// - Parameters:
  ///   - formula: the update that B is made by.
  ///   - memory: m, the number of pairs remembered.
  ///   - tolerance: the least curvature of a pair, as a cosine; by default the rounding unit for BFGS, 1e-8 (in single
  ///     precision 1e-4) for SR1.
  public init(
    _ formula: LimitedMemoryHessian<Scalar>.Formula, memory: Int = 10, tolerance: Scalar? = nil
  ) {
    self.formula = formula
    self.memory = memory
    self.tolerance = tolerance ?? LimitedMemoryHessian<Scalar>.tolerance(of: formula)
  }

  /// B, and whether it has begun.
  public struct Memory: Sendable, Codable, Equatable {
    /// B.
    public var hessian: LimitedMemoryHessian<Scalar>
    @usableFromInline var hasBegun = false

    init(_ hessian: LimitedMemoryHessian<Scalar>) { self.hessian = hessian }
  }

  public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(
      LimitedMemoryHessian(
        formula, dimension: dimension, capacity: Swift.min(Swift.max(memory, 1), 1000), tolerance: tolerance))
  }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside other: Iterate<Scalar>, hasMoved _: Bool,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) {
    if !memory.hasBegun {
      let norm = current.gradient.norm
      memory.hessian.removeAll(leaving: norm > 0 && norm.isFinite ? norm : 1)
      memory.hasBegun = true
    }
    guard other.isEvaluated else { return }
    memory.hessian.update(
      from: (other.point, other.gradient), to: (current.point, current.gradient))
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.multiply(v, into: &product) }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if !(1...1000).contains(memory) {
      return "memory is \(memory): choose from 1 to 1000 pairs, such as 10."
    }
    return tolerance >= 0 && tolerance < 1
      ? nil : "tolerance is \(tolerance): choose a number from 0 to below 1, such as 1e-8."
  }
}
