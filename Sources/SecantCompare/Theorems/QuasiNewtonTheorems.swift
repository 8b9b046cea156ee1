import Secant
import SecantProblems

extension Theorem {
  static let ofQuasiNewton: [Theorem] = [
    Theorem(
      "secant-order", of: "goodBroyden", "in one unknown the error falls with the order (1 + √5)/2",
      on: "equations F(x) = 0 in one unknown with F′ ≠ 0 ≠ F″ at the root: eˣ − 1 + dx",
      "|xₖ₊₁ − x*| ≤ C|xₖ − x*||xₖ₋₁ − x*|, C = max|F″|/(2 min|F′|), and the order is 1.618…",
      reference: "Ostrowski 1960; Dennis and Schnabel 1983, section 2.6",
      silence: "convergence from farther away", law: .order((1 + 5.0.squareRoot()) / 2)
    ) { seed in secantErrors(seed) },
    Theorem(
      "bfgs-finite", of: "bfgs", "with exact searches BFGS ends on a quadratic of n variables after n steps",
      on: "strictly convex quadratics of n variables",
      "xₙ = x*",
      reference: "Broyden 1970; Nocedal and Wright 2006, theorem 6.4",
      silence: "that an inexact search, which costs less, ends after as few steps", law: .none
    ) { seed in
      quadraticTermination(seed) { _ in
        Descent(BFGS<Quadratic<Double>>(), step: exactSearch)
      }
    },
    Theorem(
      "lbfgs-finite", of: "lbfgs",
      "with exact searches and n pairs L-BFGS ends on a quadratic of n variables after n steps",
      on: "strictly convex quadratics of n variables",
      "xₙ = x*",
      reference: "Nocedal 1980; Nazareth 1979, for BFGS that begins anew with conjugate gradients’ steps",
      silence: "that an inexact search, which costs less, ends after as few steps", law: .none
    ) { seed in
      quadraticTermination(seed) { n in
        .lbfgs(memory: n, step: exactSearch)
      }
    },
    Theorem(
      "bfgs-quadratic", of: "bfgs",
      "without any search BFGS converges superlinearly on a quadratic, by an explicit bound",
      on: "quadratics whose Hessian has its eigenvalues in [1/κ, 1]",
      "λₖ ≤ min{(1 − 1/κ)ᵏ, (κ^{n/k} − 1)^{k/2} √κ} λ₀, λ² = ∇fᵀ(∇²f)⁻¹∇f, from H = I with full steps",
      reference: "Rodomanov and Nesterov 2021, J. Optim. Theory Appl. 188, on quadratic functions",
      silence: "that the bound is near: on these members the method is far faster", law: .none
    ) { seed in
      [(4, 10.0), (4, 100), (8, 10), (8, 100)].enumerated().map { i, member in
        let (n, κ) = member
        let values = (0..<n).map { Double.pow(κ, -Double($0) / Double(n - 1)) }
        let f = Quadratic<Double>(eigenvalues: Vector(values), seed: seed &+ UInt64(i))
        let start = (2 * f.value(at: Vector(zeros: n))).squareRoot()
        var run = TheoremRun("a quadratic of \(n) variables, κ = \(Numerals.count(κ))", floor: 1e-11 * start)
        let spectrum = f.spectrum(at: f.minimiser)
        run.require(
          spectrum.upperBound < 1 + 1e-9 && spectrum.lowerBound > (1 - 1e-9) / κ,
          "the Hessian’s eigenvalues lie in [1/κ, 1]")
        walk(
          Descent(BFGS<Quadratic<Double>>(scaling: .never), step: FullStep<Double>()), on: f,
          from: Vector(zeros: n), steps: 200
        ) { k, state in
          let λ = (2 * f.value(at: state.current.point)).squareRoot()
          let K = Double(max(k, 1))
          let superlinear = Double.pow(Double.pow(κ, Double(n) / K) - 1, K / 2) * κ.squareRoot()
          run.add(k, λ, atMost: k == 0 ? start : min(Double.pow(1 - 1 / κ, k), superlinear) * start)
        }
        return run
      }
    },
    Theorem(
      "bfgs-superlinear", of: "bfgs",
      "with a Wolfe search the ratios of BFGS’s errors go to zero on smooth strongly convex functions",
      on: "strongly convex functions with a Lipschitz Hessian: log cosh and a quadratic",
      "‖xₖ₊₁ − x*‖/‖xₖ − x*‖ → 0",
      reference: "Powell 1976; Nocedal and Wright 2006, theorems 6.5 and 6.6",
      silence: "how soon, for it is a claim about the limit: what is seen is that the ratios fall",
      law: .vanishing
    ) { seed in errorRatios(seed, by: Descent<BFGS<LogCosh>, StrongWolfe<Double>>.bfgs()) },
    Theorem(
      "anderson-finite", of: "anderson",
      "with n differences Anderson’s acceleration of gradient descent ends on a quadratic, as GMRES does",
      on: "strictly convex quadratics of n variables",
      "xₙ₊₁ = x*: n steps for n differences, and the one that they promise",
      reference: "Walker and Ni 2011, theorem 2.2",
      silence: "anything where the map is not linear, which the safeguard is for", law: .none
    ) { seed in
      quadraticTermination(seed, after: { $0 + 1 }) { n in AndersonAcceleration(memory: n, rate: 1.0 / 20) }
    },
  ]

  /// ‖xₖ₊₁ − x*‖/‖xₖ − x*‖ on strongly convex functions, as long as the errors are far above rounding.
  static func errorRatios<Method: Solver<LogCosh>>(_ seed: UInt64, by method: Method) -> [TheoremRun] {
    members(12, seed) { generator, i in
      let f = LogCosh(12, 6, diagonal: Vector(repeating: 0.05, count: 6), from: &generator)
      let x₀ = f.minimiser + 2 * generator.normals(6)
      var run = TheoremRun("log cosh and a quadratic in 6 variables, number \(i + 1)", floor: 0)
      let floor = 1e-9 * f.minimiser.norm
      var last: Double?
      walk(method, on: f, from: x₀, steps: 60) { k, state in
        let error = state.current.point.squaredDistance(to: f.minimiser).squareRoot()
        if let last, last > floor, error > floor { run.add(k, error / last, atMost: nil) }
        last = error
      }
      return run
    }
  }

  /// |xₖ| of Broyden's method in one unknown, which is the secant method after a first step of Newton's.
  static func secantErrors(_ seed: UInt64) -> [TheoremRun] {
    members(20, seed) { generator, _ in
      let d = 0.2 + 2 * generator.uniform(Double.self)
      let start =
        (generator.uniform(Double.self) < 0.5 ? -1 : 1) * (0.2 + 0.2 * generator.uniform(Double.self))
      var points = [Double]()
      walk(.goodBroyden(), on: ExponentialEquation(d: d), from: [start], steps: 15) { _, state in
        points.append(state.current.point[0])
      }
      let (low, high) = (min(0, points.min()!), max(0, points.max()!))
      let C = Double.exp(high) / (2 * (Double.exp(low) + d))
      var run = TheoremRun("eˣ − 1 + \(Numerals.short(d))x from \(Numerals.short(start))", floor: 1e-120)
      for (k, x) in points.enumerated() {
        // x + p is rounded to ulps of x, which is nothing to the next error as long as that is far above them.
        if k > 1, C * abs(points[k - 2]) < 1e-13 { break }
        run.add(k, abs(x), atMost: k == 0 ? nil : C * abs(points[k - 1]) * abs(points[max(0, k - 2)]))
      }
      return run
    }
  }

  /// ‖x − x*‖_A after n steps, or so many, on quadratics of n variables, held against 10⁻⁸ of what it was at the start: rounding.
  private static func quadraticTermination<Method: Solver<Quadratic<Double>>>(
    _ seed: UInt64, after steps: (Int) -> Int = { $0 }, _ method: (Int) -> Method
  ) -> [TheoremRun] {
    [2, 3, 4, 6, 8].map { n in
      let f = Quadratic<Double>(dimension: n, conditionNumber: 20, seed: seed &+ UInt64(n))
      let start = (2 * f.value(at: Vector(zeros: n))).squareRoot()
      var run = TheoremRun("a quadratic of \(n) variables, κ = 20", floor: 1e-8 * start)
      walk(method(n), on: f, from: Vector(zeros: n), steps: steps(n)) { k, state in
        run.add(
          k, (2 * f.value(at: state.current.point)).squareRoot(), atMost: k >= steps(n) ? 1e-8 * start : nil)
      }
      return run
    }
  }
}
