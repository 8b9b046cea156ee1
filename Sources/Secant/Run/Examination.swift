/// Looks at a point after a run, and keeps its own books.
struct Examination<Problem: DifferentiableObjective> {
  typealias Scalar = Problem.Scalar

  /// The point, evaluated once by whoever asks first.
  var iterate: Iterate<Scalar>
  var oracle: Oracle<Problem>
  /// Beyond these the function is never asked for.
  let bounds: Bounds<Scalar>?
  /// The relative error of f, which rounding of the responses makes greater for a sum of squares that all but vanishes.
  private var rounding = Scalar.ulpOfOne

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

  /// The least eigenvalue of the Hessian, or of D⁻¹∇²f D⁻¹ for a diagonal D, if this problem can be asked for
  /// Hessian-vector products.
  private mutating func curvature(
    scaledBy D: Vector<Scalar>?
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    guard Problem.Domain.self == WholeSpace.self || bounds != nil,
      let problem = oracle.problem as? any HessianVectorObjective<Scalar>
    else { return .unknown }
    let curvature = measureCurvature(of: problem, scaledBy: D)
    // Differences show some curvature where there is none; what is the function's own does not depend on their width.
    guard curvature.isPositive, case .least(let λ, _, _) = curvature,
      let differenced = oracle.problem as? any DifferencedHessian<Scalar>
    else { return curvature }
    guard case .least(let wide, _, _) = measureCurvature(ofWidened: differenced, scaledBy: D), wide > λ / 2,
      wide < 2 * λ
    else { return .unknown }
    return curvature
  }

  private mutating func measureCurvature<Able: DifferencedHessian>(
    ofWidened problem: Able, scaledBy D: Vector<Scalar>?
  ) -> Curvature<Scalar> where Able.Scalar == Scalar { measureCurvature(of: problem.widened, scaledBy: D) }

  private mutating func measureCurvature<Able: HessianVectorObjective>(
    of problem: Able, scaledBy D: Vector<Scalar>?
  ) -> Curvature<Scalar> where Able.Scalar == Scalar {
    var able = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
    defer { oracle.ledger += able.ledger }
    do throws(Halt<Able.Failure>) {
      guard let bounds else { return try leastCurvature(at: point, scaledBy: D, asking: &able) }
      return try leastCurvature(at: iterate, within: bounds, asking: &able)
    } catch {
      return .unknown
    }
  }

  /// The curvature as far as the values along its eigenvector do not contradict it, and what they say against it.
  private mutating func heldAgainstValues(
    _ curvature: Curvature<Scalar>, scaledBy D: Vector<Scalar>?, beyond threshold: Scalar
  ) throws(Halt<Problem.Failure>) -> (Curvature<Scalar>, Contradiction<Scalar>?) {
    guard case .least(let λ, let d, let scale) = curvature, !curvature.isPositive else {
      return (curvature, nil)
    }
    // λ is that of D⁻¹∇²f D⁻¹, and d the unit vector along D⁻¹ times its eigenvector: dᵀ∇²f d = λ dᵀD²d.
    let dᵀD²d = D.map { D in d.indices.reduce(0) { $0 + D[$1] * D[$1] * d[$1] * d[$1] } } ?? 1
    guard curvature.isNegative else {
      let fall = try fall(along: d, but: .ulpOfOne * scale * dᵀD²d, beyond: threshold)
      return (curvature, fall.map { .fall(direction: $0) })
    }
    let κ = λ * dᵀD²d
    guard let shown = try secondDerivative(along: d, claimed: κ) else { return (.unknown, nil) }
    if shown <= κ / 4 { return (curvature, nil) }
    // A Hessian from differences shows some curvature where there is none, and is not wrong for that.
    return (.unknown, oracle.problem is any DifferencedHessian<Scalar> ? nil : .refutedCurvature)
  }

  /// f(x + ld) − f(x) − l gᵀd, what the values say beyond the tangent, and the rounding in it; nil beyond the bounds and
  /// where f is not finite.
  private mutating func remainder(
    _ l: Scalar, along d: Vector<Scalar>, _ trial: inout Vector<Scalar>
  ) throws(Halt<Problem.Failure>) -> (value: Scalar, rounding: Scalar)? {
    trial.set(point, plus: l, times: d)
    if bounds.map({ !$0.contains(trial) }) ?? false { return nil }
    let (value, slope) = (try oracle.value(at: trial), l * iterate.gradient.dot(d))
    let rounding = 8 * self.rounding * (abs(iterate.value) + abs(value) + abs(slope))
    let remainder = value - iterate.value - slope
    return remainder.isFinite ? (remainder, rounding) : nil
  }

  /// The second derivative along d that the values show: [f(x + ld) + f(x − ld) − 2f(x)] / l², where it is the same at two
  /// successive lengths, to a tenth of itself or an eighth of what is claimed. Beside a bound one side counts twice. It
  /// is nil where rounding hides it.
  private mutating func secondDerivative(
    along d: Vector<Scalar>, claimed κ: Scalar
  ) throws(Halt<Problem.Failure>) -> Scalar? {
    var trial = Vector<Scalar>(zeros: point.count)
    var l = Swift.max(1, point.norm)
    var before: Scalar?
    for _ in 0..<30 {
      let sides = [try remainder(l, along: d, &trial), try remainder(-l, along: d, &trial)].compactMap { $0 }
      let share = 2 / Scalar(Swift.max(sides.count, 1)) / (l * l)
      if sides.contains(where: { 2 * $0.rounding / (l * l) > abs(κ) / 8 }) {
        // Rounding of f(x) itself hides the curvature the more, the shorter the step; that of a value far out does not.
        if 16 * rounding * abs(iterate.value) / (l * l) > abs(κ) / 8 { return nil }
        before = nil
        l /= 4
        continue
      }
      let shown = sides.isEmpty ? nil : share * sides.reduce(0) { $0 + $1.value }
      if let shown, let before {
        let difference = abs(shown - before)
        if difference <= Swift.max(Swift.max(abs(shown), abs(before)) / 10, abs(κ) / 8) { return shown }
      }
      before = shown
      l /= 4
    }
    return nil
  }

  /// d or −d, where the values fall that way below their tangent, although the Hessian shows no curvature along d.
  ///
  /// The least lengths decide at which the remainder grows as a power of the length, 3/2 at least, over three of them:
  /// what falls farther away is another valley, and what falls nearer is rounding. So is a curvature of `error`: no more is
  /// known of the Hessian, or of an eigenvector of it, which a little of the other curvatures is mixed into. Over one of the
  /// lengths from there on the mean slope must be beyond the threshold: beside a singular minimum f still falls a little, as
  /// everywhere where a run ends.
  private mutating func fall(
    along d: Vector<Scalar>, but error: Scalar, beyond threshold: Scalar
  ) throws(Halt<Problem.Failure>) -> Vector<Scalar>? {
    var trial = Vector<Scalar>(zeros: point.count)
    for side: Scalar in [1, -1] {
      var l = side * Swift.max(1, point.norm)
      // Of the three lengths, from long to short.
      var remainders: [Scalar] = []
      var falls = false
      // The steepest of the mean slopes over this length and the longer ones from which the remainder grew like that.
      var steepest: Scalar = 0
      for _ in 0..<30 {
        guard let (value, rounding) = try remainder(l, along: d, &trial) else {
          remainders = []
          steepest = 0
          l /= 4
          continue
        }
        // A long length may meet a value that is the same, and says nothing.
        guard abs(value) > rounding + error * l * l else {
          remainders = []
          steepest = 0
          l /= 4
          continue
        }
        let change = value + l * iterate.gradient.dot(d)
        if let last = remainders.last, !(8...65536).contains(last / value) { steepest = 0 }
        steepest = Swift.max(steepest, -change / abs(l))
        remainders = remainders.suffix(2) + [value]
        let grow = zip(remainders, remainders.dropFirst()).allSatisfy { (8...65536).contains($0 / $1) }
        if remainders.count == 3, grow { falls = value < 0 && change < 0 && steepest > threshold }
        l /= 4
      }
      if falls { return side * d }
    }
    return nil
  }

  /// Whether f falls from the point to some side of one variable in proportion to the length, as beside the top of a
  /// kink: a smooth function falls from a stationary point by terms of second order only.
  mutating func fallsBesideKink() -> Bool {
    var trial = Vector<Scalar>(zeros: point.count)
    for i in point.indices {
      var e = Vector<Scalar>(zeros: point.count)
      e[i] = 1
      for side: Scalar in [1, -1] {
        var l = side * Swift.max(1, abs(point[i])) / 1024
        var falls: [Scalar] = []
        while falls.count < 3, let (value, rounding) = (try? remainder(l, along: e, &trial)) ?? nil,
          value < -rounding, falls.last.map({ $0 / value < 6 }) ?? true
        {
          falls.append(value)
          l /= 4
        }
        if falls.count == 3 { return true }
      }
    }
    return false
  }

  /// The unit vector along `direction`, where a value of −∞ is met on the way to the end of the box; a box without an
  /// end is looked at by ``fallsWithoutEnd(along:from:)``.
  mutating func fallsToMinusInfinity(along direction: Vector<Scalar>) -> Vector<Scalar>? {
    guard let bounds, direction.isFinite else { return nil }
    var length = bounds.longestStep(from: point, along: direction)
    guard length > 0, length.isFinite else { return nil }
    var trial = point
    for _ in 0..<10 {
      trial.set(point, plus: length, times: direction)
      bounds.project(&trial)
      if (try? oracle.value(at: trial)) == -.infinity { return (1 / direction.norm) * direction }
      length /= 2
    }
    return nil
  }

  /// Whether the function falls without end from the point along `direction`: lower at ever longer steps, as far as
  /// numbers go, and below any value that a bounded function of this size would have.
  mutating func fallsWithoutEnd(along direction: Vector<Scalar>, from value: Scalar) -> Bool {
    let bottom = -Swift.min(Swift.max(1, abs(value)) / Scalar.ulpOfOne, .greatestFiniteMagnitude / 4)
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

  /// Whether the way down leads before values that are not finite: f falls along −g, from a thousand units of the last place
  /// of the point to its size, until it is no number any more.
  mutating func fallsTowardsAWall() -> Bool {
    let norm = iterate.gradient.norm
    guard iterate.isEvaluated, norm > 0, norm.isFinite else { return false }
    let size = Swift.max(1, point.norm)
    var trial = Vector<Scalar>(zeros: point.count)
    var (l, lowest) = (1024 * Scalar.ulpOfOne * size, iterate.value)
    while l <= size {
      trial.set(point, plus: -l / norm, times: iterate.gradient)
      bounds?.project(&trial)
      guard let value = try? oracle.value(at: trial) else { return false }
      if !value.isFinite { return value != -.infinity }
      // What rounding hides is neither up nor down.
      guard value <= lowest + 8 * rounding * abs(lowest) else { return false }
      lowest = Swift.min(lowest, value)
      l *= 2
    }
    return false
  }

  /// Whether the function only flattens out from the point along the unit vector d: over lengths from √ε of the point's size
  /// to as far as numbers or bounds go it is nowhere higher than before, as beyond any minimum it would be, and at an eighth of
  /// that size it still has a slope, which at the flat bottom of its values a function has not.
  mutating func flattensOut(along d: Vector<Scalar>, from value: Scalar) -> Bool {
    guard iterate.gradient.dot(d) < 0 else { return false }
    let size = Swift.max(1, point.norm)
    let reach = bounds?.longestStep(from: point, along: d) ?? .infinity
    guard reach > size / 4 else { return false }
    var there = Iterate(point)
    var lowest = value
    var l = Scalar.ulpOfOne.squareRoot() * size
    while l.isFinite {
      l = Swift.min(l, reach)
      there.point.set(point, plus: l, times: d)
      bounds?.project(&there.point)
      guard let next = try? oracle.value(at: there.point) else { return false }
      // Where the point is lost beside l terms of both signs may overflow, ∞ − ∞; nearer it is an edge.
      if next.isNaN, Scalar.ulpOfOne * l > size { break }
      guard next <= lowest else { return false }
      lowest = next
      if l == reach { break }
      // Before a bound a minimum could lie between two lengths, and f at both be lower than here.
      l *= reach < .infinity ? 2 : l < size ? 8 : 100
    }
    there.point.set(point, plus: size / 8, times: d)
    guard (try? oracle.evaluate(&there)) != nil else { return false }
    return lowest < value && there.gradient.dot(d) < 0
  }

  /// The noise of the values around the point, or nil where none shows.
  mutating func noise() -> Scalar? {
    var (centre, scales) = (point, Vector(point.map { Swift.max(1, abs($0)) }))
    if let bounds { (centre, scales) = bounds.surroundings(of: point, margin: 0x1p-10) }
    var values = 0
    defer {
      for _ in 0..<values { oracle.ledger += oracle.problem.charge(for: .value, dimension: point.count) }
    }
    let value = { (y: Vector<Scalar>) throws(Problem.Failure) in
      guard bounds.map({ $0.contains(y) }) ?? true else { return Scalar.nan }
      values += 1
      return try oracle.problem.value(at: y)
    }
    guard let estimate = try? estimateNoise(at: centre, along: scales, value) else {
      // Values that stand still as far out as this are those of a great constant, and have its rounding.
      guard case .tooClose? = try? readNoise(at: centre, along: scales, spacing: 0x1p-10, value) else {
        return nil
      }
      return Scalar.ulpOfOne * abs(iterate.value)
    }
    guard estimate.level.isFinite else { return nil }
    // Noise is there at every spacing; what shrinks with it, above rounding, is a kink.
    if estimate.level > 100 * Scalar.ulpOfOne * abs(iterate.value) {
      let reading = try? readNoise(at: centre, along: scales, spacing: estimate.spacing / 16, value)
      if case .level(let level) = reading, level < estimate.level / 4 { return nil }
      if case .tooWide = reading { return nil }
    }
    return estimate.level
  }

  /// The decrease that could still be brought, as far as differences of gradients tell: by conjugate gradients, or by
  /// a step along one variable; the search for it ends when it exceeds `enough`. It is NaN where they tell nothing.
  ///
  /// A step of steepest descent would tell less: where the variables differ much in scale it brings next to nothing
  /// far from any minimum.
  mutating func predictedDecrease(enough: Scalar) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.evaluate(&iterate)
    var there = Iterate(point)
    // In units of the gradient, whose square may be no number: f is 1e-200 of another, or 1e200.
    let unit = iterate.gradient.largestMagnitude
    guard unit.isFinite else { return .nan }
    if unit == 0 { return 0 }
    let enough = enough / unit
    var r = (1 / unit) * iterate.gradient
    guard r.isFinite else { return .nan }
    var decrease: Scalar = 0
    let reach = Scalar.root(Scalar.ulpOfOne, 3) * Swift.max(1, point.norm)
    // Variables beside a bound are left out, but for what a step to it brings: the differences stay in the box.
    var isHeld = [Bool](repeating: false, count: point.count)
    if let bounds {
      for i in r.indices where point[i] - bounds.lower[i] <= reach || bounds.upper[i] - point[i] <= reach {
        isHeld[i] = true
        let room = r[i] > 0 ? point[i] - bounds.lower[i] : bounds.upper[i] - point[i]
        decrease += abs(r[i]) * Swift.min(room, abs(iterate.gradient[i]))
        r[i] = 0
      }
    }
    decrease += try predictedDecrease(ofVariablesIn: r, unit, &there, enough: enough)
    var d = -1 * r
    var rᵀr = r.squaredNorm
    let goal = rᵀr / 100
    for j in 0..<Swift.min(point.count, 20) where rᵀr > goal && decrease <= enough {
      let h = reach / d.norm
      there.point.set(point, plus: h, times: d)
      there.isEvaluated = false
      try oracle.evaluate(&there)
      var Bd = (1 / h / unit) * (there.gradient - iterate.gradient)
      for i in Bd.indices where isHeld[i] { Bd[i] = 0 }
      let dᵀBd = d.dot(Bd)
      // Curvature that is not positive has no minimum along it; after the first product it may be noise.
      guard dᵀBd > 0 else { return j == 0 ? .infinity : decrease * unit }
      let α = rᵀr / dᵀBd
      decrease += α * rᵀr / 2
      r.add(Bd, times: α)
      let rᵀrBefore = rᵀr
      rᵀr = r.squaredNorm
      d.scale(by: rᵀr / rᵀrBefore, adding: r, times: -1)
    }
    return decrease * unit
  }

  /// The most that a Newton step along one variable would bring, among the thirty in which the gradient r, in units
  /// of `unit`, says most.
  private mutating func predictedDecrease(
    ofVariablesIn r: Vector<Scalar>, _ unit: Scalar, _ there: inout Iterate<Scalar>, enough: Scalar
  ) throws(Halt<Problem.Failure>) -> Scalar {
    let sizes = point.map { $0 == 0 ? 1 : abs($0) }
    let step = Scalar.root(Scalar.ulpOfOne, 3)
    var most: Scalar = 0
    for i in r.indices.sorted(by: { abs(r[$0]) * sizes[$0] > abs(r[$1]) * sizes[$1] }).prefix(30)
    where r[i] != 0 && most <= enough {
      there.point.copy(point)
      there.point[i] += step * sizes[i]
      if let bounds, there.point[i] > bounds.upper[i] { continue }
      there.isEvaluated = false
      try oracle.evaluate(&there)
      let κ = (there.gradient[i] / unit - r[i]) / (there.point[i] - point[i])
      if κ > 0 { most = Swift.max(most, r[i] * r[i] / (2 * κ)) }
    }
    return most
  }
}
