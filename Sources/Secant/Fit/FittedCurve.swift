/// A curve y = f(b, x) that is to be laid through observations: the residuals are √wᵢ(f(b, xᵢ) − yᵢ).
///
/// Values alone are differenced: ``FiniteDifferenceJacobian`` around it can be fitted. With a gradient it is a
/// ``FittedCurve``.
public protocol CurveFunction<Scalar>: ResidualFunction, Sendable {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// What was observed.
  var observations: Observations<Scalar> { get }

  /// f(b, x).
  func curve(_ b: Vector<Scalar>, at x: [Scalar]) throws(Failure) -> Scalar
}

extension CurveFunction {
  @inlinable public var residualCount: Int { observations.response.count }

  @inlinable public var residualScale: Scalar { observations.scale }

  @inlinable public var complaint: String? {
    dimension.map { observations.complaint(for: $0) } ?? observations.complaint
  }

  @inlinable public func residuals(
    at b: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Failure) {
    for i in 0..<residualCount {
      let value = try curve(b, at: observations.rows[i])
      residuals[i] = observations.roots[i] * (value - observations.response[i])
    }
  }
}

/// A curve of which the gradient can be asked for.
///
/// The observations, the number of parameters and f with its gradient have to be written; the residuals and their
/// Jacobian are made of them. A ``Fit`` of it can draw bands, for f can be asked for at other x.
public protocol FittedCurve<Scalar>: CurveFunction, ResidualObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// f(b, x), with ∂f/∂b written into every element of `gradient`.
  func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar
}

extension FittedCurve {
  @inlinable public func curve(_ b: Vector<Scalar>, at x: [Scalar]) throws(Failure) -> Scalar {
    var gradient = Vector<Scalar>(zeros: b.count)
    return try curve(b, at: x, gradient: &gradient)
  }

  @inlinable public func residuals(
    at b: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Failure) {
    var gradient = Vector<Scalar>(zeros: b.count)
    for i in 0..<residualCount {
      let value = try curve(b, at: observations.rows[i], gradient: &gradient)
      residuals[i] = observations.roots[i] * (value - observations.response[i])
    }
  }

  @inlinable public func residualsAndJacobian(
    at b: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) {
    var gradient = Vector<Scalar>(zeros: b.count)
    for i in 0..<residualCount {
      let root = observations.roots[i]
      let value = try curve(b, at: observations.rows[i], gradient: &gradient)
      residuals[i] = root * (value - observations.response[i])
      for j in b.indices { jacobian[i, j] = root * gradient[j] }
    }
  }
}

/// A curve whose gradient a closure writes.
public struct CurveClosure<Scalar: LAPACKScalar>: FittedCurve {
  public let observations: Observations<Scalar>
  public let dimension: Int?
  @usableFromInline let body: @Sendable (Vector<Scalar>, [Scalar], inout Vector<Scalar>) -> Scalar

  /// - Parameters:
  ///   - observations: what was observed.
  ///   - count: the number of parameters.
  ///   - body: given b, x and a vector to write ∂f/∂b into, returns f(b, x).
  @inlinable public init(
    through observations: Observations<Scalar>, parameters count: Int,
    _ body: @escaping @Sendable (Vector<Scalar>, [Scalar], inout Vector<Scalar>) -> Scalar
  ) {
    self.observations = observations
    dimension = count
    self.body = body
  }

  @inlinable public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) -> Scalar { body(b, x, &gradient) }
}

// MARK: - Values alone

/// A curve of which a closure gives the values.
public struct CurveValueClosure<Scalar: LAPACKScalar>: CurveFunction {
  public let observations: Observations<Scalar>
  public let dimension: Int?
  @usableFromInline let body: @Sendable (Vector<Scalar>, [Scalar]) -> Scalar

  /// - Parameters:
  ///   - observations: what was observed.
  ///   - count: the number of parameters.
  ///   - body: f(b, x).
  @inlinable public init(
    through observations: Observations<Scalar>, parameters count: Int,
    _ body: @escaping @Sendable (Vector<Scalar>, [Scalar]) -> Scalar
  ) {
    self.observations = observations
    dimension = count
    self.body = body
  }

  @inlinable public func curve(_ b: Vector<Scalar>, at x: [Scalar]) -> Scalar { body(b, x) }
}

extension FiniteDifferenceJacobian: CurveFunction where Base: CurveFunction {
  @inlinable public var observations: Observations<Scalar> { base.observations }

  @inlinable public func curve(_ b: Vector<Scalar>, at x: [Scalar]) throws(Failure) -> Scalar {
    try base.curve(b, at: x)
  }
}

extension FiniteDifferenceJacobian: FittedCurve where Base: CurveFunction {
  /// By the same differences as the Jacobian.
  public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar {
    var value = Vector<Scalar>(zeros: 1)
    var row = Matrix<Scalar>(zeros: 1, b.count)
    try FiniteDifferenceJacobian<CurveAtPoint<Base>>(
      CurveAtPoint(base: base, x: x), by: formula, sizes: sizes
    )
    .residualsAndJacobian(at: b, into: &value, &row)
    gradient = row.elements
    return value[0]
  }
}

/// The value of a curve at one point, as a single residual.
private struct CurveAtPoint<Base: CurveFunction>: ResidualFunction {
  typealias Scalar = Base.Scalar
  typealias Failure = Base.Failure

  let base: Base
  let x: [Scalar]
  var residualCount: Int { 1 }

  func residuals(at b: Vector<Scalar>, into residuals: inout Vector<Scalar>) throws(Failure) {
    residuals[0] = try base.curve(b, at: x)
  }
}
