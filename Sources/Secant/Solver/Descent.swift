/// Steps along a direction: x ← x + αp, with p from a ``Direction`` and α from a ``StepRule``.
///
/// Most methods of the field are one of these: L-BFGS is a direction with a line search, Adam a direction with a
/// learning rate.
///
/// - **Demands**: what its direction demands.
/// - **Memory**: n, and what the direction and the rule remember.
/// - **Work per step**: the direction's and the rule's, and O(n) for each trial point.
/// - **Guarantees**: an accepted trial point keeps its value and gradient; accepting it is a swap. Where no length
///   lowers f, a direction that has something to forget begins anew (``Direction/restart(_:at:)``) before the run is
///   stuck.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., chapter 3.
public struct Descent<D: Direction, Rule: StepRule>: Solver
where Rule.Scalar == D.Problem.Scalar, D.Problem.Domain == WholeSpace {
  public typealias Problem = D.Problem
  public typealias Scalar = Problem.Scalar

  /// Where to go.
  public var direction: D
  /// How far.
  public var rule: Rule

  @inlinable public init(_ direction: D, step rule: Rule) {
    self.direction = direction
    self.rule = rule
  }

  /// The direction of the last step, and what direction and rule remember.
  public struct Memory: Sendable, Codable, Equatable {
    /// The direction of the last step, where it was not taken at once (``Direction/stepsAtOnce(_:)``).
    public var p: Vector<Scalar>
    /// What the direction remembers.
    public var direction: D.Memory
    /// What the rule remembers.
    public var rule: Rule.Memory

    @inlinable init(p: Vector<Scalar>, direction: D.Memory, rule: Rule.Memory) {
      self.p = p
      self.direction = direction
      self.rule = rule
    }
  }

  @inlinable public var complaint: String? {
    if let complaint = direction.complaint ?? rule.complaint { return complaint }
    guard direction.demandsRate, rule.rate(at: 0) == nil else { return nil }
    return """
      The direction keeps the rate in what it remembers, and the step rule does not know it beforehand: choose a rate or a \
      schedule, such as Constant(rate: 1e-2).
      """
  }

  @inlinable public var comparesGradients: Bool { direction.comparesGradients }

  @inlinable public var comparesValues: Bool { rule.searches }

  @inlinable public func restarts(in memory: Memory) -> Restarts { direction.restarts(in: memory.direction) }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(
      p: Vector(zeros: dimension), direction: direction.allocate(dimension, for: problem),
      rule: rule.allocate())
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if let α = rule.rate(at: state.iteration), direction.stepsAtOnce(state.memory.direction) {
      state.takeStep { (point, start, gradient, memory) in
        direction.step(&point, from: start, along: gradient, by: α, &memory.direction)
      }
      return .accepted(length: α)
    }
    while true {
      let suggestion = try direction.choose(
        &state.memory.p, at: state.current, after: state.other, iteration: state.iteration,
        &state.memory.direction, asking: &oracle)
      let length = try rule.choose(
        trying: suggestion, from: state.current, along: state.memory.p, trial: &state.other,
        lowest: &state.best, iteration: state.iteration, &state.memory.rule, asking: &oracle
      ) { x, current, p, α in x.set(current, plus: α, times: p) }
      switch length {
      case .accepted(let α):
        state.acceptTrial()
        return .accepted(length: α)
      case .improved(_, .noLowerBound):
        state.acceptTrial()
        return .stuck(.noLowerBound)
      case .improved(let α, _):
        state.acceptTrial()
        return .accepted(length: α)
      case .failed(let obstacle):
        // The trial has taken the place of the previous point: it makes no pair with the current one.
        state.other.isEvaluated = false
        guard direction.restart(&state.memory.direction, at: state.iteration) else { return .stuck(obstacle) }
      }
    }
  }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try direction.curvature(at: iterate, asking: &oracle)
  }
}

extension StepRule {
  /// Chooses α on the way from `current` along p, and leaves the point there in `trial`; `move` makes it from x, p and
  /// α, which it is handed because a closure that holds vectors costs their reference counts in every step.
  ///
  /// A trial that is lower than the current point is noted before the next one takes its place: the search may be
  /// halted before it finds a better one.
  @inlinable func choose<Problem: DifferentiableObjective>(
    trying suggestion: Scalar, from current: Iterate<Scalar>, along p: Vector<Scalar>,
    trial: inout Iterate<Scalar>, lowest: inout Record<Scalar>, iteration: Int, _ memory: inout Memory,
    asking oracle: inout Oracle<Problem>,
    moving move: (inout Vector<Scalar>, Vector<Scalar>, Vector<Scalar>, Scalar) -> Void
  ) throws(Halt<Problem.Failure>) -> StepLength<Scalar> where Problem.Scalar == Scalar {
    let departure = Departure(
      value: current.value, slope: current.gradient.dot(p), suggestion: suggestion, iteration: iteration)
    trial.isEvaluated = false
    var lengthOfTrial: Scalar?
    let length = try choose(from: departure, &memory) { (α: Scalar) throws(Halt<Problem.Failure>) in
      if trial.isEvaluated, trial.value < current.value { lowest.note(trial.point, trial.value) }
      lengthOfTrial = α
      trial.isEvaluated = false
      move(&trial.point, current.point, p, α)
      try oracle.evaluate(&trial)
      return Sample(length: α, value: trial.value, slope: trial.gradient.dot(p))
    }
    switch length {
    case .accepted(let α), .improved(let α, _):
      // A rule that never asked, or one that falls back on an earlier trial, leaves the point to be evaluated.
      if α != lengthOfTrial {
        move(&trial.point, current.point, p, α)
        trial.isEvaluated = false
      }
    case .failed: break
    }
    return length
  }
}
