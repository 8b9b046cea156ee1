internal import RealModule

// Symbol ↔ name
//   I_x(a, b)  regularizedBeta(x, complement: 1 − x, a, b)
//   the continued fraction's partial numerators, DLMF 8.17.23  numerator

/// The regularised incomplete beta function I_x(a, b), by its continued fraction in Lentz's form.
///
/// The fraction converges in O(√max(a, b)) terms for x below the mean of the distribution; beyond it
/// I_x(a, b) = 1 − I_{1−x}(b, a).
///
/// - Parameters:
///   - x: from 0 to 1.
///   - y: 1 − x, by whoever can compute it without cancellation.
///
/// - **Guarantees**: a relative error of about 1e-14, and some ε(a + b) log(a + b) for great a or b.
/// - **Reference**: Press et al., *Numerical Recipes*, 3rd ed., 6.4; DLMF 8.17.
func regularizedBeta(_ x: Double, complement y: Double, _ a: Double, _ b: Double) -> Double {
  if x <= 0 { return 0 }
  if y <= 0 { return 1 }
  if x > (a + 1) / (a + b + 2) { return 1 - regularizedBeta(y, complement: x, b, a) }
  let logarithm = Double.logGamma(a + b) - .logGamma(a) - .logGamma(b) + a * .log(x) + b * .log(y)
  return Double.exp(logarithm) / a
    * continuedFraction { k in
      let m = Double(k / 2)
      return k.isMultiple(of: 2)
        ? m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        : -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    }
}

/// 1 / (1 + d₁/(1 + d₂/(1 + …))), by Lentz's method as Thompson and Barnett changed it.
private func continuedFraction(_ numerator: (Int) -> Double) -> Double {
  let tiny = Double.leastNormalMagnitude / Double.ulpOfOne
  var c = 1.0
  var d = 0.0
  var fraction = 1.0
  for k in 1...100_000 {
    let dₖ = numerator(k)
    d = 1 + dₖ * d
    d = 1 / (abs(d) < tiny ? tiny : d)
    c = 1 + dₖ / c
    if abs(c) < tiny { c = tiny }
    fraction *= c * d
    if abs(c * d - 1) <= Double.ulpOfOne { break }
  }
  return 1 / fraction
}
