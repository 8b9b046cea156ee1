/// The Levenberg–Marquardt method: Gauss–Newton steps, damped as far as the linear model is not to be trusted.
///
/// p minimises ‖r + Jp‖² + λ‖Dp‖², by the QR factors of J, with λ from a ``Damping`` rule and D from a ``ColumnScaling``.
/// A trial point costs its residuals; the Jacobian is evaluated where the step is taken, and never twice.
///
/// With `acceleration` α the step follows the curvature of the model: p + ½a with a the damped step against the second
/// derivative of r along p, where 2‖Da‖ ≤ α‖Dp‖; it costs a vector of residuals more.
///
/// A column that has all but vanished says nothing of how far its variable may go: where a step that asked for a move
/// without measure is not taken, that variable is measured by itself from then on.
///
/// Near the end the values drown in rounding before the gradient does. Values that agree to `noise`·f are therefore
/// compared by their slopes, as in ``TrustRegion``.
///
/// The run has converged when the residuals are orthogonal to the columns of J (``Convergence/orthogonality``): a
/// measure that no change of units moves. For a fit, an orthogonality of ω leaves each parameter within about ω√m of its
/// standard error.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: 2mn + 3n² + 3m + 10n.
/// - **Work per step**: a vector of residuals; a Jacobian and 2n²(m − n/3) flops for a step that is taken; the rule's.
/// - **Guarantees**: f never rises, but for `noise`; every limit point is stationary; quadratic convergence where the
///   residuals vanish, linear, and fast where they are small, elsewhere. A Jacobian of short rank does not stop it.
/// - **Reference**: Levenberg 1944; Marquardt 1963; Moré 1978; Transtrum and Sethna, arXiv:1201.5885, for `acceleration`;
///   Bates and Watts, *Technometrics* 23 (1981) 179–183, for the criterion.
public struct LevenbergMarquardt<Problem: ResidualObjective, Rule: Damping>: Solver
where Rule.Scalar == Problem.Scalar, Problem.Domain == WholeSpace {
  public typealias Scalar = Problem.Scalar

  /// How λ is chosen.
  public var damping: Rule
  /// What D is.
  public var scaling: ColumnScaling
  /// α, the longest acceleration that is believed, or nil for none: 0.75 in the paper.
  public var acceleration: Scalar?
  /// Values closer than `noise`·f are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(
    damping: Rule, scaling: ColumnScaling = .greatestNorms, acceleration: Scalar? = nil, noise: Scalar? = nil
  ) {
    self.damping = damping
    self.scaling = scaling
    self.acceleration = acceleration
    self.noise = noise ?? .noiseOfValues
  }

  /// The linearised residuals, and what the rule remembers.
  public struct Memory: Sendable, Codable, Equatable {
    /// r, J and what is made of them, at the current point.
    public var residuals: TriedResiduals<Scalar>
    /// What the rule remembers.
    public var damping: Rule.Memory

    @usableFromInline init(_ m: Int, _ n: Int, damping: Rule.Memory) {
      residuals = TriedResiduals(m, n)
      self.damping = damping
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
    step.decrease *= oracle.problem.residualWeight
    guard step.decrease > 0 else { return .stuck(step.decrease.isNaN ? .nonFinite : .notADescentDirection) }
    state.other.isEvaluated = false
    if let acceleration {
      try bend(&state, damping: λ, length: step.length, atMost: acceleration, asking: &oracle)
    }

    state.other.point.set(state.current.point, plus: 1, times: state.memory.residuals.p.vector)
    if state.other.point == state.current.point { return .stuck(.radiusCollapsed) }
    guard
      try state.memory.residuals.takes(
        step, cutFrom: step.length, from: state.current, to: &state.other, &state.best,
        iteration: state.iteration, judgedBy: damping, &state.memory.damping, noise: noise,
        scaledBy: scaling, asking: &oracle)
    else { return .rejected }
    state.acceptTrial()
    return .accepted(length: step.length)
  }

  /// p ← p + ½a, where the acceleration a = −argmin ‖r″ + Ja‖² + λ‖Da‖² is short enough.
  ///
  /// r″ = ∂²r/∂p² by a difference of residuals, (2/h)((r(x + hp) − r)/h − Jp) with h = 1/10.
  @inlinable func bend(
    _ state: inout State<Scalar, Memory>, damping λ: Scalar, length: Scalar, atMost α: Scalar,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    let h: Scalar = 0.1
    state.other.point.set(state.current.point, plus: h, times: state.memory.residuals.p.vector)
    try oracle.residuals(at: state.other.point, into: &state.memory.residuals.trial.vector)
    // The place of the trial point's gradient, which is not known yet.
    let lengthOfBend = state.memory.residuals.linearized.bend(
      &state.other.gradient, of: state.memory.residuals.p.vector,
      residuals: &state.memory.residuals.trial.vector, after: h,
      damping: λ)
    if 2 * lengthOfBend <= α * length {
      state.memory.residuals.p.vector.add(state.other.gradient, times: 0.5)
    }
  }

  @inlinable public var comparesValues: Bool { true }

  @inlinable public var complaint: String? {
    if let acceleration, !(acceleration > 0 && acceleration.isFinite) {
      return "acceleration (α) is \(acceleration): choose a positive number, such as 0.75, or nil."
    }
    return complaintAboutNoise(noise) ?? damping.complaint
  }
}

extension Solver {
  /// The Levenberg–Marquardt method in Moré's form: see ``LevenbergMarquardt`` and ``TrustRegionDamping``.
  @inlinable public static func levenbergMarquardt<P>() -> Self
  where Self == LevenbergMarquardt<P, TrustRegionDamping<P.Scalar>> {
    LevenbergMarquardt(damping: TrustRegionDamping())
  }

  /// The Levenberg–Marquardt method with a damping of your choice, and with geodesic acceleration where it is asked for.
  @inlinable public static func levenbergMarquardt<P, Rule>(
    damping: Rule, scaling: ColumnScaling = .greatestNorms, acceleration: P.Scalar? = nil
  ) -> Self where Self == LevenbergMarquardt<P, Rule> {
    LevenbergMarquardt(damping: damping, scaling: scaling, acceleration: acceleration)
  }
}
