public import RealModule

extension Double: DifferentiableNumber {
  public typealias Scalar = Double
}

extension Float: DifferentiableNumber {
  public typealias Scalar = Float
}

extension DifferentiableNumber where Self: Real {
  @inlinable @inline(__always) public static func max(_ x: Self, _ y: Self) -> Self {
    x >= y || x.isNaN ? x : y
  }

  @inlinable @inline(__always) public static func min(_ x: Self, _ y: Self) -> Self {
    x <= y || x.isNaN ? x : y
  }
}
