public import SecantLinearAlgebra

/// Any solver whose answer is an average of its points: Polyak and Ruppert's, an exponential one, or that of stochastic weight
/// averaging.
///
/// ```swift
/// minimize(problem, from: start, using: .averaged(.onBatches(of: 32, .momentum(rate: 1e-2))))
/// ```
///
/// x̄ ← x̄ + w(x − x̄) after a step of the base, with w as the ``Averaging`` has it. The base goes its way from its own points and
/// knows nothing of the average.
///
/// x̄ is the run's point: its value is looked at after every pass over the data, at the driver's expense, convergence is judged
/// there, and the lowest average that was looked at is the answer. A base that converges by itself, such as ``LimitedMemoryBFGS``
/// with its search, is slowed: its average lags behind, and meanwhile its searches spend their trials at the limit of precision.
///
/// - **Demands**: what its base demands, and the whole space.
/// - **Memory**: the base's and 3n.
/// - **Work per step**: the base's and O(n), in one pass.
/// - **Guarantees**: a run that ends before the average begins says so. Where the base's points settle about a minimum the average comes nearer to it than they do; the mean has
///   the least variance that any method with these gradients can have (Polyak and Juditsky), with rates that fall slower than
///   1/k.
/// - **Reference**: Ruppert 1988; Polyak and Juditsky, *SIAM J. Control Optim.* 30 (1992); Izmailov, Podoprikhin, Garipov,
///   Vetrov and Wilson, UAI 2018 (1803.05407).
///
/// | papers | here |
/// | --- | --- |
/// | x̄, w_SWA | the state's current point |
/// | x, w | `Own.base` |
/// | c, the cycle length | ``Averaging/mean(from:every:)`` |
public struct Averaged<Base: Solver>: Wrapper where Base.Problem.Domain == WholeSpace {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver whose points are averaged.
  public var base: Base
  /// How they are averaged.
  public var averaging: Averaging<Scalar>

  @inlinable public init(_ base: Base, by averaging: Averaging<Scalar> = .mean) {
    self.base = base
    self.averaging = averaging
  }

  /// The base's point and its lowest, and how many of its points are in the average.
  public struct Own: Sendable, Codable, Equatable {
    /// x, the base's point, with what is known of it.
    public var base: Iterate<Scalar>
    /// The lowest of the base's points that were evaluated, which are not the answer.
    public var lowest: Record<Scalar>
    /// Steps of the base.
    public var steps = 0
    /// Its points in the average.
    public var count = 0
    /// The number of the iterate that the average belongs to; −1 before the first step.
    @usableFromInline var iteration = -1

    @inlinable init(_ dimension: Int) {
      base = Iterate(Vector(zeros: dimension))
      lowest = Record(dimension: dimension)
    }

    /// Begins at a point: the start, or one to which the driver moved the run.
    @inlinable mutating func begin(at current: Iterate<Scalar>, iteration: Int) {
      base.copy(current)
      self.iteration = iteration
      (steps, count) = (0, 0)
    }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for _: Problem) -> Own { Own(dimension) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.memory.own.iteration != state.iteration {
      state.noteCurrent()
      state.memory.own.begin(at: state.current, iteration: state.iteration)
    } else if !state.current.isEvaluated {
      // What is not known of the average is not known of the base's point: the problem may be another batch.
      state.memory.own.base.isEvaluated = false
    }
    let step = try advanceBaseFromItsPoint(&state, asking: &oracle)
    guard state.iteration > state.memory.own.iteration else { return step }
    state.memory.own.iteration = state.iteration
    state.memory.own.steps += 1
    let part = averaging.part(ofStep: state.memory.own.steps, after: state.memory.own.count)
    if part > 0 {
      state.memory.own.count += averaging.includes(state.memory.own.steps) ? 1 : 0
      state.current.point.scale(by: 1 - part, adding: state.memory.own.base.point, times: part)
      state.current.isEvaluated = false
    }
    guard case .accepted(let length) = step else { return step }
    return .sampled(length: length, completesPass: part > 0)
  }

  /// The base takes a step from its own point, and keeps its own record.
  @inlinable func advanceBaseFromItsPoint(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    swap(&state.current, &state.memory.own.base)
    swap(&state.best, &state.memory.own.lowest)
    defer {
      swap(&state.current, &state.memory.own.base)
      swap(&state.best, &state.memory.own.lowest)
    }
    if base.setsOutFromGradient, !state.current.isEvaluated { try evaluateBase(&state, asking: &oracle) }
    return try advanceBase(&state, asking: &oracle)
  }

  /// The base knows its own point; of the average nothing but its gradient is known.
  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.watch, state.current.gradient) }

  @inlinable public var setsOutFromGradient: Bool { false }

  @inlinable public func remark(in memory: Memory) -> String? {
    if case .mean(let from, _) = averaging, memory.own.count == 0, memory.own.steps > 0 {
      return """
        The average never began: it takes points in from step \(from) on, and the run took \(memory.own.steps); the \
        point given is the base's own.
        """
    }
    return base.remark(in: memory.base.memory)
  }

  public var complaint: String? { averaging.complaint ?? base.complaint }
}

/// How ``Averaged`` weighs the points of its base.
public enum Averaging<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The mean of the points after the steps `from`, `from` + `every` and so on; before the first of them the base's point.
  case mean(from: Int, every: Int)
  /// x̄ ← βx̄ + (1 − β)x from the first point on. Corrected, x̄ begins at 0 and is divided by 1 − βᵗ, so that the first points weigh
  /// no more than they should; not corrected, x̄ begins at the first point, as in PyTorch.
  case exponential(decay: Scalar, isCorrected: Bool)

  /// The mean of all points: Polyak and Ruppert's.
  @inlinable public static var mean: Self { .mean(from: 1, every: 1) }

  /// Stochastic weight averaging: the mean of every k-th point from a step on.
  @inlinable public static func stochasticWeights(from step: Int, every interval: Int = 1) -> Self {
    .mean(from: step, every: interval)
  }

  /// An exponential average, corrected for its beginning.
  @inlinable public static func exponential(decay: Scalar) -> Self {
    .exponential(decay: decay, isCorrected: true)
  }

  /// Whether the point after a step, counted from 1, is in the average.
  @inlinable func includes(_ step: Int) -> Bool {
    switch self {
    case .mean(let from, let every): step >= from && (step - from) % every == 0
    case .exponential: true
    }
  }

  /// w, the part of the point after a step in the average with those before it: 0 where the average stays, 1 where there is none
  /// yet.
  @inlinable func part(ofStep step: Int, after count: Int) -> Scalar {
    switch self {
    case .mean: includes(step) ? 1 / (Scalar(count) + 1) : count == 0 ? 1 : 0
    case .exponential(let β, true): (1 - β) / Scalar.oneMinusPower(β, count + 1)
    case .exponential(let β, false): count == 0 ? 1 : 1 - β
    }
  }

  @usableFromInline var complaint: String? {
    switch self {
    case .mean(let from, let every):
      if from < 1 { return "the average begins after step \(from): choose at least 1." }
      return every < 1 ? "every \(every)-th point is averaged: choose at least 1." : nil
    case .exponential(let β, _): return complaintAboutAverage("decay (β)", β, suggesting: "0.999")
    }
  }
}

extension Solver where Problem.Domain == WholeSpace {
  /// This solver, whose answer is an average of its points; see ``Averaged``.
  @inlinable public func averaged(by averaging: Averaging<Problem.Scalar> = .mean) -> Averaged<Self> {
    Averaged(self, by: averaging)
  }
}

extension Solver {
  /// A solver whose answer is an average of its points: the spelling of `averaged(by:)` for an array of `any Solver<P>`; see
  /// ``Averaged``.
  @inlinable public static func averaged<Base>(
    by averaging: Averaging<Base.Problem.Scalar> = .mean, _ base: Base
  ) -> Self where Self == Averaged<Base> { Averaged(base, by: averaging) }
}
