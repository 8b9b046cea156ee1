/// “3 steps”.
func count(ofSteps steps: Int) -> String { steps == 1 ? "1 step" : "\(steps) steps" }

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
  public var description: String { spelling(SwiftTerms()) }

  func spelling(_ terms: any Terms) -> String {
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
  public var description: String { spelling(SwiftTerms()) }

  func spelling(_ terms: any Terms) -> String {
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
