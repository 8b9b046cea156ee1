/// The symmetric rank-one method with a dense inverse Hessian.
///
/// p = −Hg with H₊ = H + wwᵀ/wᵀy, w = s − Hy, s = x₊ − x, y = g₊ − g: the only update of rank one that satisfies
/// H₊y = s. It learns from any pair, whatever its curvature, and its matrices are often nearer to the inverse Hessian
/// than those of BFGS; but nothing keeps them positive definite. Where p does not lead downhill, by the cosine
/// `leastDescent`, H starts again from the identity, and says so (``Solver/restarts(in:)``).
///
/// - **Demands**: ``DifferentiableObjective``; nothing of the step rule. Not for batches.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one `symv` and one `syr2`, 4n² flops (``InverseHessian``).
/// - **Guarantees**: a descent direction. On a quadratic H is the inverse Hessian after n independent steps of any
///   length (theorem 6.1 of the book), as long as none is skipped.
/// - **Reference**: Davidon (1959), Broyden (1967); Conn, Gould and Toint, *Math. Programming* 50 (1991) 177–195;
///   Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 6.2.
///
/// | book | here |
/// | --- | --- |
/// | r in (6.26) | `skipTolerance`, on wᵀy instead of sᵀ(y − Bs) |
/// | s − Hy | w |
public struct SymmetricRankOne<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// r in |wᵀy| ≥ r‖w‖‖y‖: a pair for which it fails is not used.
  public var skipTolerance: Scalar
  /// The least cosine between p and −g.
  public var leastDescent: Scalar
  /// Before the first update the identity becomes `initialScale`·(sᵀy/yᵀy) I. With 1 the first pair would say
  /// nothing, wᵀy = 0; below 1 the first update is positive definite.
  public var initialScale: Scalar

  @inlinable public init(
    skipTolerance: Scalar = Swift.max(1e-8, Scalar.ulpOfOne.squareRoot() / 2),
    leastDescent: Scalar = Scalar.ulpOfOne.squareRoot(),
    initialScale: Scalar = 0.5
  ) {
    self.skipTolerance = skipTolerance
    self.leastDescent = leastDescent
    self.initialScale = initialScale
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> InverseHessian<Scalar> {
    InverseHessian(dimension)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ H: inout InverseHessian<Scalar>, asking _: inout Oracle<Problem>
  ) -> Scalar {
    H.choose(
      &p, at: current, after: previous, iteration: iteration, scaling: .first, initialScale: initialScale,
      leastDescent: leastDescent
    ) { pair in
      let wᵀy = pair.sᵀy - pair.yᵀHy
      let b = -1 / wᵀy
      guard abs(wᵀy) >= skipTolerance * (pair.wᵀw * pair.yᵀy).squareRoot(), b.isFinite else {
        return .skip
      }
      return .add(InverseUpdate(a: -b, b: b, c: -b))
    }
  }

  @inlinable public func restart(_ H: inout InverseHessian<Scalar>, at iteration: Int) -> Bool {
    H.restartAfterFailedSearch(at: iteration)
  }

  @inlinable public func restarts(in H: InverseHessian<Scalar>) -> Restarts { H.restarts }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if !(skipTolerance >= 0 && skipTolerance < 1) {
      return "skipTolerance is \(skipTolerance): choose a number from 0 to below 1, such as 1e-8."
    }
    if !(leastDescent >= 0 && leastDescent < 1) {
      return "leastDescent is \(leastDescent): choose a cosine from 0 to below 1, such as 1e-8."
    }
    return initialScale > 0 && initialScale.isFinite
      ? nil : "initialScale is \(initialScale): choose a positive finite number other than 1, such as 0.5."
  }
}

extension Solver {
  /// The symmetric rank-one method with a strong Wolfe search: see ``SymmetricRankOne``.
  @inlinable public static func sr1<P>() -> Self
  where Self == Descent<SymmetricRankOne<P>, StrongWolfe<P.Scalar>> {
    Descent(SymmetricRankOne(), step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }

  /// The symmetric rank-one method with a step rule of your choice.
  @inlinable public static func sr1<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<SymmetricRankOne<P>, Rule> {
    Descent(SymmetricRankOne(), step: rule)
  }
}
