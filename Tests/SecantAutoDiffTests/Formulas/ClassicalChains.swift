import SecantAutoDiff

// Neighbours meet: the Hessian is a band.

extension Formulas {
  static func cragglvy<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: stride(from: 0, to: x.count - 2, by: 2)) { i in
      let d = x[i + 2] - x[i + 3]
      let exponential = pow(exp(x[i]) - x[i + 1], 4)
      let cubes = 100 * pow(x[i + 1] - x[i + 2], 6)
      let tangent = pow(tan(d) + d, 4)
      return exponential + cubes + tangent + pow(x[i], 8) + pow(x[i + 3] - 1, 2)
    }
  }

  static func dixon3dq<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let middle = sum(over: 1..<(n - 1)) { j in pow(x[j] - x[j + 1], 2) }
    return pow(x[0] - 1, 2) + middle + pow(x[n - 1] - 1, 2)
  }

  static func tridia<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = pow(x[0] - 1, 2)
    return first + sum(over: 1..<x.count) { i in N(Double(i + 1)) * pow(2 * x[i] - x[i - 1], 2) }
  }

  static func extrosnb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let first = pow(x[0] - 1, 2)
    return first + sum(over: 1..<x.count) { i in 100 * pow(x[i] - pow(x[i - 1], 2), 2) }
  }

  static func genrose<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    1 + sum(over: 1..<x.count) { i in 100 * pow(x[i] - pow(x[i - 1], 2), 2) + pow(x[i] - 1, 2) }
  }

  static func fletchcr<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in 100 * pow(x[i + 1] - pow(x[i], 2), 2) + pow(1 - x[i], 2) }
  }

  static func chnrosnb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1..<x.count) { i in
      let weight = N(16 * chainedWeights[i] * chainedWeights[i])
      return weight * pow(x[i - 1] - pow(x[i], 2), 2) + pow(x[i] - 1, 2)
    }
  }

  static func errinros<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1..<x.count) { i in
      let weight = N(16 * chainedWeights[i] * chainedWeights[i])
      return pow(x[i - 1] - weight * pow(x[i], 2), 2) + pow(x[i] - 1, 2)
    }
  }

  /// αᵢ of Toint's chained problems.
  private static let chainedWeights = [
    1.25, 1.40, 2.40, 1.40, 1.75, 1.20, 2.25, 1.20, 1.00, 1.10,
    1.50, 1.60, 1.25, 1.25, 1.20, 1.20, 1.40, 0.50, 0.50, 1.25,
    1.80, 0.75, 1.25, 1.40, 1.60, 2.00, 1.00, 1.60, 1.25, 2.75,
    1.25, 1.25, 1.25, 3.00, 1.50, 2.00, 1.25, 1.40, 1.80, 1.50,
    2.20, 1.40, 1.50, 1.25, 2.00, 1.50, 1.25, 1.40, 0.60, 1.50,
  ]

  static func freuroth<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in freudensteinRoth([x[i], x[i + 1]]) }
  }

  static func tointgss<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let c = N(10 / Double(n - 2))
    return sum(over: 0..<(n - 2)) { i in
      let square = pow(x[i + 2], 2)
      let bell = exp(-pow(x[i] - x[i + 1], 2) / (0.1 + square))
      return (c + square) * (2 - bell)
    }
  }

  static func woods<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: stride(from: 0, to: x.count, by: 4)) { i in wood(Array(x[i..<(i + 4)])) }
  }

  static func engval1<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in
      let square = pow(x[i], 2) + pow(x[i + 1], 2)
      return pow(square, 2) - 4 * x[i] + 3
    }
  }

  static func edensch<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    16
      + sum(over: 0..<(x.count - 1)) { i in
        let product = x[i] * x[i + 1] - 2 * x[i + 1]
        return pow(x[i] - 2, 4) + pow(product, 2) + pow(x[i + 1] + 1, 2)
      }
  }

  static func curly10<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in
      let q = sum(over: i...Swift.min(i + 10, x.count - 1)) { x[$0] }
      return pow(q, 4) - 20 * pow(q, 2) - 0.1 * q
    }
  }

  static func genhumps<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in humps([x[i], x[i + 1]]) }
  }

  static func cosine<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in cos(pow(x[i], 2) - x[i + 1] / 2) }
  }

  static func scosine<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    cosine(scaled(x))
  }

  static func brybnd<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    return sum(over: 0..<n) { i in
      let isInside = 5 <= i && i < n - 2
      let others = sum(over: Swift.max(0, i - 5)...Swift.min(n - 1, i + 1)) { j -> N in
        if j == i { return 0 }
        return x[j] + pow(x[j], isInside && j < i ? 3 : 2)
      }
      return pow(2 * x[i] + 5 * pow(x[i], isInside ? 2 : 3) - others, 2)
    }
  }

  static func sbrybnd<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    brybnd(scaled(x))
  }

  /// The variables times factors from 1 to e¹² in equal ratios.
  private static func scaled<N: DifferentiableNumber>(_ x: [N]) -> [N] where N.Scalar == Double {
    x.indices.map { i in N(Double.exp(12 * Double(i) / Double(x.count - 1))) * x[i] }
  }

  static func fletcbv2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let h² = N(1 / Double((n + 1) * (n + 1)))
    let differences = sum(over: 0..<(n - 1)) { i in pow(x[i] - x[i + 1], 2) }
    let quadratic = (pow(x[0], 2) + differences + pow(x[n - 1], 2)) / 2
    let load = sum(over: x.indices) { i in 2 * x[i] + cos(x[i]) }
    return quadratic - x[n - 1] - h² * load
  }

  static func ncb20b<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let quartics = sum(over: 0..<n) { i in 100 * pow(x[i], 4) + 2 }
    let bands = sum(over: 0...(n - 20)) { i in
      let quotients = sum(over: i..<(i + 20)) { j in x[j] / (1 + pow(x[j], 2)) }
      let linear = sum(over: i..<(i + 20)) { x[$0] }
      return N(10 / Double(i + 1)) * pow(quotients, 2) - 0.2 * linear
    }
    return quartics + bands
  }

  static func schmvett<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 2)) { i in
      let (u, v, w) = (x[i], x[i + 1], x[i + 2])
      let bump = 1 / (1 + pow(u - v, 2))
      let wave = sin((3.14159265 * v + w) / 2)
      let bell = exp(-pow((u + w) / v - 2, 2))
      return -bump - wave - bell
    }
  }
}
