import Foundation

extension TestProblem {
  /// MGH 1, Rosenbrock 1960: a curved valley.
  public static var rosenbrock: TestProblem {
    TestProblem(
      "Rosenbrock", "MGH 1", start: [-1.2, 1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in
      f.square(10 * (x[1] - x[0] * x[0])) { r in
        r[0] = -20 * x[0]
        r[1] = 10
        r[0, 0] = -20
      }
      f.square(1 - x[0]) { r in r[0] = -1 }
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
}
