/// Marquardt's damping: λ falls by a factor after a step that lowers f and grows by one after a step that does not.
///
/// - **Demands**: nothing.
/// - **Memory**: one number.
/// - **Work per step**: 2n³/3 flops.
/// - **Guarantees**: f never rises.
/// - **Reference**: Marquardt, *J. SIAM* 11 (1963) 431–441; with an increase of 2 and a decrease of 3, the delayed
///   gratification of Transtrum and Sethna, arXiv:1201.5885.
public struct MarquardtDamping<Scalar: LAPACKScalar>: Damping {
  /// λ₀.
  public var initial: Scalar
  /// ν, by which λ grows.
  public var increase: Scalar
  /// By which λ falls.
  public var decrease: Scalar

  @inlinable public init(initial: Scalar = 1e-2, increase: Scalar = 10, decrease: Scalar = 10) {
    self.initial = initial
    self.increase = increase
    self.decrease = decrease
  }

  /// λ, or nil before the first step.
  public struct Memory: Sendable, Codable, Equatable {
    /// λ, nil before the first step.
    public var λ: Scalar?

    private enum CodingKeys: String, CodingKey { case λ = "lambda" }

    @usableFromInline init() {}
  }

  @inlinable public func allocate() -> Memory { Memory() }

  @inlinable public func choose(
    _ system: inout DampedLeastSquares<Scalar>, lengthOfPoint _: Scalar, _ memory: inout Memory
  ) -> Scalar {
    let λ = memory.λ ?? initial
    memory.λ = λ
    _ = system.solve(damping: λ)
    return λ
  }

  @inlinable public func judge(_ trial: TrialStep<Scalar>, _ memory: inout Memory) -> Bool {
    let isLower = trial.ratio > 0
    let λ = memory.λ ?? initial
    memory.λ = isLower ? Swift.max(λ / decrease, .leastNormalMagnitude) : λ * increase
    return isLower
  }

  public var complaint: String? {
    if !(initial > 0 && initial.isFinite) {
      return "initial (λ₀) is \(initial): choose a positive number, such as 1e-2."
    }
    return increase > 1 && increase.isFinite && decrease > 1 && decrease.isFinite
      ? nil : "increase is \(increase) and decrease \(decrease): choose numbers above 1, such as 10."
  }
}
