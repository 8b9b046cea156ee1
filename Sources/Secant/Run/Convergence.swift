/// When a run counts as converged.
///
/// The measure is the domain's stationarity, ‖∇f‖∞ without bounds. It must fall below
/// `gradient` · min(1, the greatest met so far): an absolute threshold alone is blind to a function that is scaled
/// down, and a relative one alone is satisfied by any point when the start is far away.
public struct Convergence<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The threshold of the stationarity.
  public var gradient: Scalar
  /// A threshold of ‖∇f‖₂ that counts as converged as well; the literature's tables are often made so.
  public var gradientNorm: Scalar?
  /// Whether the threshold shrinks where the greatest stationarity met so far is below 1.
  public var isRelative: Bool
  /// The threshold of the residuals' orthogonality to the columns of the Jacobian, ‖Q₁ᵀr‖/‖r‖: the measure of the methods
  /// for least squares, which ask for nothing else. What rounding of x makes of it is allowed besides.
  public var orthogonality: Scalar
  /// The threshold of ‖r‖∞ below which residuals count as zero, for the same methods; nil for ε·min(1, the greatest met,
  /// ``ResidualFunction/residualScale``).
  public var residual: Scalar?

  /// - Parameters:
  ///   - gradient: the threshold of the stationarity; by default 1e-6 in double precision, 1e-3 in single.
  ///   - gradientNorm: a threshold of ‖∇f‖₂ that counts as well, or nil.
  ///   - isRelative: whether the first threshold shrinks where the greatest stationarity met so far is below 1.
  ///   - orthogonality: the threshold of the methods for least squares; by default 1e-10 in double precision, 1e-4 in
  ///     single.
  ///   - residual: the threshold of ‖r‖∞ below which residuals count as zero, or nil for rounding.
  @inlinable public init(
    gradient: Scalar? = nil, gradientNorm: Scalar? = nil, isRelative: Bool = true,
    orthogonality: Scalar? = nil, residual: Scalar? = nil
  ) {
    self.gradient = gradient ?? (Scalar.ulpOfOne < 1e-10 ? 1e-6 : 1e-3)
    self.gradientNorm = gradientNorm
    self.isRelative = isRelative
    self.orthogonality = orthogonality ?? (Scalar.ulpOfOne < 1e-10 ? 1e-10 : 1e-4)
    self.residual = residual
  }

  /// Never, but where the gradient is zero to the last digit: the run uses its whole budget.
  @inlinable public static var never: Convergence {
    Convergence(gradient: 0, isRelative: false, orthogonality: 0)
  }

  /// A sentence about the first threshold that makes no sense, or nil when all do.
  @inlinable public var complaint: String? {
    if !(gradient >= 0 && gradient.isFinite) {
      return "The tolerance gradient is \(gradient); give a finite number that is zero or more."
    }
    if let gradientNorm, !(gradientNorm >= 0 && gradientNorm.isFinite) {
      return "The tolerance gradientNorm is \(gradientNorm); give a finite number that is zero or more."
    }
    if !(orthogonality >= 0 && orthogonality < 1) {
      return "The tolerance orthogonality is \(orthogonality); give a number from 0 to below 1."
    }
    if let residual, !(residual >= 0 && residual.isFinite) {
      return "The tolerance residual is \(residual); give a finite number that is zero or more."
    }
    return nil
  }

  /// The criterion of least squares, if it holds.
  @inlinable func criterion(_ linearized: LinearizedResiduals<Scalar>) -> Criterion<Scalar>? {
    if let criterion = criterion(
      largestResidual: linearized.largestResidual,
      greatest: Swift.min(linearized.residualScale, linearized.greatestResidual))
    {
      return criterion
    }
    if orthogonality == 0 { return nil }
    let rounding = linearized.rounding
    if rounding >= 1, linearized.largestResidual > 0 {
      let norm = linearized.residuals.norm
      return Criterion(.rounding, value: norm, threshold: rounding * norm)
    }
    let threshold = orthogonality + rounding
    guard linearized.orthogonality <= threshold else { return nil }
    return Criterion(
      .orthogonality, value: linearized.orthogonality, threshold: threshold,
      isBlind: linearized.rounding < 1 && linearized.hasVanishingColumn)
  }

  /// The criterion that the residuals vanish, if they do.
  @inlinable func criterion(largestResidual: Scalar, greatest: Scalar) -> Criterion<Scalar>? {
    if orthogonality == 0, residual == nil { return nil }
    let zero = residual ?? .ulpOfOne * Swift.min(1, greatest)
    return Criterion(.residual, value: largestResidual, threshold: zero)
  }

  /// The threshold of the stationarity, of which `greatest` is the greatest met.
  @inlinable @inline(__always) func threshold(greatest: Scalar) -> Scalar {
    isRelative ? gradient * Swift.min(1, greatest) : gradient
  }

  /// The criterion, if it holds at a point with this gradient.
  @inlinable @inline(__always) func criterion(
    _ watch: Watch<Scalar>, _ gradient: Vector<Scalar>
  ) -> Criterion<Scalar>? {
    guard let stationarity = watch.stationarity else { return nil }
    let threshold = threshold(greatest: watch.greatestStationarity)
    if stationarity <= threshold {
      return Criterion(.stationarity, value: stationarity, threshold: threshold)
    }
    guard let limit = gradientNorm else { return nil }
    return Criterion(.gradientNorm, value: gradient.norm, threshold: limit)
  }
}
