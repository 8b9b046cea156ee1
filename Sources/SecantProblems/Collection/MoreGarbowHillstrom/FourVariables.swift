import Foundation

extension TestProblem {
  /// MGH 13, Powell 1962: the Hessian is singular at the minimum.
  public static var powellSingular: TestProblem {
    TestProblem(
      "Powell singular", "MGH 13", start: [3, -1, 0, 1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in addPowellSingular(x, at: 0, to: &f) }
  }

  /// MGH 14, Wood 1968 (Colville's fourth): two valleys of Rosenbrock's kind, coupled.
  public static var wood: TestProblem {
    TestProblem(
      "Wood", "MGH 14", start: [-3, -1, -3, -1], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in addWood(x, at: 0, to: &f) }
  }

  /// MGH 15, Kowalik and Osborne 1968: the kinetics of an enzyme. 1.02734·10⁻³ is approached at infinity.
  ///
  /// The last u is 0.0625 as in the paper; CUTEst has 0.0624 and another minimum.
  public static var kowalikOsborne: TestProblem { kowalikOsborne(lastU: 0.0625) }

  static func kowalikOsborne(lastU: Double) -> TestProblem {
    TestProblem(
      "Kowalik–Osborne", "MGH 15", start: [0.25, 0.39, 0.415, 0.39], minima: [3.07505e-4, 1.02734e-3],
      startFactors: [1, 10, 100]
    ) { x, f in
      for i in 0..<11 {
        let u = i == 10 ? lastU : Observations.kowalikOsborneU[i]
        let (N, D) = (u * (u + x[1]), u * (u + x[2]) + x[3])
        let q = N / D
        f.square(Observations.kowalikOsborneY[i] - x[0] * q) { r in
          let c = x[0] / D
          r[0] = -q
          r[1] = -c * u
          r[2] = c * q * u
          r[3] = c * q
          r[0, 1] = -u / D
          r[0, 2] = q * u / D
          r[0, 3] = q / D
          r[1, 2] = c * u * u / D
          r[1, 3] = c * u / D
          let d = -2 * c * q / D
          r[2, 2] = d * u * u
          r[2, 3] = d * u
          r[3, 3] = d
        }
      }
    }
  }

  /// MGH 16, Brown and Dennis 1971, m = 20: large residuals.
  public static var brownDennis: TestProblem {
    TestProblem(
      "Brown–Dennis", "MGH 16", start: [25, 5, -5, -1], minima: [85822.2], startFactors: [1, 10, 100]
    ) { x, f in
      for i in 1...20 {
        let t = Double(i) / 5
        let s = sin(t)
        let a = x[0] + t * x[1] - exp(t)
        let b = x[2] + s * x[3] - cos(t)
        f.square(a * a + b * b) { r in
          r[0] = 2 * a
          r[1] = 2 * t * a
          r[2] = 2 * b
          r[3] = 2 * s * b
          r[0, 0] = 2
          r[0, 1] = 2 * t
          r[1, 1] = 2 * t * t
          r[2, 2] = 2
          r[2, 3] = 2 * s
          r[3, 3] = 2 * s * s
        }
      }
    }
  }
}

/// The six residuals of Wood's function in the variables from i on.
@inline(__always) func addWood(_ x: UnsafePointer<Double>, at i: Int, to f: inout ElementSum) {
  let (root90, root10) = (90.0.squareRoot(), 10.0.squareRoot())
  f.square(10 * (x[i + 1] - x[i] * x[i])) { r in
    r[i] = -20 * x[i]
    r[i + 1] = 10
    r[i, i] = -20
  }
  f.square(1 - x[i]) { r in r[i] = -1 }
  f.square(root90 * (x[i + 3] - x[i + 2] * x[i + 2])) { r in
    r[i + 2] = -2 * root90 * x[i + 2]
    r[i + 3] = root90
    r[i + 2, i + 2] = -2 * root90
  }
  f.square(1 - x[i + 2]) { r in r[i + 2] = -1 }
  f.square(root10 * (x[i + 1] + x[i + 3] - 2)) { r in
    r[i + 1] = root10
    r[i + 3] = root10
  }
  f.square((x[i + 1] - x[i + 3]) / root10) { r in
    r[i + 1] = 1 / root10
    r[i + 3] = -1 / root10
  }
}

/// The four residuals of Powell's singular function in the variables from i on.
@inline(__always) func addPowellSingular(_ x: UnsafePointer<Double>, at i: Int, to f: inout ElementSum) {
  let (root5, root10) = (5.0.squareRoot(), 10.0.squareRoot())
  f.square(x[i] + 10 * x[i + 1]) { r in
    r[i] = 1
    r[i + 1] = 10
  }
  f.square(root5 * (x[i + 2] - x[i + 3])) { r in
    r[i + 2] = root5
    r[i + 3] = -root5
  }
  let a = x[i + 1] - 2 * x[i + 2]
  f.square(ElementSum.Outer(a * a, 2 * a, 2)) { α in
    α[i + 1] = 1
    α[i + 2] = -2
  }
  let b = x[i] - x[i + 3]
  f.square(ElementSum.Outer(root10 * b * b, 2 * root10 * b, 2 * root10)) { α in
    α[i] = 1
    α[i + 3] = -1
  }
}

private enum Observations {
  static let kowalikOsborneY = [
    0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246,
  ]
  static let kowalikOsborneU = [4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714]
}
