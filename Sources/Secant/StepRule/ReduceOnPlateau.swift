/// A learning rate that falls where f does: r ← r·factor once f has not become less for more than `patience` steps.
///
/// f is less where f < f_best − threshold·|f_best|, with f at the point that the step leaves. After a reduction the
/// steps of the cool-down are not counted.
///
/// - **Demands**: nothing; the slope may have either sign.
/// - **Memory**: four numbers.
/// - **Work per step**: none. φ is never asked: f at the departure is known. On batches it is a batch's value, which
///   wants a large patience.
/// - **Guarantees**: the rate never rises and never falls below `minimum`, nor to 0.
/// - **Reference**: PyTorch's ReduceLROnPlateau, whose defaults these are. Its relative test is f < (1 − threshold)f_best,
///   the same for f > 0; for f < 0 that counts a rise as progress.
public struct ReduceOnPlateau<Scalar: LAPACKScalar>: StepRule, Equatable, Codable {
  /// r, the rate before any reduction.
  public var rate: Scalar
  /// What a reduction multiplies the rate with.
  public var factor: Scalar
  /// So many steps in a row may pass without progress.
  public var patience: Int
  /// The relative decrease of f that is progress.
  public var threshold: Scalar
  /// So many steps after a reduction are not counted.
  public var cooldown: Int
  /// The least rate.
  public var minimum: Scalar

  @inlinable public init(
    rate: Scalar, factor: Scalar = 0.1, patience: Int = 10, threshold: Scalar = 1e-4, cooldown: Int = 0,
    minimum: Scalar = 0
  ) {
    self.rate = rate
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.minimum = minimum
  }

  /// How far the rate has fallen, and how long f has not.
  public struct Memory: Sendable, Codable, Equatable {
    /// The product of all reductions.
    public var scale: Scalar = 1
    /// f_best, nil before the first step.
    public var best: Scalar?
    /// Steps without progress.
    public var stepsWithoutProgress = 0
    /// Steps of the cool-down that are left.
    public var cooldownLeft = 0

    @inlinable init() {}
  }

  @inlinable public func allocate() -> Memory { Memory() }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Memory,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if start.value.isFinite, memory.best.map({ start.value < $0 - threshold * $0.magnitude }) ?? true {
      memory.best = start.value
      memory.stepsWithoutProgress = 0
    } else {
      memory.stepsWithoutProgress += 1
    }
    if memory.cooldownLeft > 0 {
      memory.cooldownLeft -= 1
      memory.stepsWithoutProgress = 0
    }
    if memory.stepsWithoutProgress > patience {
      // A rate of 0 would end the run without saying so.
      if rate * (memory.scale * factor) > 0 { memory.scale *= factor }
      memory.cooldownLeft = cooldown
      memory.stepsWithoutProgress = 0
    }
    return .accepted(Swift.max(rate * memory.scale, Swift.min(minimum, rate)))
  }

  /// φ(0) alone decides.
  @inlinable public var searches: Bool { false }

  public var complaint: String? {
    if !(rate > 0 && rate.isFinite) {
      return "rate is \(rate): choose a positive finite learning rate, such as 1e-3."
    }
    if !(factor > 0 && factor < 1) { return "factor is \(factor): choose a number in (0, 1), such as 0.1." }
    if patience < 0 { return "patience is \(patience): choose a number of steps, such as 10." }
    if !(threshold >= 0 && threshold < 1) {
      return "threshold is \(threshold): choose a number in [0, 1), such as 1e-4."
    }
    if cooldown < 0 { return "cooldown is \(cooldown): choose a number of steps, 0 for none." }
    if !(minimum >= 0 && minimum.isFinite) {
      return "minimum is \(minimum): choose a finite rate that is not negative, such as 0."
    }
    return nil
  }
}
