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
/// | φ, θ | `Own.slow`, the state's current point |
/// | k, α | `interval`, `pull` |
public struct Lookahead<Base: Solver>: Wrapper where Base.Problem.Domain == WholeSpace {
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

  /// The slow weights, and where the fast ones are between two of theirs.
  public struct Own: Sendable, Codable, Equatable {
    /// φ, the slow weights; they are the start's before the first step.
    public var slow: Vector<Scalar>
    /// Steps of the fast weights since the slow ones moved; nil before the first step.
    public var steps: Int?

    @inlinable init(_ dimension: Int) { slow = Vector(zeros: dimension) }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for _: Problem) -> Own { Own(dimension) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.memory.own.steps == nil {
      state.memory.own.slow.copy(state.current.point)
      state.memory.own.steps = 0
    }
    let before = state.iteration
    let step = try advanceBase(&state, asking: &oracle)
    guard state.iteration > before, let steps = state.memory.own.steps else { return step }
    state.memory.own.steps = steps + 1
    if steps + 1 < interval { return step }
    state.memory.own.steps = 0
    if pull == 1 {
      state.memory.own.slow.copy(state.current.point)
      return step
    }
    state.noteCurrent()
    state.memory.own.slow.scale(by: 1 - pull, adding: state.current.point, times: pull)
    state.current.point.copy(state.memory.own.slow)
    state.current.isEvaluated = false
    return step
  }

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
