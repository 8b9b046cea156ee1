public import SecantLinearAlgebra

/// Stochastic variance-reduced gradients: the gradient of a few terms, corrected by what these and all terms had at a point
/// before.
///
/// ```swift
/// minimize(problem, from: start, using: .svrg(rate: 0.1))
/// ```
///
/// w̃ ← x and μ ← ∇f(w̃) after every m steps; in each the base steps with ∇f_B(x) − ∇f_B(w̃) + μ, for terms B drawn with
/// replacement. The correction has mean 0, and the whole vanishes at a minimum, so that a constant rate converges.
///
/// - **Demands**: ``FiniteSumObjective`` and what its base demands: a method with a rate, which is handed the gradient. One that
///   searches, compares the gradients of two points, or asks for its own, is refused.
/// - **Memory**: the base's and 3n.
/// - **Work per step**: the base's and O(n). Two gradients on B, which is 2|B|/N passes, and one of all terms every m steps: with
///   m = 2N/|B| five passes between two snapshots, after which the driver looks at the whole at its own expense.
/// - **Guarantees**: linear convergence in expectation on smooth, strongly convex sums with a rate below 1/4L and m large enough.
///   The terms of a step depend on the seed and the number of the step alone.
/// - **Reference**: Johnson and Zhang, NIPS 2013, with option I, which takes the last point.
///
/// | paper | here |
/// | --- | --- |
/// | m, η | `interval`, the base's rate |
/// | w̃, μ̃ | `Own.snapshot`, `Own.full` |
public struct SVRG<Base: Solver>: Wrapper where Base.Problem: FiniteSumObjective {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The solver that takes the steps.
  public var base: Base
  /// |B|, the terms of a step, at most all.
  public var size: Int
  /// m, the steps from one snapshot to the next; nil is 2N/|B|, as the paper advises for convex sums.
  public var interval: Int?
  /// The seed of the terms: the same seed draws the same.
  public var seed: UInt64

  @inlinable public init(_ base: Base, size: Int = 1, interval: Int? = nil, seed: UInt64 = 0) {
    self.base = base
    self.size = size
    self.interval = interval
    self.seed = seed
  }

  /// The snapshot, and the terms of a step.
  public struct Own: Sendable, Codable, Equatable {
    /// w̃.
    public var snapshot: Vector<Scalar>
    /// μ, the gradient of all terms at w̃.
    public var full: Vector<Scalar>
    /// Steps since the snapshot; nil before the first.
    public var position: Int?
    /// Steps in all, which the draws depend on.
    public var steps = 0
    /// B.
    @usableFromInline var terms: [Int]
    /// ∇f_B(w̃).
    @usableFromInline var gradient: Scratch<Scalar>

    @inlinable init(_ dimension: Int, size: Int) {
      snapshot = Vector(zeros: dimension)
      full = Vector(zeros: dimension)
      terms = Array(repeating: 0, count: Swift.max(0, size))
      gradient = Scratch(dimension)
    }
  }

  public typealias Memory = Wrapped<Base, Own>

  @inlinable public func begin(_ dimension: Int, for problem: Problem) -> Own {
    Own(dimension, size: Swift.min(size, problem.batch.count(of: problem.termCount)))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let whole = oracle.problem.batch
    let termCount = whole.count(of: oracle.problem.termCount)
    let size = state.memory.own.terms.count
    let interval = self.interval ?? Swift.max(1, 2 * termCount / size)
    if (state.memory.own.position ?? interval) >= interval {
      try takeSnapshot(&state, asking: &oracle)
    }

    state.noteCurrent()
    state.current.isEvaluated = false
    whole.draw(&state.memory.own.terms, of: termCount, seed: seed, step: state.memory.own.steps)
    oracle.problem.batch = Batch(order: state.memory.own.terms, range: 0..<size)
    // The terms are drawn in place, which needs that no batch refers to them any more.
    defer {
      oracle.problem.batch = whole
      state.current.isEvaluated = false
      state.other.isEvaluated = false
    }
    _ = try oracle.valueAndGradient(
      at: state.memory.own.snapshot, into: &state.memory.own.gradient.vector)
    try oracle.evaluate(&state.current)
    state.current.gradient.add(state.memory.own.gradient.vector, times: -1)
    state.current.gradient.add(state.memory.own.full)
    let step = try advanceBase(&state, asking: &oracle)
    guard case .accepted(let length) = step else { return step }
    state.memory.own.steps += 1
    let position = (state.memory.own.position ?? 0) + 1
    state.memory.own.position = position
    return .sampled(length: length, completesPass: position == interval)
  }

  /// w̃ ← x, μ ← ∇f(x). The gradient of the start is there; later ones that the driver looked at are not the method's.
  @inlinable func takeSnapshot(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    if state.memory.own.position == nil, state.current.isEvaluated {
      state.memory.own.full.copy(state.current.gradient)
    } else {
      _ = try oracle.valueAndGradient(at: state.current.point, into: &state.memory.own.full)
    }
    state.memory.own.snapshot.copy(state.current.point)
    state.memory.own.position = 0
  }

  @inlinable public func criterion(
    in state: State<Scalar, Memory>, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(state.watch, state.current.gradient) }

  @inlinable public var setsOutFromGradient: Bool { false }

  @inlinable public var drawsTerms: Bool { true }

  public var complaint: String? {
    if size < 1 { return "size is \(size): choose at least 1 term a step." }
    if let interval, interval < 1 {
      return "interval (m) is \(interval): choose at least 1 step, or nil for 2N/size."
    }
    return base.complaintAboutForeignGradient(suggesting: ".gradientDescent(rate: 0.1)") ?? base.complaint
  }
}

extension Batch {
  /// Draws some of these terms with replacement, by the seed and the number of the step alone.
  @inlinable func draw(_ terms: inout [Int], of termCount: Int, seed: UInt64, step: Int) {
    // The bit keeps the streams apart from those of Hutchinson's probes and of the orders of epochs.
    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: step) | 1 << 62)
    for k in terms.indices { terms[k] = self[generator.integer(below: termCount)] }
  }
}

extension Solver where Problem: FiniteSumObjective {
  /// This solver with variance-reduced gradients; see ``SVRG``.
  @inlinable public func varianceReduced(
    size: Int = 1, interval: Int? = nil, seed: UInt64 = 0
  ) -> SVRG<Self> { SVRG(self, size: size, interval: interval, seed: seed) }
}

extension Solver {
  /// Gradient descent with variance-reduced gradients; see ``SVRG``.
  @inlinable public static func svrg<P>(
    rate: P.Scalar, size: Int = 1, interval: Int? = nil, seed: UInt64 = 0
  ) -> Self where Self == SVRG<Descent<SteepestDescent<P>, Constant<P.Scalar>>> {
    SVRG(.gradientDescent(rate: rate), size: size, interval: interval, seed: seed)
  }
}
