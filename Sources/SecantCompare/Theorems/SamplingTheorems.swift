import Secant
import SecantProblems

extension Theorem {
  static let ofSampling: [Theorem] = [
    Theorem(
      "sgd-convex", of: "sgd", "f at the average point comes down with 1/√T on convex functions",
      on:
        "means of convex functions whose gradients are at most G long: logistic regression on drawn samples",
      "E f(x̄) − f* ≤ G‖x₀ − x*‖/√T, x̄ the mean of x₀, …, x_{T−1}, with the rate ‖x₀ − x*‖/(G√T) and terms drawn independently",
      reference: "Nemirovski, Juditsky, Lan and Shapiro 2009, section 2.2; Bubeck 2015, theorem 6.1",
      silence: "anything about the last point", law: .power, counter: "T"
    ) { seed in
      members(2, seed) { generator, i in
        let f = LogisticRegression<Double>.drawn(100, features: 4, from: &generator)
        let x̂ = f.minimiser
        let least = f.value(at: x̂)
        let (D, G) = (x̂.norm, f.greatestGradient)
        var run = TheoremRun("logistic regression on 100 samples, number \(i + 1)", floor: 1e-12)
        for T in [10, 20, 50, 100, 200, 500, 1000] {
          var means = Means()
          for repetition in 0..<24 {
            var terms = RandomGenerator(seed: seed, stream: UInt64(100 * T + repetition))
            var stream = Stream<Descent<SteepestDescent<LogisticRegression<Double>>, Constant<Double>>>(
              .gradientDescent(rate: D / (G * Double(T).squareRoot())), on: f, from: Vector(zeros: 4))
            var mean = Vector<Double>(zeros: 4)
            for _ in 0..<T {
              mean.add(stream.point, times: 1 / Double(T))
              stream.step(on: f.restricted(to: Batch([terms.integer(below: f.termCount)])))
            }
            means.add([f.value(at: mean) - least])
          }
          run.add(T, means[0], atMost: G * D / Double(T).squareRoot())
        }
        return run
      }
    },
    Theorem(
      "sgd-strongly-convex", of: "sgd",
      "f − f* comes down with 1/k on strongly convex functions, with rates like 1/k",
      on: "quadratics with eigenvalues in [μ, L] whose gradients are seen with noise of variance σ²",
      "E f(xₖ) − f* ≤ ν/(γ + k), with the rates β/(γ + k), β = 2/μ, γ = 2κ − 1, ν = max{β²Lσ²/(2(βμ − 1)), (γ + 1)(f(x₁) − f*)}",
      reference: "Bottou, Curtis and Nocedal 2018, theorem 4.7", silence: "that μ need not be known",
      law: .power
    ) { seed in
      members(2, seed) { generator, i in
        let κ = [5.0, 20][i]
        let f = NoisyQuadratic(
          Quadratic(dimension: 6, conditionNumber: κ, seed: seed &+ UInt64(i)), terms: 40, from: &generator)
        let (β, γ) = (2.0, 2 * κ - 1)
        let start = f.value(at: Vector(zeros: 6))
        let ν = max(β * β * κ * f.variance / (2 * (β - 1)), (γ + 1) * start)
        let kept = Array(roundNumbers(to: 1000).dropFirst())
        var run = TheoremRun("a quadratic of 6 variables with noise, κ = \(Numerals.count(κ))", floor: 1e-14)
        let means = noisyDescent(f, seed: seed, kept) { k in β / (γ + Double(k)) }
        for (j, k) in kept.enumerated() {
          run.add(k, means[j], atMost: ν / (γ + Double(k)))
        }
        return run
      }
    },
    Theorem(
      "sgd-constant-rate", of: "sgd",
      "with a constant rate f − f* falls by 1 − αμ a step down to a level in proportion to the rate",
      on: "quadratics with eigenvalues in [μ, L] whose gradients are seen with noise of variance σ²",
      "E f(xₖ) − f* ≤ N + (1 − αμ)ᵏ⁻¹(f(x₁) − f* − N), N = αLσ²/(2μ), with the rate α ≤ 1/L",
      reference: "Bottou, Curtis and Nocedal 2018, theorem 4.6",
      silence: "convergence: the level stays, see sgd-constant-rate-converges", law: .none
    ) { seed in
      constantRate(seed) { start, level, factor in
        { k in level + Double.pow(factor, k - 1) * (start - level) }
      }
    },
    Theorem(
      "svrg-linear", of: "svrg",
      "with variance reduction and a constant rate the error falls by a factor an epoch",
      on:
        "means of convex functions with L-Lipschitz gradients, the mean μ-strongly convex: ridge regression",
      "E‖w̃ₛ − x*‖² ≤ αˢ‖w̃₀ − x*‖², α = (1 − 2ημ(1 − ηL))ᵐ + ηL²/(μ(1 − ηL)), w̃ₛ the last point of m steps",
      reference:
        "Johnson and Zhang 2013; for the last point, option I, the argument of Tan, Ma, Dai and Qian 2016",
      silence: "Johnson and Zhang’s own bound, which is for a snapshot drawn among the m points",
      law: .factor, counter: "s"
    ) { seed in
      members(2, seed) { generator, _ in
        let f = RidgeSum(terms: 20, dimension: 4, λ: 0.1, from: &generator)
        let x̂ = f.minimiser
        let (μ, L) = (f.spectrum(at: x̂).lowerBound, f.smoothness)
        // So small that the second term of α is ¼, and so many steps that the first one is.
        let η = 0.25 * μ / (L * L + 0.25 * μ * L)
        let m = Int((Double.log(0.25) / Double.log(1 - 2 * η * μ * (1 - η * L))).rounded(.up))
        let α = Double.pow(1 - 2 * η * μ * (1 - η * L), m) + η * L * L / (μ * (1 - η * L))
        let epochs = 10
        var means = Means()
        for repetition in 0..<16 {
          var stream = Stream(
            SVRG(
              Descent(SteepestDescent<RidgeSum>(), step: Constant(rate: η)), interval: m,
              seed: seed &* 1000 &+ UInt64(repetition)), on: f, from: Vector(zeros: 4))
          var errors = [x̂.squaredNorm]
          for _ in 0..<epochs {
            for _ in 0..<m { stream.step(on: f) }
            errors.append(stream.point.squaredDistance(to: x̂))
          }
          means.add(errors)
        }
        var run = TheoremRun(
          "ridge regression, κ = \(Numerals.short(L / μ)), \(m) steps an epoch", floor: 1e-26 * x̂.squaredNorm)
        for s in 0...epochs {
          run.add(s, means[s], atMost: Double.pow(α, s) * x̂.squaredNorm)
        }
        return run
      }
    },
    Theorem(
      "saga-linear", of: "saga",
      "with remembered gradients and a constant rate the error falls by a factor a step",
      on: "means of N μ-strongly convex functions with L-Lipschitz gradients: ridge regression",
      "E‖xₖ − x*‖² ≤ (1 − μ/(2(μN + L)))ᵏ (‖x₀ − x*‖² + N/(μN + L) · D), D = f(x₀) − f* for ∇f(x*) = 0, with the rate 1/(2(μN + L))",
      reference: "Defazio, Bach and Lacoste-Julien 2014, theorem 1",
      silence: "that the memory of N gradients can be spared: that is SVRG", law: .factor
    ) { seed in
      members(2, seed) { generator, _ in
        let f = RidgeSum(terms: 20, dimension: 4, λ: 0.1, from: &generator)
        let x̂ = f.minimiser
        let (N, μ, L) = (20.0, f.λ, f.smoothness)
        let kept = roundNumbers(to: 1000)
        var means = Means()
        for repetition in 0..<16 {
          var stream = Stream(
            SAGA(
              Descent(SteepestDescent<RidgeSum>(), step: Constant(rate: 1 / (2 * (μ * N + L)))),
              seed: seed &* 1000 &+ UInt64(repetition)), on: f, from: Vector(zeros: 4))
          var errors = [Double]()
          for k in 1...kept[kept.count - 1] {
            stream.step(on: f)
            if kept.contains(k) { errors.append(stream.point.squaredDistance(to: x̂)) }
          }
          means.add(errors)
        }
        let start = x̂.squaredNorm + N / (μ * N + L) * (f.value(at: Vector(zeros: 4)) - f.value(at: x̂))
        var run = TheoremRun("ridge regression of 20 terms, L/μ = \(Numerals.short(L / μ))", floor: 1e-26)
        for (j, k) in kept.enumerated() {
          run.add(k, means[j], atMost: Double.pow(1 - μ / (2 * (μ * N + L)), k) * start)
        }
        return run
      }
    },
  ]

  /// The means of f(xₖ) − f* over 32 runs of stochastic gradient descent; k counts from 1, where it starts.
  private static func noisyDescent(
    _ f: NoisyQuadratic, seed: UInt64, _ kept: [Int], rate: (Int) -> Double
  ) -> Means {
    let n = f.base.minimiser.count
    var means = Means()
    for repetition in 0..<32 {
      var terms = RandomGenerator(seed: seed, stream: UInt64(repetition))
      var stream = Stream<Descent<SteepestDescent<NoisyQuadratic>, Constant<Double>>>(
        .gradientDescent(rate: 1), on: f, from: Vector(zeros: n))
      var values = [Double]()
      for k in 1...kept[kept.count - 1] {
        if kept.contains(k) { values.append(f.value(at: stream.point)) }
        stream.method.rule.rate = rate(k)
        stream.step(on: f.restricted(to: Batch([terms.integer(below: f.termCount)])))
      }
      means.add(values)
    }
    return means
  }

  /// Stochastic gradient descent with the rate 1/(2L); `bound` is given f(x₁) − f*, the level N and the factor.
  static func constantRate(
    _ seed: UInt64, bound: (_ start: Double, _ level: Double, _ factor: Double) -> (Int) -> Double
  ) -> [TheoremRun] {
    members(2, seed) { generator, i in
      let κ = [5.0, 20][i]
      let f = NoisyQuadratic(
        Quadratic(dimension: 6, conditionNumber: κ, seed: seed &+ UInt64(i)), terms: 40, from: &generator)
      let α = 1 / (2 * κ)
      let limit = bound(f.value(at: Vector(zeros: 6)), α * κ * f.variance / 2, 1 - α)
      let kept = Array(roundNumbers(to: 600).dropFirst())
      var run = TheoremRun("a quadratic of 6 variables with noise, κ = \(Numerals.count(κ))", floor: 1e-14)
      let means = noisyDescent(f, seed: seed, kept) { _ in α }
      for (j, k) in kept.enumerated() {
        run.add(k, means[j], atMost: limit(k))
      }
      return run
    }
  }
}

extension RidgeSum {
  /// Where the gradient of the whole vanishes.
  var minimiser: Vector<Double> {
    minimize(
      self, from: Vector(zeros: rows[0].count), using: .newton(), until: Convergence(gradient: 1e-13),
      certifying: false
    ).point
  }
}

extension LogisticRegression where Scalar == Double {
  /// The length of the longest sample, which no gradient of a term exceeds without regularisation.
  ///
  /// At 0 the gradient of a term is half of its sample.
  var greatestGradient: Double {
    let n = dimension ?? 0
    var gradient = Vector<Double>(zeros: n)
    return (0..<termCount).map { i in
      _ = restricted(to: Batch([i])).valueAndGradient(at: Vector(zeros: n), into: &gradient)
      return 2 * gradient.norm
    }.max() ?? 0
  }
}
