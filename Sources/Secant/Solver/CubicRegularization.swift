/// Newton's method with adaptive cubic regularisation: the model overestimates f, and its weight follows f.
///
/// p lowers m(p) = f + gᵀp + ½pᵀBp + ⅓σ‖p‖³. With ρ = (f(x) − f(x + p)) / (m(0) − m(p)) the step is taken when ρ ≥
/// η₁. σ bounds the change of the Hessian, and what f showed says how great it should have been: σ̂ = σ + 3(1 −
/// ρ)(m(0) − m(p))/‖p‖³ makes m agree with f at x + p. Below η₁ σ becomes σ̂, within two and `growth` times σ; above
/// η₂ it becomes σ̂, within `shrinkage` times σ and σ, and no more than ‖g‖ at the new point.
///
/// Values that agree to `noise`·|f| are compared by their slopes, as in ``TrustRegion``. A trial point that is not
/// finite counts as ρ = −∞.
///
/// - **Demands**: what its model demands: ``DenseHessianModel`` a ``TwiceDifferentiableObjective``.
/// - **Memory**: n, and what the model and the subproblem remember.
/// - **Work per step**: one value and gradient, and the subproblem's.
/// - **Guarantees**: f never rises, but for `noise`. With the Hessian as model and an exact subproblem at most
///   O(ε^{−3/2}) evaluations until ‖∇f‖ ≤ ε, the best order that any second-order method has; convergence is
///   quadratic near a strict minimum, and saddles are left.
/// - **Reference**: Cartis, Gould and Toint, *Math. Programming* 127 (2011) 245–295 and 130 (2011) 295–319; Nesterov
///   and Polyak, *Math. Programming* 108 (2006) 177–205; Griewank, DAMTP/NA12 (1981).
///
/// | paper | here |
/// | --- | --- |
/// | s, σ | `p`, `σ` |
/// | η₁, η₂ | `acceptance`, `good` |
/// | γ₁, γ₂ | 2, `growth` |
public struct CubicRegularization<Subproblem: CubicSubproblem>: Solver
where Subproblem.Model.Problem.Domain == WholeSpace {
  public typealias Model = Subproblem.Model
  public typealias Problem = Model.Problem
  public typealias Scalar = Problem.Scalar

  /// What B is.
  public var model: Model
  /// How m is lowered.
  public var subproblem: Subproblem
  /// σ₀; nil takes ‖∇f(x₀)‖, with which the first step is no longer than 1.
  public var initial: Scalar?
  /// η₁: a smaller ρ rejects the step.
  public var acceptance: Scalar
  /// η₂: a greater ρ lets σ fall.
  public var good: Scalar
  /// γ₂: after a rejection σ is at most this many times as great.
  public var growth: Scalar
  /// After a good step σ is at least this part of what it was.
  public var shrinkage: Scalar
  /// Values closer than `noise`·|f| are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(
    model: Model, subproblem: Subproblem, initial: Scalar? = nil, acceptance: Scalar = 0.1,
    good: Scalar = 0.9,
    growth: Scalar = 100, shrinkage: Scalar = 0.1, noise: Scalar? = nil
  ) {
    self.model = model
    self.subproblem = subproblem
    self.initial = initial
    self.acceptance = acceptance
    self.good = good
    self.growth = growth
    self.shrinkage = shrinkage
    self.noise = noise ?? .noiseOfValues
  }

  /// σ and the last step, and what the model and the subproblem remember.
  public struct Memory: Sendable, Codable, Equatable {
    /// The step that was tried last.
    public var p: Vector<Scalar>
    /// σ, 0 before the first step.
    public var σ: Scalar = 0
    /// What the model remembers.
    public var model: Model.Memory
    /// What the subproblem remembers.
    public var subproblem: Subproblem.Memory
    /// The point that the model was prepared at, by the number and the value of its iterate.
    @usableFromInline var iteration = -1
    @usableFromInline var value: Scalar = 0

    enum CodingKeys: String, CodingKey {
      case p, model, subproblem, iteration, value
      case σ = "sigma"
    }

    @inlinable init(p: Vector<Scalar>, model: Model.Memory, subproblem: Subproblem.Memory) {
      self.p = p
      self.model = model
      self.subproblem = subproblem
    }
  }

  @inlinable public var comparesGradients: Bool { model.comparesGradients }

  @inlinable public var comparesValues: Bool { true }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    let memory = model.allocate(dimension, for: problem)
    precondition(
      model.scaling(memory) == nil,
      "the cubic term knows no scaled norm: give the model itself, not a ScaledModel of it")
    return Memory(p: Vector(zeros: dimension), model: memory, subproblem: subproblem.allocate(dimension))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let norm = state.current.gradient.norm
    if norm == 0 { return .stuck(.notADescentDirection) }
    if state.memory.σ == 0 { state.memory.σ = initial ?? norm }
    let hasMoved = state.memory.iteration != state.iteration || state.memory.value != state.current.value
    try model.prepare(
      at: state.current, beside: state.other, hasMoved: hasMoved, &state.memory.model, asking: &oracle)
    let step = try subproblem.solve(
      &state.memory.p, from: state.current, weight: state.memory.σ,
      hasMoved: hasMoved || model.comparesGradients,
      &state.memory.subproblem, model: model, &state.memory.model, asking: &oracle)
    // Only now is the point's work done: a halt before this line does it anew.
    state.memory.iteration = state.iteration
    state.memory.value = state.current.value
    // Where B has become indefinite, a σ that has shrunk too far lets the step overflow.
    if !step.length.isFinite, state.memory.σ < initial ?? norm {
      state.memory.σ = initial ?? norm
      return .rejected
    }
    guard step.decrease > 0, step.decrease.isFinite else {
      return .stuck(step.decrease.isNaN ? .nonFinite : .notADescentDirection)
    }

    state.noteTrial()
    state.other.isEvaluated = false
    state.other.point.set(state.current.point, plus: 1, times: state.memory.p)
    if state.other.point == state.current.point { return .stuck(.radiusCollapsed) }
    try oracle.evaluate(&state.other)
    if state.other.value == -.infinity { return .stuck(.noLowerBound) }

    let ρ = ratio(from: state.current, along: state.memory.p, to: state.other, promised: step.decrease)
    let isTaken = judge(step, ρ, state.other.gradient, &state.memory.σ)
    guard isTaken else { return .rejected }
    return state.acceptTrial(length: step.length, distance: step.length)
  }

  /// Says whether the step is taken, and sets σ for the next.
  @inlinable func judge(
    _ step: ModelStep<Scalar>, _ ρ: Scalar, _ gradient: Vector<Scalar>, _ σ: inout Scalar
  ) -> Bool {
    let cube = step.length * step.length * step.length
    let estimate = σ + 3 * (1 - ρ) * (step.decrease / cube)
    guard ρ >= acceptance else {
      σ = Swift.min(estimate > 2 * σ ? estimate : estimate.isNaN ? growth * σ : 2 * σ, growth * σ)
      σ = Swift.min(σ, .greatestFiniteMagnitude)
      return false
    }
    if ρ > good {
      let lowered = Swift.max(shrinkage * σ, estimate > 0 ? Swift.min(estimate, σ) : 0)
      σ = Swift.max(Swift.min(lowered, gradient.norm), .leastNormalMagnitude)
    }
    return true
  }

  /// ρ, the part of the promised decrease that f shows at the trial point.
  @inlinable func ratio(
    from current: Iterate<Scalar>, along p: Vector<Scalar>, to trial: Iterate<Scalar>, promised: Scalar
  ) -> Scalar {
    let sample = Sample(length: 1, value: trial.value, slope: trial.gradient.dot(p))
    guard sample.isFinite else { return -.infinity }
    // Slopes may not lead uphill: a gradient that is wrong would take the run there, a rounding at a time.
    let noise = trial.gradient.norm <= current.gradient.norm ? noise : 0
    let start = Sample(length: 0, value: current.value, slope: current.gradient.dot(p))
    return -start.change(to: sample, noise: noise) / promised
  }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try model.curvature(at: iterate, asking: &oracle)
  }

  public var complaint: String? {
    if let initial, !(initial > 0 && initial.isFinite) {
      return "The initial weight (σ₀) is \(initial): choose a positive finite number, or nil for ‖∇f(x₀)‖."
    }
    if !(acceptance > 0 && acceptance < good) {
      return "acceptance (η₁) is \(acceptance): choose a number between 0 and good (\(good)), such as 0.1."
    }
    if !(good < 1) { return "good (η₂) is \(good): choose a number below 1, such as 0.9." }
    if !(growth >= 2 && growth.isFinite) {
      return "growth (γ₂) is \(growth): choose a finite number from 2 up, such as 100."
    }
    if !(shrinkage > 0 && shrinkage <= 1) {
      return "shrinkage is \(shrinkage): choose a number above 0 and at most 1, such as 0.1."
    }
    return complaintAboutNoise(noise) ?? subproblem.complaint ?? model.complaint
  }

  @inlinable public func complaint(inDimension n: Int) -> String? { model.complaint(inDimension: n) }
}

extension Solver {
  /// Adaptive cubic regularisation with the dense Hessian, its subproblem solved exactly: see ``CubicRegularization``.
  @inlinable public static func cubicRegularization<P>() -> Self
  where Self == CubicRegularization<DenseCubic<DenseHessianModel<P>>> {
    CubicRegularization(model: DenseHessianModel(), subproblem: DenseCubic())
  }

  /// Adaptive cubic regularisation with products alone: `.cubicRegularization(subproblem: KrylovCubic())`.
  @inlinable public static func cubicRegularization<P>(
    subproblem: KrylovCubic<HessianModel<P>>
  ) -> Self where Self == CubicRegularization<KrylovCubic<HessianModel<P>>> {
    CubicRegularization(model: HessianModel(), subproblem: subproblem)
  }
}
