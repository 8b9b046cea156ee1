public import SecantLinearAlgebra

/// A problem whose formula is on a tape when it is asked for a derivative.
@usableFromInline protocol Taped: TwiceDifferentiableObjective where Failure == Never, Domain == WholeSpace {
  /// The tapes that are not in use.
  var tapes: Tapes<Scalar> { get }
  /// Writes the evaluation at x onto a tape.
  func evaluate(on tape: Tape<Scalar>, at x: Vector<Scalar>)
}

extension Taped {
  /// Lends a tape that holds the evaluation at x.
  @inlinable func withTape<Result>(at x: Vector<Scalar>, _ body: (Tape<Scalar>) -> Result) -> Result {
    let tape = tapes.take()
    defer { tapes.give(back: tape) }
    if !tape.isRecorded(at: x) { evaluate(on: tape, at: x) }
    return body(tape)
  }
}

/// A function f that is the one output of its tape: ∇f and ∇²f v are swept from there.
@usableFromInline protocol TapedFunction: Taped {}

extension TapedFunction {
  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    withTape(at: x) { tape in
      tape.gradient(into: &gradient)
      return tape.output(0)
    }
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    withTape(at: x) { $0.product(with: v, into: &product) }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    withTape(at: x) { tape in
      tape.fillColumns(of: &hessian) { v, column in tape.product(with: v, into: &column) }
    }
  }
}

/// A sum of squares ½‖r(x)‖² whose residuals are the outputs of its tape: J, ∇f and ∇²f v are swept from there.
///
/// Where these are not as many as `residualCount` says, what is asked for gets a size that says so: a run refuses it.
@usableFromInline protocol TapedSquares: Taped, ResidualObjective {}

extension TapedSquares {
  @inlinable public func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    withTape(at: x) { tape in
      if !isWhole(tape) { residuals = Vector(zeros: tape.outputs.count) }
      tape.outputs(into: &residuals)
    }
  }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    withTape(at: x) { tape in
      if !isWhole(tape) {
        residuals = Vector(zeros: tape.outputs.count)
        jacobian = Matrix(zeros: tape.outputs.count, x.count)
      }
      tape.outputs(into: &residuals)
      tape.jacobian(into: &jacobian)
    }
  }

  @inlinable public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar
  {
    withTape(at: x) { tape in
      if isWhole(tape) { return tape.gradientOfHalfSquares(into: &gradient) }
      gradient = []
      return .nan
    }
  }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) {
    withTape(at: x) { tape in
      if isWhole(tape) { tape.productOfHalfSquares(with: v, into: &product) } else { product = [] }
    }
  }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    withTape(at: x) { tape in
      guard isWhole(tape) else { return hessian = Matrix(zeros: 0, 0) }
      tape.fillColumns(of: &hessian) { v, column in tape.productOfHalfSquares(with: v, into: &column) }
    }
  }

  /// Whether there are as many residuals as the problem says.
  @inlinable func isWhole(_ tape: Tape<Scalar>) -> Bool { tape.outputs.count == residualCount }
}
