import Foundation
import Secant
import SecantCompare
import Testing

/// Every key of what is written for machines stands in the guide, and the guide names no schema but these.
@Suite struct SchemaTests {
  private static let guide = try? String(
    contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../Sources/Secant/Secant.docc/ComparingMethods.md"), encoding: .utf8)

  /// The keys of a document, those of what it holds included, but for names that a user gave.
  private func keys(of value: Any) -> Set<String> {
    if let object = value as? [String: Any] {
      return object.values.reduce(into: Set(object.keys)) { $0.formUnion(keys(of: $1)) }
    }
    return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys(of: $1)) }
  }

  private func expectDocumented(_ line: Data) throws {
    let guide = try #require(Self.guide)
    let object = try #require(try JSONSerialization.jsonObject(with: line) as? [String: Any])
    for key in keys(of: object).subtracting(Currency.allCases.map(\.rawValue)) {
      #expect(guide.contains("`\(key)`") || guide.contains(".\(key)`"), "\(key)")
    }
    if let schema = object["schema"] as? String { #expect(guide.contains("`\(schema)`")) }
  }

  @Test func everyKeyOfARecordIsDocumented() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "secant-\(UUID().uuidString).jsonl")
    defer { try? FileManager.default.removeItem(at: file) }
    let study = try Study(
      of: ["beale", "hs1"].map { try #require(ProblemLibrary[$0]) }, by: Request.methods("newton,adam"),
      isTimed: true)
    _ = try await study.run(recordingIn: file)
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    #expect(lines.count == 5)
    for line in lines { try expectDocumented(line) }
    let guide = try #require(Self.guide)
    for currency in Currency.allCases { #expect(guide.contains("`\(currency.rawValue)`")) }
    for kind in LibraryProblem.Class.allCases { #expect(guide.contains("`\(kind.rawValue)`")) }
  }

  @Test func everyKeyOfAComparisonIsDocumented() throws {
    let comparison = try Comparison(
      on: "rosenbrock", by: "newton,adam", within: Budget(iterations: 5))
    try expectDocumented(comparison.json())
  }
}
