import SecantAutoDiff

// Two variables.

extension Formulas {
  static func cliff<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let d = x[0] - x[1]
    return pow(0.01 * x[0] - 0.03, 2) - d + exp(20 * d)
  }

  static func cube<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] - 1, 2) + 100 * pow(x[1] - pow(x[0], 3), 2)
  }

  static func denschna<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0], 4) + pow(x[0] + x[1], 2) + pow(exp(x[1]) - 1, 2)
  }

  static func denschnb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let d = pow(x[0] - 2, 2)
    return d + d * pow(x[1], 2) + pow(x[1] + 1, 2)
  }

  static func denschnc<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let circle = pow(x[0], 2) + pow(x[1], 2) - 2
    return pow(circle, 2) + pow(exp(x[0] - 1) + pow(x[1], 3) - 2, 2)
  }

  static func denschnf<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = 2 * pow(x[0] + x[1], 2) + pow(x[0] - x[1], 2) - 8
    let second = 5 * pow(x[0], 2) + pow(x[1] - 3, 2) - 9
    return pow(first, 2) + pow(second, 2)
  }

  static func himmelbb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let product = x[0] * x[1] * (1 - x[0])
    let bracket = 1 - x[1] - x[0] * pow(1 - x[0], 5)
    return pow(product * bracket, 2)
  }

  static func himmelbg<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    (2 * pow(x[0], 2) + 3 * pow(x[1], 2)) * exp(-x[0] - x[1])
  }

  static func himmelbh<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let powers = pow(x[0], 3) + pow(x[1], 2)
    return powers - 3 * x[0] - 2 * x[1] + 2
  }

  static func sisser<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let powers = (pow(x[0], 4) + pow(x[1], 4)) / 0.3333333
    return powers + 2 * pow(x[0] * x[1], 2)
  }

  static func zangwil2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let quadratic = 16 * pow(x[0], 2) + 16 * pow(x[1], 2) - 8 * x[0] * x[1]
    let linear = 56 * x[0] + 256 * x[1]
    return (quadratic - linear + 991) / 15
  }

  static func hairy<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let hair = 30 * pow(sin(7 * x[0]), 2) * pow(cos(7 * x[1]), 2)
    let folds = sqrt(0.01 + pow(x[0] - x[1], 2)) + sqrt(0.01 + pow(x[0], 2))
    return hair + 100 * folds
  }

  static func loghairy<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    log((100 + hairy(x)) / 100)
  }

  static func humps<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(sin(20 * x[0]) * sin(20 * x[1]), 2) + 0.05 * (pow(x[0], 2) + pow(x[1], 2))
  }

  static func maratosb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    x[0] + 1e6 * pow(pow(x[0], 2) + pow(x[1], 2) - 1, 2)
  }

  static func mexhat<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let square = pow(x[0] - 1, 2)
    let valley = 1e4 * pow(x[1] - pow(x[0], 2), 2)
    return -2 * square + 1e5 * pow(valley + square - 0.02, 2)
  }

  static func s308<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let quadratic = pow(x[0], 2) + x[0] * x[1] + pow(x[1], 2)
    return pow(quadratic, 2) + pow(sin(x[0]), 2) + pow(cos(x[1]), 2)
  }

  static func rosenbrtu<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    // t²/(1 + t²), so that for a large t its derivatives are not differences of numbers that agree in most digits.
    func bounded(_ t: N) -> N { 1 - 1 / (1 + t * t) }
    return 100 * bounded(x[1] - pow(x[0], 2)) + bounded(x[0] - 1)
  }

  static func brkmcc<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let distance = pow(x[0] - 2, 2) + pow(x[1] - 1, 2)
    let barrier = 0.04 / (1 - pow(x[0], 2) / 4 - pow(x[1], 2))
    return distance + barrier + pow(x[0] - 2 * x[1] + 1, 2) / 0.2
  }

  static func expfit<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...10) { i in
      let t = N(0.25 * Double(i))
      return pow(x[0] * exp(t * x[1]) - t, 2)
    }
  }

  static func sineval<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    1000 * pow(x[1] - sin(x[0]), 2) + pow(x[0], 2) / 4
  }
}
