/// Something that lowers a `Problem`.
///
/// A solver is a value: hyper-parameters are `var`s of a struct, and everything it remembers between steps is in
/// the ``State``. What it needs of a problem is a constraint on its own `Problem` type, so `.newton()` on a
/// problem without a Hessian does not compile.
public protocol Solver<Problem>: Sendable {
  /// What it can solve: a conforming type narrows this to the capabilities that it demands.
  associatedtype Problem: DifferentiableObjective
  /// Everything it remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Evaluates the current point, and whatever else of it the method keeps.
  ///
  /// The driver asks for it at the start, and where a step left its point unevaluated. By default it is f and ∇f; a
  /// method that sees more of the problem, such as residuals and their Jacobian, takes f and ∇f from there. What the
  /// oracle refuses leaves the value and the gradient that were there.
  func evaluate(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// The criterion that holds at the current point, if one does.
  ///
  /// By default it is ``Convergence``'s own, on the gradient; a method that knows a better measure takes that.
  func criterion(
    in state: State<Problem.Scalar, Memory>, _ convergence: Convergence<Problem.Scalar>
  ) -> Criterion<Problem.Scalar>?

  /// Takes one step.
  ///
  /// On entry `state.current` is evaluated, unless the method does not set out from there
  /// (``Solver/setsOutFromGradient``). After an accepted step `state.current` is the new point, evaluated
  /// or not, and `state.other` the one before, but on batches (``Watch/seesSamples``) it may be an older one; after a
  /// rejected one `state.current` is what it was. When an evaluation halts, `state.current` is left whole.
  func advance(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Problem.Scalar>

  /// The curvature at a stationary point, as far as this solver can tell.
  ///
  /// A solver that demands Hessian-vector products finds the least eigenvalue without writing anything; one that
  /// does not answers ``Curvature/unknown``.
  func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }

  /// A sentence about the first hyper-parameter that makes no sense for n variables, such as a scaling of another
  /// length, or nil: nil unless a method says otherwise.
  func complaint(inDimension n: Int) -> String?

  /// Whether it learns from the difference of the gradients at two points, and so cannot work on batches, where
  /// these are gradients of two functions: false unless a method says otherwise.
  var comparesGradients: Bool { get }

  /// Whether it holds f at a trial point against what the gradient promises, as a search and a trust region do, and so cannot
  /// be handed the gradient of another point or of other terms: false unless a method says otherwise.
  var comparesValues: Bool { get }

  /// Whether a step sets out from f and ∇f at the current point: true, but for a method that asks for its gradients
  /// itself, at points beside the one that it answers with.
  var setsOutFromGradient: Bool { get }

  /// Whether it chooses the terms of a finite sum itself, and so cannot be handed batches: false unless a method says
  /// otherwise.
  var drawsTerms: Bool { get }

  /// How often the method began anew, as far as `memory` tells: none for a method that never does.
  func restarts(in memory: Memory) -> Restarts

  /// A sentence for the outcome about what the method did not come to, as far as `memory` tells, or nil.
  func remark(in memory: Memory) -> String?
}

extension Solver {
  @inlinable public func evaluate(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) { try oracle.evaluate(&state.current) }

  @inlinable public func criterion(
    in state: State<Problem.Scalar, Memory>, _ convergence: Convergence<Problem.Scalar>
  ) -> Criterion<Problem.Scalar>? { convergence.criterion(state.watch, state.current.gradient) }

  @inlinable public func restarts(in _: Memory) -> Restarts { Restarts() }

  @inlinable public func remark(in _: Memory) -> String? { nil }

  @inlinable public var complaint: String? { nil }

  @inlinable public func complaint(inDimension _: Int) -> String? { nil }

  @inlinable public var comparesGradients: Bool { false }

  @inlinable public var comparesValues: Bool { false }

  @inlinable public var setsOutFromGradient: Bool { true }

  @inlinable public var drawsTerms: Bool { false }

  @inlinable public func curvature(
    at _: Iterate<Problem.Scalar>, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> { .unknown }

  /// The state in which a run from `point` starts, or from the nearest point of the problem's domain.
  ///
  /// What ``minimize(_:from:using:until:within:certifying:)`` refuses ends the program here, with the same sentence: a hyper-parameter that makes
  /// no sense, or a point of another length than the problem's.
  @inlinable public func start(
    at point: Vector<Problem.Scalar>, for problem: Problem
  ) -> State<Problem.Scalar, Memory> {
    if let complaint = refusal(problem, point, self, .init(), .unlimited) { fatalError(complaint) }
    var point = point
    problem.project(&point)
    return State(at: point, memory: allocate(point.count, for: problem))
  }

  /// Takes one step in a loop of your own, on whatever the problem is now.
  ///
  /// The current point is evaluated anew, so the problem may change between steps: a batch, a penalty, bounds, into
  /// which the point is moved first.
  @inlinable @discardableResult public func step(
    _ state: inout State<Problem.Scalar, Memory>, on problem: Problem
  ) throws(Problem.Failure) -> Step<Problem.Scalar> {
    var oracle = Oracle(problem, budget: .unlimited, spent: Ledger(), heedsCancellation: false)
    state.move(into: problem)
    state.current.isEvaluated = false
    do throws(Halt<Problem.Failure>) {
      if setsOutFromGradient { try evaluate(&state, asking: &oracle) }
      return try advance(&state, asking: &oracle)
    } catch {
      switch error {
      case .failed(let failure): throw failure
      case .exhausted, .cancelled:
        preconditionFailure("an oracle without a limit refused an evaluation")
      }
    }
  }
}

extension Solver where Problem: HessianVectorObjective {
  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try leastCurvature(at: iterate.point, asking: &oracle)
  }
}

/// What a step came to.
public enum Step<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// The point moved; `length` is the step rule's α or the length of a trust-region step.
  case accepted(length: Scalar)
  /// The step went by the evidence of some of the terms only: the point's whole value is not known. The length is
  /// 0 where these gave no reason to move. `completesPass` where every term has now been seen as often as any other:
  /// a good moment to look at the whole.
  case sampled(length: Scalar, completesPass: Bool)
  /// The trial point was no better; the next step will be another one.
  case rejected
  /// No step can be taken.
  case stuck(Obstacle)
}
