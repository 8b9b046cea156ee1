import Secant
import SecantProblems

extension Theorem {
  static let ofAcceleration: [Theorem] = [
    Theorem(
      "nesterov-convex", of: "nesterov", "f − f* falls with 1/k² on smooth convex functions",
      on: "convex functions whose gradient has the Lipschitz constant L",
      "f(xₖ) − f* ≤ 2L‖x₀ − x*‖² / (k + 1)², with the rate 1/L and μₖ = (tₖ − 1)/tₖ₊₁, tₖ₊₁ = (1 + √(1 + 4tₖ²))/2",
      reference: "Nesterov 1983; Beck and Teboulle 2009, theorem 4.4",
      silence: "that f falls in every step, which it does not", law: .power
    ) { seed in
      var runs = members(4, seed) { generator, _ in
        let f = LogCosh(6, 8, diagonal: Vector(zeros: 8), from: &generator)
        let L = f.spectrum(at: Vector(zeros: 8)).upperBound
        return acceleratedConvex(
          f, "log cosh of 6 sums of 8 variables, L = \(Numerals.short(L))", minimiser: f.minimiser, L,
          from: f.minimiser + 3 * generator.normals(8), steps: 300)
      }
      for κ in [1e3, 1e5] {
        let f = Quadratic<Double>(dimension: 100, conditionNumber: κ, seed: seed)
        runs.append(
          acceleratedConvex(
            f, "a quadratic of 100 variables, L = \(Numerals.count(κ)), μ = 1", minimiser: f.minimiser, κ,
            from: Vector(zeros: 100), steps: 300))
      }
      return runs
    },
    Theorem(
      "nesterov-strongly-convex", of: "nesterov",
      "f − f* falls by 1 − 1/√κ a step on smooth strongly convex functions",
      on: "functions whose Hessian has its eigenvalues in [μ, L]; quadratics and others, κ = L/μ",
      "f(xₖ) − f* ≤ (1 − 1/√κ)ᵏ (f(x₀) − f* + ½μ‖x₀ − x*‖²), with the rate 1/L and the momentum (√κ − 1)/(√κ + 1)",
      reference: "Nesterov 2004, theorem 2.2.3; Bubeck 2015, theorem 3.18",
      silence: "that the rate can be had without knowing μ", law: .factor
    ) { seed in
      stronglyConvex(seed, least: 0.02).map { f, name, curvatures in
        acceleratedStronglyConvex(f, name, curvatures, from: Vector(zeros: f.minimiser.count))
      }
    },
    Theorem(
      "heavy-ball-quadratic", of: "momentum", "the error falls by (√κ − 1)/(√κ + 1) a step on quadratics",
      on: "quadratics whose Hessian has its eigenvalues in [μ, L], κ = L/μ",
      "‖xₖ − x*‖ ≤ (1 + k + kβ) βᵏ ‖x₀ − x*‖, β = (√κ − 1)/(√κ + 1), with the momentum β² and the rate 4/(√L + √μ)²",
      reference: "Polyak 1964; the factor before βᵏ from Chebyshev’s polynomials of the second kind",
      silence: "anything beyond quadratics: see heavy-ball-everywhere", law: .factor
    ) { seed in
      var runs = [TheoremRun]()
      for (i, κ) in [10.0, 100, 1000].enumerated() {
        let f = Quadratic<Double>(dimension: 12, conditionNumber: κ, seed: seed &+ UInt64(i))
        runs.append(
          heavyBall(
            f, "a quadratic of 12 variables, κ = \(Numerals.count(κ))", minimiser: f.minimiser, 1...κ,
            from: Vector(zeros: 12), steps: 500))
        let worst = Quadratic<Double>(eigenvalues: [1, κ])
        runs.append(
          heavyBall(
            worst, "the quadratic with eigenvalues 1 and \(Numerals.count(κ)) from (1, 2)",
            minimiser: worst.minimiser, 1...κ, from: [1, 2], steps: 500))
      }
      return runs
    },
  ]

  /// f(xₖ) of the accelerated gradient with the growing momentum.
  ///
  /// Secant's points are the yₖ at which gradients are taken, and xₖ₊₁ = yₖ − ∇f(yₖ)/L.
  private static func acceleratedConvex<P: DifferentiableObjective>(
    _ f: P, _ member: String, minimiser: Vector<Double>, _ L: Double, from x₀: Vector<Double>, steps: Int
  ) -> TheoremRun where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace {
    let distance = x₀.squaredDistance(to: minimiser)
    var run = TheoremRun(member, floor: 1e-14 * f.value(at: x₀))
    var gradient = Vector<Double>(zeros: x₀.count)
    walk(.nesterov(rate: 1 / L, momentum: .growing), on: f, from: x₀, steps: steps - 1) { k, state in
      _ = f.valueAndGradient(at: state.current.point, into: &gradient)
      run.add(
        k + 1, f.value(at: state.current.point - (1 / L) * gradient),
        atMost: 2 * L * distance / Double((k + 2) * (k + 2)))
    }
    return run
  }

  private static func acceleratedStronglyConvex<P: KnownMinimiser>(
    _ f: P, _ member: String, _ curvatures: ClosedRange<Double>, from x₀: Vector<Double>
  ) -> TheoremRun {
    let (μ, L) = (curvatures.lowerBound, curvatures.upperBound)
    let root = (L / μ).squareRoot()
    let potential = f.value(at: x₀) + μ / 2 * x₀.squaredDistance(to: f.minimiser)
    var run = TheoremRun(member, floor: 1e-13 * potential)
    run.require(f, curvesWithin: curvatures, from: x₀)
    var gradient = Vector<Double>(zeros: x₀.count)
    walk(.nesterov(rate: 1 / L, momentum: (root - 1) / (root + 1)), on: f, from: x₀, steps: 400) { k, state in
      // The run's points are those at which gradients are taken; the theorem is about the ends of the steps from them.
      _ = f.valueAndGradient(at: state.current.point, into: &gradient)
      run.add(
        k + 1, f.value(at: state.current.point - (1 / L) * gradient),
        atMost: Double.pow(1 - 1 / root, k + 1) * potential)
    }
    return run
  }

  /// ‖xₖ − x*‖ by Polyak's heavy ball with the parameters for quadratics.
  static func heavyBall<P: DifferentiableObjective>(
    _ f: P, _ member: String, minimiser: Vector<Double>, _ curvatures: ClosedRange<Double>,
    from x₀: Vector<Double>, steps: Int
  ) -> TheoremRun where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace {
    let (a, b) = (curvatures.lowerBound.squareRoot(), curvatures.upperBound.squareRoot())
    let β = (b - a) / (b + a)
    let distance = x₀.squaredDistance(to: minimiser).squareRoot()
    var run = TheoremRun(member, floor: 1e-12 * distance)
    walk(.momentum(rate: 4 / ((a + b) * (a + b)), momentum: β * β), on: f, from: x₀, steps: steps) {
      k, state in
      run.add(
        k, state.current.point.squaredDistance(to: minimiser).squareRoot(),
        atMost: (1 + Double(k) * (1 + β)) * Double.pow(β, k) * distance)
    }
    return run
  }
}
