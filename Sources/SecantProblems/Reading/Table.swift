import Foundation
import SwiftCSV

/// A CSV file as text: a header and rows of as many fields, each with the line it stands on.
public struct Table: Equatable, Sendable {
  /// What errors call the file.
  public let name: String
  /// The names of the columns.
  public let header: [String]
  /// The fields of each row, as many as there are columns.
  public let rows: [[String]]
  /// The line in the file, from 1, on which each row begins.
  public let lines: [Int]

  /// Reads a file.
  public init(contentsOf path: String) throws(DataError) {
    try self.init(text(of: path), name: path)
  }

  /// Reads bytes that spell a text in UTF-8.
  public init(bytes: some Collection<UInt8>, name: String) throws(DataError) {
    try self.init(text(of: bytes, name: name), name: name)
  }

  /// Reads a text; a byte order mark, CRLF line ends and empty lines are accepted.
  public init(_ text: String, name: String) throws(DataError) {
    var line = 1
    var records: [(line: Int, fields: [String])] = []
    do {
      // The library pads short rows and keeps no line numbers, so it only cuts the text into rows here.
      let csv = try EnumeratedCSV(string: text, delimiter: .comma, loadColumns: false, rowLimit: 0)
      try csv.enumerateAsArray(startAt: 0, rowLimit: nil) { fields in
        let trimmed = fields.map { $0.trimmingCharacters(in: .whitespaces) }
        if trimmed != [""] { records.append((line, trimmed)) }
        line += 1 + fields.reduce(0) { $0 + $1.count(where: \.isNewline) }
      }
    } catch CSVParseError.quotation {
      let mistake = "text stands beside its quotation marks; a mark within a field is written twice"
      throw DataError(.quotation(mistake), in: name, line: line)
    } catch {
      throw DataError(.quotation("\(error)"), in: name, line: line)
    }
    guard let first = records.first else { throw DataError(.empty, in: name) }
    if first.fields.allSatisfy({ Double($0) != nil }) {
      throw DataError(.noHeader, in: name, line: first.line)
    }
    if let reason = Self.complaint(about: first.fields, above: records.dropFirst().first?.fields) {
      throw DataError(reason, in: name, line: first.line)
    }
    for (column, title) in first.fields.enumerated() where first.fields[..<column].contains(title) {
      throw DataError(.duplicateHeader(title), in: name, line: first.line, column: column + 1)
    }
    for record in records where record.fields.count != first.fields.count {
      // A field that goes on over the lines was to end on its own.
      if record.fields.contains(where: { $0.contains(where: \.isNewline) }) {
        throw DataError(.quotation("its quotation mark is never closed"), in: name, line: record.line)
      }
      throw DataError(
        .wrongFieldCount(found: record.fields.count, expected: first.fields.count), in: name,
        line: record.line, column: min(record.fields.count, first.fields.count) + 1)
    }
    guard records.count > 1 else { throw DataError(.empty, in: name, line: first.line + 1) }
    self.name = name
    header = first.fields
    rows = records.dropFirst().map(\.fields)
    lines = records.dropFirst().map(\.line)
  }

  /// What is wrong with a header that no comma cuts as it cuts the row below it.
  private static func complaint(about header: [String], above row: [String]?) -> DataError.Reason? {
    if header[0].hasPrefix("#"), header.count == 1 || row.map({ $0.count != header.count }) ?? false {
      return .comment
    }
    guard header.count == 1 else { return nil }
    if let separator = header[0].first(where: { ";\t|".contains($0) }) { return .wrongSeparator(separator) }
    // A name may have a space in it, and a number has none.
    let words = { (text: String) in text.split(separator: " ").count }
    let isCut = row.map { words($0.joined(separator: ",")) > 1 } ?? false
    return isCut && words(header[0]) > 1 ? .wrongSeparator(" ") : nil
  }

  /// The finite number in a field.
  public func number(row: Int, column: Int) throws(DataError) -> Double {
    do throws(DataError.Reason) {
      return try finiteNumber(rows[row][column])
    } catch {
      throw DataError(error, in: name, line: lines[row], column: column + 1, columnName: header[column])
    }
  }
}

/// The finite number that a text spells.
func finiteNumber(_ text: some StringProtocol) throws(DataError.Reason) -> Double {
  if text.isEmpty { throw .missingValue }
  // Swift reads hexadecimal numbers, which are a slip in a table, and reads to a NUL and no further.
  let isOdd = text.utf8.contains { $0 | 0x20 == UInt8(ascii: "x") || $0 == 0 }
  guard let number = isOdd ? nil : Double(text) else {
    let word = text.lowercased()
    throw ["na", "n/a", "null", "?"].contains(word) ? .missingValue : .notANumber(String(text))
  }
  guard number.isFinite else { throw .notFinite(String(text)) }
  return number
}

/// The text of a file, without a byte order mark.
func text(of path: String) throws(DataError) -> String {
  let bytes: Data
  do {
    // A handle reads pipes, too, such as those of a shell's <(…).
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    defer { try? file.close() }
    bytes = try file.readToEnd() ?? Data()
  } catch {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? any Error
    var reason = "\((error as NSError).localizedDescription)"
    if let code = underlying.map({ ($0 as NSError).code }) { reason = String(cString: strerror(Int32(code))) }
    throw DataError(.unreadable(reason), in: path)
  }
  return try text(of: bytes, name: path)
}

/// The text that bytes spell in UTF-8, without a byte order mark.
func text(of bytes: some Collection<UInt8>, name: String) throws(DataError) -> String {
  let content = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
  guard let text = String(validating: content, as: UTF8.self) else { throw DataError(.notText, in: name) }
  return text
}
