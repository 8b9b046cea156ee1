extension Bounded: FittedCurve where Base: FittedCurve {
  @inlinable public var observations: Observations<Scalar> { base.observations }

  @inlinable public func curve(
    _ b: Vector<Scalar>, at x: [Scalar], gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar { try base.curve(b, at: x, gradient: &gradient) }
}
