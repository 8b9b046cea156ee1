/// Newton's method with the system solved by conjugate gradients, as far as it is worth: Newton-CG.
///
/// p is the iterate of conjugate gradients on ∇²f p = −∇f, from 0, at which the residual r is at most η‖∇f‖
/// (``Forcing``). Where a direction d with dᵀ∇²f d ≤ 0 is met, it is followed once more, by ‖r‖²/|dᵀ∇²f d|, and that
/// ends the iteration: the step that the same curvature upwards would have had. The book leaves d aside; but near a
/// saddle, where the gradient is all but orthogonal to d, that costs many small steps. The length to try first is 1.
///
/// A product that is not finite gives a direction of NaN: no search can start there, and the run says so.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: 3n.
/// - **Work per step**: a Hessian-vector product and 10n flops for each conjugate gradient.
/// - **Guarantees**: a descent direction; superlinear convergence near a minimum with a positive definite Hessian.
/// - **Reference**: Dembo and Steihaug, *Math. Programming* 26 (1983) 190–212; Nocedal and Wright, *Numerical
///   Optimization*, 2nd ed., algorithm 7.1.
///
/// | book | here |
/// | --- | --- |
/// | z | `p` |
/// | r, d | `r`, `d` |
/// | Bd | `Bd` |
/// | ε_k | `forcing.tolerance` · ‖∇f‖ |
public struct TruncatedNewton<Problem: HessianVectorObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// How exactly the system is solved.
  public var forcing: Forcing<Scalar>

  @inlinable public init(forcing: Forcing<Scalar> = .init()) { self.forcing = forcing }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> ConjugateGradientMemory<Scalar> {
    ConjugateGradientMemory(dimension)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration _: Int,
    _ memory: inout ConjugateGradientMemory<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    let norm = current.gradient.norm
    memory.greatestNorm = Swift.max(memory.greatestNorm, norm)
    let tolerance = forcing.tolerance(norm, greatest: memory.greatestNorm) * norm

    p.fill(with: 0)
    memory.r.vector.copy(current.gradient)
    memory.d.vector.set(current.gradient, times: -1)
    var rᵀr = memory.r.vector.squaredNorm
    for j in 0..<forcing.products(p.count) {
      try oracle.hessian(times: memory.d.vector, at: current.point, into: &memory.Bd.vector)
      let dᵀBd = memory.d.vector.dot(memory.Bd.vector)
      guard dᵀBd > 0, dᵀBd.isFinite else {
        if !dᵀBd.isFinite {
          p.fill(with: .nan)
        } else {
          let length = rᵀr / -dᵀBd
          // Where there is no curvature at all there is no length either.
          p.add(memory.d.vector, times: length.isFinite ? length : j == 0 ? 1 : 0)
        }
        return 1
      }
      let α = rᵀr / dᵀBd
      p.add(memory.d.vector, times: α)
      memory.r.vector.add(memory.Bd.vector, times: α)
      let rᵀrBefore = rᵀr
      rᵀr = memory.r.vector.squaredNorm
      if rᵀr.squareRoot() <= tolerance { break }
      memory.d.vector.scale(by: rᵀr / rᵀrBefore, adding: memory.r.vector, times: -1)
    }
    return 1
  }

  public var complaint: String? { forcing.complaint }
}

extension Solver {
  /// Newton's method by truncated conjugate gradients: see ``TruncatedNewton``.
  @inlinable public static func newtonCG<P>() -> Self
  where Self == Descent<TruncatedNewton<P>, StrongWolfe<P.Scalar>> {
    Descent(TruncatedNewton(), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// Newton's method by truncated conjugate gradients, with a step rule of your choice.
  @inlinable public static func newtonCG<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<TruncatedNewton<P>, Rule> {
    Descent(TruncatedNewton(), step: rule)
  }
}
