/// Broyden's good method for a square system F(x) = 0: Newton's, with a Jacobian that learns from the steps.
///
/// p = −B⁻¹F, x₊ = x + αp with α by backtracking on c‖F‖², and B becomes the nearest matrix, in the Frobenius norm, that
/// maps s = x₊ − x onto y = F(x₊) − F(x):
/// B₊ = B + θ(y − Bs)sᵀ/sᵀs, H₊ = H + θ(s − Hy)sᵀH/(sᵀs + θ(sᵀHy − sᵀs)) for H = B⁻¹.
///
/// θ = 1, but where that would make B nearly singular: with γ = sᵀHy/sᵀs below 1/10 in magnitude it is
/// (1 ∓ 1/10)/(1 − γ). B is the Jacobian at the start, and again where no length of a step lowers ‖F‖. A run that cannot
/// go on with a fresh Jacobian is stuck.
///
/// Between Jacobians the gradient of an iterate is 2cBᵀF, what B says of it.
///
/// - **Demands**: ``ResidualObjective`` with as many residuals as variables.
/// - **Memory**: 4n² + 7n.
/// - **Work per step**: a vector of residuals for each trial length and 10n² flops; for a Jacobian 4n³ flops more.
/// - **Guarantees**: ‖F‖ falls. Superlinear convergence near a root with a regular Jacobian; on a linear system in at most
///   2n steps.
/// - **Reference**: Broyden, *Math. Comp.* 19 (1965) 577–593; Broyden, Dennis and Moré, *J. Inst. Maths Applics* 12 (1973)
///   223–245; θ after Moré and Trangenstein, *Math. Comp.* 30 (1976) 523–540.
///
/// | paper | here |
/// | --- | --- |
/// | A | `B` |
/// | H | `H` |
/// | f | `F` |
public struct GoodBroyden<Problem: ResidualObjective>: Solver where Problem.Domain == WholeSpace {
  public typealias Scalar = Problem.Scalar

  /// How a step is cut back: with a B that was learnt at most eight times, for then a Jacobian pays.
  public var search: Armijo<Scalar>

  @inlinable public init(search: Armijo<Scalar> = Armijo(noise: 0)) {
    self.search = search
  }

  /// F, B and its inverse.
  public struct Memory: Sendable, Codable, Equatable {
    /// F at the current point.
    public var F: Vector<Scalar>
    /// B.
    public var B: Matrix<Scalar>
    /// B⁻¹.
    public var H: Matrix<Scalar>
    /// Whether B is the Jacobian at the current point.
    public var isFresh = false
    /// Whether the Jacobian has an inverse.
    public var isSingular = false
    /// The greatest ‖F‖∞ so far.
    public var greatestResidual: Scalar = 0
    /// The point that all this belongs to, by the number and the value of its iterate.
    @usableFromInline var iteration = -1
    @usableFromInline var value: Scalar = 0
    @usableFromInline var trial: Scratch<Scalar>
    @usableFromInline var p: Scratch<Scalar>
    @usableFromInline var v: Scratch<Scalar>
    @usableFromInline var w: Scratch<Scalar>
    @usableFromInline var qr: PivotedQR<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      F = Vector(zeros: m)
      B = Matrix(zeros: m, n)
      H = Matrix(zeros: n, n)
      trial = Scratch(m)
      p = Scratch(n)
      v = Scratch(n)
      w = Scratch(n)
      qr = PivotedQR(rows: n, columns: n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.residualCount, dimension)
  }

  @inlinable public func evaluate(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    state.memory.iteration = -1
    let n = Double(state.current.point.count)
    try oracle.chargeFactorisation(flops: 4 * n * n * n)
    try oracle.evaluate(&state.current, residuals: &state.memory.F, jacobian: &state.memory.B)
    state.memory.invert()
    state.memory.iteration = state.iteration
    state.memory.value = state.current.value
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? {
    convergence.criterion(
      largestResidual: state.memory.F.largestMagnitude, greatest: state.memory.greatestResidual)
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    if state.memory.iteration != state.iteration || state.memory.value != state.current.value {
      try evaluate(&state, asking: &oracle)
    }
    if state.memory.isSingular { return .stuck(state.memory.B.isFinite ? .singularJacobian : .nonFinite) }
    state.memory.H.multiply(state.memory.F, into: &state.memory.p.vector, times: -1, adding: 0)

    // Along −B⁻¹F the model promises that F falls to zero.
    let start = Departure(
      value: state.current.value, slope: -2 * state.current.value, iteration: state.iteration)
    var none = Stateless()
    var search = search
    if !state.memory.isFresh { search.maximumTrials = Swift.min(search.maximumTrials, 8) }
    let length = try search.choose(from: start, &none) { (α: Scalar) throws(Halt<Problem.Failure>) in
      state.other.isEvaluated = false
      state.other.point.set(state.current.point, plus: α, times: state.memory.p.vector)
      try oracle.residuals(at: state.other.point, into: &state.memory.trial.vector)
      state.other.value = oracle.problem.sumOfSquares(of: state.memory.trial.vector)
      return Sample(length: α, value: state.other.value, slope: 0)
    }
    guard case .accepted(let α) = length else {
      if state.memory.isFresh { return .stuck(length.obstacle ?? .intervalCollapsed) }
      try evaluate(&state, asking: &oracle)
      return .rejected
    }
    state.memory.learn(from: α)
    swap(&state.memory.F, &state.memory.trial.vector)
    state.memory.B.multiply(
      state.memory.F, into: &state.other.gradient, times: 2 * oracle.problem.residualWeight, transposed: true)
    state.other.isEvaluated = true
    state.acceptTrial()
    state.memory.iteration = state.iteration
    state.memory.value = state.current.value
    return .accepted(length: α)
  }

  public var complaint: String? { search.complaint }
}

extension StepLength {
  /// What kept a search from its promise.
  @inlinable var obstacle: Obstacle? {
    switch self {
    case .accepted: nil
    case .improved(_, let obstacle), .failed(let obstacle): obstacle
    }
  }
}

extension GoodBroyden.Memory {
  /// H ← B⁻¹, where B is the Jacobian at the current point.
  @inlinable mutating func invert() {
    let n = B.columns
    greatestResidual = Swift.max(greatestResidual, F.largestMagnitude)
    isFresh = true
    isSingular = true
    // What is not square has no inverse.
    guard F.count == n else { return }
    for j in 0..<n {
      let norm = B.norm(ofColumn: j)
      w.vector[j] = norm > 0 ? norm : 1
    }
    guard qr.factor(B, dividingColumnsBy: w.vector) == nil, qr.rank == n else { return }
    isSingular = false
    for j in 0..<n {
      v.vector.fill(with: 0)
      v.vector[j] = 1
      qr.solve(&v.vector, into: &p.vector)
      p.vector.divide(by: w.vector)
      H.setColumn(j, to: p.vector, times: 1)
    }
  }

  /// Broyden's update for the step αp from F to the trial's F.
  @inlinable mutating func learn(from α: Problem.Scalar) {
    typealias Scalar = Problem.Scalar
    isFresh = false
    greatestResidual = Swift.max(greatestResidual, trial.vector.largestMagnitude)
    p.vector.scale(by: α)
    let sᵀs = p.vector.squaredNorm
    // y − Bs = F₊ − (1 − α)F, as Bp = −F.
    v.vector.set(trial.vector, plus: α - 1, times: F)
    // Hy − s
    H.multiply(v.vector, into: &w.vector)
    let γ = 1 + p.vector.dot(w.vector) / sᵀs
    var θ: Scalar = 1
    if !(abs(γ) >= 0.1) { θ = (1 - (γ < 0 ? -0.1 : 0.1)) / (1 - γ) }
    guard θ.isFinite, sᵀs > 0 else { return }
    B.addOuter(v.vector, p.vector, times: θ / sᵀs)
    H.multiply(p.vector, into: &v.vector, times: 1, transposed: true)
    H.addOuter(w.vector, v.vector, times: -θ / (sᵀs * (1 + θ * (γ - 1))))
  }
}

extension Solver {
  /// Broyden's good method for a root of a square system: see ``GoodBroyden`` and ``findRoot(of:from:using:tolerance:within:)``.
  @inlinable public static func goodBroyden<P>() -> Self where Self == GoodBroyden<P> { GoodBroyden() }
}
