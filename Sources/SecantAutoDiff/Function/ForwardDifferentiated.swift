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
  @usableFromInline let idle = Pool()

  @inlinable public init(_ function: Function) { self.function = function }

  @inlinable public var dimension: Int? { function.dimension }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar {
    check(x, against: dimension)
    return function._plain(x.elements)
  }

  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    precondition(
      gradient.count == x.count,
      "a gradient of \(gradient.count) elements at a point of \(x.count): give as many")
    withInputs(at: x) { inputs in
      inputs.duals.removeAll(keepingCapacity: true)
      for x in x { inputs.duals.append(Dual(x)) }
      for i in x.indices {
        inputs.duals[i] = Dual(x[i], tangent: 1)
        gradient[i] = function._dual(inputs.duals).tangent
        inputs.duals[i] = Dual(x[i])
      }
    }
    return value(at: x)
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    precondition(
      v.count == x.count && product.count == x.count,
      "a direction of \(v.count) and a product of \(product.count) elements at a point of \(x.count): give as many"
    )
    withInputs(at: x) { inputs in
      inputs.hyperDuals.removeAll(keepingCapacity: true)
      for i in x.indices { inputs.hyperDuals.append(HyperDual(x[i], along: 0, v[i])) }
      for i in x.indices {
        inputs.hyperDuals[i] = HyperDual(x[i], along: 1, v[i])
        product[i] = function._hyperDual(inputs.hyperDuals).mixed
        inputs.hyperDuals[i] = HyperDual(x[i], along: 0, v[i])
      }
    }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    precondition(
      hessian.rows == x.count && hessian.columns == x.count,
      "a Hessian of \(hessian.rows) × \(hessian.columns) at a point of \(x.count): give as many rows and columns"
    )
    withInputs(at: x) { inputs in
      inputs.hyperDuals.removeAll(keepingCapacity: true)
      for x in x { inputs.hyperDuals.append(HyperDual(x)) }
      for j in x.indices {
        for i in j..<x.count {
          inputs.hyperDuals[j] = HyperDual(x[j], along: 0, 1)
          inputs.hyperDuals[i] = HyperDual(x[i], along: 1, i == j ? 1 : 0)
          hessian[i, j] = function._hyperDual(inputs.hyperDuals).mixed
          inputs.hyperDuals[i] = HyperDual(x[i])
        }
        inputs.hyperDuals[j] = HyperDual(x[j])
      }
    }
    hessian.mirrorLowerTriangle()
  }

  /// Lends memory for the inputs of an evaluation at x.
  @inlinable func withInputs(at x: Vector<Scalar>, _ body: (ForwardInputs<Scalar>) -> Void) {
    check(x, against: dimension)
    let inputs = idle.takeAny().map { unsafeDowncast($0, to: ForwardInputs<Scalar>.self) } ?? ForwardInputs()
    defer { idle.giveAny(back: inputs) }
    body(inputs)
  }
}

extension ForwardDifferentiated: Sendable where Function: Sendable {}

/// What a formula is evaluated at; used again by the next evaluation.
@usableFromInline final class ForwardInputs<Scalar: LAPACKScalar> {
  @usableFromInline var duals: [Dual<Scalar>] = []
  @usableFromInline var hyperDuals: [HyperDual<Scalar>] = []

  @inlinable init() {}
}
