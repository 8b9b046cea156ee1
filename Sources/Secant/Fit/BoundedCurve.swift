// A curve stays one within bounds, and where its residuals count by a loss.

extension Bounded: CurveFunction where Base: CurveFunction & ResidualObjective {
  @inlinable public var observations: Observations<Scalar> { base.observations }

  @inlinable public func curve(_ b: Vector<Scalar>, at x: [Scalar]) throws(Failure) -> Scalar {
    try base.curve(b, at: x)
  }
}

extension Bounded: FittedCurve where Base: FittedCurve {
  @inlinable public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar { try base.curve(b, at: x, gradient: &gradient) }
}

extension RobustResiduals: CurveFunction where Base: CurveFunction {
  @inlinable public var observations: Observations<Scalar> { base.observations }

  @inlinable public func curve(_ b: Vector<Scalar>, at x: [Scalar]) throws(Failure) -> Scalar {
    try base.curve(b, at: x)
  }
}

extension RobustResiduals: FittedCurve where Base: FittedCurve {
  @inlinable public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar { try base.curve(b, at: x, gradient: &gradient) }
}
