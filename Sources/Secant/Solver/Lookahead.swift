public import SecantLinearAlgebra

/// Any solver, drawn back after every k steps: slow ← slow + α(fast − slow), and the fast weights begin anew there.
///
/// ```swift
/// minimize(problem, from: start, using: .lookahead(.adam(rate: 1e-2)))
/// ```
///
/// - **Demands**: what its base demands, and the whole space. A base that compares the gradients of two points is
///   refused: the draw back would be taken for one of its steps.
/// - **Memory**: the base's and n.
/// - **Work per step**: the base's; n every k steps, and the gradient at the slow weights in the place of the one at the
///   fast weights.
/// - **Guarantees**: with α = 1 it is its base, bit for bit. What the base remembers is kept ("maintain" in the paper).
/// - **Reference**: Zhang, Lucas, Hinton and Ba, NeurIPS 2019, arXiv:1907.08610, Algorithm 1.
///
/// | paper | here |
/// | --- | --- |
/// | φ, θ | `Memory.slow`, the state's current point |
/// | k, α | `interval`, `pull` |
public struct Lookahead<Base: Solver>: Solver where Base.Problem.Domain == WholeSpace {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver of the fast weights.
  public var base: Base
  /// k, the steps of the fast weights for one of the slow.
  public var interval: Int
  /// α, the part of the way to the fast weights that the slow ones go.
  public var pull: Scalar

  @inlinable public init(_ base: Base, every interval: Int = 5, pull: Scalar = 0.5) {
    self.base = base
    self.interval = interval
    self.pull = pull
  }

  /// The slow weights, and what the base works on.
  public struct Memory: Sendable, Codable, Equatable {
    /// What the base works on; between steps its iterates are empty, for the run holds them.
    public var base: State<Scalar, Base.Memory>
    /// φ, the slow weights; they are the start's before the first step.
    public var slow: Vector<Scalar>
    /// Steps of the fast weights since the slow ones moved; nil before the first step.
    public var steps: Int?

    @inlinable init(_ base: Base.Memory, dimension: Int) {
      self.base = State(at: Vector(zeros: 0), memory: base)
      self.base.best = Record(dimension: 0)
      slow = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(base.allocate(dimension, for: problem), dimension: dimension)
  }

  @inlinable public func evaluate(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    state.exchangeAll()
    defer { state.exchangeAll() }
    try base.evaluate(&state.memory.base, asking: &oracle)
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.memory.steps == nil {
      state.memory.slow.copy(state.current.point)
      state.memory.steps = 0
    }
    let before = state.iteration
    let step = try advanceBase(&state, asking: &oracle)
    guard state.iteration > before, let steps = state.memory.steps else { return step }
    state.memory.steps = steps + 1
    if steps + 1 < interval { return step }
    state.memory.steps = 0
    if pull == 1 {
      state.memory.slow.copy(state.current.point)
      return step
    }
    state.noteCurrent()
    state.memory.slow.scale(by: 1 - pull, adding: state.current.point, times: pull)
    state.current.point.copy(state.memory.slow)
    state.current.isEvaluated = false
    return step
  }

  /// Lends the iterates and the record to the base for a step.
  @inlinable func advanceBase(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    state.exchangeAll()
    defer { state.exchangeAll() }
    return try base.advance(&state.memory.base, asking: &oracle)
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { base.restarts(in: memory.base.memory) }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public var comparesGradients: Bool { base.comparesGradients }

  @inlinable public func complaint(inDimension n: Int) -> String? { base.complaint(inDimension: n) }

  public var complaint: String? {
    if interval < 1 { return "interval (k) is \(interval): choose at least 1 step, such as 5." }
    if !(pull > 0 && pull <= 1) {
      return "pull (α) is \(pull): choose a number above 0, at most 1, such as 0.5."
    }
    if base.comparesGradients {
      return """
        The method compares the gradients of two points, and the slow weights would be taken for one of its steps: \
        choose one that does not, such as .adam().
        """
    }
    return base.complaint
  }
}

extension State {
  /// Iterates, their number and the record change places with the inner state's.
  @inlinable mutating func exchangeAll<Base>()
  where Memory == Lookahead<Base>.Memory, Scalar == Base.Problem.Scalar {
    swap(&current, &memory.base.current)
    swap(&other, &memory.base.other)
    swap(&iteration, &memory.base.iteration)
    swap(&best, &memory.base.best)
  }

  /// Notes the current point, before another takes its place without a step.
  @inlinable mutating func noteCurrent() {
    if current.isEvaluated { best.note(current.point, current.value) }
  }
}

extension Solver where Problem.Domain == WholeSpace {
  /// This solver, drawn back after every `interval` steps; see ``Lookahead``.
  @inlinable public func lookingAhead(
    every interval: Int = 5, pull: Problem.Scalar = 0.5
  ) -> Lookahead<Self> { Lookahead(self, every: interval, pull: pull) }
}

extension Solver {
  /// A solver drawn back after every `interval` steps: the spelling of `lookingAhead(every:pull:)` for an array of
  /// `any Solver<P>`; see ``Lookahead``.
  @inlinable public static func lookahead<Base>(
    every interval: Int = 5, pull: Base.Problem.Scalar = 0.5, _ base: Base
  ) -> Self where Self == Lookahead<Base> { Lookahead(base, every: interval, pull: pull) }
}
