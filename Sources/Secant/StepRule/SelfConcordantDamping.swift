/// The length of the damped Newton method, from the slope alone: α = 1 / (1 + Mλ), λ² = −φ′(0).
///
/// Along Newton's direction −φ′(0) = ∇fᵀ(∇²f)⁻¹∇f, and λ is the Newton decrement. For a self-concordant f, one with
/// |D³f[d, d, d]| ≤ 2M (dᵀ∇²f d)^{3/2} along every d, the step stays where f is defined and lowers it by at least
/// (Mλ − ln(1 + Mλ))/M²: no value need be asked for. Linear and quadratic functions, −ln x and sums of these have M =
/// 1 at most; f scaled by c has M/√c.
///
/// - **Demands**: φ′(0) < 0, along Newton's direction of a convex f.
/// - **Memory**: none.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: on self-concordant functions descent in every step, and quadratic convergence once Mλ < ¼.
/// - **Reference**: Nesterov and Nemirovskii, *Interior-Point Polynomial Algorithms in Convex Programming* (1994),
///   chapter 2; Nesterov, *Introductory Lectures on Convex Optimization* (2004), section 4.1.5.
public struct SelfConcordantDamping<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// M: 1 for a standard self-concordant function; a greater one shortens the steps.
  public var constant: Scalar

  @inlinable public init(constant: Scalar = 1) { self.constant = constant }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if let obstacle = start.obstacle { return .failed(obstacle) }
    let λ = (-start.slope).squareRoot()
    return .accepted(1 / (1 + constant * λ))
  }

  public var complaint: String? {
    constant >= 0 && constant.isFinite
      ? nil : "constant (M) is \(constant): choose a finite number from 0 up, such as 1."
  }
}

extension Solver {
  /// Newton's method for self-concordant functions, which asks for no trial values: see ``SelfConcordantDamping``.
  @inlinable public static func dampedNewton<P>() -> Self
  where Self == Descent<Newton<P>, SelfConcordantDamping<P.Scalar>> {
    Descent(Newton(), step: SelfConcordantDamping())
  }
}
