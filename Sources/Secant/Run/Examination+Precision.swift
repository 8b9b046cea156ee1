// What the values still show: their noise, and the decrease that could be had.
extension Examination {
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
