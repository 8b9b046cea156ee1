/// Steepest descent: against the gradient.
///
/// p = −∇f(x). With a constant rate this is gradient descent (Cauchy 1847), on batches stochastic gradient descent
/// (Robbins and Monro 1951); with a line search, the method of steepest descent.
///
/// - **Demands**: ``DifferentiableObjective``.
/// - **Memory**: none.
/// - **Work per step**: O(n).
/// - **Guarantees**: on a convex function whose gradient has the Lipschitz constant L, a rate of at most 1/L gives
///   f(xₖ) − f* ≤ ‖x₀ − x*‖² / (2k · rate).
/// - **Reference**: Nocedal and Wright (2006), section 3.3.
public struct SteepestDescent<Problem: DifferentiableObjective>: Direction
where Problem.Domain == WholeSpace {
  @inlinable public init() {}

  @inlinable public func choose(
    _ p: inout Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    after previous: Iterate<Problem.Scalar>, iteration: Int,
    _ memory: inout Stateless, asking oracle: inout Oracle<Problem>
  ) -> Problem.Scalar {
    p.set(current.gradient, times: -1)
    // The first trial of a search: a step of length at most 1, or the one that worked for the last step's slope.
    return Swift.min(1, 1 / current.gradient.norm)
  }
}
