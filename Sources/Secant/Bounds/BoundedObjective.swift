/// A function on a box, which need not be defined outside: no solver and no check of this package asks for a point
/// beyond the bounds.
///
/// Only ``bounds`` has to be written besides the function; ``Bounded`` adds them to a problem that has none. A solver
/// without a notion of bounds does not compile on it; ``LBFGSB``, ``TRON``, ``SpectralProjectedGradient`` and
/// ``ProjectedGradient`` do.
public protocol BoundedObjective<Scalar>: DifferentiableObjective where Domain == Bounds<Scalar> {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = Bounds<Scalar>

  /// Where x may lie.
  var bounds: Bounds<Scalar> { get }
}

extension BoundedObjective {
  @inlinable public var dimension: Int? { bounds.count }

  /// ‖∇_Ω f‖∞: see ``Bounds/stationarity(of:at:)``.
  @inlinable public func stationarity(of gradient: Vector<Scalar>, at point: Vector<Scalar>) -> Scalar {
    bounds.stationarity(of: gradient, at: point)
  }

  @inlinable public func project(_ point: inout Vector<Scalar>) { bounds.project(&point) }

  @inlinable public var complaint: String? { bounds.complaint }
}

/// A problem with bounds on its variables: f(x) subject to l ≤ x ≤ u.
///
/// ```swift
/// let outcome = minimize(
///   Rosenbrock().bounded(from: [-1.5, 1.5], to: [4, 3]), from: [-2, 1], using: .lbfgsb())
/// ```
///
/// What the problem can answer it still can: products with the Hessian, the Hessian, residuals. Over a
/// ``FiniteDifferenceGradient`` or ``FiniteDifferenceHessian`` the differences reach beyond the bounds by a step, 2⁻¹⁷ of
/// max(1, |xᵢ|) in double precision: where the function ends at a bound, draw the bound in by as much.
public struct Bounded<Base: DifferentiableObjective>: BoundedObjective where Base.Domain == WholeSpace {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = Bounds<Base.Scalar>

  /// The problem without its bounds.
  public var base: Base
  public var bounds: Bounds<Scalar>

  /// - Parameters:
  ///   - base: the problem without its bounds.
  ///   - bounds: where x may lie.
  @inlinable public init(_ base: Base, by bounds: Bounds<Scalar>) {
    self.base = base
    self.bounds = bounds
  }

  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar { try base.value(at: x) }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar { try base.valueAndGradient(at: x, into: &gradient) }

  public var complaint: String? {
    if let complaint = base.complaint ?? bounds.complaint { return complaint }
    guard let dimension = base.dimension, dimension != bounds.count else { return nil }
    return
      "The problem has \(dimension) variables and there are bounds for \(bounds.count); give \(dimension)."
  }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    base.charge(for: evaluation, dimension: dimension)
  }
}

// MARK: - What the base has besides is kept

extension Bounded: HessianVectorObjective where Base: HessianVectorObjective {
  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Failure) { try base.hessian(times: v, at: x, into: &product) }
}

extension Bounded: TwiceDifferentiableObjective where Base: TwiceDifferentiableObjective {
  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) throws(Failure) {
    try base.hessian(at: x, into: &hessian)
  }
}

extension Bounded: ResidualFunction where Base: ResidualObjective {
  @inlinable public var residualCount: Int { base.residualCount }
  @inlinable public var residualWeight: Scalar { base.residualWeight }

  @inlinable public func residuals(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Failure) { try base.residuals(at: x, into: &residuals) }
}

extension Bounded: ResidualObjective where Base: ResidualObjective {
  @inlinable public var residualScale: Scalar { base.residualScale }
  @inlinable public var jacobianError: Scalar { base.jacobianError }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) { try base.residualsAndJacobian(at: x, into: &residuals, &jacobian) }
}

extension Bounded: FiniteSumObjective where Base: FiniteSumObjective {
  @inlinable public var termCount: Int { base.termCount }
  @inlinable public var batch: Batch {
    get { base.batch }
    set { base.batch = newValue }
  }
}

extension Bounded: BlockStructured where Base: BlockStructured {
  @inlinable public var layout: Layout { base.layout }
  @inlinable public var dimension: Int? { bounds.count }
}

extension Bounded: Sendable where Base: Sendable {}

extension DifferentiableObjective where Domain == WholeSpace {
  /// This problem with bounds on its variables; see ``Bounded``.
  @inlinable public func bounded(by bounds: Bounds<Scalar>) -> Bounded<Self> { Bounded(self, by: bounds) }

  /// This problem with l ≤ x ≤ u; see ``Bounded``.
  @inlinable public func bounded(
    from lower: Vector<Scalar>, to upper: Vector<Scalar>
  ) -> Bounded<Self> { Bounded(self, by: Bounds(lower: lower, upper: upper)) }

  /// This problem with the same bounds on each of `count` variables, by default none: what a solver for bounded problems
  /// can be given.
  @inlinable public func bounded(
    from lower: Scalar = -.infinity, to upper: Scalar = .infinity, count: Int
  ) -> Bounded<Self> { Bounded(self, by: Bounds(from: lower, to: upper, count: count)) }
}
