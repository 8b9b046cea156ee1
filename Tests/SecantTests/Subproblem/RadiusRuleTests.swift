import Secant
import Testing

@Suite struct RadiusRuleTests {
  func trial(
    _ ρ: Double, length: Double = 2, isOnBoundary: Bool = true, decrease: Double = 1, value: Double = 0,
    slope: Double = -2
  ) -> TrialStep<Double> {
    TrialStep(
      ModelStep(decrease: decrease, length: length, isOnBoundary: isOnBoundary), ratio: ρ, value: value,
      slope: slope)
  }

  /// The radius after one step from Δ = 2, and whether it is taken.
  func judge<Rule: RadiusRule>(_ rule: Rule, _ trial: TrialStep<Double>) -> (Double, Bool)
  where Rule.Scalar == Double {
    var (radius, memory) = (2.0, rule.allocate())
    let isTaken = rule.judge(trial, &radius, &memory)
    return (radius, isTaken)
  }

  /// Δ₊ = 2.5‖p‖ from η₂ = 0.95 on, ¼‖p‖ below η₁ = 0.01; and with η₁ = 10⁻⁴, η₂ = 0.99 and 3.5.
  @Test func publishedConstants() {
    typealias Rule = RatioRadius<Double>
    #expect(judge(Rule.connGouldToint, trial(0.96)) == (5, true))
    #expect(judge(Rule.connGouldToint, trial(0.94)) == (2, true))
    #expect(judge(Rule.connGouldToint, trial(0.02)) == (2, true))
    #expect(judge(Rule.connGouldToint, trial(0.01)) == (0.5, false))
    #expect(judge(Rule.gouldOrbanSartenaerToint, trial(0.995)) == (7, true))
    #expect(judge(Rule.gouldOrbanSartenaerToint, trial(0.98)) == (2, true))
    #expect(judge(Rule.gouldOrbanSartenaerToint, trial(1e-4)) == (0.5, false))
    for rule in [Rule.connGouldToint, .gouldOrbanSartenaerToint, Rule()] { #expect(rule.complaint == nil) }
  }

  @Test func interpolatingRadiusGoesWhereTheParabolaIsLowest() {
    let rule = InterpolatingRadius<Double>()
    // f₊ − f = 2, slope −2: α = 2/(2·4) = ¼.
    #expect(judge(rule, trial(-2)) == (0.5, false))
    // f₊ − f = 0.5: α = 2/5.
    #expect(judge(rule, trial(-0.5)) == (0.8, false))
    // f falls by a tenth of the promise: α = 2/(2·1.9), at most half of Δ.
    #expect(judge(rule, trial(0.1)) == (1, true))
    // f falls by half: α = 2/3.
    let (radius, isTaken) = judge(rule, trial(0.5))
    #expect(abs(radius - 4.0 / 3) < 1e-15 && isTaken)
    // f falls as the model says: α = 1; and steeper than the slope: four times.
    #expect(judge(rule, trial(1)) == (2, true))
    #expect(judge(rule, trial(2.5)) == (8, true))
    for ρ in [-Double.infinity, .nan] { #expect(judge(rule, trial(ρ)) == (0.5, false)) }
    // The first step was shorter than Δ.
    #expect(judge(rule, trial(1, length: 1, isOnBoundary: false)) == (1, true))
  }

  @Test func selfAdaptiveRadiusIsAnRFunction() {
    let rule = SelfAdaptiveRadius<Double>()
    // From β at −∞ to M at ∞, never falling, above 1 from η on.
    #expect(rule.factor(-.infinity) == 0.1 && rule.factor(.nan) == 0.1)
    #expect(abs(rule.factor(.infinity) - 5) < 1e-12)
    var before = rule.factor(-10)
    for ρ in stride(from: -9.9, through: 10, by: 0.1) {
      let factor = rule.factor(ρ)
      #expect(factor >= before)
      #expect(ρ >= rule.acceptance ? factor >= 1.1 : factor <= 0.9)
      before = factor
    }
    #expect(judge(rule, trial(0.1)).1 == false)
    #expect(judge(rule, trial(0.2)).1)
  }

  @Test func nonMonotoneRadiusTakesWhatTheOtherRejects() {
    let rule = NonMonotoneRadius(RatioRadius<Double>(), memory: 3)
    var (radius, memory) = (2.0, rule.allocate())
    // Down from 10 to 5, of 4 promised.
    #expect(rule.judge(trial(1.25, decrease: 4, value: 10), &radius, &memory))
    // Up from 5 to 5.5, of 1 promised: since 10 f fell by 4.5 of 5.
    let uphill = trial(-0.5, decrease: 1, value: 5)
    #expect(!judge(RatioRadius<Double>(), uphill).1)
    #expect(rule.judge(uphill, &radius, &memory))
    #expect(radius == 8)
    // The memory is of three values: after three more steps 10 is forgotten.
    for value in [5.5, 5.4, 5.3] {
      #expect(rule.judge(trial(0.5, decrease: 0.2, value: value), &radius, &memory))
    }
    #expect(!rule.judge(trial(-2, decrease: 1, value: 5.2), &radius, &memory))
    #expect(!rule.judge(trial(.nan, value: 5.2), &radius, &memory))
    // Without a memory it is the rule itself.
    #expect(!judge(NonMonotoneRadius(RatioRadius<Double>(), memory: 0), uphill).1)
  }

  /// A rule sees no scale: f and 10¹⁰f give the same radius.
  @Test func nonMonotoneRunsReachTheMinimumAndReturnTheLowest() {
    let f = Rosenbrock<Double>()
    let solver = TrustRegion(
      model: DenseHessianModel<Rosenbrock<Double>>(), subproblem: SteihaugToint(),
      radius: NonMonotoneRadius(RatioRadius(), memory: 5))
    var state = solver.start(at: Rosenbrock.start(6), for: f)
    var rises = 0
    for _ in 0..<80 {
      if case .accepted = solver.step(&state, on: f), state.current.value > state.other.value { rises += 1 }
    }
    #expect(rises > 0)
    #expect(state.current.gradient.norm < 1e-6)
  }

  @Test func automaticRadiusIsTheCauchyStepsLength() {
    // f = ½·4x²: from x = 3 the Cauchy step leads to the minimum, whatever f is multiplied by.
    for scale in [1e-20, 1, 1e20] {
      let f = Quadratic<Double>([[4 * scale]], [0])
      let solver = TrustRegion(
        model: HessianModel<Quadratic<Double>>(), subproblem: SteihaugToint(),
        radius: RatioRadius(initial: nil))
      var state = solver.start(at: [3], for: f)
      solver.step(&state, on: f)
      #expect(abs(state.memory.radius / 3 - 1) < 1e-12 || abs(state.memory.radius / 6 - 1) < 1e-12)
      #expect(abs(state.current.point[0]) < 1e-12)
    }
  }

  @Test func nameWhatMakesNoSense() {
    #expect(RatioRadius<Double>(initial: 0).complaint?.contains("initial") == true)
    #expect(RatioRadius<Double>(initial: nil, largest: .infinity).complaint?.contains("largest") == true)
    #expect(InterpolatingRadius<Double>().complaint == nil)
    #expect(InterpolatingRadius<Double>(poor: 0.9).complaint?.contains("poor") == true)
    #expect(InterpolatingRadius<Double>(strongestShrinkage: 0.9).complaint?.contains("σ₁") == true)
    #expect(InterpolatingRadius<Double>(expansion: 1).complaint?.contains("expansion") == true)
    #expect(SelfAdaptiveRadius<Float>().complaint == nil)
    #expect(SelfAdaptiveRadius<Double>(acceptance: 1).complaint?.contains("acceptance") == true)
    #expect(SelfAdaptiveRadius<Double>(shrinkage: 0.95).complaint?.contains("shrinkage") == true)
    #expect(SelfAdaptiveRadius<Double>(expansion: 1).complaint?.contains("expansion") == true)
    #expect(NonMonotoneRadius(RatioRadius<Double>()).complaint == nil)
    #expect(NonMonotoneRadius(RatioRadius<Double>(), memory: -1).complaint?.contains("memory") == true)
    for memory in [100_001, .max] {
      let rule = NonMonotoneRadius(RatioRadius<Double>(), memory: memory)
      #expect(rule.complaint?.contains("memory (M) is \(memory)") == true)
      let outcome = minimize(
        Rosenbrock<Double>(), from: [-1.2, 1], using: .trustRegion(model: HessianModel(), radius: rule))
      #expect(outcome.status.label == "refused")
    }
    #expect(NonMonotoneRadius(RatioRadius<Double>(expansion: 1)).complaint?.contains("expansion") == true)
  }
}
