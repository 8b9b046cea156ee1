/// The Levenberg–Marquardt method within bounds: each step minimises the damped linear model over the whole box.
///
/// p minimises ‖r + Jp‖² + λ‖Dp‖² over l ≤ x + p ≤ u. λ is chosen, as without bounds, by a ``Damping`` rule that sees the
/// variables which no bound holds. Where the step of ``LevenbergMarquardt`` over these stays in the box it is taken;
/// otherwise an active set (`BoundedLeastSquares`) works on the triangle that J was factored into, so that a bound more
/// costs n³ and nothing of m.
///
/// Values that agree to `noise`·f are compared by their slopes.
///
/// The run has converged when the residuals are orthogonal to the columns of the variables that no bound holds
/// (``Convergence/orthogonality``): those off their bounds, and those on one that f falls away from.
///
/// - **Demands**: ``ResidualObjective`` and ``BoundedObjective``.
/// - **Memory**: 2mn + 5n² + 3m + 30n, and for larger systems 4n².
/// - **Work per step**: that of ``LevenbergMarquardt``, and 4n³/3 flops for each set of free variables where a bound is met.
/// - **Guarantees**: every point is in the box, and f never rises, but for `noise`; every limit point is stationary. Bounds
///   that hold the answer by a multiplier are found in finitely many steps, and from then on it is
///   ``LevenbergMarquardt`` over the other variables; where no bound is met it is so bit for bit, until the decrease
///   that is left drowns in rounding.
/// - **Reference**: Kanzow, Yamashita and Fukushima, *J. Comput. Appl. Math.* 172 (2004) 375–397, their constrained
///   method, with the damping of Moré 1978.
public struct ProjectedLevenbergMarquardt<Problem: ResidualObjective & BoundedObjective, Rule: Damping>:
  Solver
where Rule.Scalar == Problem.Scalar {
  public typealias Scalar = Problem.Scalar

  /// How λ is chosen.
  public var damping: Rule
  /// What D is.
  public var scaling: ColumnScaling
  /// Values closer than `noise`·f are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(damping: Rule, scaling: ColumnScaling = .greatestNorms, noise: Scalar? = nil) {
    self.damping = damping
    self.scaling = scaling
    self.noise = noise ?? .noiseOfValues
  }

  /// The linearised residuals, and what the rule remembers.
  public struct Memory: Sendable, Codable, Equatable {
    /// r, J and what is made of them, at the current point.
    public var residuals: TriedResiduals<Scalar>
    /// What the rule remembers.
    public var damping: Rule.Memory
    @usableFromInline var box: BoundedLeastSquares<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int, damping: Rule.Memory) {
      residuals = TriedResiduals(m, n)
      self.damping = damping
      box = BoundedLeastSquares(shape: n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension, damping: damping.allocate())
  }

  @inlinable public func evaluate(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try state.memory.residuals.linearized.evaluate(
      &state.current, iteration: state.iteration, scaledBy: scaling, asking: &oracle)
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.memory.residuals.linearized) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    guard
      try state.memory.residuals.prepare(
        &state.current, iteration: state.iteration, scaledBy: scaling, asking: &oracle)
    else { return .stuck(.nonFinite) }
    let λ = state.memory.residuals.choose(damping, &state.memory.damping, at: state.current.point)
    var step = state.memory.residuals.linearized.step(damping: λ, into: &state.memory.residuals.p.vector)
    let length = step.length
    guard step.decrease > 0 else { return .stuck(step.decrease.isNaN ? .nonFinite : .notADescentDirection) }
    state.other.isEvaluated = false
    state.other.point.set(state.current.point, plus: 1, times: state.memory.residuals.p.vector)
    let bounds = oracle.problem.bounds
    if !bounds.contains(state.other.point) {
      step = try state.memory.stepWithin(bounds, from: state.current.point, damping: λ, asking: &oracle)
      guard step.decrease > 0 else { return .stuck(.notADescentDirection) }
      bounds.move(
        &state.other.point, from: state.current.point, by: 1, along: state.memory.residuals.p.vector)
    }
    step.decrease *= oracle.problem.residualWeight
    if state.other.point == state.current.point { return .stuck(.radiusCollapsed) }

    guard
      try state.memory.residuals.takes(
        step, cutFrom: length, from: state.current, to: &state.other, &state.best,
        iteration: state.iteration, judgedBy: damping, &state.memory.damping, noise: noise,
        scaledBy: scaling, asking: &oracle)
    else { return .rejected }
    state.acceptTrial()
    return .accepted(length: step.length)
  }

  public var complaint: String? { complaintAboutNoise(noise) ?? damping.complaint }
}

extension ProjectedLevenbergMarquardt.Memory {
  /// p ← argmin ‖r + Jp‖² + λ‖Dp‖² over l ≤ x + p ≤ u.
  @inlinable mutating func stepWithin(
    _ bounds: Bounds<Rule.Scalar>, from x: Vector<Rule.Scalar>, damping λ: Rule.Scalar,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> ModelStep<Rule.Scalar> {
    residuals.linearized.system.reduce(into: &box.A, &box.b)
    box.lower.set(bounds.lower, minus: x)
    box.upper.set(bounds.upper, minus: x)
    box.begin(damping: λ, scaledBy: residuals.linearized.scaling)
    repeat {
      try oracle.chargeFactorisation(flops: Double(BoundedLeastSquares<Rule.Scalar>.flops(x.count)))
    } while box.improve()
    residuals.p.vector.copy(box.p)
    return ModelStep(
      decrease: box.decrease(), length: residuals.linearized.length(of: box.p), isOnBoundary: λ > 0)
  }
}

extension Solver {
  /// The Levenberg–Marquardt method within bounds: see ``ProjectedLevenbergMarquardt``.
  @inlinable public static func projectedLevenbergMarquardt<P>() -> Self
  where Self == ProjectedLevenbergMarquardt<P, TrustRegionDamping<P.Scalar>> {
    ProjectedLevenbergMarquardt(damping: TrustRegionDamping())
  }

  /// The Levenberg–Marquardt method within bounds, with a damping of your choice.
  @inlinable public static func projectedLevenbergMarquardt<P, Rule>(
    damping: Rule, scaling: ColumnScaling = .greatestNorms
  ) -> Self where Self == ProjectedLevenbergMarquardt<P, Rule> {
    ProjectedLevenbergMarquardt(damping: damping, scaling: scaling)
  }
}
