/// Newton's method with a line search, its Hessian made positive definite where it is not.
///
/// p = −(∇²f + E)⁻¹∇f with E = 0 where ∇²f is positive definite, and otherwise what the ``HessianModification`` makes
/// of it. The length to try first is 1.
///
/// A Hessian that is not finite gives a direction of NaN: no search can start there, and the run says so.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: n² + n, and what the modification needs, n² mostly.
/// - **Work per step**: a Hessian and n³/3 flops where it is positive definite, in the Hessian's own storage; the
///   modification's work besides where it is not.
/// - **Guarantees**: a descent direction; quadratic convergence near a minimum with a positive definite Hessian;
///   invariant under affine changes of variables wherever E = 0. Saddles are left (``curvature(at:asking:)``).
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 3.2.
///
/// | book | here |
/// | --- | --- |
/// | B = ∇²f + E | `hessian`, or `factor` where E ≠ 0 |
public struct ModifiedNewton<
  Problem: TwiceDifferentiableObjective, Modification: HessianModification
>: Direction where Modification.Scalar == Problem.Scalar {
  public typealias Scalar = Problem.Scalar

  /// What is done where the Hessian is not positive definite.
  public var modification: Modification

  @inlinable public init(_ modification: Modification) { self.modification = modification }

  /// Room for the Hessian and its factors, which nothing depends on once the direction is chosen.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var hessian: InPlaceCholesky<Scalar>
    @usableFromInline var factor: Modification.Factor

    @inlinable init(_ n: Int, _ factor: Modification.Factor) {
      hessian = InPlaceCholesky(dimension: n)
      self.factor = factor
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, modification.allocate(dimension))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration _: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.hessian(at: current.point, into: &memory.hessian.matrix)
    try oracle.chargeFactorisation(flops: Double(InPlaceCholesky<Scalar>.flops(p.count)))
    p.set(current.gradient, times: -1)
    if memory.hessian.factor() == nil {
      memory.hessian.solve(&p)
    } else if memory.hessian.restore(),
      try modification.factor(memory.hessian.matrix, into: &memory.factor, asking: &oracle)
    {
      modification.solve(&p, with: &memory.factor)
    } else {
      p.fill(with: .nan)
    }
    return 1
  }

  /// The least eigenvalue, from one evaluation of the Hessian.
  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try leastCurvature(ofHessianAt: iterate.point, asking: &oracle)
  }

  public var complaint: String? { modification.complaint }
}

/// Newton's method with the usual modification, that of the blocks of a Bunch–Kaufman factorisation: see
/// ``ModifiedNewton`` and ``ModifiedBlocks``.
public typealias Newton<Problem: TwiceDifferentiableObjective> = ModifiedNewton<
  Problem, ModifiedBlocks<Problem.Scalar>
>

extension ModifiedNewton where Modification == ModifiedBlocks<Problem.Scalar> {
  /// Newton's method with the usual modification; `least` is its δ.
  public init(least: Problem.Scalar? = nil) { self.init(ModifiedBlocks(least: least)) }
}

extension Solver {
  /// Newton's method with a modified Hessian and a strong Wolfe search: see ``ModifiedNewton``.
  @inlinable public static func newton<P>() -> Self where Self == Descent<Newton<P>, StrongWolfe<P.Scalar>> {
    Descent(Newton(), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// Newton's method with a step rule of your choice.
  @inlinable public static func newton<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<Newton<P>, Rule> {
    Descent(Newton(), step: rule)
  }

  /// Newton's method with a modification of your choice: `.newton(modifying: ModifiedEigenvalues())`.
  @inlinable public static func newton<P, M>(modifying modification: M) -> Self
  where Self == Descent<ModifiedNewton<P, M>, StrongWolfe<P.Scalar>> {
    Descent(ModifiedNewton(modification), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// Newton's method with a modification and a step rule of your choice.
  @inlinable public static func newton<P, M, Rule>(modifying modification: M, step rule: Rule) -> Self
  where Self == Descent<ModifiedNewton<P, M>, Rule> {
    Descent(ModifiedNewton(modification), step: rule)
  }
}
