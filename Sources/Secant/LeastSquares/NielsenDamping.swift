/// Nielsen's damping: λ falls smoothly with the quality ρ of a step, and grows ever faster over steps that fail.
///
/// After a step that lowers f, λ ← λ max(1/3, 1 − (2ρ − 1)³) and ν ← 2; after one that does not, λ ← λν and ν ← 2ν.
/// λ₀ = τ max diag(D⁻¹JᵀJD⁻¹), which is τ where D has the columns' norms.
///
/// - **Demands**: nothing.
/// - **Memory**: two numbers.
/// - **Work per step**: 2n³/3 flops.
/// - **Guarantees**: f never rises.
/// - **Reference**: Nielsen, *Damping parameter in Marquardt's method*, IMM-REP-1999-05; Madsen, Nielsen and Tingleff,
///   *Methods for non-linear least squares problems* (2004), algorithm 3.16.
public struct NielsenDamping<Scalar: LAPACKScalar>: Damping {
  /// τ, small where the start is believed to be near.
  public var initial: Scalar

  @inlinable public init(initial: Scalar = 1e-3) { self.initial = initial }

  /// λ and ν.
  public struct Memory: Sendable, Codable, Equatable {
    /// λ, nil before the first step.
    public var λ: Scalar?
    /// ν.
    public var ν: Scalar = 2

    private enum CodingKeys: String, CodingKey {
      case λ = "lambda"
      case ν = "factor"
    }

    @usableFromInline init() {}
  }

  @inlinable public func allocate() -> Memory { Memory() }

  @inlinable public func choose(
    _ system: inout DampedLeastSquares<Scalar>, lengthOfPoint _: Scalar, _ memory: inout Memory
  ) -> Scalar {
    let λ = memory.λ ?? initial * system.greatestSquaredColumn()
    memory.λ = λ
    _ = system.solve(damping: λ)
    return λ
  }

  @inlinable public func judge(_ trial: TrialStep<Scalar>, _ memory: inout Memory) -> Bool {
    let λ = memory.λ ?? initial
    guard trial.ratio > 0 else {
      memory.λ = λ * memory.ν
      memory.ν *= 2
      return false
    }
    let t = 2 * trial.ratio - 1
    memory.λ = Swift.max(λ * Swift.max(1 / 3, 1 - t * t * t), .leastNormalMagnitude)
    memory.ν = 2
    return true
  }

  public var complaint: String? {
    initial > 0 && initial.isFinite
      ? nil
      : "initial (τ) is \(initial): choose a positive number, such as 1e-3, or 1 for a start that is far."
  }
}
