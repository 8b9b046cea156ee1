import Secant

extension Theorem {
  static let ofSigns: [Theorem] = [
    Theorem(
      "sign-descent-stationary", of: "signSGD",
      "the mean ‖∇f‖₁ comes down with 1/√K on functions that are smooth coordinate by coordinate",
      on: "functions, convex or not, with coordinate constants L₁, …, Lₙ: waves on a quadratic",
      "(1/K) Σₖ ‖∇f(xₖ)‖₁ ≤ √(‖L‖₁/K) (f(x₀) − f* + ½), with the rate 1/√(‖L‖₁K)",
      reference: "Bernstein, Wang, Azizzadenesheli and Anandkumar 2018, theorem 1 with exact gradients",
      silence: "convergence with gradients of small batches, where signs can mislead", law: .power,
      counter: "K"
    ) { seed in
      members(4, seed) { generator, _ in
        let f = Waves(10, from: &generator)
        let L = f.smoothness.reduce(0, +)
        let x₀ = generator.normals(10)
        let gap = f.value(at: x₀)
        var run = TheoremRun("waves in 10 variables, ‖L‖₁ = \(Numerals.short(L))", floor: 1e-14)
        for K in roundNumbers(to: 1000) {
          var sum = 0.0
          walk(.signSGD(rate: 1 / (L * Double(K)).squareRoot()), on: f, from: x₀, steps: K) { k, state in
            guard k < K else { return }
            var g = Vector<Double>(zeros: 10)
            _ = f.valueAndGradient(at: state.current.point, into: &g)
            sum += g.map { abs($0) }.reduce(0, +)
          }
          run.add(K, sum / Double(K), atMost: (L / Double(K)).squareRoot() * (gap + 0.5))
        }
        return run
      }
    },
    Theorem(
      "sophia-decrease", of: "sophiaH",
      "a step lowers f by a quarter of what clipping leaves of ∇fᵀ(∇²f)⁻¹∇f, whatever the conditioning",
      on:
        "strictly convex functions whose Hessian changes by less than a factor 2 within the distance R: separable ones, κ = 10⁶",
      "f(xₖ₊₁) ≤ f(xₖ) − ¼ Σᵢ min{ρ|gᵢ|, gᵢ²/hᵢ}, with the exact diagonal h, no averages, ρ = R/(2√n), the rate ρ/2 and γ = ρ",
      reference: "Liu, Li, Hall, Liang and Ma 2024, the lemma of descent behind theorem 4.3",
      silence: "anything where the Hessian is not diagonal, nor with estimates of it", law: .none
    ) { seed in
      members(4, seed) { generator, i in
        let n = 8
        let f = HyperbolicCosines(
          weights: Vector((0..<n).map { Double.pow(10, 6 * Double($0) / Double(n - 1) - 3) }),
          minimiser: generator.normals(n))
        let ρ = Double.log(2) / (2 * Double(n).squareRoot())
        let x₀ = f.minimiser + 2 * generator.normals(n)
        var run = TheoremRun("a sum of 8 hyperbolic cosines, number \(i + 1)", floor: 1e-14 * f.value(at: x₀))
        var last: Double?
        var g = Vector<Double>(zeros: n)
        walk(sophia(Double.log(2), n), on: f, from: x₀, steps: 300) { k, state in
          let x = state.current.point
          let value = f.valueAndGradient(at: x, into: &g)
          run.add(k, value, atMost: last)
          let decrease = (0..<n).map { i in
            min(ρ * abs(g[i]), g[i] * g[i] / (f.weights[i] * Double.cosh(x[i] - f.minimiser[i])))
          }
          last = value - decrease.reduce(0, +) / 4
        }
        return run
      }
    },
    Theorem(
      "sophia-steps", of: "sophiaH", "the number of steps knows the least curvature, but not the greatest",
      on:
        "strictly convex functions whose Hessian changes by less than a factor 2 within the distance R: separable ones, κ from 1 to 10⁴",
      "f − f* ≤ ε after at most 16n(f(x₀) − f*)/(μR²) + ln((f(x₀) − f*)/ε)/ln(4/3) steps, with the parameters of sophia-decrease",
      reference:
        "Liu, Li, Hall, Liang and Ma 2024, theorem 4.3, with the constants of its proof for separable functions",
      silence: "that as many steps are needed: clipping ends long before", law: .none
    ) { seed in
      members(3, seed) { generator, i in
        let κ = [1.0, 100, 1e4][i]
        let n = 8
        let f = HyperbolicCosines(
          weights: Vector((0..<n).map { Double.pow(κ, Double($0) / Double(n - 1)) }),
          minimiser: generator.normals(n))
        let R = Double.log(2)
        let x₀ = f.minimiser + 2 * generator.normals(n)
        let start = f.value(at: x₀)
        var run = TheoremRun("a sum of 8 hyperbolic cosines, κ = \(Numerals.count(κ))", floor: 0)
        var values = [Double]()
        walk(sophia(R, n), on: f, from: x₀, steps: 500) { _, state in
          values.append(f.value(at: state.current.point))
        }
        for digits in 1...12 {
          let ε = start * Double.pow(10, -Double(digits))
          let steps = values.firstIndex { $0 <= ε } ?? .max
          run.add(
            steps, Double(steps),
            atMost: 16 * Double(n) * start / (R * R) + Double.log(start / ε) / Double.log(4.0 / 3))
        }
        return run
      }
    },
  ]

  /// Sophia without averages, with the exact diagonal, and the clip for a Hessian that holds to a factor 2 within R.
  private static func sophia(
    _ R: Double, _ n: Int
  ) -> Descent<Sophia<ExactDiagonal<HyperbolicCosines>>, Constant<Double>> {
    let ρ = R / (2 * Double(n).squareRoot())
    return Descent(
      Sophia(estimator: ExactDiagonal(), betas: (0, 0), curvatureScale: ρ, interval: 1),
      step: Constant(rate: ρ / 2))
  }
}
