/// Backtracking: the first length that lowers φ by a fixed part of what the slope promises.
///
/// Accepts α when φ(α) ≤ φ(0) + c₁αφ′(0). A trial that fails is cut back to the minimiser of the quadratic, then
/// of the cubic, that fits what is known, but never by more than `deepestCut` nor by less than `shallowestCut`.
///
/// - **Demands**: φ′(0) < 0. The slope at a trial is used only where rounding hides the decrease.
/// - **Memory**: none.
/// - **Work per step**: one φ when the suggested length is accepted, one more for each cut.
/// - **Guarantees**: an accepted length lowers φ sufficiently, up to ``noise``; it is never longer than the
///   suggestion. Curvature is not asked for, so a quasi-Newton direction must guard its own update.
/// - **Reference**: Armijo, *Pacific J. Math.* 16 (1966); Nocedal and Wright, *Numerical Optimization*, 2nd ed.,
///   section 3.5.
///
/// | paper | here |
/// | --- | --- |
/// | c₁ | `sufficientDecrease` |
public struct Armijo<Scalar: LAPACKScalar>: StepRule, Equatable {
  /// c₁ in φ(α) ≤ φ(0) + c₁αφ′(0).
  public var sufficientDecrease: Scalar
  /// A cut leaves at least this part of the length: α₊ ≥ `deepestCut`·α. A trial that is not finite is cut so deep.
  public var deepestCut: Scalar
  /// A cut leaves at most this part of the length: α₊ ≤ `shallowestCut`·α.
  public var shallowestCut: Scalar
  /// Values closer than `noise`·|φ(0)| are told apart by their slopes; 0 is the published form.
  public var noise: Scalar
  /// The most often that φ is asked in one search.
  public var maximumTrials: Int

  @inlinable public init(
    sufficientDecrease: Scalar = 1e-4, deepestCut: Scalar = 0.1, shallowestCut: Scalar = 0.5,
    noise: Scalar = 10 * Scalar.ulpOfOne, maximumTrials: Int = 50
  ) {
    self.sufficientDecrease = sufficientDecrease
    self.deepestCut = deepestCut
    self.shallowestCut = shallowestCut
    self.noise = noise
    self.maximumTrials = maximumTrials
  }

  @inlinable public func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    if let obstacle = start.obstacle { return .failed(obstacle) }
    var lowest = LowestTrial(start)
    var α = start.first(to: .greatestFiniteMagnitude)
    // The trial before, as (length, φ − φ(0)): with it the cubic can be fitted.
    var previous: (length: Scalar, change: Scalar)?

    for _ in 0..<Swift.max(0, maximumTrials) {
      let trial = try φ(α)
      guard trial.isFinite else {
        previous = nil
        α *= deepestCut
        continue
      }
      let change = start.sample.change(to: trial, noise: noise)
      if change <= sufficientDecrease * α * start.slope { return .accepted(α) }
      lowest.note(trial)

      let interpolated: Scalar
      if let previous {
        interpolated = Self.cubicMinimizer(start.slope, (α, change), previous)
      } else {
        interpolated = -start.slope * α * α / (2 * (change - start.slope * α))
      }
      previous = (α, change)
      // Written so that an interpolation that is not a number becomes the deepest cut.
      let floor = deepestCut * α
      α = interpolated > floor ? Swift.min(interpolated, shallowestCut * α) : floor
      if α == 0 { return lowest.answer(.intervalCollapsed) }
    }
    return lowest.answer(.tooManyTrials)
  }

  /// The minimiser of the cubic with slope φ′(0) at 0 that passes through 0 and two trials.
  @inlinable static func cubicMinimizer(
    _ slope: Scalar, _ last: (length: Scalar, change: Scalar), _ previous: (length: Scalar, change: Scalar)
  ) -> Scalar {
    // With t = α/α₁ for the last trial α₁, so that no power of a great length overflows, φ(α) − φ(0) = at³ + bt² + ct; u and
    // v are what is left of the trials without the linear term.
    let r = previous.length / last.length
    let c = slope * last.length
    let u = last.change - c
    let v = (previous.change - c * r) / (r * r)
    let a = (u - v) / (1 - r)
    let b = u - a
    let root = (b * b - 3 * a * c).squareRoot()
    // The form without cancellation, which also covers a = 0, where the cubic is a quadratic.
    return last.length * (b > 0 ? -c / (b + root) : (root - b) / (3 * a))
  }

  public var complaint: String? {
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
