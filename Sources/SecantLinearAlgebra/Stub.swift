public struct Matrix<Scalar: LAPACKScalar>: Sendable, Equatable {
  public init(zeros r: Int, _ c: Int) {}
  public func multiply(_ v: Vector<Scalar>, into y: inout Vector<Scalar>) {}
}
public struct Layout: Sendable {}
extension Vector: Codable {
  public func encode(to encoder: any Encoder) throws {}
  public init(from decoder: any Decoder) throws { self.init(zeros: 0) }
  @inlinable public var isFinite: Bool { allSatisfy { $0.isFinite } }
}
extension Vector {
  @inlinable public mutating func set(_ a: Scalar, times y: Vector) {
    for i in indices { storage[i] = a * y.storage[i] }
  }
}
