public import Foundation
import Secant

extension Comparison: Codable {
  /// The layout of the JSON document, raised when a key is added or changes its meaning.
  public static let schema = "secant.comparison/2"

  private enum CodingKeys: String, CodingKey {
    case schema, title, dimension, scalar, budget, reference, score, isBounded, asked, machine
    case methods, omitted
  }

  /// Everything but the ``landscape``, which a picture needs and a record does not.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(Self.schema, forKey: .schema)
    try container.encode(title, forKey: .title)
    try container.encode(dimension, forKey: .dimension)
    try container.encode(scalar, forKey: .scalar)
    try container.encode(budget, forKey: .budget)
    try container.encode(reference, forKey: .reference)
    try container.encodeIfPresent(score, forKey: .score)
    try container.encode(isBounded, forKey: .isBounded)
    try container.encodeIfPresent(asked, forKey: .asked)
    try container.encode(machine, forKey: .machine)
    try container.encode(entries, forKey: .methods)
    try container.encode(omissions, forKey: .omitted)
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let schema = try container.decode(String.self, forKey: .schema)
    guard schema == Self.schema else {
      throw DecodingError.dataCorruptedError(
        forKey: .schema, in: container,
        debugDescription: "The schema is \(schema); this reads \(Self.schema).")
    }
    self.init(
      title: try container.decode(String.self, forKey: .title),
      dimension: try container.decode(Int.self, forKey: .dimension),
      scalar: try container.decode(String.self, forKey: .scalar),
      budget: try container.decode(Budget.self, forKey: .budget),
      reference: try container.decode(Reference.self, forKey: .reference),
      entries: try container.decode([Entry].self, forKey: .methods),
      omissions: try container.decode([Omission].self, forKey: .omitted),
      score: try container.decodeIfPresent(String.self, forKey: .score),
      isBounded: try container.decode(Bool.self, forKey: .isBounded),
      asked: try container.decodeIfPresent([String].self, forKey: .asked),
      machine: try container.decode(Machine.self, forKey: .machine))
  }

  /// The comparison with its traces as a JSON document.
  ///
  /// | key | what |
  /// | --- | --- |
  /// | `schema` | ``schema`` |
  /// | `title`, `dimension`, `scalar` | the problem, its number of variables, `Float` or `Double` |
  /// | `budget` | the limit in every currency; `"inf"` or 2⁶³ − 1 where there is none |
  /// | `reference` | `value`: f*, `source`: `knownOptimum` or `leastFound` |
  /// | `score` | what the methods' scores are, where there are any |
  /// | `isBounded` | whether the problem has bounds; `gradientNorm` is then ‖∇_Ω f‖∞ |
  /// | `asked` | the words of the command line but for the methods, where there was one |
  /// | `machine` | what computed it: ``Machine`` |
  /// | `methods[]` | `name`, `status`, `isConverged`, `sentence`, `value`, `gradientNorm`, `iterations`, `ledger`, `trace`, and `score` where there is one |
  /// | `methods[].trace.samples[]` | `value`, `gradientNorm`, `ledger` (everything spent so far), `point` in two dimensions |
  /// | `omitted[]` | `name`, `reason` |
  ///
  /// JSON has no numbers beyond the finite: they stand as the strings `"nan"`, `"inf"` and `"-inf"`.
  public func json() throws -> Data {
    try Documents.encoded(self)
  }

  /// Reads what ``json()`` wrote.
  public init(json: Data) throws {
    self = try Documents.decoded(Comparison.self, from: json)
  }

  /// The traces as comma-separated values (RFC 4180), one line a sample.
  ///
  /// The columns are `method`, `value`, `gap` (f − f*), `gradientNorm`, then what was spent in every currency of
  /// the ledger, by its name; numbers have all their digits, and those that are not finite are `nan`, `inf` and
  /// `-inf`.
  public var csv: String {
    var lines = [
      (["method", "value", "gap", "gradientNorm"] + Currency.allCases.map(\.rawValue)).joined(separator: ",")
    ]
    for entry in entries {
      let name = Self.quoted(entry.name)
      for sample in entry.trace.samples {
        let spent = Currency.allCases.map { currency -> String in
          let amount = sample.ledger[currency]
          return amount == amount.rounded() && abs(amount) < 1e15 ? String(Int(amount)) : String(amount)
        }
        let numbers = [sample.value, gap(sample.value), sample.gradientNorm].map { String($0) }
        lines.append(([name] + numbers + spent).joined(separator: ","))
      }
    }
    return lines.joined(separator: "\r\n") + "\r\n"
  }

  private static func quoted(_ field: String) -> String {
    guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
    return "\"" + field.replacing("\"", with: "\"\"") + "\""
  }
}
