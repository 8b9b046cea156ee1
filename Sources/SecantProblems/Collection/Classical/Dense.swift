import Foundation

/// Problems whose Hessian is dense.
extension TestProblem {
  /// ½xᵀHx with Hilbert's matrix: cond H grows as e^(3.5n).
  ///
  /// - Parameter n: how many variables.
  public static func hilberta(_ n: Int = 10) -> TestProblem { hilbert("HILBERTA", n, shift: 0) }

  /// ½xᵀHx + 5‖x‖² with Hilbert's matrix: well conditioned.
  ///
  /// - Parameter n: how many variables.
  public static func hilbertb(_ n: Int = 10) -> TestProblem { hilbert("HILBERTB", n, shift: 5) }

  private static func hilbert(_ name: String, _ n: Int, shift: Double) -> TestProblem {
    precondition(n >= 1, "\(name) of \(n) variables: give at least 1")
    return TestProblem(
      name, "CUTEst", start: [Double](repeating: -3, count: n), minima: [0], width: max(24, n)
    ) { x, f in
      for i in 0..<n {
        let shift = shift + 0.5 / Double(2 * i + 1)
        var row = shift * x[i]
        for j in 0..<i { row += x[j] / Double(i + j + 1) }
        f.add(row * x[i]) { α in
          α[i] = row + shift * x[i]
          α[i, i] = 2 * shift
          for j in 0..<i {
            let h = 1 / Double(i + j + 1)
            α[j] = h * x[i]
            α[i, j] = h
          }
        }
      }
    }
  }

  /// Mancino's equations (Spedicato 1975): each has a root and a logarithm's sine and cosine of every variable.
  ///
  /// As in CUTEst, the start is that of the paper and the constants of the equations have the opposite sign, so that
  /// the start lies far from the root.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func mancino(_ n: Int = 20) -> TestProblem {
    precondition(n >= 2, "MANCINO of \(n) variables: give at least 2")
    let shift = (1...n).map { i in
      let d = Double(i) - Double(n) / 2
      return d * d * d
    }
    let β = 14 * Double(n)
    let f2 = β * β - 36 * Double((n - 1) * (n - 1))
    let start = (0..<n).map { i in
      var h = 0.0
      for j in 0..<n where j != i { h += Mancino(0, i, j).h }
      return -β / f2 * (h + shift[i])
    }
    return TestProblem("MANCINO", "CUTEst", start: start, minima: [0], width: n + 1) { x, f in
      for i in 0..<n {
        var s = β * x[i] - shift[i]
        for j in 0..<n where j != i { s += Mancino(x[j], i, j).h }
        f.square(s) { r in
          for j in 0..<n {
            if j == i {
              r[j] = β
            } else {
              let term = Mancino(x[j], i, j)
              r[j] = term.first
              r[j, j] = term.second
            }
          }
        }
      }
    }
  }

  /// The placement of optimal sensors (Zhang and Toint): −Σᵢⱼ (sin θᵢ sin θⱼ sin(θᵢ − θⱼ))².
  ///
  /// - Parameter n: how many variables.
  public static func sensors(_ n: Int = 20) -> TestProblem {
    precondition(n >= 1, "SENSORS of \(n) variables: give at least 1")
    return TestProblem("SENSORS", "CUTEst", start: (1...n).map { Double($0) / Double(n) }) { x, f in
      for i in 0..<n {
        for j in 0..<i {
          let (a, b) = (x[i], x[j])
          let (sa, sb, sd) = (sin(a), sin(b), sin(a - b))
          let p = sa * sb * sd
          // Twice: (i, j) and (j, i).
          f.add(.init(-2 * p * p, -4 * p, -4)) { α in
            let (ca, cb, cd) = (cos(a), cos(b), cos(a - b))
            α[i] = sb * (ca * sd + sa * cd)
            α[j] = sa * (cb * sd - sb * cd)
            α[i, i] = 2 * sb * (ca * cd - sa * sd)
            α[j, j] = -2 * sa * (cb * cd + sb * sd)
            α[i, j] = ca * cb * sd - ca * sb * cd + sa * cb * cd + sa * sb * sd
          }
        }
      }
    }
  }

  /// An eigenvalue μ of least size as a variational problem (Auchmuty, Toint): ½‖(A − μ)x‖² + ‖x‖³/1.5, where A is
  /// banded. The variables are x and then μ.
  ///
  /// - Parameter n: how many elements x has.
  public static func vareigvl(_ n: Int = 49) -> TestProblem {
    precondition(n >= 1, "VAREIGVL of \(n) elements: give at least 1")
    let start = [Double](repeating: 1, count: n) + [0]
    return TestProblem("VAREIGVL", "CUTEst", start: start, minima: [0], width: max(24, n)) { x, f in
      let μ = x[n]
      let root = 0.5.squareRoot()
      for i in 1...n {
        let band = max(1, i - 6)...min(n, i + 6)
        var s = -μ * x[i - 1]
        for j in band { s += entry(i, j) * x[j - 1] }
        f.square(root * s) { r in
          for j in band { r[j - 1] = root * entry(i, j) }
          r[i - 1] = -root * μ
          r[n] = -root * x[i - 1]
          r[i - 1, n] = -root
        }
      }
      var s = 0.0
      for j in 0..<n { s += x[j] * x[j] }
      let q = s.squareRoot()
      f.add(.init(s * q / 1.5, q, 0.5 / q)) { α in
        for j in 0..<n {
          α[j] = 2 * x[j]
          α[j, j] = 2
        }
      }
      func entry(_ i: Int, _ j: Int) -> Double {
        sin(Double(i * j)) * exp(-Double((i - j) * (i - j)) / Double(n * n))
      }
    }
  }
}

/// v(sin⁵ log v + cos⁵ log v) with v = √(x² + i/j), and its derivatives by x.
private struct Mancino {
  let h, first, second: Double

  @inline(__always) init(_ x: Double, _ i: Int, _ j: Int) {
    let v = (x * x + Double(i + 1) / Double(j + 1)).squareRoot()
    let L = log(v)
    let (s, c) = (sin(L), cos(L))
    let (s2, c2) = (s * s, c * c)
    let (s4, c4) = (s2 * s2, c2 * c2)
    let sum = s4 * s + c4 * c
    let slope = 5 * (s4 * c - c4 * s)
    h = v * sum
    let first = sum + slope  // dh/dv
    let bend = slope + 5 * (4 * s * s2 * c2 + 4 * c * c2 * s2 - sum)  // v d²h/dv²
    let dv = x / v
    self.first = first * dv
    second = (bend * dv * dv + first * (1 - dv * dv)) / v
  }
}
