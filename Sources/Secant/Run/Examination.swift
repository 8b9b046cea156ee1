/// Looks at a point after a run, and keeps its own books.
struct Examination<Problem: DifferentiableObjective> {
  typealias Scalar = Problem.Scalar

  /// The point, evaluated once by whoever asks first.
  var iterate: Iterate<Scalar>
  var oracle: Oracle<Problem>
  /// Beyond these the function is never asked for.
  let bounds: Bounds<Scalar>?
  /// The relative error of f, which rounding of the responses makes greater for a sum of squares that all but vanishes.
  var rounding = Scalar.ulpOfOne

  var point: Vector<Scalar> { iterate.point }

  init(_ problem: Problem, at point: Vector<Scalar>) {
    iterate = Iterate(point)
    oracle = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
    bounds = Secant.bounds(of: problem)
  }

  /// The evidence at the point, or nil where the problem throws.
  ///
  /// - Parameters:
  ///   - threshold: the stationarity that counted as none: slopes below it, over any length, are no evidence.
  mutating func certificate(
    reported value: Scalar, greatestStationarity: Scalar, threshold: Scalar
  ) -> Certificate<Scalar>? {
    do throws(Halt<Problem.Failure>) {
      try oracle.evaluate(&iterate)
      let stationarity = oracle.problem.stationarity(of: iterate.gradient, at: point)
      let derivatives = try derivativeCheck(of: iterate)
      let active = bounds?.active(at: point, gradient: iterate.gradient) ?? []
      let held = bounds?.held(at: point, gradient: iterate.gradient) ?? []
      let residuals = residualEvidence()
      rounding = Swift.max(rounding, residuals?.rounding ?? 0)
      let D = bounds == nil ? residuals?.scaling : nil
      let (curvature, contradiction) = try heldAgainstValues(
        try curvature(scaledBy: D), scaledBy: D, beyond: threshold)
      return Certificate(
        value: iterate.value, isReproduced: iterate.value == value, stationarity: stationarity,
        relativeStationarity: greatestStationarity > 0 ? stationarity / greatestStationarity : 0,
        gradientNorm: iterate.gradient.norm, curvature: curvature,
        isShallow: isShallow(curvature, beyond: threshold),
        contradiction: contradiction, derivatives: derivatives,
        activeBounds: active, isHeldByBounds: held.count == point.count, residuals: residuals)
    } catch {
      return nil
    }
  }

  private func isShallow(_ curvature: Curvature<Scalar>, beyond threshold: Scalar) -> Bool {
    guard case .least(let λ, _, let scale) = curvature, curvature.isNegative else { return false }
    // Where it is not small beside the others, the function curves downwards, be it on the slightest hill.
    return -λ * Swift.max(1, point.norm) <= threshold && -λ < scale / 2
  }

  /// What there is to say of the residuals, where there are any and they are finite.
  private mutating func residualEvidence() -> ResidualEvidence<Scalar>? {
    (oracle.problem as? any ResidualObjective<Scalar>).flatMap { residualEvidence(of: $0) }
  }

  /// Whether there are residuals at the point, and all of them are finite.
  mutating func hasFiniteResiduals() -> Bool {
    (oracle.problem as? any ResidualObjective<Scalar>).map { hasFiniteResiduals($0) } ?? false
  }

  private mutating func hasFiniteResiduals<Squares: ResidualObjective>(_ problem: Squares) -> Bool
  where Squares.Scalar == Scalar {
    var r = Vector<Scalar>(zeros: problem.residualCount)
    oracle.ledger += problem.charge(for: .residual, dimension: point.count)
    return (try? problem.residuals(at: point, into: &r)) != nil && r.isFinite
  }

  private mutating func residualEvidence<Squares: ResidualObjective>(
    of problem: Squares
  ) -> ResidualEvidence<Scalar>? where Squares.Scalar == Scalar {
    var r = Vector<Scalar>(zeros: problem.residualCount)
    var J = Matrix<Scalar>(zeros: problem.residualCount, point.count)
    oracle.ledger += problem.charge(for: .jacobian, dimension: point.count)
    guard (try? problem.residualsAndJacobian(at: point, into: &r, &J)) != nil, r.isFinite, J.isFinite,
      r.count == problem.residualCount, J.rows == r.count, J.columns == point.count
    else { return nil }
    let free = point.indices.filter { !(bounds?.hold($0, at: point, gradient: iterate.gradient) ?? false) }
    if free.count < point.count {
      for j in point.indices where !free.contains(j) { for i in r.indices { J[i, j] = 0 } }
    }
    return ResidualEvidence(residuals: r, jacobian: J, at: point, over: free, error: problem.jacobianError)
  }

  /// Where the gradient at the point, the lowest of the run, is not finite, if it is known.
  func edge(after iteration: Int) -> NonFinite? {
    guard iterate.isEvaluated, let i = iterate.gradient.firstIndex(where: { !$0.isFinite }) else {
      return nil
    }
    return NonFinite(iteration: iteration, place: .edge(coordinate: i))
  }

  /// The gradient held against the values.
  mutating func derivativeCheck(
    of iterate: Iterate<Scalar>
  ) throws(Halt<Problem.Failure>) -> DerivativeCheck<Scalar> {
    var iterate = iterate
    // Beside a bound there is room to one side only: the check moves to where there is some to both.
    if let centre = bounds?.surroundings(of: iterate.point, margin: DerivativeCheck<Scalar>.reach).centre,
      centre != iterate.point
    {
      iterate = Iterate(centre)
    }
    try oracle.evaluate(&iterate)
    do {
      let check = try checkDerivatives(
        of: oracle.problem, at: iterate.point, value: iterate.value, gradient: iterate.gradient)
      oracle.ledger += check.cost
      return check
    } catch {
      throw .failed(error)
    }
  }

  /// Whether the products with the Hessian do not agree with differences of gradients.
  mutating func refutes<Able: HessianVectorObjective>(
    hessianOf problem: Able
  ) -> Bool where Able.Scalar == Scalar {
    guard !(problem is any DifferencedHessian<Scalar>), let check = try? checkHessian(of: problem, at: point)
    else { return false }
    oracle.ledger += check.cost
    if case .disagrees = check.verdict { return true }
    return false
  }
}
