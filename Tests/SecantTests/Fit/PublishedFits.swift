import Secant

/// Data of Bates and Watts, *Nonlinear Regression Analysis and Its Applications*, 1988, appendix A1, as R ships them.
enum PublishedData {
  /// Biochemical oxygen demand against days: table A1.4.
  static let days: [Double] = [1, 2, 3, 4, 5, 7]
  static let demand = [8.3, 10.3, 19, 16, 15.6, 19.8]

  /// Velocity of a reaction against the concentration of the substrate, treated with puromycin: table A1.3.
  static let concentration = [0.02, 0.02, 0.06, 0.06, 0.11, 0.11, 0.22, 0.22, 0.56, 0.56, 1.10, 1.10]
  static let velocity: [Double] = [76, 47, 97, 107, 123, 139, 159, 152, 191, 201, 207, 200]

  /// Anscombe's first set, *The American Statistician* 27 (1973) 17–21.
  static let anscombe = (
    x: [10.0, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
    y: [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68]
  )

  /// y = A(1 − exp(−e^{lrc} t)): R's `SSasympOrig`.
  static func oxygenDemand() -> Fit<Double> {
    fit(days, demand, from: [20, -1]) { b, t, gradient in
      let e = Double.exp(-.exp(b[1]) * t)
      gradient[0] = 1 - e
      gradient[1] = b[0] * t * .exp(b[1]) * e
      return b[0] * (1 - e)
    }
  }

  /// Michaelis and Menten's law.
  static func puromycin(weights: FitWeights<Double> = .equal) -> Fit<Double> {
    fit(concentration, velocity, weights: weights, from: [200, 0.1]) { b, x, gradient in
      gradient[0] = x / (b[1] + x)
      gradient[1] = -b[0] * x / ((b[1] + x) * (b[1] + x))
      return b[0] * x / (b[1] + x)
    }
  }

  static func line(
    _ x: [Double], _ y: [Double], weights: FitWeights<Double> = .equal, from start: Vector<Double> = [0, 0]
  ) -> Fit<Double> {
    fit(x, y, weights: weights, from: start) { b, x, gradient in
      gradient[0] = 1
      gradient[1] = x
      return b[0] + b[1] * x
    }
  }
}

/// Whether x agrees with what was printed in so many significant digits.
func agrees(_ x: Double, _ printed: Double, digits: Int) -> Bool {
  let unit = Double.pow(10, Double.log10(abs(printed)).rounded(.down) - Double(digits - 1))
  return abs(x - printed) <= 0.5001 * unit
}
