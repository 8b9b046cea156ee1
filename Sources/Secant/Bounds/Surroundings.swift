// What the driver's checks need of a box: how far they may look, and which variables are free.

/// The bounds of a problem that has some.
func bounds<Problem: Objective>(of problem: Problem) -> Bounds<Problem.Scalar>? {
  (problem as? any BoundedObjective<Problem.Scalar>)?.bounds
}

extension Bounds {
  /// A point near x around which there is room, and how much: along ±`margin`·`scales` no bound is met.
  ///
  /// The scales are max(1, |xᵢ|), or what the box allows; where x is no nearer to a bound than `margin` of that the
  /// point is x itself. A variable that is fixed has the scale 0.
  func surroundings(of x: Vector<Scalar>, margin: Scalar) -> (centre: Vector<Scalar>, scales: Vector<Scalar>)
  {
    var centre = x
    for i in x.indices {
      let scale = Swift.max(1, abs(x[i]))
      let (l, u) = (lower[i], upper[i])
      let room = margin * scale
      if x[i] - l < room || u - x[i] < room {
        centre[i] = u - l > 2 * room ? Swift.min(Swift.max(x[i], l + room), u - room) : l + (u - l) / 2
      }
    }
    return (centre, scales(around: centre, margin: margin))
  }

  /// How far each variable may be moved around a point: ±`margin`·`scales` meets no bound.
  func scales(around x: Vector<Scalar>, margin: Scalar) -> Vector<Scalar> {
    Vector(
      x.indices.map { i in
        let distance = Swift.min(x[i] - lower[i], upper[i] - x[i])
        // Half of it, so that no rounding leads beyond.
        return distance > 0 ? Swift.min(Swift.max(1, abs(x[i])), distance / (2 * margin)) : 0
      })
  }

  /// The part of d along which the box has no end.
  func unbounded(_ d: Vector<Scalar>) -> Vector<Scalar> {
    var ray = d
    for i in d.indices {
      if d[i] > 0 ? upper[i] < .infinity : lower[i] > -.infinity { ray[i] = 0 }
    }
    return ray
  }

  /// The bounds that x lies on.
  func active(at x: Vector<Scalar>, gradient g: Vector<Scalar>) -> [ActiveBound<Scalar>] {
    x.indices.compactMap { i in
      let side: ActiveBound<Scalar>.Side
      switch (x[i] <= lower[i], x[i] >= upper[i]) {
      case (true, true): side = .both
      case (true, false): side = .lower
      case (false, true): side = .upper
      case (false, false): return nil
      }
      return ActiveBound(variable: i, side: side, multiplier: g[i])
    }
  }

  /// Those of them that hold their variable: equal ones, and those whose multiplier is certainly not zero, off which it
  /// could move only at a price of first order.
  @usableFromInline package func held(at x: Vector<Scalar>, gradient g: Vector<Scalar>) -> Set<Int> {
    let unsure = Swift.max(
      10 * stationarity(of: g, at: x), Scalar.ulpOfOne.squareRoot() * g.largestMagnitude)
    return Set(
      active(at: x, gradient: g).filter { bound in
        switch bound.side {
        case .both: true
        case .lower: bound.multiplier > unsure
        case .upper: -bound.multiplier > unsure
        }
      }.map(\.variable))
  }

  /// d without what leads out of the box at x, made a unit vector; nil where nothing is left.
  @usableFromInline func inward(_ d: Vector<Scalar>, from x: Vector<Scalar>) -> Vector<Scalar>? {
    var cut = d
    for i in d.indices where d[i] > 0 ? x[i] >= upper[i] : x[i] <= lower[i] { cut[i] = 0 }
    let norm = cut.norm
    return norm > 0 ? (1 / norm) * cut : nil
  }

  /// The variables that lie on no bound.
  @usableFromInline package func free(at x: Vector<Scalar>) -> [Int] {
    x.indices.filter { x[$0] > lower[$0] && x[$0] < upper[$0] }
  }
}

extension Solver where Problem: BoundedObjective & HessianVectorObjective {
  /// The least curvature along the directions that the bounds leave: see ``Certificate/curvature``.
  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try leastCurvature(at: iterate, within: oracle.problem.bounds, asking: &oracle)
  }
}
