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
  /// The θ with |τ| at most the quantile. A limit is infinite where τ stays below it however far θ is moved, and NaN where
  /// there is no profile: the run did not end at a minimum, no degrees of freedom are left, or the problem has bounds.
  public let interval: ConfidenceInterval<Scalar>
  /// The fits that were made, by ascending θ.
  public let points: [Point]
  /// Parameters of a sum of squares below that of the fit, where one was met: then the fit is no global minimum, and ought to
  /// be made again from there.
  public let betterParameters: Vector<Scalar>?
  /// What all this cost.
  public let ledger: Ledger
}

/// The least sum of squares with one parameter held.
@usableFromInline struct Refit<Scalar: LAPACKScalar>: Sendable {
  var parameters: Vector<Scalar>
  var sumOfSquares: Scalar
  var ledger: Ledger

  /// By Levenberg and Marquardt's method from where the others are guessed to be.
  @usableFromInline init<Problem: ResidualObjective>(
    _ problem: Problem, holding j: Int, at value: Scalar, from start: Vector<Scalar>
  ) where Problem.Scalar == Scalar, Problem.Domain == WholeSpace {
    let held = Held(base: problem, held: j, value: value)
    let others = Vector(start.indices.filter { $0 != j }.map { start[$0] })
    let c = problem.residualWeight
    guard !others.isEmpty else {
      parameters = [value]
      ledger = problem.charge(for: .residual, dimension: 1)
      sumOfSquares = ((try? held.value(at: others)) ?? .nan) / c
      return
    }
    let outcome = minimize(
      held, from: others, using: .levenbergMarquardt(), within: Budget(iterations: 500), certifying: false)
    parameters = held.all(outcome.point)
    sumOfSquares = outcome.value / c
    ledger = outcome.ledger + outcome.monitoring
  }
}

extension Fit {
  /// The interval of a parameter by profile likelihood: it is held, the others are fitted again, and the limits are where
  /// the sum of squares has risen by σ²t².
  ///
  /// - Parameters:
  ///   - j: the parameter, by index.
  ///   - level: the level of confidence.
  public func profile(of j: Int, level: Double = 0.95) -> Profile<Scalar> {
    precondition(parameters.indices.contains(j), "there is no parameter \(j) among \(parameters.count)")
    let t = quantile(level)
    guard let refit, isStationary, t > 0, scale > 0, scale.isFinite else {
      return Profile(
        parameter: j, interval: ConfidenceInterval(lower: .nan, upper: .nan, level: level), points: [],
        betterParameters: nil, ledger: Ledger())
    }
    var search = ProfileSearch(self, parameter: j, refit)
    let lower = search.limit(to: -1, t)
    let upper = search.limit(to: 1, t)
    return Profile(
      parameter: j, interval: ConfidenceInterval(lower: lower, upper: upper, level: level),
      points: search.points.sorted { $0.value < $1.value },
      betterParameters: search.better?.parameters, ledger: search.ledger)
  }
}

/// Finds where |τ| crosses a threshold, to either side.
private struct ProfileSearch<Scalar: LAPACKScalar> {
  let fit: Fit<Scalar>
  let j: Int
  let refit: (Int, Scalar, Vector<Scalar>) -> Refit<Scalar>
  var points: [Profile<Scalar>.Point]
  var better: Refit<Scalar>?
  var ledger = Ledger()

  init(
    _ fit: Fit<Scalar>, parameter j: Int, _ refit: @escaping (Int, Scalar, Vector<Scalar>) -> Refit<Scalar>
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
    // By lengths that grow, the faster the flatter τ is, until it is crossed.
    var (low, high) = (Scalar(0), t * size)
    var (τLow, τHigh) = (Scalar(0), root(at: high, side))
    let farthest = size / Scalar.ulpOfOne.squareRoot()
    while τHigh < t {
      if high > farthest { return side * .infinity }
      (low, τLow) = (high, τHigh)
      high *= Swift.min(10, Swift.max(1.25, 1.05 * t / τHigh))
      τHigh = root(at: high, side)
    }
    // Then by the Illinois form of regula falsi; a fit that is not finite lies beyond.
    var (below, above) = (τLow - t, τHigh - t)
    for _ in 0..<100 where high - low > 64 * Scalar.ulpOfOne * high {
      let inside = above.isFinite ? low - below * (high - low) / (above - below) : low + (high - low) / 2
      let middle = inside > low && inside < high ? inside : low + (high - low) / 2
      let τ = root(at: middle, side)
      if abs(τ - t) <= Scalar.ulpOfOne.squareRoot() * t { return fit.parameters[j] + side * middle }
      if τ < t {
        if low > 0 { above /= 2 }
        (low, below) = (middle, τ - t)
      } else {
        (high, above) = (middle, τ - t)
        below /= 2
      }
    }
    return fit.parameters[j] + side * high
  }

  /// |τ| at a distance from the fit, infinite where there is no fit.
  private mutating func root(at distance: Scalar, _ side: Scalar) -> Scalar {
    let value = fit.parameters[j] + side * distance
    let answer = refit(j, value, start(at: value))
    ledger += answer.ledger
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

  /// Where the others are guessed to be: on the line through the two nearest fits, and from the fit itself as the
  /// covariance says.
  private func start(at value: Scalar) -> Vector<Scalar> {
    let nearest = points.sorted { abs($0.value - value) < abs($1.value - value) }.prefix(2)
    var b = nearest[0].parameters
    let step = value - nearest[0].value
    if nearest.count == 2 {
      let width = nearest[1].value - nearest[0].value
      if width != 0 { b.add(nearest[1].parameters - nearest[0].parameters, times: step / width) }
    } else {
      for k in b.indices where k != j {
        let slope = fit.covariance[k, j] / fit.covariance[j, j]
        if slope.isFinite { b[k] += slope * step }
      }
    }
    return b.isFinite ? b : nearest[0].parameters
  }
}
