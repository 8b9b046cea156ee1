public import SecantLinearAlgebra

/// A problem made of a closure over a tape's variables: the derivatives come from the tape.
///
/// ```swift
/// let rosenbrock = Traced<Double> { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
/// let outcome = minimize(rosenbrock, from: [-1.2, 1], using: .newtonCG())
/// ```
///
/// A closure cannot be generic, so it is written over ``Variable`` alone; a ``Differentiated`` function is as short
/// where it has a name, and faster to evaluate without derivatives.
///
/// - **Demands**: a closure that is pure: at the point of the evaluation before it is not called again. With
///   `replaying`, one whose control flow does not change: branches are checked at each evaluation, and a branch that
///   goes elsewhere is recorded. What else might change, a captured variable say, is looked for, at the 2nd evaluation
///   and then at irregular times, which are up to 4,096 evaluations apart: the closure is called although a replay
///   would do, and what it does is compared. Once it does something else every evaluation records.
/// - **Memory**, **Work**, **Guarantees**: those of ``Differentiated``. A closure that promised too much is not caught
///   at once: until a look meets the change, replays are of the formula as it was. What has changed for good is met by
///   the next look; what comes and goes may take many, and what comes once may never be met. Of a ``SmoothFunction``
///   that is another one, a look sees what differs at its point.
///
/// A closure may capture anything, so that a traced problem is not `Sendable`: for several threads give the formula a
/// name, as a ``DifferentiableFunction``.
public struct Traced<Scalar: LAPACKScalar>: TapedFunction {
  @usableFromInline let body: ([Variable<Scalar>]) -> Variable<Scalar>
  /// Whether the recording of one point serves at others.
  public let replaying: Bool
  @usableFromInline let tapes = Tapes<Scalar>()

  /// A problem from a closure.
  ///
  /// - Parameters:
  ///   - replaying: whether the recording of one point serves at others; say so where the control flow is fixed.
  ///   - body: f of its variables.
  @inlinable public init(
    replaying: Bool = false, _ body: @escaping ([Variable<Scalar>]) -> Variable<Scalar>
  ) {
    self.replaying = replaying
    self.body = body
  }

  @inlinable public func value(at x: Vector<Scalar>) -> Scalar {
    let tape = tapes.take()
    defer { tapes.give(back: tape) }
    return tape.value(at: x, body)
  }

  @inlinable func evaluate(on tape: Tape<Scalar>, at x: Vector<Scalar>) {
    tape.evaluate(at: x, replaying: replaying, body)
  }
}

/// Minimises a closure over a tape's variables, with exact first and second derivatives.
///
/// ```swift
/// let outcome = minimize(from: [-1.2, 1], using: .bfgs()) { x in
///   pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2)
/// }
/// ```
@inlinable public func minimize<Scalar, Method: Solver>(
  from point: Vector<Scalar>, using method: Method, until convergence: Convergence<Scalar> = .init(),
  within budget: Budget = .init(), certifying: Bool = true,
  _ body: @escaping ([Variable<Scalar>]) -> Variable<Scalar>
) -> Outcome<Traced<Scalar>> where Method.Problem == Traced<Scalar> {
  minimize(
    Traced(body), from: point, using: method, until: convergence, within: budget, certifying: certifying)
}

/// Minimises a closure over a tape's variables by the nearly exact trust region, and beyond 100 variables by Newton-CG.
///
/// ```swift
/// let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
/// ```
@inlinable public func minimize<Scalar>(
  from point: Vector<Scalar>, until convergence: Convergence<Scalar> = .init(),
  within budget: Budget = .init(),
  certifying: Bool = true, _ body: @escaping ([Variable<Scalar>]) -> Variable<Scalar>
) -> Outcome<Traced<Scalar>> {
  point.count <= 100
    ? minimize(
      from: point, using: .exactTrustRegion(), until: convergence, within: budget, certifying: certifying,
      body)
    : minimize(
      from: point, using: .newtonCG(), until: convergence, within: budget, certifying: certifying, body)
}
