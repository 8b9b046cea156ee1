import SecantAutoDiff

// Energies over a grid.

extension Formulas {
  static func fminsrf2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let p = Int(Double(x.count).squareRoot().rounded())
    let cells = N(Double((p - 1) * (p - 1)))
    func height(_ i: Int, _ j: Int) -> N { x[p * j + i] }
    let area = sum(over: 0..<(p - 1)) { j in
      sum(over: 0..<(p - 1)) { i in
        let rising = height(i, j) - height(i + 1, j + 1)
        let falling = height(i + 1, j) - height(i, j + 1)
        return sqrt(1 + cells * (pow(rising, 2) + pow(falling, 2)) / 2) / cells
      }
    }
    let centre = height(p / 2 - 1, p / 2 - 1)
    return area + pow(centre, 2) / N(Double(p * p))
  }

  static func bratu1d<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let h = N(1 / Double(n + 1))
    let u = [0] + x + [0]
    return sum(over: 0...n) { i in
      let (left, right) = (u[i], u[i + 1])
      return pow(right - left, 2) / h - 6.8 * h * meanExponential(left, right)
    }
  }

  /// (eᵇ − eᵃ)/(b − a), as e^((a + b)/2) sinh(d)/d with d = (b − a)/2 because the quotient cancels.
  private static func meanExponential<N: DifferentiableNumber>(_ a: N, _ b: N) -> N
  where N.Scalar == Double {
    let d = (b - a) / 2
    if abs(d) > 0.5 { return exp((a + b) / 2) * sinh(d) / d }
    var (series, term): (N, N) = (1, 1)
    for k in 1...10 {
      term *= pow(d, 2) / N(Double(2 * k * (2 * k + 1)))
      series += term
    }
    return exp((a + b) / 2) * series
  }
}
