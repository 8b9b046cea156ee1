public import SecantLinearAlgebra

/// A function of matrices whose derivatives the user supplies: its value and three derivatives, as kernels.
///
/// ```swift
/// struct Cube: MatrixFunction {
///   func shape(of x: [MatrixShape]) -> MatrixShape { x[0] }
///   func value(_ call: MatrixCall<Double>) {
///     for i in 0..<call.result.count { call.result[i] = pow(call.operand(0)[i], 3) }
///   }
///   …
/// }
/// let y = Cube().callAsFunction(x)
/// ```
///
/// What the kernels find is said at ``MatrixCall``. Adjoints are added to, never overwritten, for other operations add to them
/// as well; a tangent is written. A constant has neither.
public protocol MatrixFunction<Scalar>: Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar

  /// The shape of the result, for operands of these shapes.
  func shape(of operands: [MatrixShape]) -> MatrixShape
  /// y ← f(x): every element of ``MatrixCall/result``.
  func value(_ call: MatrixCall<Scalar>)
  /// ẏ ← Σᵢ Jᵢ ẋᵢ: every element of ``MatrixCall/resultTangent``.
  func tangent(_ call: MatrixCall<Scalar>)
  /// x̄ᵢ ← x̄ᵢ + Jᵢᵀ ȳ, for each operand that is no constant.
  func adjoint(_ call: MatrixCall<Scalar>)
  /// The derivative of ``adjoint(_:)`` along ẋ: Jᵢᵀ times the tangent of ȳ, and J̇ᵢᵀ ȳ, added to ``MatrixCall/adjointTangent(_:)``.
  func adjointTangent(_ call: MatrixCall<Scalar>)
}

extension MatrixFunction {
  /// This function of variables on a tape.
  public func callAsFunction(_ x: MatrixVariable<Scalar>...) -> MatrixVariable<Scalar> {
    precondition(!x.isEmpty, "a function of no operands is a constant: write it as one")
    let shape = shape(of: x.map(\.shape))
    let tape = x[0].tape
    for operand in x { tape.push(operand) }
    tape.functions.append(self)
    return tape.record(
      .function, operandCount: x.count, rows: shape.rows, columns: shape.columns,
      first: tape.functions.count - 1)
  }
}

extension MatrixTape {
  func run(_ function: any MatrixFunction<Scalar>, _ sweep: MatrixSweep, _ call: MatrixCall<Scalar>) {
    switch sweep {
    case .value: function.value(call)
    case .tangent: function.tangent(call)
    case .adjoint: function.adjoint(call)
    case .adjointTangent: function.adjointTangent(call)
    }
  }
}
