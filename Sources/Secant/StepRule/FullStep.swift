/// The length 1, wherever it leads.
///
/// - **Demands**: a finite slope, of either sign.
/// - **Memory**: none.
/// - **Work per step**: none. φ is never asked.
/// - **Guarantees**: none on φ.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., theorem 3.5, on where Newton's full steps
///   converge.
public struct FullStep<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  @inlinable public init() {}

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    start.slope.isFinite ? .accepted(1) : .failed(.nonFinite)
  }
}
