public import RealModule
public import SecantLinearAlgebra

/// What a step of a recorded formula does.
@frozen @usableFromInline enum Operation: UInt8 {
  case input, constant
  // Of two operands
  case add, subtract, multiply, divide, power, constantPower, powerOfConstant, larger, smaller, angle,
    hypotenuse
  // Of one operand
  case negate, magnitude, squareRoot, exp, expMinusOne, log, logOnePlus, sin, cos, tan, asin, acos, atan
  case sinh, cosh, tanh, asinh, acosh, atanh, erf
  // Of one operand and an integer
  case integerPower, root
  // Supplied by the user
  case custom, customOfTwo
  // What a branch asked, with the answer it got
  case isLess, isLessOrEqual, isEqual

  /// Whether it is a question that a branch asked: it has no value and no derivative.
  @inlinable var isGuard: Bool { rawValue >= Operation.isLess.rawValue }
}

/// One step of a recorded formula: an operation and the steps that it takes its operands from.
@frozen @usableFromInline struct TapeEntry: Equatable {
  @usableFromInline var left: UInt32
  @usableFromInline var right: UInt32
  @usableFromInline var operation: Operation
  /// An integer exponent, the place of a custom function, the answer to a question; otherwise 0.
  @usableFromInline var detail: Int32

  @inlinable @inline(__always) init(_ operation: Operation, _ left: UInt32, _ right: UInt32, _ detail: Int32)
  {
    self.left = left
    self.right = right
    self.operation = operation
    self.detail = detail
  }
}

/// A function φ of one number, with φ′ and φ″.
@usableFromInline protocol UnaryOperation<Scalar> {
  associatedtype Scalar: LAPACKScalar
  /// φ(x).
  func value(_ x: Scalar) -> Scalar
  /// φ′(x), where φ(x) is `y`.
  func first(_ x: Scalar, _ y: Scalar) -> Scalar
  /// φ″(x), where φ(x) is `y` and φ′(x) is `d`.
  func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar
  /// Whether φ″ is zero at every number: then it is multiplied by nothing, but where φ′ is NaN.
  var isLinear: Bool { get }
}

extension UnaryOperation {
  @inlinable @inline(__always) var isLinear: Bool { false }
}

/// A function φ of two numbers, with its first and second derivatives.
@usableFromInline protocol BinaryOperation<Scalar> {
  associatedtype Scalar: LAPACKScalar
  /// φ(x, y).
  func value(_ x: Scalar, _ y: Scalar) -> Scalar
  /// ∂φ/∂x and ∂φ/∂y, where φ(x, y) is `z`.
  func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar)
  /// ∂²φ/∂x², ∂²φ/∂x∂y and ∂²φ/∂y².
  func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  /// The tangents of ∂φ/∂x and ∂φ/∂y where those of x and y are ẋ and ẏ: the second derivatives times (ẋ, ẏ).
  func bend(_ x: Scalar, _ y: Scalar, _ z: Scalar, _ ẋ: Scalar, _ ẏ: Scalar) -> (Scalar, Scalar)
  /// Whether every second derivative is zero at all numbers: then none is multiplied by anything, but where a slope is NaN.
  var isLinear: Bool { get }
  /// Which of ∂²φ/∂x², ∂²φ/∂x∂y and ∂²φ/∂y² can be other than zero, where φ is not linear.
  var bends: (xx: Bool, xy: Bool, yy: Bool) { get }
}

extension BinaryOperation {
  @inlinable @inline(__always) var isLinear: Bool { false }
  @inlinable @inline(__always) var bends: (xx: Bool, xy: Bool, yy: Bool) { (true, true, true) }

  @inlinable @inline(__always) func bend(
    _ x: Scalar, _ y: Scalar, _ z: Scalar, _ ẋ: Scalar, _ ẏ: Scalar
  ) -> (Scalar, Scalar) {
    let (xx, xy, yy) = second(x, y, z)
    return (xx * ẋ + xy * ẏ, xy * ẋ + yy * ẏ)
  }
}

/// Whoever wants to do something with an operation whose kind is known only when the program runs.
protocol OperationVisitor<Scalar> {
  associatedtype Scalar: LAPACKScalar
  mutating func visit(_ operation: some UnaryOperation<Scalar>)
  mutating func visit(_ operation: some BinaryOperation<Scalar>)
}

extension OperationVisitor {
  /// Visits what an entry does, if it computes something.
  @inline(__always) mutating func visit(_ entry: TapeEntry, supplied: [SuppliedFunction<Scalar>]) {
    switch entry.operation {
    case .input, .constant, .isLess, .isLessOrEqual, .isEqual: break
    case .add: visit(Sum())
    case .subtract: visit(Difference())
    case .multiply: visit(Product())
    case .divide: visit(Quotient())
    case .power: visit(Power(of: .both))
    case .constantPower: visit(Power(of: .base))
    case .powerOfConstant: visit(Power(of: .exponent))
    case .larger: visit(Larger())
    case .smaller: visit(Smaller())
    case .angle: visit(Angle())
    case .hypotenuse: visit(Hypotenuse())
    case .negate: visit(Negation())
    case .magnitude: visit(AbsoluteValue())
    case .squareRoot: visit(SquareRoot())
    case .exp: visit(Exponential())
    case .expMinusOne: visit(ExponentialMinusOne())
    case .log: visit(Logarithm())
    case .logOnePlus: visit(LogarithmOfOnePlus())
    case .sin: visit(Sine())
    case .cos: visit(Cosine())
    case .tan: visit(Tangent())
    case .asin: visit(ArcSine())
    case .acos: visit(ArcCosine())
    case .atan: visit(ArcTangent())
    case .sinh: visit(HyperbolicSine())
    case .cosh: visit(HyperbolicCosine())
    case .tanh: visit(HyperbolicTangent())
    case .asinh: visit(AreaSine())
    case .acosh: visit(AreaCosine())
    case .atanh: visit(AreaTangent())
    case .erf: visit(ErrorFunction())
    case .integerPower: visit(IntegerPower(exponent: Int(entry.detail)))
    case .root: visit(Root(degree: Int(entry.detail)))
    case .custom, .customOfTwo:
      switch supplied[Int(entry.detail)] {
      case .ofOne(let function): visit(Supplied(function))
      case .ofTwo(let function): visit(SuppliedOfTwo(function))
      }
    }
  }
}

// MARK: Of two operands

@frozen @usableFromInline struct Sum<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { x + y }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    (1, 1)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  { (0, 0, 0) }
}

@frozen @usableFromInline struct Difference<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { x - y }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    (1, -1)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  { (0, 0, 0) }
}

@frozen @usableFromInline struct Product<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var bends: (xx: Bool, xy: Bool, yy: Bool) { (false, true, false) }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { x * y }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    (y, x)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  { (0, 1, 0) }
  @inlinable @inline(__always) func bend(
    _ x: Scalar, _ y: Scalar, _ z: Scalar, _ ẋ: Scalar, _ ẏ: Scalar
  ) -> (Scalar, Scalar) { (ẏ, ẋ) }
}

@frozen @usableFromInline struct Quotient<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var bends: (xx: Bool, xy: Bool, yy: Bool) { (false, true, true) }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { x / y }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    (1 / y, -z / y)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    (0, -1 / y / y, 2 * (z / y) / y)
  }
}

/// xʸ, in what of it varies. Of a constant nothing is asked: not of log x where y is one, nor of a slope at x = 0 where x is.
@frozen @usableFromInline struct Power<Scalar: LAPACKScalar>: BinaryOperation {
  @frozen @usableFromInline enum Part { case both, base, exponent }
  @usableFromInline let part: Part
  @inlinable @inline(__always) init(of part: Part) { self.part = part }
  @inlinable @inline(__always) var hasBase: Bool { part != .exponent }
  @inlinable @inline(__always) var hasExponent: Bool { part != .base }

  @inlinable @inline(__always) var bends: (xx: Bool, xy: Bool, yy: Bool) {
    (hasBase, part == .both, hasExponent)
  }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { .pow(x, y) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    (
      hasBase ? slope(x, y, z) : 0,
      !hasExponent || x == 0 && y > 0 ? 0 : z * .log(x)
    )
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    let xx = hasBase ? curvature(x, y, z) : 0
    if !hasExponent { return (xx, 0, 0) }
    let log = Scalar.log(x)
    if x == 0 && y > 0 { return (xx, part != .both || y > 1 ? 0 : -.infinity, 0) }
    return (xx, part == .both ? lowered(x, y, z) * (1 + y * log) : 0, z * log * log)
  }
}

/// xʸ⁻¹, where xʸ is `z`: by a division where that is exact, which it is not where z or x is out of the normal range.
@inlinable @inline(__always) func lowered<Scalar: LAPACKScalar>(
  _ x: Scalar, _ y: Scalar, _ z: Scalar
) -> Scalar {
  if z.isNormal && x.isNormal { return z / x }
  return y == 1 ? 1 : .pow(x, y - 1)
}

/// y xʸ⁻¹, which is 0 for y = 0 at every x.
@inlinable @inline(__always) func slope<Scalar: LAPACKScalar>(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> Scalar
{
  z.isNaN ? z : y == 0 ? 0 : y * lowered(x, y, z)
}

/// y (y − 1) xʸ⁻², which is 0 for y = 0 and y = 1 at every x.
@inlinable @inline(__always) func curvature<Scalar: LAPACKScalar>(
  _ x: Scalar, _ y: Scalar, _ z: Scalar
) -> Scalar {
  z.isNaN ? z : y == 0 || y == 1 ? 0 : y * ((y - 1) * lowered(x, y - 1, lowered(x, y, z)))
}

@frozen @usableFromInline struct Larger<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { larger(x, y) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    x >= y ? (1, 0) : x < y ? (0, 1) : (.nan, .nan)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    let bend = z.isNaN ? z : 0
    return (bend, bend, bend)
  }
}

@frozen @usableFromInline struct Smaller<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { smaller(x, y) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    x <= y ? (1, 0) : x > y ? (0, 1) : (.nan, .nan)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    let bend = z.isNaN ? z : 0
    return (bend, bend, bend)
  }
}

/// The angle of the point whose abscissa is y and whose ordinate is x, in the order of `atan2`.
@frozen @usableFromInline struct Angle<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { .atan2(y: x, x: y) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    let r = Scalar.hypot(x, y)
    return (y / r / r, -x / r / r)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    let r = Scalar.hypot(x, y)
    let (s, c) = (x / r / r, y / r / r)
    // (x² − y²) / r⁴, without cancellation and without overflow.
    let (sum, difference) = ((x / 2 + y / 2) / r, (x / 2 - y / 2) / r)
    return (-2 * s * c, 4 * (sum / r) * (difference / r), 2 * s * c)
  }
}

@frozen @usableFromInline struct Hypotenuse<Scalar: LAPACKScalar>: BinaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar, _ y: Scalar) -> Scalar { .hypot(x, y) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) {
    z == 0 ? (0, 0) : (x / z, y / z)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar)
  {
    let (c, s) = (x / z, y / z)
    // The small factor is divided first: its square may underflow.
    return (s * (s / z), -s * (c / z), c * (c / z))
  }
}

// MARK: Of one operand

@frozen @usableFromInline struct Negation<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { -x }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { -1 }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 0 }
}

@frozen @usableFromInline struct AbsoluteValue<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) var isLinear: Bool { true }
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { x.magnitude }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    x > 0 ? 1 : x < 0 ? -1 : 0 * x
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    x.isNaN ? x : 0
  }
}

@frozen @usableFromInline struct SquareRoot<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .sqrt(x) }
  // Magnitudes, for √−0 is −0 and its slope +∞ all the same.
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 0.5 / y.magnitude }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    -0.5 * d / x.magnitude
  }
}

@frozen @usableFromInline struct Exponential<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .exp(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { y }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { y }
}

@frozen @usableFromInline struct ExponentialMinusOne<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .expMinusOne(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { .exp(x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { d }
}

@frozen @usableFromInline struct Logarithm<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .log(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    x < 0 ? .nan : 1 / x.magnitude
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -d * d }
}

@frozen @usableFromInline struct LogarithmOfOnePlus<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .log(onePlus: x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    x < -1 ? .nan : 1 / (1 + x)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -d * d }
}

@frozen @usableFromInline struct Sine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .sin(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { .cos(x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -y }
}

@frozen @usableFromInline struct Cosine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .cos(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { -.sin(x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -y }
}

@frozen @usableFromInline struct Tangent<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .tan(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 + y * y }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 2 * y * d }
}

@frozen @usableFromInline struct ArcSine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .asin(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 / .sqrt((1 - x) * (1 + x)) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { x * d * d * d }
}

@frozen @usableFromInline struct ArcCosine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .acos(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    -1 / .sqrt((1 - x) * (1 + x))
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { x * d * d * d }
}

@frozen @usableFromInline struct ArcTangent<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .atan(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 / (1 + x * x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    d == 0 ? 0 : -2 * x * d * d
  }
}

@frozen @usableFromInline struct HyperbolicSine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .sinh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { .cosh(x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { y }
}

@frozen @usableFromInline struct HyperbolicCosine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .cosh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { .sinh(x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { y }
}

// Far out, where a slope has become 0, the bend is 0 too, though x may be infinite.

/// Its derivative is 1/cosh² where tanh is near 1, for 1 − tanh² loses every digit there, and costs less elsewhere.
@frozen @usableFromInline struct HyperbolicTangent<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .tanh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    if y.magnitude < 0.9 { return (1 - y) * (1 + y) }
    let c = 1 / Scalar.cosh(x)
    return c * c
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { -2 * y * d }
}

@frozen @usableFromInline struct AreaSine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .asinh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar { 1 / .hypot(1, x) }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    d == 0 ? 0 : -x * d * d * d
  }
}

@frozen @usableFromInline struct AreaCosine<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .acosh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    1 / (.sqrt(x - 1) * .sqrt(x + 1))
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    d == 0 ? 0 : -x * d * d * d
  }
}

@frozen @usableFromInline struct AreaTangent<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .atanh(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    x.magnitude > 1 ? .nan : 1 / ((1 - x) * (1 + x))
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { 2 * x * d * d }
}

@frozen @usableFromInline struct ErrorFunction<Scalar: LAPACKScalar>: UnaryOperation {
  @inlinable @inline(__always) init() {}
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .erf(x) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    // The rounding of x² is made good: where x is large it would be that of many digits of exp(−x²).
    let square = x * x
    let rest = square.isFinite ? (-square).addingProduct(x, x) : 0
    return 1.1283791670955126 * (.exp(-square) * (1 - rest))
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    d == 0 ? 0 : -2 * x * d
  }
}

// MARK: Of one operand and an integer

@frozen @usableFromInline struct IntegerPower<Scalar: LAPACKScalar>: UnaryOperation, Sendable {
  @usableFromInline let exponent: Int
  // Two less than the least integers do not exist, and no power can tell these from two more.
  @inlinable @inline(__always) init(exponent: Int) {
    self.exponent = exponent < .min + 2 ? exponent + 2 : exponent
  }

  @inlinable @inline(__always) var isLinear: Bool { exponent == 0 || exponent == 1 }
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .pow(x, exponent) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    exponent == 0 ? 0 : exponent == 2 ? 2 * x : Scalar(exponent) * .pow(x, exponent - 1)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    switch exponent {
    case 0, 1: 0
    case 2: 2
    default: Scalar(exponent) * Scalar(exponent - 1) * .pow(x, exponent - 2)
    }
  }
}

@frozen @usableFromInline struct Root<Scalar: LAPACKScalar>: UnaryOperation, Sendable {
  @usableFromInline let degree: Int
  @inlinable @inline(__always) init(degree: Int) { self.degree = degree }

  @inlinable @inline(__always) var isLinear: Bool { degree == 1 }
  @inlinable @inline(__always) func value(_ x: Scalar) -> Scalar { .root(x, degree) }
  @inlinable @inline(__always) func first(_ x: Scalar, _ y: Scalar) -> Scalar {
    degree == 1 ? 1 : x == 0 && degree > 0 ? .infinity : y / x / Scalar(degree)
  }
  @inlinable @inline(__always) func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar {
    degree == 1 ? 0 : (1 / Scalar(degree) - 1) * d / x
  }
}

extension UnaryOperation where Self: Sendable {
  /// The operation as a function that a user might have supplied: for an integer that has no room in a step.
  @inlinable var function: SmoothFunction<Scalar> {
    SmoothFunction(
      value: { value($0) }, first: { first($0, value($0)) },
      second: { second($0, value($0), first($0, value($0))) })
  }
}

// MARK: Supplied by the user

/// A function with the user's derivatives, as a tape keeps it.
@usableFromInline enum SuppliedFunction<Scalar: LAPACKScalar> {
  case ofOne(SmoothFunction<Scalar>)
  case ofTwo(SmoothFunctionOfTwo<Scalar>)

  /// Whether another function has the same value and the same derivatives at a point.
  func agrees(with other: SuppliedFunction, at x: Scalar, _ y: Scalar) -> Bool {
    func isSame(_ a: Scalar, _ b: Scalar) -> Bool { a == b || a.isNaN && b.isNaN }
    switch (self, other) {
    case (.ofOne(let f), .ofOne(let g)):
      return isSame(f.value(x), g.value(x)) && isSame(f.first(x), g.first(x))
        && isSame(f.second(x), g.second(x))
    case (.ofTwo(let f), .ofTwo(let g)):
      let (d, e) = (f.first(x, y), g.first(x, y))
      let (b, c) = (f.second(x, y), g.second(x, y))
      return isSame(f.value(x, y), g.value(x, y)) && isSame(d.x, e.x) && isSame(d.y, e.y)
        && isSame(b.xx, c.xx) && isSame(b.xy, c.xy) && isSame(b.yy, c.yy)
    default: return false
    }
  }
}

@frozen @usableFromInline struct Supplied<Scalar: LAPACKScalar>: UnaryOperation {
  @usableFromInline let function: SmoothFunction<Scalar>
  @inlinable @inline(__always) init(_ function: SmoothFunction<Scalar>) { self.function = function }

  @inlinable func value(_ x: Scalar) -> Scalar { function.value(x) }
  @inlinable func first(_ x: Scalar, _ y: Scalar) -> Scalar { function.first(x) }
  @inlinable func second(_ x: Scalar, _ y: Scalar, _ d: Scalar) -> Scalar { function.second(x) }
}

@frozen @usableFromInline struct SuppliedOfTwo<Scalar: LAPACKScalar>: BinaryOperation {
  @usableFromInline let function: SmoothFunctionOfTwo<Scalar>
  @inlinable @inline(__always) init(_ function: SmoothFunctionOfTwo<Scalar>) { self.function = function }

  @inlinable func value(_ x: Scalar, _ y: Scalar) -> Scalar { function.value(x, y) }
  @inlinable func first(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar) { function.first(x, y) }
  @inlinable func second(_ x: Scalar, _ y: Scalar, _ z: Scalar) -> (Scalar, Scalar, Scalar) {
    function.second(x, y)
  }
}
