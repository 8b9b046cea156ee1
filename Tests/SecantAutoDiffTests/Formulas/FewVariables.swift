import SecantAutoDiff

// Moré, Garbow and Hillstrom 1–20.

extension Formulas {
  static func rosenbrock<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(10 * (x[1] - pow(x[0], 2)), 2) + pow(1 - x[0], 2)
  }

  static func freudensteinRoth<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = -13 + x[0] + ((5 - x[1]) * x[1] - 2) * x[1]
    let second = -29 + x[0] + ((x[1] + 1) * x[1] - 14) * x[1]
    return pow(first, 2) + pow(second, 2)
  }

  static func powellBadlyScaled<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(1e4 * x[0] * x[1] - 1, 2) + pow(exp(-x[0]) + exp(-x[1]) - 1.0001, 2)
  }

  static func brownBadlyScaled<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] - 1e6, 2) + pow(x[1] - 2e-6, 2) + pow(x[0] * x[1] - 2, 2)
  }

  static func beale<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y: [N] = [1.5, 2.25, 2.625]
    return sum(over: 1...3) { i in
      let power: N = pow(x[1], i)
      return pow(y[i - 1] - x[0] * (1 - power), 2)
    }
  }

  static func jennrichSampson<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...10) { k in
      let i = N(Double(k))
      let model = exp(i * x[0]) + exp(i * x[1])
      return pow(2 + 2 * i - model, 2)
    }
  }

  static func helicalValley<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    var θ = atan(x[1] / x[0]) / N(2 * Double.pi)
    if x[0] < 0 { θ += 0.5 }
    let radius = sqrt(pow(x[0], 2) + pow(x[1], 2))
    return sumOfSquares([10 * (x[2] - 10 * θ), 10 * (radius - 1), x[2]])
  }

  static func bard<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y = [
      0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
    ]
    return sum(over: 1...15) { i in
      let (u, v, w) = (N(Double(i)), N(Double(16 - i)), N(Double(Swift.min(i, 16 - i))))
      let model = x[0] + u / (v * x[1] + w * x[2])
      return pow(N(y[i - 1]) - model, 2)
    }
  }

  static func gaussian<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y = [
      0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540,
      0.0175, 0.0044, 0.0009,
    ]
    return sum(over: 1...15) { i in
      let t = N(Double(8 - i) / 2)
      return pow(x[0] * exp(-x[1] * pow(t - x[2], 2) / 2) - N(y[i - 1]), 2)
    }
  }

  static func meyer<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y: [Double] = [
      34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
    ]
    return sum(over: 1...16) { i in
      let t = N(45 + 5 * Double(i))
      return pow(x[0] * exp(x[1] / (t + x[2])) - N(y[i - 1]), 2)
    }
  }

  static func gulfResearchAndDevelopment<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...99) { i in
      let t = Double(i) / 100
      let y = 25 + Double.pow(-50 * Double.log(t), 2.0 / 3)
      let power = pow(abs(N(y) - x[1]), x[2])
      return pow(exp(-power / x[0]) - N(t), 2)
    }
  }

  static func boxThreeDimensional<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...10) { i in
      let t = Double(i) / 10
      let c = Double.exp(-t) - Double.exp(-10 * t)
      let difference = exp(-N(t) * x[0]) - exp(-N(t) * x[1])
      return pow(difference - x[2] * N(c), 2)
    }
  }

  static func powellSingular<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = pow(x[0] + 10 * x[1], 2)
    let second = 5 * pow(x[2] - x[3], 2)
    let third = pow(x[1] - 2 * x[2], 4)
    return first + second + third + 10 * pow(x[0] - x[3], 4)
  }

  static func wood<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = 100 * pow(x[1] - pow(x[0], 2), 2) + pow(1 - x[0], 2)
    let second = 90 * pow(x[3] - pow(x[2], 2), 2) + pow(1 - x[2], 2)
    return first + second + 10 * pow(x[1] + x[3] - 2, 2) + pow(x[1] - x[3], 2) / 10
  }

  static func kowalikOsborne<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    kowalikOsborne(x, lastU: 0.0625)
  }

  static func kowalikOsborne<N: DifferentiableNumber>(_ x: [N], lastU: Double) -> N where N.Scalar == Double {
    let y = [
      0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
    ]
    let u = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, lastU]
    return sum(over: 0..<11) { i in
      let (u, u2) = (N(u[i]), N(u[i] * u[i]))
      let model = x[0] * (u2 + u * x[1]) / (u2 + u * x[2] + x[3])
      return pow(N(y[i]) - model, 2)
    }
  }

  static func brownDennis<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...20) { i in
      let t = Double(i) / 5
      let first = x[0] + N(t) * x[1] - N(Double.exp(t))
      let second = x[2] + N(Double.sin(t)) * x[3] - N(Double.cos(t))
      return pow(pow(first, 2) + pow(second, 2), 2)
    }
  }

  static func osborne1<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let y = [
      0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658,
      0.628, 0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431,
      0.424, 0.420, 0.414, 0.411, 0.406,
    ]
    return sum(over: 0..<33) { i in
      let t = N(10 * Double(i))
      let model = x[0] + x[1] * exp(-t * x[3]) + x[2] * exp(-t * x[4])
      return pow(N(y[i]) - model, 2)
    }
  }

  static func biggsEXP6<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...13) { i in
      let t = Double(i) / 10
      let y = Double.exp(-t) - 5 * Double.exp(-10 * t) + 3 * Double.exp(-4 * t)
      let s = N(t)
      let model = x[2] * exp(-s * x[0]) - x[3] * exp(-s * x[1]) + x[5] * exp(-s * x[4])
      return pow(model - N(y), 2)
    }
  }

  static func osborne2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    osborne2(x, firstTime: 0)
  }

  static func osborne2<N: DifferentiableNumber>(_ x: [N], firstTime: Double) -> N where N.Scalar == Double {
    let y = [
      1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655,
      0.616, 0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558,
      0.533, 0.495, 0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562,
      0.607, 0.653, 0.672, 0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.710,
      0.729, 0.720, 0.636, 0.581, 0.428, 0.292, 0.162, 0.098, 0.054,
    ]
    return sum(over: 0..<65) { i in
      let t = N(firstTime + Double(i) / 10)
      var model = x[0] * exp(-t * x[4])
      for k in 1...3 { model += x[k] * exp(-x[k + 4] * pow(t - x[k + 7], 2)) }
      return pow(N(y[i]) - model, 2)
    }
  }

  static func watson<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let polynomials = sum(over: 1...29) { i in
      let t = Double(i) / 29
      let slope = sum(over: 1..<x.count) { j in N(Double(j) * Double.pow(t, j - 1)) * x[j] }
      let value = sum(over: x.indices) { j in N(Double.pow(t, j)) * x[j] }
      return pow(slope - pow(value, 2) - 1, 2)
    }
    return polynomials + pow(x[0], 2) + pow(x[1] - pow(x[0], 2) - 1, 2)
  }
}
