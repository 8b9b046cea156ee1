/// A direction around another one, its base: it shows the base another gradient, or adds to what the base chose.
///
/// What is written here once serves every wrapper: the memory, and all that is asked of a direction and the base can answer.
public protocol DirectionWrapper<Base>: Direction
where Problem == Base.Problem, Memory == WrappedDirection<Base, Own> {
  /// The direction that is wrapped.
  associatedtype Base: Direction
  /// What the wrapper itself remembers.
  associatedtype Own: Sendable, Codable, Equatable

  var base: Base { get }
}

/// What a ``DirectionWrapper`` remembers: what its base does, and what it adds.
public struct WrappedDirection<Base: Direction, Own: Sendable & Codable & Equatable>: Sendable, Codable,
  Equatable
{
  /// What the base remembers.
  public var base: Base.Memory
  /// What the wrapper adds.
  public var own: Own

  @inlinable init(_ base: Base.Memory, _ own: Own) {
    self.base = base
    self.own = own
  }
}

extension DirectionWrapper {
  @inlinable public func stepsAtOnce(_ memory: Memory) -> Bool { base.stepsAtOnce(memory.base) }

  @inlinable public var demandsRate: Bool { base.demandsRate }

  @inlinable public func restart(_ memory: inout Memory, at iteration: Int) -> Bool {
    base.restart(&memory.base, at: iteration)
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { base.restarts(in: memory.base) }

  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public var comparesGradients: Bool { base.comparesGradients }
}
