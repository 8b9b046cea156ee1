import Foundation

extension TestProblem {
  /// MGH 17, Osborne 1972: two exponentials and a constant.
  public static var osborne1: TestProblem {
    TestProblem("Osborne 1", "MGH 17", start: [0.5, 1.5, -1, 0.01, 0.02], minima: [5.46489e-5]) { x, f in
      for i in 0..<33 {
        let t = Double(10 * i)
        let (e3, e4) = (exp(-t * x[3]), exp(-t * x[4]))
        f.square(Observations.osborne1[i] - (x[0] + x[1] * e3 + x[2] * e4)) { r in
          r[0] = -1
          addExponential(-e3, t, factor: 1, rate: 3, x, to: &r)
          addExponential(-e4, t, factor: 2, rate: 4, x, to: &r)
        }
      }
    }
  }

  /// MGH 18, Biggs 1971, m = 13: three exponentials. Other stationary points lie around the two minima.
  public static var biggsEXP6: TestProblem {
    TestProblem(
      "Biggs EXP6", "MGH 18", start: [1, 2, 1, 1, 1, 1], minima: [0, 5.65565e-3]
    ) { x, f in
      for i in 1...13 {
        let t = Double(i) / 10
        let y = exp(-t) - 5 * exp(-10 * t) + 3 * exp(-4 * t)
        let (e0, e1, e4) = (exp(-t * x[0]), exp(-t * x[1]), exp(-t * x[4]))
        f.square(x[2] * e0 - x[3] * e1 + x[5] * e4 - y) { r in
          addExponential(e0, t, factor: 2, rate: 0, x, to: &r)
          addExponential(-e1, t, factor: 3, rate: 1, x, to: &r)
          addExponential(e4, t, factor: 5, rate: 4, x, to: &r)
        }
      }
    }
  }

  /// MGH 19, Osborne 1972: an exponential and three bells.
  public static var osborne2: TestProblem { osborne2(firstTime: 0) }

  static func osborne2(firstTime: Double) -> TestProblem {
    TestProblem(
      "Osborne 2", "MGH 19", start: [1.3, 0.65, 0.65, 0.7, 0.6, 3, 5, 7, 2, 4.5, 5.5], minima: [4.01377e-2]
    ) { x, f in
      for i in 0..<65 {
        let t = firstTime + Double(i) / 10
        let e0 = exp(-t * x[4])
        let (d1, d2, d3) = (t - x[8], t - x[9], t - x[10])
        let (e1, e2, e3) = (exp(-x[5] * d1 * d1), exp(-x[6] * d2 * d2), exp(-x[7] * d3 * d3))
        let model = x[0] * e0 + x[1] * e1 + x[2] * e2 + x[3] * e3
        f.square(Observations.osborne2[i] - model) { r in
          addExponential(-e0, t, factor: 0, rate: 4, x, to: &r)
          addBell(-e1, d1, factor: 1, width: 5, centre: 8, x, to: &r)
          addBell(-e2, d2, factor: 2, width: 6, centre: 9, x, to: &r)
          addBell(-e3, d3, factor: 3, width: 7, centre: 10, x, to: &r)
        }
      }
    }
  }

  /// MGH 20, Kowalik and Osborne 1968: a differential equation's solution as a polynomial of degree n − 1.
  ///
  /// The more terms, the worse the conditioning: n = 12 tells exact second derivatives from approximate ones.
  ///
  /// - Parameter n: how many variables, from 2 to 31; 6, 9, 12 and 20 are customary.
  public static func watson(_ n: Int = 6) -> TestProblem {
    precondition((2...31).contains(n), "Watson's function of \(n) variables: give 2 to 31")
    let minima = [6: 2.28767e-3, 9: 1.39976e-6, 12: 4.72238e-10]
    return TestProblem(
      "Watson", "MGH 20", start: [Double](repeating: 0, count: n), minima: minima[n].map { [$0] } ?? [],
      startFactors: [1, 10, 100], width: n
    ) { x, f in
      for i in 1...29 {
        let t = Double(i) / 29
        // The polynomial and its derivative by Horner's rule.
        var (p, slope) = (0.0, 0.0)
        for j in stride(from: n - 1, through: 0, by: -1) {
          slope = slope * t + p
          p = p * t + x[j]
        }
        f.square(slope - p * p - 1) { r in
          var (power, lower) = (1.0, 0.0)  // tʲ and tʲ⁻¹
          for j in 0..<n {
            r[j] = Double(j) * lower - 2 * p * power
            var mixed = power * power
            for k in j..<n {
              r[j, k] = -2 * mixed
              mixed *= t
            }
            lower = power
            power *= t
          }
        }
      }
      f.square(x[0]) { r in r[0] = 1 }
      f.square(x[1] - x[0] * x[0] - 1) { r in
        r[0] = -2 * x[0]
        r[1] = 1
        r[0, 0] = -2
      }
    }
  }
}

/// The derivatives of a·e^(−bt), given ±e^(−bt), where a and b are variables.
@inline(__always) private func addExponential(
  _ e: Double, _ t: Double, factor a: Int, rate b: Int, _ x: UnsafePointer<Double>,
  to r: inout ElementSum.Derivatives
) {
  r[a] = e
  r[b] = -t * x[a] * e
  r[a, b] = -t * e
  r[b, b] = t * t * x[a] * e
}

/// The derivatives of a·e^(−bd²), given ±e^(−bd²), where d = t − c and a, b and c are variables.
@inline(__always) private func addBell(
  _ e: Double, _ d: Double, factor a: Int, width b: Int, centre c: Int, _ x: UnsafePointer<Double>,
  to r: inout ElementSum.Derivatives
) {
  let (d2, q) = (d * d, x[b] * d * d)
  r[a] = e
  r[b] = -x[a] * e * d2
  r[c] = 2 * x[a] * x[b] * e * d
  r[a, b] = -e * d2
  r[a, c] = 2 * x[b] * e * d
  r[b, b] = x[a] * e * d2 * d2
  r[b, c] = 2 * x[a] * e * d * (1 - q)
  r[c, c] = 2 * x[a] * x[b] * e * (2 * q - 1)
}

private enum Observations {
  static let osborne1 = [
    0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628,
    0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420,
    0.414, 0.411, 0.406,
  ]
  static let osborne2 = [
    1.366, 1.191, 1.112, 1.013, 0.991, 0.885, 0.831, 0.847, 0.786, 0.725, 0.746, 0.679, 0.608, 0.655, 0.616,
    0.606, 0.602, 0.626, 0.651, 0.724, 0.649, 0.649, 0.694, 0.644, 0.624, 0.661, 0.612, 0.558, 0.533, 0.495,
    0.500, 0.423, 0.395, 0.375, 0.372, 0.391, 0.396, 0.405, 0.428, 0.429, 0.523, 0.562, 0.607, 0.653, 0.672,
    0.708, 0.633, 0.668, 0.645, 0.632, 0.591, 0.559, 0.597, 0.625, 0.739, 0.710, 0.729, 0.720, 0.636, 0.581,
    0.428, 0.292, 0.162, 0.098, 0.054,
  ]
}
