// Functions of two variables that are good to look at.

extension TestProblem {
  /// Himmelblau's function, (x² + y − 11)² + (x + y² − 7)²: four minima of value 0, one of them at (3, 2).
  public static var himmelblau: TestProblem {
    TestProblem("Himmelblau", "Himmelblau 1972", start: [0, 0], minima: [0]) { x, f in
      f.square(x[0] * x[0] + x[1] - 11) { r in
        r[0] = 2 * x[0]
        r[1] = 1
        r[0, 0] = 2
      }
      f.square(x[0] + x[1] * x[1] - 7) { r in
        r[0] = 1
        r[1] = 2 * x[1]
        r[1, 1] = 2
      }
    }
  }

  /// Booth's function, (x + 2y − 7)² + (2x + y − 5)²: minimum 0 at (1, 3).
  public static var booth: TestProblem {
    TestProblem("Booth", "Booth", start: [-5, -5], minima: [0]) { x, f in
      f.square(x[0] + 2 * x[1] - 7) { r in
        r[0] = 1
        r[1] = 2
      }
      f.square(2 * x[0] + x[1] - 5) { r in
        r[0] = 2
        r[1] = 1
      }
    }
  }

  /// Matyas's function, 0.26 (x² + y²) − 0.48 xy: minimum 0 at (0, 0), condition number 25.
  public static var matyas: TestProblem {
    TestProblem("Matyas", "Matyas 1965", start: [8, -6], minima: [0]) { x, f in
      f.add(0.26 * (x[0] * x[0] + x[1] * x[1]) - 0.48 * x[0] * x[1]) { d in
        d[0] = 0.52 * x[0] - 0.48 * x[1]
        d[1] = 0.52 * x[1] - 0.48 * x[0]
        d[0, 0] = 0.52
        d[1, 1] = 0.52
        d[0, 1] = -0.48
      }
    }
  }

  /// The Styblinski–Tang function in two variables, ½ Σ (x⁴ − 16x² + 5x): minimum −78.3323… at −2.903534 twice, and
  /// three local minima.
  public static var styblinskiTang: TestProblem {
    TestProblem(
      "Styblinski–Tang", "Styblinski and Tang 1990", start: [0, 0],
      minima: [-78.33233140754282, -64.19561235748, -50.05889330742]
    ) { x, f in
      for i in 0..<2 {
        let s = x[i] * x[i]
        f.add((s * s - 16 * s + 5 * x[i]) / 2) { d in
          d[i] = 2 * x[i] * s - 16 * x[i] + 2.5
          d[i, i] = 6 * s - 16
        }
      }
    }
  }
}
