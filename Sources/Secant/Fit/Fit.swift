/// What a fit by least squares found: the parameters, how well the data determine them, and how the run ended.
///
/// ```swift
/// let curve = fit(x, y, from: [500, 1e-4]) { b, x in b[0] * (1 - exp(-b[1] * x)) }
/// print(curve)
/// ```
///
/// The covariance of the parameters is σ²(JᵀJ)⁻¹ with J the Jacobian of the weighted residuals at the answer, by its singular
/// values: JᵀJ is never formed. σ² is 1 where the standard deviations of the observations are known, and
/// S/ν where they are not (``FitWeights``).
///
/// What the data do not tell is not made up: parameters that cannot be told apart have infinite errors and are named
/// (``inseparable``), without degrees of freedom the errors are NaN, and so they are where the run did not end at a
/// minimum; ``caveats`` says so in words.
///
/// - **Reference**: Bates and Watts, *Nonlinear Regression Analysis and Its Applications*, 1988; Seber and Wild,
///   *Nonlinear Regression*, 1989.
public struct Fit<Scalar: LAPACKScalar>: Sendable {
  /// What the parameters are called when the fit is printed: b[0], b[1] … unless others are given.
  public var names: [String]

  /// The parameters b that minimise S.
  public let parameters: Vector<Scalar>
  /// Their standard errors, the square roots of the covariance's diagonal.
  public let standardErrors: Vector<Scalar>
  /// Their covariance matrix.
  public let covariance: Matrix<Scalar>
  /// The residuals √wᵢ(f(b, xᵢ) − yᵢ), or those that the problem has.
  public let residuals: Vector<Scalar>
  /// S, the sum of the squared residuals; χ² where the standard deviations are known.
  public let sumOfSquares: Scalar
  /// How many observations count.
  public let observationCount: Int
  /// ν, the observations less the parameters that they determine.
  public let degreesOfFreedom: Int
  /// The condition number of the Jacobian with its columns scaled to length 1; infinite where it is singular.
  public let conditionNumber: Scalar
  /// The parameters that the data do not tell apart, by index.
  public let inseparable: [Int]
  /// Whether the curve does not depend on these at all at the answer.
  let hasVanished: Bool
  /// The parameters that a bound holds, by index: they count as known, and have no error of their own.
  public let onBounds: [Int]
  /// Whether the residuals are in units of known standard deviations, so that σ² = 1.
  public let isStandardized: Bool

  /// How the run ended.
  public let status: Status<Scalar, any Error>
  /// What happened, the evidence, and what to try next, for a person; f there is the objective, ½S.
  public var sentence: String { sentence(in: SwiftTerms(variables: names, kind: "parameter")) }
  /// Accepted steps.
  public let iterations: Int
  /// What the method spent.
  public let ledger: Ledger
  /// What was spent besides, on the certificate and the covariance.
  public let monitoring: Ledger
  /// The evidence, from a look after the run.
  public let certificate: Certificate<Scalar>?

  /// The same in other terms.
  private let words: any Worded

  /// Whether the run ended at a minimum, where the errors mean something.
  let isStationary: Bool
  /// Whether the residuals are zero as far as rounding lets them be.
  let areRounding: Bool
  /// The singular values of the Jacobian over the parameters that no bound holds.
  let spectrum: ColumnSpectrum<Scalar>?
  let observations: Observations<Scalar>?
  /// f(b, x) and its gradient, where there is a curve.
  let curve: (@Sendable (Vector<Scalar>, [Scalar]) -> (value: Scalar, gradient: Vector<Scalar>))?
  /// The least sum of squares with one parameter held.
  let refit: (@Sendable (_ held: Int, _ value: Scalar, _ guesses: [Vector<Scalar>]) -> Refit<Scalar>)?

  /// The statistics of an outcome.
  @usableFromInline init<Problem: ResidualObjective>(
    _ problem: Problem, _ outcome: Outcome<Problem>, standardized: Bool,
    refit: (@Sendable (_ held: Int, _ value: Scalar, _ guesses: [Vector<Scalar>]) -> Refit<Scalar>)?
  ) where Problem.Scalar == Scalar {
    let b = outcome.point
    let n = b.count
    let curve = problem as? any FittedCurve<Scalar>
    names = b.indices.map { "b[\($0)]" }
    parameters = b
    status = outcome.status.erased
    words = outcome
    iterations = outcome.iterations
    ledger = outcome.ledger
    certificate = outcome.certificate
    self.refit = refit
    self.curve = curve.map { Self.asking($0) }
    observations = curve?.observations
    isStandardized = observations?.areStandardized ?? standardized

    var monitoring = outcome.monitoring
    var r = Vector<Scalar>(zeros: outcome.status.isRefused ? 0 : problem.residualCount)
    var J = Matrix<Scalar>(zeros: r.count, n)
    if !outcome.status.isRefused {
      monitoring += problem.charge(for: .jacobian, dimension: n)
      if (try? problem.residualsAndJacobian(at: b, into: &r, &J)) == nil { r.fill(with: .nan) }
    }
    self.monitoring = monitoring
    residuals = r
    sumOfSquares = outcome.status.isRefused ? .nan : r.squaredNorm
    observationCount = outcome.status.isRefused ? 0 : observations?.count ?? r.count

    let isWhole = r.count == J.rows && J.columns == n && !r.isEmpty
    guard isWhole, r.isFinite, J.isFinite else {
      (isStationary, areRounding, hasVanished) = (false, false, false)
      (spectrum, conditionNumber, inseparable, onBounds) = (nil, .nan, [], [])
      degreesOfFreedom = r.isEmpty ? 0 : observationCount - n
      standardErrors = Vector(repeating: .nan, count: n)
      covariance = Matrix(repeating: .nan, rows: n, columns: n)
      return
    }
    var gradient = Vector<Scalar>(zeros: n)
    J.multiply(r, into: &gradient, transposed: true)
    let box = bounds(of: problem)
    let onBounds = b.indices.filter { box?.hold($0, at: b, gradient: gradient) ?? false }
    let free = b.indices.filter { !onBounds.contains($0) }
    for j in onBounds { for i in r.indices { J[i, j] = 0 } }
    let evidence = ResidualEvidence(
      residuals: r, jacobian: J, at: b, over: free, error: problem.jacobianError)
    let spectrum = ColumnSpectrum(
      of: J, scaledBy: evidence.scaling, over: free, error: problem.jacobianError)
    self.onBounds = onBounds
    self.spectrum = spectrum
    inseparable = evidence.inseparable
    hasVanished = evidence.hasVanished
    conditionNumber = evidence.conditionNumber
    areRounding = outcome.status.hasNoResiduals || evidence.rounding >= 1
    isStationary = outcome.status.mayBeMinimum && (evidence.isStationary || areRounding)
    degreesOfFreedom = observationCount - (spectrum?.rank ?? 0)

    // Not by way of S, which may be below the numbers where the errors are not.
    let σ = isStandardized ? 1 : degreesOfFreedom > 0 ? r.norm / Scalar(degreesOfFreedom).squareRoot() : .nan
    let units = isStationary ? free.map { spectrum?.whitened(unit($0, of: n)).map { σ * $0 } } : []
    var covariance = Matrix<Scalar>(repeating: .nan, rows: n, columns: n)
    var errors = Vector<Scalar>(repeating: .nan, count: n)
    for (k, u) in units.enumerated() {
      covariance[free[k], free[k]] = u?.squaredNorm ?? .infinity
      errors[free[k]] = u?.norm ?? .infinity
      for (l, v) in units.enumerated() where l != k {
        if let u, let v { covariance[free[k], free[l]] = u.dot(v) }
      }
    }
    self.covariance = covariance
    standardErrors = errors
  }

  private static func asking<Curve: FittedCurve>(
    _ problem: Curve
  ) -> @Sendable (Vector<Scalar>, [Scalar]) -> (value: Scalar, gradient: Vector<Scalar>)
  where Curve.Scalar == Scalar {
    { b, x in
      var gradient = Vector<Scalar>(zeros: b.count)
      let value = (try? problem.curve(b, at: x, gradient: &gradient)) ?? .nan
      return (value, gradient)
    }
  }
}

private func unit<Scalar: LAPACKScalar>(_ j: Int, of n: Int) -> Vector<Scalar> {
  var e = Vector<Scalar>(zeros: n)
  e[j] = 1
  return e
}

extension Fit {
  /// What happened in other terms.
  package func sentence(in terms: any Terms) -> String { words.sentence(in: terms) }

  /// The correlation matrix of the parameters.
  public var correlation: Matrix<Scalar> {
    var R = covariance
    for j in parameters.indices {
      for i in parameters.indices {
        R[i, j] = i == j ? 1 : covariance[i, j] / (standardErrors[i] * standardErrors[j])
      }
    }
    return R
  }

  /// s = √(S/ν), the standard deviation of an observation of weight 1; NaN without degrees of freedom.
  public var residualStandardDeviation: Scalar {
    degreesOfFreedom > 0 ? residuals.norm / Scalar(degreesOfFreedom).squareRoot() : .nan
  }

  /// σ, of which the errors are multiples: s, or 1 where the standard deviations are known.
  var scale: Scalar { isStandardized ? 1 : residualStandardDeviation }

  /// ν of the distributions that limits are read from: infinite where the standard deviations are known.
  var degreesOfFreedomOfScale: Double { isStandardized ? .infinity : Double(degreesOfFreedom) }

  /// The standard error of a quantity from its gradient g in the parameters, σ√(gᵀ(JᵀJ)⁻¹g): the delta method. Infinite
  /// where the data do not determine the quantity.
  public func standardError(ofQuantityWithGradient g: Vector<Scalar>) -> Scalar {
    precondition(
      g.count == parameters.count, "a gradient of \(g.count) elements for \(parameters.count) parameters")
    guard isStationary, let spectrum else { return .nan }
    guard let w = spectrum.whitened(g) else { return .infinity }
    return scale * w.norm
  }
}

extension Status {
  /// Whether the run did not take place.
  var isRefused: Bool {
    if case .refused = self { true } else { false }
  }

  /// Whether the run ended where the residuals are rounding.
  var hasNoResiduals: Bool {
    guard case .converged(let criterion) = self else { return false }
    return criterion.measure == .rounding
      || criterion.measure == .residual && criterion.threshold <= .ulpOfOne
  }

  /// Whether nothing that is known speaks against a minimum where the residuals say that there is one.
  var mayBeMinimum: Bool {
    switch self {
    case .saddle, .unboundedBelow, .notReproducible, .suspectDerivative, .nonFinite, .diverged, .failed,
      .refused:
      false
    case .converged, .stationary, .limitedByPrecision, .stalled, .exhausted, .stopped: true
    }
  }

  /// The same with any error in the place of the problem's own.
  var erased: Status<Scalar, any Error> {
    switch self {
    case .converged(let criterion): .converged(criterion)
    case .stationary(let criterion): .stationary(criterion)
    case .saddle(let λ, let direction): .saddle(leastEigenvalue: λ, direction: direction)
    case .unboundedBelow(let ray): .unboundedBelow(ray: ray)
    case .limitedByPrecision(let noise, let stationarity):
      .limitedByPrecision(noise: noise, stationarity: stationarity)
    case .notReproducible(let value, let again): .notReproducible(value: value, again: again)
    case .suspectDerivative(let discrepancy): .suspectDerivative(discrepancy)
    case .nonFinite(let nonFinite): .nonFinite(nonFinite)
    case .diverged(let divergence): .diverged(divergence)
    case .stalled(let obstacle): .stalled(obstacle)
    case .exhausted(let currency): .exhausted(currency)
    case .stopped(let interruption): .stopped(Status<Scalar, any Error>.Interruption(interruption))
    case .failed(let failure): .failed(failure)
    case .refused(let sentence): .refused(sentence)
    }
  }
}

extension Status.Interruption {
  init<Other>(_ other: Status<Scalar, Other>.Interruption) {
    switch other {
    case .observer: self = .observer
    case .cancellation: self = .cancellation
    }
  }
}

extension ResidualEvidence {
  /// Whether the residuals are orthogonal enough to the columns of the Jacobian, or zero as far as can be told, that what
  /// is computed from the Jacobian holds to some digits.
  var isStationary: Bool { orthogonality <= Scalar.ulpOfOne.squareRoot().squareRoot() + rounding }
}

extension Fit {
  /// A fit that was not made, for what the sentence says.
  init(refusing complaint: String, at point: Vector<Scalar>) {
    let none = ResidualClosure<Scalar>(count: 0) { _, _ in }
    let problem = FiniteDifferenceJacobian(none)
    self.init(
      problem,
      Outcome(
        status: .refused(complaint), point: point, value: .nan, iterations: 0, ledger: Ledger(),
        monitoring: Ledger(), certificate: nil, restarts: Restarts(), movedStart: false),
      standardized: false, refit: nil)
  }
}
