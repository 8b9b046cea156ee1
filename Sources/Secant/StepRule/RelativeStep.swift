/// Adafactor's relative step: min(ρ, 1/√t) at the step t, counted from 1.
///
/// - **Demands**: nothing; the slope may have either sign.
/// - **Memory**: none: the rate depends on the iteration alone.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: none on φ.
/// - **Reference**: Shazeer and Stern, ICML 2018 (1804.04235), Algorithm 4.
public struct RelativeStep<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// ρ, the greatest rate.
  public var rate: Scalar

  @inlinable public init(rate: Scalar = 1e-2) { self.rate = rate }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    .accepted(length(at: start.iteration))
  }

  @inlinable public func rate(at iteration: Int) -> Scalar? { length(at: iteration) }

  @inlinable func length(at iteration: Int) -> Scalar {
    Swift.min(rate, 1 / (Scalar(iteration) + 1).squareRoot())
  }

  public var complaint: String? {
    rate > 0 && rate.isFinite
      ? nil : "rate (ρ) is \(rate): choose a positive finite learning rate, such as 1e-2."
  }
}
