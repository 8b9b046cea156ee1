/// Backtracking that lets φ rise now and then: what must fall is a reference R ≥ φ(0) made of the last values.
///
/// Accepts α when φ(α) ≤ R + c₁αφ′(0). R is the greatest of the last M values of φ(0), or Zhang and Hager's average
/// of all of them, C₊ = (ηQC + φ₊)/Q₊ with Q₊ = ηQ + 1. A trial that fails is cut to the minimiser of the parabola
/// through φ(0), φ′(0) and φ(α), but never by more than `deepestCut` nor by less than `shallowestCut`.
///
/// - **Demands**: φ′(0) < 0.
/// - **Memory**: M values, or two numbers.
/// - **Work per step**: one φ when the suggested length is accepted, one more for each cut.
/// - **Guarantees**: no value is above the reference, and so none above the start's. With directions against the
///   gradient and lengths between bounds every limit point is stationary. M = 1 and η = 0 are plain backtracking.
/// - **Reference**: Grippo, Lampariello and Lucidi, *SIAM J. Numer. Anal.* 23 (1986) 707–716; Zhang and Hager,
///   *SIAM J. Optim.* 14 (2004) 1043–1056; the constants of Raydan, *SIAM J. Optim.* 7 (1997) 26–33.
///
/// | paper | here |
/// | --- | --- |
/// | γ, δ | `sufficientDecrease` (c₁) |
/// | M, η | `reference` |
/// | σ₁, σ₂ | `deepestCut`, `shallowestCut` |
public struct NonMonotoneArmijo<Scalar: LAPACKScalar>: StepRule, Equatable {
  /// What a value is held against.
  public enum Reference: Sendable, Equatable {
    /// The greatest of the last `count` values, M: Grippo, Lampariello and Lucidi.
    case maximum(of: Int)
    /// An average of all values in which an older one weighs `weight`, η, times as much as the next: Zhang and
    /// Hager.
    case average(weight: Scalar)
  }

  /// What a value is held against.
  public var reference: Reference
  /// c₁ in φ(α) ≤ R + c₁αφ′(0).
  public var sufficientDecrease: Scalar
  /// A cut leaves at least this part of the length. A trial that is not finite is cut so deep.
  public var deepestCut: Scalar
  /// A cut leaves at most this part of the length.
  public var shallowestCut: Scalar
  /// Values closer than `noise`·|φ(0)| are told apart by their slopes; 0 is the published form.
  public var noise: Scalar
  /// The most often that φ is asked in one search.
  public var maximumTrials: Int

  @inlinable public init(
    reference: Reference = .maximum(of: 10), sufficientDecrease: Scalar = 1e-4, deepestCut: Scalar = 0.1,
    shallowestCut: Scalar = 0.5, noise: Scalar = 10 * Scalar.ulpOfOne, maximumTrials: Int = 50
  ) {
    self.reference = reference
    self.sufficientDecrease = sufficientDecrease
    self.deepestCut = deepestCut
    self.shallowestCut = shallowestCut
    self.noise = noise
    self.maximumTrials = maximumTrials
  }

  /// The values that the reference is made of.
  public struct Memory: Sendable, Codable, Equatable {
    /// The last values of φ(0) in a ring, or C alone.
    @usableFromInline var values: Vector<Scalar>
    /// Q, of the average.
    @usableFromInline var Q: Scalar = 0
    /// How many values were noted, and the iteration of the last one.
    @usableFromInline var count = 0
    @usableFromInline var iteration = -1

    @usableFromInline init(capacity: Int) { values = Vector(zeros: capacity) }

    /// Takes φ(0) in, once an iteration, and returns R.
    @inlinable mutating func note(_ start: Departure<Scalar>, for reference: Reference) -> Scalar {
      if start.iteration != iteration {
        iteration = start.iteration
        switch reference {
        case .maximum:
          values[count % values.count] = start.value
        case .average(let η):
          values[0] += (start.value - values[0]) / (η * Q + 1)
          Q = η * Q + 1
        }
        count += 1
      }
      var greatest = values[0]
      for i in 1..<Swift.max(1, Swift.min(count, values.count)) { greatest = Swift.max(greatest, values[i]) }
      // Rounding, or an objective that was changed between two steps, may leave the average below φ(0).
      return Swift.max(greatest, start.value)
    }
  }

  @inlinable public func allocate() -> Memory {
    switch reference {
    case .maximum(let count): Memory(capacity: Swift.min(Swift.max(count, 1), 100_000))
    case .average: Memory(capacity: 1)
    }
  }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Memory,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if let obstacle = start.obstacle { return .failed(obstacle) }
    let allowance = memory.note(start, for: reference) - start.value
    var lowest = LowestTrial(start)
    var α = start.first(to: .greatestFiniteMagnitude)

    for _ in 0..<Swift.max(0, maximumTrials) {
      let trial = try φ(α)
      guard trial.isFinite else {
        if trial.value == -.infinity { return .failed(.noLowerBound) }
        α *= deepestCut
        continue
      }
      let change = start.sample.change(to: trial, noise: noise)
      if change <= allowance + sufficientDecrease * α * start.slope { return .accepted(α) }
      lowest.note(trial)
      let interpolated = -start.slope * α * α / (2 * (change - start.slope * α))
      // Written so that an interpolation that is not a number becomes the deepest cut.
      let floor = deepestCut * α
      α = interpolated > floor ? Swift.min(interpolated, shallowestCut * α) : floor
      if α == 0 { return lowest.answer(.intervalCollapsed) }
    }
    return lowest.answer(.tooManyTrials)
  }

  public var complaint: String? {
    switch reference {
    case .maximum(let count) where !(1...100_000).contains(count):
      return "reference (M) is the maximum of \(count) values: choose from 1 to 100000, such as 10."
    case .average(let weight) where !(weight >= 0 && weight <= 1):
      return "reference (η) weighs older values \(weight): choose a number from 0 to 1, such as 0.85."
    default: break
    }
    if !(sufficientDecrease > 0 && sufficientDecrease < 1) {
      return
        "sufficientDecrease (c₁) is \(sufficientDecrease): choose a number between 0 and 1, such as 1e-4."
    }
    if !(deepestCut > 0 && deepestCut <= shallowestCut) {
      return "deepestCut is \(deepestCut): choose a number above 0 and at most shallowestCut"
        + " (\(shallowestCut)), such as 0.1."
    }
    if !(shallowestCut < 1) {
      return "shallowestCut is \(shallowestCut): choose a number below 1, such as 0.5."
    }
    return complaintAboutSearch(noise: noise, maximumTrials: maximumTrials)
  }
}
