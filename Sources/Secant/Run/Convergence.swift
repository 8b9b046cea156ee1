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

  /// - Parameters:
  ///   - gradient: the threshold of the stationarity; by default 1e-6 in double precision, 1e-3 in single.
  ///   - gradientNorm: a threshold of ‖∇f‖₂ that counts as well, or nil.
  ///   - isRelative: whether the first threshold shrinks where the greatest stationarity met so far is below 1.
  @inlinable public init(
    gradient: Scalar? = nil, gradientNorm: Scalar? = nil, isRelative: Bool = true
  ) {
    self.gradient = gradient ?? (Scalar.ulpOfOne < 1e-10 ? 1e-6 : 1e-3)
    self.gradientNorm = gradientNorm
    self.isRelative = isRelative
  }

  /// Never: the run uses its whole budget.
  @inlinable public static var never: Convergence { Convergence(gradient: 0, isRelative: false) }

  /// A sentence about the first threshold that makes no sense, or nil when all do.
  @inlinable public var complaint: String? {
    if !(gradient >= 0 && gradient.isFinite) {
      return "The tolerance gradient is \(gradient); give a finite number that is zero or more."
    }
    if let gradientNorm, !(gradientNorm >= 0 && gradientNorm.isFinite) {
      return "The tolerance gradientNorm is \(gradientNorm); give a finite number that is zero or more."
    }
    return nil
  }

  /// The criterion, if it holds at a point with this gradient.
  @inlinable @inline(__always) func criterion(
    _ watch: Watch<Scalar>, _ gradient: Vector<Scalar>
  ) -> Criterion<Scalar>? {
    guard let stationarity = watch.stationarity else { return nil }
    let threshold = isRelative ? self.gradient * Swift.min(1, watch.greatestStationarity) : self.gradient
    if stationarity <= threshold {
      return Criterion(.stationarity, value: stationarity, threshold: threshold)
    }
    guard let limit = gradientNorm else { return nil }
    return Criterion(.gradientNorm, value: gradient.norm, threshold: limit)
  }
}
