public import RealModule

extension Double: DifferentiableNumber {
  public typealias Scalar = Double
}

extension Float: DifferentiableNumber {
  public typealias Scalar = Float
}

extension DifferentiableNumber where Self: Real, Scalar == Self {
  @inlinable @inline(__always) public static func max(_ x: Self, _ y: Self) -> Self { larger(x, y) }
  @inlinable @inline(__always) public static func min(_ x: Self, _ y: Self) -> Self { smaller(x, y) }
  @inlinable @inline(__always) public static func apply(_ function: SmoothFunction<Self>, to x: Self) -> Self
  {
    function.value(x)
  }
  @inlinable @inline(__always) public static func apply(
    _ function: SmoothFunctionOfTwo<Self>, to x: Self, _ y: Self
  ) -> Self { function.value(x, y) }
}

@inlinable @inline(__always) func larger<Scalar: FloatingPoint>(_ x: Scalar, _ y: Scalar) -> Scalar {
  x >= y || x.isNaN ? x : y
}

@inlinable @inline(__always) func smaller<Scalar: FloatingPoint>(_ x: Scalar, _ y: Scalar) -> Scalar {
  x <= y || x.isNaN ? x : y
}
