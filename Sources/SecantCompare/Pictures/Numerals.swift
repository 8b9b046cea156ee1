import Foundation

/// Numbers as a person reads them in a table.
enum Numerals {
  /// Three significant digits at most, in scientific notation outside of [1e-3, 1e5): `0.0664`, `1.4e-17`.
  static func short(_ x: Double) -> String {
    guard x.isFinite else { return x.isNaN ? "nan" : x < 0 ? "-inf" : "inf" }
    guard x != 0 else { return "0" }
    let isPlain = abs(x) >= 1e-3 && abs(x) < 1e5
    return String(format: !isPlain ? "%.1e" : abs(x) < 999.5 ? "%.3g" : "%.0f", x)
  }

  /// A count in full; one with a fraction, beyond the rounding of a sum, keeps a single digit of it.
  static func count(_ x: Double) -> String {
    guard x.isFinite, abs(x) < 1e15 else { return short(x) }
    return abs(x - x.rounded()) < 1e-6 ? String(Int(x.rounded())) : String(format: "%.1f", x)
  }
}
