import SecantAutoDiff
import SecantProblems

// Variables meet that lie far apart.

extension Formulas {
  static func dixmaan<N: DifferentiableNumber>(_ letter: TestProblem<Double>.DixonMaany, _ x: [N]) -> N
  where N.Scalar == Double {
    let n = x.count
    let m = n / 3
    let index = TestProblem<Double>.DixonMaany.allCases.firstIndex(of: letter)!
    // A, E, I and M have the same constants, and so on; the powers change from A–D to E–H, …
    let (β, γ) = [(0, 0.125), (0.0625, 0.0625), (0.125, 0.125), (0.26, 0.26)][index % 4]
    let k = [[0, 0, 0, 0], [1, 0, 0, 1], [2, 0, 0, 2], [2, 1, 1, 2]][index / 4]
    func weight(_ i: Int, _ term: Int, _ factor: Double) -> N {
      N(factor * Double.pow(Double(i + 1) / Double(n), k[term]))
    }
    let squares = sum(over: 0..<n) { i in weight(i, 0, 1) * pow(x[i], 2) }
    let neighbours = sum(over: 0..<(n - 1)) { i in
      weight(i, 1, β) * pow(x[i] * (x[i + 1] + pow(x[i + 1], 2)), 2)
    }
    let sextics = sum(over: 0..<(2 * m)) { i in weight(i, 2, γ) * pow(x[i], 2) * pow(x[i + m], 4) }
    let products = sum(over: 0..<m) { i in weight(i, 3, γ) * x[i] * x[i + 2 * m] }
    return 1 + squares + neighbours + sextics + products
  }

  static func noncvxu2<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    nonconvex(x) { i in (3 * i - 2, 7 * i - 3) }
  }

  static func noncvxun<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    nonconvex(x) { i in (2 * i - 1, 3 * i - 1) }
  }

  /// Σ s² + 4 cos s of sums of three variables, i and two partners.
  private static func nonconvex<N: DifferentiableNumber>(_ x: [N], partners: (Int) -> (Int, Int)) -> N {
    sum(over: x.indices) { i in
      let (j, k) = partners(i + 1)
      let s = x[i] + x[j % x.count] + x[k % x.count]
      return pow(s, 2) + 4 * cos(s)
    }
  }

  static func sparsine<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    scatteredSquares(x) { sin($0) }
  }

  static func sparsqur<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    scatteredSquares(x) { pow($0, 2) / 2 }
  }

  /// ½ Σ i(Σ φ(xⱼ))² over the six multiples j of i, modulo n.
  private static func scatteredSquares<N: DifferentiableNumber>(_ x: [N], _ φ: (N) -> N) -> N
  where N.Scalar == Double {
    sum(over: 1...x.count) { i in
      let s = sum(over: [1, 2, 3, 5, 7, 11]) { k in φ(x[(k * i - 1) % x.count]) }
      return N(Double(i)) * pow(s, 2)
    } / 2
  }
}
