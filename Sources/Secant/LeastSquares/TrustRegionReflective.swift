/// The trust-region reflective method: least squares within bounds from the inside of the box.
///
/// The model is measured in units that shrink beside the bounds to which the gradient leads, so that a step of the trust
/// region keeps off them (Coleman and Li). Where the step meets a bound all the same, the lowest of three is taken: the
/// step as far as there, what follows where it is reflected from the bound, and the scaled gradient
/// (`ReflectiveStep`).
///
/// The paper's iterates never reach a bound. Here a variable is put on its bound where the model's multiplier certainly
/// holds it there (`landing`), and stays for as long as the multiplier does: what is active is found in finitely many
/// steps, and is exact.
///
/// Values that agree to `noise`·f are compared by their slopes.
///
/// The run has converged when the residuals are orthogonal to the columns of the variables that no bound holds
/// (``Convergence/orthogonality``): those off their bounds, and those on one that f falls away from.
///
/// - **Demands**: ``ResidualObjective`` and ``BoundedObjective``.
/// - **Memory**: 2mn + 7n² + 3m + 35n, and for larger systems 4n².
/// - **Work per step**: a vector of residuals and 4n³ flops; a Jacobian and 2n²(m − n/3) flops for a step that is taken.
/// - **Guarantees**: every point is in the box, and f never rises, but for `noise`; every limit point is stationary; where
///   no bound is near it is ``LevenbergMarquardt``.
/// - **Reference**: Coleman and Li, *SIAM J. Optim.* 6 (1996) 418–445; Branch, Coleman and Li, *SIAM J. Sci. Comput.* 21
///   (1999) 1–23; as in SciPy's `least_squares`.
public struct TrustRegionReflective<Problem: ResidualObjective & BoundedObjective>: Solver {
  public typealias Scalar = Problem.Scalar

  /// How the radius follows the steps, and λ from it.
  public var damping: TrustRegionDamping<Scalar>
  /// What the columns' units are.
  public var scaling: ColumnScaling
  /// 1 − θ, the part of the way to a bound that a step leaves.
  public var rest: Scalar
  /// σ: a variable lands on a bound that is within σ of the way to the model's minimum along it; 0 for never.
  public var landing: Scalar
  /// Values closer than `noise`·f are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(
    damping: TrustRegionDamping<Scalar> = .init(), scaling: ColumnScaling = .greatestNorms,
    rest: Scalar = 0.005, landing: Scalar = 0.1, noise: Scalar? = nil
  ) {
    self.damping = damping
    self.scaling = scaling
    self.rest = rest
    self.landing = landing
    self.noise = noise ?? .noiseOfValues
  }

  /// The linearised residuals, and the radius.
  public struct Memory: Sendable, Codable, Equatable {
    /// r, J and what is made of them, at the current point.
    public var residuals: TriedResiduals<Scalar>
    /// Δ and λ.
    public var damping: TrustRegionDamping<Scalar>.Memory
    @usableFromInline var reflective: ReflectiveStep<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int, damping: TrustRegionDamping<Scalar>.Memory) {
      residuals = TriedResiduals(m, n)
      self.damping = damping
      reflective = ReflectiveStep(shape: n)
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
    try oracle.chargeFactorisation(flops: Double(ReflectiveStep<Scalar>.flops(state.current.point.count)))
    let bounds = oracle.problem.bounds
    guard
      let length = state.memory.choose(
        damping, at: state.current, times: 1 / (2 * oracle.problem.residualWeight), within: bounds,
        leaving: rest,
        landing: landing)
    else { return .stuck(.nonFinite) }
    let step = ModelStep(
      decrease: state.memory.reflective.decrease(of: state.memory.residuals.p.vector)
        * oracle.problem.residualWeight,
      length: state.memory.reflective.length(of: state.memory.residuals.p.vector),
      isOnBoundary: state.memory.damping.λ > 0)
    guard step.decrease > 0 else { return .stuck(step.decrease.isNaN ? .nonFinite : .notADescentDirection) }
    state.other.isEvaluated = false
    bounds.move(
      &state.other.point, from: state.current.point, by: 1, along: state.memory.residuals.p.vector)
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

  @inlinable public var comparesValues: Bool { true }

  public var complaint: String? {
    if !(rest > 0 && rest < 1) {
      return "rest (1 − θ) is \(rest): choose a number between 0 and 1, such as 0.005."
    }
    if !(landing >= 0 && landing < 1) {
      return "landing (σ) is \(landing): choose a number from 0 to below 1, such as 0.1."
    }
    return complaintAboutNoise(noise) ?? damping.complaint
  }
}

extension TrustRegionReflective.Memory {
  /// Writes the step into p; the length of the trust region's own step, or nil where there is none.
  @inlinable mutating func choose(
    _ rule: TrustRegionDamping<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    times weight: Problem.Scalar, within bounds: Bounds<Problem.Scalar>, leaving rest: Problem.Scalar,
    landing σ: Problem.Scalar
  ) -> Problem.Scalar? {
    let x = current.point
    guard
      reflective.setUp(
        &residuals.linearized, at: x, gradient: current.gradient, times: weight, within: bounds, leaving: rest
      )
    else { return nil }
    _ = rule.choose(&reflective.system, lengthOfPoint: residuals.linearized.length(of: x), &damping)
    let Δ = damping.radius
    let length = reflective.choose(from: x, within: bounds, Δ, into: &residuals.p.vector)
    reflective.land(&residuals.p.vector, from: x, within: bounds, Δ, σ: σ)
    return length
  }
}

extension Solver {
  /// The trust-region reflective method for least squares within bounds: see ``TrustRegionReflective``.
  @inlinable public static func trustRegionReflective<P>() -> Self where Self == TrustRegionReflective<P> {
    TrustRegionReflective()
  }
}
