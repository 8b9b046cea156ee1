import Secant

extension Theorem {
  static let ofNewton: [Theorem] = [
    Theorem(
      "newton-quadratic", of: "pureNewton", "near a minimum the error is squared by every step: order 2",
      on: "functions whose Hessian has the Lipschitz constant M and is regular at x*: sums of exponentials",
      "‖xₖ₊₁ − x*‖ ≤ C‖xₖ − x*‖², C = M‖∇²f(x*)⁻¹‖, from ‖x₀ − x*‖ ≤ 1/(2C)",
      reference: "Kantorovich 1948; Nocedal and Wright 2006, theorem 3.5",
      silence: "convergence from farther away", law: .order(2)
    ) { seed in
      members(12, seed) { generator, _ in newtonErrors(&generator) }
    },
    Theorem(
      "newton-damped-decrease", of: "newton",
      "the damped step lowers a self-concordant function by at least λ − ln(1 + λ)",
      on: "self-concordant functions: linear functions with logarithmic barriers of polyhedra",
      "f(xₖ₊₁) ≤ f(xₖ) − (λₖ − ln(1 + λₖ)), λ² = ∇fᵀ(∇²f)⁻¹∇f, with the length 1/(1 + λₖ)",
      reference:
        "Nesterov and Nemirovskii 1994; Nesterov 2004, theorem 4.1.12; Boyd and Vandenberghe 2004, section 9.6.4",
      silence: "that a line search does not lower f by more, which it does", law: .none
    ) { seed in
      members(6, seed) { generator, i in
        var run = barrier(&generator, i)
        let least = leastValue(run.problem)
        var last: Double?
        walk(.dampedNewton(), on: run.problem, from: Vector(zeros: 6), steps: 60) { k, state in
          let f = run.problem.value(at: state.current.point)
          run.result.add(k, f - least, atMost: last)
          let λ = run.problem.newtonDecrement(at: state.current.point)
          last = f - least - (λ - Double.log(onePlus: λ))
        }
        run.result.floor = 1e-12 * max(1, abs(least))
        return run.result
      }
    },
    Theorem(
      "newton-damped-steps", of: "newton",
      "the damped phase on a self-concordant function takes no more steps than f(x₀) − f* allows",
      on: "self-concordant functions: linear functions with logarithmic barriers of polyhedra",
      "λ < ¼ after at most (f(x₀) − f*) / (¼ − ln(5/4)) steps of length 1/(1 + λ)",
      reference: "Nesterov and Nemirovskii 1994; Boyd and Vandenberghe 2004, section 9.6.4",
      silence: "that the number of steps grows with f(x₀) − f* as much as the bound", law: .none
    ) { seed in
      members(12, seed) { generator, i in
        var run = barrier(&generator, i)
        let most =
          (run.problem.value(at: Vector(zeros: 6)) - leastValue(run.problem)) / (0.25 - Double.log(1.25))
        var steps = 0
        walk(.dampedNewton(), on: run.problem, from: Vector(zeros: 6), steps: 200) { k, state in
          if run.problem.newtonDecrement(at: state.current.point) >= 0.25 { steps = k + 1 }
        }
        run.result.add(steps, Double(steps), atMost: most)
        return run.result
      }
    },
    Theorem(
      "newton-self-concordant", of: "pureNewton",
      "near the minimum of a self-concordant function Newton’s decrement is squared, whatever the conditioning",
      on: "self-concordant functions: linear functions with logarithmic barriers of polyhedra",
      "λₖ₊₁ ≤ (λₖ/(1 − λₖ))², with full steps from λ₀ < 0.38",
      reference: "Nesterov 2004, theorem 4.1.14",
      silence: "convergence from farther away, for which there is the damped step", law: .order(2)
    ) { seed in
      members(12, seed) { generator, i in
        var run = barrier(&generator, i)
        var start = Vector<Double>(zeros: 6)
        walk(.dampedNewton(), on: run.problem, from: start, steps: 200) { _, state in
          if run.problem.newtonDecrement(at: start) >= 0.38 { start.copy(state.current.point) }
        }
        var last: Double?
        walk(.pureNewton(), on: run.problem, from: start, steps: 8) { k, state in
          let λ = run.problem.newtonDecrement(at: state.current.point)
          run.result.add(k, λ, atMost: last.map { $0 * $0 / ((1 - $0) * (1 - $0)) })
          last = λ
        }
        run.result.floor = 1e-10
        return run.result
      }
    },
    Theorem(
      "newton-cg-superlinear", of: "newtonCG",
      "with ever smaller residuals of the inner iteration the ratios of Newton-CG’s errors go to zero",
      on: "smooth functions whose Hessian is positive definite at x*: log cosh and a quadratic",
      "‖xₖ₊₁ − x*‖/‖xₖ − x*‖ → 0, with inner residuals of at most min{½, √(‖∇f‖/max‖∇f‖)}‖∇f‖",
      reference: "Dembo, Eisenstat and Steihaug 1982; Nocedal and Wright 2006, theorem 7.2",
      silence: "how soon, for it is a claim about the limit: what is seen is that the ratios fall",
      law: .vanishing
    ) { seed in errorRatios(seed, by: Descent<TruncatedNewton<LogCosh>, StrongWolfe<Double>>.newtonCG()) },
    Theorem(
      "gauss-newton-quadratic", of: "gaussNewton",
      "where the residuals vanish the error is squared by every step: order 2",
      on: "residuals whose Jacobian has the Lipschitz constant γ and no singular value below σ: exponentials",
      "‖xₖ₊₁ − x*‖ ≤ γ/(2σ) ‖xₖ − x*‖², where r(x*) = 0",
      reference: "Dennis and Schnabel 1983, theorem 10.2.1 and corollary 10.2.2",
      silence: "anything where residuals remain: there the method is linear, or does not converge",
      law: .order(2)
    ) { seed in
      members(12, seed) { generator, _ in
        let f = ExponentialResiduals(rows: generator.normalMatrix(8, 4))
        let C = f.constant(within: 0.1)
        let direction = generator.normals(4)
        let start = (min(0.1, 1 / (2 * C)) / direction.norm) * direction
        var run = TheoremRun("8 exponentials in 4 variables, γ/(2σ) = \(Numerals.short(C))", floor: 1e-120)
        squaring(GaussNewton<ExponentialResiduals>.gaussNewton(), on: f, from: start, C, into: &run)
        return run
      }
    },
  ]

  /// ‖xₖ‖ beside C‖xₖ₋₁‖², on a problem whose solution is 0.
  private static func squaring<Method: Solver>(
    _ method: Method, on f: Method.Problem, from start: Vector<Double>, _ C: Double,
    into run: inout TheoremRun
  ) where Method.Problem.Scalar == Double {
    var last: Double?
    walk(method, on: f, from: start, steps: 12) { k, state in
      // x + p is rounded to ulps of x, which is nothing to the next error as long as that is far above them.
      if let last, C * last < 1e-13 { return }
      let error = state.current.point.norm
      run.add(k, error, atMost: last.map { C * $0 * $0 })
      last = error
    }
  }

  /// ‖xₖ‖ of Newton's method on a sum of exponentials, from where its theorem begins.
  static func newtonErrors(_ generator: inout RandomGenerator) -> TheoremRun {
    let f = ExponentialSum(rows: generator.normalMatrix(8, 5, times: 0.5), μ: 0.2)
    let radius = 0.1
    let C = f.hessianConstant(within: radius) / f.spectrum(at: Vector(zeros: 5)).lowerBound
    let direction = generator.normals(5)
    let start = (min(radius, 1 / (2 * C)) / direction.norm) * direction
    var run = TheoremRun("a sum of 8 exponentials in 5 variables, C = \(Numerals.short(C))", floor: 1e-120)
    squaring(
      Descent<PureNewton<ExponentialSum>, FullStep<Double>>.pureNewton(), on: f, from: start, C, into: &run)
    return run
  }

  /// A member of the self-concordant functions.
  private static func barrier(_ generator: inout RandomGenerator, _ i: Int) -> (
    problem: Barrier, result: TheoremRun
  ) {
    let f = Barrier(10, 6, from: &generator)
    return (f, TheoremRun("a barrier of 22 half-spaces in 6 variables, number \(i + 1)", floor: 0))
  }

  /// f*, by more steps than are needed.
  private static func leastValue(_ f: Barrier) -> Double {
    minimize(f, from: Vector(zeros: 6), using: .newton(), until: Convergence(gradient: 1e-12)).value
  }
}
