/// Steepest descent: against the gradient.
///
/// p = −∇f(x). With a constant rate this is gradient descent (Cauchy 1847), on batches stochastic gradient descent
/// (Robbins and Monro 1951); with a line search, the method of steepest descent.
///
/// The length that it suggests to a search is the minimiser of the parabola through f(xₖ₋₁), f(xₖ) and φ′(0),
/// 2(f(xₖ) − f(xₖ₋₁))/φ′(0): a search that always accepts its first trial doubles it. Where the last decrease is
/// lost in rounding, it is the length that promises the last step's change again, and on the first step
/// min(1, 1/‖∇f‖).
///
/// - **Demands**: ``DifferentiableObjective``.
/// - **Memory**: none.
/// - **Work per step**: O(n), in one pass; the suggestion costs another only where the decrease is lost.
/// - **Guarantees**: on a convex function whose gradient has the Lipschitz constant L, a rate of at most 1/L gives
///   f(xₖ) − f* ≤ ‖x₀ − x*‖² / (2k · rate); on a quadratic with eigenvalues in [μ, L], a rate η multiplies the
///   error by at most max(|1 − ημ|, |1 − ηL|) a step.
/// - **Reference**: Nocedal and Wright (2006), sections 3.3 and 3.5, (3.60).
public struct SteepestDescent<Problem: DifferentiableObjective>: Direction {
  @inlinable public init() {}

  @inlinable public func choose(
    _ p: inout Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    after previous: Iterate<Problem.Scalar>, iteration: Int,
    _ memory: inout Stateless, asking oracle: inout Oracle<Problem>
  ) -> Problem.Scalar {
    let g = current.gradient
    let slope = p.set(g, plus: 0, times: g, scaledBy: -1, thenDot: g)
    guard previous.isEvaluated, iteration > 0 else {
      return current.firstLength(ofGradient: (-slope).squareRoot())
    }
    let decrease = previous.value - current.value
    if decrease > 8 * Problem.Scalar.ulpOfOne * abs(current.value) { return -2 * decrease / slope }
    // α₋₁φ′₋₁ = αφ′, where the last step was α₋₁ times the last gradient.
    let step = current.point.squaredDistance(to: previous.point).squareRoot()
    return -step * previous.gradient.norm / slope
  }
}

extension SteepestDescent {
  @inlinable public func stepsAtOnce(_: Stateless) -> Bool { true }

  /// θ ← θ − ηg, in one pass.
  @inlinable public func step(
    _ θ: inout Vector<Problem.Scalar>, from start: Vector<Problem.Scalar>?, along g: Vector<Problem.Scalar>,
    by η: Problem.Scalar, _: inout Stateless
  ) {
    if let start { θ.set(start, plus: -η, times: g) } else { θ.add(g, times: -η) }
  }
}

extension Solver {
  /// Gradient descent with a constant rate, θ ← θ − ηg; see ``SteepestDescent``.
  @inlinable public static func gradientDescent<P>(rate: P.Scalar) -> Self
  where Self == Descent<SteepestDescent<P>, Constant<P.Scalar>> {
    Self(SteepestDescent(), step: Constant(rate: rate))
  }

  /// Gradient descent with a rate that follows a schedule; see ``SteepestDescent``.
  @inlinable public static func gradientDescent<P>(rate: Schedule<P.Scalar>) -> Self
  where Self == Descent<SteepestDescent<P>, Scheduled<P.Scalar>> {
    Self(SteepestDescent(), step: Scheduled(rate))
  }

  /// Steepest descent with Armijo's backtracking search; see ``SteepestDescent``.
  @inlinable public static func gradientDescent<P>() -> Self
  where Self == Descent<SteepestDescent<P>, Armijo<P.Scalar>> {
    Self(SteepestDescent(), step: Armijo())
  }
}
