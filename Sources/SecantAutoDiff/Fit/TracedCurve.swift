public import SecantLinearAlgebra

/// A curve y = f(b, x) through observations, made of a closure over a tape's variables: the derivatives come from the tape.
///
/// ```swift
/// let curve = TracedCurve(through: Observations(x, y), parameters: 2) { b, x in b[0] * (1 - exp(-b[1] * x[0])) }
/// let answer = fit(curve, from: [500, 1e-4])
/// ```
///
/// The closure is recorded for all observations, and replayed at other parameters. It may branch: a comparison is on the
/// tape, one with x as well as one with the parameters, and where it would come out otherwise the closure is recorded
/// anew; one that looks at a ``Variable/value`` is recorded at every point. A `@Sendable` closure has little else to branch on.
/// What it reads that changes of itself, behind a lock say, is looked for as ``Traced`` does with `replaying`, and may
/// take as long to be found: such a closure is not pure, and wants `replaying: false`.
///
/// - **Demands**: a closure that is pure.
/// - **Memory**, **Work**, **Guarantees**: those of ``DifferentiatedSquares``.
public struct TracedCurve<Scalar: LAPACKScalar>: FittedCurve, TapedSquares {
  public let observations: Observations<Scalar>
  public let dimension: Int?
  /// Whether the recording at one point serves at others.
  public let replaying: Bool
  @usableFromInline let body: @Sendable ([Variable<Scalar>], [Variable<Scalar>]) -> Variable<Scalar>
  @usableFromInline let tapes = Tapes<Scalar>()

  /// - Parameters:
  ///   - observations: what was observed.
  ///   - count: the number of parameters.
  ///   - replaying: whether the recording at one point serves at others.
  ///   - body: f(b, x).
  @inlinable public init(
    through observations: Observations<Scalar>, parameters count: Int, replaying: Bool = true,
    _ body: @escaping @Sendable ([Variable<Scalar>], [Variable<Scalar>]) -> Variable<Scalar>
  ) {
    self.observations = observations
    dimension = count
    self.replaying = replaying
    self.body = body
  }

  @inlinable public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) -> Scalar {
    let constants = x.map { Variable($0) }
    return Traced<Scalar> { body($0, constants) }.valueAndGradient(at: b, into: &gradient)
  }

  @inlinable public func value(at b: Vector<Scalar>) -> Scalar {
    // Constants are written on no tape.
    Vector(weighted(b.map { Variable($0) }).map(\.number)).squaredNorm / 2
  }

  // All from one tape, where any other curve makes them one by one.
  @inlinable public func residuals(at b: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    withTape(at: b) { $0.outputs(into: &residuals) }
  }

  @inlinable public func residualsAndJacobian(
    at b: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    withTape(at: b) {
      $0.outputs(into: &residuals)
      $0.jacobian(into: &jacobian)
    }
  }

  @inlinable func evaluate(on tape: Tape<Scalar>, at b: Vector<Scalar>) {
    tape.evaluateAll(at: b, replaying: replaying, weighted)
  }

  /// √wᵢ(f(b, xᵢ) − yᵢ).
  @inlinable func weighted(_ b: [Variable<Scalar>]) -> [Variable<Scalar>] {
    observations.response.indices.map { i in
      let value = body(b, observations.rows[i].map { Variable($0) })
      return Variable(observations.roots[i]) * (value - Variable(observations.response[i]))
    }
  }
}
