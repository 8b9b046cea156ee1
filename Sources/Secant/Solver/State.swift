/// A point, with its value and gradient where they are known.
public struct Iterate<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// x.
  public var point: Vector<Scalar>
  /// ∇f(x), if `isEvaluated`.
  public var gradient: Vector<Scalar>
  /// f(x), if `isEvaluated`.
  public var value: Scalar
  /// Whether `value` and `gradient` are those of `point`.
  public var isEvaluated: Bool

  @inlinable public init(_ point: Vector<Scalar>) {
    self.point = point
    gradient = Vector(zeros: point.count)
    value = 0
    isEvaluated = false
  }

  /// The length to try first along −g where nothing is known of the curvature: min(1, 1/‖g‖₂), but one that moves x by
  /// as much as a central difference would (``leastMove``).
  @inlinable var firstLength: Scalar { firstLength(ofGradient: gradient.norm) }

  /// The same where ‖g‖₂ is known.
  @inlinable func firstLength(ofGradient norm: Scalar) -> Scalar {
    norm > 0 ? Swift.max(Swift.min(1, 1 / norm), leastMove / norm) : 1
  }

  /// ε^⅓ of ‖x‖₂, or of 1 where x is 0: a first move that is shorter, because f is small in its units, would show
  /// neither in the point nor in the gradient.
  @inlinable var leastMove: Scalar {
    let size = point.norm
    return .centralDifference * (size > 0 ? size : 1)
  }

  private enum CodingKeys: CodingKey { case point, gradient, value, isEvaluated }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    point = try container.decode(Vector<Scalar>.self, forKey: .point)
    gradient = try container.decode(Vector<Scalar>.self, forKey: .gradient)
    let values = try container.decode(Vector<Scalar>.self, forKey: .value)
    guard values.count == 1, gradient.count == point.count else {
      throw DecodingError.dataCorruptedError(
        forKey: .value, in: container,
        debugDescription: "an iterate has one value, and a gradient as long as its point")
    }
    value = values[0]
    isEvaluated = try container.decode(Bool.self, forKey: .isEvaluated)
  }

  /// A trial point's value may be infinite or NaN, which a vector encodes in every format and a number does not.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(point, forKey: .point)
    try container.encode(gradient, forKey: .gradient)
    try container.encode([value] as Vector, forKey: .value)
    try container.encode(isEvaluated, forKey: .isEvaluated)
  }
}

/// Everything about a run that its next step depends on: one value.
///
/// Copy it to make a checkpoint, compare two to test determinism, encode it to resume: a run of m steps, encoded,
/// decoded and continued for n is bit for bit a run of m + n.
public struct State<Scalar: LAPACKScalar, Memory: Sendable & Codable & Equatable>: Sendable, Equatable,
  Codable
{
  /// Where the run is.
  public var current: Iterate<Scalar>
  /// Where it was: the previous point after an accepted step, the trial point during one. The two change places,
  /// so accepting a trial point copies nothing and evaluates nothing twice.
  public var other: Iterate<Scalar>
  /// What the solver remembers.
  public var memory: Memory
  /// Accepted steps so far.
  public var iteration: Int
  /// The lowest evaluated point before the current one, where that is lower than the current one.
  public var best: Record<Scalar>
  /// What the driver remembers, so that a resumed run ends where the whole one does.
  public var watch = Watch<Scalar>()

  @inlinable public init(at point: Vector<Scalar>, memory: Memory) {
    // Each has storage of its own, which no step has to make.
    current = Iterate(Vector(copying: point))
    other = Iterate(Vector(copying: point))
    self.memory = memory
    iteration = 0
    best = Record(dimension: point.count)
  }

  /// Moves the current point into the problem's domain, and forgets what was known of points outside of it; nothing
  /// happens to a state whose points are all inside.
  @inlinable mutating func move<Problem: Objective>(into problem: Problem) where Problem.Scalar == Scalar {
    if Problem.Domain.self == WholeSpace.self { return }
    func moved(_ point: Vector<Scalar>) -> Vector<Scalar>? {
      guard point.isFinite else { return nil }
      var inside = point
      problem.project(&inside)
      return inside == point ? nil : inside
    }
    if best.value != nil, moved(best.point) != nil { best = Record(dimension: best.point.count) }
    if other.isEvaluated, moved(other.point) != nil { other.isEvaluated = false }
    if let inside = moved(current.point) {
      current.point.copy(inside)
      current.isEvaluated = false
      watch.hasMovedStart = true
      // What was reached outside is no measure of progress inside.
      watch.leastValue = nil
      watch.valueAtStart = nil
      watch.divergence = nil
      watch.leastStationarity = nil
      watch.stepsWithoutProgress = 0
    }
  }

  /// Notes a trial point that is lower than the current one, before another takes its place.
  @inlinable mutating func noteTrial() {
    if other.isEvaluated, other.value < current.value { best.note(other.point, other.value) }
  }

  /// Makes the trial point the current one.
  @inlinable public mutating func acceptTrial() {
    swap(&current, &other)
    iteration += 1
  }

  /// Takes a step that needs no trial: `step` writes it over its first argument, from the point that it is handed, or without
  /// one from what stands there.
  ///
  /// On batches nobody goes by the point before, and the step is written over it: one vector less that has to be moved.
  @inlinable @inline(__always) mutating func takeStep(
    _ step: (inout Vector<Scalar>, Vector<Scalar>?, Vector<Scalar>, inout Memory) -> Void
  ) {
    if watch.seesSamples {
      step(&current.point, nil, current.gradient, &memory)
      current.isEvaluated = false
      other.isEvaluated = false
      iteration += 1
    } else {
      step(&other.point, current.point, current.gradient, &memory)
      other.isEvaluated = false
      acceptTrial()
    }
  }

  /// Makes the trial point the current one, at a `distance` from it. As with a line search, where f still falls as far out as
  /// `farthest` it is taken to have no lower bound.
  @inlinable mutating func acceptTrial(
    length: Scalar, distance: Scalar, farthest: Scalar = .largestRadius
  ) -> Step<Scalar> {
    acceptTrial()
    return distance >= farthest ? .stuck(.noLowerBound) : .accepted(length: length)
  }
}

/// What a driver has seen of a run.
public struct Watch<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// Whether the start has been looked at.
  public var hasStarted = false
  /// Whether the start that was given lay outside the domain and was moved into it.
  public var hasMovedStart = false
  /// Whether the method works on batches, so that its iterates are not evaluated as a whole.
  public var seesSamples = false
  /// The domain's first-order measure, ‖∇f‖∞ without bounds, where it was measured last; nil before the start.
  public var stationarity: Scalar?
  /// The greatest that was met.
  public var greatestStationarity: Scalar = 0
  /// The least since the start or the last saddle.
  public var leastStationarity: Scalar?
  /// The least value since the start, but for rounding.
  public var leastValue: Scalar?
  /// f where the run began.
  public var valueAtStart: Scalar?
  /// When the value was hopelessly high, if it has not been below that of the start since.
  public var divergence: Divergence<Scalar>?
  /// Steps in a row in which the value neither moved by more than noise nor was the least so far, nor did the stationarity fall.
  public var stepsWithoutProgress = 0

  @inlinable public init() {}

  /// Notes the value after so many steps; `record` is the lowest that is remembered elsewhere.
  @inlinable mutating func noteHeight(of value: Scalar, after iteration: Int, record: Scalar?) {
    guard let valueAtStart else { return self.valueAtStart = value }
    if value < valueAtStart { return divergence = nil }
    guard divergence == nil else { return }
    let rise = value - valueAtStart
    let fall = valueAtStart - Swift.min(valueAtStart, leastValue ?? valueAtStart, record ?? valueAtStart)
    if rise > 10 * abs(valueAtStart), rise > 1000 * fall {
      divergence = Divergence(iteration: iteration, value: value, valueAtStart: valueAtStart)
    }
  }
}

/// The lowest point seen, where a method is not monotone.
public struct Record<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// Where it was; zeros before there is a value.
  public var point: Vector<Scalar>
  /// nil until a step went uphill.
  public var value: Scalar?

  @usableFromInline init(dimension: Int) { point = Vector(zeros: dimension) }

  @inlinable mutating func note(_ point: Vector<Scalar>, _ value: Scalar) {
    guard value.isFinite, value < (self.value ?? .infinity) else { return }
    self.point.copy(point)
    self.value = value
  }
}
