public import SecantLinearAlgebra

/// Any solver on mini-batches: each step sees the next few terms of a finite sum, in an order drawn anew for every
/// epoch.
///
/// ```swift
/// minimize(problem, from: start, using: .adam(rate: 1e-2).onBatches(of: 32, seed: 1))
/// ```
///
/// Every epoch visits each term once; where the batch's size does not divide the number of terms, its last batch
/// is smaller. With a size of at least all terms it is the solver itself, bit for bit.
///
/// - **Demands**: what its solver demands, and ``FiniteSumObjective``.
/// - **Memory**: its solver's, and an index for each term.
/// - **Work per step**: its solver's on |B| of N terms, charged |B|/N passes an evaluation. The driver looks at all
///   terms once a pass, at its own expense.
/// - **Guarantees**: the order of an epoch is a function of the seed and the epoch alone. A step that the oracle
///   refuses is not taken, and the next one draws the same batch. A batch on which the solver is stuck is passed
///   over.
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
    /// What the solver itself works on; between steps its iterates are empty, for the run holds them.
    public var base: State<Scalar, Base.Memory>
    /// The order of the terms in this epoch; empty before the first.
    public var order: [Int]
    /// Where the next batch begins in the order.
    public var position: Int
    /// Epochs begun.
    public var epoch = 0

    @inlinable init(_ base: Base.Memory, termCount: Int) {
      self.base = State(at: Vector(zeros: 0), memory: base)
      order = Array(0..<termCount)
      position = termCount
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(base.allocate(dimension, for: problem), termCount: problem.termCount)
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let termCount = state.memory.order.count
    precondition(
      termCount == oracle.problem.termCount,
      "the run began with \(termCount) terms and its problem now has \(oracle.problem.termCount): start a new one"
    )
    guard size < termCount else { return try advanceBase(&state, asking: &oracle) }

    if state.memory.position >= termCount { state.memory.beginEpoch(seed: seed) }
    let start = state.memory.position
    let end = Swift.min(start + size, termCount)
    oracle.problem.batch = Batch(order: state.memory.order, range: start..<end)
    // The order is shuffled in place, which needs that no batch refers to it any more.
    defer { oracle.problem.batch = .all }
    // Whatever is known of the current point was another batch's.
    state.current.isEvaluated = false
    // Nor does what is known of any point on this batch outlive the step: it is no value of the whole sum.
    defer {
      state.current.isEvaluated = false
      state.other.isEvaluated = false
    }
    try oracle.evaluate(&state.current)
    let step = try advanceBase(&state, asking: &oracle)
    state.memory.position = end
    switch step {
    case .accepted(let length), .sampled(let length, _):
      return .sampled(length: length, completesPass: end == termCount)
    case .stuck(.noLowerBound): return step
    case .rejected, .stuck: return .rejected
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

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  public var complaint: String? {
    size > 0 ? base.complaint : "The batch's size is \(size): choose at least 1 term, such as 32."
  }
}

extension MiniBatch.Memory {
  /// Draws the order of the next epoch, in place.
  @inlinable mutating func beginEpoch(seed: UInt64) {
    for i in order.indices { order[i] = i }
    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: epoch))
    generator.shuffle(&order)
    epoch += 1
    position = 0
  }
}

extension State {
  /// Everything but the solver's memory changes places with the inner state's.
  @inlinable mutating func exchangeIterates<Base>()
  where Memory == MiniBatch<Base>.Memory, Scalar == Base.Problem.Scalar {
    swap(&current, &memory.base.current)
    swap(&other, &memory.base.other)
    swap(&best, &memory.base.best)
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
