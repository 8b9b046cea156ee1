// Whether the function falls from the point, although its gradient says little of it.
extension Examination {
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
    there.point.set(point, plus: size / 8, times: d)
    guard (try? oracle.evaluate(&there)) != nil, there.gradient.dot(d) < 0 else { return false }
    // What rounding hides is neither up nor down.
    let unseen = 8 * rounding * abs(value)
    var lowest = value
    var l = Scalar.ulpOfOne.squareRoot() * size
    while l.isFinite {
      l = Swift.min(l, reach)
      there.point.set(point, plus: l, times: d)
      bounds?.project(&there.point)
      guard let next = try? oracle.value(at: there.point) else { return false }
      // Where the point is lost beside l terms of both signs may overflow, ∞ − ∞; nearer it is an edge.
      if next.isNaN, Scalar.ulpOfOne * l > size { break }
      guard next <= lowest + unseen else { return false }
      lowest = Swift.min(lowest, next)
      if l == reach { break }
      l *= 2
    }
    return lowest < value
  }
}
