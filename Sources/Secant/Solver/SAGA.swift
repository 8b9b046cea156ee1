public import SecantLinearAlgebra

/// SAGA: the gradient of one term, corrected by the one that is remembered of it and by the mean of all that are remembered.
///
/// ```swift
/// minimize(problem, from: start, using: .saga(rate: 0.1))
/// ```
///
/// For a term j drawn anew in each step: the base steps with ∇fⱼ(x) − φⱼ + φ̄; then φⱼ ← ∇fⱼ(x), and φ̄ remains the mean of the φᵢ.
/// They begin as the gradients of all terms at the start.
///
/// - **Demands**: ``FiniteSumObjective`` and what its base demands: a method with a rate, which is handed the gradient. One that
///   searches, compares the gradients of two points, or asks for its own, is refused.
/// - **Memory**: the base's and Nn + 2n: a gradient for each term is remembered. For 10⁵ terms of 10³ variables that are 800 MB;
///   ``SVRG`` needs 3n.
/// - **Work per step**: the base's and O(n). One gradient of one term, which is 1/N of a pass; before the first step one of each
///   term. The driver looks at the whole after N steps, at its own expense.
/// - **Guarantees**: linear convergence in expectation on smooth, strongly convex sums with the rate 1/3L, O(1/k) on convex ones,
///   where L is the greatest of the terms' constants. The term of a step depends on the seed and the number of the step alone.
/// - **Reference**: Defazio, Bach and Lacoste-Julien, NIPS 2014 (1407.0202).
///
/// | paper | here |
/// | --- | --- |
/// | γ | the base's rate |
/// | f′ᵢ(φᵢ), their mean | `Own.table`, column after column, `Own.mean` |
public struct SAGA<Base: Solver>: Wrapper where Base.Problem: FiniteSumObjective {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver that takes the steps.
  public var base: Base
  /// The seed of the terms: the same seed draws the same.
  public var seed: UInt64

  @inlinable public init(_ base: Base, seed: UInt64 = 0) {
    self.base = base
    self.seed = seed
  }

  /// The gradients that are remembered.
  public struct Own: Sendable, Codable, Equatable {
    /// φᵢ, n elements for each term.
    public var table: Vector<Scalar>
    /// φ̄, their mean.
    public var mean: Vector<Scalar>
    /// Steps in all, which the draws depend on; nil before the table is filled.
    public var steps: Int?
    /// The places of the terms in the problem's batch.
    @usableFromInline var order: [Int]
    /// ∇fⱼ(x).
    @usableFromInline var gradient: Scratch<Scalar>

    @inlinable init(_ dimension: Int, _ terms: Batch, termCount: Int) {
      order = (0..<Swift.max(0, termCount)).map { terms[$0] }
      table = Vector(zeros: dimension * order.count)
      mean = Vector(zeros: dimension)
      gradient = Scratch(dimension)
    }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for problem: Problem) -> Own {
    Own(dimension, problem.batch, termCount: problem.batch.count(of: problem.termCount))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let whole = oracle.problem.batch
    let termCount = state.memory.own.order.count
    precondition(
      termCount == whole.count(of: oracle.problem.termCount),
      "the run began with \(termCount) terms and its problem has another number now: start a new one")
    defer { oracle.problem.batch = whole }
    if state.memory.own.steps == nil { try fillTable(&state, asking: &oracle) }
    let steps = state.memory.own.steps ?? 0

    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: steps) | 1 << 62)
    let j = generator.integer(below: termCount)
    try evaluate(term: j, of: &state, asking: &oracle)
    state.noteCurrent()
    state.memory.own.replace(j, leaving: &state.current.gradient)
    // The point has the corrected gradient for the step of the base alone.
    state.current.isEvaluated = true
    defer {
      state.current.isEvaluated = false
      state.other.isEvaluated = false
    }
    state.memory.own.steps = steps + 1
    let step = try advanceBase(&state, asking: &oracle)
    guard case .accepted(let length) = step else { return step }
    return .sampled(length: length, completesPass: (steps + 1) % termCount == 0)
  }

  /// φᵢ ← ∇fᵢ(x) for all terms, at the price of one pass.
  @inlinable func fillTable(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    state.memory.own.table.fill(with: 0)
    state.memory.own.mean.fill(with: 0)
    for i in state.memory.own.order.indices {
      try evaluate(term: i, of: &state, asking: &oracle)
      state.memory.own.remember(i)
    }
    state.memory.own.steps = 0
  }

  /// ∇fᵢ(x) into the room for it.
  @inlinable func evaluate(
    term i: Int, of state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    oracle.problem.batch = Batch(order: state.memory.own.order, range: i..<i + 1)
    _ = try oracle.valueAndGradient(at: state.current.point, into: &state.memory.own.gradient.vector)
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.watch, state.current.gradient) }

  @inlinable public var setsOutFromGradient: Bool { false }

  @inlinable public var drawsTerms: Bool { true }

  public var complaint: String? {
    base.complaintAboutForeignGradient(suggesting: ".gradientDescent(rate: 0.1)") ?? base.complaint
  }
}

extension SAGA.Own {
  /// v ← g − φⱼ + φ̄, then φ̄ ← φ̄ + (g − φⱼ)/N and φⱼ ← g.
  @inlinable mutating func replace(_ j: Int, leaving v: inout Vector<Base.Problem.Scalar>) {
    v.copy(mean)
    let share = 1 / Base.Problem.Scalar(order.count)
    let start = j * mean.count
    for i in mean.indices {
      let change = gradient.vector[i] - table[start + i]
      v[i] += change
      mean[i] += share * change
      table[start + i] = gradient.vector[i]
    }
  }

  /// φᵢ ← g, where there was none.
  @inlinable mutating func remember(_ j: Int) {
    let start = j * mean.count
    for i in mean.indices { table[start + i] = gradient.vector[i] }
    mean.add(gradient.vector, times: 1 / Base.Problem.Scalar(order.count))
  }
}

extension SAGA.Own {
  @usableFromInline enum CodingKeys: CodingKey { case table, mean, steps, order, gradient }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    table = try container.decode(Vector<Base.Problem.Scalar>.self, forKey: .table)
    mean = try container.decode(Vector<Base.Problem.Scalar>.self, forKey: .mean)
    steps = try container.decodeIfPresent(Int.self, forKey: .steps)
    order = try container.decode([Int].self, forKey: .order)
    gradient = try container.decode(Scratch<Base.Problem.Scalar>.self, forKey: .gradient)
    let size = mean.count.multipliedReportingOverflow(by: order.count)
    guard !size.overflow, table.count == size.partialValue, gradient.shape == mean.count,
      order.allSatisfy({ $0 >= 0 }), (steps ?? 0) >= 0
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .table, in: container,
        debugDescription: """
          no state of SAGA: its table of \(table.count) numbers has a gradient of \(mean.count) for each of \
          \(order.count) terms, which are not negative
          """)
    }
  }
}

extension Solver where Problem: FiniteSumObjective {
  /// This solver with SAGA's gradients; see ``SAGA``.
  @inlinable public func withRememberedGradients(seed: UInt64 = 0) -> SAGA<Self> { SAGA(self, seed: seed) }
}

extension Solver {
  /// Gradient descent with SAGA's gradients; see ``SAGA``.
  @inlinable public static func saga<P>(
    rate: P.Scalar, seed: UInt64 = 0
  ) -> Self where Self == SAGA<Descent<SteepestDescent<P>, Constant<P.Scalar>>> {
    SAGA(.gradientDescent(rate: rate), seed: seed)
  }
}
