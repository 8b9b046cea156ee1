import Secant
import Testing

@Suite struct TrustRegionTests {
  typealias Subject<P: TwiceDifferentiableObjective> = TrustRegion<
    SteihaugToint<DenseHessianModel<P>>, RatioRadius<P.Scalar>
  > where P.Domain == WholeSpace

  @Test func neverGoesUphillAndLeavesARejectedPointAlone() {
    let f = Rosenbrock<Double>()
    let solver: Subject<Rosenbrock<Double>> = .trustRegion(model: DenseHessianModel())
    var state = solver.start(at: Rosenbrock.start(6), for: f)
    var rejected = 0
    for _ in 0..<60 {
      let before = state
      switch solver.step(&state, on: f) {
      case .accepted:
        #expect(state.current.value <= state.other.value)
        #expect(state.other.point == before.current.point)
        #expect(state.iteration == before.iteration + 1)
      case .rejected:
        rejected += 1
        #expect(state.current.point == before.current.point)
        #expect(state.iteration == before.iteration)
        #expect(state.memory.radius < before.memory.radius)
      default: break
      }
    }
    #expect(rejected > 0)
  }

  @Test func keepsTheDenseHessianAfterARejection() {
    let f = Rosenbrock<Double>()
    let outcome = minimize(
      f, from: Rosenbrock.start(10), using: .trustRegion(model: DenseHessianModel()), certifying: false)
    #expect(outcome.status.isConverged)
    // One a point that was left, and one to look at the curvature of the last.
    #expect(outcome.ledger.hessians == outcome.iterations + 1)
    #expect(outcome.ledger.iterations > outcome.iterations)
    #expect(outcome.ledger.hessianVectorProducts == 0)
  }

  @Test func bothNewtonModelsTakeTheSameSteps() {
    let f = Rosenbrock<Double>()
    let products = minimize(f, from: Rosenbrock.start(), using: .trustRegion())
    let dense = minimize(f, from: Rosenbrock.start(), using: .trustRegion(model: DenseHessianModel()))
    #expect(products.iterations == dense.iterations)
    #expect((products.point - dense.point).largestMagnitude < 1e-9)
  }

  @Test func takesANewtonStepWhereTheRadiusAllowsIt() {
    let f = Quadratic<Double>(5, condition: 10)
    let solver = TrustRegion(
      model: DenseHessianModel<Quadratic<Double>>(),
      subproblem: SteihaugToint(forcing: Forcing(loosest: 1e-12)),
      radius: RatioRadius(initial: 1e3))
    var state = solver.start(at: Vector(zeros: 5), for: f)
    solver.step(&state, on: f)
    #expect((state.current.point - f.minimizer).largestMagnitude < 1e-9)
  }

  @Test func saysThatTheRadiusCollapsed() {
    // The gradient points the wrong way: no step is ever any good.
    let f = Formula<Double>(
      n: 2, value: { $0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(2) })
    let solver: Subject<Formula<Double>> = .trustRegion(model: DenseHessianModel())
    var state = solver.start(at: [1, 2], for: f)
    var last = Step<Double>.rejected
    for _ in 0..<40 where last == .rejected { last = solver.step(&state, on: f) }
    #expect(last == .stuck(.radiusCollapsed))
    #expect(state.current.point == [1, 2])
  }

  @Test func radiusFollowsTheRatio() {
    func next(after Δ: Double, step length: Double, isOnBoundary: Bool, ratio ρ: Double) -> Double {
      judge(Δ, length, isOnBoundary, ρ).radius
    }
    func judge(_ Δ: Double, _ length: Double, _ isOnBoundary: Bool, _ ρ: Double) -> (radius: Double, Bool) {
      var (radius, memory) = (Δ, Stateless())
      let step = ModelStep(decrease: 1, length: length, isOnBoundary: isOnBoundary)
      let trial = TrialStep(step, ratio: ρ, value: 0, slope: -1)
      let isTaken = RatioRadius().judge(trial, &radius, &memory)
      return (radius, isTaken)
    }
    #expect(next(after: 2, step: 2, isOnBoundary: true, ratio: 0.9) == 4)
    #expect(next(after: 2, step: 1, isOnBoundary: false, ratio: 0.9) == 2)
    #expect(next(after: 2, step: 2, isOnBoundary: true, ratio: 0.5) == 2)
    #expect(next(after: 2, step: 1, isOnBoundary: false, ratio: 0.1) == 0.25)
    #expect(next(after: 2, step: 1, isOnBoundary: false, ratio: .nan) == 0.25)
    #expect(next(after: 2, step: 1, isOnBoundary: false, ratio: -.infinity) == 0.25)
    for (ρ, isTaken) in [(Double.nan, false), (0.15, false), (0.16, true)] {
      #expect(judge(2, 1, false, ρ).1 == isTaken)
    }
  }

  /// Steihaug's and Toint's step, its length in a norm of its own: twice the Euclidean one.
  struct TwiceAsLong<Model: TrustRegionModel>: TrustRegionSubproblem where Model.Problem.Scalar == Double {
    var inner = SteihaugToint<Model>()
    func allocate(_ dimension: Int) -> ConjugateGradientMemory<Double> { inner.allocate(dimension) }
    func solve(
      _ p: inout Vector<Double>, from current: Iterate<Double>, within radius: Double,
      _ memory: inout ConjugateGradientMemory<Double>, model: Model, _ modelMemory: inout Model.Memory,
      asking oracle: inout Oracle<Model.Problem>
    ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Double> {
      var step = try inner.solve(
        &p, from: current, within: radius / 2, &memory, model: model, &modelMemory, asking: &oracle)
      step.length *= 2
      return step
    }
  }

  /// Takes a step that does not lower the highest of the last values by less than a tenth of its promise.
  struct Forgiving: RadiusRule {
    var initial: Double? = 1
    var largest = 1e20
    func allocate() -> [Double] { [-.infinity, -.infinity] }
    func judge(
      _ trial: TrialStep<Double>, _ radius: inout Double, _ memory: inout [Double]
    ) -> Bool {
      let (step, ρ) = (trial.step, trial.ratio)
      let highest = max(trial.value, memory[0], memory[1])
      let isTaken = ρ + (highest - trial.value) / step.decrease > 0.1
      if isTaken { (memory[0], memory[1]) = (memory[1], trial.value) }
      radius = ρ > 0.75 && step.isOnBoundary ? 2 * radius : ρ >= 0.25 ? radius : step.length / 4
      return isTaken
    }
  }

  @Test func theRadiusIsMeasuredInTheSubproblemsNorm() {
    let f = Rosenbrock<Double>()
    let solver = TrustRegion(
      model: DenseHessianModel<Rosenbrock<Double>>(), subproblem: TwiceAsLong(), radius: RatioRadius())
    var state = solver.start(at: Rosenbrock.start(), for: f)
    for _ in 0..<60 {
      switch solver.step(&state, on: f) {
      case .accepted(let length): #expect(length == 2 * state.memory.p.norm)
      case .rejected: #expect(state.memory.radius == state.memory.p.norm / 2)
      default: break
      }
    }
    #expect((state.current.point - [1, 1]).largestMagnitude < 1e-9)
  }

  @Test func aRuleMayRememberValuesAndLetThemRise() {
    let f = Rosenbrock<Double>()
    let solver = TrustRegion(
      model: DenseHessianModel<Rosenbrock<Double>>(), subproblem: SteihaugToint(), radius: Forgiving())
    var state = solver.start(at: Rosenbrock.start(), for: f)
    var rises = 0
    for _ in 0..<60 {
      if case .accepted = solver.step(&state, on: f), state.current.value > state.other.value { rises += 1 }
    }
    #expect(rises > 0)
    #expect((state.current.point - [1, 1]).largestMagnitude < 1e-9)
  }

  /// At a saddle g = 0, and Δ₀ has no Cauchy step: the nearly exact step leaves it, the one that follows g says so.
  @Test func beginsWhereTheGradientVanishes() {
    let f = Formula<Double>.saddle
    let exact = TrustRegion(
      model: DenseHessianModel<Formula<Double>>(), subproblem: MoreSorensen(), radius: RatioRadius())
    var state = exact.start(at: [0, 0], for: f)
    for _ in 0..<30 { exact.step(&state, on: f) }
    #expect(abs(state.current.value + 0.25) < 1e-10)
    let following: Subject<Formula<Double>> = .trustRegion(model: DenseHessianModel())
    var still = following.start(at: [0, 0], for: f)
    #expect(following.step(&still, on: f) == .stuck(.notADescentDirection))
    #expect(still.current.point == [0, 0])
  }

  /// Next to a saddle a tiny gradient does not make a tiny radius.
  @Test func theFirstRadiusHasTheSizeOfThePoint() {
    let f = Formula<Double>.saddle
    let solver: Subject<Formula<Double>> = .trustRegion(model: DenseHessianModel())
    for (start, radius) in [([0, 1e-12], 0.1), ([1e-12, 0.7], 0.1), ([20, 0.1], 20)]
      as [(Vector<Double>, Double)]
    {
      var state = solver.start(at: start, for: f)
      solver.step(&state, on: f)
      #expect(state.memory.radius >= radius * 0.02 && state.memory.radius <= radius * 4, "\(start)")
    }
  }
}
