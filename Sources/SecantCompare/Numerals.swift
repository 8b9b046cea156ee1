import Foundation

/// Numbers as a person reads them in a table.
enum Numerals {
  /// Three significant digits at most, in scientific notation outside of [1e-3, 1e5): `0.0664`, `1.4e-17`.
  static func short(_ x: Double) -> String {
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    guard x != 0 else { return "0" }
    if abs(x) >= 1e-3, abs(x) < 1e5 { return String(format: "%.3g", x).contains("e") ? grouped(x) : String(format: "%.3g", x) }
    return String(format: "%.1e", x)
  }

  /// A count in full; one with a fraction keeps a single digit of it.
  static func count(_ x: Double) -> String {
    guard x.isFinite, abs(x) < 1e15 else { return short(x) }
    return x == x.rounded() ? String(Int(x)) : String(format: "%.1f", x)
  }

  private static func grouped(_ x: Double) -> String { String(format: "%.0f", x) }
}
