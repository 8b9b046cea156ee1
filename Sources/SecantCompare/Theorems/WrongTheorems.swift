import Secant
import SecantProblems

extension Theorem {
  /// Claims that are false, each near to a true one, or printed once and refuted since.
  static let wrongOnPurpose: [Theorem] = [
    Theorem(
      "gradient-descent-accelerated", of: "gradientDescent",
      "gradient descent has the factor 1 − 1/√κ of Nesterov’s method",
      on: "quadratics whose Hessian has its eigenvalues in [μ, L], κ = L/μ",
      "f(xₖ) − f* ≤ (1 − 1/√κ)ᵏ (f(x₀) − f* + ½μ‖x₀ − x*‖²), with the rate 1/L",
      reference: "none; nesterov-strongly-convex with another method", silence: "anything", isWrong: true,
      law: .factor
    ) { seed in
      [10.0, 100].enumerated().map { i, κ in
        let f = Quadratic<Double>(dimension: 12, conditionNumber: κ, seed: seed &+ UInt64(i))
        let x₀ = Vector<Double>(zeros: 12)
        let potential = f.value(at: x₀) + f.minimiser.squaredNorm / 2
        var run = TheoremRun(
          "a quadratic of 12 variables, κ = \(Numerals.count(κ))", floor: 1e-13 * potential)
        walk(.gradientDescent(rate: 1 / κ), on: f, from: x₀, steps: 300) { k, state in
          run.add(
            k, f.value(at: state.current.point), atMost: Double.pow(1 - 1 / κ.squareRoot(), k) * potential)
        }
        return run
      }
    },
    Theorem(
      "gradient-descent-quadratic-rate", of: "gradientDescent",
      "gradient descent has the 1/k² of Nesterov’s method",
      on: "convex functions whose gradient has the Lipschitz constant L, the worst of them included",
      "f(xₖ) − f* ≤ 2L‖x₀ − x*‖² / (k + 1)², with the rate 1/L",
      reference: "none; nesterov-convex with another method", silence: "anything", isWrong: true, law: .power
    ) { seed in
      smoothConvex(seed) { distance, L, k in 2 * L * distance / Double((k + 1) * (k + 1)) }
    },
    Theorem(
      "heavy-ball-everywhere", of: "momentum",
      "the heavy ball with the parameters for quadratics converges on every smooth strongly convex function",
      on: "functions with f″ in [1, 25]: Lessard, Recht and Packard’s of three pieces",
      "‖xₖ − x*‖ ≤ (1 + k + kβ) βᵏ ‖x₀ − x*‖, β = 2/3, with the momentum 4/9 and the rate 1/9",
      reference: "refuted by Lessard, Recht and Packard 2016, section 4.6, with a cycle of three points",
      silence: "anything", isWrong: true, law: .factor
    ) { _ in
      [3.1, 3.25, 3.4].map { x in
        heavyBall(
          ThreePieces(), "three pieces from \(Numerals.short(x))", minimiser: [0], 1...25, from: [x],
          steps: 200)
      }
    },
    Theorem(
      "newton-cubic", of: "pureNewton", "Newton’s method has the order 3",
      on: "functions with a Lipschitz Hessian, regular at x*: sums of exponentials",
      "log‖xₖ₊₁ − x*‖/log‖xₖ − x*‖ → 3", reference: "none; newton-quadratic with another order",
      silence: "anything", isWrong: true, law: .order(3)
    ) { seed in
      members(12, seed) { generator, _ in
        var run = newtonErrors(&generator)
        for j in run.samples.indices { run.samples[j].bound = nil }
        return run
      }
    },
    Theorem(
      "secant-quadratic", of: "goodBroyden", "the secant method has the order 2 of Newton’s",
      on: "equations F(x) = 0 in one unknown with F′ ≠ 0 ≠ F″ at the root: eˣ − 1 + dx",
      "log|xₖ₊₁ − x*|/log|xₖ − x*| → 2", reference: "none; secant-order with another order",
      silence: "anything", isWrong: true, law: .order(2)
    ) { seed in
      secantErrors(seed).map { run in
        var run = run
        for j in run.samples.indices { run.samples[j].bound = nil }
        return run
      }
    },
    Theorem(
      "conjugate-gradients-fewer", of: "conjugateGradient",
      "conjugate gradients need one step less than the Hessian has eigenvalues",
      on: "quadratics of 30 variables whose Hessian has r different eigenvalues", "xᵣ₋₁ = x*",
      reference: "none; conjugate-gradients-finite with a step less", silence: "anything", isWrong: true,
      law: .none
    ) { seed in eigenvalueSteps(seed, steps: { r in r - 1 }) },
    Theorem(
      "sgd-constant-rate-converges", of: "sgd", "with a constant rate stochastic gradients reach the minimum",
      on: "quadratics with eigenvalues in [μ, L] whose gradients are seen with noise of variance σ²",
      "E f(xₖ) − f* ≤ (1 − αμ)ᵏ⁻¹(f(x₁) − f*), with the rate α ≤ 1/L",
      reference: "none; sgd-constant-rate without its level", silence: "anything", isWrong: true, law: .none
    ) { seed in
      constantRate(seed) { start, _, factor in { k in Double.pow(factor, k - 1) * start } }
    },
    Theorem(
      "adam-regret", of: "adam", "Adam’s regret grows with √T on every stream of convex functions",
      on: "fₜ(x) = 3x in every third step and −x otherwise, on [−1, 1]",
      "R(T) ≤ D∞²√(T v̂ₜ)/(2α) + αG∞‖g₁…ₜ‖₂/√(1 − β₂), with β₁ = 0, β₂ = 1/10 and the rates α/√t",
      reference:
        "Kingma and Ba 2015, theorem 4.1 with β₁ = 0; refuted by Reddi, Kale and Kumar 2018, theorem 1",
      silence: "anything", isWrong: true, law: .power, counter: "T"
    ) { _ in
      let (α, β₂) = (0.9, 0.1)
      return [
        reddi(Descent<Adam<LinearLoss>, Constant<Double>>.adam(rate: α, betas: (0, β₂), epsilon: 0), α: α) {
          T, course, memory in
          let v̂ = memory.direction.second[0] / (1 - Double.pow(β₂, T))
          return course.greatest * course.greatest / (2 * α) * (Double(T) * v̂).squareRoot()
            + α * course.greatestGradient * course.squares[0].squareRoot() / (1 - β₂).squareRoot()
        }
      ]
    },
  ]
}
