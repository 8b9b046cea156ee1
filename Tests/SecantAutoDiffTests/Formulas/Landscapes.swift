import SecantAutoDiff
import SecantProblems

extension Formulas {
  static var landscapes: [Entry] {
    [
      ("Himmelblau", .himmelblau, himmelblau, himmelblau),
      ("Booth", .booth, booth, booth),
      ("Matyas", .matyas, matyas, matyas),
      ("Styblinski–Tang", .styblinskiTang, styblinskiTang, styblinskiTang),
    ]
  }

  static func himmelblau<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(pow(x[0], 2) + x[1] - 11, 2) + pow(x[0] + pow(x[1], 2) - 7, 2)
  }

  static func booth<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    pow(x[0] + 2 * x[1] - 7, 2) + pow(2 * x[0] + x[1] - 5, 2)
  }

  static func matyas<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    0.26 * (pow(x[0], 2) + pow(x[1], 2)) - 0.48 * x[0] * x[1]
  }

  static func styblinskiTang<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: x.indices) { i in pow(x[i], 4) - 16 * pow(x[i], 2) + 5 * x[i] } / 2
  }

  /// ``Rosenbrock``, of any number of variables.
  static func chainedRosenbrock<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
    sum(over: 0..<(x.count - 1)) { i in
      100 * pow(x[i + 1] - pow(x[i], 2), 2) + pow(1 - x[i], 2)
    }
  }

  /// ½ (x − x*)ᵀ (I − 2uuᵀ) D (I − 2uuᵀ) (x − x*), where u is the second vector drawn from the seed.
  struct Quadratic {
    let eigenvalues, minimiser, mirror: [Double]

    init(_ problem: SecantProblems.Quadratic<Double>, seed: UInt64?) {
      eigenvalues = Array(problem.eigenvalues)
      minimiser = Array(problem.minimiser)
      var u = Vector<Double>(zeros: minimiser.count)
      if let seed {
        var generator = RandomGenerator(seed: seed)
        for _ in 0..<2 { generator.fillNormal(&u) }
        u.scale(by: 1 / u.norm)
      }
      mirror = Array(u)
    }

    func value<N: DifferentiableNumber>(_ x: [N]) -> N where N.Scalar == Double {
      let s = x.indices.map { x[$0] - N(minimiser[$0]) }
      let uᵀs = sum(over: s.indices) { N(mirror[$0]) * s[$0] }
      return sum(over: s.indices) { i in
        N(eigenvalues[i]) * pow(s[i] - 2 * N(mirror[i]) * uᵀs, 2)
      } / 2
    }
  }
}
