internal import SecantLinearAlgebra

/// The kernels of one operation y = f(x₀, x₁, …), side by side.
///
/// An operation is added by a type with these four kernels, a case of ``MatrixOperation`` and a line in its switch. Kernels
/// allocate nothing. An operand may stand at more than one place of the same call, or overlap another: what is accumulated
/// is therefore always added, never written.
protocol MatrixKernel<Scalar> {
  associatedtype Scalar: LAPACKScalar
  /// y ← f(x).
  func value(_ call: MatrixCall<Scalar>)
  /// ẏ ← Σᵢ Jᵢ ẋᵢ, written into every element.
  func tangent(_ call: MatrixCall<Scalar>)
  /// x̄ᵢ ← x̄ᵢ + Jᵢᵀ ȳ.
  func adjoint(_ call: MatrixCall<Scalar>)
  /// The tangent of ``adjoint(_:)``: adds Jᵢᵀ times the tangent of ȳ, and J̇ᵢᵀ ȳ, to the tangent of x̄ᵢ.
  func adjointTangent(_ call: MatrixCall<Scalar>)
}

/// A linear map of one operand, y = A x: the map serves values and tangents, its transpose adjoints and their tangents.
protocol LinearKernel: MatrixKernel {
  /// y ← A x.
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>)
  /// x̄ ← x̄ + Aᵀ ȳ.
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>)
}

extension LinearKernel {
  @inline(__always) func value(_ call: MatrixCall<Scalar>) { map(call, call.operand(0), to: call.result) }
  @inline(__always) func tangent(_ call: MatrixCall<Scalar>) {
    map(call, call.tangent(0)!, to: call.resultTangent)
  }
  @inline(__always) func adjoint(_ call: MatrixCall<Scalar>) {
    mapBack(call, call.resultAdjoint, addingTo: call.adjoint(0)!)
  }
  @inline(__always) func adjointTangent(_ call: MatrixCall<Scalar>) {
    mapBack(call, call.resultAdjointTangent, addingTo: call.adjointTangent(0)!)
  }
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
  case sine, cosine, squareRoot, square, power, integerPower, magnitude, errorFunction
  // Element by element, of two operands, with broadcasting.
  case addition, subtraction, multiplication, division, maximum, minimum
  // Matrices.
  case product, transposition
  // Reductions.
  case sum, squaredNorm, dot, rowSums, columnSums
  // Rearrangement.
  case rows, joinedRows, joinedColumns, pickedElements, pickedRows
  // Linear systems.
  case choleskySolve, logDeterminant
  // What the user supplies.
  case function
  // Recomputed in the reverse sweep by the tape itself.
  case checkpoint, chain

  @inline(__always)
  func run<Scalar: LAPACKScalar>(_ sweep: MatrixSweep, _ call: MatrixCall<Scalar>) {
    let c = call.record.constant
    switch self {
    case .scaled: Self.run(ElementwiseKernel(Scaled(factor: c)), sweep, call)
    case .shifted: Self.run(ElementwiseKernel(Shifted(shift: c)), sweep, call)
    case .reflected: Self.run(ElementwiseKernel(Reflected(about: c)), sweep, call)
    case .quotient: Self.run(ElementwiseKernel(Divided(divisor: c)), sweep, call)
    case .reciprocal: Self.run(ElementwiseKernel(Reciprocal(dividend: c)), sweep, call)
    case .atLeast: Self.run(ElementwiseKernel(AtLeast(bound: c)), sweep, call)
    case .atMost: Self.run(ElementwiseKernel(AtMost(bound: c)), sweep, call)
    case .exponential: Self.run(ElementwiseKernel(Exponential()), sweep, call)
    case .expMinusOne: Self.run(ElementwiseKernel(ExponentialMinusOne()), sweep, call)
    case .logarithm: Self.run(ElementwiseKernel(Logarithm()), sweep, call)
    case .logOnePlus: Self.run(ElementwiseKernel(LogarithmOfOnePlus()), sweep, call)
    case .hyperbolicTangent: Self.run(ElementwiseKernel(HyperbolicTangent()), sweep, call)
    case .logistic: Self.run(ElementwiseKernel(Logistic()), sweep, call)
    case .rectifier: Self.run(ElementwiseKernel(Rectifier()), sweep, call)
    case .gelu: Self.run(ElementwiseKernel(GaussianErrorLinearUnit()), sweep, call)
    case .softplus: Self.run(ElementwiseKernel(Softplus()), sweep, call)
    case .sine: Self.run(ElementwiseKernel(Sine()), sweep, call)
    case .cosine: Self.run(ElementwiseKernel(Cosine()), sweep, call)
    case .squareRoot: Self.run(ElementwiseKernel(SquareRoot()), sweep, call)
    case .square: Self.run(ElementwiseKernel(Square()), sweep, call)
    case .power: Self.run(ElementwiseKernel(FixedPower(exponent: c)), sweep, call)
    case .integerPower: Self.run(ElementwiseKernel(IntegerPower(exponent: call.record.first)), sweep, call)
    case .magnitude: Self.run(ElementwiseKernel(AbsoluteValue()), sweep, call)
    case .errorFunction: Self.run(ElementwiseKernel(ErrorFunction()), sweep, call)
    case .addition: Self.run(BroadcastKernel(Sum()), sweep, call)
    case .subtraction: Self.run(BroadcastKernel(Difference()), sweep, call)
    case .multiplication: Self.run(BroadcastKernel(Product()), sweep, call)
    case .division: Self.run(BroadcastKernel(Quotient()), sweep, call)
    case .maximum: Self.run(BroadcastKernel(Larger()), sweep, call)
    case .minimum: Self.run(BroadcastKernel(Smaller()), sweep, call)
    case .product: Self.run(MatrixProduct(), sweep, call)
    case .transposition: Self.run(Transposition(), sweep, call)
    case .sum: Self.run(Total(), sweep, call)
    case .squaredNorm: Self.run(SquaredNorm(), sweep, call)
    case .dot: Self.run(Dot(), sweep, call)
    case .rowSums: Self.run(RowSums(), sweep, call)
    case .columnSums: Self.run(ColumnSums(), sweep, call)
    case .rows: Self.run(RowSlice(), sweep, call)
    case .joinedRows: Self.run(JoinedRows(), sweep, call)
    case .joinedColumns: Self.run(JoinedColumns(), sweep, call)
    case .pickedElements: Self.run(PickedElements(), sweep, call)
    case .pickedRows: Self.run(PickedRows(), sweep, call)
    case .choleskySolve: Self.run(CholeskySolve(), sweep, call)
    case .logDeterminant: Self.run(LogDeterminant(), sweep, call)
    case .function, .checkpoint, .chain: preconditionFailure("the tape itself runs what has no kernels")
    }
  }

  @inline(__always)
  private static func run<Kernel: MatrixKernel>(
    _ kernel: Kernel, _ sweep: MatrixSweep, _ call: MatrixCall<Kernel.Scalar>
  ) {
    switch sweep {
    case .value: kernel.value(call)
    case .tangent: kernel.tangent(call)
    case .adjoint: kernel.adjoint(call)
    case .adjointTangent: kernel.adjointTangent(call)
    }
  }
}
