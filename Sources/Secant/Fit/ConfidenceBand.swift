/// A curve at one point, and between which limits it, or a new observation, lies there.
public struct BandPoint<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// x.
  public let x: [Scalar]
  /// f(b, x).
  public let value: Scalar
  /// The standard error of the curve, or of a new observation, there.
  public let standardError: Scalar
  /// The limits.
  public let interval: ConfidenceInterval<Scalar>
}

extension Fit {
  /// Between which limits the curve lies at each x, by the delta method: f ± t·σ√(gᵀ(JᵀJ)⁻¹g) with g = ∂f/∂b.
  ///
  /// A fit of residuals knows no curve and cannot be asked: give ``standardError(ofQuantityWithGradient:)`` the gradient.
  ///
  /// - Parameters:
  ///   - x: the points, each of one independent variable.
  ///   - level: the level of confidence.
  ///   - simultaneously: whether the whole curve lies within at that level, at all x at once, by Scheffé's factor √(pF) in
  ///     the place of t.
  public func confidenceBand(
    at x: [Scalar], level: Double = 0.95, simultaneously: Bool = false
  ) -> [BandPoint<Scalar>] {
    confidenceBand(at: [x], level: level, simultaneously: simultaneously)
  }

  /// The same at points of several independent variables, a column a variable.
  public func confidenceBand(
    at columns: [[Scalar]], level: Double = 0.95, simultaneously: Bool = false
  ) -> [BandPoint<Scalar>] {
    band(at: columns, deviation: 0, level, simultaneously: simultaneously)
  }

  /// Between which limits a new observation lies at each x.
  ///
  /// - Parameters:
  ///   - x: the points, each of one independent variable.
  ///   - level: the level of confidence.
  ///   - deviation: the standard deviation of a new observation: by default that of one of weight 1. Where those of the
  ///     observations are known, that of a new one has to be said; without it the limits are NaN.
  public func predictionBand(
    at x: [Scalar], level: Double = 0.95, deviation: Scalar? = nil
  ) -> [BandPoint<Scalar>] { predictionBand(at: [x], level: level, deviation: deviation) }

  /// The same at points of several independent variables, a column a variable.
  public func predictionBand(
    at columns: [[Scalar]], level: Double = 0.95, deviation: Scalar? = nil
  ) -> [BandPoint<Scalar>] {
    let σ = deviation ?? (isStandardized ? .nan : residualStandardDeviation)
    return band(at: columns, deviation: σ, level, simultaneously: false)
  }

  private func band(
    at columns: [[Scalar]], deviation σ: Scalar, _ level: Double, simultaneously: Bool
  ) -> [BandPoint<Scalar>] {
    guard let curve, let observations else {
      preconditionFailure("a fit of residuals knows no curve: fit one through observations to draw bands")
    }
    precondition(
      columns.count == observations.variableCount && columns.allSatisfy { $0.count == columns[0].count },
      "the curve has \(observations.variableCount) independent variables: give a column of each, equally long"
    )
    let p = Double(spectrum?.rank ?? 0)
    let factor =
      simultaneously && level >= 0 && level < 1
      ? Scalar((p * FisherF(degreesOfFreedom: p, degreesOfFreedomOfScale).quantile(level)).squareRoot())
      : quantile(level)
    return columns[0].indices.map { i in
      let x = columns.map { $0[i] }
      let (value, gradient) = curve(parameters, x)
      let ofCurve = standardError(ofQuantityWithGradient: gradient)
      let error = σ == 0 ? ofCurve : Scalar.hypot(ofCurve, σ)
      let interval = ConfidenceInterval(
        lower: value - factor * error, upper: value + factor * error, level: level)
      return BandPoint(x: x, value: value, standardError: error, interval: interval)
    }
  }

  /// f(b, x), the curve at a point of one independent variable.
  public func callAsFunction(_ x: Scalar) -> Scalar { self([x]) }

  /// f(b, x), the curve at a point of several independent variables.
  public func callAsFunction(_ x: [Scalar]) -> Scalar {
    guard let curve, let observations else {
      preconditionFailure("a fit of residuals knows no curve: fit one through observations to evaluate it")
    }
    precondition(
      x.count == observations.variableCount,
      "the curve has \(observations.variableCount) independent variables, not \(x.count)")
    return curve(parameters, x).value
  }
}
