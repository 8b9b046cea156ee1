import SecantAutoDiff
import SecantProblems

extension Formulas {
  /// The functions of the classical problems with bounds.
  static var boundedClassical: [Entry] {
    [
      ("HS25", TestProblem.hs25.base, hs25, hs25),
      ("HATFLDA", TestProblem.hatflda.base, hatfield, hatfield),
      ("HATFLDB", TestProblem.hatfldb.base, hatfield, hatfield),
      ("HATFLDC", TestProblem.hatfldc().base, hatfldc, hatfldc),
      ("SIMBQP", TestProblem.simbqp.base, simbqp, simbqp),
      ("LOGROS", TestProblem.logros.base, logros, logros),
      ("MDHOLE", TestProblem.mdhole.base, mdhole, mdhole),
      ("HART6", TestProblem.hart6.base, hart6, hart6),
      ("CHEBYQAD", TestProblem.chebyqad().base, chebyquad, chebyquad),
      ("NONSCOMP", TestProblem.nonscomp().base, nonscomp, nonscomp),
      ("EXPLIN", TestProblem.explin().base, explin, explin),
      ("PENTDI", TestProblem.pentdi().base, pentdi, pentdi),
      ("LINVERSE", TestProblem.linverse().base, linverse, linverse),
    ]
  }

  static func hs25<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 1...99) { i in
      let t = 0.01 * Double(i)
      let u = 25 + Double.pow(-50 * Double.log(t), 0.66666666666)
      return pow(exp(-pow(N(u) - x[1], x[2]) / x[0]) - N(t), 2)
    }
  }

  static func hatfield<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] - 1, 2) + sum(over: 1..<x.count) { i in pow(x[i - 1] - sqrt(x[i]), 2) }
  }

  static func hatfldc<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    let ends = pow(x[0] - 1, 2) + pow(x[n - 1] - 1, 2)
    return ends + sum(over: 1..<(n - 1)) { i in pow(x[i + 1] - pow(x[i], 2), 2) }
  }

  static func simbqp<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    x[1] + pow(x[1] - x[0], 2) + pow(2 * x[0] + x[1], 2)
  }

  static func logros<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let valley = 1e4 * pow(x[1] - pow(x[0], 2), 2)
    return log(1 + valley + pow(1 - x[0], 2))
  }

  static func mdhole<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    100 * pow(sin(x[0]) - x[1], 2) + x[0]
  }

  static func hart6<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let c = [1, 1.2, 3, 3.2]
    let a = [
      [10, 0.05, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let p = [
      [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
      [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
    ]
    return -sum(over: 0..<4) { i in
      let distance = sum(over: 0..<6) { j in N(a[i][j]) * pow(x[j] - N(p[i][j]), 2) }
      return N(c[i]) * exp(-distance)
    }
  }

  static func nonscomp<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] - 1, 2) + 4 * sum(over: 1..<x.count) { i in pow(x[i] - pow(x[i - 1], 2), 2) }
  }

  /// With ten exponentials.
  static func explin<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let linear = sum(over: x.indices) { i in N(Double(i + 1)) * x[i] }
    return sum(over: 0..<10) { i in exp(0.1 * x[i] * x[i + 1]) } - 10 * linear
  }

  static func pentdi<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let (n, middle) = (x.count, x.count / 2)
    let linear = -3 * x[0] + x[1] + x[middle - 2] - 3 * x[middle - 1] + 4 * x[middle]
    let rest = sum(over: (middle + 2)..<n) { x[$0] }
    let squares = 6 * sumOfSquares(x)
    let products = sum(over: 0..<(n - 2)) { i in x[i] * x[i + 2] - 4 * x[i] * x[i + 1] }
    return linear + rest + squares + products
  }

  /// ‖LTLᵀ − I‖² over the five diagonals of T, where the second diagonal of LTLᵀ lacks its last term.
  static func linverse<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = (x.count + 1) / 2
    func L(_ i: Int, _ a: Int) -> N { a < 0 ? 0 : a == i ? x[2 * i] : x[2 * i - 1] }
    func T(_ a: Int, _ b: Int) -> Double {
      Double.sin(Double(Swift.max(a, b) + 1)) * Double.cos(Double(Swift.min(a, b) + 1))
    }
    return sum(over: 0..<n) { i in
      sum(over: Swift.max(0, i - 2)...i) { j in
        var entry = N.zero
        for a in [i, i - 1] {
          for b in [j, j - 1] where Swift.abs(a - b) <= 2 && !(a == i - 1 && b == i - 3) {
            entry += L(i, a) * N(T(a, b)) * L(j, b)
          }
        }
        return i == j ? pow(entry - 1, 2) : 2 * pow(entry, 2)
      }
    }
  }
}
