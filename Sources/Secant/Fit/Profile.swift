// Symbol ↔ name
//   θ      the parameter that is held  value
//   S̃(θ)   the least sum of squares with it held  sumOfSquares
//   τ(θ)   sign(θ − θ̂)√((S̃(θ) − S)/σ²)  signedRoot

/// How the fit worsens when one parameter is moved and the others follow: the profile likelihood.
///
/// τ is a straight line for a model that is linear in its parameters; where it bends, the interval is one that
/// ``Fit/interval(of:level:)`` misses.
public struct Profile<Scalar: LAPACKScalar>: Sendable {
  /// A fit with the parameter held.
  public struct Point: Sendable, Equatable {
    /// θ, where it is held.
    public let value: Scalar
    /// τ(θ).
    public let signedRoot: Scalar
    /// All parameters there.
    public let parameters: Vector<Scalar>
  }

  /// The parameter, by index.
  public let parameter: Int
  /// The θ with |τ| at most the quantile. A limit is infinite where τ levels off below it, and NaN where there is no
  /// profile: the run did not end at a minimum, no degrees of freedom are left, or the problem has bounds.
  public let interval: ConfidenceInterval<Scalar>
  /// The fits that were made, by ascending θ.
  public let points: [Point]
  /// Parameters of a sum of squares below that of the fit, where one was met: then the fit is no global minimum, and ought to
  /// be made again from there.
  public let betterParameters: Vector<Scalar>?
  /// How many of the fits did not converge: where some did not, τ may be too great and the interval too narrow.
  public let unconverged: Int
  /// What all this cost.
  public let ledger: Ledger
}

extension Profile: CustomStringConvertible {
  /// The interval, what it was made of, and what is amiss with it.
  public var description: String {
    guard !points.isEmpty else { return "b[\(parameter)]: no profile." }
    var text =
      "b[\(parameter)]: \(interval), \(brief(100 * interval.level, digits: 6)) % by profile likelihood, "
    text += "from \(count(points.count, "fit"))"
    if unconverged > 0 { text += ", of which \(unconverged) did not converge" }
    guard let betterParameters else { return text + "." }
    let better = betterParameters.map { brief($0, digits: 6) }.joined(separator: ", ")
    return text + ". There is a better fit: start at [\(better)]."
  }
}

/// The least sum of squares with one parameter held.
@usableFromInline struct Refit<Scalar: LAPACKScalar>: Sendable {
  var parameters: Vector<Scalar>
  var sumOfSquares: Scalar
  var isConverged: Bool
  var ledger: Ledger

  /// By Levenberg and Marquardt's method from the best of some guesses of the others.
  @usableFromInline init<Problem: ResidualObjective>(
    _ problem: Problem, holding j: Int, at value: Scalar, from guesses: [Vector<Scalar>]
  ) where Problem.Scalar == Scalar, Problem.Domain == WholeSpace {
    let held = Held(base: problem, held: j, value: value)
    let c = problem.residualWeight
    var start: Vector<Scalar> = []
    var least: Scalar = .infinity
    for guess in guesses {
      let others = Vector(guess.indices.filter { $0 != j }.map { guess[$0] })
      let value = (try? held.value(at: others)) ?? .nan
      if value < least || start.isEmpty { (start, least) = (others, value) }
    }
    ledger = guesses.count * problem.charge(for: .residual, dimension: problem.dimension ?? start.count + 1)
    guard !start.isEmpty else {
      parameters = [value]
      isConverged = true
      sumOfSquares = least / c
      return
    }
    let outcome = minimize(
      held, from: start, using: .levenbergMarquardt(), within: Budget(iterations: 500), certifying: false)
    parameters = held.all(outcome.point)
    sumOfSquares = outcome.value / c
    // A guess may be right.
    if case .stationary = outcome.status {
      isConverged = true
    } else {
      isConverged = outcome.status.isConverged
    }
    ledger += outcome.ledger + outcome.monitoring
  }
}

extension Fit {
  /// The interval of a parameter by profile likelihood: it is held, the others are fitted again, and the limits are where
  /// the sum of squares has risen by σ²t².
  ///
  /// - Parameters:
  ///   - j: the parameter, by index.
  ///   - level: the level of confidence, from 0 to below 1; for any other the limits are NaN.
  public func profile(of j: Int, level: Double = 0.95) -> Profile<Scalar> {
    precondition(parameters.indices.contains(j), "there is no parameter \(j) among \(parameters.count)")
    let t = quantile(level)
    guard let refit, isStationary, t > 0, scale > 0, scale.isFinite else {
      return Profile(
        parameter: j, interval: ConfidenceInterval(lower: .nan, upper: .nan, level: level), points: [],
        betterParameters: nil, unconverged: 0, ledger: Ledger())
    }
    var search = ProfileSearch(self, parameter: j, refit)
    let lower = search.limit(to: -1, t)
    let upper = search.limit(to: 1, t)
    return Profile(
      parameter: j, interval: ConfidenceInterval(lower: lower, upper: upper, level: level),
      points: search.points.sorted { $0.value < $1.value },
      betterParameters: search.better?.parameters, unconverged: search.unconverged, ledger: search.ledger)
  }
}

/// Finds where |τ| crosses a threshold, to either side.
private struct ProfileSearch<Scalar: LAPACKScalar> {
  let fit: Fit<Scalar>
  let j: Int
  let refit: (Int, Scalar, [Vector<Scalar>]) -> Refit<Scalar>
  var points: [Profile<Scalar>.Point]
  var better: Refit<Scalar>?
  var unconverged = 0
  var ledger = Ledger()

  init(
    _ fit: Fit<Scalar>, parameter j: Int, _ refit: @escaping (Int, Scalar, [Vector<Scalar>]) -> Refit<Scalar>
  ) {
    self.fit = fit
    self.j = j
    self.refit = refit
    points = [.init(value: fit.parameters[j], signedRoot: 0, parameters: fit.parameters)]
  }

  /// The θ on one side where |τ| = t, or ±∞ where it stays below.
  mutating func limit(to side: Scalar, _ t: Scalar) -> Scalar {
    let error = fit.standardErrors[j]
    let size = error > 0 && error.isFinite ? error : Swift.max(abs(fit.parameters[j]), 1)
    // By lengths that double, until it is crossed.
    var (low, high) = (Scalar(0), t * size)
    var (τLow, τHigh) = (Scalar(0), root(at: high, side))
    while τHigh < t {
      (low, τLow) = (high, τHigh)
      high *= 2
      τHigh = root(at: high, side)
      // At this rate it would not be crossed 2⁵⁰ times as far out, where numbers tell nothing any more.
      if τHigh - τLow < (t - τHigh) / 50 { return side * .infinity }
    }
    // Then by the Illinois form of regula falsi; a fit that is not finite lies beyond.
    var (below, above) = (τLow - t, τHigh - t)
    var kept: Scalar = 0
    for _ in 0..<100 where high - low > 64 * Scalar.ulpOfOne * high {
      let inside = low - below * (high - low) / (above - below)
      let middle = inside > low && inside < high ? inside : low + (high - low) / 2
      let τ = root(at: middle, side)
      if abs(τ - t) <= Scalar.ulpOfOne.squareRoot() * t { return fit.parameters[j] + side * middle }
      // An end that is kept twice counts half.
      if τ < t {
        (low, below) = (middle, τ - t)
        if kept > 0 { above /= 2 }
        kept = 1
      } else {
        (high, above) = (middle, τ - t)
        if kept < 0 { below /= 2 }
        kept = -1
      }
    }
    return fit.parameters[j] + side * high
  }

  /// |τ| at a distance from the fit, infinite where there is no fit.
  private mutating func root(at distance: Scalar, _ side: Scalar) -> Scalar {
    let value = fit.parameters[j] + side * distance
    let answer = refit(j, value, guesses(at: value))
    ledger += answer.ledger
    if !answer.isConverged { unconverged += 1 }
    guard answer.sumOfSquares.isFinite else { return .infinity }
    let rise = answer.sumOfSquares - fit.sumOfSquares
    if -rise > Scalar.ulpOfOne.squareRoot() * fit.sumOfSquares,
      answer.sumOfSquares < better?.sumOfSquares ?? .infinity
    {
      better = answer
    }
    let τ = Swift.max(0, rise).squareRoot() / fit.scale
    points.append(.init(value: value, signedRoot: side * τ, parameters: answer.parameters))
    return τ
  }

  /// Where the others are guessed to be: where they are in the nearest fit to this side, on the line through the two
  /// nearest, and on the line that the covariance draws from the fit itself.
  private func guesses(at value: Scalar) -> [Vector<Scalar>] {
    let step = value - fit.parameters[j]
    var tangent = fit.parameters
    for k in tangent.indices where k != j { tangent[k] += fit.covariance[k, j] / fit.covariance[j, j] * step }
    let nearest = points.filter { ($0.value - fit.parameters[j]) * step >= 0 }
      .sorted { abs($0.value - value) < abs($1.value - value) }.prefix(2)
    var guesses = [nearest[0].parameters, tangent]
    if nearest.count == 2 {
      let part = (value - nearest[0].value) / (nearest[1].value - nearest[0].value)
      guesses.append(nearest[0].parameters + part * (nearest[1].parameters - nearest[0].parameters))
    }
    return guesses.filter(\.isFinite)
  }
}
