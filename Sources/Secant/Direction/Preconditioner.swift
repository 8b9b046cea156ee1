/// What makes conjugate gradients shorter: a positive definite M ≈ ∇²f whose inverse is cheap.
///
/// M stands still while one system is solved; between systems it may learn, from the Hessian, from products of its own
/// or from those that conjugate gradients made.
///
/// | type | M |
/// | --- | --- |
/// | ``IdentityPreconditioner`` | I |
/// | ``HessianDiagonal`` | the exact diagonal, in magnitude |
/// | ``EstimatedDiagonal`` | the diagonal by Hutchinson's probes, in magnitude |
/// | ``LimitedMemoryPreconditioner`` | L-BFGS on the products of the system before |
public protocol Preconditioner<Problem>: Sendable {
  /// The problems whose Hessian it knows something about.
  associatedtype Problem: HessianVectorObjective
  /// What it remembers between steps: ``Stateless`` for the identity.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Prepares M for the system at `current`, after `iteration` accepted steps.
  func prepare(
    at current: Iterate<Problem.Scalar>, iteration: Int, _ memory: inout Memory,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// z ← M⁻¹ r.
  func solve(_ r: Vector<Problem.Scalar>, into z: inout Vector<Problem.Scalar>, _ memory: inout Memory)

  /// Takes notice of a product ∇²f d that conjugate gradients made: M changes at the next system only.
  func learn(
    _ d: Vector<Problem.Scalar>, product Bd: Vector<Problem.Scalar>, _ memory: inout Memory)

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension Preconditioner {
  @inlinable public var complaint: String? { nil }

  @inlinable public func prepare(
    at _: Iterate<Problem.Scalar>, iteration _: Int, _: inout Memory, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {}

  @inlinable public func learn(
    _: Vector<Problem.Scalar>, product _: Vector<Problem.Scalar>, _: inout Memory
  ) {}
}

extension Preconditioner where Memory == Stateless {
  @inlinable public func allocate(_: Int, for _: Problem) -> Stateless { Stateless() }
}

/// M = I: conjugate gradients as they are.
public struct IdentityPreconditioner<Problem: HessianVectorObjective>: Preconditioner {
  @inlinable public init() {}

  @inlinable public func solve(
    _ r: Vector<Problem.Scalar>, into z: inout Vector<Problem.Scalar>, _: inout Stateless
  ) { z.copy(r) }
}
