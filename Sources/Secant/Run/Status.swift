/// How a run ended. Never *converged* when it is not.
public enum Status<Scalar: LAPACKScalar, Failure: Error>: Sendable {
  /// The criterion holds, and nothing that was looked at speaks against a minimum.
  case converged(Criterion<Scalar>)
  /// The starting point is stationary, no step was taken, and no curvature certifies a minimum: it may be one, or a
  /// saddle, or a maximum.
  case stationary(Criterion<Scalar>)
  /// The point is stationary and the function curves downwards along `direction`; or the Hessian is singular within
  /// rounding, and the function falls along `direction` by terms of higher order (``Certificate/contradiction``).
  case saddle(leastEigenvalue: Scalar, direction: Vector<Scalar>)
  /// The function falls without end along `ray`.
  case unboundedBelow(ray: Vector<Scalar>)
  /// The next decrease would be smaller than the noise of the function's values, in the units of f; `stationarity` is
  /// what was reached.
  case limitedByPrecision(noise: Scalar, stationarity: Scalar)
  /// A second evaluation at the same point gave another value, or a gradient that does not meet the criterion: the
  /// problem is no pure function.
  case notReproducible(value: Scalar, again: Scalar)
  /// The gradient does not agree with the values.
  case suspectDerivative(Discrepancy<Scalar>)
  /// A value or a gradient that is not a finite number was met.
  case nonFinite(NonFinite)
  /// The value rose hopelessly above that of the start and did not come below it again, until a limit of the budget was
  /// reached or nothing changed any more.
  case diverged(Divergence<Scalar>)
  /// The solver cannot go on, and none of the causes above was found.
  case stalled(Obstacle?)
  /// A limit of the budget was reached.
  case exhausted(Currency)
  /// The run was stopped from outside.
  case stopped(Interruption)
  /// The problem threw.
  case failed(Failure)
  /// The run did not start, or ended where the problem gave an answer of another size: the sentence names the argument,
  /// its value and the remedy.
  case refused(String)

  /// Who stopped a run: an observer or ``Run/stop()``, or the cancellation of the task.
  public enum Interruption: String, Sendable, Codable {
    case observer, cancellation
  }

  /// Whether a criterion holds and nothing speaks against a minimum.
  public var isConverged: Bool {
    if case .converged = self { true } else { false }
  }

  /// One word for a table.
  public var label: String {
    switch self {
    case .converged: "converged"
    case .stationary: "stationary"
    case .saddle: "saddle"
    case .unboundedBelow: "unbounded below"
    case .limitedByPrecision: "limited by precision"
    case .notReproducible: "not reproducible"
    case .suspectDerivative: "suspect derivative"
    case .nonFinite: "non-finite"
    case .diverged: "diverged"
    case .stalled: "stalled"
    case .exhausted: "budget exhausted"
    case .stopped: "stopped"
    case .failed: "failed"
    case .refused: "refused"
    }
  }
}

/// A stopping criterion that holds: it cannot be built when it does not.
public struct Criterion<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// What was measured.
  public enum Measure: String, Sendable, Codable {
    /// The stationarity of the domain (‖∇f‖∞ without bounds) against the threshold of ``Convergence``.
    case stationarity
    /// ‖∇f‖₂.
    case gradientNorm
    /// The gradient is below its absolute threshold and no decrease that the values can show is left.
    case stationarityAtPrecision
    /// ‖Q₁ᵀr‖/‖r‖, the part of the residuals that lies along the columns of their Jacobian.
    case orthogonality
    /// ‖r‖∞, the largest residual.
    case residual
    /// ‖r‖ against ε Σ|xⱼ|‖Jⱼ‖, what rounding of x makes of the residuals: nothing is left that could be lowered.
    case rounding
  }

  /// What was measured.
  public let measure: Measure
  /// What the measure came to, at most the threshold.
  public let value: Scalar
  /// The threshold that was in force, in the units of the measure.
  public let threshold: Scalar

  /// Whether the measure says nothing of some parameter, whose column of the Jacobian vanishes: alone it is no evidence of a
  /// minimum.
  public let isBlind: Bool

  /// nil unless `value` ≤ `threshold` and both are finite.
  @inlinable package init?(_ measure: Measure, value: Scalar, threshold: Scalar, isBlind: Bool = false) {
    guard value.isFinite, threshold.isFinite, value <= threshold else { return nil }
    self.measure = measure
    self.value = value
    self.threshold = threshold
    self.isBlind = isBlind
  }
}

/// Where a number that is not finite was met.
public struct NonFinite: Sendable, Equatable, Codable {
  /// Accepted steps before; 0 is the start.
  public let iteration: Int
  public let place: Place

  public enum Place: Sendable, Equatable, Codable {
    /// f at the point.
    case value
    /// f at the point, though all of its residuals are finite: their squares are beyond the numbers, as those of the data
    /// are where the start is not to blame.
    case squares(ofData: Bool)
    /// The gradient at the point, and its first element that is not finite.
    case gradient(coordinate: Int)
    /// The gradient at the lowest point of all, and its first element that is not finite: an edge of the domain, or a cusp.
    case edge(coordinate: Int)
    /// f beyond the lowest point of all, on the way along which it falls.
    case wall
    /// What the next step was made of: the slope, every trial value, or the second derivatives.
    case step
  }

  @usableFromInline package init(iteration: Int, place: Place) {
    self.iteration = iteration
    self.place = place
  }
}

/// A run whose value rose so far above that of its start that nothing speaks for its coming back: by more than ten times the
/// start's magnitude, and by more than a thousand times what it had fallen before.
public struct Divergence<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// Accepted steps after which the value was first seen so high; at no later look was it below that of the start. A run on
  /// batches is looked at once a pass.
  public let iteration: Int
  /// f there.
  public let value: Scalar
  /// f at the start.
  public let valueAtStart: Scalar

  @usableFromInline package init(iteration: Int, value: Scalar, valueAtStart: Scalar) {
    self.iteration = iteration
    self.value = value
    self.valueAtStart = valueAtStart
  }
}

/// A derivative that disagrees with the values it should be the derivative of.
public struct Discrepancy<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The coordinate concerned, or nil when only a direction over several was found.
  public let coordinate: Int?
  /// The slope that the gradient claims.
  public let claimed: Scalar
  /// The slope that differences of values show.
  public let measured: Scalar

  public init(coordinate: Int?, claimed: Scalar, measured: Scalar) {
    self.coordinate = coordinate
    self.claimed = claimed
    self.measured = measured
  }

  /// claimed / measured: −1 for a wrong sign, 0 for a forgotten term.
  public var ratio: Scalar { claimed / measured }
}

/// What is known of the Hessian's least eigenvalue at a point.
public enum Curvature<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// Nothing is known: it was not asked for, or could not be told.
  case unknown
  /// The least eigenvalue λ; `direction` is its unit eigenvector and `scale` the Hessian's spectral norm.
  case least(Scalar, direction: Vector<Scalar>, scale: Scalar)

  /// The part of the Hessian's norm below which an eigenvalue counts as zero: √ε.
  @inlinable static var tolerance: Scalar { Scalar.ulpOfOne.squareRoot() }

  /// Whether the function certainly curves downwards in some direction.
  @inlinable public var isNegative: Bool {
    guard case .least(let λ, _, let scale) = self else { return false }
    return λ < -Self.tolerance * scale
  }

  /// Whether the function certainly curves upwards in every direction.
  @inlinable public var isPositive: Bool {
    guard case .least(let λ, _, let scale) = self else { return false }
    return λ > Self.tolerance * scale
  }
}
