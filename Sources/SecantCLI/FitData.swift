import Foundation
import Secant
import SecantCompare
import SecantFormula
import SecantProblems

/// The table that a fit reads its columns from, by names that can stand in a formula.
struct FitData: Sendable {
  let table: Table
  /// The columns' names, some of them given by `--rename`.
  private(set) var names: [String]

  /// - Parameters:
  ///   - path: a CSV file with a header; `-` is the standard input.
  ///   - renamed: what `--rename` was given: NEW=OLD, each.
  init(_ path: String, renamed: [String]) throws {
    if path == "-" {
      let bytes = FileHandle.standardInput.readDataToEndOfFile()
      table = try Table(bytes: bytes, name: "standard input")
    } else {
      table = try Table(contentsOf: path)
    }
    names = table.header
    for text in renamed { try rename(text) }
  }

  private mutating func rename(_ text: String) throws {
    let sides = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      .map { $0.trimmingCharacters(in: .whitespaces) }
    guard sides.count == 2, !sides[0].isEmpty, !sides[1].isEmpty else {
      throw UsageError(
        "‘\(text)’ in --rename renames nothing; write the new name and the column's, x=concentration (mM).")
    }
    guard let column = names.firstIndex(of: sides[1]) else { throw unknown(sides[1]) }
    guard Self.isName(sides[0]) else {
      throw UsageError(
        "‘\(sides[0])’ in --rename cannot stand in a formula; a name is made of letters, digits and underscores, does not "
          + "begin with a digit, and is no function's.")
    }
    guard !names.contains(sides[0]) else {
      throw UsageError("--rename calls a column ‘\(sides[0])’, and there is one of that name already.")
    }
    names[column] = sides[0]
  }

  /// Whether a formula can have such a name.
  private static func isName(_ text: String) -> Bool { (try? Formula(text))?.names == [text] }

  /// The place of a column.
  func index(of name: String) throws -> Int {
    guard let index = names.firstIndex(of: name) else { throw unknown(name) }
    return index
  }

  var listOfNames: String { names.map { "‘\($0)’" }.joined(separator: ", ") }

  private func unknown(_ name: String) -> UsageError {
    if names.count == 1 {
      return UsageError(
        "There is no column ‘\(name)’ in \(table.name), which has only \(listOfNames); a fit needs a column for the response and "
          + "one for each variable.")
    }
    let remedy = guess(name, among: names).map { "did you mean ‘\($0)’?" } ?? "there are \(listOfNames)."
    return UsageError("There is no column ‘\(name)’ in \(table.name); \(remedy)")
  }

  /// The numbers of a column.
  func numbers(in name: String) throws -> [Double] {
    let column = try index(of: name)
    return try table.rows.indices.map { row in try table.number(row: row, column: column) }
  }

  /// The numbers of a column, each of which has to make sense.
  func numbers(in name: String, where makesSense: (Double) -> Bool, else demand: String) throws -> [Double] {
    let column = try index(of: name)
    let numbers = try numbers(in: name)
    if let row = numbers.firstIndex(where: { !makesSense($0) }) {
      throw UsageError(
        "\(table.name), line \(table.lines[row]), column \(column + 1) (\"\(name)\"): \(table.rows[row][column]) is no "
          + "\(demand).")
    }
    return numbers
  }

  /// What to do about a column that is in a formula, and whose name cannot be: a sentence, or nil where there is none.
  func advice(about formula: String) -> String? {
    let isMeant = { (name: String) in
      name.contains(where: \.isLetter) && formula.contains(name) && !formula.contains("\(name)(")
    }
    guard let name = names.first(where: { !Self.isName($0) && isMeant($0) }) else { return nil }
    let words = name.split { !($0.isLetter || $0.isNumber || $0 == "_") }.joined(separator: "_")
    let new =
      Self.isName(words) && !names.contains(words) ? words : "column_\(names.firstIndex(of: name)! + 1)"
    return
      "The column ‘\(name)’ cannot be written in a formula; call it something else: --rename \"\(new)=\(name)\"."
  }
}
