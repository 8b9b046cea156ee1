/// What the line searches share: where they set out, what they fall back on, how they interpolate.

extension Departure {
  /// Why no search can begin here, or nil.
  @inlinable @inline(__always) var obstacle: Obstacle? {
    if slope >= 0 { return .notADescentDirection }
    return value.isFinite && slope.isFinite ? nil : .nonFinite
  }

  /// The suggested length, cut to what the rule allows; 1 where the suggestion is no positive number.
  @inlinable @inline(__always) func first(from shortest: Scalar = 0, to longest: Scalar) -> Scalar {
    let length = suggestion > 0 && suggestion.isFinite ? suggestion : 1
    return Swift.min(Swift.max(length, shortest), longest)
  }

  /// The longest trial: `longest` times 1, or times the length suggested where that is greater, as it is along a gradient
  /// of a function that is small in its units.
  @inlinable @inline(__always) func farthest(_ longest: Scalar) -> Scalar {
    suggestion > 1 ? Swift.min(longest * suggestion, .greatestFiniteMagnitude) : longest
  }

  /// φ(0) and φ′(0) as a sample.
  @inlinable @inline(__always) var sample: Sample<Scalar> { Sample(length: 0, value: value, slope: slope) }
}

extension Sample {
  /// φ(β) − φ(α) for `self` at α and `other` at β, read from the slopes where rounding hides it in the values.
  ///
  /// Values that agree to `noise`·|φ(β)| say nothing about which is lower. The trapezoidal rule
  /// (β − α)(φ′(α) + φ′(β))/2 still does. From α = 0 it turns the sufficient decrease φ(β) − φ(0) ≤ c₁βφ′(0) into
  /// Hager and Zhang's approximate condition φ′(β) ≤ (2c₁ − 1)φ′(0). Where the slopes announce a change far above
  /// the noise, it is they who are wrong (φ fell and rose again in between), and the values stand.
  /// With a `noise` of 0 the difference is always the difference.
  @inlinable @inline(__always) func change(to other: Sample, noise: Scalar) -> Scalar {
    let difference = other.value - value
    let hidden = noise * abs(other.value)
    if abs(difference) > hidden { return difference }
    let trapezoid = (other.length - length) * (slope + other.slope) / 2
    return abs(trapezoid) <= 8 * hidden ? trapezoid : difference
  }
}

/// The lowest trial so far: what a search that cannot keep its promise falls back on.
@usableFromInline struct LowestTrial<Scalar: LAPACKScalar> {
  @usableFromInline let start: Scalar
  @usableFromInline var length: Scalar = 0
  @usableFromInline var value: Scalar
  @usableFromInline var metFinite = false

  @inlinable init(_ start: Departure<Scalar>) {
    self.start = start.value
    value = start.value
  }

  @inlinable var improves: Bool { value < start }

  /// Of equal values the later counts: the caller has it at hand.
  @inlinable mutating func note(_ trial: Sample<Scalar>) {
    metFinite = true
    if trial.value <= value {
      value = trial.value
      length = trial.length
    }
  }

  @inlinable func answer(_ why: Obstacle) -> StepLength<Scalar> {
    if improves { return .improved(length, why) }
    return .failed(metFinite ? why : .nonFinite)
  }
}

extension Sample {
  /// Where the cubic through the values and slopes of `self` and `other` has its minimiser, as the fraction r of
  /// the way from `self` to `other`, and its discriminant's signed root γ.
  ///
  /// Scaled so that squares cannot overflow; a cubic without a minimiser counts as one with a double root (γ = 0).
  @inlinable @inline(__always) func cubicMinimizer(toward other: Sample) -> (r: Scalar, γ: Scalar) {
    let θ = 3 * (value - other.value) / (other.length - length) + slope + other.slope
    let s = Swift.max(abs(θ), Swift.max(abs(slope), abs(other.slope)))
    let discriminant = (θ / s) * (θ / s) - (slope / s) * (other.slope / s)
    var γ = s * Swift.max(0, discriminant).squareRoot()
    if other.length < length { γ = -γ }
    return (((γ - slope) + θ) / (((γ - slope) + γ) + other.slope), γ)
  }
}

extension StepRule {
  @inlinable func complaintAboutSearch(noise: Scalar, maximumTrials: Int) -> String? {
    complaintAboutNoise(noise)
      ?? (maximumTrials < 1 ? "maximumTrials is \(maximumTrials): allow at least 1, such as 50." : nil)
  }

  @inlinable func complaintAboutWolfe(
    _ sufficientDecrease: Scalar, _ curvature: Scalar, longest: Scalar, intervalTolerance: Scalar
  ) -> String? {
    if !(sufficientDecrease > 0 && sufficientDecrease < 1) {
      return "sufficientDecrease is \(sufficientDecrease): choose a number between 0 and 1, such as 1e-4."
    }
    if !(curvature > 0 && curvature < 1) {
      return "curvature is \(curvature): choose a number between 0 and 1, such as 0.9."
    }
    if !(longest > 0 && longest.isFinite) {
      return "longest is \(longest): choose a positive finite length, such as 1e20."
    }
    if !(intervalTolerance >= 0 && intervalTolerance < 1) {
      return "intervalTolerance is \(intervalTolerance): choose a number from 0 to below 1, such as 1e-8."
    }
    return nil
  }
}
