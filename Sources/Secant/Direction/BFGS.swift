/// The BFGS method with a dense inverse Hessian.
///
/// p = −Hg with H₊ = (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, ρ = 1/yᵀs, s = x₊ − x, y = g₊ − g. The identity of the first
/// step is replaced by (sᵀy/yᵀy) I just before the first update, unless ``scaling`` says otherwise. The length to try
/// first is 1, on the first step min(1, 1/‖g‖₂).
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the (strong) Wolfe conditions, without which a pair
///   may fail the curvature test yᵀs > ε‖s‖‖y‖ and is skipped. Not for batches, of which no two gradients make a
///   pair.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one `symv` and one `syr2`, 4n² flops (``InverseHessian``).
/// - **Guarantees**: a descent direction. Where rounding has cost H its definiteness, or a search along p finds
///   nothing lower, it starts again from the identity and says so (``Solver/restarts(in:)``). Superlinear convergence
///   near a strict minimum; n steps on a quadratic with exact search.
/// - **Reference**: Broyden, Fletcher, Goldfarb, Shanno (1970); Nocedal and Wright, *Numerical Optimization*, 2nd
///   ed., algorithm 6.1 with (6.17) and (6.20).
///
/// | book | here |
/// | --- | --- |
/// | ρ | 1 / `sᵀy` |
/// | H | `matrix` of ``InverseHessian`` |
/// | H₊ − H | a = (1 + yᵀHy/sᵀy)/sᵀy, b = −1/sᵀy, c = 0 |
public struct BFGS<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used.
  public var curvatureTolerance: Scalar
  /// When H is rescaled to the curvature of the newest pair.
  public var scaling: SelfScaling

  @inlinable public init(curvatureTolerance: Scalar = .ulpOfOne, scaling: SelfScaling = .first) {
    self.curvatureTolerance = curvatureTolerance
    self.scaling = scaling
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> InverseHessian<Scalar> {
    InverseHessian(dimension)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ H: inout InverseHessian<Scalar>, asking _: inout Oracle<Problem>
  ) -> Scalar {
    let ε = curvatureTolerance
    return H.choose(&p, at: current, after: previous, iteration: iteration, scaling: scaling) { pair in
      guard pair.curves(ε) else { return .skip }
      guard pair.yᵀHy > 0, (pair.yᵀHy / pair.sᵀy).isFinite else { return .restart }
      return .add(InverseUpdate(a: (1 + pair.yᵀHy / pair.sᵀy) / pair.sᵀy, b: -1 / pair.sᵀy, c: 0))
    }
  }

  @inlinable public func restart(_ H: inout InverseHessian<Scalar>, at iteration: Int) -> Bool {
    H.restartAfterFailedSearch(at: iteration)
  }

  @inlinable public func restarts(in H: InverseHessian<Scalar>) -> Restarts { H.restarts }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? { complaintAboutCurvature(curvatureTolerance) }
}

extension Solver {
  /// BFGS with a dense inverse Hessian and a strong Wolfe search of c₂ = 0.5: see ``BFGS``.
  ///
  /// The tighter search costs trials and saves more steps than the usual 0.9: `papers/bfgs.md` has the table.
  @inlinable public static func bfgs<P>() -> Self where Self == Descent<BFGS<P>, StrongWolfe<P.Scalar>> {
    Descent(BFGS(), step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }

  /// BFGS with a step rule of your choice.
  @inlinable public static func bfgs<P, Rule>(step rule: Rule) -> Self where Self == Descent<BFGS<P>, Rule> {
    Descent(BFGS(), step: rule)
  }
}
