public import SecantLinearAlgebra

/// Any direction with weight decay, on the blocks that are weights.
///
/// | decay | what it does in a block that decays |
/// | --- | --- |
/// | ``Decay/coupled(_:)`` | the base sees g + λθ: the gradient of f + λ‖θ‖²/2 |
/// | ``Decay/decoupled(_:)`` | p ← p − λθ, so that a step at the rate η is θ ← (1 − ηλ)θ + ηp |
///
/// Biases and normalisations are spared unless it is said otherwise. f and its gradient, on which convergence is judged, are
/// without the decay: its points of rest are not those of f. Who wants to minimise f + λ‖θ‖²/2 writes it into the problem.
///
/// - **Demands**: what its base demands, ``BlockStructured`` and a learning rate. A base that compares gradients is refused.
/// - **Memory**: the base's; and 2n where it is coupled.
/// - **Work per step**: the base's and O(n).
/// - **Guarantees**: with λ = 0 it is its base, bit for bit; around ``SteepestDescent`` the two decays are the same.
/// - **Reference**: Hanson and Pratt, NIPS 1988; Loshchilov and Hutter, ICLR 2019 (1711.05101).
public struct Decayed<Base: Direction>: Direction where Base.Problem: BlockStructured {
  public typealias Problem = Base.Problem
  public typealias Scalar = Problem.Scalar

  /// The direction that decay is added to.
  public var base: Base
  /// How it is added, and how much.
  public var decay: Decay<Scalar>
  /// The roles of the blocks that do not decay.
  public var spared: Set<Layout.Role>

  @inlinable public init(
    _ base: Base, by decay: Decay<Scalar>, sparing spared: Set<Layout.Role> = [.bias, .normalisation]
  ) {
    self.base = base
    self.decay = decay
    self.spared = spared
  }

  /// The blocks that decay, and what the base sees and remembers.
  public struct Memory: Sendable, Codable, Equatable {
    /// The current point with g + λθ; without elements where the decay is decoupled.
    public var coupled: Iterate<Scalar>
    /// What the base remembers.
    public var base: Base.Memory
    @usableFromInline var blocks: [Layout.Block]

    @usableFromInline init(_ base: Base.Memory, _ blocks: [Layout.Block], dimension: Int) {
      coupled = Iterate(Vector(zeros: dimension))
      self.base = base
      self.blocks = blocks
    }

    @inlinable mutating func couple(_ current: Iterate<Scalar>, _ λ: Scalar) {
      coupled.copy(current)
      for block in blocks { coupled.gradient.add(current.point, times: λ, in: block) }
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    var isCoupled: Bool { if case .coupled = decay { true } else { false } }
    return Memory(
      base.allocate(dimension, for: problem), problem.layout.blocks.filter { !spared.contains($0.role) },
      dimension: isCoupled ? dimension : 0)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    switch decay {
    case .coupled(let λ):
      memory.couple(current, λ)
      return try base.choose(
        &p, at: memory.coupled, after: previous, iteration: iteration, &memory.base, asking: &oracle)
    case .decoupled(let λ):
      let length = try base.choose(
        &p, at: current, after: previous, iteration: iteration, &memory.base, asking: &oracle)
      for block in memory.blocks { p.add(current.point, times: -λ, in: block) }
      return length
    }
  }

  @inlinable public func step(
    to point: inout Vector<Scalar>, by α: Scalar, at current: Iterate<Scalar>, _ memory: inout Memory
  ) -> Bool {
    switch decay {
    case .coupled(let λ):
      memory.couple(current, λ)
      return base.step(to: &point, by: α, at: memory.coupled, &memory.base)
    case .decoupled(let λ):
      guard base.step(to: &point, by: α, at: current, &memory.base) else { return false }
      for block in memory.blocks { point.add(current.point, times: -α * λ, in: block) }
      return true
    }
  }

  @inlinable public func restart(_ memory: inout Memory, at iteration: Int) -> Bool {
    base.restart(&memory.base, at: iteration)
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { base.restarts(in: memory.base) }

  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public var comparesGradients: Bool { base.comparesGradients }

  public var complaint: String? {
    if base.comparesGradients {
      return """
        The direction compares the gradients of two points, and decayed ones are no gradients of f: add λ‖θ‖²/2 to the \
        problem, or choose one that does not, such as Adam().
        """
    }
    return decay.complaint ?? base.complaint
  }
}

/// How weights decay.
public enum Decay<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// g ← g + λθ before the direction is chosen: L2 regularisation.
  case coupled(Scalar)
  /// p ← p − λθ after it is chosen.
  case decoupled(Scalar)

  @usableFromInline var complaint: String? {
    switch self {
    case .coupled(let λ), .decoupled(let λ):
      complaintAboutSize("the decay (λ)", λ, suggesting: "1e-2, or 0 for none")
    }
  }
}

extension Descent where D.Problem: BlockStructured {
  /// This method with weight decay; see ``Decayed``.
  @inlinable public func decayed(
    by decay: Decay<Scalar>, sparing spared: Set<Layout.Role> = [.bias, .normalisation]
  ) -> Descent<Decayed<D>, Rule> {
    Descent<Decayed<D>, Rule>(Decayed(direction, by: decay, sparing: spared), step: rule)
  }
}

extension Solver {
  /// A method with weight decay: the spelling of `Descent/decayed(by:sparing:)` for an array of `any Solver<P>`; see
  /// ``Decayed``.
  @inlinable public static func decayed<D, Rule>(
    by decay: Decay<D.Problem.Scalar>, sparing spared: Set<Layout.Role> = [.bias, .normalisation],
    _ base: Descent<D, Rule>
  ) -> Self where Self == Descent<Decayed<D>, Rule> {
    base.decayed(by: decay, sparing: spared)
  }
}
