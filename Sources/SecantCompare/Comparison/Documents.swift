package import Foundation

/// How everything that machines read is written and read: sorted keys, and what is not finite as `"nan"`, `"inf"` or `"-inf"`, for
/// which JSON has no numbers.
package enum Documents {
  /// - Parameter isPretty: whether it stands on lines of its own.
  package static func encoded(_ value: some Encodable, isPretty: Bool = false) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isPretty { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value)
  }

  static func decoded<Value: Decodable>(_: Value.Type, from json: Data) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(Value.self, from: json)
  }
}
