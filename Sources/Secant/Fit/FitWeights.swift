/// How far each observation of a fit is to be trusted.
///
/// | weights | the observations' standard deviations | errors of the parameters |
/// | --- | --- | --- |
/// | `equal` | all the same, unknown: estimated from the residuals | scaled by s = √(S/ν) |
/// | `relative(w)` | σ/√wᵢ with an unknown σ, estimated from the residuals | scaled by s |
/// | `standardDeviations(σ)` | σᵢ, known | as they follow from σᵢ, whatever the residuals are |
///
/// Standard deviations that are known up to a common factor are relative weights 1/σᵢ². (SciPy's `curve_fit` takes all its
/// `sigma` to be of that kind unless `absolute_sigma` is set, gnuplot unless `set fit noerrorscaling` is.)
public enum FitWeights<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// All observations alike.
  case equal
  /// Weights wᵢ of the squared residuals, zero or more; an observation of weight zero does not count.
  case relative([Scalar])
  /// The known standard deviation of each observation.
  case standardDeviations([Scalar])
}
