/// A problem made of a closure that writes the gradient and returns the value.
public struct Closure<Scalar: LAPACKScalar>: DifferentiableObjective {
  @usableFromInline let body: (Vector<Scalar>, inout Vector<Scalar>) -> Scalar

  /// - Parameter body: given x and a vector to write ∇f(x) into, returns f(x).
  @inlinable public init(_ body: @escaping (Vector<Scalar>, inout Vector<Scalar>) -> Scalar) {
    self.body = body
  }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) -> Scalar { body(x, &gradient) }
}

/// A problem made of a closure that returns the value alone: wrap it in ``FiniteDifferenceGradient`` to solve it.
public struct ValueClosure<Scalar: LAPACKScalar>: Objective {
  @usableFromInline let body: (Vector<Scalar>) -> Scalar

  @inlinable public init(_ body: @escaping (Vector<Scalar>) -> Scalar) { self.body = body }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar { body(x) }
}

/// Minimises a closure that writes the gradient and returns the value.
///
/// ```swift
/// let outcome = minimize(from: [3, 4], using: .lbfgs()) { x, gradient in
///   gradient[0] = 2 * x[0]
///   gradient[1] = 4 * x[1]
///   return x[0] * x[0] + 2 * x[1] * x[1]
/// }
/// ```
@inlinable public func minimize<Scalar, Method: Solver>(
  from point: Vector<Scalar>, using method: Method, until convergence: Convergence<Scalar> = .init(),
  within budget: Budget = .init(), certifying: Bool = true,
  _ body: @escaping (Vector<Scalar>, inout Vector<Scalar>) -> Scalar
) -> Outcome<Closure<Scalar>> where Method.Problem == Closure<Scalar> {
  minimize(
    Closure(body), from: point, using: method, until: convergence, within: budget, certifying: certifying)
}
