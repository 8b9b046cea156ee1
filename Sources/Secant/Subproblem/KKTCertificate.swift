/// Why a step is the least that a quadratic takes within a ball: the conditions that characterise it, as numbers.
///
/// p is a global minimiser of gᵀp + ½pᵀBp within ‖p‖ ≤ Δ exactly where for some λ ≥ 0
/// (B + λI)p = −g, λ(Δ − ‖p‖) = 0, and B + λI is positive semidefinite. The last is shown by a Cholesky factorisation
/// of B + λI, from which p came.
///
/// - **Reference**: Moré and Sorensen, *SIAM J. Sci. Stat. Comput.* 4 (1983) 553–572, lemmas 2.1 and 2.3.
public struct KKTCertificate<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// λ, for which B + λI was factored.
  public var multiplier: Scalar
  /// ‖(B + λI)p + g‖ / (‖g‖ + (‖B‖ + λ)‖p‖), a backward error, with a bound of Gershgorin's for ‖B‖.
  public var residual: Scalar
  /// λ(Δ − ‖p‖).
  public var complementarity: Scalar
  /// Whether p needed a vector along which B + λI nearly vanishes to reach the boundary: the hard case, or nearly.
  public var isHard: Bool
  /// The factorisations that it took, those that failed included.
  public var factorisations: Int

  @inlinable public init(
    multiplier: Scalar, residual: Scalar, complementarity: Scalar, isHard: Bool, factorisations: Int
  ) {
    self.multiplier = multiplier
    self.residual = residual
    self.complementarity = complementarity
    self.isHard = isHard
    self.factorisations = factorisations
  }
}
