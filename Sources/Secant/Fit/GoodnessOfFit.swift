internal import RealModule

/// How well a curve describes the observations, as the field measures it.
public struct GoodnessOfFit<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// R² = 1 − S/Σwᵢ(yᵢ − ȳ)²: the part of the response's variation that the curve explains, and negative where a constant
  /// does better. NaN where there is no response, but residuals alone, and where the response does not vary.
  public let rSquared: Scalar
  /// 1 − (1 − R²)(m − 1)/ν.
  public let adjustedRSquared: Scalar
  /// S/ν: χ² per degree of freedom where the standard deviations are known, and about 1 for a model that holds.
  public let reducedChiSquare: Scalar
  /// How probable a greater χ² would be if the model held; NaN unless the standard deviations are known.
  public let probability: Scalar
  /// The logarithm of the likelihood at its maximum, for normal errors.
  public let logLikelihood: Scalar
  /// Akaike's information criterion, 2k − 2 log L: the least is the best of several models of the same data. k counts the
  /// parameters, and σ where it is estimated.
  public let akaike: Scalar
  /// Schwarz's, k log m − 2 log L.
  public let bayesian: Scalar
}

extension Fit {
  /// How well the curve describes the observations.
  public var goodness: GoodnessOfFit<Scalar> {
    let m = Scalar(observationCount)
    let ν = Scalar(degreesOfFreedom)
    let k = Scalar(observationCount - degreesOfFreedom + (isStandardized ? 0 : 1))
    let R2 = observations.map { $0.vary ? 1 - sumOfSquares / $0.totalSumOfSquares : .nan } ?? .nan
    let logarithms = observations?.sumOfLogarithmsOfWeights ?? 0
    // At the σ² that makes it greatest, where none is known.
    let σ2: Scalar = isStandardized ? 1 : sumOfSquares / m
    let logL: Scalar = (logarithms - m * Scalar.log(2 * Scalar.pi * σ2) - sumOfSquares / σ2) / 2
    return GoodnessOfFit(
      rSquared: R2, adjustedRSquared: ν > 0 ? 1 - (1 - R2) * (m - 1) / ν : .nan,
      reducedChiSquare: ν > 0 ? sumOfSquares / ν : .nan,
      probability: isStandardized && ν > 0
        ? Scalar(ChiSquared(degreesOfFreedom: Double(ν)).upperTail(Double(sumOfSquares))) : .nan,
      logLikelihood: logL, akaike: 2 * k - 2 * logL, bayesian: k * .log(m) - 2 * logL)
  }
}
