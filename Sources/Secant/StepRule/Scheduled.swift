/// A learning rate that follows a schedule.
///
/// - **Demands**: nothing; the slope may have either sign.
/// - **Memory**: none: the rate depends on the iteration alone.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: none on φ.
/// - **Reference**: Robbins and Monro, *Ann. Math. Statist.* 22 (1951) 400–407, on which rates converge.
public struct Scheduled<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// The rate as a function of the iteration.
  public var schedule: Schedule<Scalar>

  @inlinable public init(_ schedule: Schedule<Scalar>) { self.schedule = schedule }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    .accepted(schedule.rate(at: start.iteration))
  }

  @inlinable public func rate(at iteration: Int) -> Scalar? { schedule.rate(at: iteration) }

  public var complaint: String? { schedule.complaint }
}
