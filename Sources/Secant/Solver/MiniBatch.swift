public import SecantLinearAlgebra

/// Any solver on mini-batches: each step sees the next few terms of a finite sum, in an order drawn anew for every
/// epoch.
///
/// ```swift
/// minimize(problem, from: start, using: .adam(rate: 1e-2).onBatches(of: 32, seed: 1))
/// ```
///
/// The terms are those of the problem's own ``FiniteSumObjective/batch``: all, or a training set, say. Every epoch
/// visits each once; where the batch's size does not divide their number, its last batch is smaller. With a size
/// of at least all terms it is the solver itself, bit for bit.
///
/// Gradients accumulated over k batches of b terms are the gradient of one batch of k·b terms, which is a mean: choose
/// that size.
///
/// - **Demands**: what its solver demands, and ``FiniteSumObjective``. A solver that compares the gradients of two
///   points, such as ``LimitedMemoryBFGS``, is refused (``Solver/comparesGradients``).
/// - **Memory**: its solver's, n, and an index for each term.
/// - **Work per step**: its solver's on |B| of N terms, charged |B|/N passes an evaluation. The driver looks at all
///   terms once a pass, at its own expense.
/// - **Guarantees**: the order of an epoch is a function of the seed and the epoch alone. A step that the oracle
///   refuses is not taken, and the next one draws the same batch. A batch on which the solver is stuck, or rejects
///   its trial point, is passed over: a sampled step of length 0.
/// - **Reference**: Robbins and Monro, *Ann. Math. Statist.* 22 (1951); without replacement: Gürbüzbalaban, Ozdaglar
///   and Parrilo, *Math. Program.* 186 (2021).
public struct MiniBatch<Base: Solver>: Solver where Base.Problem: FiniteSumObjective {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver that takes the steps.
  public var base: Base
  /// |B|, the terms of a batch.
  public var size: Int
  /// The seed of the orders: the same seed draws the same batches.
  public var seed: UInt64

  @inlinable public init(_ base: Base, of size: Int, seed: UInt64 = 0) {
    self.base = base
    self.size = size
    self.seed = seed
  }

  /// The solver's own state, and the order of the epoch.
  public struct Memory: Sendable, Codable, Equatable {
    /// What the solver itself works on; between steps its iterates are empty, for the run holds them. Its record
    /// is room for what a search finds on a batch, and holds no value between steps.
    public var base: State<Scalar, Base.Memory>
    /// The terms in the order of this epoch.
    public var order: [Int]
    /// Where the next batch begins in the order.
    public var position: Int
    /// Epochs begun.
    public var epoch = 0

    @inlinable init(_ base: Base.Memory, dimension: Int, termCount: Int) {
      self.base = State(at: Vector(zeros: 0), memory: base)
      self.base.best = Record(dimension: dimension)
      // A count that is none is refused; what is allocated by it must not end the program before.
      order = Array(0..<Swift.max(0, termCount))
      position = order.count
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(
      base.allocate(dimension, for: problem), dimension: dimension,
      termCount: problem.batch.count(of: problem.termCount))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let whole = oracle.problem.batch
    let termCount = whole.count(of: oracle.problem.termCount)
    precondition(
      termCount == state.memory.order.count,
      "the run began with \(state.memory.order.count) terms and its problem now has \(termCount): start a new one"
    )
    guard size < termCount else {
      // The batch is the whole, and what is lowest on it is so indeed.
      swap(&state.best, &state.memory.base.best)
      defer { swap(&state.best, &state.memory.base.best) }
      return try advanceBase(&state, asking: &oracle)
    }

    if state.memory.position >= termCount { state.memory.beginEpoch(of: whole, seed: seed) }
    let start = state.memory.position
    let end = Swift.min(start + size, termCount)
    oracle.problem.batch = Batch(order: state.memory.order, range: start..<end)
    // The order is shuffled in place, which needs that no batch refers to it any more.
    defer { oracle.problem.batch = whole }
    // A refusal leaves what is known of the current point; once the evaluation is paid for, the batch's takes its
    // place. The driver looks at the whole between epochs, where a resumed run sees what the other one saw.
    try oracle.pay(.gradient, state.current.point.count)
    if start == 0, state.current.isEvaluated { state.best.note(state.current.point, state.current.value) }
    // Nothing that the batch says outlives the step: it is no value of the whole sum.
    defer {
      state.current.isEvaluated = false
      state.other.isEvaluated = false
      state.memory.base.best.value = nil
    }
    try oracle.evaluatePaid(&state.current)
    // No later batch makes a number of what is none.
    guard state.current.value.isFinite else { return .stuck(.nonFinite) }
    let step = try advanceBase(&state, asking: &oracle)
    state.memory.position = end
    switch step {
    case .accepted(let length), .sampled(let length, _):
      return .sampled(length: length, completesPass: end == termCount)
    case .stuck(.noLowerBound): return step
    case .rejected, .stuck: return .sampled(length: 0, completesPass: end == termCount)
    }
  }

  /// Lends the iterates to the solver for a step.
  @inlinable func advanceBase(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    state.exchangeIterates()
    defer { state.exchangeIterates() }
    return try base.advance(&state.memory.base, asking: &oracle)
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { base.restarts(in: memory.base.memory) }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public func complaint(inDimension n: Int) -> String? { base.complaint(inDimension: n) }

  public var complaint: String? {
    if size < 1 { return "The batch's size is \(size): choose at least 1 term, such as 32." }
    if base.comparesGradients {
      return """
        The method compares the gradients of two points, which on batches are those of two functions: choose one \
        that does not, such as .adam(), or let it see all terms.
        """
    }
    return base.complaint
  }
}

extension MiniBatch.Memory {
  /// Draws the order of the next epoch, in place.
  @inlinable mutating func beginEpoch(of terms: Batch, seed: UInt64) {
    for i in order.indices { order[i] = terms[i] }
    // The top bit keeps the orders' streams apart from those of Hutchinson's probes, which may have the same seed.
    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: epoch) | 1 << 63)
    generator.shuffle(&order)
    epoch += 1
    position = 0
  }
}

extension MiniBatch.Memory {
  @usableFromInline enum CodingKeys: CodingKey { case base, order, position, epoch }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode(State<Base.Problem.Scalar, Base.Memory>.self, forKey: .base)
    order = try container.decode([Int].self, forKey: .order)
    position = try container.decode(Int.self, forKey: .position)
    epoch = try container.decode(Int.self, forKey: .epoch)
    guard base.current.point.isEmpty, base.other.point.isEmpty, base.best.value == nil,
      order.allSatisfy({ $0 >= 0 }), epoch >= 0, (0...order.count).contains(position),
      epoch > 0 || position == order.count
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: """
            no state of a run on batches: its iterates are empty between steps, its terms are not negative, and its \
            position \(position) lies within an order of \(order.count) terms, at the end before epoch 1
            """))
    }
  }
}

extension Oracle {
  /// Evaluates an iterate on what the problem is now, for a charge that is entered already.
  @inlinable mutating func evaluatePaid(_ iterate: inout Iterate<Scalar>) throws(Halt) {
    iterate.isEvaluated = false
    do {
      iterate.value = try problem.valueAndGradient(at: iterate.point, into: &iterate.gradient)
    } catch { throw .failed(error) }
    iterate.isEvaluated = true
  }
}

extension State {
  /// The iterates and their number change places with the inner state's.
  @inlinable mutating func exchangeIterates<Base>()
  where Memory == MiniBatch<Base>.Memory, Scalar == Base.Problem.Scalar {
    swap(&current, &memory.base.current)
    swap(&other, &memory.base.other)
    swap(&iteration, &memory.base.iteration)
  }
}

extension Solver where Problem: FiniteSumObjective {
  /// This solver, seeing `size` terms of the sum at each step; see ``MiniBatch``.
  @inlinable public func onBatches(of size: Int, seed: UInt64 = 0) -> MiniBatch<Self> {
    MiniBatch(self, of: size, seed: seed)
  }
}

extension Solver {
  /// A solver that sees `size` terms of the sum at each step: the spelling of ``onBatches(of:seed:)`` for an array
  /// of `any Solver<P>`; see ``MiniBatch``.
  @inlinable public static func onBatches<Base>(
    of size: Int, seed: UInt64 = 0, _ base: Base
  ) -> Self where Self == MiniBatch<Base> {
    MiniBatch(base, of: size, seed: seed)
  }
}
