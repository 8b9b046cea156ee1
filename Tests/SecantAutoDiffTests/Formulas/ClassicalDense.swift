import SecantAutoDiff

// The Hessian is dense.

extension Formulas {
  static func hilberta<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in
      x[i] * sum(over: x.indices) { j in x[j] / N(Double(i + j + 1)) }
    } / 2
  }

  static func hilbertb<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    hilberta(x) + 5 * sumOfSquares(x)
  }

  static func mancino<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count
    return sum(over: 1...n) { i in
      let others = sum(over: 1...n) { j -> N in
        if j == i { return 0 }
        let v = sqrt(pow(x[j - 1], 2) + N(Double(i) / Double(j)))
        return v * (pow(sin(log(v)), 5) + pow(cos(log(v)), 5))
      }
      let shift = Double.pow(Double(i) - Double(n) / 2, 3)
      return pow(N(14 * Double(n)) * x[i - 1] - N(shift) + others, 2)
    }
  }

  static func sensors<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    -sum(over: x.indices) { i in
      sum(over: x.indices) { j in pow(sin(x[i]) * sin(x[j]) * sin(x[i] - x[j]), 2) }
    }
  }

  static func vareigvl<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    let n = x.count - 1
    let μ = x[n]
    let residuals = (1...n).map { i in
      let row = sum(over: Swift.max(1, i - 6)...Swift.min(n, i + 6)) { j in
        let bell = Double.exp(-Double.pow(Double(i - j), 2) / Double(n * n))
        return N(Double.sin(Double(i * j)) * bell) * x[j - 1]
      }
      return row - μ * x[i - 1]
    }
    let norm = sqrt(sumOfSquares(Array(x[..<n])))
    return sumOfSquares(residuals) / 2 + pow(norm, 3) / 1.5
  }
}
