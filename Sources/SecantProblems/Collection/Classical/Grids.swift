import Foundation

/// Problems on a grid: the Hessian has the grid's pattern, whose factors fill in.
extension TestProblem {
  /// A surface of least area over a square, free at the boundary, and pulled to 0 at the centre: of area 1 when flat.
  ///
  /// - Parameter p: how many points a side of the grid has, at least 2; there are p² variables.
  public static func fminsrf2(side p: Int = 8) -> TestProblem {
    precondition(p >= 2, "FMINSRF2 with sides of \(p) points: give at least 2")
    var start = [Double](repeating: 0, count: p * p)
    for k in 0..<p {
      let t = Double(k) / Double(p - 1)
      start[p * k] = 1 + 4 * t
      start[p * k + p - 1] = 9 + 4 * t
      if 0 < k && k < p - 1 {
        start[k] = 1 + 8 * t
        start[p * (p - 1) + k] = 5 + 8 * t
      }
    }
    return TestProblem("FMINSRF2", "CUTEst", start: start, minima: [1]) { x, f in
      let cells = Double((p - 1) * (p - 1))
      for j in 0..<(p - 1) {
        for i in 0..<(p - 1) {
          let (a, b, c, d) = (p * j + i, p * (j + 1) + i + 1, p * j + i + 1, p * (j + 1) + i)
          let (u, v) = (x[a] - x[b], x[c] - x[d])
          f.add(1 / cells * .squareRoot(1 + cells / 2 * (u * u + v * v))) { α in
            for (u, a, b) in [(u, a, b), (v, c, d)] {
              α[a] = cells * u
              α[b] = -cells * u
              α[a, a] = cells
              α[b, b] = cells
              α[a, b] = -cells
            }
          }
        }
      }
      let centre = p * (p / 2 - 1) + p / 2 - 1
      f.square(x[centre] / Double(p)) { r in r[centre] = 1 / Double(p) }
    }
  }

  /// The temperature of a reaction, u″ = −λeᵘ with λ = −3.4, as an energy over points between 0 and 0 (Bratu).
  ///
  /// (2/h) Σ xᵢ² − xᵢxᵢ₋₁ + 2hλ Σ (e^xᵢ₊₁ − e^xᵢ)/(xᵢ₊₁ − xᵢ).
  ///
  /// - Parameter n: how many points inside.
  public static func bratu1d(_ n: Int = 75) -> TestProblem {
    precondition(n >= 1, "BRATU1D of \(n) variables: give at least 1")
    let h = 1 / Double(n + 1)
    let minima = [11: -8.49454553, 75: -8.51831187, 101: -8.51859, 501: -8.51892, 1001: -8.51893]
    return TestProblem(
      "BRATU1D", "CUTEst", start: (1...n).map { -0.1 * h * Double($0 * $0) },
      minima: minima[n].map { [$0] } ?? []
    ) { x, f in
      for i in 0...n {
        let isFirst = i == 0
        let isLast = i == n
        let (a, b) = (isFirst ? 0 : x[i - 1], isLast ? 0 : x[i])
        // x² − ab summed up is ½(b − a)² summed up, as both ends are 0.
        f.add((b - a) * (b - a) / h) { α in
          if !isFirst {
            α[i - 1] = 2 * (a - b) / h
            α[i - 1, i - 1] = 2 / h
          }
          if !isLast {
            α[i] = 2 * (b - a) / h
            α[i, i] = 2 / h
          }
          if !isFirst && !isLast { α[i - 1, i] = -2 / h }
        }
        // (eᵇ − eᵃ)/(b − a) = e^((a + b)/2) sinh(d)/d with d = (b − a)/2.
        let weight = -6.8 * h * exp((a + b) / 2)
        let s = Bratu.sinhc((b - a) / 2)
        f.add(weight * s.h) { α in
          let (sum, mixed) = (weight * (s.h + s.second) / 4, weight * s.first / 2)
          if !isFirst {
            α[i - 1] = weight * (s.h - s.first) / 2
            α[i - 1, i - 1] = sum - mixed
          }
          if !isLast {
            α[i] = weight * (s.h + s.first) / 2
            α[i, i] = sum + mixed
          }
          if !isFirst && !isLast { α[i - 1, i] = weight * (s.h - s.second) / 4 }
        }
      }
    }
  }
}

private enum Bratu {
  /// sinh(d)/d, by its series where the quotients would cancel.
  @inline(__always) static func sinhc(_ d: Double) -> ElementSum.Outer {
    let d2 = d * d
    if d2 < 0.25 {
      // Σ d²ᵏ/(2k + 1)!
      let h = 1 + d2 / 6 * (1 + d2 / 20 * (1 + d2 / 42 * (1 + d2 / 72 * (1 + d2 / 110 * (1 + d2 / 156)))))
      let first =
        d / 3 * (1 + d2 / 10 * (1 + d2 / 28 * (1 + d2 / 54 * (1 + d2 / 88 * (1 + d2 / 130)))))
      let second =
        1.0 / 3 + d2 / 10 * (1 + d2 * 5 / 84 * (1 + d2 * 7 / 270 * (1 + d2 * 9 / 616 * (1 + d2 * 11 / 1170))))
      return .init(h, first, second)
    }
    let h = sinh(d) / d
    let first = (cosh(d) - h) / d
    return .init(h, first, h - 2 * first / d)
  }
}
