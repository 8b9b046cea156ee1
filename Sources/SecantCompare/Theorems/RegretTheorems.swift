import Secant
import SecantProblems

// Online learning: xₜ is chosen, fₜ is shown, and the regret is Σₜ fₜ(xₜ) − Σₜ fₜ(x*) for a fixed point x*.

extension Theorem {
  static let ofRegret: [Theorem] = [
    Theorem(
      "online-gradient-descent-regret", of: "gradientDescent", "the regret grows with √T",
      on: "streams of convex functions whose gradients are at most G long: logistic losses of drawn samples",
      "R(T) ≤ D²√T/2 + (√T − ½)G², with the rates 1/√t; D is the farthest from x* that was met",
      reference: "Zinkevich 2003, theorem 1", silence: "that no method has less regret on an easier stream",
      law: .power, counter: "T"
    ) { seed in
      regrets(seed, rarity: 1) { f in
        Descent(SteepestDescent<LogisticRegression<Double>>(), step: Constant(rate: 1))
      } before: {
        $0.rule.rate = 1 / Double($1).squareRoot()
      } bound: { T, course, _ in
        let G = course.greatestGradient
        let root = Double(T).squareRoot()
        return course.distance * course.distance * root / 2 + (root - 0.5) * G * G
      }
    },
    Theorem(
      "adagrad-regret", of: "adagrad",
      "the regret grows no faster than the lengths of the coordinates’ gradients, which are short where features are rare",
      on: "streams of convex functions: logistic losses of samples most of whose features are rare",
      "R(T) ≤ (D∞²/(2η) + η) Σᵢ ‖g₁…ₜ,ᵢ‖₂, D∞ the greatest |xₜ,ᵢ − x*ᵢ| that was met",
      reference: "Duchi, Hazan and Singer 2011, theorem 5",
      silence: "that a tuned rate for all coordinates does worse",
      law: .power, counter: "T"
    ) { seed in
      regrets(seed, rarity: 0.01) { _ in
        .adaGrad(rate: 1)
      } before: { _, _ in
      } bound: { _, course, _ in
        let lengths = course.squares.map { $0.squareRoot() }.reduce(0, +)
        // The method's own ε, which is δ in the paper.
        return (course.greatest * course.greatest / 2 + 1) * lengths
          + 1e-10 * Double(course.squares.count) * course.greatest * course.greatest
      }
    },
    Theorem(
      "amsgrad-regret", of: "amsgrad", "the regret grows with √(T log T) at most",
      on: "streams of convex functions: logistic losses, and the stream on which Adam fails",
      "R(T) ≤ D∞²√T/α Σᵢ √v̂ₜ,ᵢ + α√(1 + ln T)/√(1 − β₂) Σᵢ ‖g₁…ₜ,ᵢ‖₂, with the rates α/√t and β₁ = 0",
      reference: "Reddi, Kale and Kumar 2018, theorem 4",
      silence: "anything about β₁ > 0, for which the printed proof has a gap (Tran and Phong 2019)",
      law: .power, counter: "T"
    ) { seed in
      let α = 0.5
      let logistic = regrets(seed, rarity: 1) { _ in
        .amsGrad(rate: α, betas: (0, 0.99), epsilon: 1e-12, correction: .none)
      } before: {
        $0.rule.rate = α / Double($1).squareRoot()
      } bound: { T, course, memory in
        amsgradBound(
          T, α: α, β₂: 0.99, course,
          roots: memory.direction.greatest.map { $0.squareRoot() + 1e-12 }.reduce(0, +))
      }
      return logistic + [
        reddi(
          Descent<AMSGrad<LinearLoss>, Constant<Double>>.amsGrad(
            rate: α, betas: (0, 0.1), epsilon: 0, correction: .none), α: α
        ) { T, course, memory in
          amsgradBound(T, α: α, β₂: 0.1, course, roots: memory.direction.greatest[0].squareRoot())
        }
      ]
    },
    Theorem(
      "adam-fails", of: "adam", "on one stream of convex functions Adam’s regret grows with T",
      on: "fₜ(x) = 3x in every third step and −x otherwise, on [−1, 1]",
      "R(T) ≥ 2T/3 for every T that 3 divides, with β₁ = 0, β₂ = 1/10 and the rates 0.9/√t from x = 1",
      reference: "Reddi, Kale and Kumar 2018, theorem 1 with C = 3",
      silence: "that Adam fails with other constants: theorem 2 there has streams for those", sense: .atLeast,
      law: .power, counter: "T"
    ) { _ in
      [
        reddi(
          Descent<Adam<LinearLoss>, Constant<Double>>.adam(rate: 0.9, betas: (0, 0.1), epsilon: 0), α: 0.9
        ) {
          T, _, _ in 2 * Double(T) / 3
        }
      ]
    },
  ]

  /// What a run on a stream has seen.
  struct Course {
    var regret = 0.0
    /// Σ gᵢ².
    var squares: [Double]
    /// The greatest ‖g‖, ‖x − x*‖ and |xᵢ − x*ᵢ|.
    var greatestGradient = 0.0
    var distance = 0.0
    var greatest = 0.0

    init(_ n: Int) { squares = Array(repeating: 0, count: n) }

    mutating func note(
      _ regret: Double, gradient: Vector<Double>, at x: Vector<Double>, from x̂: Vector<Double>
    ) {
      self.regret += regret
      for i in squares.indices { squares[i] += gradient[i] * gradient[i] }
      greatestGradient = max(greatestGradient, gradient.norm)
      let away = x - x̂
      distance = max(distance, away.norm)
      greatest = max(greatest, away.largestMagnitude)
    }
  }

  private static func amsgradBound(_ T: Int, α: Double, β₂: Double, _ course: Course, roots: Double) -> Double
  {
    let lengths = course.squares.map { $0.squareRoot() }.reduce(0, +)
    return course.greatest * course.greatest * Double(T).squareRoot() / α * roots
      + α * (1 + Double.log(Double(T))).squareRoot() / (1 - β₂).squareRoot() * lengths
  }

  /// The regret on streams of logistic losses, beside the minimiser of their sum.
  private static func regrets<D: Direction<LogisticRegression<Double>>>(
    _ seed: UInt64, rarity: Double,
    _ method: (LogisticRegression<Double>) -> Descent<D, Constant<Double>>,
    before: (inout Descent<D, Constant<Double>>, _ t: Int) -> Void,
    bound: (_ T: Int, Course, Descent<D, Constant<Double>>.Memory) -> Double
  ) -> [TheoremRun] {
    members(3, seed) { generator, i in
      let (T, n) = (1000, 6)
      let f = LogisticRegression<Double>.drawn(T, features: n, rarity: rarity, from: &generator)
      let x̂ = f.minimiser
      let kept = roundNumbers(to: T)
      var run = TheoremRun(
        "logistic losses of \(T) samples with \(n) features, number \(i + 1)", floor: 1e-12)
      var stream = Stream(method(f), on: f, from: Vector(zeros: n))
      var course = Course(n)
      var gradient = Vector<Double>(zeros: n)
      for t in 1...T {
        let loss = f.restricted(to: Batch([t - 1]))
        let value = loss.valueAndGradient(at: stream.point, into: &gradient)
        course.note(value - loss.value(at: x̂), gradient: gradient, at: stream.point, from: x̂)
        before(&stream.method, t)
        stream.step(on: loss)
        if kept.contains(t) { run.add(t, course.regret, atMost: bound(t, course, stream.state.memory)) }
      }
      return run
    }
  }

  /// The regret on Reddi, Kale and Kumar's stream, beside x* = −1. The points are projected onto [−1, 1] after every step.
  static func reddi<D: Direction<LinearLoss>>(
    _ method: Descent<D, Constant<Double>>, α: Double,
    bound: (_ T: Int, Course, Descent<D, Constant<Double>>.Memory) -> Double
  ) -> TheoremRun {
    var run = TheoremRun("the stream of 3x, −x and −x", floor: 1e-12)
    let kept = roundNumbers(to: 1000).map { 3 * $0 }
    var stream = Stream(method, on: LinearLoss(slope: 3), from: [1])
    var course = Course(1)
    for t in 1...kept[kept.count - 1] {
      let loss = LinearLoss(slope: t % 3 == 1 ? 3 : -1)
      let x = stream.point[0]
      course.note(loss.slope * (x + 1), gradient: [loss.slope], at: [x], from: [-1])
      stream.method.rule.rate = α / Double(t).squareRoot()
      stream.step(on: loss)
      stream.state.current.point.clamp(to: -1...1)
      if kept.contains(t) { run.add(t, course.regret, atMost: bound(t, course, stream.state.memory)) }
    }
    return run
  }
}
