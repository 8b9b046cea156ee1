/// The Gauss–Newton model of a sum of squares, B = 2c JᵀJ, by products with the Jacobian.
///
/// f = c‖r‖² has ∇²f = 2c(JᵀJ + Σrᵢ∇²rᵢ); the second term is left out, and vanishes with the residuals. f and ∇f are
/// made of r and J, which are evaluated once a point and factored: the run has converged when the residuals are
/// orthogonal to the columns of J, as with ``LevenbergMarquardt``.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: 3mn + 4n² + 4m.
/// - **Work per step**: one Jacobian and 2n²(m − n/3) flops, and 4mn flops for each product with B.
/// - **Guarantees**: B is positive semidefinite; quadratic convergence near a minimum with residuals of zero and a
///   Jacobian of full rank, linear where the residuals are small.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 10.3; Steihaug, *SIAM J. Numer.
///   Anal.* 20 (1983) 626–637.
///
/// | book | here |
/// | --- | --- |
/// | J | `jacobian` |
/// | r | `linearized.residuals` |
public struct GaussNewtonModel<Problem: ResidualObjective>: TrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// J, and the residuals where they were asked for last.
  public struct Memory: Sendable, Codable, Equatable {
    /// J at the point of the last step.
    public var jacobian: Matrix<Scalar>
    /// r, J and what is made of them, at the point evaluated last.
    public var linearized: LinearizedResiduals<Scalar>
    @usableFromInline var Jv: Scratch<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      jacobian = Matrix(zeros: m, n)
      linearized = LinearizedResiduals(m, n)
      Jv = Scratch(m)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension)
  }

  @inlinable public func evaluate(
    _ iterate: inout Iterate<Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try memory.linearized.evaluate(&iterate, iteration: 0, scaledBy: .norms, asking: &oracle)
  }

  @inlinable public func criterion(
    at _: Iterate<Scalar>, _: Watch<Scalar>, _ memory: Memory, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(memory.linearized) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside _: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    guard hasMoved else { return }
    try memory.linearized.ensure(at: current, scaledBy: .norms, asking: &oracle)
    memory.jacobian.copy(memory.linearized.jacobian)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) {
    memory.jacobian.multiply(v, into: &memory.Jv.vector)
    memory.jacobian.multiply(
      memory.Jv.vector, into: &product, times: 2 * oracle.problem.residualWeight, transposed: true)
  }
}

/// The Gauss–Newton model of a sum of squares, B = 2c JᵀJ, as a matrix.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: 2mn + 5n² + 3m.
/// - **Work per step**: one Jacobian and 2n²(m − n/3) flops; mn² after a step that was accepted, and 2n² for each product
///   with B.
/// - **Guarantees**: the same steps as ``GaussNewtonModel``, but for rounding. The least of the model comes from the QR
///   factors of J, which ``Dogleg`` takes; a subproblem that factors B squares the condition of J.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 10.3.
public struct DenseGaussNewtonModel<Problem: ResidualObjective>: DenseTrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// JᵀJ, and the residuals where they were asked for last.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    /// argmin ‖r + Jp‖, and what f falls by there.
    public var minimizer: ModelMinimizer<Scalar>
    /// r, J and what is made of them, at the point evaluated last.
    public var linearized: LinearizedResiduals<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      hessian = Matrix(zeros: n, n)
      minimizer = ModelMinimizer(dimension: n)
      linearized = LinearizedResiduals(m, n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension)
  }

  @inlinable public func evaluate(
    _ iterate: inout Iterate<Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try memory.linearized.evaluate(&iterate, iteration: 0, scaledBy: .norms, asking: &oracle)
  }

  @inlinable public func criterion(
    at _: Iterate<Scalar>, _: Watch<Scalar>, _ memory: Memory, _ convergence: Convergence<Scalar>
  ) -> Criterion<Scalar>? { convergence.criterion(memory.linearized) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside _: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    guard hasMoved else { return }
    try memory.linearized.ensure(at: current, scaledBy: .norms, asking: &oracle)
    memory.hessian.setGram(
      memory.linearized.jacobian, transposed: true, times: 2 * oracle.problem.residualWeight)
    guard memory.linearized.prepare() else { return memory.minimizer.decrease = .nan }
    memory.minimizer.decrease =
      oracle.problem.residualWeight * memory.linearized.solve(into: &memory.minimizer.step)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }

  @inlinable public func minimizer(_ memory: Memory) -> ModelMinimizer<Scalar>? { memory.minimizer }
}
