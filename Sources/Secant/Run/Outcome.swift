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
  public var sentence: String { sentence(in: Terms()) }

  /// The same in other terms.
  package func sentence(in terms: Terms) -> String {
    "\(event(terms))\(evidence(terms))\(move)\(remark.map { " \($0)" } ?? "")\(advice(terms))"
  }

  private var move: String {
    movedStart ? " The start given lay outside the bounds; the run began at the nearest point inside." : ""
  }

  private var isBounded: Bool { Problem.Domain.self == Bounds<Scalar>.self }

  /// What the criterion measures is a matter of the domain.
  private func spelling(of criterion: Criterion<Scalar>) -> String {
    isBounded ? criterion.spelling(stationarity: "‖∇_Ω f‖∞") : "\(criterion)"
  }

  private func event(_ terms: Terms) -> String {
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
          (least eigenvalue \(brief(λ))), and the function falls \
          \(terms.isShell ? "beside it" : "along the direction given").
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

  private func evidence(_ terms: Terms) -> String {
    guard !value.isNaN else { return "" }
    var text = " f = \(brief(value, digits: 7))"
    guard let certificate else { return text + "." }
    if !certificate.isReproduced {
      text += ", but a second evaluation at the same point gave \(brief(certificate.value, digits: 7))"
    }
    if !status.isConverged { text += ", stationarity \(brief(certificate.stationarity))" }
    if isExhausted, certificate.showsKink { text += "; \(Obstacle.kink.explanation)" }
    text += boundsEvidence(certificate)
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
        ? "the curvature could not be told"
        : terms.isShell
          ? "no second derivatives are at hand" : "the problem offers no Hessian-vector product"
    }
    return text + "."
  }

  private func boundsEvidence(_ certificate: Certificate<Scalar>) -> String {
    let count = certificate.activeBounds.count
    if count == 0 { return "" }
    let held = certificate.isHeldByBounds ? ", and f rises from there: a strict minimum" : ""
    return "; \(count) of \(point.count) variables at a bound\(held)"
  }

  private var isExhausted: Bool {
    if case .exhausted = status { true } else { false }
  }

  private var isSumOfSquares: Bool { Problem.self is any ResidualObjective.Type }

  private var scaling: String {
    " Multiply the data, and with them the residuals, by a constant that brings them near 1."
  }

  private var kinkAdvice: String {
    " A method for smooth functions can certify nothing here; round the kink off, or accept this point."
  }

  private func advice(_ terms: Terms) -> String {
    switch status {
    case .converged, .stopped, .refused: return ""
    case .stationary:
      if terms.isShell || Problem.self is any HessianVectorObjective.Type {
        return " Start elsewhere, to either side of this point."
      }
      return isBounded
        ? " Start elsewhere, or derive the Hessian, `FiniteDifferenceHessian(f).bounded(by: box)`, and use `.tron()`."
        : " Start elsewhere, or give the Hessian (`FiniteDifferenceHessian(f)` derives one) and use `.newton()`."
    case .saddle(_, let direction):
      if terms.isShell {
        // Nobody types more numbers than these.
        let isTyped = !terms.isNamed || point.count <= 10
        let beside = "start beside this point\(isTyped ? ": \(start(beside: direction, terms))" : "")."
        return terms.method(isBounded ? "tron" : "trustRegion").map {
          " Use \($0), which sees curvature, or \(beside)"
        } ?? " To leave it, \(beside)"
      }
      if case .fall = certificate?.contradiction {
        return " Move along that direction, and start from there."
      }
      return """
         Use a method that sees curvature, such as `\(isBounded ? ".tron()" : ".trustRegion()")`, or move along \
        the direction given.
        """
    case .unboundedBelow where terms.isNamed: return " This way there is no minimum to find."
    case .unboundedBelow:
      return terms.isShell
        ? " Check the sign of the formula, or \(isBounded ? "narrow" : "say where the variables may lie by") --bounds."
        : " Check the sign of the objective, or \(isBounded ? "narrow its bounds" : "add the constraint or penalty that bounds it")."
    case .limitedByPrecision where terms.isNamed:
      return Scalar.self == Float.self
        ? " Compute with --scalar double, or accept this accuracy." : " Accept this accuracy."
    case .limitedByPrecision:
      return terms.isShell
        ? " Take a large constant out of the formula, or accept this accuracy."
        : " Compute the function in higher precision, remove a large constant from it, or accept this accuracy."
    case .notReproducible: return " Take what is random out of the objective: fix its seed, or its batch."
    case .suspectDerivative:
      return terms.isShell
        ? " The \(terms.isNamed ? "function" : "formula") has a kink or a jump here, or loses its digits: "
          + "\(terms.isNamed ? "" : "write it otherwise, or ")start elsewhere."
        : " Correct the gradient; `FiniteDifferenceGradient` is a stopgap."
    case .nonFinite(let nonFinite): return advice(nonFinite, terms)
    case .diverged, .stalled(.aboveStart): return smallerRate(terms, "accepts no such step")
    case .stalled(.refutedCurvature) where !terms.isShell, .stalled(.wrongHessian) where !terms.isShell:
      return " Check the Hessian: `checkHessian` at this point compares it with the gradients."
    case .stalled(.underflow) where isSumOfSquares: return scaling
    case .stalled(.underflow): return " Multiply the function by a constant that brings its values near 1."
    case .stalled(.noChange):
      return " Choose a larger rate where the method has one, or another start."
    case .stalled(.kink): return kinkAdvice
    case .stalled(.ridge): return " Start beside this point: from it no gradient leads down."
    case .stalled(.noLowerBound):
      return """
         Check whether the function has a minimum; if it has, multiply it by a constant that brings its gradient \
        near 1.
        """
    case .stalled(.inseparableParameters):
      guard let indices = certificate?.residuals?.inseparable, !indices.isEmpty else {
        return " Start elsewhere."
      }
      return indices.count == 1
        ? " Start elsewhere, leave out \(terms.list(indices)), or take data that depend on it."
        : " Start elsewhere, fix one of \(terms.list(indices)), or take data that depend on them."
    case .stalled(.flatModel):
      let method = terms.method("levenbergMarquardt")
      return " Start elsewhere, or fix that variable"
        + (method.map { "; the criterion of \($0) is blind to the units." } ?? ".")
    case .stalled(.flattening) where isBounded: return " Start nearer to the bound that f falls towards."
    case .stalled(.flattening):
      return " There is no minimum this way: bound the variables, or add a penalty that holds them."
    case .stalled(.noRoot), .stalled(.singularJacobian):
      return " Start elsewhere: there may be no root near here."
    case .stalled:
      return " Try another method or another start"
        + (terms.isShell ? "." : ", and `checkDerivatives` at this point.")
    case .exhausted(let currency):
      if certificate?.showsKink == true { return kinkAdvice }
      return terms.isShell
        ? " Allow more with \(terms.option(currency)), or start elsewhere."
        : " Allow more, or use a method that needs fewer: see the guide “Choosing a solver”."
    case .failed: return value.isNaN ? "" : " The point given is the best one before the error."
    }
  }

  private func advice(_ nonFinite: NonFinite, _ terms: Terms) -> String {
    switch nonFinite.place {
    case .squares(ofData: false) where terms.isShell: return " Start nearer to the data."
    case .squares: return scaling
    case .edge where nonFinite.iteration > 0 && terms.isNamed, .wall where terms.isNamed:
      return " Start elsewhere, or try another method; the point given is the lowest."
    case .edge where nonFinite.iteration > 0, .wall:
      return
        " Keep the variables away from there by \(terms.isShell ? "--bounds" : "bounds"), or round the function off;"
        + " the point given is the lowest."
    case .step where terms.isShell: return " Check the scale of the function and of its variables."
    case .step:
      return " Check the scale of the function and of its variables, and the second derivatives"
        + " where the method asks for them (`checkHessian`)."
    default:
      if nonFinite.iteration == 0 { return " Start where the function is finite." }
      return smallerRate(terms, "steps back from such points")
    }
  }

  private func smallerRate(_ terms: Terms, _ merit: String) -> String {
    guard terms.isShell else { return " Try a smaller rate, or a line search, which \(merit)." }
    guard let search = terms.method("lbfgs", "lbfgsb") else { return " Try another method or another start." }
    return " Try a smaller rate, or \(search), which \(merit)."
  }

  /// A start a hundredth of the way along a direction, as it is typed.
  private func start(beside direction: Vector<Scalar>, _ terms: Terms) -> String {
    var beside = point
    beside.add(direction, times: Swift.max(1, point.norm) / 100)
    let numbers = beside.map { brief($0, digits: 6) }
    return "--start "
      + (terms.isNamed ? numbers : zip(terms.variables, numbers).map { "\($0)=\($1)" }).joined(separator: ",")
  }
}

private func count(ofSteps steps: Int) -> String { steps == 1 ? "1 step" : "\(steps) steps" }

extension Criterion: CustomStringConvertible {
  public var description: String { spelling(stationarity: "‖∇f‖∞") }

  func spelling(stationarity: String) -> String {
    let name =
      switch measure {
      case .stationarity: stationarity
      case .gradientNorm: "‖∇f‖₂"
      case .residual: "the largest residual, ‖r‖∞"
      case .rounding: "the residuals are nothing but rounding of the variables, ‖r‖"
      case .orthogonality: "the part of the residuals that the parameters can still reach, ‖Q₁ᵀr‖/‖r‖"
      case .stationarityAtPrecision: "no decrease left that the values can show, and \(stationarity)"
      }
    return "\(name) = \(brief(value)) ≤ \(brief(threshold))"
  }
}

extension Discrepancy: CustomStringConvertible {
  public var description: String { spelling(Terms()) }

  func spelling(_ terms: Terms) -> String {
    let place =
      coordinate.map {
        terms.variables.indices.contains($0) ? "in \(terms.list([$0]))" : "in coordinate \($0)"
      } ?? "along a direction"
    return """
      \(place) the gradient claims the slope \(brief(claimed)), the values show \(brief(measured)) \
      (ratio \(brief(ratio)))
      """
  }
}

extension NonFinite: CustomStringConvertible {
  public var description: String { spelling(Terms()) }

  func spelling(_ terms: Terms) -> String {
    let what =
      switch place {
      case .value: "the value"
      case .squares: "the value, though every residual is one: their squares are beyond the greatest number"
      case .gradient(let i) where terms.variables.indices.contains(i),
        .edge(let i) where terms.variables.indices.contains(i):
        "the derivative in \(terms.list([i]))"
      case .gradient(let i), .edge(let i): "element \(i) of the gradient"
      case .wall: "the value beyond the lowest point met, on the way along which the function falls"
      case .step:
        "what the next step is made of, be it the slope, every trial value or the second derivatives"
      }
    let steps = count(ofSteps: iteration)
    if place == .step || place == .wall { return "Not a finite number after \(steps): \(what)." }
    if case .edge = place, iteration > 0 {
      return """
        Not a finite number after \(steps): \(what) at the lowest point met, an edge of the function's domain or a cusp.
        """
    }
    return iteration == 0
      ? "Not a finite number at the start: \(what)."
      : "Diverged: \(what) was not a finite number after \(steps)."
  }
}

extension Divergence: CustomStringConvertible {
  public var description: String {
    """
    Diverged: f was \(brief(value)) after \(count(ofSteps: iteration)), and never again below the \
    \(brief(valueAtStart)) of the start
    """
  }
}

extension Obstacle {
  var explanation: String {
    switch self {
    case .notADescentDirection: "the direction does not lead downhill"
    case .intervalCollapsed: "the line search's interval shrank to rounding without a better point"
    case .tooManyTrials: "the line search found no acceptable point within its trials"
    case .noLowerBound: "the function kept falling out to the longest step allowed"
    case .nonFinite: "every trial point gave a number that is not finite"
    case .refutedCurvature:
      "the gradient vanishes and the Hessian claims that the function curves downwards, but no step shows it"
    case .underflow: "the gradient is so small that its square is below the least number"
    case .noChange: "the steps are so short, by their rate or by the gradient, that no variable changed"
    case .kink: "the function has a kink here: its slopes to both sides differ, and no gradient vanishes"
    case .ridge: "the gradient given vanishes, but the function has a kink here and falls to a side of it"
    case .wrongHessian: "the Hessian does not agree with the gradients, and leads the method astray"
    case .radiusCollapsed: "the trust region shrank to rounding without a better point"
    case .flatModel:
      "the gradient is small, but only because the residuals hardly depend on some variable here"
    case .aboveStart:
      "the gradient is small, but f is higher here than at the start, and nothing shows a minimum: a plateau"
    case .flattening:
      "the gradient is small, but only because the function flattens out: it falls along a line as far as numbers or bounds go"
    case .noRoot: "‖F‖ has no slope here and F is not zero: a local minimum of ‖F‖ that is no root"
    case .singularJacobian: "the Jacobian is singular here, or so nearly that it does not say which way to go"
    case .inseparableParameters:
      "no change of the parameters lowers the residuals any more, but the data do not tell all parameters apart"
    }
  }
}

extension Currency {
  /// The currency in words.
  public var spelling: String {
    switch self {
    case .iterations: "iterations"
    case .values: "values"
    case .gradients: "gradients"
    case .hessianVectorProducts: "Hessian-vector products"
    case .hessians: "Hessians"
    case .residuals: "residuals"
    case .jacobians: "Jacobians"
    case .factorisations: "factorisations"
    case .flops: "floating-point operations"
    case .passes: "passes over the data"
    case .seconds: "seconds"
    }
  }
}
