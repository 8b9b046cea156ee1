internal import RealModule

/// The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P(a, x).
///
/// P by its series for x < a + 1, Q by its continued fraction in Lentz's form beyond; whichever was not computed is the
/// other's complement.
///
/// - **Guarantees**: a relative error of about 1e-14 in the one computed, and some εa log a for great a.
/// - **Reference**: Press et al., *Numerical Recipes*, 3rd ed., 6.2; DLMF 8.7.1 and 8.9.2.
func regularizedGamma(_ a: Double, _ x: Double) -> (lower: Double, upper: Double) {
  if x <= 0 { return (0, 1) }
  if x == .infinity { return (1, 0) }
  let factor = Double.exp(a * .log(x) - x - .logGamma(a))
  if x < a + 1 {
    var term = 1 / a
    var sum = term
    var n = a
    while term > sum * Double.ulpOfOne {
      n += 1
      term *= x / n
      sum += term
    }
    return (factor * sum, 1 - factor * sum)
  }
  let tiny = Double.leastNormalMagnitude / Double.ulpOfOne
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var fraction = d
  for k in 1...100_000 {
    let aₖ = -Double(k) * (Double(k) - a)
    b += 2
    d = aₖ * d + b
    d = 1 / (abs(d) < tiny ? tiny : d)
    c = b + aₖ / c
    if abs(c) < tiny { c = tiny }
    fraction *= c * d
    if abs(c * d - 1) <= Double.ulpOfOne { break }
  }
  return (1 - factor * fraction, factor * fraction)
}
