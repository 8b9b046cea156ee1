/// How exactly an inexact Newton method solves its linear system: ‖∇²f p + ∇f‖ ≤ η‖∇f‖.
///
/// η = min(`loosest`, √(‖∇f‖ / ‖∇f₀‖)), with ∇f₀ the gradient of the first step. The literature writes √‖∇f‖, which is
/// another method for f than for 10¹⁰f; relative to the start it is the same, and convergence is superlinear still.
///
/// - **Reference**: Dembo, Eisenstat and Steihaug, *SIAM J. Numer. Anal.* 19 (1982) 400–408; Nocedal and Wright,
///   *Numerical Optimization*, 2nd ed., section 7.1.
public struct Forcing<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// The greatest η, far from the minimum: between 0 and 1.
  public var loosest: Scalar

  @inlinable public init(loosest: Scalar = 0.5) { self.loosest = loosest }

  /// η.
  @inlinable func tolerance(_ norm: Scalar, first: Scalar) -> Scalar {
    Swift.min(loosest, (norm / first).squareRoot())
  }

  var complaint: String? {
    loosest > 0 && loosest < 1
      ? nil : "loosest (η) is \(loosest): choose a number between 0 and 1, such as 0.5."
  }
}
