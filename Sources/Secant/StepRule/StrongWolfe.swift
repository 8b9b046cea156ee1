/// The bracket-and-zoom search for the strong Wolfe conditions.
///
/// Accepts α when φ(α) ≤ φ(0) + c₁αφ′(0) and |φ′(α)| ≤ c₂|φ′(0)|. The bracketing phase lengthens the trial until
/// the interval behind it must hold such a length; the zoom shrinks that interval by cubic interpolation, never
/// within a thousandth of its width from an end, and halves it whenever the last trial shrank it by less than a third.
/// A trial that is not finite counts as too high.
///
/// - **Demands**: φ′(0) < 0.
/// - **Memory**: none.
/// - **Work per step**: one φ when the suggested length is accepted; two to four are usual otherwise.
/// - **Guarantees**: an accepted length satisfies both conditions, up to ``noise``, and is the last one asked for.
/// - **Reference**: Wolfe, *SIAM Review* 11 (1969); Nocedal and Wright, *Numerical Optimization*, 2nd ed.,
///   algorithms 3.5 and 3.6.
///
/// | book | here |
/// | --- | --- |
/// | c₁, c₂ | `sufficientDecrease`, `curvature` |
/// | α_max | `longest` |
/// | α_lo, α_hi | `low`, `high` |
public struct StrongWolfe<Scalar: LAPACKScalar>: StepRule, Equatable {
  /// c₁ in φ(α) ≤ φ(0) + c₁αφ′(0).
  public var sufficientDecrease: Scalar
  /// c₂ in |φ′(α)| ≤ c₂|φ′(0)|: 0.9 for Newton-like directions, 0.1 for conjugate gradients.
  public var curvature: Scalar
  /// No trial is longer than this, or than so many times the length suggested where that is above 1. Where φ still falls
  /// out there, it is taken to have no lower bound.
  public var longest: Scalar
  /// The zoom gives up when the interval is narrower than this part of its upper end.
  public var intervalTolerance: Scalar
  /// Values closer than `noise`·|φ(0)| are told apart by their slopes; 0 is the published form.
  public var noise: Scalar
  /// The most often that φ is asked in one search.
  public var maximumTrials: Int

  @inlinable public init(
    sufficientDecrease: Scalar = 1e-4, curvature: Scalar = 0.9, longest: Scalar = 1e20,
    intervalTolerance: Scalar = 1e-8, noise: Scalar = 10 * Scalar.ulpOfOne, maximumTrials: Int = 64
  ) {
    self.sufficientDecrease = sufficientDecrease
    self.curvature = curvature
    self.longest = longest
    self.intervalTolerance = intervalTolerance
    self.noise = noise
    self.maximumTrials = maximumTrials
  }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if let obstacle = start.obstacle { return .failed(obstacle) }
    let promised = sufficientDecrease * start.slope
    let flat = -curvature * start.slope
    var lowest = LowestTrial(start)
    // Values are kept relative to φ(0), so that they lose nothing to a large common part.
    var low = Sample<Scalar>(length: 0, value: 0, slope: start.slope)
    var high = low
    // φ as it was answered at `low`.
    var lowSample = start.sample
    var isBracketed = false
    var width = Scalar.infinity
    let longest = start.farthest(longest)
    var α = start.first(to: longest)

    for _ in 0..<Swift.max(0, maximumTrials) {
      let sample = try φ(α)
      var trial = Sample(length: α, value: Scalar.infinity, slope: sample.slope)
      var decreases = false
      if sample.isFinite {
        decreases = start.sample.change(to: sample, noise: noise) <= promised * α
        if decreases && abs(sample.slope) <= flat { return .accepted(α) }
        lowest.note(sample)
        trial.value = low.value + lowSample.change(to: sample, noise: noise)
      } else if sample.value == -.infinity && lowest.improves {
        return .improved(lowest.length, .noLowerBound)
      }

      if !decreases || (trial.value >= low.value && low.length > 0) {
        high = trial
        isBracketed = true
      } else {
        if isBracketed {
          if trial.slope * (high.length - low.length) >= 0 { high = low }
        } else if trial.slope >= 0 {
          high = low
          isBracketed = true
        } else if α >= longest {
          return .improved(α, .noLowerBound)
        } else {
          α = Swift.min(Self.lengthen(from: low, past: trial), longest)
        }
        low = trial
        lowSample = sample
      }

      if isBracketed {
        let widthBefore = width
        width = abs(high.length - low.length)
        if width <= intervalTolerance * Swift.max(low.length, high.length) {
          return lowest.answer(.intervalCollapsed)
        }
        α = Self.zoom(low, high, halving: width > widthBefore * 2 / 3)
        if α == low.length || α == high.length { return lowest.answer(.intervalCollapsed) }
      }
    }
    return lowest.answer(.tooManyTrials)
  }

  /// A longer trial: where the cubic through the last two has its minimiser, within twice and ten times the length.
  @inlinable static func lengthen(from previous: Sample<Scalar>, past last: Sample<Scalar>) -> Scalar {
    let (r, _) = last.cubicMinimizer(toward: previous)
    let cubic = last.length + r * (previous.length - last.length)
    // A minimiser behind the last trial belongs to a cubic that falls for ever.
    return cubic > last.length
      ? Swift.max(2 * last.length, Swift.min(cubic, 10 * last.length)) : 10 * last.length
  }

  /// A length strictly between the ends.
  @inlinable static func zoom(_ low: Sample<Scalar>, _ high: Sample<Scalar>, halving: Bool) -> Scalar {
    let across = high.length - low.length
    if !halving {
      if high.value == .infinity && low.length == 0 { return across / 10 }
      let (r, _) = low.cubicMinimizer(toward: high)
      if r > 0 && r < 1 { return low.length + Swift.max(0.001, Swift.min(r, 0.999)) * across }
    }
    return low.length + across / 2
  }

  @inlinable public var complaint: String? {
    if let complaint = complaintAboutWolfe(
      sufficientDecrease, curvature, longest: longest, intervalTolerance: intervalTolerance)
    {
      return complaint
    }
    if !(sufficientDecrease < curvature) {
      return "sufficientDecrease (c₁) is \(sufficientDecrease), not below curvature (c₂) \(curvature):"
        + " lower it, say to 1e-4."
    }
    return complaintAboutSearch(noise: noise, maximumTrials: maximumTrials)
  }
}
