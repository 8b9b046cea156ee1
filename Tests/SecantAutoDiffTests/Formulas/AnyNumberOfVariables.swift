import SecantAutoDiff

// Moré, Garbow and Hillstrom 21–35.

extension Formulas {
  static func extendedRosenbrock<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: stride(from: 0, to: x.count, by: 2)) { rosenbrock([x[$0], x[$0 + 1]]) }
  }

  static func extendedPowellSingular<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: stride(from: 0, to: x.count, by: 4)) { powellSingular(Array(x[$0..<($0 + 4)])) }
  }

  static func penaltyI<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let distance = sum(over: x.indices) { pow(x[$0] - 1, 2) }
    return 1e-5 * distance + pow(sumOfSquares(x) - 0.25, 2)
  }

  static func penaltyII<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let pairs = sum(over: 1..<n) { i in
      let y = Double.exp(Double(i + 1) / 10) + Double.exp(Double(i) / 10)
      return pow(exp(x[i] / 10) + exp(x[i - 1] / 10) - N(y), 2)
    }
    let singles = sum(over: 1..<n) { i in pow(exp(x[i] / 10) - N(Double.exp(-0.1)), 2) }
    let norm = sum(over: 0..<n) { j in N(Double(n - j)) * pow(x[j], 2) }
    return pow(x[0] - 0.2, 2) + 1e-5 * (pairs + singles) + pow(norm - 1, 2)
  }

  static func variablyDimensioned<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let distance = sum(over: x.indices) { pow(x[$0] - 1, 2) }
    let s = sum(over: x.indices) { j in N(Double(j + 1)) * (x[j] - 1) }
    return distance + pow(s, 2) + pow(s, 4)
  }

  static func trigonometric<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    // n less the cosines, one after another: the difference is small and its rounding errors are not.
    let rest = x.reduce(N(Double(n))) { $0 - cos($1) }
    return sum(over: 0..<n) { i in
      pow(rest + N(Double(i + 1)) * (1 - cos(x[i])) - sin(x[i]), 2)
    }
  }

  static func brownAlmostLinear<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let total = sum(over: 0..<n) { x[$0] }
    let product = x.reduce(1, *)
    return sum(over: 0..<n - 1) { i in pow(x[i] + total - N(Double(n + 1)), 2) } + pow(product - 1, 2)
  }

  static func discreteBoundaryValue<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let h = 1 / Double(n + 1)
    let u = [0] + x + [0]
    return sum(over: 1...n) { i in
      let cube = pow(u[i] + N(Double(i) * h) + 1, 3)
      return pow(2 * u[i] - u[i - 1] - u[i + 1] + N(h * h) * cube / 2, 2)
    }
  }

  static func discreteIntegralEquation<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let h = 1 / Double(n + 1)
    let t = (0..<n).map { Double($0 + 1) * h }
    let cubes = (0..<n).map { pow(x[$0] + N(t[$0]) + 1, 3) }
    return sum(over: 0..<n) { i in
      let left = sum(over: 0...i) { N(t[$0]) * cubes[$0] }
      let right = sum(over: (i + 1)..<n) { N(1 - t[$0]) * cubes[$0] }
      let integral = N(1 - t[i]) * left + N(t[i]) * right
      return pow(x[i] + N(h) * integral / 2, 2)
    }
  }

  static func broydenTridiagonal<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y = [0] + x + [0]
    return sum(over: 1...x.count) { i in
      let own = (3 - 2 * y[i]) * y[i] + 1
      return pow(own - y[i - 1] - 2 * y[i + 1], 2)
    }
  }

  static func broydenBanded<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in
      let band = x.indices.filter { $0 != i && $0 >= i - 5 && $0 <= i + 1 }
      let neighbours = sum(over: band) { x[$0] * (1 + x[$0]) }
      return pow(x[i] * (2 + 5 * pow(x[i], 2)) + 1 - neighbours, 2)
    }
  }

  /// With twice as many residuals as variables.
  static func linearFullRank<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let m = 2 * x.count
    let mean = N(2 / Double(m)) * sum(over: x.indices) { x[$0] }
    return sum(over: 0..<m) { i in pow((i < x.count ? x[i] : 0) - mean - 1, 2) }
  }

  /// With twice as many residuals as variables.
  static func linearRankOne<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let s = sum(over: x.indices) { j in N(Double(j + 1)) * x[j] }
    return sum(over: 1...(2 * x.count)) { i in pow(N(Double(i)) * s - 1, 2) }
  }

  /// With twice as many residuals as variables.
  static func linearRankOneWithZeroColumnsAndRows<N: DifferentiableNumber>(_ x: [N]) -> N
  where N.Scalar == Double {
    let s = sum(over: 1..<(x.count - 1)) { j in N(Double(j + 1)) * x[j] }
    return 2 + sum(over: 1...(2 * x.count - 2)) { i in pow(N(Double(i)) * s - 1, 2) }
  }

  /// With as many residuals as variables.
  static func chebyquad<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    // The Chebyshev polynomials on [0, 1] of degrees 0 to n at each variable.
    let T = x.map { x in
      let y = 2 * x - 1
      var T = [1, y]
      for i in 2..<(n + 1) { T.append(2 * y * T[i - 1] - T[i - 2]) }
      return T
    }
    return sum(over: 1...n) { i in
      let mean = sum(over: 0..<n) { T[$0][i] } / N(Double(n))
      let integral = i.isMultiple(of: 2) ? -1 / Double(i * i - 1) : 0
      return pow(mean - N(integral), 2)
    }
  }
}
