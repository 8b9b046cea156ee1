import Secant
import SecantProblems

extension Theorem {
  static let ofGradientDescent: [Theorem] = [
    Theorem(
      "gradient-descent-convex", of: "gradientDescent", "f − f* falls with 1/k on smooth convex functions",
      on: "convex functions whose gradient has the Lipschitz constant L, the worst of them included",
      "f(xₖ) − f* ≤ L‖x₀ − x*‖² / (4k + 2), with the rate 1/L",
      reference: "Drori and Teboulle 2014, theorem 3.1",
      silence: "how fast the method is on a function that is not the worst one", law: .power
    ) { seed in
      smoothConvex(seed) { distance, L, k in L * distance / (4 * Double(k) + 2) }
    },
    Theorem(
      "gradient-descent-strongly-convex", of: "gradientDescent",
      "the error falls by (κ − 1)/(κ + 1) a step on smooth strongly convex functions",
      on: "functions whose Hessian has its eigenvalues in [μ, L]; quadratics and others, κ = L/μ",
      "‖xₖ − x*‖ ≤ ((κ − 1)/(κ + 1))ᵏ ‖x₀ − x*‖, with the rate 2/(L + μ)",
      reference: "Polyak 1963; Nesterov 2004, theorem 2.1.15",
      silence: "that the rate can be had without knowing L and μ", law: .factor
    ) { seed in
      stronglyConvex(seed, least: 0.05).map { f, name, curvatures in
        contraction(f, name, curvatures, from: Vector(zeros: f.minimiser.count))
      }
        // All of the error in the two outermost eigenvectors, where every step shrinks it by the bound's own factor.
        + [10.0, 100, 1000].map { κ in
          contraction(
            Quadratic(eigenvalues: [1, κ]),
            "the quadratic with eigenvalues 1 and \(Numerals.count(κ)) from (2, 2)",
            1...κ, from: [2, 2])
        }
    },
    Theorem(
      "gradient-descent-pl", of: "gradientDescent",
      "f − f* falls by 1 − μ/L a step under Polyak and Łojasiewicz's inequality, without convexity",
      on: "smooth functions with ½‖∇f‖² ≥ μ(f − f*): x² + 3 sin² x, and quadratics with a singular Hessian",
      "f(xₖ) − f* ≤ (1 − μ/L)ᵏ (f(x₀) − f*), with the rate 1/L",
      reference: "Polyak 1963; Karimi, Nutini and Schmidt 2016, theorem 1",
      silence: "convergence where the inequality fails, as at a stationary point that is no minimum",
      law: .factor
    ) { seed in
      var runs = [TheoremRun]()
      for start in [3.0, -7.5, 20] {
        var run = TheoremRun("x² + 3 sin² x from \(Numerals.short(start))", floor: 1e-14 * start * start)
        // The inequality on a grid around the way.
        let gridded = stride(from: -25.0, through: 25, by: 0.01).allSatisfy { x in
          var g: Vector<Double> = [0]
          let f = Wavy().valueAndGradient(at: [x], into: &g)
          return g[0] * g[0] / 2 >= (1 - 1e-12) * f / 32
        }
        run.require(gridded, "½f′² ≥ f/32")
        descend(Wavy(), from: [start], L: 8, factor: 1 - 1.0 / 256, steps: 400, into: &run)
        runs.append(run)
      }
      for (i, κ) in [10.0, 100].enumerated() {
        // A quarter of the directions is flat.
        let values = (0..<12).map { $0 < 3 ? 0 : Double.pow(κ, Double($0 - 3) / 8) }
        let f = Quadratic<Double>(eigenvalues: Vector(values), seed: seed &+ UInt64(i))
        var run = TheoremRun("a quadratic with three flat directions, L/μ = \(Numerals.count(κ))", floor: 0)
        let x₀ = Vector<Double>(zeros: 12)
        run.floor = 1e-14 * f.value(at: x₀)
        descend(f, from: x₀, L: κ, factor: 1 - 1 / κ, steps: 600, into: &run)
        runs.append(run)
      }
      let line = Quadratic<Double>(eigenvalues: [1, 50])
      var run = TheoremRun("the quadratic with eigenvalues 1 and 50 from (2, 1)", floor: 1e-14)
      descend(line, from: [2, 1], L: 50, factor: 1 - 1.0 / 50, steps: 600, into: &run)
      return runs + [run]
    },
    Theorem(
      "gradient-descent-stationary", of: "gradientDescent",
      "the least squared gradient falls with 1/k on smooth functions, convex or not",
      on:
        "functions with a Lipschitz gradient that are bounded below: waves on a quadratic, and a slow descent to infinity",
      "minᵢ₍<ₖ₎ ‖∇f(xᵢ)‖² ≤ 2L(f(x₀) − f*) / k, with the rate 1/L",
      reference: "Nesterov 2004, section 1.2.3",
      silence: "that the stationary point is a minimum", law: .power
    ) { seed in
      let waves = members(5, seed) { generator, _ in
        let f = Waves(10, from: &generator)
        let L = f.smoothness.largestMagnitude
        return leastGradient(
          f, "waves in 10 variables, L = \(Numerals.short(L))", L, from: 3 * generator.normals(10))
      }
      return waves + [leastGradient(Hill(p: 0.1), "the hill (1 + x²)^−0.05", 0.1, from: [1])]
    },
    Theorem(
      "steepest-descent-exact", of: "steepestDescent",
      "with an exact search f − f* falls by ((κ − 1)/(κ + 1))² a step on quadratics",
      on: "quadratics whose Hessian has its eigenvalues in [μ, L], Kantorovich's worst start included",
      "f(xₖ) − f* ≤ ((κ − 1)/(κ + 1))²ᵏ (f(x₀) − f*), by a strong Wolfe search with c₂ = 10⁻⁸, exact on a quadratic",
      reference: "Akaike 1959; Luenberger and Ye 2016, section 8.2",
      silence: "that another step is not faster: Barzilai and Borwein's is", law: .factor
    ) { seed in
      var runs = [TheoremRun]()
      for (i, κ) in [10.0, 100].enumerated() {
        let f = Quadratic<Double>(dimension: 8, conditionNumber: κ, seed: seed &+ UInt64(i))
        runs.append(
          exactDescent(f, κ, "a quadratic of 8 variables, κ = \(Numerals.count(κ))", from: Vector(zeros: 8)))
        let worst = Quadratic<Double>(eigenvalues: [1, κ])
        // x* + (κ, 1) comes again after every two steps, nearer to x*.
        runs.append(
          exactDescent(
            worst, κ, "the quadratic with eigenvalues 1 and \(Numerals.count(κ)) from Kantorovich's start",
            from: [1 + κ, 2]))
      }
      return runs
    },
    Theorem(
      "polyak-step", of: "gradientDescent",
      "Polyak's step brings the least f − f* down with 1/√k on convex functions with kinks",
      on:
        "convex functions whose subgradients are at most G long: ‖A(x − x*)‖₁, and max |xᵢ| of many variables",
      "minᵢ₍<ₖ₎ f(xᵢ) − f* ≤ G‖x₀ − x*‖ / √k, with the length (f − f*)/‖g‖²",
      reference: "Polyak 1969; Hazan and Kakade 2019, theorem 2",
      silence: "that f* need not be known, nor that 1/√k is what happens: a sharp minimum is reached faster",
      law: .power
    ) { seed in
      // In k variables of one size every step brings a single one to 0, and f stays.
      var slow = TheoremRun("max |xᵢ| of k variables, all equal, from the distance 1", floor: 1e-12)
      for n in roundNumbers(to: 200) {
        let x₀ = Vector(repeating: 1 / Double(n).squareRoot(), count: n)
        var least = Double.infinity
        walk(
          Descent(SteepestDescent<LargestMagnitude>(), step: PolyakStep<Double>(leastValue: 0)),
          on: LargestMagnitude(), from: x₀, steps: n
        ) { k, state in
          if k == n { slow.add(k, least, atMost: 1 / Double(k).squareRoot()) }
          least = min(least, LargestMagnitude().value(at: state.current.point))
        }
      }
      return [slow]
        + members(4, seed) { generator, _ in
          let f = AbsoluteResiduals(
            rows: generator.normalMatrix(12, 6), minimiser: generator.normals(6))
          // ‖Aᵀs‖ ≤ σ√m for signs s.
          let G = f.greatestSingularValue * Double(12).squareRoot()
          let x₀ = f.minimiser + 2 * generator.normals(6)
          let D = x₀.squaredDistance(to: f.minimiser).squareRoot()
          var run = TheoremRun("‖A(x − x*)‖₁ with 12 rows in 6 variables", floor: 1e-12)
          var least = Double.infinity
          walk(
            Descent(SteepestDescent<AbsoluteResiduals>(), step: PolyakStep<Double>(leastValue: 0)), on: f,
            from: x₀, steps: 300
          ) { k, state in
            if k > 0 { run.add(k, least, atMost: G * D / Double(k).squareRoot()) }
            least = min(least, f.value(at: state.current.point))
          }
          return run
        }
    },
  ]

  /// Gradient descent with the rate 1/L on convex functions; `bound` is given ‖x₀ − x*‖², L and k.
  static func smoothConvex(
    _ seed: UInt64, bound: (_ distance: Double, _ L: Double, _ k: Int) -> Double
  ) -> [TheoremRun] {
    // For every number of steps there is another worst function.
    var worst = TheoremRun("the worst function for k steps, from the distance 1", floor: 1e-15)
    for N in roundNumbers(to: 500) {
      let f = HuberBall(L: 2, τ: 1 / Double(2 * N + 1))
      walk(.gradientDescent(rate: 0.5), on: f, from: [0.6, 0, 0.8], steps: N) { k, state in
        if k == N { worst.add(k, f.value(at: state.current.point), atMost: bound(1, 2, k)) }
      }
    }
    var runs = [worst]
    runs += members(4, seed) { generator, _ in
      // Fewer rows than variables: flat in some directions.
      let f = LogCosh(6, 8, diagonal: Vector(zeros: 8), from: &generator)
      let L = f.spectrum(at: Vector(zeros: 8)).upperBound
      let x₀ = f.minimiser + 3 * generator.normals(8)
      var run = TheoremRun("log cosh of 6 sums of 8 variables, L = \(Numerals.short(L))", floor: 1e-14)
      run.require(f.spectrum(at: x₀).upperBound <= L * (1 + 1e-12), "L is the greatest curvature")
      let distance = x₀.squaredDistance(to: f.minimiser)
      walk(.gradientDescent(rate: 1 / L), on: f, from: x₀, steps: 200) { k, state in
        run.add(k, f.value(at: state.current.point), atMost: bound(distance, L, k))
      }
      return run
    }
    return runs
  }

  /// The least ‖∇f‖² by gradient descent with the rate 1/L, of a function with the infimum 0.
  private static func leastGradient<P: DifferentiableObjective>(
    _ f: P, _ member: String, _ L: Double, from x₀: Vector<Double>
  ) -> TheoremRun where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace {
    var run = TheoremRun(member, floor: 1e-20)
    let gap = f.value(at: x₀)
    var g = Vector<Double>(zeros: x₀.count)
    var least = Double.infinity
    walk(.gradientDescent(rate: 1 / L), on: f, from: x₀, steps: 500) { k, state in
      if k > 0 { run.add(k, least, atMost: 2 * L * gap / Double(k)) }
      _ = f.valueAndGradient(at: state.current.point, into: &g)
      least = min(least, g.squaredNorm)
    }
    return run
  }

  /// ‖xₖ − x*‖ by gradient descent with the rate 2/(L + μ).
  private static func contraction<P: KnownMinimiser>(
    _ f: P, _ member: String, _ curvatures: ClosedRange<Double>, from x₀: Vector<Double>
  ) -> TheoremRun {
    let (μ, L) = (curvatures.lowerBound, curvatures.upperBound)
    let κ = L / μ
    let distance = x₀.squaredDistance(to: f.minimiser).squareRoot()
    var run = TheoremRun(member, floor: 1e-12 * distance)
    run.require(f, curvesWithin: curvatures, from: x₀)
    walk(.gradientDescent(rate: 2 / (L + μ)), on: f, from: x₀, steps: 400) { k, state in
      run.add(
        k, state.current.point.squaredDistance(to: f.minimiser).squareRoot(),
        atMost: Double.pow((κ - 1) / (κ + 1), k) * distance)
    }
    return run
  }

  /// f − f* by gradient descent with the rate 1/L; f* = 0.
  static func descend<P: DifferentiableObjective>(
    _ f: P, from x₀: Vector<Double>, L: Double, factor: Double, steps: Int, into run: inout TheoremRun
  ) where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace {
    let start = f.value(at: x₀)
    walk(.gradientDescent(rate: 1 / L), on: f, from: x₀, steps: steps) { k, state in
      run.add(k, f.value(at: state.current.point), atMost: Double.pow(factor, k) * start)
    }
  }

  /// f − f* by steepest descent with exact searches.
  private static func exactDescent(
    _ f: Quadratic<Double>, _ κ: Double, _ member: String, from x₀: Vector<Double>
  ) -> TheoremRun {
    let start = f.value(at: x₀)
    var run = TheoremRun(member, floor: 1e-13 * start)
    walk(Descent(SteepestDescent<Quadratic<Double>>(), step: exactSearch), on: f, from: x₀, steps: 200) {
      k, state in
      run.add(
        k, f.value(at: state.current.point), atMost: Double.pow((κ - 1) / (κ + 1), 2 * k) * start)
    }
    return run
  }

  /// A search that goes on until the slope is 10⁻⁸ of what it was: on a quadratic its second trial is the minimiser.
  static var exactSearch: StrongWolfe<Double> {
    StrongWolfe(sufficientDecrease: 1e-9, curvature: 1e-8)
  }
}
