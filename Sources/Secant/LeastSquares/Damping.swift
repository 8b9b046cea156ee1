/// How long the steps of ``LevenbergMarquardt`` are: the λ in (JᵀJ + λD²)p = −Jᵀr.
///
/// A rule sees the linearised residuals and numbers, never the point. ``TrustRegionDamping`` finds λ from a radius,
/// ``MarquardtDamping`` and ``NielsenDamping`` let λ itself follow what the steps come to.
public protocol Damping<Scalar>: Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar
  /// What the rule remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable

  /// Allocates the memory; no step after the first allocates anything.
  func allocate() -> Memory

  /// Chooses λ ≥ 0, and leaves the step for it in `system`, the linear least-squares problem for p; `length` is ‖Dx‖ at
  /// the point to leave.
  func choose(
    _ system: inout DampedLeastSquares<Scalar>, lengthOfPoint length: Scalar, _ memory: inout Memory
  ) -> Scalar

  /// Says whether a step is taken, and prepares the next one, which after a rejection has to be shorter.
  func judge(_ trial: TrialStep<Scalar>, _ memory: inout Memory) -> Bool

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension Damping {
  @inlinable public var complaint: String? { nil }
}
