/// Looks at a point after a run, and keeps its own books.
struct Examination<Problem: DifferentiableObjective> {
  typealias Scalar = Problem.Scalar

  /// The point, evaluated once by whoever asks first.
  var iterate: Iterate<Scalar>
  var oracle: Oracle<Problem>

  var point: Vector<Scalar> { iterate.point }

  init(_ problem: Problem, at point: Vector<Scalar>) {
    iterate = Iterate(point)
    oracle = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
  }

  /// The evidence at the point, or nil where the problem throws.
  mutating func certificate(reported value: Scalar, greatestStationarity: Scalar) -> Certificate<Scalar>? {
    do throws(Halt<Problem.Failure>) {
      try oracle.evaluate(&iterate)
      let stationarity = oracle.problem.stationarity(of: iterate.gradient, at: point)
      let derivatives = try derivativeCheck(of: iterate)
      var curvature = try curvature()
      // A negative eigenvalue under which the function does not fall is rounding, or a wrong Hessian.
      if curvature.isNegative, try !falls(along: curvature) { curvature = .unknown }
      return Certificate(
        value: iterate.value, isReproduced: iterate.value == value, stationarity: stationarity,
        relativeStationarity: greatestStationarity > 0 ? stationarity / greatestStationarity : 0,
        gradientNorm: iterate.gradient.norm, curvature: curvature, derivatives: derivatives)
    } catch {
      return nil
    }
  }

  /// The gradient held against the values.
  mutating func derivativeCheck(
    of iterate: Iterate<Scalar>
  ) throws(Halt<Problem.Failure>) -> DerivativeCheck<Scalar> {
    var iterate = iterate
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

  /// The least eigenvalue of the Hessian, if this problem can be asked for Hessian-vector products.
  mutating func curvature() throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    guard Problem.Domain.self == WholeSpace.self,
      let problem = oracle.problem as? any HessianVectorObjective<Scalar>
    else { return .unknown }
    return try measureCurvature(of: problem)
  }

  private mutating func measureCurvature<Able: HessianVectorObjective>(
    of problem: Able
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> where Able.Scalar == Scalar {
    var able = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
    defer { oracle.ledger += able.ledger }
    do throws(Halt<Able.Failure>) {
      return try leastCurvature(at: point, asking: &able)
    } catch {
      return .unknown
    }
  }

  /// Whether the values themselves fall along the eigenvector, at some length, to one side.
  private mutating func falls(along curvature: Curvature<Scalar>) throws(Halt<Problem.Failure>) -> Bool {
    guard case .least(let λ, let direction, _) = curvature else { return false }
    var trial = Vector<Scalar>(zeros: point.count)
    var length = Swift.max(1, point.norm)
    let rounding = 8 * Scalar.ulpOfOne * abs(iterate.value)
    for _ in 0..<20 {
      for side: Scalar in [1, -1] {
        trial.set(point, plus: side * length, times: direction)
        if try oracle.value(at: trial) < iterate.value - Swift.max(rounding, -λ * length * length / 8) {
          return true
        }
      }
      length /= 4
    }
    return false
  }

  /// Whether the function falls without end from the point along `direction`: lower at ever longer steps, as far as
  /// numbers go, and below any value that a bounded function of this size would have.
  mutating func fallsWithoutEnd(along direction: Vector<Scalar>, from value: Scalar) -> Bool {
    let bottom = -Swift.max(1, abs(value)) / Scalar.ulpOfOne
    var trial = Vector<Scalar>(zeros: point.count)
    var lowest = value
    var length = Swift.max(1, point.norm)
    while length.isFinite {
      trial.set(point, plus: length, times: direction)
      guard let next = try? oracle.value(at: trial) else { return false }
      if next == -.infinity { return true }
      // So far out terms of both signs may overflow: ∞ − ∞.
      if next.isNaN { break }
      guard next < lowest else { return false }
      lowest = next
      length *= 100
    }
    return lowest < bottom
  }

  /// The noise of the values around the point, or nil where none shows.
  mutating func noise() -> Scalar? {
    let scales = Vector(point.map { Swift.max(1, abs($0)) })
    guard let estimate = try? estimateNoise(of: oracle.problem, at: point, along: scales) else { return nil }
    for _ in 0..<estimate.values {
      oracle.ledger += oracle.problem.charge(for: .value, dimension: point.count)
    }
    return estimate.level.isFinite ? estimate.level : nil
  }

  /// The decrease that Newton's step could still bring, as far as conjugate gradients on differences of gradients
  /// tell; they end when it exceeds `enough`.
  ///
  /// A step of steepest descent would tell less: where the variables differ much in scale it brings next to nothing
  /// far from any minimum.
  mutating func predictedDecrease(enough: Scalar) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.evaluate(&iterate)
    var there = Iterate(point)
    var r = iterate.gradient
    var d = -1 * r
    var rᵀr = r.squaredNorm
    let goal = rᵀr / 100
    var decrease: Scalar = 0
    for j in 0..<Swift.min(point.count, 20) where rᵀr > goal && decrease <= enough {
      let h = Scalar.root(Scalar.ulpOfOne, 3) * Swift.max(1, point.norm) / d.norm
      there.point.set(point, plus: h, times: d)
      there.isEvaluated = false
      try oracle.evaluate(&there)
      let Bd = (1 / h) * (there.gradient - iterate.gradient)
      let dᵀBd = d.dot(Bd)
      // Curvature that is not positive has no minimum along it; after the first product it may be noise.
      guard dᵀBd > 0 else { return j == 0 ? .infinity : decrease }
      let α = rᵀr / dᵀBd
      decrease += α * rᵀr / 2
      r.add(Bd, times: α)
      let rᵀrBefore = rᵀr
      rᵀr = r.squaredNorm
      d.scale(by: rᵀr / rᵀrBefore, adding: r, times: -1)
    }
    return decrease
  }
}
