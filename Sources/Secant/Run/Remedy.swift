/// What may help after a run that did not end at a minimum; ``Terms`` say it in a reader's words.
package enum Remedy: Sendable, Equatable {
  /// To start beside a point at which nothing tells the way.
  case startToEitherSide
  /// The same, or to give a Hessian, which would tell it.
  case giveHessian(isBounded: Bool)
  /// A method that sees curvature, or a start to a side of the saddle.
  case leaveSaddle(start: Vector<Double>, isBounded: Bool)
  /// The same where the Hessian sees no curvature, but the values fall.
  case followFall(start: Vector<Double>, isBounded: Bool)
  /// To check the sign, and to bound the variables, or to bound them more closely.
  case boundFunction(isBounded: Bool)
  case computeMoreExactly(isSingle: Bool)
  case fixRandomness
  case correctGradient
  case checkHessian
  /// To bring the residuals near 1, or where they are large for the parameters alone, to start nearer to the data.
  case scaleData(startIsFar: Bool)
  case scaleValues
  case scaleGradient
  case checkScales
  case startWhereFinite
  case stayOffEdge
  case smallerRate(Danger)
  case largerRate
  case roundKinkOff
  case startBesideRidge
  /// To leave out one of some parameters, or to take data that depend on them.
  case separate([Int])
  case fixFlatVariable
  case startNearerToBound
  case boundVariables
  case seekRootElsewhere
  case tryAnother
  case allowMore(Currency)
  case keepBest

  /// What a line search does about a step that a rate alone would take.
  package enum Danger: String, Sendable {
    case rise = "accepts no such step"
    case nonFinite = "steps back from such points"
  }
}

extension Outcome {
  /// What to try next, if there is anything.
  var remedy: Remedy? {
    switch status {
    case .converged, .stopped, .refused: return nil
    case .stationary:
      return Problem.self is any HessianVectorObjective.Type
        ? .startToEitherSide : .giveHessian(isBounded: isBounded)
    case .saddle(_, let direction):
      let start = start(beside: direction)
      if case .fall = certificate?.contradiction { return .followFall(start: start, isBounded: isBounded) }
      return .leaveSaddle(start: start, isBounded: isBounded)
    case .unboundedBelow: return .boundFunction(isBounded: isBounded)
    case .limitedByPrecision: return .computeMoreExactly(isSingle: Scalar.self == Float.self)
    case .notReproducible: return .fixRandomness
    case .suspectDerivative: return .correctGradient
    case .nonFinite(let nonFinite): return remedy(of: nonFinite)
    case .diverged: return .smallerRate(.rise)
    case .stalled(let obstacle): return remedy(of: obstacle)
    case .exhausted(let currency):
      return certificate?.showsKink == true ? .roundKinkOff : .allowMore(currency)
    case .failed: return value.isNaN ? nil : .keepBest
    }
  }

  private func remedy(of obstacle: Obstacle?) -> Remedy {
    switch obstacle {
    case .aboveStart: .smallerRate(.rise)
    case .refutedCurvature, .wrongHessian: .checkHessian
    case .underflow:
      Problem.self is any ResidualObjective.Type ? .scaleData(startIsFar: false) : .scaleValues
    case .noChange: .largerRate
    case .kink: .roundKinkOff
    case .ridge: .startBesideRidge
    case .noLowerBound: .scaleGradient
    case .inseparableParameters: .separate(certificate?.residuals?.inseparable ?? [])
    case .flatModel: .fixFlatVariable
    case .flattening: isBounded ? .startNearerToBound : .boundVariables
    case .noRoot, .singularJacobian: .seekRootElsewhere
    case nil, .notADescentDirection, .intervalCollapsed, .tooManyTrials, .nonFinite, .radiusCollapsed:
      .tryAnother
    }
  }

  private func remedy(of nonFinite: NonFinite) -> Remedy {
    switch nonFinite.place {
    case .squares(let areOfData): .scaleData(startIsFar: !areOfData)
    case .wall: .stayOffEdge
    case .edge where nonFinite.iteration > 0: .stayOffEdge
    case .step: .checkScales
    case .value, .gradient, .edge: nonFinite.iteration == 0 ? .startWhereFinite : .smallerRate(.nonFinite)
    }
  }

  /// A start a hundredth of the way along a direction.
  private func start(beside direction: Vector<Scalar>) -> Vector<Double> {
    var beside = point
    beside.add(direction, times: Swift.max(1, point.norm) / 100)
    return Vector(beside.map { Double($0) })
  }
}
