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

  @inlinable public init(at point: Vector<Scalar>, memory: Memory) {
    // Each has storage of its own, which no step has to make.
    current = Iterate(Vector(copying: point))
    other = Iterate(Vector(copying: point))
    self.memory = memory
    iteration = 0
    best = Record(dimension: point.count)
  }

  /// Makes the trial point the current one.
  @inlinable public mutating func acceptTrial() {
    swap(&current, &other)
    iteration += 1
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
