import SecantAutoDiff

// One or two variables meet all others.

extension Formulas {
  static func arwhead<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let last = x[x.count - 1]
    return sum(over: 0..<(x.count - 1)) { i in
      let square = pow(x[i], 2) + pow(last, 2)
      return pow(square, 2) - 4 * x[i] + 3
    }
  }

  static func bdqrtic<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let last = 5 * pow(x[x.count - 1], 2)
    return sum(over: 0..<(x.count - 4)) { i in
      let pair = pow(x[i], 2) + 2 * pow(x[i + 1], 2)
      let next = 3 * pow(x[i + 2], 2) + 4 * pow(x[i + 3], 2)
      return pow(3 - 4 * x[i], 2) + pow(pair + next + last, 2)
    }
  }

  static func liarwhd<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in 4 * pow(pow(x[i], 2) - x[0], 2) + pow(x[i] - 1, 2) }
  }

  static func nondia<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = pow(x[0] - 1, 2)
    return first + sum(over: 0..<(x.count - 1)) { i in 100 * pow(x[0] - pow(x[i], 2), 2) }
  }

  static func nondquar<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let quartics = sum(over: 0..<(n - 2)) { i in pow(x[i] + x[i + 1] + x[n - 1], 4) }
    return quartics + pow(x[0] - x[1], 2) + pow(x[n - 2] - x[n - 1], 2)
  }

  static func indef<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { x[$0] } + indefiniteCosines(x)
  }

  static func indefm<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { 100 * sin(0.01 * x[$0]) } + indefiniteCosines(x)
  }

  /// ½ Σ cos(2xᵢ − xₙ − x₁).
  private static func indefiniteCosines<N: DifferentiableNumber>(_ x: [N]) -> N {
    let n = x.count
    return sum(over: 1..<(n - 1)) { i in cos(2 * x[i] - x[n - 1] - x[0]) } / 2
  }

  static func sinquad<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let first = pow(x[0] - 1, 4)
    let middle = sum(over: 1..<(n - 1)) { i in sin(x[i] - x[n - 1]) - pow(x[0], 2) + pow(x[i], 2) }
    return first + middle + pow(pow(x[n - 1], 2) - pow(x[0], 2), 2)
  }

  static func sinquad2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let first = pow(x[0] - 1, 4)
    let rest = sum(over: 1..<n) { i in
      let term = sin(x[i] - x[n - 1]) - pow(x[0], 2) + pow(x[i], 2)
      return pow(term, 2)
    }
    return first + rest
  }

  static func tquartic<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = pow(x[0] - 1, 2)
    return first + sum(over: 1..<x.count) { i in pow(pow(x[0], 2) - pow(x[i], 2), 2) }
  }

  static func eg2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let sines = sum(over: 0..<(n - 1)) { i in sin(x[0] + pow(x[i], 2) - 1) }
    return sines + sin(pow(x[n - 1], 2)) / 2
  }

  static func dqdrtic<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 2)) { i in
      pow(x[i], 2) + 100 * pow(x[i + 1], 2) + 100 * pow(x[i + 2], 2)
    }
  }

  static func dqrtic<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in pow(x[i] - N(Double(i + 1)), 4) }
  }

  static func power<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(sum(over: x.indices) { i in N(Double(i + 1)) * pow(x[i], 2) }, 2)
  }
}
