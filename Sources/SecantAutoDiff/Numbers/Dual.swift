public import RealModule
public import SecantLinearAlgebra

/// A number and its derivative along one direction: x + ẋε with ε² = 0.
///
/// φ(x + ẋε) = φ(x) + φ′(x)ẋε, so a formula over duals gives f and ∇fᵀv in one evaluation, where the inputs are
/// xᵢ + vᵢε. It needs no memory, and serves where there are few variables or many results.
///
/// ```swift
/// let y = exp(Dual(1.0, tangent: 1) * 2)  // y.tangent is d/dx e²ˣ at x = 1
/// ```
///
/// A constant knows that it is one, and so does what is computed from constants alone: however steep a function is there,
/// as `sqrt(Number(t))` is for a datum t = 0, its tangent stays 0. What is held while another variable moves is a
/// constant, too: `Dual(x)`. A number with a tangent is none, were the tangent 0.
///
/// - **Reference**: Clifford 1873; Griewank and Walther, *Evaluating Derivatives*, chapter 3.
@frozen public struct Dual<Scalar: LAPACKScalar> {
  /// x.
  public var value: Scalar
  /// ẋ.
  public var tangent: Scalar { didSet { isConstant = false } }
  /// Whether nothing moves that the number was computed from: of structure, not because ẋ happens to be 0.
  @usableFromInline var isConstant: Bool

  /// x + ẋε.
  @inlinable @inline(__always) public init(_ value: Scalar, tangent: Scalar) {
    self.init(value, tangent: tangent, isConstant: false)
  }

  /// A constant.
  @inlinable @inline(__always) public init(_ constant: Scalar) {
    self.init(constant, tangent: 0, isConstant: true)
  }

  /// An input, of a direction's element: where that is 0 the input does not move.
  @inlinable init(_ value: Scalar, along v: Scalar) { self.init(value, tangent: v, isConstant: v == 0) }

  @inlinable @inline(__always) init(_ value: Scalar, tangent: Scalar, isConstant: Bool) {
    self.value = value
    self.tangent = tangent
    self.isConstant = isConstant
  }

  @inlinable @inline(__always) static func lift(_ φ: some UnaryOperation<Scalar>, _ x: Dual) -> Dual {
    let y = φ.value(x.value)
    return Dual(
      y, tangent: x.isConstant ? 0 : φ.first(x.value, y) * x.tangent, isConstant: x.isConstant)
  }

  @inlinable @inline(__always) static func lift(
    _ φ: some BinaryOperation<Scalar>, _ x: Dual, _ y: Dual
  ) -> Dual {
    let z = φ.value(x.value, y.value)
    let (d, e) = φ.first(x.value, y.value, z)
    return Dual(
      z, tangent: (x.isConstant ? 0 : d * x.tangent) + (y.isConstant ? 0 : e * y.tangent),
      isConstant: x.isConstant && y.isConstant)
  }
}

extension Dual: AlgebraicField {
  @inlinable @inline(__always) public static func + (x: Dual, y: Dual) -> Dual { lift(Sum(), x, y) }
  @inlinable @inline(__always) public static func - (x: Dual, y: Dual) -> Dual { lift(Difference(), x, y) }
  @inlinable @inline(__always) public static func * (x: Dual, y: Dual) -> Dual { lift(Product(), x, y) }
  @inlinable @inline(__always) public static func / (x: Dual, y: Dual) -> Dual { lift(Quotient(), x, y) }
  @inlinable @inline(__always) public static prefix func - (x: Dual) -> Dual { lift(Negation(), x) }
  @inlinable @inline(__always) public static func += (x: inout Dual, y: Dual) { x = x + y }
  @inlinable @inline(__always) public static func -= (x: inout Dual, y: Dual) { x = x - y }
  @inlinable @inline(__always) public static func *= (x: inout Dual, y: Dual) { x = x * y }
  @inlinable @inline(__always) public static func /= (x: inout Dual, y: Dual) { x = x / y }

  @inlinable public var magnitude: Dual { Dual.lift(AbsoluteValue(), self) }
  @inlinable public var reciprocal: Dual? { 1 / self }
  @inlinable public static var zero: Dual { Dual(0) }

  @inlinable @inline(__always) public init(integerLiteral value: Int) { self.init(Scalar(value)) }
  @inlinable @inline(__always) public init(floatLiteral value: Double) { self.init(Scalar(value)) }
  @inlinable public init?<Integer: BinaryInteger>(exactly source: Integer) {
    guard let constant = Scalar(exactly: source) else { return nil }
    self.init(constant)
  }
}

extension Dual: CustomStringConvertible {
  public var description: String { "\(value) + \(tangent) ε" }
}

// Compared by value alone: a branch asks where x is, not how it moves.
extension Dual: Comparable, Hashable {
  @inlinable public static func == (x: Dual, y: Dual) -> Bool { x.value == y.value }
  @inlinable public static func < (x: Dual, y: Dual) -> Bool { x.value < y.value }
  @inlinable public static func > (x: Dual, y: Dual) -> Bool { x.value > y.value }
  @inlinable public static func <= (x: Dual, y: Dual) -> Bool { x.value <= y.value }
  @inlinable public static func >= (x: Dual, y: Dual) -> Bool { x.value >= y.value }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension Dual: DifferentiableNumber {
  @inlinable public static func exp(_ x: Dual) -> Dual { lift(Exponential(), x) }
  @inlinable public static func expMinusOne(_ x: Dual) -> Dual { lift(ExponentialMinusOne(), x) }
  @inlinable public static func log(_ x: Dual) -> Dual { lift(Logarithm(), x) }
  @inlinable public static func sin(_ x: Dual) -> Dual { lift(Sine(), x) }
  @inlinable public static func cos(_ x: Dual) -> Dual { lift(Cosine(), x) }
  @inlinable public static func tan(_ x: Dual) -> Dual { lift(Tangent(), x) }
  @inlinable public static func asin(_ x: Dual) -> Dual { lift(ArcSine(), x) }
  @inlinable public static func acos(_ x: Dual) -> Dual { lift(ArcCosine(), x) }
  @inlinable public static func atan(_ x: Dual) -> Dual { lift(ArcTangent(), x) }
  @inlinable public static func sinh(_ x: Dual) -> Dual { lift(HyperbolicSine(), x) }
  @inlinable public static func cosh(_ x: Dual) -> Dual { lift(HyperbolicCosine(), x) }
  @inlinable public static func tanh(_ x: Dual) -> Dual { lift(HyperbolicTangent(), x) }
  @inlinable public static func asinh(_ x: Dual) -> Dual { lift(AreaSine(), x) }
  @inlinable public static func acosh(_ x: Dual) -> Dual { lift(AreaCosine(), x) }
  @inlinable public static func atanh(_ x: Dual) -> Dual { lift(AreaTangent(), x) }
  @inlinable public static func sqrt(_ x: Dual) -> Dual { lift(SquareRoot(), x) }
  @inlinable public static func erf(_ x: Dual) -> Dual { lift(ErrorFunction(), x) }
  @inlinable public static func log(onePlus x: Dual) -> Dual { lift(LogarithmOfOnePlus(), x) }
  @inlinable public static func root(_ x: Dual, _ n: Int) -> Dual { lift(Root(degree: n), x) }
  @inlinable public static func pow(_ x: Dual, _ n: Int) -> Dual { lift(IntegerPower(exponent: n), x) }
  @inlinable public static func pow(_ x: Dual, _ y: Dual) -> Dual {
    y.isConstant ? lift(Power(of: .base), x, y) : lift(Power(of: .both), x, y)
  }
  @inlinable public static func max(_ x: Dual, _ y: Dual) -> Dual { chosen(by: Larger(), x, y) }
  @inlinable public static func min(_ x: Dual, _ y: Dual) -> Dual { chosen(by: Smaller(), x, y) }
  /// The one that it is, with its constancy, as a branch would give; where neither is, both are to blame.
  @inlinable static func chosen(by φ: some BinaryOperation<Scalar>, _ x: Dual, _ y: Dual) -> Dual {
    let slopes = φ.first(x.value, y.value, x.value)
    return slopes.0 == 1 ? x : slopes.1 == 1 ? y : lift(φ, x, y)
  }
  @inlinable public static func atan2(y: Dual, x: Dual) -> Dual { lift(Angle(), y, x) }
  @inlinable public static func hypot(_ x: Dual, _ y: Dual) -> Dual { lift(Hypotenuse(), x, y) }
  @inlinable public static func apply(_ function: SmoothFunction<Scalar>, to x: Dual) -> Dual {
    lift(Supplied(function), x)
  }
  @inlinable public static func apply(
    _ function: SmoothFunctionOfTwo<Scalar>, to x: Dual, _ y: Dual
  ) -> Dual { lift(SuppliedOfTwo(function), x, y) }
}
