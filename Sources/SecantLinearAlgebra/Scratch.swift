/// A work buffer whose contents carry nothing from one step to the next.
///
/// A state that holds one stays comparable and small when encoded: two scratch buffers of the same size are equal
/// whatever they hold, and only the size is encoded. What is read before it was written is unspecified.
public struct Scratch<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The buffer itself.
  public var vector: Vector<Scalar>

  /// A buffer of `count` elements.
  @inlinable public init(_ count: Int) { vector = Vector(zeros: count) }

  @inlinable public static func == (a: Scratch, b: Scratch) -> Bool { a.vector.count == b.vector.count }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let count = try container.decode(Int.self)
    guard count >= 0 else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a scratch buffer of \(count) elements: the size is at least 0")
    }
    self.init(count)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(vector.count)
  }
}
