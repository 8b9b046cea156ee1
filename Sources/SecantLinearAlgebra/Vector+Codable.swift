/// An array of numbers, in which infinities and NaN stand as strings: every bit survives, in JSON too.
extension Vector: Codable {
  public func encode(to encoder: any Encoder) throws {
    if isFinite {
      var container = encoder.singleValueContainer()
      try container.encode(storage)
    } else {
      var container = encoder.unkeyedContainer()
      for x in storage {
        if x.isFinite { try container.encode(x) } else { try container.encode(Self.spelling(of: x)) }
      }
    }
  }

  public init(from decoder: any Decoder) throws {
    if let numbers = try? decoder.singleValueContainer().decode([Scalar].self) {
      self.init(numbers)
      return
    }
    var container = try decoder.unkeyedContainer()
    var elements: [Scalar] = []
    elements.reserveCapacity(container.count ?? 0)
    while !container.isAtEnd {
      if let x = try? container.decode(Scalar.self) {
        elements.append(x)
        continue
      }
      let text = try container.decode(String.self)
      guard let x = Self.nonFinite(spelled: text) else {
        throw DecodingError.dataCorruptedError(
          in: container, debugDescription: "\"\(text)\" is no number: inf, -inf or nan(0x…) was expected")
      }
      elements.append(x)
    }
    self.init(elements)
  }

  static func spelling(of x: Scalar) -> String {
    let sign = x.sign == .minus ? "-" : ""
    return x.isNaN ? "\(sign)nan(0x\(String(x.significandBitPattern, radix: 16)))" : "\(sign)inf"
  }

  static func nonFinite(spelled text: String) -> Scalar? {
    let isNegative = text.hasPrefix("-")
    let magnitude = isNegative ? text.dropFirst() : text[...]
    let significand: Scalar.RawSignificand
    if magnitude == "inf" {
      significand = 0
    } else if magnitude.hasPrefix("nan(0x"), magnitude.hasSuffix(")"),
      let bits = UInt64(magnitude.dropFirst(6).dropLast(), radix: 16), bits > 0,
      bits >> Scalar.significandBitCount == 0
    {
      significand = Scalar.RawSignificand(bits)
    } else {
      return nil
    }
    return Scalar(
      sign: isNegative ? .minus : .plus, exponentBitPattern: Scalar.infinity.exponentBitPattern,
      significandBitPattern: significand)
  }
}
