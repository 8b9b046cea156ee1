internal import RealModule

/// A number in a few digits, for a sentence.
package func brief<Scalar: LAPACKScalar>(_ x: Scalar, digits: Int = 3) -> String {
  let x = Double(x)
  guard x.isFinite, x != 0 else { return spelled(x) }
  var exponent = Int(Double.log10(abs(x)).rounded(.down))
  var mantissa = rounded(x, shift: digits - 1 - exponent, back: exponent)
  if abs(mantissa) >= 10 {
    exponent += 1
    mantissa = rounded(x, shift: digits - 1 - exponent, back: exponent)
  }
  guard (-4..<6).contains(exponent) else { return "\(trimmed(mantissa))e\(exponent)" }
  return trimmed(rounded(x, shift: digits - 1 - exponent, back: 0))
}

/// x to so many decimals, as a multiple of 10^back.
private func rounded(_ x: Double, shift: Int, back: Int) -> Double {
  // Two powers, since one alone can overflow for a subnormal number.
  let half = shift / 2
  let units = (x * Double.pow(10, half) * Double.pow(10, shift - half)).rounded()
  let decimals = shift + back
  return decimals >= 0 ? units / Double.pow(10, decimals) : units * Double.pow(10, -decimals)
}

private func trimmed(_ x: Double) -> String {
  let text = "\(x)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
