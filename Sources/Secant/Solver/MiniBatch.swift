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
public struct MiniBatch<Base: Solver>: Wrapper where Base.Problem: FiniteSumObjective {
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

  /// The order of the epoch, and room for what a search finds on a batch.
  public struct Own: Sendable, Codable, Equatable {
    /// The terms in the order of this epoch.
    public var order: [Int]
    /// Where the next batch begins in the order.
    public var position: Int
    /// Epochs begun.
    public var epoch = 0
    /// The record that the base keeps on a batch; it holds no value between steps.
    public var record: Record<Scalar>

    @inlinable init(_ dimension: Int, termCount: Int) {
      // A count that is none is refused; what is allocated by it must not end the program before.
      order = Array(0..<Swift.max(0, termCount))
      position = order.count
      record = Record(dimension: dimension)
    }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for problem: Problem) -> Own {
    Own(dimension, termCount: problem.batch.count(of: problem.termCount))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let whole = oracle.problem.batch
    let termCount = whole.count(of: oracle.problem.termCount)
    precondition(
      termCount == state.memory.own.order.count,
      "the run began with \(state.memory.own.order.count) terms and its problem now has \(termCount): start a new one"
    )
    // The batch is the whole, and what is lowest on it is so indeed.
    guard size < termCount else {
      state.watch.seesSamples = false
      if base.setsOutFromGradient, !state.current.isEvaluated { try evaluateBase(&state, asking: &oracle) }
      return try advanceBase(&state, asking: &oracle)
    }

    if state.memory.own.position >= termCount { state.memory.own.beginEpoch(of: whole, seed: seed) }
    let start = state.memory.own.position
    let end = Swift.min(start + size, termCount)
    oracle.problem.batch = Batch(order: state.memory.own.order, range: start..<end)
    // The order is shuffled in place, which needs that no batch refers to it any more.
    defer { oracle.problem.batch = whole }
    try evaluateOnBatch(&state, beginsEpoch: start == 0, asking: &oracle)
    swap(&state.best, &state.memory.own.record)
    // Nothing that the batch says outlives the step: it is no value of the whole sum.
    defer {
      swap(&state.best, &state.memory.own.record)
      state.current.isEvaluated = false
      state.other.isEvaluated = false
      state.memory.own.record.value = nil
    }
    // No later batch makes a number of what is none.
    if state.current.isEvaluated, !state.current.value.isFinite { return .stuck(.nonFinite) }
    let step = try advanceBase(&state, asking: &oracle)
    state.memory.own.position = end
    switch step {
    case .accepted(let length), .sampled(let length, _):
      return .sampled(length: length, completesPass: end == termCount)
    case .stuck(.noLowerBound): return step
    case .rejected, .stuck: return .sampled(length: 0, completesPass: end == termCount)
    }
  }

  /// The batch's value and gradient take the place of the whole's, which goes into the record where an epoch begins: the
  /// driver looks at the whole between epochs, where a resumed run sees what the other one saw. A refusal leaves what is
  /// known of the current point.
  @inlinable func evaluateOnBatch(
    _ state: inout State<Scalar, Memory>, beginsEpoch: Bool, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    let (isKnown, value) = (state.current.isEvaluated, state.current.value)
    state.current.isEvaluated = false
    var isRefused = false
    defer {
      if isRefused {
        state.current.isEvaluated = isKnown
      } else if isKnown, beginsEpoch {
        state.best.note(state.current.point, value)
      }
    }
    guard base.setsOutFromGradient else { return }
    do { try evaluateBase(&state, asking: &oracle) } catch {
      if case .failed = error {} else { isRefused = true }
      throw error
    }
  }

  /// A base's own measure is that of what it saw last: of the whole at the start, of a batch after a step on one.
  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? {
    if state.watch.seesSamples { return convergence.criterion(state.watch, state.current.gradient) }
    var state = state
    state.exchange()
    return base.criterion(in: state.memory.base, convergence)
  }

  @inlinable public var setsOutFromGradient: Bool { false }

  @inlinable public var drawsTerms: Bool { true }

  public var complaint: String? {
    if size < 1 { return "The batch's size is \(size): choose at least 1 term, such as 32." }
    if base.drawsTerms {
      return
        "The method chooses its terms itself, and can be handed no batches: take it without onBatches(of:)."
    }
    if base.comparesGradients {
      return """
        The method compares the gradients of two points, which on batches are those of two functions: choose one \
        that does not, such as .adam(), or let it see all terms.
        """
    }
    return base.complaint
  }
}

extension MiniBatch.Own {
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

extension MiniBatch.Own {
  @usableFromInline enum CodingKeys: CodingKey { case order, position, epoch, record }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    order = try container.decode([Int].self, forKey: .order)
    position = try container.decode(Int.self, forKey: .position)
    epoch = try container.decode(Int.self, forKey: .epoch)
    record = try container.decode(Record<Base.Problem.Scalar>.self, forKey: .record)
    guard order.allSatisfy({ $0 >= 0 }), epoch >= 0, (0...order.count).contains(position),
      epoch > 0 || position == order.count, record.value == nil
    else {
      throw DecodingError.dataCorrupted(
        DecodingError.Context(
          codingPath: decoder.codingPath,
          debugDescription: """
            no state of a run on batches: its terms are not negative, its position \(position) lies within an order of \
            \(order.count) terms, at the end before epoch 1, and no value of a batch is kept between steps
            """))
    }
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
