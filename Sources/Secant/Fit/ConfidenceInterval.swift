/// Between which limits a quantity lies, at a level of confidence.
public struct ConfidenceInterval<Scalar: LAPACKScalar>: Sendable, Equatable, CustomStringConvertible {
  /// The limits: infinite where the data set none, NaN where nothing can be said.
  public let lower, upper: Scalar
  /// The part of the intervals made like this one that contain the true value, such as 0.95.
  public let level: Double

  /// Whether a value lies within.
  public func contains(_ x: Scalar) -> Bool { x >= lower && x <= upper }

  public var description: String { "\(brief(lower, digits: 6)) … \(brief(upper, digits: 6))" }
}

extension Fit {
  /// How many standard errors the limits of one quantity are away at a level of confidence: Student's t for ν degrees of
  /// freedom, or the normal quantile where the standard deviations are known.
  func quantile(_ level: Double) -> Scalar {
    level >= 0 && level < 1
      ? Scalar(StudentT(degreesOfFreedom: degreesOfFreedomOfScale).quantile((1 + level) / 2)) : .nan
  }

  /// bⱼ ± t·σ(bⱼ), the interval that a model linear in its parameters would have; ``profile(of:level:)`` is the better one
  /// where the model bends. The level is from 0 to below 1; for any other the limits are NaN.
  public func interval(of j: Int, level: Double = 0.95) -> ConfidenceInterval<Scalar> {
    let reach = quantile(level) * standardErrors[j]
    return ConfidenceInterval(lower: parameters[j] - reach, upper: parameters[j] + reach, level: level)
  }

  /// The intervals of all parameters; see ``interval(of:level:)``.
  public func intervals(level: Double = 0.95) -> [ConfidenceInterval<Scalar>] {
    parameters.indices.map { interval(of: $0, level: level) }
  }
}
