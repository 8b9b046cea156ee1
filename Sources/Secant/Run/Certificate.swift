/// What a look at the answer after the run found, with the problem asked afresh.
public struct Certificate<Scalar: LAPACKScalar>: Sendable {
  /// f at the point, computed again.
  public let value: Scalar
  /// Whether that is bit for bit the value reported; if not, the problem is not a pure function.
  public let isReproduced: Bool
  /// The domain's first-order measure at the point: ‖∇f‖∞ without bounds, ‖∇_Ω f‖∞ with bounds.
  public let stationarity: Scalar
  /// The same, divided by the greatest that the run met.
  public let relativeStationarity: Scalar
  /// ‖∇f‖₂ at the point.
  public let gradientNorm: Scalar
  /// The Hessian's least eigenvalue, where the problem can be asked for it. For a sum of squares without bounds the
  /// variables are measured in units of 1/‖Jⱼ‖, as there they differ by orders of magnitude. With bounds, over the variables that may
  /// move without a change of f to first order. Where those are on a bound and an eigenvector leads out of the box, a
  /// negative one is that along its part that does not.
  public let curvature: Curvature<Scalar>
  /// Whether the least eigenvalue is negative, but over a length of max(1, ‖x‖₂) makes slopes only that counted as none: so
  /// small residuals leave it beside a minimum that is not single.
  public let isShallow: Bool
  /// What the values along the least eigenvector say against the Hessian, or nil: nothing, or they were not asked.
  public let contradiction: Contradiction<Scalar>?
  /// Whether the gradient agrees with the values.
  public let derivatives: DerivativeCheck<Scalar>?
  /// The bounds that the point lies on, by variable, with their multipliers: none without bounds.
  public let activeBounds: [ActiveBound<Scalar>]
  /// Whether every variable is fixed or held by a bound that f rises from: a strict minimum by the gradient alone.
  public let isHeldByBounds: Bool
  /// What there is to say of the residuals, where the problem is a sum of their squares.
  public let residuals: ResidualEvidence<Scalar>?

  /// Whether the evidence is that of a strict minimum.
  public var isMinimum: Bool { isHeldByBounds || curvature.isPositive }
}

/// What the values along the Hessian's least eigenvector say against a minimum, or against the Hessian.
public enum Contradiction<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// The Hessian claims a negative curvature along which the values do not fall: it is wrong.
  case refutedCurvature
  /// The Hessian is singular within rounding, and the values fall along the unit vector `direction` by terms of higher
  /// order: the point is no minimum.
  case fall(direction: Vector<Scalar>)
}
