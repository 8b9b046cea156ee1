public import SecantLinearAlgebra

/// Anderson acceleration of gradient descent: the next point is extrapolated from the last m steps.
///
/// The map x ↦ x − η∇f(x) has its fixed points where f is stationary. With the differences
/// S = (x₁ − x₀, …), Y = (g₁ − g₀, …) of the last m points,
/// x₊ = x − Sγ − η(g − Yγ), γ = argmin ‖g − Yγ‖:
/// the least gradient that a linear combination of the last points promises, and a plain step with what is left. The
/// columns are scaled to ‖yᵢ‖ = 1, and γ comes from a QR factorisation with column pivoting that leaves out those
/// that hardly differ from a combination of the others (`filter`).
///
/// An extrapolated point must lower f by what a plain step promises, `sufficientDecrease`·η‖g‖²; otherwise the method
/// takes the plain step, by backtracking, and forgets the pairs. Without a `rate` of your own, η is sᵀy/yᵀy of the
/// last step, ten times the last length where f showed no curvature, and min(1, 1/‖g‖₂) at the start.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: 3mn.
/// - **Work per step**: one QR factorisation of n × m, 2m²n flops, and 4mn; one evaluation where the extrapolated point
///   is taken.
/// - **Guarantees**: f falls by `sufficientDecrease`·η‖g‖² in every step, η being the plain step's length then, so that
///   on a function with bounded curvature every limit point is stationary. With m ≥ n a quadratic is solved in n + 2
///   steps: on a linear problem this is GMRES.
/// - **Reference**: Anderson, *J. ACM* 12 (1965) 547–560; Walker and Ni, *SIAM J. Numer. Anal.* 49 (2011) 1715–1735;
///   the safeguard after Zhang, O'Donoghue and Boyd, *SIAM J. Optim.* 30 (2020) 3170–3197.
///
/// | paper | here |
/// | --- | --- |
/// | fₖ = g(xₖ) − xₖ, the residual | −ηg |
/// | ΔX, ΔF | S, −ηY |
/// | γ, m | `γ`, `memory` |
/// | β, the mixing | 1 |
public struct AndersonAcceleration<Problem: DifferentiableObjective>: Solver
where Problem.Domain == WholeSpace {
  public typealias Scalar = Problem.Scalar

  /// m, the number of differences remembered: 5 to 20 is usual.
  public var memory: Int
  /// η of the map x ↦ x − η∇f(x); nil to take it from the last step's curvature.
  public var rate: Scalar?
  /// The part of η‖g‖² by which f must fall.
  public var sufficientDecrease: Scalar
  /// Columns whose part that is independent of the others is below this are left out.
  public var filter: Scalar
  /// Values closer than `noise`·|f| are told apart by their slopes; 0 is the plain difference.
  public var noise: Scalar

  @inlinable public init(
    memory: Int = 10, rate: Scalar? = nil, sufficientDecrease: Scalar = 1e-4, filter: Scalar? = nil,
    noise: Scalar? = nil
  ) {
    self.memory = memory
    self.rate = rate
    self.sufficientDecrease = sufficientDecrease
    self.filter = filter ?? Scalar.ulpOfOne.squareRoot()
    self.noise = noise ?? .noiseOfValues
  }

  /// The differences, and what the method has come to.
  public struct Memory: Sendable, Codable, Equatable {
    /// How often the extrapolation was given up.
    public var restarts = Restarts()
    /// η.
    public var rate: Scalar = 0
    /// S and Y, column j of both divided by ‖yⱼ‖; columns that hold no pair are zero.
    @usableFromInline var S: Matrix<Scalar>
    @usableFromInline var Y: Matrix<Scalar>
    /// The pairs held, and the column that the next one takes.
    @usableFromInline var count = 0
    @usableFromInline var next = 0
    /// The number of the iterate that was harvested last.
    @usableFromInline var iteration = -1
    @usableFromInline var p: Scratch<Scalar>
    @usableFromInline var y: Scratch<Scalar>
    @usableFromInline var γ: Scratch<Scalar>
    @usableFromInline var leastSquares: PivotedQR<Scalar>

    @usableFromInline init(_ n: Int, _ m: Int) {
      S = Matrix(zeros: n, m)
      Y = Matrix(zeros: n, m)
      p = Scratch(n)
      y = Scratch(n)
      γ = Scratch(m)
      leastSquares = PivotedQR(rows: n, columns: m)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, Swift.min(Swift.max(memory, 1), Swift.max(dimension, 1), 10_000))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    state.memory.harvest(from: state.other, to: state.current, state.iteration, rate: rate)
    let gᵀg = state.current.gradient.squaredNorm
    if state.memory.count > 0 {
      try oracle.chargeFactorisation(
        flops: Double(PivotedQR<Scalar>.flops(rows: state.memory.Y.rows, columns: state.memory.Y.columns)))
      if state.memory.extrapolate(from: state.current.gradient, filter: filter) {
        state.other.isEvaluated = false
        state.other.point.set(state.current.point, plus: 1, times: state.memory.p.vector)
        try oracle.evaluate(&state.other)
        let start = Sample(
          length: 0, value: state.current.value, slope: state.current.gradient.dot(state.memory.p.vector))
        let trial = Sample(
          length: 1, value: state.other.value, slope: state.other.gradient.dot(state.memory.p.vector))
        if trial.isFinite,
          start.change(to: trial, noise: noise) <= -sufficientDecrease * state.memory.rate * gᵀg
        {
          state.acceptTrial()
          return .accepted(length: 1)
        }
        if trial.value < state.current.value { state.best.note(state.other.point, trial.value) }
      }
      state.memory.begin(at: state.iteration)
    }
    return try takePlainStep(&state, gᵀg, asking: &oracle)
  }

  /// x₊ = x − αg, α backtracked from η.
  @inlinable func takePlainStep(
    _ state: inout State<Scalar, Memory>, _ gᵀg: Scalar, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let rule = Armijo(sufficientDecrease: sufficientDecrease, noise: noise)
    let start = Departure(
      value: state.current.value, slope: -gᵀg, suggestion: state.memory.rate, iteration: state.iteration)
    var none = Stateless()
    var lengthOfTrial: Scalar?
    let length = try rule.choose(from: start, &none) { (α: Scalar) throws(Halt<Problem.Failure>) in
      lengthOfTrial = α
      state.noteTrial()
      state.other.isEvaluated = false
      state.other.point.set(state.current.point, plus: -α, times: state.current.gradient)
      try oracle.evaluate(&state.other)
      return Sample(
        length: α, value: state.other.value, slope: -state.other.gradient.dot(state.current.gradient))
    }
    switch length {
    case .accepted(let α), .improved(let α, _):
      if α != lengthOfTrial {
        state.other.point.set(state.current.point, plus: -α, times: state.current.gradient)
        state.other.isEvaluated = false
      }
      state.acceptTrial()
      return .accepted(length: α)
    case .failed(let obstacle):
      return .stuck(obstacle)
    }
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { memory.restarts }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if !(1...10_000).contains(memory) {
      return "memory (m) is \(memory): choose from 1 to 10000 differences, such as 10."
    }
    if let rate, !(rate > 0 && rate.isFinite) {
      return "rate (η) is \(rate): choose a positive finite rate, such as 1e-3, or nil for an estimate."
    }
    if !(sufficientDecrease > 0 && sufficientDecrease < 1) {
      return "sufficientDecrease is \(sufficientDecrease): choose a number between 0 and 1, such as 1e-4."
    }
    if !(filter >= 0 && filter < 1) {
      return "filter is \(filter): choose a number from 0 to below 1, such as 1e-8."
    }
    return complaintAboutNoise(noise)
  }
}

extension AndersonAcceleration.Memory {
  /// Takes the pair between two points in, once, and estimates η from it unless it is given.
  @inlinable mutating func harvest(
    from previous: Iterate<Problem.Scalar>, to current: Iterate<Problem.Scalar>, _ iteration: Int,
    rate: Problem.Scalar?
  ) {
    guard iteration != self.iteration else { return }
    self.iteration = iteration
    guard previous.isEvaluated, iteration > 0 else {
      self.rate = rate ?? current.firstLength
      return
    }
    p.vector.set(current.point, minus: previous.point)
    y.vector.set(current.gradient, minus: previous.gradient)
    let (norm, length) = (y.vector.norm, p.vector.norm)
    let sᵀy = p.vector.dot(y.vector)
    if let rate {
      self.rate = rate
    } else if sᵀy > 1e-10 * length * norm, sᵀy / norm / norm > 0 {
      self.rate = sᵀy / norm / norm
    } else {
      self.rate = 10 * length / previous.gradient.norm
    }
    guard norm > 0, (1 / norm).isFinite, (length / norm).isFinite else { return }
    S.setColumn(next, to: p.vector, times: 1 / norm)
    Y.setColumn(next, to: y.vector, times: 1 / norm)
    next = (next + 1) % S.columns
    count = Swift.min(count + 1, S.columns)
  }

  /// p ← −Sγ − η(g − Yγ); false where there is no finite γ.
  @inlinable mutating func extrapolate(from g: Vector<Problem.Scalar>, filter: Problem.Scalar) -> Bool {
    guard leastSquares.factor(Y, tolerance: filter) == nil else { return false }
    y.vector.copy(g)
    leastSquares.solve(&y.vector, into: &γ.vector)
    p.vector.set(g, times: -rate)
    Y.multiply(γ.vector, into: &p.vector, times: rate, adding: 1)
    S.multiply(γ.vector, into: &p.vector, times: -1, adding: 1)
    return p.vector.isFinite
  }

  /// Forgets the pairs.
  @inlinable mutating func begin(at iteration: Int) {
    restarts.note(.noBetterThanPlainStep, at: iteration)
    S.fill(with: 0)
    Y.fill(with: 0)
    count = 0
    next = 0
  }
}

extension Matrix {
  /// Column j ← α x.
  @inlinable mutating func setColumn(_ j: Int, to x: Vector<Scalar>, times α: Scalar) {
    let rows = rows
    withUnsafeMutableBufferPointer { a in
      x.withUnsafeBufferPointer { x in for i in 0..<rows { a[j * rows + i] = α * x[i] } }
    }
  }
}

extension Solver {
  /// Anderson acceleration of gradient descent: see ``AndersonAcceleration``.
  ///
  /// - Parameters:
  ///   - memory: m, the number of differences remembered.
  ///   - rate: η of the map x ↦ x − η∇f(x); nil to take it from the last step's curvature.
  @inlinable public static func anderson<P>(memory: Int = 10, rate: P.Scalar? = nil) -> Self
  where Self == AndersonAcceleration<P> {
    AndersonAcceleration(memory: memory, rate: rate)
  }
}
