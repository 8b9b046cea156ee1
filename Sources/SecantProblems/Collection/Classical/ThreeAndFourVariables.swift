import Foundation

extension TestProblem {
  /// Dennis and Schnabel 1983, p. 83: the Hessian vanishes at the minimum.
  public static var denschnd: TestProblem {
    TestProblem("DENSCHND", "CUTEst", start: [10, 10, 10], minima: [0]) { x, f in
      let (u, v, w) = (x[0], x[1], x[2])
      f.square(u * u + v * v * v - w * w * w * w) { r in
        r[0] = 2 * u
        r[1] = 3 * v * v
        r[2] = -4 * w * w * w
        r[0, 0] = 2
        r[1, 1] = 6 * v
        r[2, 2] = -12 * w * w
      }
      f.square(2 * u * v * w) { r in
        r[0] = 2 * v * w
        r[1] = 2 * u * w
        r[2] = 2 * u * v
        r[0, 1] = 2 * w
        r[0, 2] = 2 * v
        r[1, 2] = 2 * u
      }
      f.square(2 * u * v - 3 * v * w + u * w) { r in
        r[0] = 2 * v + w
        r[1] = 2 * u - 3 * w
        r[2] = u - 3 * v
        r[0, 1] = 2
        r[1, 2] = -3
        r[0, 2] = 1
      }
    }
  }

  /// Dennis and Schnabel 1983, p. 147: x₁² + (x₂ + x₂²)² + (e^x₃ − 1)².
  public static var denschne: TestProblem {
    TestProblem("DENSCHNE", "CUTEst", start: [2, 3, -8], minima: [0, 1]) { x, f in
      f.square(x[0]) { r in r[0] = 1 }
      f.square(x[1] + x[1] * x[1]) { r in
        r[1] = 1 + 2 * x[1]
        r[1, 1] = 2
      }
      let e = exp(x[2])
      f.square(e - 1) { r in
        r[2] = e
        r[2, 2] = e
      }
    }
  }

  /// Engvall 1966: five equations, two of them spheres.
  public static var engval2: TestProblem {
    TestProblem("ENGVAL2", "CUTEst", start: [1, 2, 0], minima: [0]) { x, f in
      let (u, v, w) = (x[0], x[1], x[2])
      for centre in [0.0, 2] {
        f.square(u * u + v * v + (w - centre) * (w - centre) - 1) { r in
          r[0] = 2 * u
          r[1] = 2 * v
          r[2] = 2 * (w - centre)
          for j in 0..<3 { r[j, j] = 2 }
        }
      }
      for sign in [1.0, -1] {
        f.square(u + v + sign * (w - 1)) { r in
          r[0] = 1
          r[1] = 1
          r[2] = sign
        }
      }
      let d = 5 * w - u + 1
      f.square(3 * v * v + u * u * u + d * d - 36) { r in
        r[0] = 3 * u * u - 2 * d
        r[1] = 6 * v
        r[2] = 10 * d
        r[0, 0] = 6 * u + 2
        r[0, 2] = -10
        r[1, 1] = 6
        r[2, 2] = 50
      }
    }
  }

  /// Ten observations of e^(tx₃) − x₁e^(tx₂), problem D of the optimisation centre at Hatfield.
  public static var hatfldd: TestProblem {
    TestProblem("HATFLDD", "CUTEst", start: [1, -1, 0], minima: [6.615114e-8]) { x, f in
      addHatfield(x, Observations.hatflddTimes, Observations.hatfldd, to: &f)
    }
  }

  /// Twenty-one observations of e^(tx₃) − x₁e^(tx₂), problem E of the optimisation centre at Hatfield.
  public static var hatflde: TestProblem {
    TestProblem("HATFLDE", "CUTEst", start: [1, -1, 0], minima: [5.120377e-7]) { x, f in
      addHatfield(x, Observations.hatfldeTimes, Observations.hatflde, to: &f)
    }
  }

  /// Three equations x₁ + x₂x₃ⁱ = cᵢ with a nearly singular Jacobian, problem F of the optimisation centre at
  /// Hatfield from a start of Fletcher and Leyffer.
  public static var hatfldfl: TestProblem {
    TestProblem("HATFLDFL", "CUTEst", start: [1.2, -1.2, 0.98]) { x, f in
      let (v, w) = (x[1], x[2])
      f.square(x[0] + v * w - 0.032) { r in
        r[0] = 1
        r[1] = w
        r[2] = v
        r[1, 2] = 1
      }
      f.square(x[0] + v * w * w - 0.056) { r in
        r[0] = 1
        r[1] = w * w
        r[2] = 2 * v * w
        r[1, 2] = 2 * w
        r[2, 2] = 2 * v
      }
      f.square(x[0] + v * w * w * w - 0.099) { r in
        r[0] = 1
        r[1] = w * w * w
        r[2] = 3 * v * w * w
        r[1, 2] = 3 * w * w
        r[2, 2] = 6 * v * w
      }
    }
  }

  /// The function that the manual of LANCELOT walks through, without its bounds.
  public static var allinitu: TestProblem {
    TestProblem("ALLINITU", "CUTEst", start: [0, 0, 0, 0], minima: [5.744384910]) { x, f in
      let (a, b, c, d) = (x[0], x[1], x[2], x[3])
      let sd = sin(d)
      f.add(a * a + b * b + c + d - 4) { α in
        α[0] = 2 * a
        α[1] = 2 * b
        α[2] = 1
        α[3] = 1
        α[0, 0] = 2
        α[1, 1] = 2
      }
      f.square(c + d) { r in
        r[2] = 1
        r[3] = 1
      }
      f.square(a * b) { r in
        r[0] = b
        r[1] = a
        r[0, 1] = 1
      }
      for _ in 0..<2 {
        f.square(.sine(c)) { α in α[2] = 1 }
      }
      f.square(d - 1) { r in r[3] = 1 }
      f.square(.square(b)) { α in α[1] = 1 }
      f.square(c * c + (a + d) * (a + d)) { r in
        r[0] = 2 * (a + d)
        r[2] = 2 * c
        r[3] = 2 * (a + d)
        r[0, 0] = 2
        r[0, 3] = 2
        r[2, 2] = 2
        r[3, 3] = 2
      }
      f.square(a - 4 + sd * sd + b * b * c * c) { r in
        r[0] = 1
        r[1] = 2 * b * c * c
        r[2] = 2 * b * b * c
        r[3] = sin(2 * d)
        r[1, 1] = 2 * c * c
        r[1, 2] = 4 * b * c
        r[2, 2] = 2 * b * b
        r[3, 3] = 2 * cos(2 * d)
      }
      f.square(sd * sd) { r in
        r[3] = sin(2 * d)
        r[3, 3] = 2 * cos(2 * d)
      }
    }
  }

  /// Himmelblau 1972, problem 32: seven observations of a quotient of polynomials, with weight 10⁴.
  public static var himmelbf: TestProblem {
    TestProblem("HIMMELBF", "CUTEst", start: [2.7, 90, 1500, 10], minima: [318.572]) { x, f in
      for i in 0..<7 {
        let (a, b) = (Observations.himmelbfTimes[i], Observations.himmelbf[i])
        let u = x[0] * x[0] + a * x[1] * x[1] + a * a * x[2] * x[2]
        let w = 1 + a * x[3] * x[3]
        let weight = 100 / (b * w)
        f.square(weight * u - 100) { r in
          let slope = -2 * a * x[3] / w
          let factors = [1, a, a * a]
          for j in 0..<3 {
            let first = 2 * weight * factors[j] * x[j]
            r[j] = first
            r[j, j] = 2 * weight * factors[j]
            r[j, 3] = slope * first
          }
          r[3] = weight * u * slope
          r[3, 3] = weight * u * (2 * slope * slope - 2 * a / w)
        }
      }
    }
  }
}

/// Σ (e^(tx₃) − x₁e^(tx₂) + z)².
@inline(__always) private func addHatfield(
  _ x: UnsafePointer<Double>, _ times: [Double], _ z: [Double], to f: inout ElementSum
) {
  for (t, z) in zip(times, z) {
    let (e1, e2) = (exp(t * x[1]), exp(t * x[2]))
    f.square(e2 - x[0] * e1 + z) { r in
      r[0] = -e1
      r[1] = -t * x[0] * e1
      r[2] = t * e2
      r[0, 1] = -t * e1
      r[1, 1] = -t * t * x[0] * e1
      r[2, 2] = t * t * e2
    }
  }
}

private enum Observations {
  static let hatflddTimes = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9]
  static let hatfldd = [1.751, 1.561, 1.391, 1.239, 1.103, 0.981, 0.925, 0.8721, 0.8221, 0.7748]
  static let hatfldeTimes = [
    0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1, 1.05, 1.1, 1.15, 1.2,
    1.25,
    1.3,
  ]
  static let hatflde = [
    1.561, 1.473, 1.391, 1.313, 1.239, 1.169, 1.103, 1.04, 0.981, 0.925, 0.8721, 0.8221, 0.7748, 0.73, 0.6877,
    0.6477, 0.6099, 0.5741, 0.5403, 0.5084, 0.4782,
  ]
  static let himmelbfTimes = [0, 0.000428, 0.001, 0.00161, 0.00209, 0.00348, 0.00525]
  static let himmelbf = [7.391, 11.18, 16.44, 16.20, 22.20, 24.02, 31.32]
}
