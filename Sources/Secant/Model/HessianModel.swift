/// The Newton model, B = ∇²f by its products: nothing is stored, and every product is an evaluation.
///
/// - **Demands**: ``HessianVectorObjective``.
/// - **Memory**: none.
/// - **Work per step**: a Hessian-vector product for each product with B.
/// - **Guarantees**: the trust region converges superlinearly near a strict minimum, and leaves saddles.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 7.1.
public struct HessianModel<Problem: HessianVectorObjective>: TrustRegionModel {
  @inlinable public init() {}

  @inlinable public func prepare(
    at _: Iterate<Problem.Scalar>, beside _: Iterate<Problem.Scalar>, hasMoved _: Bool,
    _: inout Stateless, asking _: inout Oracle<Problem>
  ) {}

  @inlinable public func multiply(
    _ v: Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    into product: inout Vector<Problem.Scalar>, _: inout Stateless, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    try oracle.hessian(times: v, at: current.point, into: &product)
  }

  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try leastCurvature(at: iterate.point, asking: &oracle)
  }
}

/// The Newton model, B = ∇²f as a matrix: one evaluation a point, kept when a trial point is rejected.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: n².
/// - **Work per step**: one Hessian after a step that was accepted, and 2n² flops for each product with B.
/// - **Guarantees**: the same steps as ``HessianModel``, but for rounding.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 4.1.
public struct DenseHessianModel<Problem: TwiceDifferentiableObjective>: DenseTrustRegionModel {
  @inlinable public init() {}

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Matrix<Problem.Scalar> {
    Matrix(zeros: dimension, dimension)
  }

  @inlinable public func prepare(
    at current: Iterate<Problem.Scalar>, beside _: Iterate<Problem.Scalar>, hasMoved: Bool,
    _ hessian: inout Matrix<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    if hasMoved { try oracle.hessian(at: current.point, into: &hessian) }
  }

  @inlinable public func multiply(
    _ v: Vector<Problem.Scalar>, at _: Iterate<Problem.Scalar>, into product: inout Vector<Problem.Scalar>,
    _ hessian: inout Matrix<Problem.Scalar>, asking _: inout Oracle<Problem>
  ) { hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ hessian: Matrix<Problem.Scalar>) -> Matrix<Problem.Scalar> { hessian }

  @inlinable public func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> {
    try leastCurvature(ofHessianAt: iterate.point, asking: &oracle)
  }
}
