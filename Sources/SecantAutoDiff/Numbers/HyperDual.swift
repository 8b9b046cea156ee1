public import RealModule
public import SecantLinearAlgebra

/// A number, its derivatives along two directions and the mixed second one: x + x₁ε₁ + x₂ε₂ + x₁₂ε₁ε₂ with ε₁² = ε₂² = 0.
///
/// A formula over the inputs xᵢ + uᵢε₁ + vᵢε₂ gives f, ∇fᵀu, ∇fᵀv and uᵀ∇²f v in one evaluation, exactly.
///
/// - **Reference**: Fike and Alonso, *The development of hyper-dual numbers for exact second-derivative calculations*,
///   AIAA 2011-886.
@frozen public struct HyperDual<Scalar: LAPACKScalar> {
  /// x.
  public var value: Scalar
  /// x₁ and x₂: the derivatives along the first and the second direction.
  public var first, second: Scalar
  /// x₁₂: the derivative along both.
  public var mixed: Scalar

  /// x + x₁ε₁ + x₂ε₂ + x₁₂ε₁ε₂.
  @inlinable @inline(__always) public init(_ value: Scalar, first: Scalar, second: Scalar, mixed: Scalar = 0)
  {
    self.value = value
    self.first = first
    self.second = second
    self.mixed = mixed
  }

  /// A constant.
  @inlinable @inline(__always) public init(_ constant: Scalar) {
    self.init(constant, first: 0, second: 0)
  }

  @inlinable var isConstant: Bool { first == 0 && second == 0 && mixed == 0 }

  @inlinable @inline(__always) static func lift(
    _ φ: some UnaryOperation<Scalar>, _ x: HyperDual
  ) -> HyperDual {
    let y = φ.value(x.value)
    let d = φ.first(x.value, y)
    var result = HyperDual(y, first: d * x.first, second: d * x.second, mixed: d * x.mixed)
    if !φ.isLinear { result.mixed += φ.second(x.value, y, d) * x.first * x.second }
    return result
  }

  @inlinable @inline(__always) static func lift(
    _ φ: some BinaryOperation<Scalar>, _ x: HyperDual, _ y: HyperDual
  ) -> HyperDual {
    let z = φ.value(x.value, y.value)
    let (d, e) = φ.first(x.value, y.value, z)
    var result = HyperDual(
      z, first: d * x.first + e * y.first, second: d * x.second + e * y.second,
      mixed: d * x.mixed + e * y.mixed)
    if !φ.isLinear {
      let (ḋ, ė) = φ.bend(x.value, y.value, z, x.second, y.second)
      result.mixed += ḋ * x.first + ė * y.first
    }
    return result
  }
}

extension HyperDual: AlgebraicField {
  @inlinable @inline(__always) public static func + (x: HyperDual, y: HyperDual) -> HyperDual {
    lift(Sum(), x, y)
  }
  @inlinable @inline(__always) public static func - (x: HyperDual, y: HyperDual) -> HyperDual {
    lift(Difference(), x, y)
  }
  @inlinable @inline(__always) public static func * (x: HyperDual, y: HyperDual) -> HyperDual {
    lift(Product(), x, y)
  }
  @inlinable @inline(__always) public static func / (x: HyperDual, y: HyperDual) -> HyperDual {
    lift(Quotient(), x, y)
  }
  @inlinable @inline(__always) public static prefix func - (x: HyperDual) -> HyperDual { lift(Negation(), x) }
  @inlinable @inline(__always) public static func += (x: inout HyperDual, y: HyperDual) { x = x + y }
  @inlinable @inline(__always) public static func -= (x: inout HyperDual, y: HyperDual) { x = x - y }
  @inlinable @inline(__always) public static func *= (x: inout HyperDual, y: HyperDual) { x = x * y }
  @inlinable @inline(__always) public static func /= (x: inout HyperDual, y: HyperDual) { x = x / y }

  @inlinable public var magnitude: HyperDual { HyperDual.lift(AbsoluteValue(), self) }
  @inlinable public var reciprocal: HyperDual? { 1 / self }
  @inlinable public static var zero: HyperDual { HyperDual(0) }

  @inlinable @inline(__always) public init(integerLiteral value: Int) { self.init(Scalar(value)) }
  @inlinable @inline(__always) public init(floatLiteral value: Double) { self.init(Scalar(value)) }
  @inlinable public init?<Integer: BinaryInteger>(exactly source: Integer) {
    guard let constant = Scalar(exactly: source) else { return nil }
    self.init(constant)
  }
}

// Compared by value alone: a branch asks where x is, not how it moves.
extension HyperDual: Comparable, Hashable {
  @inlinable public static func == (x: HyperDual, y: HyperDual) -> Bool { x.value == y.value }
  @inlinable public static func < (x: HyperDual, y: HyperDual) -> Bool { x.value < y.value }
  @inlinable public static func > (x: HyperDual, y: HyperDual) -> Bool { x.value > y.value }
  @inlinable public static func <= (x: HyperDual, y: HyperDual) -> Bool { x.value <= y.value }
  @inlinable public static func >= (x: HyperDual, y: HyperDual) -> Bool { x.value >= y.value }
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(value) }
}

extension HyperDual: DifferentiableNumber {
  @inlinable public static func exp(_ x: HyperDual) -> HyperDual { lift(Exponential(), x) }
  @inlinable public static func expMinusOne(_ x: HyperDual) -> HyperDual { lift(ExponentialMinusOne(), x) }
  @inlinable public static func log(_ x: HyperDual) -> HyperDual { lift(Logarithm(), x) }
  @inlinable public static func sin(_ x: HyperDual) -> HyperDual { lift(Sine(), x) }
  @inlinable public static func cos(_ x: HyperDual) -> HyperDual { lift(Cosine(), x) }
  @inlinable public static func tan(_ x: HyperDual) -> HyperDual { lift(Tangent(), x) }
  @inlinable public static func asin(_ x: HyperDual) -> HyperDual { lift(ArcSine(), x) }
  @inlinable public static func acos(_ x: HyperDual) -> HyperDual { lift(ArcCosine(), x) }
  @inlinable public static func atan(_ x: HyperDual) -> HyperDual { lift(ArcTangent(), x) }
  @inlinable public static func sinh(_ x: HyperDual) -> HyperDual { lift(HyperbolicSine(), x) }
  @inlinable public static func cosh(_ x: HyperDual) -> HyperDual { lift(HyperbolicCosine(), x) }
  @inlinable public static func tanh(_ x: HyperDual) -> HyperDual { lift(HyperbolicTangent(), x) }
  @inlinable public static func asinh(_ x: HyperDual) -> HyperDual { lift(AreaSine(), x) }
  @inlinable public static func acosh(_ x: HyperDual) -> HyperDual { lift(AreaCosine(), x) }
  @inlinable public static func atanh(_ x: HyperDual) -> HyperDual { lift(AreaTangent(), x) }
  @inlinable public static func sqrt(_ x: HyperDual) -> HyperDual { lift(SquareRoot(), x) }
  @inlinable public static func erf(_ x: HyperDual) -> HyperDual { lift(ErrorFunction(), x) }
  @inlinable public static func log(onePlus x: HyperDual) -> HyperDual { lift(LogarithmOfOnePlus(), x) }
  @inlinable public static func root(_ x: HyperDual, _ n: Int) -> HyperDual { lift(Root(degree: n), x) }
  @inlinable public static func pow(_ x: HyperDual, _ n: Int) -> HyperDual {
    lift(IntegerPower(exponent: n), x)
  }
  @inlinable public static func pow(_ x: HyperDual, _ y: HyperDual) -> HyperDual {
    y.isConstant ? lift(ConstantPower(), x, y) : lift(Power(), x, y)
  }
  @inlinable public static func max(_ x: HyperDual, _ y: HyperDual) -> HyperDual { lift(Larger(), x, y) }
  @inlinable public static func min(_ x: HyperDual, _ y: HyperDual) -> HyperDual { lift(Smaller(), x, y) }
  @inlinable public static func atan2(y: HyperDual, x: HyperDual) -> HyperDual { lift(Angle(), y, x) }
  @inlinable public static func hypot(_ x: HyperDual, _ y: HyperDual) -> HyperDual {
    lift(Hypotenuse(), x, y)
  }
  @inlinable public static func apply(_ function: SmoothFunction<Scalar>, to x: HyperDual) -> HyperDual {
    lift(Supplied(function), x)
  }
  @inlinable public static func apply(
    _ function: SmoothFunctionOfTwo<Scalar>, to x: HyperDual, _ y: HyperDual
  ) -> HyperDual { lift(SuppliedOfTwo(function), x, y) }
}
