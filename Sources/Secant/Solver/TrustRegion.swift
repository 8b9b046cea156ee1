/// A trust-region method: the step lowers a model of f as far as the model is believed, and the belief follows f.
///
/// p lowers m(p) = f + gᵀp + ½pᵀBp within ‖p‖ ≤ Δ, in the subproblem's own norm. With
/// ρ = (f(x) − f(x + p)) / (m(0) − m(p)) the step is taken when ρ > η, and the radius shrinks or grows
/// (``RatioRadius``, ``InterpolatingRadius``, ``SelfAdaptiveRadius``, any of them in a ``NonMonotoneRadius``, or a
/// ``RadiusRule`` of your own). A trial point that is not finite counts as ρ = −∞. With a ``ScaledModel`` the region is
/// an ellipsoid.
///
/// Where the rule gives no Δ₀, it is the length ‖g‖³/gᵀBg of the model's Cauchy step, but at least ‖x‖/10⁶; where the
/// model does not curve upwards along g, max(1, ‖x‖)/10. It costs a product with B.
///
/// Near a minimum the values drown in rounding before the gradient does, and ρ with them. Values that agree to
/// `noise`·|f| are therefore compared by their slopes, f(x + p) − f(x) ≈ ½(∇f(x) + ∇f(x + p))ᵀp, unless both the value
/// and the gradient grew.
///
/// - **Demands**: what its model demands: ``HessianModel`` a ``HessianVectorObjective``.
/// - **Memory**: n, and what the model, the subproblem and the rule remember.
/// - **Work per step**: one value and gradient, and the subproblem's.
/// - **Guarantees**: with ``RatioRadius`` f never rises, but for `noise`, and every limit point is stationary. With the
///   Hessian as model convergence is superlinear near a strict minimum, and saddles are left (``curvature(at:asking:)``).
/// - **Reference**: Conn, Gould and Toint, *Trust-Region Methods* (2000), algorithm 6.1.1; Nocedal and Wright,
///   *Numerical Optimization*, 2nd ed., algorithm 4.1.
///
/// | book | here |
/// | --- | --- |
/// | Δ, Δ₀, Δ̂ | `radius`, `rule.initial`, `rule.largest` |
/// | η | `rule.acceptance` |
/// | ρ | `ρ` |
public struct TrustRegion<Subproblem: TrustRegionSubproblem, Rule: RadiusRule>: Solver
where Rule.Scalar == Subproblem.Model.Problem.Scalar, Subproblem.Model.Problem.Domain == WholeSpace {
  public typealias Model = Subproblem.Model
  public typealias Problem = Model.Problem
  public typealias Scalar = Problem.Scalar

  /// What B is.
  public var model: Model
  /// How m is lowered within the ball.
  public var subproblem: Subproblem
  /// How Δ follows ρ, and which steps are taken.
  public var rule: Rule
  /// Values closer than `noise`·|f| are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(
    model: Model, subproblem: Subproblem, radius rule: Rule, noise: Scalar? = nil
  ) {
    self.model = model
    self.subproblem = subproblem
    self.rule = rule
    self.noise = noise ?? .noiseOfValues
  }

  /// Δ and the last step, and what the model and the subproblem remember.
  public struct Memory: Sendable, Codable, Equatable {
    /// The step that was tried last.
    public var p: Vector<Scalar>
    /// Δ, 0 before the first step.
    public var radius: Scalar = 0
    /// What the model remembers.
    public var model: Model.Memory
    /// What the subproblem remembers.
    public var subproblem: Subproblem.Memory
    /// What the radius rule remembers.
    public var rule: Rule.Memory
    /// Room for D⁻¹g, where the model is scaled.
    @usableFromInline var scaledGradient: Scratch<Scalar>
    /// The point that the model was prepared at, by the number and the value of its iterate.
    @usableFromInline var iteration = -1
    @usableFromInline var value: Scalar = 0
    /// Whether the model awaits the trial of its step: a step that was refused halfway finds it ready.
    @usableFromInline var isPrepared = false

    @inlinable init(
      p: Vector<Scalar>, model: Model.Memory, subproblem: Subproblem.Memory, rule: Rule.Memory, isScaled: Bool
    ) {
      scaledGradient = Scratch(isScaled ? p.count : 0)
      self.p = p
      self.model = model
      self.subproblem = subproblem
      self.rule = rule
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    let model = self.model.allocate(dimension, for: problem)
    return Memory(
      p: Vector(zeros: dimension), model: model, subproblem: subproblem.allocate(dimension),
      rule: rule.allocate(), isScaled: self.model.scaling(model) != nil)
  }

  @inlinable public func evaluate(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try model.evaluate(&state.current, &state.memory.model, asking: &oracle)
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? {
    model.criterion(at: state.current, state.watch, state.memory.model, convergence)
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let hasMoved = state.memory.iteration != state.iteration || state.memory.value != state.current.value
    if hasMoved || !state.memory.isPrepared {
      try model.prepare(
        at: state.current, beside: state.other, hasMoved: hasMoved, &state.memory.model, asking: &oracle)
      state.memory.iteration = state.iteration
      state.memory.value = state.current.value
      state.memory.isPrepared = true
    }

    let step = try lowerModel(&state, asking: &oracle)
    guard step.decrease > 0 else { return .stuck(step.decrease.isNaN ? .nonFinite : .notADescentDirection) }

    state.noteTrial()
    state.other.isEvaluated = false
    state.other.point.set(state.current.point, plus: 1, times: state.memory.p)
    if state.other.point == state.current.point { return .stuck(.radiusCollapsed) }
    try model.evaluate(&state.other, &state.memory.model, asking: &oracle)
    state.memory.isPrepared = false
    if state.other.value == -.infinity { return .stuck(.noLowerBound) }

    let trial = examine(step, from: state.current, along: state.memory.p, to: state.other)
    guard rule.judge(trial, &state.memory.radius, &state.memory.rule) else { return .rejected }
    return state.acceptTrial(
      length: step.length, distance: step.length, farthest: rule.largest * 0.999)
  }

  /// Writes the step that lowers m into `p`, with the gradient scaled where the model is.
  @inlinable func lowerModel(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> ModelStep<Scalar> {
    guard let D = model.scaling(state.memory.model) else { return try solve(&state, asking: &oracle) }
    state.memory.scaledGradient.vector.set(state.current.gradient, dividedBy: D)
    swap(&state.current.gradient, &state.memory.scaledGradient.vector)
    defer { swap(&state.current.gradient, &state.memory.scaledGradient.vector) }
    let step = try solve(&state, asking: &oracle)
    state.memory.p.divide(by: D)
    return step
  }

  @inlinable func solve(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> ModelStep<Scalar> {
    if state.memory.radius == 0 {
      let radius =
        if let initial = rule.initial { initial } else { try automaticRadius(&state, asking: &oracle) }
      state.memory.radius = Swift.min(radius, rule.largest)
    }
    return try subproblem.solve(
      &state.memory.p, from: state.current, within: state.memory.radius, &state.memory.subproblem,
      model: model, &state.memory.model, asking: &oracle)
  }

  /// Δ₀ = ‖g‖³/gᵀBg, the length of the model's Cauchy step, which no change of scale in f or in x moves elsewhere; but
  /// at least a millionth of ‖x‖, for next to a saddle a small gradient is no sign that the way is short.
  ///
  /// Where the model does not curve upwards along g, it is a tenth of max(1, ‖x‖).
  @inlinable func automaticRadius(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try model.multiply(
      state.current.gradient, at: state.current, into: &state.memory.p, &state.memory.model, asking: &oracle)
    let gᵀBg = state.current.gradient.dot(state.memory.p)
    let norm = state.current.gradient.norm
    let length = norm / (gᵀBg / norm / norm)
    state.memory.p.copy(state.current.point)
    if let D = model.scaling(state.memory.model) { state.memory.p.multiply(by: D) }
    let size = state.memory.p.norm
    if length > 0 && length.isFinite { return Swift.max(length, size / 1_000_000) }
    return Swift.max(1, size) / 10
  }

  /// What the trial point says of a step: ρ, the part of the promised decrease that f shows there, and its slope.
  @inlinable func examine(
    _ step: ModelStep<Scalar>, from current: Iterate<Scalar>, along p: Vector<Scalar>,
    to trial: Iterate<Scalar>
  ) -> TrialStep<Scalar> {
    let end = Sample(length: 1, value: trial.value, slope: trial.gradient.dot(p))
    let start = Sample(length: 0, value: current.value, slope: current.gradient.dot(p))
    var ρ = -Scalar.infinity
    if end.isFinite {
      // Slopes may not lead uphill: a gradient that is wrong would take the run there, a rounding at a time. Beside a saddle
      // the gradient does grow, and there a value that did not is enough.
      let mayTell = trial.value <= current.value || trial.gradient.norm <= current.gradient.norm
      let noise = mayTell ? noise : 0
      ρ = -start.change(to: end, noise: noise) / step.decrease
    }
    return TrialStep(step, ratio: ρ, value: current.value, slope: start.slope)
  }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try model.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public var comparesGradients: Bool { model.comparesGradients }

  @inlinable public var comparesValues: Bool { true }

  public var complaint: String? {
    complaintAboutNoise(noise) ?? rule.complaint ?? subproblem.complaint ?? model.complaint
  }

  @inlinable public func complaint(inDimension n: Int) -> String? { model.complaint(inDimension: n) }
}

extension Solver {
  /// Trust-region Newton with conjugate gradients on Hessian-vector products: see ``TrustRegion`` and
  /// ``SteihaugToint``.
  @inlinable public static func trustRegion<P>() -> Self
  where Self == TrustRegion<SteihaugToint<HessianModel<P>>, RatioRadius<P.Scalar>> {
    TrustRegion(model: HessianModel(), subproblem: SteihaugToint(), radius: RatioRadius())
  }

  /// Trust-region Newton with the Hessian as a matrix and its model lowered nearly exactly: see ``TrustRegion`` and
  /// ``MoreSorensen``.
  @inlinable public static func exactTrustRegion<P>() -> Self
  where Self == TrustRegion<MoreSorensen<DenseHessianModel<P>>, RatioRadius<P.Scalar>> {
    TrustRegion(model: DenseHessianModel(), subproblem: MoreSorensen(), radius: RatioRadius())
  }

  /// A trust region with conjugate gradients on a model of your choice: `.trustRegion(model: DenseHessianModel())`
  /// evaluates one dense Hessian a point instead of many products.
  @inlinable public static func trustRegion<Model>(
    model: Model
  ) -> Self where Self == TrustRegion<SteihaugToint<Model>, RatioRadius<Model.Problem.Scalar>> {
    TrustRegion(model: model, subproblem: SteihaugToint(), radius: .usual(for: Model.Problem.self))
  }

  /// A trust region with a model and a radius rule of your choice.
  @inlinable public static func trustRegion<Model, Rule>(
    model: Model, radius rule: Rule
  ) -> Self where Self == TrustRegion<SteihaugToint<Model>, Rule> {
    TrustRegion(model: model, subproblem: SteihaugToint(), radius: rule)
  }

  /// A trust region with a model and a subproblem of your choice.
  @inlinable public static func trustRegion<Subproblem>(
    model: Subproblem.Model, subproblem: Subproblem
  ) -> Self where Self == TrustRegion<Subproblem, RatioRadius<Subproblem.Model.Problem.Scalar>> {
    TrustRegion(model: model, subproblem: subproblem, radius: .usual(for: Subproblem.Model.Problem.self))
  }

  /// A trust region with a model, a subproblem and a radius rule of your choice.
  @inlinable public static func trustRegion<Subproblem, Rule>(
    model: Subproblem.Model, subproblem: Subproblem, radius rule: Rule
  ) -> Self where Self == TrustRegion<Subproblem, Rule> {
    TrustRegion(model: model, subproblem: subproblem, radius: rule)
  }
}
