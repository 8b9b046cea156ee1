/// The answer of a run: the best point, what happened, the evidence, and what it cost.
public struct Outcome<Problem: DifferentiableObjective>: Sendable {
  public typealias Scalar = Problem.Scalar

  /// How the run ended.
  public let status: Status<Scalar, Problem.Failure>
  /// The point where the criterion holds, or else the lowest one that was evaluated.
  public let point: Vector<Scalar>
  /// f(point), bit for bit; NaN when nothing could be evaluated.
  public let value: Scalar
  /// Accepted steps.
  public let iterations: Int
  /// What the method spent.
  public let ledger: Ledger
  /// What the driver spent for itself: on the certificate, on finding out why a run failed, and to look at the
  /// whole of a problem that the method saw in batches.
  public let monitoring: Ledger
  /// The evidence, from a look after the run; nil when none was asked for or none could be had.
  public let certificate: Certificate<Scalar>?
  /// How often the method began anew, and why.
  public let restarts: Restarts
  /// What the method did not come to, such as an average that begins later than the run ended; nil as a rule.
  public let remark: String?
  /// Whether the start that was given lay outside the problem's domain, and the run began at the nearest point in it.
  public let movedStart: Bool

  @inlinable package init(
    status: Status<Scalar, Problem.Failure>, point: Vector<Scalar>, value: Scalar, iterations: Int,
    ledger: Ledger, monitoring: Ledger, certificate: Certificate<Scalar>?, restarts: Restarts,
    remark: String? = nil, movedStart: Bool
  ) {
    self.status = status
    self.point = point
    self.value = value
    self.iterations = iterations
    self.ledger = ledger
    self.monitoring = monitoring
    self.certificate = certificate
    self.restarts = restarts
    self.remark = remark
    self.movedStart = movedStart
  }

  /// The outcome itself, or the problem's own error if it threw one; the point is in the outcome all the same.
  public func get() throws(Problem.Failure) -> Outcome {
    if case .failed(let failure) = status { throw failure }
    return self
  }
}

extension Outcome: CustomStringConvertible, Worded {
  public var description: String { sentence }

  /// What happened, the evidence, and what to try next, for a person.
  public var sentence: String { sentence(in: SwiftTerms()) }

  /// The same in other terms.
  package func sentence(in terms: any Terms) -> String {
    let sentences = [event(terms) + evidence(terms), move, remark, remedy.map { terms.advice($0) }]
    return sentences.compactMap(\.self).joined(separator: " ")
  }

  private var move: String? {
    movedStart ? "The start given lay outside the bounds; the run began at the nearest point inside." : nil
  }

  var isBounded: Bool { Problem.Domain.self == Bounds<Scalar>.self }

  /// What the criterion measures is a matter of the domain.
  private func spelling(of criterion: Criterion<Scalar>) -> String {
    isBounded ? criterion.spelling(stationarity: "‖∇_Ω f‖∞") : "\(criterion)"
  }

  private func event(_ terms: any Terms) -> String {
    let steps = count(ofSteps: iterations)
    switch status {
    case .converged(let criterion): return "Converged after \(steps): \(spelling(of: criterion))."
    case .stationary(let criterion):
      let isKnown = certificate.map { $0.curvature != .unknown } ?? false
      return """
        The starting point is stationary (\(spelling(of: criterion))) and no step was taken; the curvature \
        \(isKnown ? "does not tell whether it is a minimum" : "is unknown").
        """
    case .saddle(let λ, _):
      if case .fall = certificate?.contradiction {
        return """
          Ended after \(steps) at a stationary point that is no minimum: the Hessian is singular within rounding \
          (least eigenvalue \(brief(λ))), and the function falls \(terms.placeOfFall).
          """
      }
      return
        """
        Ended after \(steps) at a saddle or a maximum: the gradient vanishes, but the Hessian has the eigenvalue \
        \(brief(λ)).
        """
    case .unboundedBelow:
      return
        "Unbounded below: after \(steps) the function still falls along a ray, without end as far as numbers go."
    case .limitedByPrecision(let noise, let stationarity):
      return """
        Limited by precision after \(steps): the values carry a noise of about \(brief(noise)), which hides any \
        further decrease; the stationarity is down to \(brief(stationarity)).
        """
    case .notReproducible(let value, let again):
      return """
        Not reproducible: asked again at the same point, the problem gave \(brief(again, digits: 7)) instead of \
        \(brief(value, digits: 7)), or another gradient.
        """
    case .suspectDerivative(let discrepancy):
      return "The derivative is suspect: \(discrepancy.spelling(terms))."
    case .nonFinite(let nonFinite): return nonFinite.spelling(terms)
    case .diverged(let divergence): return "\(divergence)."
    case .stalled(let obstacle):
      return
        "Stalled after \(steps)\(obstacle.map { ": \($0.explanation)" } ?? ": nothing improves any more")."
    case .exhausted(let currency):
      return "The budget of \(currency.spelling) was used up after \(steps); the run had not converged."
    case .stopped(.observer): return "Stopped by the observer after \(steps)."
    case .stopped(.cancellation): return "Cancelled after \(steps)."
    case .failed(let failure): return "The problem threw \(failure) after \(steps)."
    case .refused(let reason): return "\(iterations == 0 ? "Not started" : "Ended after \(steps)"). \(reason)"
    }
  }

  private func evidence(_ terms: any Terms) -> String {
    guard !value.isNaN else { return "" }
    var text = " f = \(brief(value, digits: 7))"
    guard let certificate else { return text + "." }
    if !certificate.isReproduced {
      text += ", but a second evaluation at the same point gave \(brief(certificate.value, digits: 7))"
    }
    if !status.isConverged { text += ", stationarity \(brief(certificate.stationarity))" }
    if isExhausted, certificate.showsKink { text += "; \(Obstacle.kink.explanation)" }
    text += boundsEvidence(certificate, terms)
    if certificate.isHeldByBounds { return text + "." }
    if let residuals = certificate.residuals, residuals.isAmbiguous {
      let names = terms.list(residuals.inseparable)
      return text + "; the residuals do not depend on "
        + (residuals.hasVanished ? "\(names) here." : "each of \(names) alone.")
    }
    if case .least(let λ, _, let scale) = certificate.curvature {
      if certificate.curvature.isPositive {
        let place = certificate.activeBounds.isEmpty ? "here" : "over the free variables"
        text += "; the Hessian is positive definite \(place) (least eigenvalue \(brief(λ)))"
      } else if !certificate.curvature.isNegative || certificate.isShallow, certificate.contradiction == nil {
        text +=
          "; the Hessian is singular here within \(certificate.isShallow ? "the tolerance" : "rounding") (least eigenvalue \(brief(λ)) of a norm of \(brief(scale)))"
      }
    } else if status.isConverged {
      text += "; whether it is a minimum is not certified, since "
      text +=
        Problem.self is any HessianVectorObjective.Type
        ? "the curvature could not be told" : terms.lackOfCurvature
    }
    return text + "."
  }

  private func boundsEvidence(_ certificate: Certificate<Scalar>, _ terms: any Terms) -> String {
    let count = certificate.activeBounds.count
    if count == 0 { return "" }
    let held = certificate.isHeldByBounds ? ", and f rises from there: a strict minimum" : ""
    return "; \(count) of \(point.count) \(terms.kind)s at a bound\(held)"
  }

  private var isExhausted: Bool {
    if case .exhausted = status { true } else { false }
  }
}
