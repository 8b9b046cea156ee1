/// Polyak's step, for an f whose least value is known: α = (f − f*)/(−φ′(0)), along −g α = (f − f*)/‖g‖².
///
/// It is the length at which f would reach f*, were it linear.
///
/// - **Demands**: f*, and a direction of descent.
/// - **Memory**: none.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: along −g, for a convex f with the minimiser x*, ‖x − x*‖ falls with every step; for a smooth one f falls
///   with 1/k, and linearly where it is strongly convex. A step from f ≤ f* is not taken.
/// - **Reference**: Polyak, *USSR Comput. Math. Math. Phys.* 9 (1969) 14–29, with γ = 1; Hazan and Kakade,
///   arXiv:1905.00313 (2019).
public struct PolyakStep<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// f*.
  public var leastValue: Scalar
  /// The longest length.
  public var longest: Scalar

  @inlinable public init(leastValue: Scalar = 0, longest: Scalar = .greatestFiniteMagnitude) {
    self.leastValue = leastValue
    self.longest = longest
  }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    guard start.value.isFinite, start.slope.isFinite else { return .failed(.nonFinite) }
    guard start.slope < 0, start.value > leastValue else { return .failed(.notADescentDirection) }
    return .accepted(Swift.min((start.value - leastValue) / -start.slope, longest))
  }

  public var complaint: String? {
    if !leastValue.isFinite { return "leastValue is \(leastValue): give the least value of f, such as 0." }
    if !(longest > 0 && longest.isFinite) {
      return "longest is \(longest): choose a positive finite length."
    }
    return nil
  }
}
