/// Newton's method with the system solved by conjugate gradients, as far as it is worth: Newton-CG.
///
/// p is the iterate of preconditioned conjugate gradients on ∇²f p = −∇f, from 0, at which the residual r is at most
/// η‖∇f‖ (``Forcing``), in the norm of M⁻¹ where there is a ``Preconditioner`` M. Where a direction d with dᵀ∇²f d ≤
/// 0 is met, it is followed once more, by rᵀM⁻¹r/|dᵀ∇²f d|, and that ends the iteration: the step that the same
/// curvature upwards would have had. The book leaves d aside; but near a saddle, where the gradient is all but
/// orthogonal to d, that costs many small steps. The length to try first is 1.
///
/// With products by differences of gradients (``FiniteDifferenceHessian``) this is the Hessian-free method: it asks for
/// gradients alone.
///
/// A product that is not finite gives a direction of NaN: no search can start there, and the run says so.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: 4n, and the preconditioner's.
/// - **Work per step**: a Hessian-vector product, 11n flops and the preconditioner's for each conjugate gradient.
/// - **Guarantees**: a descent direction; superlinear convergence near a minimum with a positive definite Hessian.
/// - **Reference**: Dembo and Steihaug, *Math. Programming* 26 (1983) 190–212; Nocedal and Wright, *Numerical
///   Optimization*, 2nd ed., algorithms 7.1 and 5.3.
///
/// | book | here |
/// | --- | --- |
/// | z | `p` |
/// | r, d | `r`, `d` |
/// | y = M⁻¹r | `z` |
/// | Bd | `Bd` |
/// | ε_k | `forcing.tolerance` · ‖∇f‖ |
public struct PreconditionedNewtonCG<M: Preconditioner>: Direction {
  public typealias Problem = M.Problem
  public typealias Scalar = Problem.Scalar

  /// M.
  public var preconditioner: M
  /// How exactly the system is solved.
  public var forcing: Forcing<Scalar>

  @inlinable public init(_ preconditioner: M, forcing: Forcing<Scalar> = .init()) {
    self.preconditioner = preconditioner
    self.forcing = forcing
  }

  /// The vectors of conjugate gradients, and what the preconditioner remembers.
  public struct Memory: Sendable, Codable, Equatable {
    /// What the preconditioner remembers.
    public var preconditioner: M.Memory
    @usableFromInline var cg: ConjugateGradientMemory<Scalar>
    @usableFromInline var z: Scratch<Scalar>

    @inlinable init(_ n: Int, _ preconditioner: M.Memory) {
      self.preconditioner = preconditioner
      cg = ConjugateGradientMemory(n)
      z = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(dimension, preconditioner.allocate(dimension, for: problem))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try preconditioner.prepare(
      at: current, iteration: iteration, &memory.preconditioner, asking: &oracle)
    guard let (γ, _, η) = memory.cg.begin(current.gradient, forcing) else {
      p.fill(with: .nan)
      return 1
    }
    p.fill(with: 0)
    defer { p.scale(by: γ) }
    preconditioner.solve(memory.cg.r.vector, into: &memory.z.vector, &memory.preconditioner)
    memory.cg.d.vector.set(memory.z.vector, times: -1)
    var rᵀz = memory.cg.r.vector.dot(memory.z.vector)
    let sufficient = η * rᵀz.squareRoot()
    for j in 0..<forcing.products(p.count) {
      try oracle.hessian(times: memory.cg.d.vector, at: current.point, into: &memory.cg.Bd.vector)
      let dᵀBd = memory.cg.d.vector.dot(memory.cg.Bd.vector)
      guard dᵀBd > 0, dᵀBd.isFinite else {
        if !dᵀBd.isFinite {
          p.fill(with: .nan)
        } else {
          let length = rᵀz / -dᵀBd
          // Where there is no curvature at all there is no length either.
          p.add(memory.cg.d.vector, times: length.isFinite ? length : j == 0 ? 1 : 0)
        }
        return 1
      }
      preconditioner.learn(memory.cg.d.vector, product: memory.cg.Bd.vector, &memory.preconditioner)
      let α = rᵀz / dᵀBd
      memory.cg.advance(&p, by: α)
      preconditioner.solve(memory.cg.r.vector, into: &memory.z.vector, &memory.preconditioner)
      let rᵀzBefore = rᵀz
      rᵀz = memory.cg.r.vector.dot(memory.z.vector)
      if rᵀz.squareRoot() <= sufficient { break }
      memory.cg.d.vector.scale(by: rᵀz / rᵀzBefore, adding: memory.z.vector, times: -1)
    }
    return 1
  }

  public var complaint: String? { preconditioner.complaint ?? forcing.complaint }
}

/// Newton-CG without a preconditioner: see ``PreconditionedNewtonCG``.
public typealias TruncatedNewton<Problem: HessianVectorObjective> = PreconditionedNewtonCG<
  IdentityPreconditioner<Problem>
>

extension PreconditionedNewtonCG {
  /// Conjugate gradients as they are.
  @inlinable public init<P>(forcing: Forcing<P.Scalar> = .init()) where M == IdentityPreconditioner<P> {
    self.init(IdentityPreconditioner(), forcing: forcing)
  }
}

extension Solver {
  /// Newton's method by truncated conjugate gradients: see ``PreconditionedNewtonCG``.
  @inlinable public static func newtonCG<P>() -> Self
  where Self == Descent<TruncatedNewton<P>, StrongWolfe<P.Scalar>> {
    Descent(TruncatedNewton(), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// Newton's method by truncated conjugate gradients, with a step rule of your choice.
  @inlinable public static func newtonCG<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<TruncatedNewton<P>, Rule> {
    Descent(TruncatedNewton(), step: rule)
  }

  /// Newton's method by preconditioned conjugate gradients: `.newtonCG(preconditioner: LimitedMemoryPreconditioner())`.
  @inlinable public static func newtonCG<M: Preconditioner>(preconditioner: M) -> Self
  where Self == Descent<PreconditionedNewtonCG<M>, StrongWolfe<M.Problem.Scalar>> {
    Descent(PreconditionedNewtonCG(preconditioner), step: StrongWolfe(noise: .noiseOfValues))
  }
}
