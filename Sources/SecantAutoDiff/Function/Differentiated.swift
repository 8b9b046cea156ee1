public import SecantLinearAlgebra

/// A problem whose derivatives are made from its formula: exact, and at a small multiple of a value's cost.
///
/// ```swift
/// let outcome = minimize(Differentiated(Rosenbrock()), from: [-1.2, 1], using: .lbfgs())
/// ```
///
/// Gradients and products with the Hessian come from a tape: ∇f by one reverse sweep, ∇²f v by a tangent sweep and the
/// reverse sweep's tangent. The function is recorded at the first evaluation and replayed at the next. Where a branch would
/// go elsewhere it is recorded anew: a function over a ``DifferentiableNumber`` can branch on nothing but comparisons,
/// and those are on the tape. Where that happens often, every evaluation records for a while.
///
/// - **Demands**: a ``DifferentiableFunction``.
/// - **Memory**: ``DifferentiableFunction`` of s operations: some 50 s bytes, once. A replay allocates nothing, nor does
///   the recording of a formula that is the one before; a branch that goes elsewhere is planned anew, which does.
/// - **Work**: a gradient a few evaluations, a product with the Hessian two or three gradients, a Hessian n products.
/// - **Guarantees**: derivatives exact to rounding; where f is not smooth, what ``DifferentiableNumber`` says; a
///   derivative that does not exist is not finite, and ends a run with that status.
/// - **Reference**: Griewank and Walther, *Evaluating Derivatives*, 2nd edition 2008.
public struct Differentiated<Function: DifferentiableFunction>: TapedFunction {
  public typealias Scalar = Function.Scalar

  /// The function.
  public let function: Function
  /// Whether the recording is used at other points.
  public let replaying: Bool
  @usableFromInline let tapes = Tapes<Scalar>()

  /// A problem from its function.
  ///
  /// - Parameters:
  ///   - function: what is to be minimised.
  ///   - replaying: whether the recording of one point serves at others. `false` is for a function whose branches
  ///     change at every step, where recording anew at once is cheaper than finding out.
  @inlinable public init(_ function: Function, replaying: Bool = true) {
    self.function = function
    self.replaying = replaying
  }

  @inlinable public var dimension: Int? { function.dimension }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar {
    check(x, against: dimension)
    return function._plain(x.elements)
  }

  @inlinable func evaluate(on tape: Tape<Scalar>, at x: Vector<Scalar>) {
    check(x, against: dimension)
    tape.evaluate(at: x, replaying: replaying) { function._taped($0) }
  }

  /// f(x) and the derivative ∇f(x)ᵀv along a direction, by one evaluation over ``Dual`` numbers.
  @inlinable public func derivative(
    along v: Vector<Scalar>, at x: Vector<Scalar>
  ) -> (value: Scalar, derivative: Scalar) {
    check(x, against: dimension)
    precondition(
      v.count == x.count, "a direction of \(v.count) elements at a point of \(x.count): give as many")
    let y = function._dual((0..<x.count).map { Dual(x[$0], along: v[$0]) })
    return (y.value, y.tangent)
  }

  /// uᵀ∇²f(x) v, by one evaluation over ``HyperDual`` numbers.
  @inlinable public func curvature(
    along u: Vector<Scalar>, _ v: Vector<Scalar>, at x: Vector<Scalar>
  ) -> Scalar {
    check(x, against: dimension)
    precondition(
      u.count == x.count && v.count == x.count,
      "directions of \(u.count) and \(v.count) elements at a point of \(x.count): give as many")
    return function._hyperDual((0..<x.count).map { HyperDual(x[$0], along: u[$0], v[$0]) }).mixed
  }
}

extension Differentiated: Sendable where Function: Sendable {}
