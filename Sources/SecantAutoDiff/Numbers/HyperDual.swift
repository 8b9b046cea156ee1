public import RealModule
public import SecantLinearAlgebra

/// A number, its derivatives along two directions and the mixed second one: x + x₁ε₁ + x₂ε₂ + x₁₂ε₁ε₂ with ε₁² = ε₂² = 0.
///
/// A formula over the inputs xᵢ + uᵢε₁ + vᵢε₂ gives f, ∇fᵀu, ∇fᵀv and uᵀ∇²f v in one evaluation, exactly.
///
/// A constant knows that it is one, as a ``Dual`` does.
///
/// - **Reference**: Fike and Alonso, *The development of hyper-dual numbers for exact second-derivative calculations*,
///   AIAA 2011-886.
@frozen public struct HyperDual<Scalar: LAPACKScalar> {
  /// x.
  public var value: Scalar
  /// x₁ and x₂: the derivatives along the first and the second direction.
  public var first: Scalar { didSet { has.first = true } }
  public var second: Scalar { didSet { has.second = true } }
  /// x₁₂: the derivative along both.
  public var mixed: Scalar { didSet { has.mixed = true } }
  /// Which derivatives there are, of structure: others are 0, and multiplied by nothing.
  @usableFromInline var has: (first: Bool, second: Bool, mixed: Bool)

  /// x + x₁ε₁ + x₂ε₂.
  @inlinable @inline(__always) public init(_ value: Scalar, first: Scalar, second: Scalar) {
    self.init(value, first, second, 0, has: (true, true, false))
  }

  /// x + x₁ε₁ + x₂ε₂ + x₁₂ε₁ε₂.
  @inlinable @inline(__always) public init(_ value: Scalar, first: Scalar, second: Scalar, mixed: Scalar) {
    self.init(value, first, second, mixed, has: (true, true, true))
  }

  /// A constant.
  @inlinable @inline(__always) public init(_ constant: Scalar) {
    self.init(constant, 0, 0, 0, has: (false, false, false))
  }

  /// An input, of two directions' elements: where one is 0 the input does not move along that.
  @inlinable init(_ value: Scalar, along u: Scalar, _ v: Scalar) {
    self.init(value, u, v, 0, has: (u != 0, v != 0, false))
  }

  @inlinable @inline(__always) init(
    _ value: Scalar, _ first: Scalar, _ second: Scalar, _ mixed: Scalar,
    has: (first: Bool, second: Bool, mixed: Bool)
  ) {
    (self.value, self.first, self.second, self.mixed, self.has) = (value, first, second, mixed, has)
  }

  @inlinable var isConstant: Bool { !has.first && !has.second && !has.mixed }

  @inlinable @inline(__always) static func lift(
    _ φ: some UnaryOperation<Scalar>, _ x: HyperDual
  ) -> HyperDual {
    let y = φ.value(x.value)
    let d = φ.first(x.value, y)
    let bends = x.has.first && x.has.second && (!φ.isLinear || d.isNaN)
    var mixed = x.has.mixed ? d * x.mixed : 0
    if bends { mixed += φ.second(x.value, y, d) * x.first * x.second }
    return HyperDual(
      y, x.has.first ? d * x.first : 0, x.has.second ? d * x.second : 0, mixed,
      has: (x.has.first, x.has.second, x.has.mixed || bends))
  }

  @inlinable @inline(__always) static func lift(
    _ φ: some BinaryOperation<Scalar>, _ x: HyperDual, _ y: HyperDual
  ) -> HyperDual {
    let z = φ.value(x.value, y.value)
    let (d, e) = φ.first(x.value, y.value, z)
    var mixed = (x.has.mixed ? d * x.mixed : 0) + (y.has.mixed ? e * y.mixed : 0)
    var bends = false
    if !φ.isLinear || d.isNaN {
      // The derivatives of d and e along the second direction, as far as there are any, times those along the first.
      let (xx, xy, yy) = φ.second(x.value, y.value, z)
      let (dx, dy) = (φ.bends.xx && x.has.second, φ.bends.xy && y.has.second)
      let (ex, ey) = (φ.bends.xy && x.has.second, φ.bends.yy && y.has.second)
      let (ofX, ofY) = (x.has.first && (dx || dy), y.has.first && (ex || ey))
      let (ḋ, ė) = (
        (dx ? xx * x.second : 0) + (dy ? xy * y.second : 0),
        (ex ? xy * x.second : 0) + (ey ? yy * y.second : 0)
      )
      mixed += (ofX ? ḋ * x.first : 0) + (ofY ? ė * y.first : 0)
      bends = ofX || ofY
    }
    return HyperDual(
      z, (x.has.first ? d * x.first : 0) + (y.has.first ? e * y.first : 0),
      (x.has.second ? d * x.second : 0) + (y.has.second ? e * y.second : 0), mixed,
      has: (
        x.has.first || y.has.first, x.has.second || y.has.second, x.has.mixed || y.has.mixed || bends
      ))
  }
}

extension HyperDual: AlgebraicField {
  // Sums and products without asking which derivatives there are, for those that there are not are 0: it is twice as fast.
  @inlinable @inline(__always) public static func + (x: HyperDual, y: HyperDual) -> HyperDual {
    HyperDual(
      x.value + y.value, x.first + y.first, x.second + y.second, x.mixed + y.mixed,
      has: (x.has.first || y.has.first, x.has.second || y.has.second, x.has.mixed || y.has.mixed))
  }
  @inlinable @inline(__always) public static func - (x: HyperDual, y: HyperDual) -> HyperDual {
    HyperDual(
      x.value - y.value, x.first - y.first, x.second - y.second, x.mixed - y.mixed,
      has: (x.has.first || y.has.first, x.has.second || y.has.second, x.has.mixed || y.has.mixed))
  }
  @inlinable @inline(__always) public static func * (x: HyperDual, y: HyperDual) -> HyperDual {
    let z = x.value * y.value
    if z.isFinite {
      if x.isConstant {
        return HyperDual(z, x.value * y.first, x.value * y.second, x.value * y.mixed, has: y.has)
      }
      if y.isConstant {
        return HyperDual(z, y.value * x.first, y.value * x.second, y.value * x.mixed, has: x.has)
      }
      let mixed =
        x.value * y.mixed + y.value * x.mixed + (x.first * y.second + x.second * y.first)
      if mixed.isFinite {
        let bends = x.has.first && y.has.second || x.has.second && y.has.first
        return HyperDual(
          z, x.value * y.first + y.value * x.first, x.value * y.second + y.value * x.second, mixed,
          has: (
            x.has.first || y.has.first, x.has.second || y.has.second, x.has.mixed || y.has.mixed || bends
          ))
      }
    }
    // Something is infinite, and times 0 it would be NaN.
    return lift(Product(), x, y)
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

extension HyperDual: CustomStringConvertible {
  public var description: String { "\(value) + \(first) ε₁ + \(second) ε₂ + \(mixed) ε₁ε₂" }
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
    y.isConstant ? lift(Power(of: .base), x, y) : lift(Power(of: .both), x, y)
  }
  @inlinable public static func max(_ x: HyperDual, _ y: HyperDual) -> HyperDual {
    chosen(by: Larger(), x, y)
  }
  @inlinable public static func min(_ x: HyperDual, _ y: HyperDual) -> HyperDual {
    chosen(by: Smaller(), x, y)
  }
  // As for duals.
  @inlinable static func chosen(
    by φ: some BinaryOperation<Scalar>, _ x: HyperDual, _ y: HyperDual
  ) -> HyperDual {
    let slopes = φ.first(x.value, y.value, x.value)
    return slopes.0 == 1 ? x : slopes.1 == 1 ? y : lift(φ, x, y)
  }
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
