import Foundation

extension TestProblem {
  /// MGH 1, Rosenbrock 1960: a curved valley.
  public static var rosenbrock: TestProblem {
    TestProblem(
      "Rosenbrock", "MGH 1", start: [-1.2, 1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in addRosenbrock(x, at: 0, to: &f) }
  }

  /// MGH 2, Freudenstein and Roth 1963: the start leads most methods to the local minimum.
  public static var freudensteinRoth: TestProblem {
    TestProblem(
      "Freudenstein–Roth", "MGH 2", start: [0.5, -2], minima: [0, 48.9842], startFactors: [1, 10, 100]
    ) { x, f in
      let z = x[1]
      f.square(-13 + x[0] + ((5 - z) * z - 2) * z) { r in
        r[0] = 1
        r[1] = (10 - 3 * z) * z - 2
        r[1, 1] = 10 - 6 * z
      }
      f.square(-29 + x[0] + ((z + 1) * z - 14) * z) { r in
        r[0] = 1
        r[1] = (3 * z + 2) * z - 14
        r[1, 1] = 6 * z + 2
      }
    }
  }

  /// MGH 3, Powell 1970: badly scaled, with the minimum at (1.098·10⁻⁵, 9.106).
  public static var powellBadlyScaled: TestProblem {
    TestProblem(
      "Powell badly scaled", "MGH 3", start: [0, 1], minima: [0], startFactors: [1, 10]
    ) { x, f in
      f.square(1e4 * x[0] * x[1] - 1) { r in
        r[0] = 1e4 * x[1]
        r[1] = 1e4 * x[0]
        r[0, 1] = 1e4
      }
      let (e0, e1) = (exp(-x[0]), exp(-x[1]))
      f.square(e0 + e1 - 1.0001) { r in
        r[0] = -e0
        r[1] = -e1
        r[0, 0] = e0
        r[1, 1] = e1
      }
    }
  }

  /// MGH 4, Brown badly scaled: the variables differ by twelve orders of magnitude at the minimum (10⁶, 2·10⁻⁶).
  public static var brownBadlyScaled: TestProblem {
    TestProblem(
      "Brown badly scaled", "MGH 4", start: [1, 1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in
      f.square(x[0] - 1e6) { r in r[0] = 1 }
      f.square(x[1] - 2e-6) { r in r[1] = 1 }
      f.square(x[0] * x[1] - 2) { r in
        r[0] = x[1]
        r[1] = x[0]
        r[0, 1] = 1
      }
    }
  }

  /// MGH 5, Beale 1958: f falls towards infinity as well as towards (3, 0.5).
  public static var beale: TestProblem {
    TestProblem(
      "Beale", "MGH 5", start: [1, 1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in
      let z = x[1]
      f.square(1.5 - x[0] * (1 - z)) { r in
        r[0] = z - 1
        r[1] = x[0]
        r[0, 1] = 1
      }
      f.square(2.25 - x[0] * (1 - z * z)) { r in
        r[0] = z * z - 1
        r[1] = 2 * x[0] * z
        r[0, 1] = 2 * z
        r[1, 1] = 2 * x[0]
      }
      f.square(2.625 - x[0] * (1 - z * z * z)) { r in
        r[0] = z * z * z - 1
        r[1] = 3 * x[0] * z * z
        r[0, 1] = 3 * z * z
        r[1, 1] = 6 * x[0] * z
      }
    }
  }

  /// MGH 6, Jennrich and Sampson 1968, m = 10: large residuals at the minimum x₁ = x₂ = 0.2578.
  public static var jennrichSampson: TestProblem {
    TestProblem("Jennrich–Sampson", "MGH 6", start: [0.3, 0.4], minima: [124.362]) { x, f in
      for k in 1...10 {
        let i = Double(k)
        let (e0, e1) = (exp(i * x[0]), exp(i * x[1]))
        f.square(2 + 2 * i - (e0 + e1)) { r in
          r[0] = -i * e0
          r[1] = -i * e1
          r[0, 0] = -i * i * e0
          r[1, 1] = -i * i * e1
        }
      }
    }
  }
}

/// The two residuals of Rosenbrock's function in the variables i and i + 1.
@inline(__always) func addRosenbrock(_ x: UnsafePointer<Double>, at i: Int, to f: inout ElementSum) {
  f.square(10 * (x[i + 1] - x[i] * x[i])) { r in
    r[i] = -20 * x[i]
    r[i + 1] = 10
    r[i, i] = -20
  }
  f.square(1 - x[i]) { r in r[i] = -1 }
}
