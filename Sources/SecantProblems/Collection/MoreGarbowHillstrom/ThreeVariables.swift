import Foundation

extension TestProblem {
  /// MGH 7, Fletcher and Powell 1963: a valley wound around the x₃-axis.
  public static var helicalValley: TestProblem {
    TestProblem(
      "helical valley", "MGH 7", start: [-1, 0, 0], minima: [0], startFactors: [1, 10, 100]
    ) { x, f in
      let (a, b) = (x[0], x[1])
      let ρ2 = a * a + b * b
      let ρ = ρ2.squareRoot()
      // The angle in turns, from −¼ to ¾: the cut is the half-axis x₁ = 0, x₂ < 0.
      let turn = 2 * Double.pi
      var θ = b < 0 ? -0.25 : 0.25
      if a > 0 { θ = atan(b / a) / turn }
      if a < 0 { θ = atan(b / a) / turn + 0.5 }
      f.square(10 * (x[2] - 10 * θ)) { r in
        let c = 100 / (turn * ρ2)
        r[0] = c * b
        r[1] = -c * a
        r[2] = 10
        let d = c / ρ2
        r[0, 0] = -2 * d * a * b
        r[0, 1] = d * (a * a - b * b)
        r[1, 1] = 2 * d * a * b
      }
      f.square(10 * (ρ - 1)) { r in
        r[0] = 10 * a / ρ
        r[1] = 10 * b / ρ
        let d = 10 / (ρ2 * ρ)
        r[0, 0] = d * b * b
        r[0, 1] = -d * a * b
        r[1, 1] = d * a * a
      }
      f.square(x[2]) { r in r[2] = 1 }
    }
  }

  /// MGH 8, Bard 1970; 17.4286 is approached at infinity.
  public static var bard: TestProblem {
    TestProblem(
      "Bard", "MGH 8", start: [1, 1, 1], minima: [8.21487e-3, 17.4286], startFactors: [1, 10, 100]
    ) { x, f in
      for i in 1...15 {
        let (u, v) = (Double(i), Double(16 - i))
        let w = min(u, v)
        let D = v * x[1] + w * x[2]
        f.square(Observations.bard[i - 1] - (x[0] + u / D)) { r in
          let c = u / (D * D)
          r[0] = -1
          r[1] = c * v
          r[2] = c * w
          let d = -2 * c / D
          r[1, 1] = d * v * v
          r[1, 2] = d * v * w
          r[2, 2] = d * w * w
        }
      }
    }
  }

  /// MGH 9: fifteen values of the normal density, to four digits.
  public static var gaussian: TestProblem {
    TestProblem("Gaussian", "MGH 9", start: [0.4, 1, 0], minima: [1.12793e-8]) { x, f in
      for i in 1...15 {
        let d = Double(8 - i) / 2 - x[2]
        let e = exp(-x[1] * d * d / 2)
        f.square(x[0] * e - Observations.gaussian[i - 1]) { r in
          let q = x[1] * d * d
          r[0] = e
          r[1] = -x[0] * e * d * d / 2
          r[2] = x[0] * x[1] * e * d
          r[0, 1] = -e * d * d / 2
          r[0, 2] = x[1] * e * d
          r[1, 1] = x[0] * e * d * d * d * d / 4
          r[1, 2] = x[0] * e * d * (1 - q / 2)
          r[2, 2] = x[0] * x[1] * e * (q - 1)
        }
      }
    }
  }

  /// MGH 10, Meyer 1970: the resistance of a thermistor. The Hessian's condition number at the minimum is 10¹⁵.
  public static var meyer: TestProblem {
    TestProblem(
      "Meyer", "MGH 10", start: [0.02, 4000, 250], minima: [87.9458], startFactors: [1, 10, 100]
    ) { x, f in
      for i in 1...16 {
        let q = Double(45 + 5 * i) + x[2]
        let z = x[1] / q
        let e = exp(z)
        f.square(x[0] * e - Observations.meyer[i - 1]) { r in
          let c = x[0] * e / q
          r[0] = e
          r[1] = c
          r[2] = -c * z
          r[0, 1] = e / q
          r[0, 2] = -e * z / q
          r[1, 1] = c / q
          r[1, 2] = -c / q * (1 + z)
          r[2, 2] = c / q * z * (2 + z)
        }
      }
    }
  }

  /// MGH 11, Cox 1969: Gulf Research and Development.
  ///
  /// The paper prints |yᵢ m i x₂| where |yᵢ − x₂| is meant. m = 99: at tᵢ = 1 the hundredth residual would have no
  /// second derivative at the minimum (50, 25, 1.5).
  public static var gulfResearchAndDevelopment: TestProblem {
    TestProblem(
      "Gulf Research and Development", "MGH 11", start: [5, 2.5, 0.15], minima: [0], startFactors: [1, 10]
    ) { x, f in
      let (a, c) = (x[0], x[2])
      for i in 1...99 {
        let difference = Observations.gulf[i - 1] - x[1]
        let u = abs(difference)
        let p = pow(u, c) / a
        let e = exp(-p)
        f.square(ElementSum.Outer(e - Double(i) / 100, -e, e)) { r in
          let (L, s) = (log(u), -1 / difference)
          r[0] = -p / a
          r[1] = c * p * s
          r[2] = p * L
          r[0, 0] = 2 * p / (a * a)
          r[0, 1] = -c * p * s / a
          r[0, 2] = -p * L / a
          r[1, 1] = c * (c - 1) * p * s * s
          r[1, 2] = p * s * (1 + c * L)
          r[2, 2] = p * L * L
        }
      }
    }
  }

  /// MGH 12, Box 1966, m = 10: minima (1, 10, 1) and (10, 1, −1), and wherever x₁ = x₂ and x₃ = 0.
  public static var boxThreeDimensional: TestProblem {
    TestProblem("Box, three-dimensional", "MGH 12", start: [0, 10, 20], minima: [0]) { x, f in
      for i in 1...10 {
        let t = Double(i) / 10
        let (e0, e1) = (exp(-t * x[0]), exp(-t * x[1]))
        let c = exp(-t) - exp(-10 * t)
        f.square(e0 - e1 - x[2] * c) { r in
          r[0] = -t * e0
          r[1] = t * e1
          r[2] = -c
          r[0, 0] = t * t * e0
          r[1, 1] = -t * t * e1
        }
      }
    }
  }
}

/// What was observed, or made up to be fitted.
private enum Observations {
  static let bard = [
    0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39,
  ]
  static let gaussian = [
    0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989, 0.3521, 0.2420, 0.1295, 0.0540, 0.0175,
    0.0044, 0.0009,
  ]
  static let meyer: [Double] = [
    34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872,
  ]
  /// yᵢ = 25 + (−50 ln tᵢ)^⅔.
  static let gulf = (1...99).map { 25 + pow(-50 * log(Double($0) / 100), 2.0 / 3) }
}
