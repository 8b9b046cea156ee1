import Foundation

extension TestProblem {
  /// MGH 21, Spedicato 1975: n/2 copies of Rosenbrock's function.
  ///
  /// - Parameter n: how many variables; an even number.
  public static func extendedRosenbrock(_ n: Int = 10) -> TestProblem {
    precondition(n >= 2 && n.isMultiple(of: 2), "extended Rosenbrock of \(n) variables: give an even number")
    return TestProblem(
      "extended Rosenbrock", "MGH 21", start: (0..<n).map { $0.isMultiple(of: 2) ? -1.2 : 1 }, minima: [0],
      startFactors: [1, 10, 100]
    ) { x, f in
      for i in stride(from: 0, to: n, by: 2) { addRosenbrock(x, at: i, to: &f) }
    }
  }

  /// MGH 22, Spedicato 1975: n/4 copies of Powell's singular function.
  ///
  /// - Parameter n: how many variables; a multiple of 4.
  public static func extendedPowellSingular(_ n: Int = 12) -> TestProblem {
    precondition(n >= 4 && n.isMultiple(of: 4), "extended Powell of \(n) variables: give a multiple of 4")
    return TestProblem(
      "extended Powell singular", "MGH 22", start: (0..<n).map { [3, -1, 0, 1][$0 % 4] }, minima: [0],
      startFactors: [1, 10, 100]
    ) { x, f in
      for i in stride(from: 0, to: n, by: 4) { addPowellSingular(x, at: i, to: &f) }
    }
  }

  /// MGH 23, Gill, Murray and Pitfield 1972: ‖x‖² = ¼ as a penalty, beside 10⁻⁵‖x − 1‖².
  ///
  /// - Parameter n: how many variables; the paper gives the minima for 4 and 10.
  public static func penaltyI(_ n: Int = 4) -> TestProblem {
    precondition(n >= 1, "penalty I of \(n) variables: give at least 1")
    let minima = [4: 2.24997e-5, 10: 7.08765e-5]
    let weight = 1e-5.squareRoot()
    return TestProblem(
      "penalty I", "MGH 23", start: (1...n).map { Double($0) }, minima: minima[n].map { [$0] } ?? [],
      startFactors: [1, 10, 100], width: n
    ) { x, f in
      var s = -0.25
      for j in 0..<n {
        f.square(weight * (x[j] - 1)) { r in r[j] = weight }
        s += x[j] * x[j]
      }
      f.square(s) { r in
        for j in 0..<n {
          r[j] = 2 * x[j]
          r[j, j] = 2
        }
      }
    }
  }

  /// MGH 24, Gill, Murray and Pitfield 1972: a weighted ‖x‖² = 1 as a penalty, beside a sum of exponentials.
  ///
  /// - Parameter n: how many variables; the paper gives the minima for 4 and 10.
  public static func penaltyII(_ n: Int = 4) -> TestProblem {
    precondition(n >= 1, "penalty II of \(n) variables: give at least 1")
    let minima = [4: 9.37629e-6, 10: 2.93660e-4]
    let weight = 1e-5.squareRoot()
    let y = (0..<n).map { exp(Double($0 + 1) / 10) + exp(Double($0) / 10) }
    return TestProblem(
      "penalty II", "MGH 24", start: [Double](repeating: 0.5, count: n), minima: minima[n].map { [$0] } ?? [],
      startFactors: [1, 10, 100], width: n
    ) { x, f in
      f.square(x[0] - 0.2) { r in r[0] = 1 }
      for i in 1..<max(1, n) {
        let (e, before) = (exp(x[i] / 10), exp(x[i - 1] / 10))
        f.square(weight * (e + before - y[i])) { r in
          r[i] = weight * e / 10
          r[i - 1] = weight * before / 10
          r[i, i] = weight * e / 100
          r[i - 1, i - 1] = weight * before / 100
        }
      }
      for i in 1..<max(1, n) {
        let e = exp(x[i] / 10)
        f.square(weight * (e - exp(-0.1))) { r in
          r[i] = weight * e / 10
          r[i, i] = weight * e / 100
        }
      }
      var s = -1.0
      for j in 0..<n { s += Double(n - j) * x[j] * x[j] }
      f.square(s) { r in
        for j in 0..<n {
          r[j] = 2 * Double(n - j) * x[j]
          r[j, j] = 2 * Double(n - j)
        }
      }
    }
  }

  /// MGH 25: ‖x − 1‖² and the square and fourth power of Σ j(xⱼ − 1).
  ///
  /// - Parameter n: how many variables.
  public static func variablyDimensioned(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "the variably dimensioned function of \(n) variables: give at least 1")
    return TestProblem(
      "variably dimensioned", "MGH 25", start: (1...n).map { 1 - Double($0) / Double(n) }, minima: [0],
      startFactors: [1, 10, 100], width: n
    ) { x, f in
      var s = 0.0
      for j in 0..<n {
        f.square(x[j] - 1) { r in r[j] = 1 }
        s += Double(j + 1) * (x[j] - 1)
      }
      f.square(s) { α in for j in 0..<n { α[j] = Double(j + 1) } }
      f.square(ElementSum.Outer(s * s, 2 * s, 2)) { α in for j in 0..<n { α[j] = Double(j + 1) } }
    }
  }

  /// MGH 26, Spedicato 1975: many local minima, 2.79506·10⁻⁵ among those for n = 10.
  ///
  /// - Parameter n: how many variables.
  public static func trigonometric(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "the trigonometric function of \(n) variables: give at least 1")
    return TestProblem(
      "trigonometric", "MGH 26", start: [Double](repeating: 1 / Double(n), count: n),
      minima: n == 10 ? [0, 2.79506e-5] : [0], startFactors: [1, 10, 100], width: n + 1
    ) { x, f in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 2 * n) { table in
        var sum = Double(n)
        for j in 0..<n {
          table[j] = cos(x[j])
          table[n + j] = sin(x[j])
          sum -= table[j]
        }
        for i in 0..<n {
          let (c, s, weight) = (table[i], table[n + i], Double(i + 1))
          f.square(sum + weight * (1 - c) - s) { r in
            for j in 0..<n {
              r[j] = table[n + j]
              r[j, j] = table[j]
            }
            r[i] = weight * s - c
            r[i, i] = weight * c + s
          }
        }
      }
    }
  }

  /// MGH 27, Brown 1969: n − 1 linear equations and a product; 1 is a local minimum at (0, …, 0, n + 1).
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func brownAlmostLinear(_ n: Int = 10) -> TestProblem {
    precondition(n >= 2, "Brown's almost linear function of \(n) variables: give at least 2")
    return TestProblem(
      "Brown almost linear", "MGH 27", start: [Double](repeating: 0.5, count: n), minima: [0, 1],
      startFactors: [1, 10, 100], width: n + 1
    ) { x, f in
      var (sum, product) = (-Double(n + 1), 1.0)
      for j in 0..<n {
        sum += x[j]
        product *= x[j]
      }
      for i in 0..<(n - 1) {
        f.square(x[i] + sum) { r in
          for j in 0..<n { r[j] = 1 }
          r[i] = 1
        }
      }
      f.square(product - 1) { r in
        // Products of all but one and but two variables, without a division that could be by zero.
        withUnsafeTemporaryAllocation(of: Double.self, capacity: n + 1) { behind in
          behind[n] = 1
          for j in stride(from: n - 1, through: 0, by: -1) { behind[j] = x[j] * behind[j + 1] }
          var before = 1.0
          for j in 0..<n {
            r[j] = before * behind[j + 1]
            var between = before
            for k in (j + 1)..<max(j + 1, n) {
              r[j, k] = between * behind[k + 1]
              between *= x[k]
            }
            before *= x[j]
          }
        }
      }
    }
  }

  /// MGH 28, Moré and Cosnard 1979: u″ = ½(u + t + 1)³ in differences, u(0) = u(1) = 0.
  ///
  /// - Parameter n: how many points inside.
  public static func discreteBoundaryValue(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "the discrete boundary value function of \(n) variables: give at least 1")
    let h = 1 / Double(n + 1)
    return TestProblem(
      "discrete boundary value", "MGH 28", start: parabola(n), minima: [0], startFactors: [1, 10, 100]
    ) { x, f in
      for i in 0..<n {
        let u = x[i] + Double(i + 1) * h + 1
        let neighbours = (i > 0 ? x[i - 1] : 0) + (i < n - 1 ? x[i + 1] : 0)
        f.square(2 * x[i] - neighbours + h * h * u * u * u / 2) { r in
          if i > 0 { r[i - 1] = -1 }
          r[i] = 2 + 1.5 * h * h * u * u
          if i < n - 1 { r[i + 1] = -1 }
          r[i, i] = 3 * h * h * u
        }
      }
    }
  }

  /// MGH 29, Moré and Cosnard 1979: the same problem as an integral equation, whose Jacobian is dense.
  ///
  /// - Parameter n: how many points inside.
  public static func discreteIntegralEquation(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "the discrete integral equation function of \(n) variables: give at least 1")
    let h = 1 / Double(n + 1)
    return TestProblem(
      "discrete integral equation", "MGH 29", start: parabola(n), minima: [0], startFactors: [1, 10, 100],
      width: n + 1
    ) { x, f in
      // Σ tⱼuⱼ³ up to i, and Σ (1 − tⱼ)uⱼ³ beyond it.
      var (left, right) = (0.0, 0.0)
      for j in 0..<n {
        let t = Double(j + 1) * h
        let u = x[j] + t + 1
        right += (1 - t) * u * u * u
      }
      for i in 0..<n {
        let t = Double(i + 1) * h
        let u = x[i] + t + 1
        left += t * u * u * u
        right -= (1 - t) * u * u * u
        f.square(x[i] + h * ((1 - t) * left + t * right) / 2) { r in
          r[i] = 1
          for j in 0..<n {
            let tj = Double(j + 1) * h
            let uj = x[j] + tj + 1
            let weight = h / 2 * (j <= i ? (1 - t) * tj : t * (1 - tj))
            r[j] = 3 * weight * uj * uj
            r[j, j] = 6 * weight * uj
          }
        }
      }
    }
  }

  /// MGH 30, Broyden 1965.
  ///
  /// - Parameter n: how many variables.
  public static func broydenTridiagonal(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "Broyden's tridiagonal function of \(n) variables: give at least 1")
    return TestProblem(
      "Broyden tridiagonal", "MGH 30", start: [Double](repeating: -1, count: n), minima: [0],
      startFactors: [1, 10, 100]
    ) { x, f in
      for i in 0..<n {
        let neighbours = (i > 0 ? x[i - 1] : 0) + (i < n - 1 ? 2 * x[i + 1] : 0)
        f.square((3 - 2 * x[i]) * x[i] - neighbours + 1) { r in
          if i > 0 { r[i - 1] = -1 }
          r[i] = 3 - 4 * x[i]
          if i < n - 1 { r[i + 1] = -2 }
          r[i, i] = -4
        }
      }
    }
  }

  /// MGH 31, Broyden 1971: five variables below the diagonal and one above.
  ///
  /// - Parameter n: how many variables.
  public static func broydenBanded(_ n: Int = 10) -> TestProblem {
    precondition(n >= 1, "Broyden's banded function of \(n) variables: give at least 1")
    return TestProblem(
      "Broyden banded", "MGH 31", start: [Double](repeating: -1, count: n), minima: [0],
      startFactors: [1, 10, 100]
    ) { x, f in
      for i in 0..<n {
        let band = max(0, i - 5)...min(n - 1, i + 1)
        var s = x[i] * (2 + 5 * x[i] * x[i]) + 1
        for j in band where j != i { s -= x[j] * (1 + x[j]) }
        f.square(s) { r in
          for j in band {
            r[j] = j == i ? 2 + 15 * x[i] * x[i] : -1 - 2 * x[j]
            r[j, j] = j == i ? 30 * x[i] : -2
          }
        }
      }
    }
  }

  /// MGH 32: a linear least squares problem of full rank; the minimum is m − n.
  ///
  /// - Parameters:
  ///   - n: how many variables.
  ///   - m: how many residuals, at least n; 2n unless given.
  public static func linearFullRank(_ n: Int = 5, residualCount m: Int? = nil) -> TestProblem {
    let m = m ?? 2 * n
    precondition(1 <= n && n <= m, "linear function, \(n) variables, \(m) residuals: give n ≥ 1 and m ≥ n")
    return TestProblem(
      "linear, full rank", "MGH 32", start: [Double](repeating: 1, count: n), minima: [Double(m - n)],
      width: n + 1
    ) { x, f in
      var sum = 0.0
      for j in 0..<n { sum += x[j] }
      let (slope, rest) = (-2 / Double(m), -2 / Double(m) * sum - 1)
      for i in 0..<m {
        f.square(i < n ? x[i] + rest : rest) { r in
          for j in 0..<n { r[j] = slope }
          if i < n { r[i] = 1 }
        }
      }
    }
  }

  /// MGH 33: a linear least squares problem of rank 1. All x with Σ jxⱼ = 3/(2m + 1) are minima.
  ///
  /// - Parameters:
  ///   - n: how many variables.
  ///   - m: how many residuals, at least n; 2n unless given.
  public static func linearRankOne(_ n: Int = 5, residualCount m: Int? = nil) -> TestProblem {
    let m = m ?? 2 * n
    precondition(1 <= n && n <= m, "linear function, \(n) variables, \(m) residuals: give n ≥ 1 and m ≥ n")
    return TestProblem(
      "linear, rank 1", "MGH 33", start: [Double](repeating: 1, count: n),
      minima: [Double(m * (m - 1)) / Double(2 * (2 * m + 1))], width: n
    ) { x, f in
      var s = 0.0
      for j in 0..<n { s += Double(j + 1) * x[j] }
      for i in 1...m {
        f.square(ElementSum.Outer(Double(i) * s - 1, Double(i), 0)) { α in
          for j in 0..<n { α[j] = Double(j + 1) }
        }
      }
    }
  }

  /// MGH 34: as ``linearRankOne(_:residualCount:)``, where the first and the last variable and residual drop out.
  ///
  /// - Parameters:
  ///   - n: how many variables, at least 3.
  ///   - m: how many residuals, at least n; 2n unless given.
  public static func linearRankOneWithZeroColumnsAndRows(
    _ n: Int = 5, residualCount m: Int? = nil
  ) -> TestProblem {
    let m = m ?? 2 * n
    precondition(3 <= n && n <= m, "linear function, \(n) variables, \(m) residuals: give n ≥ 3 and m ≥ n")
    return TestProblem(
      "linear, rank 1, zero columns and rows", "MGH 34", start: [Double](repeating: 1, count: n),
      minima: [Double(m * m + 3 * m - 6) / Double(2 * (2 * m - 3))], width: n
    ) { x, f in
      var s = 0.0
      for j in 1..<(n - 1) { s += Double(j + 1) * x[j] }
      f.square(-1) { _ in }
      for i in 1..<(m - 1) {
        f.square(ElementSum.Outer(Double(i) * s - 1, Double(i), 0)) { α in
          for j in 1..<(n - 1) { α[j] = Double(j + 1) }
        }
      }
      f.square(-1) { _ in }
    }
  }

  /// MGH 35, Fletcher 1965: abscissae of a quadrature formula with equal weights, exact for polynomials up to
  /// degree m. There is one, and f = 0, only for n ≤ 7 and n = 9. For n = 10 the paper gives the local minimum
  /// 6.50395·10⁻³, to which the start leads; CUTEst gives the lower one.
  ///
  /// - Parameters:
  ///   - n: how many variables.
  ///   - m: how many residuals, at least n; n unless given.
  public static func chebyquad(_ n: Int = 8, residualCount m: Int? = nil) -> TestProblem {
    let m = m ?? n
    precondition(1 <= n && n <= m, "Chebyquad, \(n) variables, \(m) residuals: give n ≥ 1 and m ≥ n")
    var minima: [Double] = []
    if m == n {
      if n <= 7 || n == 9 { minima = [0] }
      if n == 8 { minima = [3.51687e-3] }
      if n == 10 { minima = [4.77271e-3, 6.50395e-3] }
    }
    return TestProblem(
      "Chebyquad", "MGH 35", start: (1...n).map { Double($0) / Double(n + 1) }, minima: minima,
      startFactors: n <= 7 ? [1, 10, 100] : [1], width: n
    ) { x, f in
      withPairs(n) { T in
        withPairs(n) { first in
          withPairs(n) { second in
            for j in 0..<n {
              T[j] = Pair(before: 1, now: 2 * x[j] - 1)
              first[j] = Pair(before: 0, now: 2)
              second[j] = Pair(before: 0, now: 0)
            }
            for i in 1...m {
              var r = 0.0
              for j in 0..<n { r += T[j].now }
              r /= Double(n)
              if i.isMultiple(of: 2) { r += 1 / Double(i * i - 1) }
              f.square(r) { r in
                for j in 0..<n {
                  r[j] = first[j].now / Double(n)
                  r[j, j] = second[j].now / Double(n)
                }
              }
              // Tᵢ₊₁ = 2yTᵢ − Tᵢ₋₁, and its derivatives, where y = 2x − 1.
              for j in 0..<n {
                let y2 = 4 * x[j] - 2
                second[j].advance(to: 8 * first[j].now + y2 * second[j].now)
                first[j].advance(to: 4 * T[j].now + y2 * first[j].now)
                T[j].advance(to: y2 * T[j].now)
              }
            }
          }
        }
      }
    }
  }
}

/// xᵢ = tᵢ(tᵢ − 1) at n points evenly inside [0, 1].
private func parabola(_ n: Int) -> [Double] {
  (1...n).map {
    let t = Double($0) / Double(n + 1)
    return t * (t - 1)
  }
}

/// Two successive terms of a recurrence of Chebyshev's kind.
private struct Pair {
  var before, now: Double

  mutating func advance(to sum: Double) { (before, now) = (now, sum - before) }
}

/// n pairs on the stack; up to 64 fit.
@inline(__always) private func withPairs(_ n: Int, _ body: (UnsafeMutableBufferPointer<Pair>) -> Void) {
  withUnsafeTemporaryAllocation(of: Pair.self, capacity: n, body)
}
