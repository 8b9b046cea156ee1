import Foundation
public import Secant

/// Well-known problems with bounds, each with its start and its published minimum, from the collections of Hock and
/// Schittkowski (HS) and of CUTEst.
extension TestProblem {
  /// Every bounded problem.
  public static var bounded: [Bounded<TestProblem>] {
    [
      hs1, hs2, hs3, hs4, hs5, hs38, hs45, hs110, mccormick(), camel, obstacle(), torsion(), journalBearing(),
    ]
  }

  /// HS 1: Rosenbrock's function above a bound that holds nothing.
  public static var hs1: Bounded<TestProblem> {
    rosenbrock.changed(name: "HS1", start: [-2, 1], minima: [0]).bounded(
      from: [-.infinity, -1.5], to: [.infinity, .infinity])
  }

  /// HS 2: Rosenbrock's function above a bound that holds x₂; the second minimum is 4.9412.
  public static var hs2: Bounded<TestProblem> {
    rosenbrock.changed(name: "HS2", start: [-2, 1], minima: [0.0504261879, 4.941229318]).bounded(
      from: [-.infinity, 1.5], to: [.infinity, .infinity])
  }

  /// HS 3: all but linear in the variable that the bound holds.
  public static var hs3: Bounded<TestProblem> {
    TestProblem("HS3", "HS 3", start: [10, 1], minima: [0]) { x, f in
      f.add(x[1]) { d in d[1] = 1 }
      f.square((x[1] - x[0]) * 1e-5.squareRoot()) { r in
        r[0] = -1e-5.squareRoot()
        r[1] = 1e-5.squareRoot()
      }
    }.bounded(from: [-.infinity, 0], to: [.infinity, .infinity])
  }

  /// HS 4: the minimum is a corner.
  public static var hs4: Bounded<TestProblem> {
    TestProblem("HS4", "HS 4", start: [1.125, 0.125], minima: [8 / 3.0]) { x, f in
      let t = x[0] + 1
      f.add(t * t * t / 3) { d in
        d[0] = t * t
        d[0, 0] = 2 * t
      }
      f.add(x[1]) { d in d[1] = 1 }
    }.bounded(from: [1, 0], to: [.infinity, .infinity])
  }

  /// HS 5: McCormick's function.
  public static var hs5: Bounded<TestProblem> {
    mccormick(2).base.changed(name: "HS5", start: [0, 0], minima: [-3.0.squareRoot() / 2 - .pi / 3]).bounded(
      from: [-1.5, -3], to: [4, 3])
  }

  /// HS 38: Wood's function in a box that holds nothing.
  public static var hs38: Bounded<TestProblem> {
    wood.changed(name: "HS38", start: [-3, -1, -3, -1], minima: [0]).bounded(from: -10, to: 10, count: 4)
  }

  /// HS 45: a product; all five variables end at their upper bounds.
  public static var hs45: Bounded<TestProblem> {
    TestProblem("HS45", "HS 45", start: [2, 2, 2, 2, 2], minima: [1]) { x, f in
      func product(without i: Int, _ j: Int) -> Double {
        (0..<5).reduce(-1.0 / 120) { $1 == i || $1 == j ? $0 : $0 * x[$1] }
      }
      f.add(2 + product(without: -1, -1)) { d in
        for i in 0..<5 {
          d[i] = product(without: i, i)
          for j in 0..<i { d[i, j] = product(without: i, j) }
        }
      }
    }.bounded(from: [0, 0, 0, 0, 0], to: [1, 2, 3, 4, 5])
  }

  /// HS 110: not defined outside of (2, 10).
  public static var hs110: Bounded<TestProblem> {
    TestProblem("HS110", "HS 110", start: [Double](repeating: 9, count: 10), minima: [-45.77846971]) { x, f in
      var product = 1.0
      for i in 0..<10 {
        let (a, b) = (log(x[i] - 2), log(10 - x[i]))
        let (u, v) = (x[i] - 2, 10 - x[i])
        f.add(a * a + b * b) { d in
          d[i] = 2 * a / u - 2 * b / v
          d[i, i] = (2 - 2 * a) / (u * u) + (2 - 2 * b) / (v * v)
        }
        product *= x[i]
      }
      let power = Foundation.pow(product, 0.2)
      f.add(-power) { d in
        for i in 0..<10 {
          d[i] = -0.2 * power / x[i]
          d[i, i] = 0.16 * power / (x[i] * x[i])
          for j in 0..<i { d[i, j] = -0.04 * power / (x[i] * x[j]) }
        }
      }
    }.bounded(from: 2.001, to: 9.999, count: 10)
  }

  /// MCCORMCK: McCormick's function, chained, in −1.5 ≤ xᵢ ≤ 3.
  ///
  /// - Parameter n: how many variables, at least 2.
  public static func mccormick(_ n: Int = 10) -> Bounded<TestProblem> {
    precondition(n >= 2, "McCormick's function of \(n) variables: give at least 2")
    return TestProblem("MCCORMCK", "CUTEst", start: [Double](repeating: 0, count: n)) { x, f in
      for i in 0..<n - 1 {
        let (u, v) = (x[i] - x[i + 1], x[i] + x[i + 1])
        f.add(-1.5 * x[i] + 2.5 * x[i + 1] + 1 + u * u + sin(v)) { d in
          d[i] = -1.5 + 2 * u + cos(v)
          d[i + 1] = 2.5 - 2 * u + cos(v)
          d[i, i] = 2 - sin(v)
          d[i + 1, i + 1] = 2 - sin(v)
          d[i, i + 1] = -2 - sin(v)
        }
      }
    }.bounded(from: -1.5, to: 3, count: n)
  }

  /// CAMEL6: the six-hump camel, whose six minima have three values.
  public static var camel: Bounded<TestProblem> {
    TestProblem(
      "CAMEL6", "CUTEst", start: [1.1, 1.1], minima: [-1.0316284535, -0.2154638244, 2.1042503104]
    ) { x, f in
      let (s, t) = (x[0] * x[0], x[1] * x[1])
      f.add((4 - 2.1 * s + s * s / 3) * s + x[0] * x[1] + 4 * (t - 1) * t) { d in
        d[0] = x[0] * (8 - 8.4 * s + 2 * s * s) + x[1]
        d[1] = x[0] + x[1] * (16 * t - 8)
        d[0, 0] = 8 - 25.2 * s + 10 * s * s
        d[1, 1] = 48 * t - 8
        d[0, 1] = 1
      }
    }.bounded(from: [-3, -1.5], to: [3, 1.5])
  }

  /// OBSTCLAE: a membrane over an obstacle, (sin 3.2x)(sin 3.3y), and below 2000.
  ///
  /// - Parameter side: the inner points of a side of the grid; there are side² variables.
  public static func obstacle(side: Int = 6) -> Bounded<TestProblem> {
    let h = 1 / Double(side + 1)
    var lower: [Scalar] = []
    for j in 1...side {
      for i in 1...side {
        lower.append(Scalar(sin(3.2 * h * Double(i)) * sin(3.3 * h * Double(j))))
      }
    }
    let start = lower.map { _ in 1.0 }
    return membrane("OBSTCLAE", side: side, start: start, load: { _, _ in h * h }).bounded(
      from: Vector(lower), to: Vector(repeating: 2000, count: side * side))
  }

  /// TORSION1: the elastic-plastic torsion of a cylinder, |u| at most the distance from the boundary.
  ///
  /// - Parameter side: the inner points of a side of the grid; there are side² variables.
  public static func torsion(side: Int = 6) -> Bounded<TestProblem> {
    let h = 1 / Double(side + 1)
    var distance: [Double] = []
    for j in 1...side {
      for i in 1...side {
        distance.append(h * Double(min(min(i, side + 1 - i), min(j, side + 1 - j))))
      }
    }
    let upper = Vector(distance.map { Scalar($0) })
    return membrane("TORSION1", side: side, start: distance, load: { _, _ in 5 * h * h }).bounded(
      from: Scalar(-1) * upper, to: upper)
  }

  /// JNLBRNG1: the pressure in a journal bearing, which is not negative; eccentricity 0.1.
  ///
  /// - Parameter side: the inner points of a side of the grid; there are side² variables.
  public static func journalBearing(side: Int = 6) -> Bounded<TestProblem> {
    let (hx, hy) = (2 * Double.pi / Double(side + 1), 20 / Double(side + 1))
    let ε = 0.1
    @Sendable func weight(_ i: Int) -> Double { Foundation.pow(1 + ε * cos(hx * Double(i)), 3) }
    let start = (0..<side * side).map { max(0, sin(hx * Double($0 % side + 1))) }
    return TestProblem("JNLBRNG1", "CUTEst", start: start) { x, f in
      // u is 0 on the boundary; each triangle of the grid contributes its mean weight and its two differences.
      func at(_ i: Int, _ j: Int) -> Int? {
        (1...side).contains(i) && (1...side).contains(j) ? (j - 1) * side + i - 1 : nil
      }
      func add(_ a: Int?, _ b: Int?, _ factor: Double) {
        if a == nil && b == nil { return }
        let root = factor.squareRoot()
        f.square(root * ((b.map { x[$0] } ?? 0) - (a.map { x[$0] } ?? 0))) { r in
          if let a { r[a] = -root }
          if let b { r[b] = root }
        }
      }
      for j in 0...side {
        for i in 0...side {
          let low = (2 * weight(i) + weight(i + 1)) / 12 * hx * hy
          let high = (2 * weight(i + 1) + weight(i)) / 12 * hx * hy
          add(at(i, j), at(i + 1, j), low / (hx * hx))
          add(at(i, j), at(i, j + 1), low / (hy * hy))
          add(at(i, j + 1), at(i + 1, j + 1), high / (hx * hx))
          add(at(i + 1, j), at(i + 1, j + 1), high / (hy * hy))
        }
      }
      for j in 1...side {
        for i in 1...side {
          let k = (j - 1) * side + i - 1
          let load = hx * hy * ε * sin(hx * Double(i))
          f.add(-load * x[k]) { d in d[k] = -load }
        }
      }
    }.bounded(from: 0, count: side * side)
  }

  /// ¼ Σ of squared differences between each point of a grid and its four neighbours, zero on its boundary, less a load
  /// on each point. An edge to the boundary counts once, as in CUTEst, and one inside twice.
  private static func membrane(
    _ name: String, side: Int, start: [Double], load: @escaping @Sendable (Int, Int) -> Double
  ) -> TestProblem {
    TestProblem(name, "CUTEst", start: start) { x, f in
      func at(_ i: Int, _ j: Int) -> Int? {
        (1...side).contains(i) && (1...side).contains(j) ? (j - 1) * side + i - 1 : nil
      }
      func add(_ a: Int?, _ b: Int?) {
        if a == nil && b == nil { return }
        let root = (a == nil || b == nil ? 0.25 : 0.5).squareRoot()
        f.square(root * ((b.map { x[$0] } ?? 0) - (a.map { x[$0] } ?? 0))) { r in
          if let a { r[a] = -root }
          if let b { r[b] = root }
        }
      }
      for j in 0...side {
        for i in 0...side {
          add(at(i, j), at(i + 1, j))
          add(at(i, j), at(i, j + 1))
        }
      }
      for j in 1...side {
        for i in 1...side {
          let k = (j - 1) * side + i - 1
          let weight = load(i, j)
          f.add(-weight * x[k]) { d in d[k] = -weight }
        }
      }
    }
  }
}
