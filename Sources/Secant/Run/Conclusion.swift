extension Run {
  /// Turns the way the run ended into an answer, after a look at the evidence.
  @usableFromInline consuming func conclude(certifying: Bool) -> Outcome<Problem> {
    var run = self
    // A method on batches may have moved since the whole was looked at.
    if run.state.watch.seesSamples, !run.state.current.isEvaluated {
      try? run.oracle.monitor(&run.state.current)
      if case .halted(.exhausted) = run.ending, run.state.current.isEvaluated {
        run.noteHeight()
        if let nonFinite = run.nonFinite { run.ending = .nonFinite(nonFinite) }
      }
    }
    return run.concluded(certifying: certifying)
  }

  private func concluded(certifying: Bool) -> Outcome<Problem> {
    let (point, value) = bestPoint
    var examination = Examination(oracle.problem, at: point)
    guard certifying, allowsExamination, value.isFinite else {
      let hasOverflown =
        value == .infinity && certifying && allowsExamination && examination.hasFiniteResiduals()
      return outcome(hasOverflown ? overflow : plainStatus, point, value, nil, examination)
    }
    let certificate = examination.certificate(
      reported: value, greatestStationarity: state.watch.greatestStationarity,
      threshold: convergence.threshold(greatest: state.watch.greatestStationarity))
    let status = examinedStatus(at: point, value, certificate, &examination)
    return outcome(status, point, value, certificate, examination)
  }

  private func outcome(
    _ status: Status<Scalar, Problem.Failure>, _ point: Vector<Scalar>, _ value: Scalar,
    _ certificate: Certificate<Scalar>?, _ examination: Examination<Problem>
  ) -> Outcome<Problem> {
    Outcome(
      status: status, point: point, value: value, iterations: state.iteration, ledger: oracle.ledger,
      monitoring: oracle.monitoring + examination.oracle.ledger, certificate: certificate,
      restarts: method.restarts(in: state.memory), remark: method.remark(in: state.memory),
      movedStart: state.watch.hasMovedStart)
  }

  /// Who is out of time, cancels or stops the run wants the answer now.
  private var allowsExamination: Bool {
    switch ending {
    case .halted(.cancelled), .halted(.exhausted(.seconds)), .refused: false
    default: true
    }
  }

  /// What the driver saw, without another look.
  private var plainStatus: Status<Scalar, Problem.Failure> {
    switch ending {
    case nil, .stopped: return .stopped(.observer)
    case .halted(.cancelled): return .stopped(.cancellation)
    case .halted(.failed(let failure)): return .failed(failure)
    case .refused(let sentence): return .refused(sentence)
    case .criterion(let criterion):
      // No sum of squares is below zero.
      let isMinimum = state.iteration > 0 || [.residual, .rounding].contains(criterion.measure)
      if !isMinimum { return .stationary(criterion) }
      return criterion.isBlind ? .stalled(.inseparableParameters) : .converged(criterion)
    case .saddle: return .stalled(.refutedCurvature)
    case .stuck(let obstacle): return state.watch.divergence.map { .diverged($0) } ?? .stalled(obstacle)
    case .nonFinite(let nonFinite): return .nonFinite(nonFinite)
    case .halted(.exhausted(let currency)):
      return state.watch.divergence.map { .diverged($0) } ?? .exhausted(currency)
    }
  }

  /// What to say of an infinite sum of the squares of finite residuals.
  private var overflow: Status<Scalar, Problem.Failure> {
    guard case .nonFinite(let nonFinite) = ending, nonFinite.place == .value else { return plainStatus }
    let scale = (oracle.problem as? any ResidualObjective<Scalar>)?.residualScale ?? 1
    let isOfData = !(scale * scale).isFinite
    return .nonFinite(NonFinite(iteration: nonFinite.iteration, place: .squares(ofData: isOfData)))
  }

  /// What the evidence makes of it; where the data do not tell the parameters apart, only curvature certifies a minimum.
  private func examinedStatus(
    at point: Vector<Scalar>, _ value: Scalar, _ certificate: Certificate<Scalar>?,
    _ examination: inout Examination<Problem>
  ) -> Status<Scalar, Problem.Failure> {
    let status = statusByEvidence(at: point, value, certificate, &examination)
    guard case .converged(let criterion) = status, criterion.measure != .residual, let certificate,
      !certificate.isMinimum,
      certificate.residuals?.isAmbiguous == true
    else { return status }
    return .stalled(.inseparableParameters)
  }

  private func statusByEvidence(
    at point: Vector<Scalar>, _ value: Scalar, _ certificate: Certificate<Scalar>?,
    _ examination: inout Examination<Problem>
  ) -> Status<Scalar, Problem.Failure> {
    // The witnesses are heard from the strongest: what disproves a minimum, what certifies one, a cause that is certain
    // (a wrong derivative, a ray without end), and last what is only likely (noise, a kink). A run that its budget ended
    // is no worse for noise, and one that fell as far as its search goes was not stopped by it.
    switch ending {
    case .criterion(let criterion):
      guard let certificate else { return plainStatus }
      guard certificate.confirms(criterion) else {
        return .notReproducible(value: value, again: certificate.value)
      }
      if criterion.measure == .residual { return plainStatus }
      if value == 0, let residuals = certificate.residuals, residuals.largestResidual > 0 {
        return .stalled(.underflow)
      }
      if let objection: Status<Scalar, Problem.Failure> = certificate.objection(asMinimum: true) {
        return objection
      }
      if certificate.showsKink, examination.fallsBesideKink() { return .stalled(.ridge) }
      if let end = flattening(at: point, value, certificate, &examination) { return end }
      if certificate.isMinimum { return .converged(criterion) }
      if isAboveStart(value, certificate) { return .stalled(.aboveStart) }
      if let residuals = certificate.residuals, isFlat(value, residuals, &examination) {
        return .stalled(.flatModel)
      }
      return plainStatus
    case .saddle: return certificate?.objection(asMinimum: true) ?? plainStatus
    case .stuck:
      // The lowest point may be one whose gradient the search stepped back from.
      if let edge = examination.edge(after: state.iteration) { return .nonFinite(edge) }
      let isStationary = certificate.map { isSmall($0.stationarity, at: point, $0) } ?? false
      return certificate?.objection(asMinimum: isStationary) ?? minimumFromTheStart(at: point, certificate)
        ?? underflow(value, certificate) ?? diagnosis(at: point, value, &examination)
        ?? fallenFar ?? wall(&examination) ?? precision(at: point, value, certificate, &examination)
        ?? kink(certificate)
        ?? plainStatus
    case .nonFinite(let nonFinite) where nonFinite.iteration > 0:
      if let edge = examination.edge(after: nonFinite.iteration) { return .nonFinite(edge) }
      return diagnosis(at: point, value, &examination) ?? wall(&examination) ?? kink(certificate)
        ?? plainStatus
    case .halted(.exhausted):
      return certificate?.objection(asMinimum: false) ?? diagnosis(at: point, value, &examination)
        ?? wrongHessian(&examination) ?? plainStatus
    default: return plainStatus
    }
  }

  /// Whether the gradient of a sum of squares is small only because the model hardly depends on some variable here: the
  /// residuals have a part along the Jacobian's columns that is neither small in itself nor on the scale of the start.
  private func isFlat(
    _ value: Scalar, _ residuals: ResidualEvidence<Scalar>, _ examination: inout Examination<Problem>
  ) -> Bool {
    guard residuals.orthogonality > 0.03, residuals.rounding < 0.03 else { return false }
    let valueAtStart = (try? examination.oracle.value(at: origin)) ?? .nan
    return value > valueAtStart / 1_000_000
  }

  /// Whether a run that could not move was at a minimum when it began.
  ///
  /// Its greatest gradient is no measure then: the gradient is held against the one that the curvature there makes of a
  /// change of x by its own size.
  private func minimumFromTheStart(
    at point: Vector<Scalar>, _ certificate: Certificate<Scalar>?
  ) -> Status<Scalar, Problem.Failure>? {
    guard let certificate, case .least(_, _, let scale) = certificate.curvature,
      certificate.curvature.isPositive, certificate.relativeStationarity > 1e-3
    else { return nil }
    return Criterion(
      .stationarity, value: certificate.stationarity, threshold: threshold(at: point, scale: scale)
    ).map { .converged($0) }
  }

  /// What is a small gradient beside the greatest met, or beside the one that the curvature there makes of a change of x
  /// by its own size: an absolute threshold alone is blind to a function that is scaled down.
  private func threshold(at point: Vector<Scalar>, scale: Scalar) -> Scalar {
    let usual = Swift.max(state.watch.greatestStationarity, scale * point.largestMagnitude)
    return convergence.threshold(greatest: usual)
  }

  private func isSmall(
    _ stationarity: Scalar, at point: Vector<Scalar>, _ certificate: Certificate<Scalar>
  ) -> Bool {
    guard case .least(_, _, let scale) = certificate.curvature else {
      return stationarity <= convergence.gradient
    }
    return stationarity <= threshold(at: point, scale: scale)
  }

  /// A function that fell as far as the search goes, and still falls, is not stopped by noise.
  private var fallenFar: Status<Scalar, Problem.Failure>? {
    if case .stuck(.noLowerBound) = ending { plainStatus } else { nil }
  }

  /// Whether a run that used Hessians up to its budget was led by wrong ones.
  private func wrongHessian(_ examination: inout Examination<Problem>) -> Status<Scalar, Problem.Failure>? {
    guard oracle.ledger.hessians + oracle.ledger.hessianVectorProducts > 0,
      let problem = oracle.problem as? any HessianVectorObjective<Scalar>,
      examination.refutes(hessianOf: problem)
    else { return nil }
    return .stalled(.wrongHessian)
  }

  /// Whether a run could not move because the square of the gradient is no number any more.
  private func underflow(
    _ value: Scalar, _ certificate: Certificate<Scalar>?
  ) -> Status<Scalar, Problem.Failure>? {
    guard let certificate, case let norm = certificate.gradientNorm, norm > 0,
      norm * norm < .leastNormalMagnitude
    else { return nil }
    // Residuals that are not small have so small a gradient only where they hardly depend on some variable.
    let isFlat = certificate.residuals.map { $0.orthogonality > 0.03 } ?? false
    return .stalled(isFlat && value >= .leastNormalMagnitude / .ulpOfOne ? .flatModel : .underflow)
  }

  /// Whether the run ended before values that are not finite.
  private func wall(_ examination: inout Examination<Problem>) -> Status<Scalar, Problem.Failure>? {
    examination.fallsTowardsAWall() ? .nonFinite(NonFinite(iteration: state.iteration, place: .wall)) : nil
  }

  /// Whether the run ended in a kink, beside which no gradient vanishes.
  private func kink(_ certificate: Certificate<Scalar>?) -> Status<Scalar, Problem.Failure>? {
    certificate?.showsKink == true ? .stalled(.kink) : nil
  }

  /// What a run that went wrong has to say: a wrong gradient at the start, or a function without a lower bound.
  private func diagnosis(
    at point: Vector<Scalar>, _ value: Scalar, _ examination: inout Examination<Problem>
  ) -> Status<Scalar, Problem.Failure>? {
    guard value.isFinite, Problem.Domain.self == WholeSpace.self || examination.bounds != nil else {
      return nil
    }
    if let check = try? examination.derivativeCheck(of: Iterate(origin)),
      case .disagrees(let discrepancy) = check.verdict
    {
      return .suspectDerivative(discrepancy)
    }
    // A value of −∞ is below every other, in a box too.
    if state.other.isEvaluated, state.other.value == -.infinity {
      let ray = state.other.point - point
      let length = ray.norm
      if length > 0, length.isFinite { return .unboundedBelow(ray: (1 / length) * ray) }
    }
    if case .stuck(.noLowerBound) = ending {
      for direction in rays(from: point) {
        if let ray = examination.fallsToMinusInfinity(along: direction) { return .unboundedBelow(ray: ray) }
      }
    }
    for ray in unit(rays(from: point), within: examination.bounds)
    where examination.fallsWithoutEnd(along: ray, from: value) { return .unboundedBelow(ray: ray) }
    return nil
  }

  /// Whether a run that may climb ended on a plateau above its start: a minimum there would have been certified.
  private func isAboveStart(_ value: Scalar, _ certificate: Certificate<Scalar>) -> Bool {
    guard let start = state.watch.valueAtStart, !certificate.curvature.isPositive else { return false }
    return value - start > .noiseOfValues * Swift.max(abs(value), abs(start))
  }

  /// Whether the gradient is small only because the function flattens out, as e⁻ˣ does, or x³ on its way to a bound.
  private func flattening(
    at point: Vector<Scalar>, _ value: Scalar, _ certificate: Certificate<Scalar>,
    _ examination: inout Examination<Problem>
  ) -> Status<Scalar, Problem.Failure>? {
    guard Problem.Domain.self == WholeSpace.self || examination.bounds != nil, !certificate.isHeldByBounds
    else { return nil }
    var directions = rays(from: point)
    if case .least(_, let flattest, _) = certificate.curvature {
      directions += [flattest, -1 * flattest, axis(of: flattest.map { abs($0) })]
    }
    let bounds = examination.bounds
    for ray in directions.compactMap({ d in bounds.map { $0.inward(d, from: point) } ?? unit(d) })
    where examination.flattensOut(along: ray, from: value) {
      let isOpen = bounds?.longestStep(from: point, along: ray) ?? .infinity == .infinity
      return isOpen && examination.fallsWithoutEnd(along: ray, from: value)
        ? .unboundedBelow(ray: ray) : .stalled(.flattening)
    }
    return nil
  }

  /// Where a function without a lower bound may fall without end: the whole way, the last step (on batches the point before
  /// may be an older one), the way down, and along the variable that matters most.
  private func rays(from point: Vector<Scalar>) -> [Vector<Scalar>] {
    let g = state.current.gradient
    let along = axis(of: point.indices.map { abs(g[$0]) * Swift.max(1, abs(point[$0])) })
    return [point - origin, -1 * g, state.current.point - state.other.point, along]
  }

  /// The way down along the variable with the greatest share.
  private func axis(of shares: [Scalar]) -> Vector<Scalar> {
    let g = state.current.gradient
    var along = Vector<Scalar>(zeros: shares.count)
    if let i = shares.indices.max(by: { shares[$0] < shares[$1] }), g[i] != 0 { along[i] = g[i] > 0 ? -1 : 1 }
    return along
  }

  /// The parts of directions along which the domain has no end, as unit vectors.
  private func unit(_ directions: [Vector<Scalar>], within bounds: Bounds<Scalar>?) -> [Vector<Scalar>] {
    directions.compactMap { unit(bounds?.unbounded($0) ?? $0) }
  }

  private func unit(_ direction: Vector<Scalar>) -> Vector<Scalar>? {
    let length = direction.norm
    return length > 0 && length.isFinite ? (1 / length) * direction : nil
  }

  /// Whether the next decrease would drown in the noise of the values.
  private func precision(
    at point: Vector<Scalar>, _ value: Scalar, _ certificate: Certificate<Scalar>?,
    _ examination: inout Examination<Problem>
  ) -> Status<Scalar, Problem.Failure>? {
    guard let certificate, let noise = examination.noise() else { return nil }
    let rounding = Scalar.ulpOfOne * abs(value)
    // Where the noise is far above rounding it is what stopped the search; where it is rounding, the prediction
    // must be small enough to say so.
    let reach: Scalar = noise > 100 * rounding ? 1000 : 10
    let limit = reach * Swift.max(noise, rounding)
    guard let decrease = try? examination.predictedDecrease(enough: limit), decrease <= limit else {
      return nil
    }
    let stationarity = certificate.stationarity
    if !goesByGradient, !certificate.isMinimum {
      // A small gradient alone says nothing of a fit; its own measure does, where it is met but for rounding.
      let orthogonality = certificate.residuals?.orthogonality ?? .nan
      let threshold = Swift.min(100 * convergence.orthogonality, Scalar.ulpOfOne.squareRoot())
      if let met = Criterion(.orthogonality, value: orthogonality, threshold: threshold) {
        return .converged(met)
      }
      // The linear model promises ω²f: more than the noise hides is promised by columns that have all but vanished.
      return orthogonality * orthogonality * value > limit
        ? .stalled(.flatModel) : .limitedByPrecision(noise: noise, stationarity: stationarity)
    }
    // Small in itself and small beside the greatest: an absolute threshold alone is blind to scale.
    if let met = Criterion(.stationarityAtPrecision, value: stationarity, threshold: convergence.gradient),
      certificate.relativeStationarity <= convergence.gradient
    {
      return .converged(met)
    }
    return .limitedByPrecision(noise: noise, stationarity: stationarity)
  }

  /// Whether the method's own measure is the gradient's size. A method for least squares has another, and where that does
  /// not hold a small gradient alone is no convergence.
  private var goesByGradient: Bool {
    let any = Convergence<Scalar>(
      gradient: .greatestFiniteMagnitude, isRelative: false, residual: .greatestFiniteMagnitude)
    return method.criterion(in: state, any)?.measure == .stationarity
  }

  /// The point where the criterion holds, or else the lowest one that was evaluated as a whole: the current one,
  /// the record of a method that went uphill, or a trial point that an interruption left behind.
  private var bestPoint: (point: Vector<Scalar>, value: Scalar) {
    var best = (point: state.current.point, value: state.current.isEvaluated ? state.current.value : .nan)
    switch ending {
    case .criterion: return best
    case .refused: return (origin, .nan)
    default: break
    }
    func consider(_ point: Vector<Scalar>, _ value: Scalar) {
      if value.isFinite, !(best.value <= value) { best = (point, value) }
    }
    if state.other.isEvaluated, !state.watch.seesSamples { consider(state.other.point, state.other.value) }
    if let value = state.best.value { consider(state.best.point, value) }
    return best
  }
}

extension Certificate {
  /// Whether the slopes to both sides differ at the point.
  var showsKink: Bool { derivatives?.verdict == .undecided(.kink) }

  /// Whether the second look at the point found what the first did: the same value, and the criterion met.
  func confirms(_ criterion: Criterion<Scalar>) -> Bool {
    let measured =
      switch criterion.measure {
      case .gradientNorm: gradientNorm
      case .stationarity, .stationarityAtPrecision: stationarity
      // The factors are others than the run's, and round otherwise.
      case .orthogonality: (residuals?.orthogonality ?? .infinity) / 2
      case .residual: residuals?.largestResidual ?? .infinity
      case .rounding: (residuals?.rounding ?? 0) >= 0.5 ? criterion.value : .infinity
      }
    return isReproduced && measured <= criterion.threshold
  }

  /// What the certificate has against the gradient and, where the point is stationary, against a minimum.
  func objection<Failure: Error>(asMinimum isStationary: Bool) -> Status<Scalar, Failure>? {
    if case .disagrees(let discrepancy) = derivatives?.verdict { return .suspectDerivative(discrepancy) }
    guard isStationary else { return nil }
    if curvature.isNegative, !isShallow { return curvature.saddle() }
    switch contradiction {
    case .refutedCurvature: return .stalled(.refutedCurvature)
    case .fall(let direction):
      guard case .least(let λ, _, _) = curvature else { return nil }
      return .saddle(leastEigenvalue: λ, direction: direction)
    case nil: return nil
    }
  }
}

extension Curvature {
  func saddle<Failure: Error>() -> Status<Scalar, Failure>? {
    guard case .least(let λ, let direction, _) = self else { return nil }
    return .saddle(leastEigenvalue: λ, direction: direction)
  }
}
