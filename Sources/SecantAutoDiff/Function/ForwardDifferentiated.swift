public import SecantLinearAlgebra

/// A problem whose derivatives come from its formula by forward mode alone: without a tape, for a few variables.
///
/// ∇f takes n evaluations over ``Dual`` numbers and ∇²f n(n + 1)/2 over ``HyperDual`` ones. Beyond some ten variables
/// ``Differentiated`` is cheaper; the two are independent of each other, so that
/// `compareDerivatives(of:and:at:tolerance:)` can hold one against the other.
///
/// - **Demands**: a ``DifferentiableFunction``.
/// - **Memory**: n duals or hyper-duals in each evaluation, and what the formula itself uses.
/// - **Work**: a gradient 2n to 3n values, a product with the Hessian n hyper-dual evaluations, a Hessian n(n + 1)/2.
/// - **Guarantees**: derivatives exact to rounding; where f is not smooth, what ``DifferentiableNumber`` says.
/// - **Reference**: Griewank and Walther, *Evaluating Derivatives*, chapter 3; Fike and Alonso, AIAA 2011-886.
public struct ForwardDifferentiated<Function: DifferentiableFunction>: TwiceDifferentiableObjective {
  public typealias Scalar = Function.Scalar

  /// The function.
  public let function: Function

  @inlinable public init(_ function: Function) { self.function = function }

  @inlinable public var dimension: Int? { function.dimension }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar { function._plain(x.elements) }

  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    var inputs = x.map { Dual($0) }
    for i in x.indices {
      inputs[i].tangent = 1
      gradient[i] = function._dual(inputs).tangent
      inputs[i].tangent = 0
    }
    return value(at: x)
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    var inputs = x.indices.map { HyperDual(x[$0], first: 0, second: v[$0]) }
    for i in x.indices {
      inputs[i].first = 1
      product[i] = function._hyperDual(inputs).mixed
      inputs[i].first = 0
    }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    var inputs = x.map { HyperDual($0) }
    for j in x.indices {
      inputs[j].second = 1
      for i in j..<x.count {
        inputs[i].first = 1
        hessian[i, j] = function._hyperDual(inputs).mixed
        inputs[i].first = 0
      }
      inputs[j].second = 0
    }
    hessian.mirrorLowerTriangle()
  }
}
