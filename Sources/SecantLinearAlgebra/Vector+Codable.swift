/// Encodes as an array: finite elements as numbers, the others as "nan", "inf" and "-inf", so that every
/// format that writes numbers exactly gives back the same bits.
extension Vector: Codable {
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    for x in self {
      if x.isFinite {
        try container.encode(x)
      } else {
        try container.encode(x.isNaN ? "nan" : x > 0 ? "inf" : "-inf")
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    var elements: [Scalar] = []
    elements.reserveCapacity(container.count ?? 0)
    while !container.isAtEnd {
      if let name = try? container.decode(String.self) {
        switch name {
        case "nan": elements.append(.nan)
        case "inf": elements.append(.infinity)
        case "-inf": elements.append(-.infinity)
        default:
          throw DecodingError.dataCorruptedError(
            in: container,
            debugDescription: "\"\(name)\" is no number: a vector holds numbers, nan, inf and -inf")
        }
      } else {
        elements.append(try container.decode(Scalar.self))
      }
    }
    self.init(elements)
  }
}
