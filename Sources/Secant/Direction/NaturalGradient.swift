public import SecantLinearAlgebra

/// The natural gradient: p = −(F + λI)⁻¹∇f with the Fisher information F, by conjugate gradients on products with it.
///
/// It is the steepest descent where lengths are those of the model's distribution, not of its parameters: to second order
/// ½pᵀFp is the divergence of the distribution after the step from that before. Conjugate gradients end as in
/// ``TruncatedNewton``, at a residual of η‖∇f‖ (``Forcing``); F has no negative curvature to be met. The length to try first
/// is 1.
///
/// What all terms share, such as a regulariser, is in ∇f and not in F: where it is ½μ‖x‖², μ belongs to λ.
///
/// - **Demands**: ``FisherVectorObjective``; a step rule.
/// - **Memory**: 3n.
/// - **Work per step**: a product with F and 10n flops for each conjugate gradient; the products are charged.
/// - **Guarantees**: a descent direction. Where the residual is taken to zero and λ is zero, one step of length 1 is Newton's
///   on a linear model whose loss is a likelihood in its natural parameters, and does not change under an invertible linear map
///   of the variables.
/// - **Reference**: Amari, *Neural Computation* 10 (1998) 251–276; Martens, ICML 2010, on conjugate gradients; Martens,
///   JMLR 21 (2020), on F and the Gauss–Newton matrix.
///
/// | paper | here |
/// | --- | --- |
/// | λ | `damping` |
/// | r, d | `r`, `d` of the conjugate gradients |
/// | (F + λI)d | `Bd` |
public struct NaturalGradient<Problem: FisherVectorObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// λ.
  public var damping: Scalar
  /// How exactly the system is solved.
  public var forcing: Forcing<Scalar>

  @inlinable public init(damping: Scalar = 1e-3, forcing: Forcing<Scalar> = .init()) {
    self.damping = damping
    self.forcing = forcing
  }

  /// The vectors of conjugate gradients.
  public typealias Memory = ConjugateGradientMemory<Scalar>

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    guard let (γ, norm, η) = memory.begin(current.gradient, forcing) else {
      p.fill(with: .nan)
      return 1
    }
    p.fill(with: 0)
    defer { p.scale(by: γ) }
    memory.d.vector.set(memory.r.vector, times: -1)
    var rᵀr = memory.r.vector.squaredNorm
    for j in 0..<forcing.products(p.count) {
      try oracle.fisher(times: memory.d.vector, at: current.point, into: &memory.Bd.vector)
      memory.Bd.vector.add(memory.d.vector, times: damping)
      let dᵀBd = memory.d.vector.dot(memory.Bd.vector)
      guard dᵀBd > 0, dᵀBd.isFinite else {
        // A product that is no number ends the run; where F is zero along d there is no length, and d itself is the way.
        if !dᵀBd.isFinite { p.fill(with: .nan) } else if j == 0 { p.copy(memory.d.vector) }
        return 1
      }
      memory.advance(&p, by: rᵀr / dᵀBd)
      let rᵀrBefore = rᵀr
      rᵀr = memory.r.vector.squaredNorm
      if rᵀr.squareRoot() <= η * norm { break }
      memory.d.vector.scale(by: rᵀr / rᵀrBefore, adding: memory.r.vector, times: -1)
    }
    return 1
  }

  public var complaint: String? {
    complaintAboutSize("damping (λ)", damping, suggesting: "1e-3, or 0 for none") ?? forcing.complaint
  }
}

extension Solver {
  /// The natural gradient with a constant rate; see ``Secant/NaturalGradient``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - damping: λ, what is added to the Fisher information.
  ///   - forcing: how exactly the system is solved.
  @inlinable public static func naturalGradient<P>(
    rate: P.Scalar = 1, damping: P.Scalar = 1e-3, forcing: Forcing<P.Scalar> = .init()
  ) -> Self where Self == Descent<NaturalGradient<P>, Constant<P.Scalar>> {
    Self(NaturalGradient(damping: damping, forcing: forcing), step: Constant(rate: rate))
  }

  /// The natural gradient with a step rule of your choice; see ``Secant/NaturalGradient``.
  @inlinable public static func naturalGradient<P, Rule>(
    damping: P.Scalar = 1e-3, forcing: Forcing<P.Scalar> = .init(), step rule: Rule
  ) -> Self where Self == Descent<NaturalGradient<P>, Rule> {
    Self(NaturalGradient(damping: damping, forcing: forcing), step: rule)
  }
}
