/// Newton's method as it is for equations: ∇²f p = −∇f, whatever the signs of the Hessian's eigenvalues.
///
/// It goes to any stationary point, a saddle or a maximum as readily as a minimum: the one whose neighbourhood the
/// start lies in. Nothing makes it converge from elsewhere. A run ends where the gradient vanishes, and the
/// certificate says what kind of point that is.
///
/// A Hessian that is singular or not finite gives a direction of NaN, which ``FullStep`` refuses.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: 2n².
/// - **Work per step**: a Hessian, one Bunch–Kaufman factorisation (n³/3 flops) and one evaluation.
/// - **Guarantees**: quadratic convergence from near any stationary point with a regular Hessian; invariant under
///   affine changes of variables.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., theorem 3.5; Bunch and Kaufman, Math. Comp.
///   31 (1977).
public struct PureNewton<Problem: TwiceDifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// Room for the Hessian and its factor, which nothing depends on once the direction is chosen.
  public struct Memory: Workspace {
    @usableFromInline var hessian: Matrix<Scalar>
    @usableFromInline var factor: BunchKaufman<Scalar>

    /// The number of variables.
    public var shape: Int { hessian.rows }

    public init(shape n: Int) {
      hessian = Matrix(zeros: n, n)
      factor = BunchKaufman(dimension: n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(shape: dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration _: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.hessian(at: current.point, into: &memory.hessian)
    try oracle.chargeFactorisation(flops: Double(BunchKaufman<Scalar>.flops(p.count)))
    if memory.factor.factor(memory.hessian) == nil {
      p.set(current.gradient, times: -1)
      memory.factor.solve(&p)
    } else {
      p.fill(with: .nan)
    }
    return 1
  }

  /// Unknown: a stationary point of any kind is where this method wants to be, and no step leaves a saddle.
  @inlinable public func curvature(
    at _: Iterate<Scalar>, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> { .unknown }
}

extension Solver {
  /// Newton's method with full steps, to a stationary point of any kind: see ``PureNewton``.
  @inlinable public static func pureNewton<P>() -> Self
  where Self == Descent<PureNewton<P>, FullStep<P.Scalar>> {
    Descent(PureNewton(), step: FullStep())
  }
}
