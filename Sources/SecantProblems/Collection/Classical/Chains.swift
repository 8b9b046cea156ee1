import Foundation

extension TestProblem {
  /// Cragg and Levy 1969 in any number of variables: powers up to the eighth and a tangent.
  ///
  /// - Parameter n: how many variables; an even number, at least 4.
  public static func cragglvy(_ n: Int = 100) -> TestProblem {
    precondition(n >= 4 && n.isMultiple(of: 2), "CRAGGLVY of \(n) variables: give an even number, at least 4")
    let minima = [4: 0, 10: 1.886566, 50: 15.372, 100: 32.269911458581795]
    return TestProblem(
      "CRAGGLVY", "CUTEst", start: [1] + [Double](repeating: 2, count: n - 1),
      minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      for i in stride(from: 0, to: n - 2, by: 2) {
        let e = exp(x[i])
        let a = e - x[i + 1]
        f.square(a * a) { r in
          r[i] = 2 * a * e
          r[i + 1] = -2 * a
          r[i, i] = 2 * e * (e + a)
          r[i, i + 1] = -2 * e
          r[i + 1, i + 1] = 2
        }
        f.square(10 * .cube(x[i + 1] - x[i + 2])) { α in
          α[i + 1] = 1
          α[i + 2] = -1
        }
        let d = x[i + 2] - x[i + 3]
        let t = tan(d)
        let (b, slope) = (t + d, 2 + t * t)
        let bend = 2 * t * (1 + t * t)
        f.square(.init(b * b, 2 * b * slope, 2 * (slope * slope + b * bend))) { α in
          α[i + 2] = 1
          α[i + 3] = -1
        }
        f.square(.fourthPower(x[i])) { α in α[i] = 1 }
        f.square(x[i + 3] - 1) { r in r[i + 3] = 1 }
      }
    }
  }

  /// Dixon's tridiagonal quadratic: (x₁ − 1)² + Σ (xⱼ − xⱼ₊₁)² + (xₙ − 1)², from x₂ on.
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func dixon3dq(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "DIXON3DQ of \(n) variables: give at least 3")
    return TestProblem("DIXON3DQ", "CUTEst", start: [Double](repeating: -1, count: n), minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for j in 1..<(n - 1) {
        f.square(x[j] - x[j + 1]) { r in
          r[j] = 1
          r[j + 1] = -1
        }
      }
      f.square(x[n - 1] - 1) { r in r[n - 1] = 1 }
    }
  }

  /// Toint's tridiagonal quadratic: (x₁ − 1)² + Σ i(2xᵢ − xᵢ₋₁)².
  ///
  /// - Parameter n: how many variables.
  public static func tridia(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "TRIDIA of \(n) variables: give at least 1")
    return TestProblem("TRIDIA", "CUTEst", start: [Double](repeating: 1, count: n), minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 1..<max(1, n) {
        let root = Double(i + 1).squareRoot()
        f.square(root * (2 * x[i] - x[i - 1])) { r in
          r[i] = 2 * root
          r[i - 1] = -root
        }
      }
    }
  }

  /// Rosenbrock's function chained, (x₁ − 1)² + Σ 100(xᵢ − xᵢ₋₁²)²: narrow and nearly flat.
  ///
  /// - Parameter n: how many variables.
  public static func extrosnb(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "EXTROSNB of \(n) variables: give at least 1")
    return TestProblem("EXTROSNB", "CUTEst", start: [Double](repeating: -1, count: n), minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      for i in 1..<max(1, n) { addValley(x, i, weight: 10, to: &f) }
    }
  }

  /// Nash's generalised Rosenbrock: 1 + Σ 100(xᵢ − xᵢ₋₁²)² + (xᵢ − 1)², a long curved way.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func genrose(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "GENROSE of \(n) variables: give at least 2")
    return TestProblem(
      "GENROSE", "CUTEst", start: (1...n).map { Double($0) / Double(n + 1) }, minima: [1]
    ) { x, f in
      f.add(1) { _ in }
      for i in 1..<n {
        addValley(x, i, weight: 10, to: &f)
        f.square(x[i] - 1) { r in r[i] = 1 }
      }
    }
  }

  /// Fletcher's chained Rosenbrock from the origin: Σ 100(xᵢ₊₁ − xᵢ²)² + (1 − xᵢ)².
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func fletchcr(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "FLETCHCR of \(n) variables: give at least 2")
    return TestProblem("FLETCHCR", "CUTEst", start: [Double](repeating: 0, count: n), minima: [0]) { x, f in
      for i in 1..<n {
        addValley(x, i, weight: 10, to: &f)
        f.square(x[i - 1] - 1) { r in r[i - 1] = 1 }
      }
    }
  }

  /// Toint's chained Rosenbrock with mixed weights: Σ 16αᵢ²(xᵢ₋₁ − xᵢ²)² + (xᵢ − 1)².
  ///
  /// - Parameter n: how many variables, from 2 to 50.
  public static func chnrosnb(_ n: Int = 50) -> TestProblem {
    precondition((2...50).contains(n), "CHNROSNB of \(n) variables: give 2 to 50")
    return TestProblem("CHNROSNB", "CUTEst", start: [Double](repeating: -1, count: n), minima: [0]) { x, f in
      for i in 1..<n {
        let w = 4 * Weights.chained[i]
        f.square(w * (x[i - 1] - x[i] * x[i])) { r in
          r[i - 1] = w
          r[i] = -2 * w * x[i]
          r[i, i] = -2 * w
        }
        f.square(x[i] - 1) { r in r[i] = 1 }
      }
    }
  }

  /// ``chnrosnb(_:)`` with an error in it that left large residuals: Σ (xᵢ₋₁ − 16αᵢ²xᵢ²)² + (xᵢ − 1)².
  ///
  /// - Parameter n: how many variables, from 2 to 50.
  public static func errinros(_ n: Int = 50) -> TestProblem {
    precondition((2...50).contains(n), "ERRINROS of \(n) variables: give 2 to 50")
    let minima = [10: 6.69463214, 25: 18.4609060, 50: 39.9041540]
    return TestProblem(
      "ERRINROS", "CUTEst", start: [Double](repeating: -1, count: n), minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      for i in 1..<n {
        let w = 16 * Weights.chained[i] * Weights.chained[i]
        f.square(x[i - 1] - w * x[i] * x[i]) { r in
          r[i - 1] = 1
          r[i] = -2 * w * x[i]
          r[i, i] = -2 * w
        }
        f.square(x[i] - 1) { r in r[i] = 1 }
      }
    }
  }

  /// Freudenstein and Roth's two equations for each pair of neighbours.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func freuroth(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "FREUROTH of \(n) variables: give at least 2")
    // For n = 100 CUTEst gives the second, to which the start leads most methods.
    let minima = [2: [0, 48.984], 10: [1014.1], 50: [5881.0], 100: [11870.554030989117, 11964.577]]
    return TestProblem(
      "FREUROTH", "CUTEst", start: [0.5, -2] + [Double](repeating: 0, count: n - 2), minima: minima[n] ?? []
    ) { x, f in
      for i in 0..<(n - 1) {
        let z = x[i + 1]
        f.square(-13 + x[i] + ((5 - z) * z - 2) * z) { r in
          r[i] = 1
          r[i + 1] = (10 - 3 * z) * z - 2
          r[i + 1, i + 1] = 10 - 6 * z
        }
        f.square(-29 + x[i] + ((z + 1) * z - 14) * z) { r in
          r[i] = 1
          r[i + 1] = (3 * z + 2) * z - 14
          r[i + 1, i + 1] = 6 * z + 2
        }
      }
    }
  }

  /// Toint's Gaussian problem: Σ (10/(n − 2) + xᵢ₊₂²)(2 − exp(−(xᵢ − xᵢ₊₁)²/(0.1 + xᵢ₊₂²))).
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func tointgss(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "TOINTGSS of \(n) variables: give at least 3")
    let c = 10 / Double(n - 2)
    return TestProblem("TOINTGSS", "CUTEst", start: [Double](repeating: 3, count: n), minima: [10]) { x, f in
      for i in 0..<(n - 2) {
        let (d, w) = (x[i] - x[i + 1], x[i + 2])
        let (a, t) = (c + w * w, 1 / (0.1 + w * w))
        // e = exp(−d²t), where t′ = −2wt².
        let e = exp(-d * d * t)
        f.add(a * (2 - e)) { α in
          let e1 = -2 * d * t * e
          let q = 2 * d * d * w * t * t  // ∂ log e/∂w
          let e2 = q * e
          let e11 = (4 * d * d * t - 2) * t * e
          let e12 = 4 * d * w * t * t * e * (1 - d * d * t)
          let e22 = e * (q * q + 2 * d * d * t * t * (1 - 4 * w * w * t))
          let mixed = -2 * w * e1 - a * e12
          α[i] = -a * e1
          α[i + 1] = a * e1
          α[i + 2] = 2 * w * (2 - e) - a * e2
          α[i, i] = -a * e11
          α[i + 1, i + 1] = -a * e11
          α[i, i + 1] = a * e11
          α[i, i + 2] = mixed
          α[i + 1, i + 2] = -mixed
          α[i + 2, i + 2] = 2 * (2 - e) - 4 * w * e2 - a * e22
        }
      }
    }
  }

  /// n/4 copies of ``wood``.
  ///
  /// - Parameter n: how many variables; a multiple of 4.
  public static func woods(_ n: Int = 100) -> TestProblem {
    precondition(n >= 4 && n.isMultiple(of: 4), "WOODS of \(n) variables: give a multiple of 4")
    let start = (0..<n).map { $0.isMultiple(of: 2) ? -3.0 : -1 }
    return TestProblem("WOODS", "CUTEst", start: start, minima: [0]) { x, f in
      for i in stride(from: 0, to: n, by: 4) { addWood(x, at: i, to: &f) }
    }
  }

  /// Engvall's tridiagonal quartic: Σ (xᵢ² + xᵢ₊₁²)² − 4xᵢ + 3.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func engval1(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "ENGVAL1 of \(n) variables: give at least 2")
    return TestProblem("ENGVAL1", "CUTEst", start: [Double](repeating: 2, count: n)) { x, f in
      for i in 0..<(n - 1) {
        f.square(x[i] * x[i] + x[i + 1] * x[i + 1]) { r in
          r[i] = 2 * x[i]
          r[i + 1] = 2 * x[i + 1]
          r[i, i] = 2
          r[i + 1, i + 1] = 2
        }
        f.add(3 - 4 * x[i]) { α in α[i] = -4 }
      }
    }
  }

  /// Extended Dennis and Schnabel: 16 + Σ (xᵢ − 2)⁴ + (xᵢxᵢ₊₁ − 2xᵢ₊₁)² + (xᵢ₊₁ + 1)² (Li 1988).
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func edensch(_ n: Int = 36) -> TestProblem {
    precondition(n >= 2, "EDENSCH of \(n) variables: give at least 2")
    let minima = [36: 219.28, 2000: 12003.2]
    return TestProblem(
      "EDENSCH", "CUTEst", start: [Double](repeating: 8, count: n), minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      f.add(16) { _ in }
      for i in 0..<(n - 1) {
        f.square(.square(x[i] - 2)) { α in α[i] = 1 }
        f.square((x[i] - 2) * x[i + 1]) { r in
          r[i] = x[i + 1]
          r[i + 1] = x[i] - 2
          r[i, i + 1] = 1
        }
        f.square(x[i + 1] + 1) { r in r[i + 1] = 1 }
      }
    }
  }

  /// The quartics q(q(q² − 20) − 0.1) of sums q of k + 1 neighbours: indefinite and banded.
  ///
  /// - Parameters:
  ///   - n: how many variables.
  ///   - k: the half width of the band: 10, 20 and 30 are CURLY10, CURLY20 and CURLY30.
  public static func curly(_ n: Int = 100, band k: Int = 10) -> TestProblem {
    precondition(
      n >= 1 && k >= 0, "CURLY of \(n) variables, band \(k): give n ≥ 1 and a band that is not negative")
    let minima = n == 1000 && k == 10 ? [-100316.3] : []
    return TestProblem(
      "CURLY\(k)", "CUTEst", start: (1...n).map { 1e-4 * Double($0) / Double(n + 1) }, minima: minima,
      width: k + 1
    ) { x, f in
      // The sums slide from the end, and each is added up anew so that none inherits another's rounding.
      for i in 0..<n {
        let window = i...min(i + k, n - 1)
        var q = 0.0
        for j in window { q += x[j] }
        f.add(.init(q * (q * (q * q - 20) - 0.1), 4 * q * q * q - 40 * q - 0.1, 12 * q * q - 40)) { α in
          for j in window { α[j] = 1 }
        }
      }
    }
  }

  /// Humps between neighbours on a paraboloid: Σ sin²20xᵢ sin²20xᵢ₊₁ + (xᵢ² + xᵢ₊₁²)/20.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func genhumps(_ n: Int = 100) -> TestProblem {
    precondition(n >= 2, "GENHUMPS of \(n) variables: give at least 2")
    let start = [-506] + [Double](repeating: -506.2, count: n - 1)
    return TestProblem("GENHUMPS", "CUTEst", start: start, minima: [0]) { x, f in
      for i in 0..<(n - 1) {
        addHump(x, i, i + 1, to: &f)
        addHumpParabola(x, i, to: &f)
        addHumpParabola(x, i + 1, to: &f)
      }
    }
  }

  /// Σ cos(xᵢ² − xᵢ₊₁/2): many minima of equal value.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func cosine(_ n: Int = 100) -> TestProblem { cosine("COSINE", n, scaling: 0) }

  /// ``cosine(_:)`` in variables whose scales range over e¹².
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func scosine(_ n: Int = 100) -> TestProblem { cosine("SCOSINE", n, scaling: 12) }

  private static func cosine(_ name: String, _ n: Int, scaling: Double) -> TestProblem {
    precondition(n >= 2, "\(name) of \(n) variables: give at least 2")
    let p = scales(n, scaling)
    return TestProblem(name, "CUTEst", start: p.map { 1 / $0 }, minima: [-Double(n - 1)]) { x, f in
      for i in 0..<(n - 1) {
        let y = p[i] * x[i]
        f.add(.cosine(y * y - p[i + 1] * x[i + 1] / 2)) { α in
          α[i] = 2 * p[i] * y
          α[i + 1] = -p[i + 1] / 2
          α[i, i] = 2 * p[i] * p[i]
        }
      }
    }
  }

  /// Broyden's banded system in CUTEst's form, from (1, …, 1): rows near the ends have cubes on the diagonal and
  /// squares beside it, the rows between have a square on the diagonal and cubes below it.
  ///
  /// - Parameter n: how many variables, at least 7.
  public static func brybnd(_ n: Int = 100) -> TestProblem { brybnd("BRYBND", n, scaling: 0) }

  /// ``brybnd(_:)`` in variables whose scales range over e¹².
  ///
  /// - Parameter n: how many variables, at least 7.
  public static func sbrybnd(_ n: Int = 100) -> TestProblem { brybnd("SBRYBND", n, scaling: 12) }

  private static func brybnd(_ name: String, _ n: Int, scaling: Double) -> TestProblem {
    precondition(n >= 7, "\(name) of \(n) variables: give at least 7")
    let p = scales(n, scaling)
    return TestProblem(name, "CUTEst", start: p.map { 1 / $0 }, minima: [0]) { x, f in
      for i in 0..<n {
        let isInside = i >= 5 && i < n - 2
        let band = max(0, i - 5)...min(n - 1, i + 1)
        var s = 0.0
        for j in band { s += Banded.term(p[j] * x[j], i, j, isInside).h }
        f.square(s) { r in
          for j in band {
            let term = Banded.term(p[j] * x[j], i, j, isInside)
            r[j] = p[j] * term.first
            r[j, j] = p[j] * p[j] * term.second
          }
        }
      }
    }
  }

  /// A boundary value problem with a cosine as an energy: −u″ = 2 + cos-like terms, u(0) = 0, u(1) = 1 (Fletcher).
  ///
  /// - Parameter n: how many points inside.
  public static func fletcbv2(_ n: Int = 100) -> TestProblem {
    precondition(n >= 1, "FLETCBV2 of \(n) variables: give at least 1")
    let h = 1 / Double(n + 1)
    let root = 0.5.squareRoot()
    return TestProblem("FLETCBV2", "CUTEst", start: (1...n).map { Double($0) * h }) { x, f in
      f.square(root * x[0]) { r in r[0] = root }
      for i in 0..<(n - 1) {
        f.square(root * (x[i] - x[i + 1])) { r in
          r[i] = root
          r[i + 1] = -root
        }
      }
      f.square(root * x[n - 1]) { r in r[n - 1] = root }
      f.add(-x[n - 1]) { α in α[n - 1] = -1 }
      for i in 0..<n {
        f.add(-2 * h * h * x[i]) { α in α[i] = -2 * h * h }
        f.add(-h * h * .cosine(x[i])) { α in α[i] = 1 }
      }
    }
  }

  /// Banded sums of x/(1 + x²) with weights that fall, beside quartics (Toint's «banded» problem, second form).
  ///
  /// - Parameter n: how many variables, at least 20.
  public static func ncb20b(_ n: Int = 50) -> TestProblem {
    precondition(n >= 20, "NCB20B of \(n) variables: give at least 20")
    return TestProblem("NCB20B", "CUTEst", start: [Double](repeating: 0, count: n)) { x, f in
      for i in 0..<n {
        f.square(10 * .square(x[i])) { α in α[i] = 1 }
        f.add(2) { _ in }
      }
      for i in 0...(n - 20) {
        let weight = (10 / Double(i + 1)).squareRoot()
        var (s, t) = (0.0, 0.0)
        for j in i..<(i + 20) {
          s += x[j] / (1 + x[j] * x[j])
          t += x[j]
        }
        f.square(weight * s) { r in
          for j in i..<(i + 20) {
            let (y, d) = (x[j], 1 / (1 + x[j] * x[j]))
            r[j] = weight * (1 - y * y) * d * d
            r[j, j] = weight * 2 * y * (y * y - 3) * d * d * d
          }
        }
        f.add(-0.2 * t) { α in for j in i..<(i + 20) { α[j] = -0.2 } }
      }
    }
  }

  /// Schmidt and Vetters 1970: Σ −1/(1 + (xᵢ − xᵢ₊₁)²) − sin((πxᵢ₊₁ + xᵢ₊₂)/2) − exp(−((xᵢ + xᵢ₊₂)/xᵢ₊₁ − 2)²).
  ///
  /// - Parameter n: how many variables, at least 3.
  public static func schmvett(_ n: Int = 100) -> TestProblem {
    precondition(n >= 3, "SCHMVETT of \(n) variables: give at least 3")
    let π = 3.14159265  // as in CUTEst
    return TestProblem(
      "SCHMVETT", "CUTEst", start: [Double](repeating: 0.5, count: n), minima: [-3 * Double(n - 2)]
    ) { x, f in
      for i in 0..<(n - 2) {
        let d = x[i] - x[i + 1]
        f.add(-1 * .inverse(1 + d * d)) { α in
          α[i] = 2 * d
          α[i + 1] = -2 * d
          α[i, i] = 2
          α[i, i + 1] = -2
          α[i + 1, i + 1] = 2
        }
        f.add(-1 * .sine((π * x[i + 1] + x[i + 2]) / 2)) { α in
          α[i + 1] = π / 2
          α[i + 2] = 0.5
        }
        let (s, y) = (x[i] + x[i + 2], x[i + 1])
        let q = s / y - 2
        let e = exp(-q * q)
        f.add(.init(-e, 2 * q * e, (2 - 4 * q * q) * e)) { α in
          α[i] = 1 / y
          α[i + 2] = 1 / y
          α[i + 1] = -s / (y * y)
          α[i, i + 1] = -1 / (y * y)
          α[i + 1, i + 2] = -1 / (y * y)
          α[i + 1, i + 1] = 2 * s / (y * y * y)
        }
      }
    }
  }
}

/// weight²(xᵢ − xᵢ₋₁²)², Rosenbrock's valley between neighbours.
@inline(__always) func addValley(
  _ x: UnsafePointer<Double>, _ i: Int, weight: Double, to f: inout ElementSum
) {
  f.square(weight * (x[i] - x[i - 1] * x[i - 1])) { r in
    r[i] = weight
    r[i - 1] = -2 * weight * x[i - 1]
    r[i - 1, i - 1] = -2 * weight
  }
}

/// Factors from 1 to e^scaling in equal ratios.
private func scales(_ n: Int, _ scaling: Double) -> [Double] {
  (0..<n).map { exp(scaling * Double($0) / Double(n - 1)) }
}

private enum Banded {
  /// What the variable y = yⱼ adds to row i.
  @inline(__always) static func term(_ y: Double, _ i: Int, _ j: Int, _ isInside: Bool) -> ElementSum.Outer {
    let (square, cube) = (ElementSum.Outer.square(y), ElementSum.Outer.cube(y))
    let power = isInside == (i == j) || (isInside && j > i) ? square : cube
    let (linear, weight) = i == j ? (2.0, 5.0) : (-1, -1)
    return .init(
      linear * y + weight * power.h, linear + weight * power.first, weight * power.second)
  }
}

private enum Weights {
  /// αᵢ of Toint's chained problems.
  static let chained = [
    1.25, 1.40, 2.40, 1.40, 1.75, 1.20, 2.25, 1.20, 1.00, 1.10, 1.50, 1.60, 1.25, 1.25, 1.20, 1.20, 1.40,
    0.50,
    0.50, 1.25, 1.80, 0.75, 1.25, 1.40, 1.60, 2.00, 1.00, 1.60, 1.25, 2.75, 1.25, 1.25, 1.25, 3.00, 1.50,
    2.00,
    1.25, 1.40, 1.80, 1.50, 2.20, 1.40, 1.50, 1.25, 2.00, 1.50, 1.25, 1.40, 0.60, 1.50,
  ]
}
