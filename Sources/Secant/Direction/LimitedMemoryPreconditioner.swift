/// M⁻¹ = the inverse Hessian of L-BFGS, from the products that conjugate gradients made for the system before.
///
/// Each product Bd is a pair s = d, y = Bd, exact and free. The last m of one system with dᵀBd > 0 make the
/// preconditioner of the next; while there are none it is the identity.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: 4(m + 1)n: the memory in use and the one that is being filled.
/// - **Work per step**: two passes over 2m vectors for each conjugate gradient; no product.
/// - **Guarantees**: M is positive definite. On a quadratic M takes the curvature along the pairs exactly, so that m
///   eigenvalues of M⁻¹B are 1.
/// - **Reference**: Morales and Nocedal, *SIAM J. Optim.* 10 (2000) 1079–1096. They sample the pairs evenly over the
///   system; here the last ones count.
///
/// | paper | here |
/// | --- | --- |
/// | m | `memory` |
/// | H(m) | `Memory.current` |
public struct LimitedMemoryPreconditioner<Problem: HessianVectorObjective>: Preconditioner {
  public typealias Scalar = Problem.Scalar

  /// m, the most pairs of one preconditioner.
  public var memory: Int

  @inlinable public init(memory: Int = 8) { self.memory = memory }

  /// The preconditioner, and the one that the products of the present system go to.
  public struct Memory: Sendable, Codable, Equatable {
    /// H(m) of the system before.
    public var current: LimitedMemoryInverseHessian<Scalar>
    @usableFromInline var next: LimitedMemoryInverseHessian<Scalar>
    /// The step that `current` is for.
    @usableFromInline var iteration = -1
    @usableFromInline var zero: Scratch<Scalar>

    @inlinable init(_ n: Int, _ capacity: Int) {
      current = LimitedMemoryInverseHessian(dimension: n, capacity: capacity)
      next = LimitedMemoryInverseHessian(dimension: n, capacity: capacity)
      zero = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, Swift.min(Swift.max(memory, 1), 100_000))
  }

  @inlinable public func prepare(
    at _: Iterate<Scalar>, iteration: Int, _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    // A step that begins again solves the same system: what it learnt of it the first time comes again.
    if iteration == memory.iteration { return memory.next.removeAll() }
    memory.iteration = iteration
    // Where the system before made no product that counts, the preconditioner stays.
    guard memory.next.count > 0 else { return }
    swap(&memory.current, &memory.next)
    memory.next.removeAll()
  }

  @inlinable public func solve(
    _ r: Vector<Scalar>, into z: inout Vector<Scalar>, _ memory: inout Memory
  ) {
    memory.current.apply(to: r, into: &z)
    z.negate()
  }

  @inlinable public func learn(_ d: Vector<Scalar>, product Bd: Vector<Scalar>, _ memory: inout Memory) {
    memory.zero.vector.fill(with: 0)
    memory.next.update(from: (memory.zero.vector, memory.zero.vector), to: (d, Bd))
  }

  public var complaint: String? {
    (1...100_000).contains(memory)
      ? nil : "memory (m) is \(memory): choose from 1 to 100000 pairs, such as 8."
  }
}
