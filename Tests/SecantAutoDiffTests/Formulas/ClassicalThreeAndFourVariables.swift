import SecantAutoDiff

extension Formulas {
  static func denschnd<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let (u, v, w) = (x[0], x[1], x[2])
    let powers = pow(u, 2) + pow(v, 3) - pow(w, 4)
    let products = 2 * u * v - 3 * v * w + u * w
    return sumOfSquares([powers, 2 * u * v * w, products])
  }

  static func denschne<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0], 2) + pow(x[1] + pow(x[1], 2), 2) + pow(exp(x[2]) - 1, 2)
  }

  static func engval2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let (u, v, w) = (x[0], x[1], x[2])
    let circle = pow(u, 2) + pow(v, 2)
    let low = circle + pow(w, 2) - 1
    let high = circle + pow(w - 2, 2) - 1
    let cubic = 3 * pow(v, 2) + pow(u, 3) + pow(5 * w - u + 1, 2) - 36
    return sumOfSquares([low, high, u + v + w - 1, u + v - w + 1, cubic])
  }

  static func hatfldd<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    hatfield(
      x, [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9],
      [1.751, 1.561, 1.391, 1.239, 1.103, 0.981, 0.925, 0.8721, 0.8221, 0.7748])
  }

  static func hatflde<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    hatfield(
      x, (6...26).map { Double($0) / 20 },
      [
        1.561, 1.473, 1.391, 1.313, 1.239, 1.169, 1.103, 1.04, 0.981, 0.925, 0.8721, 0.8221, 0.7748, 0.73,
        0.6877, 0.6477, 0.6099, 0.5741, 0.5403, 0.5084, 0.4782,
      ])
  }

  /// Σ (e^(tx₃) − x₁e^(tx₂) + z)².
  private static func hatfield<N: DifferentiableNumber>(_ x: [N], _ t: [Double], _ z: [Double]) -> N
  where N.Scalar == Double {
    sum(over: t.indices) { i in
      let difference = exp(N(t[i]) * x[2]) - x[0] * exp(N(t[i]) * x[1])
      return pow(difference + N(z[i]), 2)
    }
  }

  static func hatfldfl<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let c: [N] = [0.032, 0.056, 0.099]
    return sum(over: 1...3) { i in pow(x[0] + x[1] * pow(x[2], i) - c[i - 1], 2) }
  }

  static func allinitu<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let (a, b, c, d) = (x[0], x[1], x[2], x[3])
    let quadratic = pow(a, 2) + pow(b, 2) + c + d - 4 + pow(c + d, 2) + pow(d - 1, 2)
    let quartic = pow(a * b, 2) + pow(b, 4)
    let squares = pow(c, 2) + pow(a + d, 2)
    let mixed = a - 4 + pow(sin(d), 2) + pow(b * c, 2)
    let sines = 2 * pow(sin(c), 2) + pow(sin(d), 4)
    return quadratic + quartic + sines + pow(squares, 2) + pow(mixed, 2)
  }

  static func himmelbf<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let a: [N] = [0, 0.000428, 0.001, 0.00161, 0.00209, 0.00348, 0.00525]
    let b: [N] = [7.391, 11.18, 16.44, 16.20, 22.20, 24.02, 31.32]
    return sum(over: a.indices) { i in
      let numerator = pow(x[0], 2) + a[i] * pow(x[1], 2) + pow(a[i] * x[2], 2)
      let denominator = b[i] * (1 + a[i] * pow(x[3], 2))
      return 1e4 * pow(numerator / denominator - 1, 2)
    }
  }
}
