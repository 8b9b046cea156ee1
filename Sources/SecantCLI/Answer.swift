import Foundation
import Secant
import SecantCompare

/// What a command answers, in words and for machines.
protocol Answer: Encodable {
  var method: String { get }
  var status: String { get }
  var ledger: Ledger { get }
}

extension Answer {
  /// The answer as a JSON document; what is not finite stands as `"nan"`, `"inf"` or `"-inf"`.
  func json() throws -> Data {
    try Documents.encoded(self)
  }

  /// The status and the ledger in one line.
  var account: String {
    let counts = Currency.allCases.filter { ![.passes, .flops, .seconds].contains($0) && ledger[$0] > 0 }
      .map { $0.counted(Int(ledger[$0])) }
    return
      "\(method): \(status); \((counts + ["\(brief(ledger.seconds * 1000)) ms"]).joined(separator: ", "))."
  }
}
