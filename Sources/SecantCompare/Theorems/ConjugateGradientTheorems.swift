import Secant
import SecantProblems

extension Theorem {
  static let ofConjugateGradients: [Theorem] = [
    Theorem(
      "conjugate-gradients-finite", of: "conjugateGradient",
      "on a quadratic the minimum is reached after as many steps as the Hessian has eigenvalues",
      on: "quadratics of 30 variables whose Hessian has r different eigenvalues",
      "xᵣ = x*, by Fletcher and Reeves’s formula with exact searches",
      reference: "Hestenes and Stiefel 1952; Nocedal and Wright 2006, theorem 5.4",
      silence: "that r steps suffice where rounding spoils conjugacy, as with great κ", law: .none
    ) { seed in eigenvalueSteps(seed, steps: { r in r }) },
    Theorem(
      "conjugate-gradients-rate", of: "conjugateGradient",
      "on a quadratic the error falls by (√κ − 1)/(√κ + 1) a step",
      on: "quadratics whose Hessian has its eigenvalues in [μ, L], κ = L/μ",
      "‖xₖ − x*‖_A ≤ 2((√κ − 1)/(√κ + 1))ᵏ ‖x₀ − x*‖_A, by Fletcher and Reeves’s formula with exact searches",
      reference: "Kaniel 1966; Nocedal and Wright 2006, (5.36)",
      silence: "how much faster it is where eigenvalues cluster", law: .factor
    ) { seed in
      [(10.0, 100), (100, 200), (1000, 300)].enumerated().map { i, member in
        let (κ, n) = member
        let f = Quadratic<Double>(
          eigenvalues: Vector((0..<n).map { chebyshev($0, of: n, from: 1, to: κ) }), seed: seed &+ UInt64(i))
        let start = energyNorm(f, Vector(zeros: n))
        let β = (κ.squareRoot() - 1) / (κ.squareRoot() + 1)
        var run = TheoremRun("a quadratic of \(n) variables, κ = \(Numerals.count(κ))", floor: 1e-11 * start)
        let spectrum = f.spectrum(at: f.minimiser)
        run.require(
          spectrum.lowerBound > 1 - 1e-9 && spectrum.upperBound < κ * (1 + 1e-9),
          "the Hessian’s eigenvalues lie in [1, \(Numerals.count(κ))]")
        walk(conjugateGradients, on: f, from: Vector(zeros: n), steps: 150) { k, state in
          run.add(k, energyNorm(f, state.current.point), atMost: 2 * Double.pow(β, k) * start)
        }
        return run
      }
    },
  ]

  /// Chebyshev's points on an interval.
  private static func chebyshev(_ i: Int, of n: Int, from μ: Double, to L: Double) -> Double {
    (L + μ) / 2 + (L - μ) / 2 * Double.cos(Double.pi * (Double(i) + 0.5) / Double(n))
  }

  /// ‖x − x*‖_A = √(2(f − f*)).
  private static func energyNorm(_ f: Quadratic<Double>, _ x: Vector<Double>) -> Double {
    (2 * f.value(at: x)).squareRoot()
  }

  private static var conjugateGradients:
    Descent<NonlinearConjugateGradient<Quadratic<Double>>, StrongWolfe<Double>>
  { .conjugateGradient(.fletcherReeves, orthogonality: nil, step: exactSearch) }

  /// ‖x − x*‖_A after so many steps for r different eigenvalues, held against 10⁻⁷ of what it was at the start: rounding.
  static func eigenvalueSteps(_ seed: UInt64, steps: (Int) -> Int) -> [TheoremRun] {
    [2, 3, 5, 8, 12].map { r in
      let values = (0..<30).map { Double.pow(20, Double($0 % r) / Double(r - 1)) }
      let f = Quadratic<Double>(eigenvalues: Vector(values), seed: seed &+ UInt64(r))
      let start = energyNorm(f, Vector(zeros: 30))
      var run = TheoremRun("a quadratic of 30 variables with \(r) eigenvalues", floor: 1e-7 * start)
      walk(conjugateGradients, on: f, from: Vector(zeros: 30), steps: r) { k, state in
        run.add(
          k, energyNorm(f, state.current.point), atMost: k >= steps(r) ? 1e-7 * start : nil)
      }
      return run
    }
  }
}
