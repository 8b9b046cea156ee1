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
/// On batches the weights decay before the base's step, so that a base that looks at them (``Clipping/adaptive(_:in:)``) sees
/// them as θ − ηλθ.
///
/// - **Demands**: what its base demands, ``BlockStructured`` and a learning rate. A base that compares gradients is refused.
/// - **Memory**: the base's; and 2n where it is coupled.
/// - **Work per step**: the base's and O(n).
/// - **Guarantees**: with λ = 0 it is its base, bit for bit; around ``SteepestDescent`` the two decays are the same.
/// - **Reference**: Hanson and Pratt, NIPS 1988; Loshchilov and Hutter, ICLR 2019 (1711.05101).
public struct Decayed<Base: Direction>: DirectionWrapper where Base.Problem: BlockStructured {
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

  public typealias Memory = WrappedDirection<Base, Own>

  /// The blocks that decay, and what the base sees of the current point.
  public struct Own: Sendable, Codable, Equatable {
    /// g + λθ, and where the direction is written first the current point with it; without elements where the decay is
    /// decoupled.
    public var coupled: Iterate<Scalar>
    @usableFromInline var blocks: [Layout.Block]

    @usableFromInline init(_ blocks: [Layout.Block], dimension: Int) {
      coupled = Iterate(Vector(zeros: dimension))
      self.blocks = blocks
    }

    @inlinable mutating func couple(_ θ: Vector<Scalar>, _ λ: Scalar) {
      for block in blocks { coupled.gradient.add(θ, times: λ, in: block) }
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    var isCoupled: Bool { if case .coupled = decay { true } else { false } }
    let own = Own(
      problem.layout.blocks.filter { !spared.contains($0.role) }, dimension: isCoupled ? dimension : 0)
    return Memory(base.allocate(dimension, for: problem), own)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    switch decay {
    case .coupled(let λ):
      memory.own.coupled.copy(current)
      memory.own.couple(current.point, λ)
      return try base.choose(
        &p, at: memory.own.coupled, after: previous, iteration: iteration, &memory.base, asking: &oracle)
    case .decoupled(let λ):
      let length = try base.choose(
        &p, at: current, after: previous, iteration: iteration, &memory.base, asking: &oracle)
      for block in memory.own.blocks { p.add(current.point, times: -λ, in: block) }
      return length
    }
  }

  @inlinable public func step(
    _ point: inout Vector<Scalar>, from start: Vector<Scalar>?, along gradient: Vector<Scalar>, by α: Scalar,
    _ memory: inout Memory
  ) {
    switch decay {
    case .coupled(let λ):
      memory.own.coupled.gradient.copy(gradient)
      memory.own.couple(start ?? point, λ)
      base.step(&point, from: start, along: memory.own.coupled.gradient, by: α, &memory.base)
    case .decoupled(let λ):
      if let start {
        base.step(&point, from: start, along: gradient, by: α, &memory.base)
        for block in memory.own.blocks { point.add(start, times: -α * λ, in: block) }
      } else {
        for block in memory.own.blocks { point.scale(block, by: 1 - α * λ) }
        base.step(&point, from: nil, along: gradient, by: α, &memory.base)
      }
    }
  }

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
