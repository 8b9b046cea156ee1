/// A solver around another one, its base: it lends the base the run's iterates for a step and adds something of its own.
///
/// What is written here once serves every wrapper: the memory, the loan of the iterates, and all that the driver asks of a
/// solver and the base can answer. A wrapper writes the step, and what it answers differently.
public protocol Wrapper<Base>: Solver where Problem == Base.Problem, Memory == Wrapped<Base, Own> {
  /// The solver that takes the steps.
  associatedtype Base: Solver
  /// What the wrapper itself remembers.
  associatedtype Own: Sendable, Codable, Equatable

  var base: Base { get }

  /// What the wrapper remembers before the first step.
  func begin(_ dimension: Int, for problem: Problem) -> Own
}

/// What a ``Wrapper`` remembers: what its base works on, and what it adds.
public struct Wrapped<Base: Solver, Own: Sendable & Codable & Equatable>: Sendable, Codable, Equatable {
  /// What the base works on; between steps its iterates are empty, for the run holds them.
  public var base: State<Base.Problem.Scalar, Base.Memory>
  /// What the wrapper adds.
  public var own: Own

  @inlinable init(_ base: Base.Memory, _ own: Own) {
    self.base = State(at: [], memory: base)
    self.own = own
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    base = try container.decode(State<Base.Problem.Scalar, Base.Memory>.self, forKey: .base)
    own = try container.decode(Own.self, forKey: .own)
    guard base.current.point.isEmpty, base.other.point.isEmpty, base.best.value == nil else {
      throw DecodingError.dataCorruptedError(
        forKey: .base, in: container,
        debugDescription: "no state of a solver within another: between steps its iterates are empty")
    }
  }

  private enum CodingKeys: CodingKey { case base, own }
}

extension State {
  /// All but the memory changes places with the inner state's.
  @inlinable mutating func exchange<Base, Own>()
  where Memory == Wrapped<Base, Own>, Scalar == Base.Problem.Scalar {
    swap(&current, &memory.base.current)
    swap(&other, &memory.base.other)
    swap(&iteration, &memory.base.iteration)
    swap(&best, &memory.base.best)
    swap(&watch, &memory.base.watch)
  }

  /// Notes the current point, before another takes its place without a step.
  @inlinable mutating func noteCurrent() {
    if current.isEvaluated { best.note(current.point, current.value) }
  }
}

extension Wrapper {
  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Wrapped(base.allocate(dimension, for: problem), begin(dimension, for: problem))
  }

  /// The base takes a step from the current point.
  @inlinable func advanceBase(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Problem.Scalar> {
    state.exchange()
    defer { state.exchange() }
    return try base.advance(&state.memory.base, asking: &oracle)
  }

  /// The base evaluates the current point.
  @inlinable func evaluateBase(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    state.exchange()
    defer { state.exchange() }
    try base.evaluate(&state.memory.base, asking: &oracle)
  }

  @inlinable public func evaluate(
    _ state: inout State<Problem.Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) { try evaluateBase(&state, asking: &oracle) }

  @inlinable public func criterion(
    in state: State<Problem.Scalar, Memory>, _ convergence: Convergence<Problem.Scalar>
  ) -> Criterion<Problem.Scalar>? {
    var state = state
    state.exchange()
    return base.criterion(in: state.memory.base, convergence)
  }

  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try base.curvature(at: iterate, asking: &oracle)
  }

  @inlinable public func restarts(in memory: Memory) -> Restarts { base.restarts(in: memory.base.memory) }

  @inlinable public func remark(in memory: Memory) -> String? { base.remark(in: memory.base.memory) }

  @inlinable public var comparesGradients: Bool { base.comparesGradients }

  @inlinable public var comparesValues: Bool { base.comparesValues }

  @inlinable public var setsOutFromGradient: Bool { base.setsOutFromGradient }

  @inlinable public var drawsTerms: Bool { base.drawsTerms }

  @inlinable public func complaint(inDimension n: Int) -> String? { base.complaint(inDimension: n) }
}

extension Solver {
  /// Why this method cannot be handed a gradient from elsewhere, or nil when it can.
  func complaintAboutForeignGradient(suggesting example: String) -> String? {
    if !setsOutFromGradient {
      return """
        The method asks for its gradients itself and would not look at those that it is handed: put it outside, or choose \
        one that does not, such as \(example).
        """
    }
    if comparesGradients {
      return """
        The method compares the gradients of two points, which are taken elsewhere here: choose one that does not, \
        such as \(example).
        """
    }
    if comparesValues {
      return """
        The method searches, or holds f against a model of it, and the gradient that it would go by is taken elsewhere \
        here: choose one with a rate, such as \(example).
        """
    }
    return nil
  }
}
