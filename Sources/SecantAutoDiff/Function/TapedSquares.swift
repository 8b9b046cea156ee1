public import SecantLinearAlgebra

/// A sum of squares ½‖r(x)‖² whose residuals are on a tape: J, ∇f and ∇²f v are swept from there.
@usableFromInline protocol TapedSquares: TwiceDifferentiableObjective, ResidualObjective
where Failure == Never, Domain == WholeSpace {
  /// A tape that holds the residuals at x.
  func withTape<Result>(at x: Vector<Scalar>, _ body: (Tape<Scalar>) -> Result) -> Result
}

extension TapedSquares {
  @inlinable public func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    withTape(at: x) { $0.outputs(into: &residuals) }
  }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    withTape(at: x) {
      $0.outputs(into: &residuals)
      $0.jacobian(into: &jacobian)
    }
  }

  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    withTape(at: x) { $0.gradientOfHalfSquares(into: &gradient) }
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    withTape(at: x) { $0.productOfHalfSquares(with: v, into: &product) }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    withTape(at: x) { tape in
      tape.fillColumns(of: &hessian) { v, column in tape.productOfHalfSquares(with: v, into: &column) }
    }
  }
}
