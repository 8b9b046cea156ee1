import Foundation

/// Problems in which one or two variables meet all others: the Hessian is an arrow beside a band.
extension TestProblem {
  /// Conn, Gould, Lescrenier and Toint 1988, problem 55: Σ (xᵢ² + xₙ²)² − 4xᵢ + 3.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func arwhead(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "ARWHEAD of \(n) variables: give at least 2")
    return TestProblem("ARWHEAD", "CUTEst", start: [Double](repeating: 1, count: n), minima: [0]) { x, f in
      for i in 0..<(n - 1) {
        f.square(x[i] * x[i] + x[n - 1] * x[n - 1]) { r in
          r[i] = 2 * x[i]
          r[n - 1] = 2 * x[n - 1]
          r[i, i] = 2
          r[n - 1, n - 1] = 2
        }
        f.add(3 - 4 * x[i]) { α in α[i] = -4 }
      }
    }
  }

  /// Conn, Gould, Lescrenier and Toint 1988, problem 61:
  /// Σ (3 − 4xᵢ)² + (xᵢ² + 2xᵢ₊₁² + 3xᵢ₊₂² + 4xᵢ₊₃² + 5xₙ²)².
  ///
  /// - Parameter n: how many variables, at least 5.
  public static func bdqrtic(_ n: Int = 100) -> TestProblem {
    precondition(n >= 5, "BDQRTIC of \(n) variables: give at least 5")
    let minima = [100: 378.769, 500: 1981.01, 1000: 3983.82]
    return TestProblem(
      "BDQRTIC", "CUTEst", start: [Double](repeating: 1, count: n), minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      for i in 0..<(n - 4) {
        f.square(3 - 4 * x[i]) { r in r[i] = -4 }
        let last = x[n - 1]
        var s = 5 * last * last
        for j in 0..<4 { s += Double(j + 1) * x[i + j] * x[i + j] }
        f.square(s) { r in
          for j in 0..<4 {
            r[i + j] = 2 * Double(j + 1) * x[i + j]
            r[i + j, i + j] = 2 * Double(j + 1)
          }
          r[n - 1] = 10 * last
          r[n - 1, n - 1] = 10
        }
      }
    }
  }

  /// A variant of Shanno's NONDIA: Σ 4(xᵢ² − x₁)² + (xᵢ − 1)².
  ///
  /// - Parameter n: how many variables.
  public static func liarwhd(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "LIARWHD of \(n) variables: give at least 1")
    return TestProblem("LIARWHD", "CUTEst", start: [Double](repeating: 4, count: n), minima: [0]) { x, f in
      for i in 0..<n {
        f.square(2 * (x[i] * x[i] - x[0])) { r in
          r[i] = 4 * x[i]
          r[0] = -2
          r[i, i] = 4
        }
        f.square(x[i] - 1) { r in r[i] = 1 }
      }
    }
  }

  /// Shanno 1978, problem 52: (x₁ − 1)² + Σ 100(x₁ − xᵢ²)², the last variable in no element.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func nondia(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "NONDIA of \(n) variables: give at least 2")
    return TestProblem("NONDIA", "CUTEst", start: [Double](repeating: -1, count: n), minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 0..<(n - 1) {
        f.square(10 * (x[0] - x[i] * x[i])) { r in
          r[0] = 10
          r[i] = -20 * x[i]
          r[i, i] = -20
        }
      }
    }
  }

  /// Conn, Gould, Lescrenier and Toint 1988, problem 57: Σ (xᵢ + xᵢ₊₁ + xₙ)⁴ + (x₁ − x₂)² + (xₙ₋₁ − xₙ)², whose
  /// Hessian is singular at the minimum.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func nondquar(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "NONDQUAR of \(n) variables: give at least 3")
    return TestProblem(
      "NONDQUAR", "CUTEst", start: (0..<n).map { $0.isMultiple(of: 2) ? 1 : -1 }, minima: [0]
    ) { x, f in
      for i in 0..<(n - 2) {
        f.square(.square(x[i] + x[i + 1] + x[n - 1])) { α in
          α[i] = 1
          α[i + 1] = 1
          α[n - 1] = 1
        }
      }
      for i in [0, n - 2] {
        f.square(x[i] - x[i + 1]) { r in
          r[i] = 1
          r[i + 1] = -1
        }
      }
    }
  }

  /// Gould's indefinite problem Σ xᵢ + ½ Σ cos(2xᵢ − xₙ − x₁), unbounded below.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func indef(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "INDEF of \(n) variables: give at least 3")
    return TestProblem("INDEF", "CUTEst", start: (1...n).map { Double($0) / Double(n + 1) }) { x, f in
      for i in 0..<n { f.add(x[i]) { α in α[i] = 1 } }
      addIndefiniteCosines(x, n, to: &f)
    }
  }

  /// Lukšan's bounded variant of ``indef(_:)``: 100 sin(xᵢ/100) in the place of xᵢ.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func indefm(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "INDEFM of \(n) variables: give at least 3")
    return TestProblem("INDEFM", "CUTEst", start: (1...n).map { Double($0) / Double(n + 1) }) { x, f in
      for i in 0..<n { f.add(100 * .sine(0.01 * x[i])) { α in α[i] = 0.01 } }
      addIndefiniteCosines(x, n, to: &f)
    }
  }

  /// (x₁ − 1)⁴ + Σ sin(xᵢ − xₙ) − x₁² + xᵢ² + (xₙ² − x₁²)², as CUTEst has it: the terms of the sum are not squared.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func sinquad(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "SINQUAD of \(n) variables: give at least 3")
    return TestProblem("SINQUAD", "CUTEst", start: [Double](repeating: 0.1, count: n)) { x, f in
      f.add(.fourthPower(x[0] - 1)) { α in α[0] = 1 }
      for i in 1..<(n - 1) {
        f.add(.sine(x[i] - x[n - 1])) { α in
          α[i] = 1
          α[n - 1] = -1
        }
        f.add(x[i] * x[i] - x[0] * x[0]) { α in
          α[0] = -2 * x[0]
          α[i] = 2 * x[i]
          α[0, 0] = -2
          α[i, i] = 2
        }
      }
      f.square(x[n - 1] * x[n - 1] - x[0] * x[0]) { r in
        r[n - 1] = 2 * x[n - 1]
        r[0] = -2 * x[0]
        r[n - 1, n - 1] = 2
        r[0, 0] = -2
      }
    }
  }

  /// ``sinquad(_:)`` with the terms squared, so that the minimum is 0.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func sinquad2(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "SINQUAD2 of \(n) variables: give at least 3")
    return TestProblem("SINQUAD2", "CUTEst", start: [Double](repeating: 0.1, count: n), minima: [0]) { x, f in
      f.square(.square(x[0] - 1)) { α in α[0] = 1 }
      for i in 1..<n {
        let d = x[i] - x[n - 1]
        f.square(sin(d) - x[0] * x[0] + x[i] * x[i]) { r in
          r[0] = -2 * x[0]
          r[i] = cos(d) + 2 * x[i]
          r[n - 1] = -cos(d)
          r[0, 0] = -2
          r[i, i] = 2 - sin(d)
          r[i, n - 1] = i == n - 1 ? 0 : sin(d)
          r[n - 1, n - 1] = i == n - 1 ? 0 : -sin(d)
        }
      }
    }
  }

  /// (x₁ − 1)² + Σ (x₁² − xᵢ²)²: the Hessian is an arrow, and there are many stationary points.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func tquartic(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "TQUARTIC of \(n) variables: give at least 2")
    return TestProblem("TQUARTIC", "CUTEst", start: [Double](repeating: 0.1, count: n), minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 1..<n {
        f.square(x[0] * x[0] - x[i] * x[i]) { r in
          r[0] = 2 * x[0]
          r[i] = -2 * x[i]
          r[0, 0] = 2
          r[i, i] = -2
        }
      }
    }
  }

  /// Σ sin(x₁ + xᵢ² − 1) + ½ sin xₙ²: many minima of equal value.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func eg2(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "EG2 of \(n) variables: give at least 2")
    // The least value of all terms but the last, which is free up to its own.
    return TestProblem("EG2", "CUTEst", start: [Double](repeating: 0, count: n)) { x, f in
      for i in 0..<(n - 1) {
        f.add(.sine(x[0] + x[i] * x[i] - 1)) { α in
          α[0] = 1
          α[i] = 2 * x[i]
          α[i, i] = 2
        }
      }
      f.add(0.5 * .sine(x[n - 1] * x[n - 1])) { α in
        α[n - 1] = 2 * x[n - 1]
        α[n - 1, n - 1] = 2
      }
    }
  }

  /// The quadratic Σ xᵢ² + 100xᵢ₊₁² + 100xᵢ₊₂² (Toint).
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func dqdrtic(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "DQDRTIC of \(n) variables: give at least 3")
    return TestProblem("DQDRTIC", "CUTEst", start: [Double](repeating: 3, count: n), minima: [0]) { x, f in
      for i in 0..<(n - 2) {
        f.square(x[i]) { r in r[i] = 1 }
        f.square(10 * x[i + 1]) { r in r[i + 1] = 10 }
        f.square(10 * x[i + 2]) { r in r[i + 2] = 10 }
      }
    }
  }

  /// Σ (xᵢ − i)⁴, separable (CUTEst has it as QUARTC, too): the Hessian vanishes at the minimum.
  ///
  /// - Parameter n: how many variables.
  public static func dqrtic(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "DQRTIC of \(n) variables: give at least 1")
    return TestProblem("DQRTIC", "CUTEst", start: [Double](repeating: 2, count: n), minima: [0]) { x, f in
      for i in 0..<n { f.square(.square(x[i] - Double(i + 1))) { α in α[i] = 1 } }
    }
  }

  /// Oren's power: (Σ ixᵢ²)², whose Hessian is dense and vanishes at the minimum.
  ///
  /// - Parameter n: how many variables.
  public static func power(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "POWER of \(n) variables: give at least 1")
    return TestProblem(
      "POWER", "CUTEst", start: [Double](repeating: 1, count: n), minima: [0], width: n
    ) { x, f in
      var s = 0.0
      for j in 0..<n { s += Double(j + 1) * x[j] * x[j] }
      f.square(s) { r in
        for j in 0..<n {
          r[j] = 2 * Double(j + 1) * x[j]
          r[j, j] = 2 * Double(j + 1)
        }
      }
    }
  }
}

@inline(__always) private func addIndefiniteCosines(
  _ x: UnsafePointer<Double>, _ n: Int, to f: inout ElementSum
) {
  for i in 1..<(n - 1) {
    f.add(0.5 * .cosine(2 * x[i] - x[n - 1] - x[0])) { α in
      α[0] = -1
      α[i] = 2
      α[n - 1] = -1
    }
  }
}
