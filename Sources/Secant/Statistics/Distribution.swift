/// A distribution of one real number: what confidence limits and tests of a fit are read from.
///
/// ```swift
/// let t = StudentT(degreesOfFreedom: 12).quantile(0.975)
/// ```
public protocol Distribution: Sendable {
  /// P(X ≤ x).
  func lowerTail(_ x: Double) -> Double
  /// P(X > x), to full relative precision where it is small.
  func upperTail(_ x: Double) -> Double
  /// The x with P(X ≤ x) = p, for p from 0 to 1; NaN for any other p.
  func quantile(_ p: Double) -> Double
}

/// The normal distribution of mean 0 and variance 1.
public struct Normal: Distribution {
  public init() {}

  public func lowerTail(_ x: Double) -> Double { upperTail(-x) }
  public func upperTail(_ x: Double) -> Double { .erfc(x / Double.sqrt(2)) / 2 }
  public func quantile(_ p: Double) -> Double { symmetricQuantile(p, upperTail) }
}

/// Student's t distribution; the normal one for infinitely many degrees of freedom.
public struct StudentT: Distribution {
  /// ν, positive: NaN is the answer to everything for any other.
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  public func lowerTail(_ x: Double) -> Double { upperTail(-x) }

  public func upperTail(_ x: Double) -> Double {
    let ν = degreesOfFreedom
    guard ν > 0, !x.isNaN else { return .nan }
    if ν == .infinity { return Normal().upperTail(x) }
    if x < 0 { return 1 - upperTail(-x) }
    // ν/(ν + x²) and x²/(ν + x²), where x² may overflow.
    let ratio = x / ν.squareRoot()
    let y = ratio < 1 ? ratio * ratio / (1 + ratio * ratio) : 1 / (1 + 1 / (ratio * ratio))
    let z = ratio < 1 ? 1 / (1 + ratio * ratio) : 1 / (ratio * ratio) / (1 + 1 / (ratio * ratio))
    return regularizedBeta(z, complement: y, ν / 2, 0.5) / 2
  }

  public func quantile(_ p: Double) -> Double {
    degreesOfFreedom > 0 ? symmetricQuantile(p, upperTail) : .nan
  }
}

/// Fisher's F distribution: of the ratio of two variances.
public struct FisherF: Distribution {
  /// Those of the numerator and of the denominator, positive; the second may be infinite.
  public let degreesOfFreedom: (Double, Double)

  public init(degreesOfFreedom first: Double, _ second: Double) { degreesOfFreedom = (first, second) }

  public func lowerTail(_ x: Double) -> Double { tails(x).lower }
  public func upperTail(_ x: Double) -> Double { tails(x).upper }
  public func quantile(_ p: Double) -> Double { positiveQuantile(p, lowerTail, upperTail) }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    let (ν, μ) = degreesOfFreedom
    guard ν > 0, μ > 0, !x.isNaN else { return (.nan, .nan) }
    if x <= 0 { return (0, 1) }
    if x == .infinity { return (1, 0) }
    if μ == .infinity { return regularizedGamma(ν / 2, ν * x / 2) }
    let (y, z) = (ν * x / (ν * x + μ), μ / (ν * x + μ))
    return (
      regularizedBeta(y, complement: z, ν / 2, μ / 2), regularizedBeta(z, complement: y, μ / 2, ν / 2)
    )
  }
}

/// The χ² distribution: of a sum of squares of independent standard normals.
public struct ChiSquared: Distribution {
  /// ν, positive: NaN is the answer to everything for any other.
  public let degreesOfFreedom: Double

  public init(degreesOfFreedom: Double) { self.degreesOfFreedom = degreesOfFreedom }

  public func lowerTail(_ x: Double) -> Double { tails(x).lower }
  public func upperTail(_ x: Double) -> Double { tails(x).upper }
  public func quantile(_ p: Double) -> Double { positiveQuantile(p, lowerTail, upperTail) }

  private func tails(_ x: Double) -> (lower: Double, upper: Double) {
    degreesOfFreedom > 0 && !x.isNaN ? regularizedGamma(degreesOfFreedom / 2, x / 2) : (.nan, .nan)
  }
}

// MARK: - Quantiles, each from the smaller tail

/// Of a distribution that is symmetric about 0.
private func symmetricQuantile(_ p: Double, _ upperTail: (Double) -> Double) -> Double {
  guard p >= 0, p <= 1 else { return .nan }
  if p == 0.5 { return 0 }
  if p == 0 || p == 1 { return p == 0 ? -.infinity : .infinity }
  let x = solve { upperTail($0) > Swift.min(p, 1 - p) }
  return p < 0.5 ? -x : x
}

/// Of a distribution of positive numbers.
private func positiveQuantile(
  _ p: Double, _ lowerTail: (Double) -> Double, _ upperTail: (Double) -> Double
) -> Double {
  guard p >= 0, p <= 1, !upperTail(1).isNaN else { return .nan }
  if p == 0 || p == 1 { return p == 0 ? 0 : .infinity }
  return p < 0.5 ? solve { lowerTail($0) < p } : solve { upperTail($0) > 1 - p }
}

/// The positive number up to which `isBelow` holds, by doubling and bisection to the last bit.
private func solve(_ isBelow: (Double) -> Bool) -> Double {
  var high = 1.0
  while high < .infinity, isBelow(high) { high *= 2 }
  if high == .infinity { return high }
  var low = high / 2
  while low > 0, !isBelow(low) { (low, high) = (low / 2, low) }
  while true {
    let middle = low + (high - low) / 2
    if middle <= low || middle >= high { return high }
    if isBelow(middle) { low = middle } else { high = middle }
  }
}
