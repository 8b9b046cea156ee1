internal import SecantLinearAlgebra

// One function of each element. The functions themselves are those of the numbers' tape, with their derivatives, and below a
// few that belong to matrices.

/// y = φ(x), element by element: ẏ = φ′ẋ, x̄ += φ′ȳ, and the tangent of x̄ gains φ′ times that of ȳ, and φ″ẋȳ.
struct ElementwiseKernel<Function: UnaryOperation>: MatrixKernel {
  typealias Scalar = Function.Scalar
  let φ: Function

  @inline(__always) init(_ function: Function) { φ = function }

  @inline(__always) func value(_ call: MatrixCall<Scalar>) {
    let (x, y) = (call.operand(0).pointer, call.result.pointer)
    for i in 0..<call.result.count { y[i] = φ.value(x[i]) }
  }

  @inline(__always) func tangent(_ call: MatrixCall<Scalar>) {
    let (x, y) = (call.operand(0).pointer, call.result.pointer)
    let (ẋ, ẏ) = (call.tangent(0)!.pointer, call.resultTangent.pointer)
    for i in 0..<call.result.count { ẏ[i] = φ.first(x[i], y[i]) * ẋ[i] }
  }

  @inline(__always) func adjoint(_ call: MatrixCall<Scalar>) {
    let (x, y) = (call.operand(0).pointer, call.result.pointer)
    let (x̄, ȳ) = (call.adjoint(0)!.pointer, call.resultAdjoint.pointer)
    for i in 0..<call.result.count { x̄[i] += φ.first(x[i], y[i]) * ȳ[i] }
  }

  @inline(__always) func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (x, y) = (call.operand(0).pointer, call.result.pointer)
    let (x̄ʹ, ȳʹ) = (call.adjointTangent(0)!.pointer, call.resultAdjointTangent.pointer)
    let (ẋ, ȳ) = (call.tangent(0)!.pointer, call.resultAdjoint.pointer)
    for i in 0..<call.result.count {
      let d = φ.first(x[i], y[i])
      x̄ʹ[i] += d * ȳʹ[i]
      if !φ.isLinear { x̄ʹ[i] += φ.second(x[i], y[i], d) * ẋ[i] * ȳ[i] }
    }
  }
}

extension MatrixVariable {
  func apply(_ operation: MatrixOperation, _ constant: Scalar = 0) -> MatrixVariable {
    let tape = tape
    tape.push(self)
    return tape.record(operation, operandCount: 1, rows: rows, columns: columns, constant: constant)
  }
}

// MARK: - With a number

extension MatrixVariable {
  /// −x.
  public static prefix func - (x: MatrixVariable) -> MatrixVariable { x.apply(.scaled, -1) }
  /// c x.
  public static func * (c: Scalar, x: MatrixVariable) -> MatrixVariable { x.apply(.scaled, c) }
  /// x c.
  public static func * (x: MatrixVariable, c: Scalar) -> MatrixVariable { x.apply(.scaled, c) }
  /// x / c.
  public static func / (x: MatrixVariable, c: Scalar) -> MatrixVariable { x.apply(.quotient, c) }
  /// c / x, element by element.
  public static func / (c: Scalar, x: MatrixVariable) -> MatrixVariable { x.apply(.reciprocal, c) }
  /// x + c in every element.
  public static func + (x: MatrixVariable, c: Scalar) -> MatrixVariable { x.apply(.shifted, c) }
  /// c + x in every element.
  public static func + (c: Scalar, x: MatrixVariable) -> MatrixVariable { x.apply(.shifted, c) }
  /// x − c in every element.
  public static func - (x: MatrixVariable, c: Scalar) -> MatrixVariable { x.apply(.shifted, -c) }
  /// c − x in every element.
  public static func - (c: Scalar, x: MatrixVariable) -> MatrixVariable { x.apply(.reflected, c) }
}

/// The larger of each element and a number, NaN where the element is; the element where they are equal.
public func max<Scalar>(_ x: MatrixVariable<Scalar>, _ c: Scalar) -> MatrixVariable<Scalar> {
  x.apply(.atLeast, c)
}

/// The smaller of each element and a number, NaN where the element is; the element where they are equal.
public func min<Scalar>(_ x: MatrixVariable<Scalar>, _ c: Scalar) -> MatrixVariable<Scalar> {
  x.apply(.atMost, c)
}

// MARK: - Functions of analysis

/// eˣ in each element.
public func exp<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.exponential) }

/// eˣ − 1 in each element, exact near 0.
public func expMinusOne<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.apply(.expMinusOne)
}

/// The natural logarithm of each element.
public func log<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logarithm) }

/// log(1 + x) of each element, exact near 0.
public func log<Scalar>(onePlus x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logOnePlus) }

/// The hyperbolic tangent of each element.
public func tanh<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.apply(.hyperbolicTangent)
}

/// The logistic function of each element, 1 / (1 + e⁻ˣ): the sigmoid.
public func logistic<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logistic) }

/// The larger of each element and 0, with a derivative of 0 at 0: the rectified linear unit.
public func relu<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.rectifier) }

/// x Φ(x) of each element, Φ the distribution function of the standard normal distribution, by the error function: the
/// Gaussian error linear unit.
public func gelu<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.gelu) }

/// log(1 + eˣ) of each element, without overflow.
public func softplus<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.softplus) }

/// The sine of each element.
public func sin<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.sine) }

/// The cosine of each element.
public func cos<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.cosine) }

/// The square root of each element.
public func sqrt<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.squareRoot) }

/// The square of each element.
public func square<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.square) }

/// xⁿ of each element.
public func pow<Scalar>(_ x: MatrixVariable<Scalar>, _ n: Int) -> MatrixVariable<Scalar> {
  let tape = x.tape
  tape.push(x)
  return tape.record(.integerPower, operandCount: 1, rows: x.rows, columns: x.columns, first: n)
}

/// xᶜ of each element: NaN where x < 0, were c whole, and 0⁰ is NaN, too. For a whole exponent write an integer.
public func pow<Scalar>(_ x: MatrixVariable<Scalar>, _ c: Scalar) -> MatrixVariable<Scalar> {
  x.apply(.power, c)
}

/// The magnitude of each element, with a derivative of 0 at 0.
public func abs<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.magnitude) }

/// The error function of each element, 2/√π ∫₀ˣ exp(−t²) dt.
public func erf<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.errorFunction) }

// MARK: - What is not among the functions of numbers

/// a x.
struct Scaled<Scalar: LAPACKScalar>: UnaryOperation {
  let factor: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { factor * x }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { factor }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// x + a.
struct Shifted<Scalar: LAPACKScalar>: UnaryOperation {
  let shift: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { x + shift }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// a − x.
struct Reflected<Scalar: LAPACKScalar>: UnaryOperation {
  let about: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { about - x }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { -1 }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// x / a.
struct Divided<Scalar: LAPACKScalar>: UnaryOperation {
  let divisor: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { x / divisor }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 / divisor }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// a / x.
struct Reciprocal<Scalar: LAPACKScalar>: UnaryOperation {
  let dividend: Scalar
  @inline(__always) func value(_ x: Scalar) -> Scalar { dividend / x }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { -y / x }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -2 * d / x }
}

/// max(x, a), with the derivative of x where they are equal.
struct AtLeast<Scalar: LAPACKScalar>: UnaryOperation {
  let bound: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { larger(x, bound) }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    Larger().first(x, bound, y).0
  }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// min(x, a), with the derivative of x where they are equal.
struct AtMost<Scalar: LAPACKScalar>: UnaryOperation {
  let bound: Scalar
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { smaller(x, bound) }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    Smaller().first(x, bound, y).0
  }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// 1 / (1 + e⁻ˣ).
struct Logistic<Scalar: LAPACKScalar>: UnaryOperation {
  @inline(__always) func value(_ x: Scalar) -> Scalar { 1 / (1 + .exp(-x)) }
  /// y(1 − y), without the cancellation where y is near 1.
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    let e = Scalar.exp(-x.magnitude)
    return e / ((1 + e) * (1 + e))
  }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { d * (1 - 2 * y) }
}

/// max(x, 0), with a derivative of 0 at 0.
struct Rectifier<Scalar: LAPACKScalar>: UnaryOperation {
  @inline(__always) var isLinear: Bool { true }
  @inline(__always) func value(_ x: Scalar) -> Scalar { x <= 0 ? 0 : x }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { x <= 0 ? 0 : x > 0 ? 1 : x }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

/// x Φ(x), Φ the distribution function of the standard normal distribution and φ its density: the derivatives are Φ + xφ
/// and (2 − x²)φ.
struct GaussianErrorLinearUnit<Scalar: LAPACKScalar>: UnaryOperation {
  @inline(__always) func value(_ x: Scalar) -> Scalar { product(x, Φ(x)) }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { Φ(x) + product(x, φ(x)) }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    product(2 - x * x, φ(x))
  }

  // A density or a probability that has become 0 is less than any number is large.
  @inline(__always) private func product(_ a: Scalar, _ p: Scalar) -> Scalar { p == 0 ? 0 : a * p }

  // By erfc, so that the small values to the left keep their digits.
  @inline(__always) private func Φ(_ x: Scalar) -> Scalar { .erfc(-x * Scalar(0.5).squareRoot()) / 2 }
  @inline(__always) private func φ(_ x: Scalar) -> Scalar {
    .exp(-x * x / 2) / (2 * Scalar.pi).squareRoot()
  }
}

/// log(1 + eˣ), without overflow: the derivatives are the logistic function s and s(1 − s), without cancellation.
struct Softplus<Scalar: LAPACKScalar>: UnaryOperation {
  @inline(__always) func value(_ x: Scalar) -> Scalar {
    let rest = Scalar.log(onePlus: .exp(-x.magnitude))
    return x > 0 ? x + rest : rest
  }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    let e = Scalar.exp(-x.magnitude)
    return (x > 0 ? 1 : e) / (1 + e)
  }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    let e = Scalar.exp(-x.magnitude)
    return e / ((1 + e) * (1 + e))
  }
}

/// x².
struct Square<Scalar: LAPACKScalar>: UnaryOperation {
  @inline(__always) func value(_ x: Scalar) -> Scalar { x * x }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 2 * x }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 2 }
}

/// xᵃ, with a number a.
struct FixedPower<Scalar: LAPACKScalar>: UnaryOperation {
  let exponent: Scalar
  @inline(__always) func value(_ x: Scalar) -> Scalar { .pow(x, exponent) }
  @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { slope(x, exponent, y) }
  @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { curvature(x, exponent, y) }
}
