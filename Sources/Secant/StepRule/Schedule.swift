public import RealModule

/// A learning rate that is a pure function of the number of steps taken.
///
/// `Schedule.cosine(from: 1e-3, to: 1e-5, over: 1_000).warmedUp(over: 50)`
///
/// t is the iteration, counted from 0, less the steps of the warm-up.
///
/// - **Memory**: none: the same iteration gives the same rate, so a resumed run goes on where it stopped.
/// - **Guarantees**: with a `complaint` of nil every rate is finite and not negative; a schedule that ends at 0
///   stays there.
public struct Schedule<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The form of the decay, with the lengths that belong to it in iterations.
  public enum Shape: Sendable, Equatable, Codable {
    /// r.
    case constant
    /// r·factor^⌊t/interval⌋.
    case step(factor: Scalar, interval: Int)
    /// r·factor^(t/interval).
    case exponential(factor: Scalar, interval: Int)
    /// e + (r − e)(1 − t/duration)^power, then e.
    case polynomial(end: Scalar, duration: Int, power: Scalar)
    /// e + (r − e)(1 + cos(πt/duration))/2, then e.
    case cosine(end: Scalar, duration: Int)
    /// The cosine again and again: the first period has `duration` iterations, every other `stretch` times those before.
    case warmRestarts(end: Scalar, duration: Int, stretch: Int)
    /// Half a cosine from r/`initial` up to r at the iteration `rise`·duration − 1, another down to
    /// r/(`initial`·`final`) at the last one, duration − 1.
    case oneCycle(duration: Int, rise: Scalar, initial: Scalar, final: Scalar)
    /// r·√(timescale/max(t, timescale)).
    case inverseSquareRoot(timescale: Int)
    /// r for `stable` iterations, then down to e on a straight line of `decay` iterations.
    case stableDecay(end: Scalar, stable: Int, decay: Int)
  }

  /// r, the rate after the warm-up and before the decay.
  public var rate: Scalar
  /// How the rate falls after the warm-up.
  public var shape: Shape
  /// Over so many iterations the rate rises on a straight line to r: r·(i + 1)/(warmup + 1), so that no step is lost.
  public var warmup: Int

  @inlinable public init(rate: Scalar, shape: Shape = .constant, warmup: Int = 0) {
    self.rate = rate
    self.shape = shape
    self.warmup = warmup
  }

  /// The same rate at every step.
  @inlinable public static func constant(_ rate: Scalar) -> Self { Self(rate: rate) }

  /// The rate times `factor` after every `interval` iterations.
  @inlinable public static func step(from rate: Scalar, by factor: Scalar, every interval: Int) -> Self {
    Self(rate: rate, shape: .step(factor: factor, interval: interval))
  }

  /// A geometric decay that takes `interval` iterations for each `factor`.
  @inlinable public static func exponential(
    from rate: Scalar, by factor: Scalar, every interval: Int = 1
  ) -> Self {
    Self(rate: rate, shape: .exponential(factor: factor, interval: interval))
  }

  /// A straight line for the power 1.
  @inlinable public static func polynomial(
    from rate: Scalar, to end: Scalar = 0, over duration: Int, power: Scalar = 1
  ) -> Self {
    Self(rate: rate, shape: .polynomial(end: end, duration: duration, power: power))
  }

  /// Half a period of the cosine (Loshchilov and Hutter, 2017, without restarts).
  @inlinable public static func cosine(from rate: Scalar, to end: Scalar = 0, over duration: Int) -> Self {
    Self(rate: rate, shape: .cosine(end: end, duration: duration))
  }

  /// The cosine, begun anew at r after `first` iterations, then after `first`·`stretch`, and so on: SGDR's warm
  /// restarts with T₀ and T_mult (Loshchilov and Hutter, 2017).
  @inlinable public static func warmRestarts(
    from rate: Scalar, to end: Scalar = 0, first duration: Int, stretch: Int = 1
  ) -> Self {
    Self(rate: rate, shape: .warmRestarts(end: end, duration: duration, stretch: stretch))
  }

  /// One rise to `rate` and one fall far below the first rate (Smith and Topin, 2019, in the form of PyTorch's
  /// OneCycleLR with its defaults); after the last iteration the rate stays.
  @inlinable public static func oneCycle(
    rate: Scalar, over duration: Int, rise: Scalar = 0.3, initialDivisor: Scalar = 25,
    finalDivisor: Scalar = 1e4
  ) -> Self {
    Self(
      rate: rate,
      shape: .oneCycle(duration: duration, rise: rise, initial: initialDivisor, final: finalDivisor))
  }

  /// Constant for `timescale` iterations, then with 1/√t.
  @inlinable public static func inverseSquareRoot(from rate: Scalar, after timescale: Int) -> Self {
    Self(rate: rate, shape: .inverseSquareRoot(timescale: timescale))
  }

  /// Up, level, down.
  @inlinable public static func warmupStableDecay(
    rate: Scalar, to end: Scalar = 0, warmup: Int, stable: Int, decay: Int
  ) -> Self {
    Self(rate: rate, shape: .stableDecay(end: end, stable: stable, decay: decay), warmup: warmup)
  }

  /// The same schedule, begun after a linear warm-up.
  @inlinable public func warmedUp(over iterations: Int) -> Self {
    var schedule = self
    schedule.warmup = iterations
    return schedule
  }

  /// The rate of the step that has `iteration` steps before it.
  @inlinable public func rate(at iteration: Int) -> Scalar {
    if iteration < warmup { return rate * (Scalar(iteration) + 1) / (Scalar(warmup) + 1) }
    let t = iteration - warmup
    switch shape {
    case .constant:
      return rate
    case .step(let factor, let interval):
      return rate * Scalar.pow(factor, t / Swift.max(1, interval))
    case .exponential(let factor, let interval):
      return rate * Scalar.pow(factor, Scalar(t) / Scalar(Swift.max(1, interval)))
    case .polynomial(let end, let duration, let power):
      return t >= duration ? end : end + (rate - end) * Scalar.pow(1 - Scalar(t) / Scalar(duration), power)
    case .cosine(let end, let duration):
      return t >= duration ? end : Self.halfCosine(from: rate, to: end, at: Scalar(t) / Scalar(duration))
    case .warmRestarts(let end, let duration, let stretch):
      var length = Swift.max(1, duration)
      var t = t
      if stretch <= 1 { t %= length }
      while t >= length {
        t -= length
        let (longer, overflow) = length.multipliedReportingOverflow(by: stretch)
        length = overflow ? .max : longer
      }
      return Self.halfCosine(from: rate, to: end, at: Scalar(t) / Scalar(length))
    case .oneCycle(let duration, let rise, let initial, let final):
      let start = rate / initial
      if t >= duration { return start / final }
      let peak = rise * Scalar(duration) - 1
      if peak > 0, Scalar(t) <= peak {
        return Self.halfCosine(from: start, to: rate, at: Scalar(t) / peak)
      }
      return Self.halfCosine(
        from: rate, to: start / final, at: (Scalar(t) - peak) / (Scalar(duration) - 1 - peak))
    case .inverseSquareRoot(let timescale):
      return rate * (Scalar(timescale) / Scalar(Swift.max(t, timescale))).squareRoot()
    case .stableDecay(let end, let stable, let decay):
      if t < stable { return rate }
      return t - stable >= decay ? end : rate + (end - rate) * (Scalar(t - stable) / Scalar(decay))
    }
  }

  /// From a at 0 to b at 1: b + (a − b)(1 + cos πs)/2.
  @inlinable static func halfCosine(from a: Scalar, to b: Scalar, at s: Scalar) -> Scalar {
    b + (a - b) * (1 + Scalar.cos(Scalar.pi * s)) / 2
  }

  /// A sentence about the first number that makes no sense, or nil.
  public var complaint: String? {
    if !(rate > 0 && rate.isFinite) {
      return "rate is \(rate): choose a positive finite learning rate, such as 1e-3."
    }
    if warmup < 0 { return "warmup is \(warmup): choose a number of iterations, 0 for none." }
    switch shape {
    case .constant:
      return nil
    case .step(let factor, let interval), .exponential(let factor, let interval):
      if !(factor > 0 && factor.isFinite) {
        return "factor is \(factor): choose a positive finite number, below 1 to decay, such as 0.5."
      }
      return interval > 0 ? nil : "interval is \(interval): choose at least 1 iteration."
    case .polynomial(let end, let duration, let power):
      if !(power > 0 && power.isFinite) {
        return "power is \(power): choose a positive finite number, such as 1."
      }
      return Self.complaint(end: end, duration: duration)
    case .cosine(let end, let duration):
      return Self.complaint(end: end, duration: duration)
    case .warmRestarts(let end, let duration, let stretch):
      if stretch < 1 { return "stretch is \(stretch): choose 1 for periods of one length, or 2." }
      return Self.complaint(end: end, duration: duration)
    case .oneCycle(let duration, let rise, let initial, let final):
      if !(rise > 0 && rise < 1) {
        return "rise is \(rise): choose a part of the cycle in (0, 1), such as 0.3."
      }
      for (name, divisor) in [("initialDivisor", initial), ("finalDivisor", final)]
      where !(divisor >= 1 && divisor.isFinite) {
        return "\(name) is \(divisor): choose a finite number of at least 1."
      }
      return duration > 1 ? nil : "the cycle takes \(duration) iterations: choose at least 2."
    case .inverseSquareRoot(let timescale):
      return timescale > 0 ? nil : "timescale is \(timescale): choose at least 1 iteration."
    case .stableDecay(let end, let stable, let decay):
      if stable < 0 { return "stable is \(stable): choose a number of iterations, 0 for none." }
      return Self.complaint(end: end, duration: decay)
    }
  }

  private static func complaint(end: Scalar, duration: Int) -> String? {
    if !(end >= 0 && end.isFinite) {
      return "the final rate is \(end): choose a finite number that is not negative, such as 0."
    }
    return duration > 0 ? nil : "the decay takes \(duration) iterations: choose at least 1."
  }
}
