/// Why a data file could not be used: which file, which line, which column, and what is wrong there.
public struct DataError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong.
  public enum Reason: Error, Equatable, Sendable {
    /// The file cannot be opened; the text is the system's own.
    case unreadable(String)
    /// The bytes are not UTF-8 text.
    case notText
    /// There is no line that holds anything, or no line below the header.
    case empty
    case notANumber(String)
    /// The text reads as NaN or an infinity.
    case notFinite(String)
    case missingValue
    case wrongFieldCount(found: Int, expected: Int)
    /// The first line, where the names of the columns belong, holds numbers alone.
    case noHeader
    case duplicateHeader(String)
    /// The names of the columns are separated by something else than commas.
    case wrongSeparator(Character)
    /// The first line begins with ‘#’ and is no header of the lines below.
    case comment
    case noLabelColumn(String, among: [String])
    /// A classification needs two classes, or at least two.
    case wrongClassCount(found: Int, expected: String)
    /// A pair that is not `index:value` with an index from 1 that grows along the line.
    case malformedPair(String)
    case quotation(String)
    case tooLarge(rows: Int, columns: Int)
    case unknownDataSet(String)
  }

  /// The file, as its reader was told it.
  public let file: String
  /// From 1; the header is a line too.
  public let line: Int?
  /// From 1: the field of a CSV file, the character of a LIBSVM file.
  public let column: Int?
  /// The column's name in the header.
  public let columnName: String?
  /// What is wrong there.
  public let reason: Reason

  public init(
    _ reason: Reason, in file: String, line: Int? = nil, column: Int? = nil, columnName: String? = nil
  ) {
    self.reason = reason
    self.file = file
    self.line = line
    self.column = column
    self.columnName = columnName
  }

  public var description: String {
    var place = file
    if let line { place += ", line \(line)" }
    if let column { place += ", column \(column)" }
    if let columnName { place += " (\"\(columnName)\")" }
    return "\(place): \(sentence)."
  }

  private var sentence: String {
    switch reason {
    case .unreadable(let text): "the file cannot be read: \(text)"
    case .notText: "the file is not UTF-8 text; save it as UTF-8"
    case .empty: "there is no data"
    case .notANumber(let text):
      text.contains("\0")
        ? "a byte that is no text, NUL, stands in the number; write the number again, or leave the row out"
        : "\"\(firstLine(of: text))\" is not a number; \(remedy(for: text) ?? "correct it, or leave the row out")"
    case .notFinite(let text): "\"\(text)\" is not a finite number; leave the row out"
    case .missingValue: "the value is missing; leave the row out"
    case .wrongFieldCount(let found, let expected):
      "\(found) field\(found == 1 ? "" : "s") where the header has \(expected); "
        + (found < expected
          ? "fill the row up, or leave it out"
          : found == 2 * expected
            ? "\(expected == 1 ? "name every column in the header, or " : "")write decimals with a point"
            : "put a field that has a comma in it in quotes")
    case .noHeader:
      "the first line holds numbers, where the names of the columns belong: give the file a header"
    case .wrongSeparator(let separator):
      "the header has \(separator == "\t" ? "tabs" : separator == " " ? "spaces" : "‘\(separator)’") and no comma; "
        + "separate the columns by commas, and write decimals with a point"
    case .comment: "a comment stands where the names of the columns belong; leave it out"
    case .duplicateHeader(let name): "the header has \"\(name)\" twice; give each column a name of its own"
    case .noLabelColumn(let name, let names):
      "there is no column \"\(name)\"; the columns are \(names.joined(separator: ", "))"
    case .wrongClassCount(let found, let expected):
      "the label column has \(found) class\(found == 1 ? "" : "es"); this problem needs \(expected)"
    case .malformedPair(let text):
      "\"\(text)\" is not a pair index:value whose index is greater than the one before it and at least 1"
    case .quotation(let text): "a quoted field is malformed: \(text)"
    case .tooLarge(let rows, let columns):
      "\(rows) rows of \(columns) columns are more than the dense form can hold"
    case .unknownDataSet(let name):
      "there is no shipped data set \"\(name)\"; there are \(ShippedFile.names.joined(separator: ", "))"
    }
  }
}

/// What to write for a number with commas in it, which part its thousands or stand for its point, or nil.
private func remedy(for text: String) -> String? {
  let decimal = text.replacing(",", with: ".")
  guard decimal != text else { return nil }
  let thousands = text.wholeMatch(of: /[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?/).map { _ in
    text.replacing(",", with: "")
  }
  switch (Double(decimal) == nil ? nil : decimal, thousands) {
  case (let decimal?, let whole?):
    return "write \(whole) if the comma parts the thousands, \(decimal) if it is the decimal point"
  case (let decimal?, nil): return "write a decimal point, \(decimal)"
  case (nil, let whole?): return "write \(whole), without commas"
  case (nil, nil): return nil
  }
}

/// What a quotation mark that is never closed swallows is not repeated.
private func firstLine(of text: String) -> String {
  let line = text.prefix { !$0.isNewline }
  return line.count < text.count ? line + "…" : text
}
