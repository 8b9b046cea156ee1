/// The Broyden class: every update between BFGS (φ = 0) and DFP (φ = 1), and beyond them, with a dense inverse Hessian.
///
/// p = −Hg, where B = H⁻¹ becomes B₊ = (1 − φ) B_BFGS + φ B_DFP. In terms of H, with s = x₊ − x, y = g₊ − g,
///
/// H₊ = H − Hy(Hy)ᵀ/yᵀHy + ssᵀ/sᵀy + ψ yᵀHy wwᵀ, w = s/sᵀy − Hy/yᵀHy, ψ = (1 − φ) / (1 + φ(μ − 1)),
/// μ = yᵀHy sᵀBs / (sᵀy)² ≥ 1.
///
/// With exact line searches all members take the same steps; with others the members near BFGS correct a wrong
/// matrix sooner, and a φ slightly below 0 sooner still (Byrd, Liu and Nocedal).
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the (strong) Wolfe conditions, without which a pair
///   may fail the curvature test yᵀs > ε‖s‖‖y‖ and is skipped. Not for batches.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one `symv` and one `syr2`, 4n² flops (``InverseHessian``); a `syr` more for some φ outside [0, 1].
/// - **Guarantees**: a descent direction: below the φ at which B₊ becomes singular, 1/(1 − μ), φ is replaced by
///   nine tenths of it. Global convergence on convex functions for φ in [0, 1) with a Wolfe search; n steps on a
///   quadratic with exact search. What rounding spoils is forgotten, with a note (``Solver/restarts(in:)``).
/// - **Reference**: Broyden, *Math. Comp.* 21 (1967) 368–381; Davidon (1959), Fletcher and Powell, *Computer Journal*
///   6 (1963) 163–168, for DFP; Byrd, Nocedal and Yuan, *SIAM J. Numer. Anal.* 24 (1987) 1171–1190; Nocedal and
///   Wright, *Numerical Optimization*, 2nd ed., section 6.3.
///
/// | book | here |
/// | --- | --- |
/// | φ_k, φ_k^c | `φ`, 1/(1 − `μ`) |
/// | H | `matrix` of ``InverseHessian`` |
public struct BroydenClass<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// φ: 0 is BFGS and 1 is DFP.
  public var φ: Scalar
  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used.
  public var curvatureTolerance: Scalar
  /// When H is rescaled to the curvature of the newest pair.
  public var scaling: SelfScaling

  @inlinable public init(
    φ: Scalar, curvatureTolerance: Scalar = .ulpOfOne, scaling: SelfScaling = .first
  ) {
    self.φ = φ
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
    H.choose(&p, at: current, after: previous, iteration: iteration, scaling: scaling) { pair in
      guard pair.curves(curvatureTolerance) else { return .skip }
      let (sᵀy, yᵀHy) = (pair.sᵀy, pair.yᵀHy)
      guard yᵀHy > 0 else { return .restart }
      // By the inequality of Cauchy and Schwarz μ ≥ 1. Where s is no step along p, μ is not known: BFGS.
      let μ = Swift.max(1, yᵀHy / sᵀy * (pair.sᵀBs ?? 0) / sᵀy)
      let φ = pair.sᵀBs == nil ? 0 : φ < 0 && μ > 1 ? Swift.max(φ, 0.9 / (1 - μ)) : φ
      let ψ = (1 - φ) / (1 + φ * (μ - 1))
      let update = InverseUpdate(
        a: (1 + ψ * (yᵀHy / sᵀy)) / sᵀy, b: -ψ / sᵀy, c: (ψ - 1) / yᵀHy)
      return update.isFinite ? .add(update) : .restart
    }
  }

  @inlinable public func restart(_ H: inout InverseHessian<Scalar>, at iteration: Int) -> Bool {
    H.restartAfterFailedSearch(at: iteration)
  }

  @inlinable public func restarts(in H: InverseHessian<Scalar>) -> Restarts { H.restarts }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    φ.isFinite
      ? complaintAboutCurvature(curvatureTolerance)
      : "φ is \(φ): choose a finite number, from 0 (BFGS) to 1 (DFP) for the convex class."
  }
}

extension Solver {
  /// The method of Davidon, Fletcher and Powell, φ = 1 of the ``BroydenClass``, with a strong Wolfe search of c₂ = 0.1.
  ///
  /// DFP recovers slowly from a bad matrix; the tight search spares it most of them.
  @inlinable public static func dfp<P>() -> Self
  where Self == Descent<BroydenClass<P>, StrongWolfe<P.Scalar>> {
    .broyden(φ: 1, step: StrongWolfe(curvature: 0.1, noise: .noiseOfValues))
  }

  /// A member of the Broyden class with a strong Wolfe search of c₂ = 0.5: see ``BroydenClass``.
  @inlinable public static func broyden<P>(φ: P.Scalar) -> Self
  where Self == Descent<BroydenClass<P>, StrongWolfe<P.Scalar>> {
    .broyden(φ: φ, step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }

  /// A member of the Broyden class with a step rule of your choice.
  @inlinable public static func broyden<P, Rule>(φ: P.Scalar, step rule: Rule) -> Self
  where Self == Descent<BroydenClass<P>, Rule> {
    Descent(BroydenClass(φ: φ), step: rule)
  }
}
