/// Where to go from a point: the part of a ``Descent`` that tells one method from another.
///
/// Any direction works with any ``StepRule``. A quasi-Newton direction harvests its pair from `previous` and
/// `current`, so it need not know how the step between them was chosen.
public protocol Direction<Problem>: Sendable {
  /// The problems it knows a way on; whether the way may be followed anywhere is the solver's concern.
  associatedtype Problem: DifferentiableObjective
  /// What it remembers between steps: ``Stateless`` for a method without a past.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Writes the direction into `p` and returns the length that is worth trying first.
  ///
  /// `current` is the point to leave, evaluated, `previous` the one before it, not evaluated on the first step, and
  /// `iteration` the number of steps accepted before. The gradient at `current` is there already; what a method
  /// wants beyond it, it asks of the oracle, and an evaluation that is refused it passes on.
  func choose(
    _ p: inout Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    after previous: Iterate<Problem.Scalar>, iteration: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Problem.Scalar

  /// Whether the next step can be taken at once, without the direction being written (``step(_:from:along:by:_:)``);
  /// false is the default.
  func stepsAtOnce(_ memory: Memory) -> Bool

  /// Takes the whole step in one pass over memory: `point` ← x + αp, where x is `start`, or without it what `point` holds,
  /// and the gradient is the one at x.
  ///
  /// A step rule that knows α before it has seen p is what this is for (``StepRule/rate(at:)``): over long vectors a step of
  /// a first-order method costs what it reads and writes.
  func step(
    _ point: inout Vector<Problem.Scalar>, from start: Vector<Problem.Scalar>?,
    along gradient: Vector<Problem.Scalar>, by α: Problem.Scalar, _ memory: inout Memory)

  /// Whether the method is none without a rate that is known before the direction is; false is the default.
  var demandsRate: Bool { get }

  /// Forgets what was learnt, because no lower point was found along the direction: where it answers true, the
  /// solver asks for another one at the same point. False, the default, where there is nothing to forget.
  func restart(_ memory: inout Memory, at iteration: Int) -> Bool

  /// See ``Solver/curvature(at:asking:)``.
  func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }

  /// See ``Solver/comparesGradients``: true for a quasi-Newton direction.
  var comparesGradients: Bool { get }

  /// See ``Solver/restarts(in:)``.
  func restarts(in memory: Memory) -> Restarts
}

extension Direction {
  @inlinable public func stepsAtOnce(_: Memory) -> Bool { false }

  @inlinable public func step(
    _: inout Vector<Problem.Scalar>, from _: Vector<Problem.Scalar>?, along _: Vector<Problem.Scalar>,
    by _: Problem.Scalar, _: inout Memory
  ) { preconditionFailure("a direction that steps at once has to say how") }

  @inlinable public var demandsRate: Bool { false }

  @inlinable public func restart(_: inout Memory, at _: Int) -> Bool { false }

  @inlinable public func restarts(in _: Memory) -> Restarts { Restarts() }

  @inlinable public var complaint: String? { nil }

  @inlinable public var comparesGradients: Bool { false }

  @inlinable public func curvature(
    at _: Iterate<Problem.Scalar>, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> { .unknown }
}

extension Direction where Memory == Stateless {
  @inlinable public func allocate(_: Int, for _: Problem) -> Stateless { Stateless() }
}

extension Direction where Problem: HessianVectorObjective {
  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try leastCurvature(at: iterate.point, asking: &oracle)
  }
}
