public import SecantLinearAlgebra

/// A mean of losses of a model of probability whose Fisher information can be applied to a vector.
///
/// F = E[∇ℓ ∇ℓᵀ], with the labels drawn from the model. Where the loss is a likelihood in its natural parameters, as
/// cross-entropy by logits and half the square are, it is the Gauss–Newton matrix JᵀHJ, of the model's Jacobian J and the
/// loss's Hessian H by the outputs, and two sweeps give a product with it.
public protocol FisherVectorObjective<Scalar>: DifferentiableObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// F(x) v, without what all terms share, such as a regulariser, written into every element of `product`.
  func fisher(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Failure)
}

extension Oracle where Problem: FisherVectorObjective {
  /// F(x) v, written into `product` and charged as a Hessian-vector product.
  @inlinable public mutating func fisher(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Halt) {
    try pay(.hessianVectorProduct, x.count)
    let n = product.count
    defer { check(&product, n, .hessianVectorProduct) }
    do { try problem.fisher(times: v, at: x, into: &product) } catch { throw .failed(error) }
  }
}
