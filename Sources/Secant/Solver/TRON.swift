/// TRON: a trust-region Newton method with bounds on the variables.
///
/// The model q(s) = gᵀs + ½sᵀ∇²f s is first lowered along the projected gradient path, s = P(x − αg) − x, until
/// q(s) ≤ μ₀gᵀs within the radius Δ: the Cauchy step, which chooses a face of the box. On that face conjugate gradients
/// (``SteihaugToint``) lower it further, each time up to a projected search along their step that may reach another
/// face, until the gradient of q over the free variables is small (``Forcing``) or Δ is reached. α is the last
/// step's, cut or stretched tenfold.
///
/// Values that agree to `noise`·|f| are compared by their slopes, unless the stationarity grew.
///
/// - **Demands**: ``BoundedObjective`` and ``HessianVectorObjective``.
/// - **Memory**: 9n.
/// - **Work per step**: one value and gradient; two or three Hessian-vector products for the Cauchy step, one for each
///   conjugate gradient and one or more for each face.
/// - **Guarantees**: every point is in the box, and f falls, but for `noise`; every limit point is stationary. The bounds
///   that hold a strict minimum are found in finitely many steps, and convergence is superlinear from then on. Saddles
///   on a face are left.
/// - **Reference**: Lin and Moré, *SIAM J. Optim.* 9 (1999) 1100–1127, and the authors' code of that name.
///
/// | paper, code | here |
/// | --- | --- |
/// | Δ | `radius` |
/// | α_C, μ₀ | `α`, `sufficientDecrease` |
/// | η₀, η₁, η₂ | `acceptance`, `poor`, `good` |
/// | σ₁, σ₂, σ₃ | ¼, ½, 4 |
public struct TRON<Problem: BoundedObjective & HessianVectorObjective>: Solver {
  public typealias Scalar = Problem.Scalar

  /// How exactly the model is lowered on a face.
  public var forcing: Forcing<Scalar>
  /// μ₀, the part of the decrease promised by the slope that the model must show.
  public var sufficientDecrease: Scalar
  /// η₀ in ρ > η₀, which takes a step.
  public var acceptance: Scalar
  /// η₁: a ρ below this shrinks the radius.
  public var poor: Scalar
  /// η₂: a ρ above this lets the radius grow.
  public var good: Scalar
  /// The largest radius: where f still falls this far out, it is taken to have no lower bound.
  public var largest: Scalar
  /// Values closer than `noise`·|f| are told apart by their slopes: by default ε^¾; 0 is the published form.
  public var noise: Scalar

  @inlinable public init(
    forcing: Forcing<Scalar> = .init(loosest: 0.1), sufficientDecrease: Scalar = 0.01,
    acceptance: Scalar = 1e-3, poor: Scalar = 0.25, good: Scalar = 0.75, largest: Scalar? = nil,
    noise: Scalar? = nil
  ) {
    self.forcing = forcing
    self.sufficientDecrease = sufficientDecrease
    self.acceptance = acceptance
    self.poor = poor
    self.good = good
    self.largest = largest ?? .largestRadius
    self.noise = noise ?? .noiseOfValues
  }

  /// Δ and α, and room for the steps.
  public struct Memory: Sendable, Codable, Equatable {
    /// Δ, 0 before the first step.
    public var radius: Scalar = 0
    /// The length of the last Cauchy step along the path.
    public var α: Scalar = 1
    /// Whether the radius has followed a step yet.
    @usableFromInline var hasRadius = false
    @usableFromInline var conjugateGradients: ConjugateGradientMemory<Scalar>
    @usableFromInline var s: Scratch<Scalar>
    @usableFromInline var Hs: Scratch<Scalar>
    @usableFromInline var w: Scratch<Scalar>
    @usableFromInline var Hw: Scratch<Scalar>
    @usableFromInline var r: Scratch<Scalar>
    @usableFromInline var free: Scratch<Scalar>

    @inlinable init(_ n: Int) {
      conjugateGradients = ConjugateGradientMemory(n)
      s = Scratch(n)
      Hs = Scratch(n)
      w = Scratch(n)
      Hw = Scratch(n)
      r = Scratch(n)
      free = Scratch(n)
    }

    private enum CodingKeys: String, CodingKey {
      case radius, hasRadius, conjugateGradients, s, Hs, w, Hw, r, free
      case α = "cauchyLength"
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.memory.radius == 0 {
      let norm = state.current.gradient.norm
      state.memory.radius = Swift.min(Swift.max(norm, state.current.leastMove), largest)
      // Of a length 1 but where f is very small or very great in its units.
      if norm > 0 { state.memory.α = state.memory.radius / norm }
    }
    let Δ = state.memory.radius
    let bounds = oracle.problem.bounds
    let cauchy = try findCauchyStep(from: state.current, within: bounds, Δ, &state.memory, asking: &oracle)
    guard cauchy < 0 else { return .stuck(cauchy.isNaN ? .nonFinite : .notADescentDirection) }
    state.noteTrial()
    state.other.isEvaluated = false
    bounds.move(&state.other.point, from: state.current.point, by: 1, along: state.memory.s.vector)
    let further = try refine(
      &state.other.point, from: state.current, within: bounds, Δ, &state.memory, asking: &oracle)
    let decrease = -cauchy - further
    guard decrease > 0 else { return .stuck(.nonFinite) }

    if state.other.point == state.current.point { return .stuck(.radiusCollapsed) }
    try oracle.evaluate(&state.other)
    if state.other.value == -.infinity { return .stuck(.noLowerBound) }
    let change = change(from: state.current, to: state.other, along: state.memory.s.vector, bounds)
    let length = state.memory.s.vector.norm
    let slope = state.current.gradient.dot(state.memory.s.vector)
    let ρ = -change / decrease
    follow(ρ, change: change, slope: slope, length: length, &state.memory)
    guard ρ > acceptance else { return .rejected }
    return state.acceptTrial(length: length, distance: length, farthest: largest * 0.999)
  }

  /// f(x + s) − f(x), infinite where the trial point is not finite.
  @inlinable func change(
    from current: Iterate<Scalar>, to trial: Iterate<Scalar>, along s: Vector<Scalar>,
    _ bounds: Bounds<Scalar>
  ) -> Scalar {
    let sample = Sample(length: 1, value: trial.value, slope: trial.gradient.dot(s))
    guard sample.isFinite else { return .infinity }
    // Slopes may not lead uphill: a gradient that is wrong would take the run there, a rounding at a time.
    let hasGrown =
      bounds.stationarity(of: trial.gradient, at: trial.point)
      > bounds.stationarity(of: current.gradient, at: current.point)
    let start = Sample(length: 0, value: current.value, slope: current.gradient.dot(s))
    return start.change(to: sample, noise: hasGrown ? 0 : noise)
  }

  /// Sets the radius by where the parabola through f(x), its slope along s and f(x + s) has its minimum.
  @inlinable func follow(
    _ ρ: Scalar, change: Scalar, slope: Scalar, length: Scalar, _ memory: inout Memory
  ) {
    var Δ = memory.radius
    if !memory.hasRadius { Δ = Swift.min(Δ, length) }
    memory.hasRadius = true
    let parabola = change - slope <= 0 ? 4 : Swift.max(0.25, -slope / (2 * (change - slope)))
    let reach = parabola * length
    if !(ρ >= acceptance) {
      Δ = Swift.min(reach, Δ / 2, length / 2)
    } else if ρ < poor {
      Δ = Swift.max(Δ / 4, Swift.min(reach, Δ / 2))
    } else if ρ < good {
      Δ = Swift.max(Δ / 4, Swift.min(reach, 4 * Δ))
    } else {
      Δ = Swift.max(Δ, Swift.min(reach, 4 * Δ))
    }
    memory.radius = Swift.min(Δ, largest)
  }

  // MARK: The Cauchy step

  /// s ← P(x − αg) − x with Hs beside it; what q(s) is, NaN where it is no number.
  @inlinable func findCauchyStep(
    from current: Iterate<Scalar>, within bounds: Bounds<Scalar>, _ Δ: Scalar, _ memory: inout Memory,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    var q = try tryPath(memory.α, from: current, within: bounds, Δ, &memory, asking: &oracle)
    if q == nil {
      for _ in 0..<100 where q == nil {
        memory.α /= 10
        q = try tryPath(memory.α, from: current, within: bounds, Δ, &memory, asking: &oracle)
      }
      memory.keepTrial()
    } else {
      memory.keepTrial()
      let farthest = bounds.farthestBreakpoint(from: current.point, against: current.gradient)
      let longest = 1e20 * Swift.max(1, Δ / current.gradient.norm)
      while memory.α < farthest, memory.α < longest, q?.isFinite ?? false {
        let longer = try tryPath(
          memory.α * 10, from: current, within: bounds, Δ, &memory, asking: &oracle)
        guard let longer, longer.isFinite else { break }
        memory.α *= 10
        memory.keepTrial()
        q = longer
      }
    }
    return q ?? 0
  }

  /// w ← P(x − αg) − x and Hw; q(w) where it falls enough within Δ, nil where not, NaN where it is no number.
  @inlinable func tryPath(
    _ α: Scalar, from current: Iterate<Scalar>, within bounds: Bounds<Scalar>, _ Δ: Scalar,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar? {
    bounds.setProjectedStep(&memory.w.vector, from: current.point, by: α, against: current.gradient)
    if !(memory.w.vector.norm <= Δ) { return nil }
    try oracle.hessian(times: memory.w.vector, at: current.point, into: &memory.Hw.vector)
    let slope = current.gradient.dot(memory.w.vector)
    let q = slope + memory.w.vector.dot(memory.Hw.vector) / 2
    return q <= sufficientDecrease * slope || q.isNaN ? q : nil
  }

  // MARK: The faces

  /// Lowers q further from x + s over the free variables, face by face; s and Hs follow `point`. What q changed by.
  @inlinable func refine(
    _ point: inout Vector<Scalar>, from current: Iterate<Scalar>, within bounds: Bounds<Scalar>, _ Δ: Scalar,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    var change: Scalar = 0
    var goal = Scalar.infinity
    for face in 0..<Swift.max(point.count, 1) {
      let freeCount = bounds.markFree(&memory.free.vector, at: point)
      if freeCount == 0 { break }
      // r, the gradient of q over the free variables.
      if face == 0 {
        memory.r.vector.set(current.gradient, multipliedBy: memory.free.vector)
        let norm = memory.r.vector.norm
        let greatest = Swift.max(memory.conjugateGradients.greatestNorm, norm)
        goal = norm > 0 ? forcing.tolerance(norm, greatest: greatest) * norm : 0
      }
      memory.r.vector.set(current.gradient, plus: 1, times: memory.Hs.vector)
      memory.r.vector.multiply(by: memory.free.vector)
      let norm = memory.r.vector.norm
      if norm.isNaN { return .nan }
      if norm <= goal || norm == 0 { break }
      let step = try solve(
        &memory.w.vector, against: memory.r.vector, over: memory.free.vector, Δ, &memory.conjugateGradients,
        at: current.point, asking: &oracle)
      if step.decrease.isNaN { return .nan }
      let lower = try search(&point, within: bounds, &memory, at: current.point, asking: &oracle)
      guard lower < 0 else { return lower.isNaN ? .nan : change }
      change += lower
      if step.isOnBoundary { break }
    }
    return change
  }

  /// w: conjugate gradients over the free variables.
  @inlinable func solve(
    _ w: inout Vector<Scalar>, against r: Vector<Scalar>, over free: Vector<Scalar>, _ Δ: Scalar,
    _ conjugateGradients: inout ConjugateGradientMemory<Scalar>, at x: Vector<Scalar>,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> ModelStep<Scalar> {
    try SteihaugToint<HessianModel<Problem>>(forcing: forcing).solve(
      &w, gradient: r, within: Δ, &conjugateGradients
    ) { (v, product) throws(Halt<Problem.Failure>) in
      try oracle.hessian(times: v, at: x, into: &product)
      product.multiply(by: free)
    }
  }

  /// Moves along P(point + βw) as far as q falls enough, and takes the move into s and Hs; what q changed by.
  @inlinable func search(
    _ point: inout Vector<Scalar>, within bounds: Bounds<Scalar>, _ memory: inout Memory,
    at x: Vector<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    // Up to the first bound the model falls as conjugate gradients have it.
    let nearest = Swift.min(1, bounds.longestStep(from: point, along: memory.w.vector))
    var β: Scalar = 1
    // A move that overflows, where f is 1e-200 of another, would be halved a thousand times.
    for _ in 0..<100 {
      // The move itself, in `free`, which is marked anew on the next face.
      bounds.move(&memory.free.vector, from: point, by: β, along: memory.w.vector)
      memory.free.vector.add(point, times: -1)
      try oracle.hessian(times: memory.free.vector, at: x, into: &memory.Hw.vector)
      let slope = memory.r.vector.dot(memory.free.vector)
      let q = slope + memory.free.vector.dot(memory.Hw.vector) / 2
      if q.isNaN { return q }
      if q <= sufficientDecrease * slope || β <= nearest {
        guard q < 0 else { return 0 }
        bounds.move(&memory.free.vector, from: point, by: β, along: memory.w.vector)
        point.copy(memory.free.vector)
        memory.s.vector.set(point, minus: x)
        memory.Hs.vector.add(memory.Hw.vector)
        return q
      }
      β = Swift.max(β / 2, nearest)
      if β == 0 { return 0 }
    }
    return 0
  }

  @inlinable public var comparesValues: Bool { true }

  public var complaint: String? {
    if !(sufficientDecrease > 0 && sufficientDecrease < 0.5) {
      return
        "sufficientDecrease (μ₀) is \(sufficientDecrease): choose a number between 0 and ½, such as 0.01."
    }
    if !(acceptance >= 0 && acceptance < poor && poor < good && good < 1) {
      return """
        acceptance is \(acceptance), poor \(poor) and good \(good): choose 0 ≤ acceptance < poor < good < 1, such as \
        1e-3, 0.25 and 0.75.
        """
    }
    if !(largest > 0 && largest.isFinite) {
      return "The largest radius is \(largest): choose a positive finite length, such as 1e20."
    }
    return complaintAboutNoise(noise) ?? forcing.complaint
  }
}

extension TRON.Memory {
  /// s, Hs ← w, Hw.
  @inlinable mutating func keepTrial() {
    swap(&s, &w)
    swap(&Hs, &Hw)
  }
}

extension Solver {
  /// TRON, Newton's method in a trust region within bounds: see ``TRON``.
  @inlinable public static func tron<P>() -> Self where Self == TRON<P> { TRON() }
}
