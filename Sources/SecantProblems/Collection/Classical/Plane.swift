import Foundation

extension TestProblem {
  /// A steep exponential wall beside a parabola of curvature 2·10⁻⁴ (Gottfried and Weisman 1973).
  public static var cliff: TestProblem {
    TestProblem("CLIFF", "CUTEst", start: [0, -1], minima: [0.199786613]) { x, f in
      f.square((x[0] - 3) / 100) { r in r[0] = 0.01 }
      let d = x[0] - x[1]
      f.add(-d) { α in
        α[0] = -1
        α[1] = 1
      }
      f.add(.exponential(20 * d)) { α in
        α[0] = 20
        α[1] = -20
      }
    }
  }

  /// Rosenbrock's valley along a cubic (Leon 1966).
  public static var cube: TestProblem {
    TestProblem("CUBE", "CUTEst", start: [-1.2, 1], minima: [0]) { x, f in
      f.square(x[0] - 1) { r in r[0] = 1 }
      f.square(10 * (x[1] - x[0] * x[0] * x[0])) { r in
        r[0] = -30 * x[0] * x[0]
        r[1] = 10
        r[0, 0] = -60 * x[0]
      }
    }
  }

  /// Dennis and Schnabel 1983, p. 164: x₁⁴ + (x₁ + x₂)² + (e^x₂ − 1)².
  public static var denschna: TestProblem {
    TestProblem("DENSCHNA", "CUTEst", start: [1, 1], minima: [0]) { x, f in
      f.square(.square(x[0])) { α in α[0] = 1 }
      f.square(x[0] + x[1]) { r in
        r[0] = 1
        r[1] = 1
      }
      let e = exp(x[1])
      f.square(e - 1) { r in
        r[1] = e
        r[1, 1] = e
      }
    }
  }

  /// Dennis and Schnabel 1983, p. 201: (x₁ − 2)² + (x₁ − 2)²x₂² + (x₂ + 1)².
  public static var denschnb: TestProblem {
    TestProblem("DENSCHNB", "CUTEst", start: [1, 1], minima: [0]) { x, f in
      f.square(x[0] - 2) { r in r[0] = 1 }
      f.square((x[0] - 2) * x[1]) { r in
        r[0] = x[1]
        r[1] = x[0] - 2
        r[0, 1] = 1
      }
      f.square(x[1] + 1) { r in r[1] = 1 }
    }
  }

  /// Dennis and Schnabel 1983, p. 98: two equations, a circle and an exponential.
  public static var denschnc: TestProblem {
    TestProblem("DENSCHNC", "CUTEst", start: [2, 3], minima: [0]) { x, f in
      f.square(x[0] * x[0] + x[1] * x[1] - 2) { r in
        r[0] = 2 * x[0]
        r[1] = 2 * x[1]
        r[0, 0] = 2
        r[1, 1] = 2
      }
      let e = exp(x[0] - 1)
      f.square(e + x[1] * x[1] * x[1] - 2) { r in
        r[0] = e
        r[1] = 3 * x[1] * x[1]
        r[0, 0] = e
        r[1, 1] = 6 * x[1]
      }
    }
  }

  /// Dennis and Schnabel 1983, p. 147: two equations of second degree.
  public static var denschnf: TestProblem {
    TestProblem("DENSCHNF", "CUTEst", start: [2, 0], minima: [0]) { x, f in
      let (s, d) = (x[0] + x[1], x[0] - x[1])
      f.square(2 * s * s + d * d - 8) { r in
        r[0] = 4 * s + 2 * d
        r[1] = 4 * s - 2 * d
        r[0, 0] = 6
        r[0, 1] = 2
        r[1, 1] = 6
      }
      f.square(5 * x[0] * x[0] + (x[1] - 3) * (x[1] - 3) - 9) { r in
        r[0] = 10 * x[0]
        r[1] = 2 * (x[1] - 3)
        r[0, 0] = 10
        r[1, 1] = 2
      }
    }
  }

  /// Himmelblau 1972, problem 25: the square of a product that vanishes along curves.
  public static var himmelbb: TestProblem {
    TestProblem("HIMMELBB", "CUTEst", start: [-1.2, 1], minima: [0]) { x, f in
      // p(x)y(1 − y) − q(x)y with p = x(1 − x) and q = x²(1 − x)⁶.
      let (u, y) = (x[0], x[1])
      let w = 1 - u
      let w4 = w * w * w * w
      let (p, p1) = (u * w, 1 - 2 * u)
      let q = u * u * w4 * w * w
      let q1 = 2 * u * w4 * w * (1 - 4 * u)
      let q2 = w4 * (2 - 28 * u + 56 * u * u)
      f.square(p * y * (1 - y) - q * y) { r in
        r[0] = p1 * y * (1 - y) - q1 * y
        r[1] = p * (1 - 2 * y) - q
        r[0, 0] = -2 * y * (1 - y) - q2 * y
        r[0, 1] = p1 * (1 - 2 * y) - q1
        r[1, 1] = -2 * p
      }
    }
  }

  /// Himmelblau 1972, problem 33: (2x₁² + 3x₂²)e^(−x₁ − x₂), which falls to 0 at infinity too.
  public static var himmelbg: TestProblem {
    TestProblem("HIMMELBG", "CUTEst", start: [0.5, 0.5], minima: [0]) { x, f in
      let e = exp(-x[0] - x[1])
      let q = 2 * x[0] * x[0] + 3 * x[1] * x[1]
      let (a, b) = (4 * x[0], 6 * x[1])
      f.add(e * q) { α in
        α[0] = e * (a - q)
        α[1] = e * (b - q)
        α[0, 0] = e * (4 - 2 * a + q)
        α[0, 1] = e * (q - a - b)
        α[1, 1] = e * (6 - 2 * b + q)
      }
    }
  }

  /// Himmelblau 1972, problem 34: x₁³ + x₂² − 3x₁ − 2x₂ + 2, unbounded below beside its minimum at (1, 1).
  public static var himmelbh: TestProblem {
    TestProblem("HIMMELBH", "CUTEst", start: [0, 2], minima: [-1]) { x, f in
      f.add(x[0] * x[0] * x[0] + x[1] * x[1] - 3 * x[0] - 2 * x[1] + 2) { α in
        α[0] = 3 * x[0] * x[0] - 3
        α[1] = 2 * x[1] - 2
        α[0, 0] = 6 * x[0]
        α[1, 1] = 2
      }
    }
  }

  /// Sisser 1982: a quartic with a singular Hessian at its minimum, and an obtuse valley.
  ///
  /// CUTEst has +2x₁²x₂² where the paper has −2x₁²x₂², and 1/0.3333333 for 3.
  public static var sisser: TestProblem {
    TestProblem("SISSER", "CUTEst", start: [1, 0.1], minima: [0]) { x, f in
      let three = (1 / 0.3333333).squareRoot()
      f.square(three * .square(x[0])) { α in α[0] = 1 }
      let two = 2.0.squareRoot()
      f.square(two * x[0] * x[1]) { r in
        r[0] = two * x[1]
        r[1] = two * x[0]
        r[0, 1] = two
      }
      f.square(three * .square(x[1])) { α in α[1] = 1 }
    }
  }

  /// Zangwill 1967: (16x₁² + 16x₂² − 8x₁x₂ − 56x₁ − 256x₂ + 991)/15.
  public static var zangwil2: TestProblem {
    TestProblem("ZANGWIL2", "CUTEst", start: [3, 8], minima: [-18.2]) { x, f in
      let q = 16 * x[0] * x[0] + 16 * x[1] * x[1] - 8 * x[0] * x[1]
      f.add((q - 56 * x[0] - 256 * x[1] + 991) / 15) { α in
        α[0] = (32 * x[0] - 8 * x[1] - 56) / 15
        α[1] = (32 * x[1] - 8 * x[0] - 256) / 15
        α[0, 0] = 32.0 / 15
        α[0, 1] = -8.0 / 15
        α[1, 1] = 32.0 / 15
      }
    }
  }

  /// Thirty times sin²7x₁cos²7x₂ on two smoothed folds: hundreds of local minima on a long slope.
  public static var hairy: TestProblem {
    TestProblem("HAIRY", "CUTEst", start: [-5, -7], minima: [20]) { x, f in addHairy(x, to: &f) }
  }

  /// The logarithm of ``hairy`` from far away, where it is nearly flat.
  public static var loghairy: TestProblem {
    TestProblem("LOGHAIRY", "CUTEst", start: [-500, -700], minima: [0.1823216]) { x, f in
      let h = Hairy(x)
      f.add(.logarithm(1 + h.value / 100)) { α in
        α[0] = h.first.0 / 100
        α[1] = h.first.1 / 100
        α[0, 0] = h.second.0 / 100
        α[0, 1] = h.second.1 / 100
        α[1, 1] = h.second.2 / 100
      }
    }
  }

  /// Humps sin²20x₁sin²20x₂ on a paraboloid.
  public static var humps: TestProblem {
    TestProblem("HUMPS", "CUTEst", start: [-506, -506.2], minima: [0]) { x, f in
      addHump(x, 0, 1, to: &f)
      addHumpParabola(x, 0, to: &f)
      addHumpParabola(x, 1, to: &f)
    }
  }

  /// Maratos' problem with the circle as a penalty of weight 10⁶.
  public static var maratosb: TestProblem {
    // −1 − 1/(16·10⁶) up to terms of the order 10⁻¹³.
    TestProblem("MARATOSB", "CUTEst", start: [1.1, 0.1], minima: [-1.0000000625]) { x, f in
      f.add(x[0]) { α in α[0] = 1 }
      f.square(1e3 * (x[0] * x[0] + x[1] * x[1] - 1)) { r in
        r[0] = 2e3 * x[0]
        r[1] = 2e3 * x[1]
        r[0, 0] = 2e3
        r[1, 1] = 2e3
      }
    }
  }

  /// The Mexican hat of Brown and Bartholomew-Biggs with a penalty of 10⁵.
  public static var mexhat: TestProblem {
    TestProblem("MEXHAT", "CUTEst", start: [0.86, 0.72]) { x, f in
      let (d, c) = (x[0] - 1, x[1] - x[0] * x[0])
      f.add(-2 * d * d) { α in
        α[0] = -4 * d
        α[0, 0] = -4
      }
      let root = 1e5.squareRoot()
      f.square(root * (1e4 * c * c + d * d - 0.02)) { r in
        r[0] = root * (2 * d - 4e4 * c * x[0])
        r[1] = root * 2e4 * c
        r[0, 0] = root * (2 + 8e4 * x[0] * x[0] - 4e4 * c)
        r[0, 1] = -root * 4e4 * x[0]
        r[1, 1] = root * 2e4
      }
    }
  }

  /// Schittkowski 1987, problem 308.
  public static var s308: TestProblem {
    TestProblem("S308", "CUTEst", start: [3, 0.1], minima: [0.773199]) { x, f in
      f.square(x[0] * x[0] + x[0] * x[1] + x[1] * x[1]) { r in
        r[0] = 2 * x[0] + x[1]
        r[1] = x[0] + 2 * x[1]
        r[0, 0] = 2
        r[0, 1] = 1
        r[1, 1] = 2
      }
      f.square(.sine(x[0])) { α in α[0] = 1 }
      f.square(.cosine(x[1])) { α in α[1] = 1 }
    }
  }

  /// Rosenbrock's two terms inside t²/(1 + t²): the far plateau is nearly flat.
  public static var rosenbrtu: TestProblem {
    TestProblem("ROSENBRTU", "CUTEst", start: [-12, 10], minima: [0]) { x, f in
      f.add(100 * .biweight(x[1] - x[0] * x[0])) { α in
        α[0] = -2 * x[0]
        α[1] = 1
        α[0, 0] = -2
      }
      f.add(.biweight(x[0] - 1)) { α in α[0] = 1 }
    }
  }

  /// Bracken and McCormick 1968: a barrier for an ellipse and a penalty for a line. f has a pole on the ellipse,
  /// and the start is on the other side of it.
  public static var brkmcc: TestProblem {
    TestProblem("BRKMCC", "CUTEst", start: [2, 2], minima: [0.1690427]) { x, f in
      f.square(x[0] - 2) { r in r[0] = 1 }
      f.square(x[1] - 1) { r in r[1] = 1 }
      f.add(0.04 * .inverse(1 - x[0] * x[0] / 4 - x[1] * x[1])) { α in
        α[0] = -x[0] / 2
        α[1] = -2 * x[1]
        α[0, 0] = -0.5
        α[1, 1] = -2
      }
      let root = 5.0.squareRoot()
      f.square(root * (x[0] - 2 * x[1] + 1)) { r in
        r[0] = root
        r[1] = -2 * root
      }
    }
  }

  /// A line fitted by an exponential.
  public static var expfit: TestProblem {
    TestProblem("EXPFIT", "CUTEst", start: [0, 0], minima: [0.2405106]) { x, f in
      for i in 1...10 {
        let t = 0.25 * Double(i)
        let e = exp(t * x[1])
        f.square(x[0] * e - t) { r in
          r[0] = e
          r[1] = t * x[0] * e
          r[0, 1] = t * e
          r[1, 1] = t * t * x[0] * e
        }
      }
    }
  }

  /// Rosenbrock's valley along a sine (Reid 1971).
  public static var sineval: TestProblem {
    TestProblem("SINEVAL", "CUTEst", start: [4.712389, -1], minima: [0]) { x, f in
      let (root, s) = (1000.0.squareRoot(), sin(x[0]))
      f.square(root * (x[1] - s)) { r in
        r[0] = -root * cos(x[0])
        r[1] = root
        r[0, 0] = root * s
      }
      f.square(x[0] / 2) { r in r[0] = 0.5 }
    }
  }
}

/// sin²20xᵢ sin²20xⱼ.
@inline(__always) func addHump(_ x: UnsafePointer<Double>, _ i: Int, _ j: Int, to f: inout ElementSum) {
  let (si, sj) = (sin(20 * x[i]), sin(20 * x[j]))
  f.square(si * sj) { r in
    let (ci, cj) = (cos(20 * x[i]), cos(20 * x[j]))
    r[i] = 20 * ci * sj
    r[j] = 20 * si * cj
    r[i, i] = -400 * si * sj
    r[i, j] = 400 * ci * cj
    r[j, j] = -400 * si * sj
  }
}

/// xⱼ²/20.
@inline(__always) func addHumpParabola(_ x: UnsafePointer<Double>, _ j: Int, to f: inout ElementSum) {
  let root = 0.05.squareRoot()
  f.square(root * x[j]) { r in r[j] = root }
}

/// The value and the derivatives of the hairy function: 30 sin²7x₁cos²7x₂ + 100√(0.01 + (x₁ − x₂)²) + 100√(0.01 + x₁²).
private struct Hairy {
  let value: Double
  let first: (Double, Double)
  let second: (Double, Double, Double)

  @inline(__always) init(_ x: UnsafePointer<Double>) {
    let (s, c) = (sin(7 * x[0]), cos(7 * x[1]))
    let (s2, c2) = (sin(14 * x[0]), sin(14 * x[1]))
    let d = x[0] - x[1]
    let (a, b) = ((0.01 + d * d).squareRoot(), (0.01 + x[0] * x[0]).squareRoot())
    value = 30 * s * s * c * c + 100 * a + 100 * b
    first = (210 * s2 * c * c + 100 * d / a + 100 * x[0] / b, -210 * s * s * c2 - 100 * d / a)
    let bend = 1 / (a * a * a)
    second = (
      2940 * cos(14 * x[0]) * c * c + bend + 1 / (b * b * b), -1470 * s2 * c2 - bend,
      -2940 * s * s * cos(14 * x[1]) + bend
    )
  }
}

@inline(__always) private func addHairy(_ x: UnsafePointer<Double>, to f: inout ElementSum) {
  let h = Hairy(x)
  f.add(h.value) { α in
    α[0] = h.first.0
    α[1] = h.first.1
    α[0, 0] = h.second.0
    α[0, 1] = h.second.1
    α[1, 1] = h.second.2
  }
}
