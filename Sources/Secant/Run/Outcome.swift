/// The answer of a run: the best point, what happened, the evidence, and what it cost.
public struct Outcome<Problem: DifferentiableObjective> {
  public typealias Scalar = Problem.Scalar

  public let status: Status<Scalar, Problem.Failure>
  /// The best point that was evaluated.
  public let point: Vector<Scalar>
  /// f(point), bit for bit; NaN when nothing could be evaluated.
  public let value: Scalar
  /// Accepted steps.
  public let iterations: Int
  /// What the method spent.
  public let ledger: Ledger
}
