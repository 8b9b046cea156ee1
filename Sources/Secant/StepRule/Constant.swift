/// The same length at every step: a learning rate.
///
/// - **Demands**: nothing; the slope may have either sign.
/// - **Memory**: none.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: none on φ.
/// - **Reference**: Robbins and Monro, *Ann. Math. Statist.* 22 (1951) 400–407, on which rates converge.
public struct Constant<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// α.
  public var rate: Scalar

  @inlinable public init(rate: Scalar) { self.rate = rate }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    .accepted(rate)
  }

  @inlinable public func rate(at _: Int) -> Scalar? { rate }

  public var complaint: String? {
    rate > 0 && rate.isFinite ? nil : "rate is \(rate): choose a positive finite learning rate, such as 1e-3."
  }
}
