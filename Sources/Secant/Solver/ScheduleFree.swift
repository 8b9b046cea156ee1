public import RealModule
public import SecantLinearAlgebra

/// Any method with a rate, averaged as it goes: schedule-free learning, whose answer is the average and whose gradients are
/// taken between it and the base's point.
///
/// ```swift
/// minimize(problem, from: start, using: .scheduleFreeAdamW())
/// ```
///
/// y = (1 − β)z + βx; z ← the base's step from z with ∇f(y), less ηλy; x ← (1 − c)x + cz with c = w/Σw,
/// w = kʳ·(the greatest η so far)ᵖ at the step k.
///
/// x is the run's point, whatever is asked of it and when: there is no mode to switch, and none to forget. Its value is looked
/// at after every pass over the data, at the driver's expense, and convergence is judged there.
///
/// - **Demands**: what its base demands, and the whole space: a method with a rate. Momentum is β's business, so the base has
///   none: gradient descent, or Adam with β₁ = 0. A base that searches would compare f with a gradient from elsewhere: it is
///   refused, as are one that compares the gradients of two points and one that asks for its gradients itself.
/// - **Memory**: the base's and 3n.
/// - **Work per step**: the base's and O(n), in two passes. One gradient a step, at y.
/// - **Guarantees**: with a constant rate, β = 0 and r = 0, x is the mean of z's points (Polyak and Ruppert); with β = 1 it is
///   primal averaging. Gradient descent: f(x) − f* = O(1/√k) on convex functions for any β in [0, 1], without a schedule.
/// - **Reference**: Defazio, Yang, Mehta, Mishchenko, Khaled and Cutkosky, NeurIPS 2024 (2405.15682), Algorithm 1, and the
///   authors' package schedulefree.
///
/// | paper, package | here |
/// | --- | --- |
/// | x, z, y | the state's current point, `Own.base`, `Own.between` |
/// | β, `betas[0]`, `momentum` | `interpolation` |
/// | λ, `weight_decay` | `decay` |
/// | `r`, `weight_lr_power` | `growth`, `ratePower` |
public struct ScheduleFree<Base: Solver>: Wrapper where Base.Problem.Domain == WholeSpace {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The method that moves z.
  public var base: Base
  /// β, how far y is on the way from z to x.
  public var interpolation: Scalar
  /// λ: z moves by −ηλy besides.
  public var decay: Scalar
  /// r: the weights grow like the r-th power of the number of steps.
  public var growth: Scalar
  /// p: the weights are the p-th power of the greatest rate so far, so that a warm-up counts for little.
  public var ratePower: Scalar

  @inlinable public init(
    _ base: Base, interpolation: Scalar = 0.9, decay: Scalar = 0, growth: Scalar = 0, ratePower: Scalar = 2
  ) {
    self.base = base
    self.interpolation = interpolation
    self.decay = decay
    self.growth = growth
    self.ratePower = ratePower
  }

  /// The base's point, and the weights of the average.
  public struct Own: Sendable, Codable, Equatable {
    /// z, with ∇f(y).
    public var base: Iterate<Scalar>
    /// y.
    public var between: Vector<Scalar>
    /// k, steps in the average.
    public var steps = 0
    /// Σw.
    public var weight: Scalar = 0
    /// The greatest rate so far.
    public var greatestRate: Scalar = 0
    /// The number of the iterate that the average belongs to; −1 before the first step.
    @usableFromInline var iteration = -1

    @inlinable init(_ dimension: Int) {
      base = Iterate(Vector(zeros: dimension))
      between = Vector(zeros: dimension)
    }

    /// Begins at a point: the start, or one to which the driver moved the run.
    @inlinable mutating func begin(at current: Iterate<Scalar>, iteration: Int) {
      base.copy(current)
      between.copy(current.point)
      self.iteration = iteration
      steps = 0
      weight = 0
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
    } else {
      state.memory.own.base.isEvaluated = false
      state.memory.own.between.set(
        state.memory.own.base.point, times: 1 - interpolation, plus: state.current.point, times: interpolation
      )
    }
    if !state.memory.own.base.isEvaluated {
      state.memory.own.base.value = try oracle.valueAndGradient(
        at: state.memory.own.between, into: &state.memory.own.base.gradient)
      state.memory.own.base.isEvaluated = true
    }
    swap(&state.current, &state.memory.own.base)
    defer { swap(&state.current, &state.memory.own.base) }
    let step = try advanceBase(&state, asking: &oracle)
    guard case .accepted(let length) = step else { return step }
    if decay != 0 {
      state.current.point.add(state.memory.own.between, times: -length * decay)
      state.current.isEvaluated = false
    }
    // The point that was left is known by the gradient of another.
    state.other.isEvaluated = false
    let part = state.memory.own.part(ofStepAt: length, growth: growth, ratePower: ratePower)
    state.memory.own.iteration = state.iteration
    state.memory.own.base.point.scale(by: 1 - part, adding: state.current.point, times: part)
    state.memory.own.base.isEvaluated = false
    return .sampled(length: length, completesPass: true)
  }

  /// The base knows z; of the average nothing but its gradient is known.
  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.watch, state.current.gradient) }

  @inlinable public var setsOutFromGradient: Bool { false }

  public var complaint: String? {
    if !(interpolation >= 0 && interpolation <= 1) {
      return "interpolation (β) is \(interpolation): choose a number from 0 to 1, such as 0.9."
    }
    return complaintAboutSize("decay (λ)", decay, suggesting: "0.01, or 0 for none")
      ?? complaintAboutSize("growth (r)", growth, suggesting: "0")
      ?? complaintAboutSize("ratePower (p)", ratePower, suggesting: "2")
      ?? base.complaintAboutForeignGradient(suggesting: ".gradientDescent(rate: 1)") ?? base.complaint
  }
}

extension ScheduleFree.Own {
  /// c, the part of the new point in the average.
  @inlinable mutating func part(
    ofStepAt rate: Base.Problem.Scalar, growth: Base.Problem.Scalar, ratePower: Base.Problem.Scalar
  ) -> Base.Problem.Scalar {
    steps += 1
    greatestRate = Swift.max(greatestRate, rate)
    let weight =
      Base.Problem.Scalar.pow(Base.Problem.Scalar(steps), growth)
      * Base.Problem.Scalar.pow(greatestRate, ratePower)
    self.weight += weight
    return self.weight > 0 ? weight / self.weight : 0
  }
}

extension Iterate {
  /// Takes over a point and what is known of it, into the storage that is there.
  @inlinable mutating func copy(_ other: Iterate) {
    point.copy(other.point)
    if other.isEvaluated { gradient.copy(other.gradient) }
    value = other.value
    isEvaluated = other.isEvaluated
  }
}

extension Solver where Problem.Domain == WholeSpace {
  /// This method with a rate, averaged as it goes; see ``ScheduleFree``.
  @inlinable public func scheduleFree(
    interpolation: Problem.Scalar = 0.9, decay: Problem.Scalar = 0
  ) -> ScheduleFree<Self> { ScheduleFree(self, interpolation: interpolation, decay: decay) }
}

extension Solver {
  /// A method with a rate, averaged as it goes: the spelling of `scheduleFree(interpolation:decay:)` for an array of
  /// `any Solver<P>`; see ``ScheduleFree``.
  @inlinable public static func scheduleFree<Base>(
    interpolation: Base.Problem.Scalar = 0.9, decay: Base.Problem.Scalar = 0, _ base: Base
  ) -> Self where Self == ScheduleFree<Base> {
    ScheduleFree(base, interpolation: interpolation, decay: decay)
  }

  /// Schedule-Free SGD, whose rate is k/`warmup` of the whole at the step k ≤ `warmup`; see ``ScheduleFree``.
  @inlinable public static func scheduleFreeSGD<P>(
    rate: P.Scalar = 1, interpolation: P.Scalar = 0.9, decay: P.Scalar = 0, warmup: Int = 0
  ) -> Self where Self == ScheduleFree<Descent<SteepestDescent<P>, Scheduled<P.Scalar>>> {
    ScheduleFree(
      Descent(SteepestDescent(), step: Scheduled(Schedule(rate: rate, warmup: Swift.max(0, warmup - 1)))),
      interpolation: interpolation, decay: decay)
  }

  /// Schedule-Free AdamW, whose rate is k/`warmup` of the whole at the step k ≤ `warmup`; see ``ScheduleFree``.
  @inlinable public static func scheduleFreeAdamW<P>(
    rate: P.Scalar = 0.0025, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    decay: P.Scalar = 0, warmup: Int = 0
  ) -> Self where Self == ScheduleFree<Descent<Adam<P>, Scheduled<P.Scalar>>> {
    ScheduleFree(
      Descent(
        Adam(betas: (0, betas.1), epsilon: epsilon),
        step: Scheduled(Schedule(rate: rate, warmup: Swift.max(0, warmup - 1)))),
      interpolation: betas.0, decay: decay)
  }
}
