public import RealModule

/// A floating-point type that BLAS and LAPACK can compute with: `Float` and `Double`, and no other.
///
/// Generic code is written once over this protocol; what costs O(n) or more goes through the underscored
/// static witnesses below, each of which is one call into a concrete kernel, OpenBLAS or LAPACKE.
public protocol LAPACKScalar: Real, BinaryFloatingPoint, Sendable, Codable {
  /// xᵀy.
  static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self
}

extension Double: LAPACKScalar {
  @inlinable @inline(__always)
  public static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self {
    var sum: Self = 0
    for i in 0..<n { sum += x[i] * y[i] }
    return sum
  }
}

extension Float: LAPACKScalar {
  @inlinable @inline(__always)
  public static func _dot(_ n: Int, _ x: UnsafePointer<Self>, _ y: UnsafePointer<Self>) -> Self {
    var sum: Self = 0
    for i in 0..<n { sum += x[i] * y[i] }
    return sum
  }
}
