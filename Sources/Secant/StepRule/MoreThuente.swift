/// The line search of Moré and Thuente: an interval that always holds an acceptable length, and interpolation
/// that is trusted as far as it shrinks it.
///
/// Accepts α under the strong Wolfe conditions
/// φ(α) ≤ φ(0) + c₁αφ′(0) and |φ′(α)| ≤ c₂|φ′(0)|.
/// Until a length with sufficient decrease and a rising slope is met, trials that decrease φ insufficiently are
/// judged by ψ(α) = φ(α) − φ(0) − c₁αφ′(0) (the first stage), from then on by φ itself (the second).
///
/// - **Demands**: φ′(0) < 0.
/// - **Memory**: none.
/// - **Work per step**: one φ when the suggested length is accepted; two or three are usual otherwise.
/// - **Guarantees**: an accepted length satisfies both conditions, up to ``noise``, and is the last one asked for.
///   After two trials in an interval it is at most 0.66 of what it was, or is halved.
/// - **Reference**: Moré and Thuente, *ACM Trans. Math. Software* 20 (1994) 286–307, and the authors' MINPACK-2
///   routines of 1993.
///
/// | paper, MINPACK-2 | here |
/// | --- | --- |
/// | μ, ftol | `sufficientDecrease` |
/// | η, gtol | `curvature` |
/// | xtol | `intervalTolerance` |
/// | α_min, α_max | `shortest`, `longest` |
/// | α_l, stx · α_u, sty · α_t, stp | `best` · `other` · `trial` |
public struct MoreThuente<Scalar: LAPACKScalar>: StepRule, Equatable {
  /// c₁ in φ(α) ≤ φ(0) + c₁αφ′(0).
  public var sufficientDecrease: Scalar
  /// c₂ in |φ′(α)| ≤ c₂|φ′(0)|: 0.9 for Newton-like directions, 0.1 for conjugate gradients.
  public var curvature: Scalar
  /// The search gives up when the interval is narrower than this part of its upper end.
  public var intervalTolerance: Scalar
  /// No trial is shorter.
  public var shortest: Scalar
  /// No trial is longer than this, or than so many times the length suggested where that is above 1. Where φ still falls
  /// steeply out there, it is taken to have no lower bound.
  public var longest: Scalar
  /// Values closer than `noise`·|φ(0)| are told apart by their slopes; 0 is the published form.
  public var noise: Scalar
  /// The most often that φ is asked in one search.
  public var maximumTrials: Int

  @inlinable public init(
    sufficientDecrease: Scalar = 1e-4, curvature: Scalar = 0.9, intervalTolerance: Scalar = 1e-8,
    shortest: Scalar = 0, longest: Scalar = 1e20, noise: Scalar = 10 * Scalar.ulpOfOne,
    maximumTrials: Int = 64
  ) {
    self.sufficientDecrease = sufficientDecrease
    self.curvature = curvature
    self.intervalTolerance = intervalTolerance
    self.shortest = shortest
    self.longest = longest
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
    var interval = Interval(start: start.slope)
    // φ as it was answered at `interval.best`.
    var bestSample = start.sample
    var firstStage = true
    let longest = start.farthest(longest)
    var width = longest - shortest
    var widthBefore = 2 * width
    var α = start.first(from: shortest, to: longest)
    var lower: Scalar = 0
    var upper = 5 * α
    // φ is known not to be finite from here on.
    var ceiling = Scalar.infinity

    for _ in 0..<Swift.max(0, maximumTrials) {
      let sample = try φ(α)
      guard sample.isFinite else {
        if sample.value == -.infinity && lowest.improves { return .improved(lowest.length, .noLowerBound) }
        if !interval.isBracketed { ceiling = α }
        let best = interval.best.length
        let nearer = best == 0 ? α / 10 : best + (α - best) / 2
        if nearer == best || nearer == α || nearer < shortest { return lowest.answer(.intervalCollapsed) }
        α = nearer
        if !interval.isBracketed { (lower, upper) = (α + 1.1 * (α - best), α + 4 * (α - best)) }
        continue
      }
      let decreases = start.sample.change(to: sample, noise: noise) <= promised * α
      if decreases && abs(sample.slope) <= flat { return .accepted(α) }
      lowest.note(sample)
      // Values are kept relative to φ(0), so that they lose nothing to a large common part.
      let trial = Sample(
        length: α, value: interval.best.value + bestSample.change(to: sample, noise: noise),
        slope: sample.slope)
      if α >= longest && decreases && trial.slope <= promised { return .improved(α, .noLowerBound) }
      if α <= shortest && (!decreases || trial.slope >= promised) { return lowest.answer(.intervalCollapsed) }
      if decreases && trial.slope >= 0 { firstStage = false }

      if firstStage && trial.value <= interval.best.value && !decreases {
        interval.tilt(by: -promised)
        α = interval.narrow(
          with: Sample(length: α, value: trial.value - promised * α, slope: trial.slope - promised),
          from: lower, to: upper)
        interval.tilt(by: promised)
      } else {
        α = interval.narrow(with: trial, from: lower, to: upper)
      }

      let best = interval.best.length
      if best == trial.length { bestSample = sample }
      if interval.isBracketed {
        let other = interval.other.length
        if abs(other - best) >= 0.66 * widthBefore { α = best + (other - best) / 2 }
        widthBefore = width
        width = abs(other - best)
        lower = Swift.min(best, other)
        upper = Swift.max(best, other)
        // An interpolation that rounds onto an end, or is no number, says nothing: halve.
        if !(α > lower && α < upper) { α = lower + width / 2 }
        α = Swift.max(shortest, Swift.min(α, longest))
        if !(α > lower && α < upper) || width <= intervalTolerance * upper {
          return lowest.answer(.intervalCollapsed)
        }
      } else {
        if α >= ceiling {
          α = best + (ceiling - best) / 2
          if !(α > best && α < ceiling) { return lowest.answer(.intervalCollapsed) }
        }
        (lower, upper) = (α + 1.1 * (α - best), α + 4 * (α - best))
        α = Swift.max(shortest, Swift.min(α, longest))
      }
    }
    return lowest.answer(.tooManyTrials)
  }

  /// The interval of uncertainty: the best end and the other, with values relative to φ(0).
  @usableFromInline struct Interval {
    @usableFromInline var best: Sample<Scalar>
    @usableFromInline var other: Sample<Scalar>
    @usableFromInline var isBracketed = false

    @inlinable init(start slope: Scalar) {
      best = Sample(length: 0, value: 0, slope: slope)
      other = best
    }

    /// Adds the line through 0 of the given slope to both ends: φ becomes ψ and back.
    @inlinable mutating func tilt(by slope: Scalar) {
      best.value += slope * best.length
      best.slope += slope
      other.value += slope * other.length
      other.slope += slope
    }

    /// Takes the trial into the interval and proposes the next length (the paper's section 4, cases 1 to 4).
    @inlinable mutating func narrow(with trial: Sample<Scalar>, from lower: Scalar, to upper: Scalar)
      -> Scalar
    {
      let away = best.length - trial.length
      let turns = trial.slope * (best.slope < 0 ? -1 : 1) < 0
      let next: Scalar

      if trial.value > best.value {
        // Case 1, higher: between the two there is a minimiser. The cubic's, unless the quadratic's is farther.
        let cubic = best.length - best.cubicMinimizer(toward: trial).r * away
        let secantSlope = (trial.value - best.value) / away
        let quadratic = best.length - best.slope / (secantSlope + best.slope) / 2 * away
        next =
          abs(cubic - best.length) < abs(quadratic - best.length)
          ? cubic : cubic + (quadratic - cubic) / 2
        isBracketed = true
      } else if turns {
        // Case 2, lower and rising: of the cubic's and the secant's minimiser the one farther from the trial.
        let cubic = trial.length + trial.cubicMinimizer(toward: best).r * away
        let secant = trial.length + trial.slope / (trial.slope - best.slope) * away
        next = abs(cubic - trial.length) > abs(secant - trial.length) ? cubic : secant
        isBracketed = true
      } else if abs(trial.slope) < abs(best.slope) {
        // Case 3, lower and flatter: extrapolate, by the cubic only where its minimiser lies beyond the trial.
        let (r, γ) = trial.cubicMinimizer(toward: best)
        let bound = away < 0 ? upper : lower
        let cubic = r < 0 && γ != 0 ? trial.length + r * away : bound
        let secant = trial.length + trial.slope / (trial.slope - best.slope) * away
        let cubicIsNearer = abs(cubic - trial.length) < abs(secant - trial.length)
        if isBracketed {
          let farthest = trial.length + 0.66 * (other.length - trial.length)
          let nearer = cubicIsNearer ? cubic : secant
          next = away < 0 ? Swift.min(farthest, nearer) : Swift.max(farthest, nearer)
        } else {
          let farther = abs(cubic - trial.length) > abs(secant - trial.length) ? cubic : secant
          next = Swift.max(lower, Swift.min(upper, farther))
        }
      } else if isBracketed {
        // Case 4, lower and no flatter: towards the other end.
        next = trial.length + trial.cubicMinimizer(toward: other).r * (other.length - trial.length)
      } else {
        next = away < 0 ? upper : lower
      }

      if trial.value > best.value {
        other = trial
      } else {
        if turns { other = best }
        best = trial
      }
      return next
    }
  }

  @inlinable public var complaint: String? {
    if let complaint = complaintAboutWolfe(
      sufficientDecrease, curvature, longest: longest, intervalTolerance: intervalTolerance)
    {
      return complaint
    }
    // The paper's own tables use equality; beyond it the conditions may contradict each other.
    if sufficientDecrease > curvature {
      return
        "sufficientDecrease (μ) is \(sufficientDecrease), above curvature (η) \(curvature): lower it, say to 1e-4."
    }
    if !(shortest >= 0 && shortest <= longest) {
      return "shortest is \(shortest): choose a length from 0 to longest (\(longest))."
    }
    return complaintAboutSearch(noise: noise, maximumTrials: maximumTrials)
  }
}
