internal import Secant

/// The kernels of one operation y = f(x₀, x₁, …), side by side.
///
/// An operation is added by a type with these four kernels, a case of ``MatrixOperation`` and a line in its switch. Kernels
/// allocate nothing. An operand may stand at more than one place of the same call, or overlap another: what is accumulated
/// is therefore always added, never written.
protocol MatrixKernel<Scalar> {
  associatedtype Scalar: LAPACKScalar
  /// y ← f(x).
  static func value(_ call: MatrixCall<Scalar>)
  /// ẏ ← Σᵢ Jᵢ ẋᵢ, written into every element.
  static func tangent(_ call: MatrixCall<Scalar>)
  /// x̄ᵢ ← x̄ᵢ + Jᵢᵀ ȳ.
  static func adjoint(_ call: MatrixCall<Scalar>)
  /// The tangent of ``adjoint(_:)``: adds Jᵢᵀ times the tangent of ȳ, and J̇ᵢᵀ ȳ, to the tangent of x̄ᵢ.
  static func adjointTangent(_ call: MatrixCall<Scalar>)
}

/// Which of the four kernels to run.
enum MatrixSweep {
  case value, tangent, adjoint, adjointTangent
}

/// The operations, each with its kernels.
enum MatrixOperation: UInt8 {
  // Element by element, of one operand.
  case scaled, shifted, reflected, quotient, reciprocal, atLeast, atMost
  case exponential, expMinusOne, logarithm, logOnePlus, hyperbolicTangent, logistic, rectifier, gelu, softplus
  case sine, cosine, squareRoot, square, power, magnitude, errorFunction
  // Element by element, of two operands, with broadcasting.
  case addition, subtraction, multiplication, division, maximum, minimum
  // Matrices.
  case product, transposition
  // Reductions.
  case sum, squaredNorm, dot, rowSums, columnSums
  // Rearrangement.
  case rows, joinedRows, joinedColumns
  // What the user supplies.
  case function
  // Recomputed in the reverse sweep by the tape itself.
  case checkpoint, chain

  @inline(__always)
  func run<Scalar: LAPACKScalar>(_ sweep: MatrixSweep, _ call: MatrixCall<Scalar>) {
    switch self {
    case .scaled: Self.run(ElementwiseKernel<Scaled<Scalar>>.self, sweep, call)
    case .shifted: Self.run(ElementwiseKernel<Shifted<Scalar>>.self, sweep, call)
    case .reflected: Self.run(ElementwiseKernel<Reflected<Scalar>>.self, sweep, call)
    case .quotient: Self.run(ElementwiseKernel<Quotient<Scalar>>.self, sweep, call)
    case .reciprocal: Self.run(ElementwiseKernel<Reciprocal<Scalar>>.self, sweep, call)
    case .atLeast: Self.run(ElementwiseKernel<AtLeast<Scalar>>.self, sweep, call)
    case .atMost: Self.run(ElementwiseKernel<AtMost<Scalar>>.self, sweep, call)
    case .exponential: Self.run(ElementwiseKernel<Exponential<Scalar>>.self, sweep, call)
    case .expMinusOne: Self.run(ElementwiseKernel<ExpMinusOne<Scalar>>.self, sweep, call)
    case .logarithm: Self.run(ElementwiseKernel<Logarithm<Scalar>>.self, sweep, call)
    case .logOnePlus: Self.run(ElementwiseKernel<LogOnePlus<Scalar>>.self, sweep, call)
    case .hyperbolicTangent: Self.run(ElementwiseKernel<HyperbolicTangent<Scalar>>.self, sweep, call)
    case .logistic: Self.run(ElementwiseKernel<Logistic<Scalar>>.self, sweep, call)
    case .rectifier: Self.run(ElementwiseKernel<Rectifier<Scalar>>.self, sweep, call)
    case .gelu: Self.run(ElementwiseKernel<GaussianErrorLinearUnit<Scalar>>.self, sweep, call)
    case .softplus: Self.run(ElementwiseKernel<Softplus<Scalar>>.self, sweep, call)
    case .sine: Self.run(ElementwiseKernel<Sine<Scalar>>.self, sweep, call)
    case .cosine: Self.run(ElementwiseKernel<Cosine<Scalar>>.self, sweep, call)
    case .squareRoot: Self.run(ElementwiseKernel<SquareRoot<Scalar>>.self, sweep, call)
    case .square: Self.run(ElementwiseKernel<Square<Scalar>>.self, sweep, call)
    case .power: Self.run(ElementwiseKernel<Power<Scalar>>.self, sweep, call)
    case .magnitude: Self.run(ElementwiseKernel<Magnitude<Scalar>>.self, sweep, call)
    case .errorFunction: Self.run(ElementwiseKernel<ErrorFunction<Scalar>>.self, sweep, call)
    case .addition: Self.run(BroadcastKernel<Addition<Scalar>>.self, sweep, call)
    case .subtraction: Self.run(BroadcastKernel<Subtraction<Scalar>>.self, sweep, call)
    case .multiplication: Self.run(BroadcastKernel<Multiplication<Scalar>>.self, sweep, call)
    case .division: Self.run(BroadcastKernel<Division<Scalar>>.self, sweep, call)
    case .maximum: Self.run(BroadcastKernel<Maximum<Scalar>>.self, sweep, call)
    case .minimum: Self.run(BroadcastKernel<Minimum<Scalar>>.self, sweep, call)
    case .product: Self.run(MatrixProduct<Scalar>.self, sweep, call)
    case .transposition: Self.run(Transposition<Scalar>.self, sweep, call)
    case .sum: Self.run(Sum<Scalar>.self, sweep, call)
    case .squaredNorm: Self.run(SquaredNorm<Scalar>.self, sweep, call)
    case .dot: Self.run(Dot<Scalar>.self, sweep, call)
    case .rowSums: Self.run(RowSums<Scalar>.self, sweep, call)
    case .columnSums: Self.run(ColumnSums<Scalar>.self, sweep, call)
    case .rows: Self.run(RowSlice<Scalar>.self, sweep, call)
    case .joinedRows: Self.run(JoinedRows<Scalar>.self, sweep, call)
    case .joinedColumns: Self.run(JoinedColumns<Scalar>.self, sweep, call)
    case .function, .checkpoint, .chain: preconditionFailure("the tape itself runs what has no kernels")
    }
  }

  @inline(__always)
  private static func run<Kernel: MatrixKernel>(
    _: Kernel.Type, _ sweep: MatrixSweep, _ call: MatrixCall<Kernel.Scalar>
  ) {
    switch sweep {
    case .value: Kernel.value(call)
    case .tangent: Kernel.tangent(call)
    case .adjoint: Kernel.adjoint(call)
    case .adjointTangent: Kernel.adjointTangent(call)
    }
  }
}
