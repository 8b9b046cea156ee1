import Secant
import SecantAutoDiff

/// What the units of a ``MultilayerPerceptron`` do to their sums.
///
/// - **Reference**: V. Nair and G. Hinton, ICML 2010 (ReLU); D. Hendrycks and K. Gimpel, 2016, arXiv:1606.08415 (GELU).
public enum Activation: String, CaseIterable, Sendable, Codable {
  /// The hyperbolic tangent.
  case tanh
  /// max(z, 0), with a slope of 0 at 0. Its second derivative is 0 on both sides: the products with the Hessian are those of
  /// the piece that x lies on.
  case relu
  /// z Φ(z), with Φ the distribution function of the standard normal distribution.
  case gelu

  func callAsFunction<Scalar>(_ z: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
    switch self {
    case .tanh: SecantAutoDiff.tanh(z)
    case .relu: SecantAutoDiff.relu(z)
    case .gelu: SecantAutoDiff.gelu(z)
    }
  }

  /// The derivative.
  func slope<Scalar: LAPACKScalar>(at z: Scalar) -> Scalar {
    switch self {
    case .tanh:
      let value = Scalar.tanh(z)
      return 1 - value * value
    case .relu: return z > 0 ? 1 : 0
    case .gelu:
      // Φ(z) + zφ(z).
      let distribution = Scalar.erfc(-z / Scalar(2).squareRoot()) / 2
      return distribution + z * Scalar.exp(-z * z / 2) / (2 * Scalar.pi).squareRoot()
    }
  }
}
