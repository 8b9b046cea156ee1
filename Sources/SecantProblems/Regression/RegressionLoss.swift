public import Secant

/// What a residual r of a regression costs: φ(r).
///
/// | loss | φ(r) | φ′ far out |
/// | --- | --- | --- |
/// | `squared` | r²/2 | as r |
/// | `huber` | r²/2 up to δ, then δ(\|r\| − δ/2) | ±δ |
/// | `cauchy` | (γ²/2) ln(1 + r²/γ²) | to 0: an outlier counts for nothing |
///
/// The first two are convex; Huber's second derivative jumps at ±δ. Cauchy's is the likelihood of Student's t with one
/// degree of freedom, and has several minima on some data.
///
/// - **Reference**: P. J. Huber, *Robust estimation of a location parameter*, Ann. Math. Stat. 35 (1964) 73–101; Huber,
///   Ronchetti, *Robust Statistics*, 2nd ed., chapter 7.
public enum RegressionLoss<Scalar: LAPACKScalar>: Sendable, Equatable {
  case squared
  /// δ, in the units of the response.
  case huber(Scalar)
  /// γ, in the units of the response.
  case cauchy(Scalar)

  /// The same loss in another precision.
  public init(_ other: RegressionLoss<some LAPACKScalar>) {
    switch other {
    case .squared: self = .squared
    case .huber(let δ): self = .huber(Scalar(δ))
    case .cauchy(let γ): self = .cauchy(Scalar(γ))
    }
  }

  /// Whether φ is convex.
  public var isConvex: Bool { if case .cauchy = self { false } else { true } }

  /// δ or γ, where there is one.
  var scale: Scalar? {
    switch self {
    case .squared: nil
    case .huber(let scale), .cauchy(let scale): scale
    }
  }

  /// φ(r).
  @inline(__always) func value(_ r: Scalar) -> Scalar {
    switch self {
    case .squared: return r * r / 2
    case .huber(let δ): return abs(r) <= δ ? r * r / 2 : δ * (abs(r) - δ / 2)
    case .cauchy(let γ): return γ * γ / 2 * Scalar.log(onePlus: (r / γ) * (r / γ))
    }
  }

  /// φ′(r).
  @inline(__always) func slope(_ r: Scalar) -> Scalar {
    switch self {
    case .squared: return r
    case .huber(let δ): return max(-δ, min(δ, r))
    case .cauchy(let γ): return r / (1 + (r / γ) * (r / γ))
    }
  }

  /// φ″(r).
  @inline(__always) func curvature(_ r: Scalar) -> Scalar {
    switch self {
    case .squared: return 1
    case .huber(let δ): return abs(r) <= δ ? 1 : 0
    case .cauchy(let γ):
      let z = (r / γ) * (r / γ)
      return (1 - z) / ((1 + z) * (1 + z))
    }
  }
}
