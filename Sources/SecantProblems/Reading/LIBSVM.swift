/// A file in LIBSVM's format: a line is a label and the pairs index:value of what is not zero, indices from 1.
struct LIBSVMFile {
  var labels: [String] = []
  /// For each row, the pairs with indices from 0.
  var rows: [[(index: Int, value: Double)]] = []
  var columnCount = 0

  /// Reads a text; CRLF line ends, empty lines and comments behind `#` are accepted.
  init(_ text: String, name: String) throws(DataError) {
    for (number, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      let content = line.prefix { $0 != "#" }
      var tokens = content.split(whereSeparator: \.isWhitespace)[...]
      guard let label = tokens.popFirst() else { continue }
      func fail(_ reason: DataError.Reason, at token: Substring) -> DataError {
        let column = line.distance(from: line.startIndex, to: token.startIndex) + 1
        return DataError(reason, in: name, line: number + 1, column: column)
      }
      do throws(DataError.Reason) { _ = try finiteNumber(label) } catch { throw fail(error, at: label) }
      var row: [(index: Int, value: Double)] = []
      row.reserveCapacity(tokens.count)
      for token in tokens {
        let parts = token.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let index = Int(parts[0]), index > (row.last?.index ?? -1) + 1 else {
          throw fail(.malformedPair(String(token)), at: token)
        }
        do throws(DataError.Reason) {
          row.append((index - 1, try finiteNumber(parts[1])))
        } catch { throw fail(error, at: parts[1]) }
      }
      columnCount = max(columnCount, (row.last?.index ?? -1) + 1)
      labels.append(String(label))
      rows.append(row)
    }
    guard columnCount > 0 else { throw DataError(.empty, in: name) }
  }
}
