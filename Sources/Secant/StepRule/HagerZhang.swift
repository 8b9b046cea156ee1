/// The line search of Hager and Zhang (CG_DESCENT): secant steps from both ends, and conditions that slopes alone
/// can decide where the values are lost in rounding.
///
/// Accepts α under the Wolfe conditions (T1)
/// φ(α) − φ(0) ≤ δαφ′(0) and φ′(α) ≥ σφ′(0),
/// or under the approximate ones (T2)
/// (2δ − 1)φ′(0) ≥ φ′(α) ≥ σφ′(0) and φ(α) ≤ φ(0) + ε|φ(0)|.
///
/// - **Demands**: φ′(0) < 0.
/// - **Memory**: none.
/// - **Work per step**: one φ when the suggested length is accepted.
/// - **Guarantees**: an accepted length satisfies (T1) or (T2) and is the last one asked for. Under (T2) φ may rise
///   by up to ε|φ(0)|. Each round shrinks the interval to γ of what it was, or nearly halves it.
/// - **Reference**: Hager and Zhang, *SIAM J. Optim.* 16 (2005) 170–192, and *ACM Trans. Math. Software* 32 (2006)
///   113–137.
///
/// | paper | here |
/// | --- | --- |
/// | δ, σ | `sufficientDecrease`, `curvature` |
/// | ε | `valueTolerance` |
/// | θ, γ, ρ | `bisection`, `shrinkage`, `expansion` |
/// | U0–U3, S1–S4, B0–B3, L0–L3 | the steps of `update`, `secantSquared`, `bracket`, `choose` |
public struct HagerZhang<Scalar: LAPACKScalar>: StepRule, Equatable {
  /// δ in φ(α) − φ(0) ≤ δαφ′(0).
  public var sufficientDecrease: Scalar
  /// σ in φ′(α) ≥ σφ′(0).
  public var curvature: Scalar
  /// ε in φ(α) ≤ φ(0) + ε|φ(0)|: differences of φ below it count as rounding.
  public var valueTolerance: Scalar
  /// θ: where the interval (a, b) is cut, at (1 − θ)a + θb.
  public var bisection: Scalar
  /// γ: an interval that the secant steps leave wider than γ of what it was is halved.
  public var shrinkage: Scalar
  /// ρ: while φ falls without an end in sight, the next trial is ρ times as long.
  public var expansion: Scalar
  /// No trial is longer than this, or than so many times the length suggested where that is above 1. Where φ still falls
  /// out there, it is taken to have no lower bound.
  public var longest: Scalar
  /// The most often that φ is asked in one search.
  public var maximumTrials: Int

  @inlinable public init(
    sufficientDecrease: Scalar = 0.1, curvature: Scalar = 0.9, valueTolerance: Scalar = 1e-6,
    bisection: Scalar = 0.5, shrinkage: Scalar = 2 / 3, expansion: Scalar = 5, longest: Scalar = 1e20,
    maximumTrials: Int = 64
  ) {
    self.sufficientDecrease = sufficientDecrease
    self.curvature = curvature
    self.valueTolerance = valueTolerance
    self.bisection = bisection
    self.shrinkage = shrinkage
    self.expansion = expansion
    self.longest = longest
    self.maximumTrials = maximumTrials
  }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if let obstacle = start.obstacle { return .failed(obstacle) }
    var search = Search(of: self, from: start)
    try search.bracket(startingAt: start.first(to: start.farthest(longest)), along: φ)  // L0
    while search.answer == nil {
      let width = search.b.length - search.a.length
      try search.secantSquared(along: φ)  // L1
      if search.answer != nil { break }
      let left = search.b.length - search.a.length
      // Negated, so that a width that did not change is cut even under a senseless γ: every round asks φ.
      if !(left < width && left <= shrinkage * width) {  // L2
        try search.update(asking: search.a.length + left / 2, along: φ)
      }
    }
    return search.answer!
  }

  @inlinable @inline(__always)
  func accepts(_ trial: Sample<Scalar>, from start: Departure<Scalar>, below limit: Scalar) -> Bool {
    guard trial.isFinite && trial.slope >= curvature * start.slope else { return false }
    return trial.value - start.value <= sufficientDecrease * trial.length * start.slope  // T1
      || trial.value <= limit && trial.slope <= (2 * sufficientDecrease - 1) * start.slope  // T2
  }

  /// A bracket in the making: φ(a) ≤ φ(0) + ε_k, φ′(a) < 0, φ′(b) ≥ 0; and the answer once there is one.
  @usableFromInline struct Search {
    @usableFromInline let rule: HagerZhang
    @usableFromInline let start: Departure<Scalar>
    @usableFromInline let limit: Scalar
    @usableFromInline var a: Sample<Scalar>
    @usableFromInline var b: Sample<Scalar>
    @usableFromInline var lowest: LowestTrial<Scalar>
    @usableFromInline var trials = 0
    @usableFromInline var answer: StepLength<Scalar>?

    @inlinable init(of rule: HagerZhang, from start: Departure<Scalar>) {
      self.rule = rule
      self.start = start
      limit = start.value + rule.valueTolerance * abs(start.value)
      a = Sample(length: 0, value: start.value, slope: start.slope)
      b = a
      lowest = LowestTrial(start)
    }

    @inlinable func rises(_ trial: Sample<Scalar>) -> Bool { trial.isFinite && trial.slope >= 0 }
    @inlinable func isLow(_ trial: Sample<Scalar>) -> Bool { trial.isFinite && trial.value <= limit }

    /// Asks φ, unless the search is over, and ends the search where the trial does.
    @inlinable mutating func ask<Failure: Error>(
      _ α: Scalar, along φ: (Scalar) throws(Failure) -> Sample<Scalar>
    ) throws(Failure) -> Sample<Scalar> {
      guard trials < rule.maximumTrials else {
        answer = lowest.answer(.tooManyTrials)
        return a
      }
      trials += 1
      let trial = try φ(α)
      if rule.accepts(trial, from: start, below: limit) {
        answer = .accepted(α)
      } else if trial.isFinite {
        lowest.note(trial)
      } else if trial.value == -.infinity && lowest.improves {
        answer = .improved(lowest.length, .noLowerBound)
      }
      return trial
    }

    @inlinable mutating func bracket<Failure: Error>(
      startingAt first: Scalar, along φ: (Scalar) throws(Failure) -> Sample<Scalar>
    ) throws(Failure) {
      let longest = start.farthest(rule.longest)
      var c = try ask(first, along: φ)  // B0
      while answer == nil {
        if rises(c) {  // B1
          b = c
          return
        }
        if !isLow(c) {  // B2
          b = c
          return try bisect(along: φ)
        }
        if c.length >= longest {
          answer = lowest.answer(.noLowerBound)
          return
        }
        a = c  // B3
        c = try ask(Swift.min(rule.expansion * c.length, longest), along: φ)
      }
    }

    /// U0–U3 for a length that has not been asked for yet; nothing is asked outside the interval.
    @inlinable mutating func update<Failure: Error>(
      asking length: Scalar, along φ: (Scalar) throws(Failure) -> Sample<Scalar>
    ) throws(Failure) {
      guard length > a.length && length < b.length else { return }  // U0
      let c = try ask(length, along: φ)
      if answer != nil { return }
      if rises(c) {  // U1
        b = c
      } else if isLow(c) {  // U2
        a = c
      } else {  // U3
        b = c
        try bisect(along: φ)
      }
    }

    /// The loop of U3: b is too high or not finite; cut until it rises.
    @inlinable mutating func bisect<Failure: Error>(
      along φ: (Scalar) throws(Failure) -> Sample<Scalar>
    ) throws(Failure) {
      while answer == nil {
        // Far outside the function's domain a tenth finds the way back sooner than a half.
        let part = a.length == 0 && !b.isFinite ? 0.1 : rule.bisection
        let length = a.length + part * (b.length - a.length)
        if endIfCollapsed(around: length) { return }
        let d = try ask(length, along: φ)
        if answer != nil { return }
        if rises(d) {
          b = d
          return
        }
        if isLow(d) { a = d } else { b = d }
      }
    }

    @inlinable mutating func secantSquared<Failure: Error>(
      along φ: (Scalar) throws(Failure) -> Sample<Scalar>
    ) throws(Failure) {
      if endIfCollapsed(around: a.length + (b.length - a.length) / 2) { return }
      let (a₀, b₀) = (a, b)
      let c = Self.secant(a, b)  // S1
      try update(asking: c, along: φ)
      if answer != nil { return }
      if c == b.length {  // S2
        try update(asking: Self.secant(b₀, b), along: φ)
      } else if c == a.length {  // S3
        try update(asking: Self.secant(a₀, a), along: φ)
      }
    }

    @inlinable mutating func endIfCollapsed(around middle: Scalar) -> Bool {
      if middle > a.length && middle < b.length && b.length - a.length > 2 * b.length.ulp { return false }
      answer = lowest.answer(.intervalCollapsed)
      return true
    }

    /// Where the line through two slopes is zero; not a number, and so outside of every interval, where it is level.
    @inlinable static func secant(_ p: Sample<Scalar>, _ q: Sample<Scalar>) -> Scalar {
      p.length - p.slope * ((q.length - p.length) / (q.slope - p.slope))
    }
  }

  public var complaint: String? {
    if !(sufficientDecrease > 0 && sufficientDecrease < 0.5) {
      return
        "sufficientDecrease (δ) is \(sufficientDecrease): choose a number between 0 and 0.5, such as 0.1."
    }
    if !(curvature >= sufficientDecrease && curvature < 1) {
      return
        "curvature (σ) is \(curvature): choose a number from sufficientDecrease (\(sufficientDecrease)) to"
        + " below 1, such as 0.9."
    }
    if !(valueTolerance >= 0 && valueTolerance.isFinite) {
      return "valueTolerance (ε) is \(valueTolerance): choose a number from 0, such as 1e-6."
    }
    if !(bisection > 0 && bisection < 1) {
      return "bisection (θ) is \(bisection): choose a number between 0 and 1, such as 0.5."
    }
    if !(shrinkage > 0 && shrinkage < 1) {
      return "shrinkage (γ) is \(shrinkage): choose a number between 0 and 1, such as 2/3."
    }
    if !(expansion > 1 && expansion.isFinite) {
      return "expansion (ρ) is \(expansion): choose a finite number above 1, such as 5."
    }
    if !(longest > 0 && longest.isFinite) {
      return "longest is \(longest): choose a positive finite length, such as 1e20."
    }
    if maximumTrials < 1 { return "maximumTrials is \(maximumTrials): allow at least 1, such as 64." }
    return nil
  }
}
