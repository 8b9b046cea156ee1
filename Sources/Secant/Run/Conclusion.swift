extension Run {
  /// Turns the way the run ended into an answer.
  func conclude(certifying: Bool) -> Outcome<Problem> {
    let (point, value) = bestPoint
    let status: Status<Scalar, Problem.Failure>
    switch ending {
    case nil: status = .stopped(.observer)
    case .stopped: status = .stopped(.observer)
    case .refused(let sentence): status = .refused(sentence)
    case .criterion(let criterion): status = .converged(criterion)
    case .saddle(let curvature):
      if case .least(let λ, let d, _) = curvature {
        status = .saddle(leastEigenvalue: λ, direction: d)
      } else {
        status = .stalled(nil)
      }
    case .stuck(let obstacle): status = .stalled(obstacle)
    case .nonFinite(let place): status = .nonFinite(place)
    case .halted(.failed(let failure)): status = .failed(failure)
    case .halted(.exhausted(let currency)): status = .exhausted(currency)
    case .halted(.cancelled): status = .stopped(.cancellation)
    }
    return Outcome(
      status: status, point: point, value: value, iterations: state.iteration, ledger: oracle.ledger)
  }

  /// The lowest point that was evaluated as a whole: the current one, the record of a method that went uphill, or
  /// a trial point that an interruption left behind.
  var bestPoint: (Vector<Scalar>, Scalar) {
    var best = (state.current.point, state.current.isEvaluated ? state.current.value : .nan)
    func consider(_ point: Vector<Scalar>, _ value: Scalar) {
      if value.isFinite, !(best.1 <= value) { best = (point, value) }
    }
    if state.other.isEvaluated { consider(state.other.point, state.other.value) }
    if let value = state.best.value { consider(state.best.point, value) }
    return best
  }
}
