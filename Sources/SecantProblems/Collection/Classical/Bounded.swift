import Foundation
public import Secant

/// More problems with bounds, from CUTEst. The function is ``Bounded/base``, which has the name, the start and the
/// published minima.
///
/// Where the published start lies outside of the bounds, a run begins at the nearest point inside.
extension TestProblem {
  private func between(_ lower: [Double], _ upper: [Double]) -> Bounded<TestProblem> {
    bounded(from: Vector(lower.map { Scalar($0) }), to: Vector(upper.map { Scalar($0) }))
  }

  private func between(_ lower: Double, _ upper: Double) -> Bounded<TestProblem> {
    bounded(from: Scalar(lower), to: Scalar(upper), count: start.count)
  }

  // MARK: A few variables

  /// Hock and Schittkowski 25: 99 observations of a distribution, nearly flat at the start.
  public static var hs25: Bounded<TestProblem> {
    TestProblem("HS25", "HS 25", start: [100, 12.5, 3], minima: [0]) { x, f in
      for i in 1...99 {
        let t = 0.01 * Double(i)
        let w = 25 + pow(-50 * log(t), 0.66666666666) - x[1]  // the exponent as in CUTEst
        let (q, L) = (pow(w, x[2]) / x[0], log(w))
        let e = exp(-q)
        f.square(.init(e - t, -e, e)) { α in
          α[0] = -q / x[0]
          α[1] = -x[2] * q / w
          α[2] = q * L
          α[0, 0] = 2 * q / (x[0] * x[0])
          α[0, 1] = x[2] * q / (w * x[0])
          α[0, 2] = -q * L / x[0]
          α[1, 1] = x[2] * (x[2] - 1) * q / (w * w)
          α[1, 2] = -q / w * (1 + x[2] * L)
          α[2, 2] = q * L * L
        }
      }
    }
    .between([0.1, 0, 0], [100, 25.6, 5])
  }

  /// (x₁ − 1)² + Σ (xᵢ₋₁ − √xᵢ)² with xᵢ ≥ 10⁻⁷, problem A of the optimisation centre at Hatfield.
  public static var hatflda: Bounded<TestProblem> {
    hatfield("HATFLDA", minima: [0]).between(1e-7, .infinity)
  }

  /// ``hatflda`` with x₂ ≤ 0.8.
  public static var hatfldb: Bounded<TestProblem> {
    hatfield("HATFLDB", minima: [5.57281e-3])
      .between([1e-7, 1e-7, 1e-7, 1e-7], [.infinity, 0.8, .infinity, .infinity])
  }

  private static func hatfield(_ name: String, minima: [Double]) -> TestProblem {
    TestProblem(name, "CUTEst", start: [0.1, 0.1, 0.1, 0.1], minima: minima) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 1..<4 {
        let root = x[i].squareRoot()
        f.square(x[i - 1] - root) { r in
          r[i - 1] = 1
          r[i] = -0.5 / root
          r[i, i] = 0.25 / (x[i] * root)
        }
      }
    }
  }

  /// (x₁ − 1)² + Σ (xᵢ₊₁ − xᵢ²)² + (xₙ − 1)², all but xₙ between 0 and 10, problem C of the optimisation centre at Hatfield.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func hatfldc(_ n: Int = 25) -> Bounded<TestProblem> {
    precondition(n >= 3, "HATFLDC of \(n) variables: give at least 3")
    return TestProblem(
      "HATFLDC", "CUTEst", start: [Double](repeating: 0.9, count: n), minima: [0]
    ) { x, f in
      for i in [0, n - 1] { f.square(x[i] - 1) { r in r[i] = 1 } }
      for i in 2..<n { addValley(x, i, weight: 1, to: &f) }
    }
    .between(
      [Double](repeating: 0, count: n - 1) + [-.infinity], [Double](repeating: 10, count: n - 1) + [.infinity]
    )
  }

  /// x₂ + (x₂ − x₁)² + (2x₁ + x₂)² with 0 ≤ x₂ ≤ ½.
  public static var simbqp: Bounded<TestProblem> {
    TestProblem("SIMBQP", "CUTEst", start: [10, 1], minima: [0]) { x, f in
      f.add(x[1]) { α in α[1] = 1 }
      for factor in [-1.0, 2] {
        f.square(factor * x[0] + x[1]) { r in
          r[0] = factor
          r[1] = 1
        }
      }
    }
    .between([-.infinity, 0], [.infinity, 0.5])
  }

  /// The logarithm of 1 + 10⁴(x₂ − x₁²)² + (1 − x₁)² in the positive quarter.
  public static var logros: Bounded<TestProblem> {
    TestProblem("LOGROS", "CUTEst", start: [-1.2, 1], minima: [0]) { x, f in
      let (c, d) = (x[1] - x[0] * x[0], 1 - x[0])
      f.add(.logarithm(1 + 1e4 * c * c + d * d)) { α in
        α[0] = -4e4 * c * x[0] - 2 * d
        α[1] = 2e4 * c
        α[0, 0] = 8e4 * x[0] * x[0] - 4e4 * c + 2
        α[0, 1] = -4e4 * x[0]
        α[1, 1] = 2e4
      }
    }
    .between(0, .infinity)
  }

  /// 100(sin x₁ − x₂)² + x₁ with x₁ ≥ 0: the valley of a sine ends at the bound.
  public static var mdhole: Bounded<TestProblem> {
    TestProblem("MDHOLE", "CUTEst", start: [10, 1], minima: [0]) { x, f in
      let s = sin(x[0])
      f.square(10 * (s - x[1])) { r in
        r[0] = 10 * cos(x[0])
        r[1] = -10
        r[0, 0] = -10 * s
      }
      f.add(x[0]) { α in α[0] = 1 }
    }
    .between([0, -.infinity], [.infinity, .infinity])
  }

  /// Hartman's function of six variables in the unit cube: four wells.
  public static var hart6: Bounded<TestProblem> {
    TestProblem(
      "HART6", "CUTEst", start: [Double](repeating: 0.2, count: 6), minima: [-3.32288689158, -3.20316]
    ) { x, f in
      for i in 0..<4 {
        let (a, p) = (Hartman.a[i], Hartman.p[i])
        var s = 0.0
        for j in 0..<6 { s += a[j] * (x[j] - p[j]) * (x[j] - p[j]) }
        f.add(-Hartman.c[i] * .exponential(-s)) { α in
          for j in 0..<6 {
            α[j] = -2 * a[j] * (x[j] - p[j])
            α[j, j] = -2 * a[j]
          }
        }
      }
    }
    .between(0, 1)
  }

  // MARK: Any number of variables

  /// ``chebyquad(_:residualCount:)`` in the unit cube.
  ///
  /// - Parameter n: how many variables.
  public static func chebyqad(_ n: Int = 8) -> Bounded<TestProblem> { chebyquad(n).between(0, 1) }

  /// (x₁ − 1)² + Σ 4(xᵢ − xᵢ₋₁²)² with |xᵢ| ≤ 100 and x₁, x₃, … ≥ 1: bounds that hold the answer and exert no force.
  ///
  /// - Parameter n: how many variables.
  public static func nonscomp(_ n: Int = 50) -> Bounded<TestProblem> {
    precondition(n >= 1, "NONSCOMP of \(n) variables: give at least 1")
    return TestProblem(
      "NONSCOMP", "CUTEst", start: [Double](repeating: 3, count: n), minima: [0]
    ) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 1..<max(1, n) { addValley(x, i, weight: 2, to: &f) }
    }
    .between(
      (0..<n).map { $0.isMultiple(of: 2) ? 1 : -100 }, [Double](repeating: 100, count: n))
  }

  /// Exponentials of products of neighbours, Σ exp(xᵢxᵢ₊₁/10) over the first m, beside −10 Σ ixᵢ; 0 ≤ xᵢ ≤ 10.
  ///
  /// - Parameters:
  ///   - n: how many variables.
  ///   - m: how many exponentials, fewer than n.
  public static func explin(_ n: Int = 60, _ m: Int = 10) -> Bounded<TestProblem> {
    precondition(0 <= m && m < n, "EXPLIN of \(n) variables and \(m) exponentials: give fewer of these")
    return TestProblem("EXPLIN", "CUTEst", start: [Double](repeating: 0, count: n)) { x, f in
      for i in 0..<n {
        let slope = -10 * Double(i + 1)
        f.add(slope * x[i]) { α in α[i] = slope }
      }
      for i in 0..<m {
        f.add(.exponential(0.1 * x[i] * x[i + 1])) { α in
          α[i] = 0.1 * x[i + 1]
          α[i + 1] = 0.1 * x[i]
          α[i, i + 1] = 0.1
        }
      }
    }
    .between(0, 10)
  }

  /// A convex quadratic with five diagonals, x ≥ 0, at whose minimum all variables but two are 0.
  ///
  /// - Parameter n: how many variables; an even number, at least 8.
  public static func pentdi(_ n: Int = 50) -> Bounded<TestProblem> {
    precondition(n >= 8 && n.isMultiple(of: 2), "PENTDI of \(n) variables: give an even number, at least 8")
    var b = [Double](repeating: 0, count: n)
    (b[0], b[1], b[n / 2 - 2], b[n / 2 - 1], b[n / 2]) = (-3, 1, 1, -3, 4)
    for i in (n / 2 + 2)..<n { b[i] = 1 }
    let linear = b
    return TestProblem("PENTDI", "CUTEst", start: [Double](repeating: 0, count: n), minima: [-0.75]) { x, f in
      for i in 0..<n {
        f.add(6 * x[i] * x[i] + linear[i] * x[i]) { α in
          α[i] = 12 * x[i] + linear[i]
          α[i, i] = 12
        }
      }
      for i in 0..<(n - 2) {
        f.add(x[i] * (x[i + 2] - 4 * x[i + 1])) { α in
          α[i] = x[i + 2] - 4 * x[i + 1]
          α[i + 1] = -4 * x[i]
          α[i + 2] = x[i]
          α[i, i + 1] = -4
          α[i, i + 2] = 1
        }
      }
    }
    .between(0, .infinity)
  }

  /// A factor L with two diagonals for which LTLᵀ is nearly the identity, T a matrix with five; the diagonal of L is
  /// at least 10⁻⁸. The variables are the two diagonals in turns. As in CUTEst, the second diagonal of LTLᵀ lacks a
  /// term.
  ///
  /// - Parameter n: how many rows, at least 4; there are 2n − 1 variables.
  public static func linverse(_ n: Int = 10) -> Bounded<TestProblem> {
    precondition(n >= 4, "LINVERSE with \(n) rows: give at least 4")
    let minima = [10: 6.0, 100: 68, 500: 340]
    let count = 2 * n - 1
    return TestProblem(
      "LINVERSE", "CUTEst", start: [Double](repeating: -1, count: count), minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      func T(_ i: Int, _ j: Int) -> Double { sin(Double(max(i, j) + 1)) * cos(Double(min(i, j) + 1)) }
      for i in 0..<n {
        for j in max(0, i - 2)...i {
          let root = i == j ? 1 : 2.0.squareRoot()
          // Row i of L has its diagonal at 2i and the element beside it at 2i − 1.
          var terms = [(2 * i, 2 * j, T(i, j))]
          if i > 0 { terms.append((2 * i - 1, 2 * j, T(i - 1, j))) }
          if j > 0 && j > i - 2 {
            terms.append((2 * i, 2 * j - 1, T(i, j - 1)))
            terms.append((2 * i - 1, 2 * j - 1, T(i - 1, j - 1)))
          }
          var s = i == j ? -1.0 : 0
          for (a, b, t) in terms { s += t * x[a] * x[b] }
          f.square(root * s) { r in
            // Each variable once, so that the Hessian is symmetric to the last bit.
            for k in max(0, 2 * j - 1)...(2 * i) where k >= 2 * i - 1 || k <= 2 * j {
              var slope = 0.0
              for (a, b, t) in terms {
                if a == k { slope += t * x[b] }
                if b == k { slope += t * x[a] }
              }
              r[k] = root * slope
            }
            for (a, b, t) in terms { r[a, b] = a == b ? 2 * root * t : root * t }
          }
        }
      }
    }
    .between(
      (0..<count).map { $0.isMultiple(of: 2) ? 1e-8 : -.infinity },
      [Double](repeating: .infinity, count: count))
  }

  /// These, those of any size at a moderate one.
  public static var boundedClassical: [Bounded<TestProblem>] {
    [
      hs25, hatflda, hatfldb, hatfldc(), simbqp, logros, mdhole, hart6, chebyqad(), nonscomp(), explin(),
      pentdi(),
      linverse(),
    ]
  }
}

private enum Hartman {
  static let c = [1, 1.2, 3, 3.2]
  static let a: [[Double]] = [
    [10, 0.05, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
    [17, 8, 0.05, 10, 0.1, 14],
  ]
  static let p: [[Double]] = [
    [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
    [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
  ]
}
