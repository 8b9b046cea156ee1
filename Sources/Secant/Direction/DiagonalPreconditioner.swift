/// M = diag |∇²f|, from the dense Hessian: Jacobi's preconditioner.
///
/// An element below `least` times the largest is raised to that: where the Hessian is indefinite M is positive
/// definite still.
///
/// - **Demands**: ``TwiceDifferentiableObjective``; products that are cheaper than a Hessian, or there is no need of
///   conjugate gradients.
/// - **Memory**: n² + n.
/// - **Work per step**: one Hessian, and n divisions for each conjugate gradient.
/// - **Guarantees**: M is positive definite; within a factor of n the best diagonal for a positive definite Hessian.
/// - **Reference**: van der Sluis, *Numer. Math.* 14 (1969) 14–23; Nocedal and Wright, *Numerical Optimization*, 2nd
///   ed., section 5.1.
public struct HessianDiagonal<Problem: TwiceDifferentiableObjective>: Preconditioner {
  public typealias Scalar = Problem.Scalar

  /// The least element of M, as a part of the largest.
  public var least: Scalar

  @inlinable public init(least: Scalar? = nil) { self.least = least ?? Scalar.ulpOfOne.squareRoot() }

  /// Room for the Hessian and its diagonal, which nothing depends on once the system is solved.
  public struct Memory: Workspace {
    @usableFromInline var hessian: Matrix<Scalar>
    @usableFromInline var diagonal: Vector<Scalar>

    /// The number of variables.
    public var shape: Int { diagonal.count }

    public init(shape n: Int) {
      hessian = Matrix(zeros: n, n)
      diagonal = Vector(zeros: n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(shape: dimension) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, iteration _: Int, _ memory: inout Memory,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try oracle.hessian(at: current.point, into: &memory.hessian)
    for i in memory.diagonal.indices { memory.diagonal[i] = memory.hessian[i, i] }
    memory.diagonal.makePreconditioner(least)
  }

  @inlinable public func solve(
    _ r: Vector<Scalar>, into z: inout Vector<Scalar>, _ memory: inout Memory
  ) { z.set(r, dividedBy: memory.diagonal) }

  public var complaint: String? { complaintAboutScale("least", least, suggesting: "1e-8") }
}

/// M = diag |∇²f|, estimated by a Hessian-vector product a step: for problems that are known by their products.
///
/// d̂ ← β d̂ + (1 − β) u ⊙ ∇²f u with random signs u (``Hutchinson``); M is |d̂| over its largest element,
/// so that the start at zero cancels, and `least` at least.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: 4n.
/// - **Work per step**: one Hessian-vector product, and n divisions for each conjugate gradient.
/// - **Guarantees**: M is positive definite, and exact where the Hessian is diagonal and stands still. The probe of a
///   step depends on the seed and the step's number alone.
/// - **Reference**: Bekas, Kokiopoulou and Saad, *Appl. Numer. Math.* 57 (2007); Martens, *Deep learning via
///   Hessian-free optimization*, 2010, section 4.7, for a diagonal preconditioner in this place.
public struct EstimatedDiagonal<Problem: HessianVectorObjective>: Preconditioner {
  public typealias Scalar = Problem.Scalar

  /// β, the weight of the past in the average.
  public var memory: Scalar
  /// The least element of M, as a part of the largest.
  public var least: Scalar
  /// Where the probes come from.
  public var probes: Hutchinson

  @inlinable public init(memory: Scalar = 0.9, least: Scalar = 1e-3, probes: Hutchinson = Hutchinson()) {
    self.memory = memory
    self.least = least
    self.probes = probes
  }

  /// The average, and how many draws are in it.
  public struct Memory: Sendable, Codable, Equatable {
    /// d̂.
    @usableFromInline var average: Vector<Scalar>
    @usableFromInline var draws = 0
    /// The step that the last draw was for.
    @usableFromInline var iteration = -1
    @usableFromInline var diagonal: Scratch<Scalar>
    @usableFromInline var probe: Scratch<Scalar>
    @usableFromInline var product: Scratch<Scalar>

    @inlinable init(_ n: Int) {
      average = Vector(zeros: n)
      diagonal = Scratch(n)
      probe = Scratch(n)
      product = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, iteration: Int, _ memory: inout Memory,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    // A step that begins again finds its draw in the average.
    if iteration != memory.iteration {
      try probes.estimate(
        at: current.point, draw: memory.draws, probe: &memory.probe.vector, product: &memory.product.vector,
        asking: &oracle)
      memory.iteration = iteration
      memory.draws += 1
      memory.average.scale(
        by: self.memory, addingProductOf: memory.probe.vector, memory.product.vector, times: 1 - self.memory)
    }
    memory.diagonal.vector.copy(memory.average)
    memory.diagonal.vector.makePreconditioner(least)
  }

  @inlinable public func solve(
    _ r: Vector<Scalar>, into z: inout Vector<Scalar>, _ memory: inout Memory
  ) { z.set(r, dividedBy: memory.diagonal.vector) }

  public var complaint: String? {
    complaintAboutAverage("memory (β)", memory, suggesting: "0.9")
      ?? complaintAboutScale("least", least, suggesting: "1e-3")
  }
}

extension Vector {
  /// x ← max(|x|, ε max |x|) / max |x|, elementwise: positive, and 1 at most. Ones where x is zero or not finite.
  @inlinable mutating func makePreconditioner(_ ε: Scalar) {
    let largest = largestMagnitude
    guard largest > 0, largest.isFinite else { return fill(with: 1) }
    for i in indices { self[i] = Swift.max(abs(self[i]) / largest, ε) }
  }
}
