/// The Gauss–Newton model of a sum of squares, B = 2c JᵀJ, by products with the Jacobian.
///
/// f = c‖r‖² has ∇²f = 2c(JᵀJ + Σrᵢ∇²rᵢ); the second term is left out, and vanishes with the residuals.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: mn + 2m.
/// - **Work per step**: one Jacobian after a step that was accepted, and 4mn flops for each product with B.
/// - **Guarantees**: B is positive semidefinite; quadratic convergence near a minimum with residuals of zero and a
///   Jacobian of full rank, linear where the residuals are small.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 10.3; Steihaug, *SIAM J. Numer.
///   Anal.* 20 (1983) 626–637.
///
/// | book | here |
/// | --- | --- |
/// | J | `jacobian` |
/// | r | `residuals` |
public struct GaussNewtonModel<Problem: ResidualObjective>: TrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// J, and room for r and Jv.
  public struct Memory: Sendable, Codable, Equatable {
    /// J at the point of the last step.
    public var jacobian: Matrix<Scalar>
    @usableFromInline var residuals: Scratch<Scalar>
    @usableFromInline var Jv: Scratch<Scalar>

    @usableFromInline init(_ m: Int, _ n: Int) {
      jacobian = Matrix(zeros: m, n)
      residuals = Scratch(m)
      Jv = Scratch(m)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension)
  }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside _: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    guard hasMoved else { return }
    try oracle.residualsAndJacobian(
      at: current.point, into: &memory.residuals.vector, &memory.jacobian)
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
/// - **Memory**: mn + n² + m.
/// - **Work per step**: one Jacobian and one `syrk`, mn² flops, after a step that was accepted, and 2n² flops for each
///   product with B.
/// - **Guarantees**: the same steps as ``GaussNewtonModel``, but for rounding.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 10.3.
public struct DenseGaussNewtonModel<Problem: ResidualObjective>: DenseTrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// JᵀJ, and room for r and J.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    @usableFromInline var jacobian: Workspaces

    @usableFromInline init(_ m: Int, _ n: Int) {
      hessian = Matrix(zeros: n, n)
      jacobian = Workspaces(shape: MatrixShape(rows: m, columns: n))
    }
  }

  /// r and J, which nothing depends on once JᵀJ is formed.
  @usableFromInline struct Workspaces: Workspace {
    @usableFromInline let shape: MatrixShape
    @usableFromInline var residuals: Vector<Scalar>
    @usableFromInline var matrix: Matrix<Scalar>

    @usableFromInline init(shape: MatrixShape) {
      self.shape = shape
      residuals = Vector(zeros: shape.rows)
      matrix = Matrix(zeros: shape.rows, shape.columns)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(problem.jacobianRows, dimension)
  }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside _: Iterate<Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    guard hasMoved else { return }
    try oracle.residualsAndJacobian(
      at: current.point, into: &memory.jacobian.residuals, &memory.jacobian.matrix)
    memory.hessian.setGram(
      memory.jacobian.matrix, transposed: true, times: 2 * oracle.problem.residualWeight)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }
}
