import Foundation

/// Problems whose elements couple variables that lie far apart: the Hessian is sparse and has no band.
extension TestProblem {
  /// The letters of the problems of Dixon and Maany 1988.
  public enum DixonMaany: String, Sendable, CaseIterable {
    case a = "A", b = "B", c = "C", d = "D", e = "E", f = "F", g = "G", h = "H"
    case i = "I", j = "J", k = "K", l = "L", m = "M", n = "N", o = "O", p = "P"

    fileprivate var index: Int { Self.allCases.firstIndex(of: self)! }
  }

  /// Dixon and Maany 1988, 1 + Σ αxᵢ²(i/n)^k₁ + βxᵢ²(xᵢ₊₁ + xᵢ₊₁²)²(i/n)^k₂ + γxᵢ²xᵢ₊ₘ⁴(i/n)^k₃ + δxᵢxᵢ₊₂ₘ(i/n)^k₄
  /// with m = n/3: the letter chooses the weights and the powers.
  ///
  /// - Parameters:
  ///   - letter: from A, all weights equal, to P, weights that rise with i and i².
  ///   - n: how many variables; a multiple of 3.
  public static func dixmaan(_ letter: DixonMaany, _ n: Int = 90) -> TestProblem {
    precondition(n >= 3 && n.isMultiple(of: 3), "DIXMAAN of \(n) variables: give a multiple of 3")
    let m = n / 3
    let β = [0, 0.0625, 0.125, 0.26][letter.index % 4]
    let γ = [0.125, 0.0625, 0.125, 0.26][letter.index % 4]
    let powers = [[0, 0, 0, 0], [1, 0, 0, 1], [2, 0, 0, 2], [2, 1, 1, 2]][letter.index / 4]
    return TestProblem(
      "DIXMAAN\(letter.rawValue)", "CUTEst", start: [Double](repeating: 2, count: n), minima: [1]
    ) { x, f in
      func weight(_ i: Int, _ power: Int) -> Double {
        let t = Double(i + 1) / Double(n)
        return power == 0 ? 1 : power == 1 ? t : t * t
      }
      f.add(1) { _ in }
      for i in 0..<n {
        let root = weight(i, powers[0]).squareRoot()
        f.square(root * x[i]) { r in r[i] = root }
      }
      if β > 0 {
        for i in 0..<(n - 1) {
          let root = (β * weight(i, powers[1])).squareRoot()
          let (u, y) = (x[i], x[i + 1])
          f.square(root * u * (y + y * y)) { r in
            r[i] = root * (y + y * y)
            r[i + 1] = root * u * (1 + 2 * y)
            r[i, i + 1] = root * (1 + 2 * y)
            r[i + 1, i + 1] = 2 * root * u
          }
        }
      }
      for i in 0..<(2 * m) {
        let root = (γ * weight(i, powers[2])).squareRoot()
        let (u, y) = (x[i], x[i + m])
        f.square(root * u * y * y) { r in
          r[i] = root * y * y
          r[i + m] = 2 * root * u * y
          r[i, i + m] = 2 * root * y
          r[i + m, i + m] = 2 * root * u
        }
      }
      for i in 0..<m {
        let δ = γ * weight(i, powers[3])
        f.add(δ * x[i] * x[i + 2 * m]) { α in
          α[i] = δ * x[i + 2 * m]
          α[i + 2 * m] = δ * x[i]
          α[i, i + 2 * m] = δ
        }
      }
    }
  }

  /// Σ s² + 4 cos s with s = xᵢ + x₍₃ᵢ₋₂ mod n₎₊₁ + x₍₇ᵢ₋₃ mod n₎₊₁: negative curvature and a sparse Hessian that
  /// fills in (Luksan, Toint).
  ///
  /// - Parameter n: how many variables.
  public static func noncvxu2(_ n: Int = 100) -> TestProblem {
    nonconvex("NONCVXU2", n) { i in ((3 * i - 2) % n, (7 * i - 3) % n) }
  }

  /// ``noncvxu2(_:)`` with s = xᵢ + x₍₂ᵢ₋₁ mod n₎₊₁ + x₍₃ᵢ₋₁ mod n₎₊₁.
  ///
  /// - Parameter n: how many variables.
  public static func noncvxun(_ n: Int = 100) -> TestProblem {
    nonconvex("NONCVXUN", n) { i in ((2 * i - 1) % n, (3 * i - 1) % n) }
  }

  private static func nonconvex(
    _ name: String, _ n: Int, partners: @escaping @Sendable (Int) -> (Int, Int)
  ) -> TestProblem {
    precondition(n >= 1, "\(name) of \(n) variables: give at least 1")
    return TestProblem(name, "CUTEst", start: (1...n).map { Double($0) }) { x, f in
      for i in 0..<n {
        let (j, k) = partners(i + 1)
        let s = x[i] + x[j] + x[k]
        let c = 4 * cos(s)
        f.add(.init(s * s + c, 2 * s - 4 * sin(s), 2 - c)) { α in
          α[i] = 1
          α[j] = 1
          α[k] = 1
        }
      }
    }
  }

  /// ½ Σ i(Σ sin xⱼ)², each over six variables scattered by multiples of i.
  ///
  /// - Parameter n: how many variables.
  public static func sparsine(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "SPARSINE of \(n) variables: give at least 1")
    return TestProblem("SPARSINE", "CUTEst", start: [Double](repeating: 0.5, count: n), minima: [0]) { x, f in
      for i in 1...n {
        let root = (Double(i) / 2).squareRoot()
        var s = 0.0
        for k in multiples { s += sin(x[(k * i - 1) % n]) }
        f.square(root * s) { r in
          for k in multiples {
            let j = (k * i - 1) % n
            r[j] = root * cos(x[j])
            r[j, j] = -root * sin(x[j])
          }
        }
      }
    }
  }

  /// ½ Σ i(½ Σ xⱼ²)², each over six variables scattered by multiples of i: the Hessian vanishes at the minimum.
  ///
  /// - Parameter n: how many variables.
  public static func sparsqur(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "SPARSQUR of \(n) variables: give at least 1")
    return TestProblem("SPARSQUR", "CUTEst", start: [Double](repeating: 0.5, count: n), minima: [0]) { x, f in
      for i in 1...n {
        let root = (Double(i) / 2).squareRoot()
        var s = 0.0
        for k in multiples {
          let y = x[(k * i - 1) % n]
          s += y * y / 2
        }
        f.square(root * s) { r in
          for k in multiples {
            let j = (k * i - 1) % n
            r[j] = root * x[j]
            r[j, j] = root
          }
        }
      }
    }
  }
}

private let multiples = [1, 2, 3, 5, 7, 11]
