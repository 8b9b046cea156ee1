internal import Secant

// One function of each element: its value, its derivative and its second derivative are all that is written for it.

/// y = f(x), element by element, where c is a constant of the operation.
protocol ElementwiseFunction<Scalar> {
  associatedtype Scalar: LAPACKScalar
  /// Whether f″ = 0 everywhere, so that its term need not be computed.
  static var isLinear: Bool { get }
  /// f(x).
  static func value(_ x: Scalar, _ c: Scalar) -> Scalar
  /// f′(x), where y = f(x).
  static func derivative(_ x: Scalar, _ y: Scalar, _ c: Scalar) -> Scalar
  /// f″(x), where y = f(x).
  static func second(_ x: Scalar, _ y: Scalar, _ c: Scalar) -> Scalar
}

extension ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { false }
}

/// ẏ = f′ẋ, x̄ += f′ȳ, and the tangent of x̄ gains f′ times that of ȳ, and f″ẋȳ.
enum ElementwiseKernel<Function: ElementwiseFunction>: MatrixKernel {
  typealias Scalar = Function.Scalar

  @inline(__always) static func value(_ call: MatrixCall<Scalar>) {
    let (x, y, c) = (call.operand(0).pointer, call.result.pointer, call.record.constant)
    for i in 0..<call.result.count { y[i] = Function.value(x[i], c) }
  }

  @inline(__always) static func tangent(_ call: MatrixCall<Scalar>) {
    let (x, y, c) = (call.operand(0).pointer, call.result.pointer, call.record.constant)
    let (ẋ, ẏ) = (call.tangent(0)!.pointer, call.resultTangent.pointer)
    for i in 0..<call.result.count { ẏ[i] = Function.derivative(x[i], y[i], c) * ẋ[i] }
  }

  @inline(__always) static func adjoint(_ call: MatrixCall<Scalar>) {
    let (x, y, c) = (call.operand(0).pointer, call.result.pointer, call.record.constant)
    let (x̄, ȳ) = (call.adjoint(0)!.pointer, call.resultAdjoint.pointer)
    for i in 0..<call.result.count { x̄[i] += Function.derivative(x[i], y[i], c) * ȳ[i] }
  }

  @inline(__always) static func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (x, y, c) = (call.operand(0).pointer, call.result.pointer, call.record.constant)
    let (x̄ʹ, ȳʹ) = (call.adjointTangent(0)!.pointer, call.resultAdjointTangent.pointer)
    let (ẋ, ȳ) = (call.tangent(0)!.pointer, call.resultAdjoint.pointer)
    for i in 0..<call.result.count {
      x̄ʹ[i] += Function.derivative(x[i], y[i], c) * ȳʹ[i]
      if !Function.isLinear { x̄ʹ[i] += Function.second(x[i], y[i], c) * ẋ[i] * ȳ[i] }
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

// MARK: - With a constant number

/// c x.
enum Scaled<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { c * x }
  @inline(__always) static func derivative(_: Scalar, _: Scalar, _ c: Scalar) -> Scalar { c }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// x + c.
enum Shifted<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { x + c }
  @inline(__always) static func derivative(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 1 }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// c − x.
enum Reflected<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { c - x }
  @inline(__always) static func derivative(_: Scalar, _: Scalar, _: Scalar) -> Scalar { -1 }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// x / c.
enum Quotient<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { x / c }
  @inline(__always) static func derivative(_: Scalar, _: Scalar, _ c: Scalar) -> Scalar { 1 / c }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// c / x.
enum Reciprocal<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { c / x }
  @inline(__always) static func derivative(_ x: Scalar, _ y: Scalar, _: Scalar) -> Scalar { -y / x }
  @inline(__always) static func second(_ x: Scalar, _ y: Scalar, _: Scalar) -> Scalar { 2 * y / (x * x) }
}

/// max(x, c), with the derivative of x where they are equal.
enum AtLeast<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { x >= c || x.isNaN ? x : c }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _ c: Scalar) -> Scalar {
    x >= c ? 1 : x < c ? 0 : .nan
  }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// min(x, c), with the derivative of x where they are equal.
enum AtMost<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { x <= c || x.isNaN ? x : c }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _ c: Scalar) -> Scalar {
    x <= c ? 1 : x > c ? 0 : .nan
  }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

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

/// eˣ.
enum Exponential<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .exp(x) }
  @inline(__always) static func derivative(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { y }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { y }
}

/// eˣ in each element.
public func exp<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.exponential) }

/// eˣ − 1.
enum ExpMinusOne<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .expMinusOne(x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { .exp(x) }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { .exp(x) }
}

/// eˣ − 1 in each element, exact near 0.
public func expMinusOne<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.apply(.expMinusOne)
}

/// log x.
enum Logarithm<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .log(x) }
  // Of 0, whichever its sign, the derivative is +∞.
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x < 0 ? .nan : 1 / x.magnitude
  }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x < 0 ? .nan : -1 / (x * x)
  }
}

/// The natural logarithm of each element.
public func log<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logarithm) }

/// log(1 + x).
enum LogOnePlus<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .log(onePlus: x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x < -1 ? .nan : 1 / (1 + x)
  }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x < -1 ? .nan : -1 / ((1 + x) * (1 + x))
  }
}

/// log(1 + x) of each element, exact near 0.
public func log<Scalar>(onePlus x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logOnePlus) }

/// tanh x.
enum HyperbolicTangent<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .tanh(x) }
  @inline(__always) static func derivative(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { (1 - y) * (1 + y) }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar {
    -2 * y * ((1 - y) * (1 + y))
  }
}

/// The hyperbolic tangent of each element.
public func tanh<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.apply(.hyperbolicTangent)
}

/// 1 / (1 + e⁻ˣ).
enum Logistic<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { 1 / (1 + .exp(-x)) }
  @inline(__always) static func derivative(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { y * (1 - y) }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar {
    y * (1 - y) * (1 - 2 * y)
  }
}

/// The logistic function of each element, 1 / (1 + e⁻ˣ): the sigmoid.
public func logistic<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.logistic) }

/// max(x, 0), with a derivative of 0 at 0.
enum Rectifier<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { x <= 0 ? 0 : x }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x <= 0 ? 0 : x > 0 ? 1 : .nan
  }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// The larger of each element and 0, with a derivative of 0 at 0: the rectified linear unit.
public func relu<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.rectifier) }

/// x Φ(x), Φ the distribution function of the standard normal distribution, φ its density: f′ = Φ + xφ, f″ = (2 − x²)φ.
enum GaussianErrorLinearUnit<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { x * Φ(x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { Φ(x) + x * φ(x) }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { (2 - x * x) * φ(x) }

  // By erfc, so that the small values to the left keep their digits.
  @inline(__always) private static func Φ(_ x: Scalar) -> Scalar {
    .erfc(-x * Scalar(0.5).squareRoot()) / 2
  }
  @inline(__always) private static func φ(_ x: Scalar) -> Scalar {
    .exp(-x * x / 2) / (2 * Scalar.pi).squareRoot()
  }
}

/// x Φ(x) of each element, Φ the distribution function of the standard normal distribution, by the error function: the
/// Gaussian error linear unit.
public func gelu<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.gelu) }

/// log(1 + eˣ), without overflow: f′ is the logistic function s, f″ = s(1 − s).
enum Softplus<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar {
    let rest = Scalar.log(onePlus: .exp(-x.magnitude))
    return x > 0 ? x + rest : rest
  }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    let e = Scalar.exp(-x.magnitude)
    return (x > 0 ? 1 : e) / (1 + e)
  }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    let e = Scalar.exp(-x.magnitude)
    return e / ((1 + e) * (1 + e))
  }
}

/// log(1 + eˣ) of each element, without overflow.
public func softplus<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.softplus) }

/// sin x.
enum Sine<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .sin(x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { .cos(x) }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { -y }
}

/// The sine of each element.
public func sin<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.sine) }

/// cos x.
enum Cosine<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .cos(x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { -.sin(x) }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar { -y }
}

/// The cosine of each element.
public func cos<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.cosine) }

/// √x.
enum SquareRoot<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .sqrt(x) }
  // Of −0 too the derivative is +∞.
  @inline(__always) static func derivative(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar {
    0.5 / y.magnitude
  }
  @inline(__always) static func second(_: Scalar, _ y: Scalar, _: Scalar) -> Scalar {
    -0.25 / (y * y * y.magnitude)
  }
}

/// The square root of each element.
public func sqrt<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.squareRoot) }

/// x².
enum Square<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { x * x }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar { 2 * x }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 2 }
}

/// The square of each element.
public func square<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.square) }

/// xᶜ: of a negative x where c is whole, and 1 where c is 0.
enum Power<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _ c: Scalar) -> Scalar { power(x, c) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _ c: Scalar) -> Scalar {
    c == 0 ? 0 * x : c * power(x, c - 1)
  }
  @inline(__always) static func second(_ x: Scalar, _: Scalar, _ c: Scalar) -> Scalar {
    c == 0 || c == 1 ? 0 * x : c * (c - 1) * power(x, c - 2)
  }

  @inline(__always) private static func power(_ x: Scalar, _ c: Scalar) -> Scalar {
    if let n = Int(exactly: c) { return .pow(x, n) }
    return .pow(x, c)
  }
}

/// xᶜ of each element.
public func pow<Scalar>(_ x: MatrixVariable<Scalar>, _ c: Scalar) -> MatrixVariable<Scalar> {
  x.apply(.power, c)
}

/// |x|, with a derivative of 0 at 0.
enum Magnitude<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static var isLinear: Bool { true }
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { x.magnitude }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    x > 0 ? 1 : x < 0 ? -1 : x
  }
  @inline(__always) static func second(_: Scalar, _: Scalar, _: Scalar) -> Scalar { 0 }
}

/// The magnitude of each element, with a derivative of 0 at 0.
public func abs<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.magnitude) }

/// erf x.
enum ErrorFunction<Scalar: LAPACKScalar>: ElementwiseFunction {
  @inline(__always) static func value(_ x: Scalar, _: Scalar) -> Scalar { .erf(x) }
  @inline(__always) static func derivative(_ x: Scalar, _: Scalar, _: Scalar) -> Scalar {
    2 / Scalar.pi.squareRoot() * .exp(-x * x)
  }
  @inline(__always) static func second(_ x: Scalar, _ y: Scalar, _ c: Scalar) -> Scalar {
    -2 * x * derivative(x, y, c)
  }
}

/// The error function of each element, 2/√π ∫₀ˣ exp(−t²) dt.
public func erf<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x.apply(.errorFunction) }
