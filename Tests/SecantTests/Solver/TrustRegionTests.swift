import Secant
import Testing

@Suite struct TrustRegionTests {
  @Test func neverGoesUphillAndLeavesARejectedPointAlone() {
    let f = Rosenbrock<Double>()
    let solver: TrustRegion<SteihaugToint<DenseHessianModel<Rosenbrock<Double>>>> = .trustRegion(
      model: DenseHessianModel())
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
      radius: RadiusRule(initial: 1e3))
    var state = solver.start(at: Vector(zeros: 5), for: f)
    solver.step(&state, on: f)
    #expect((state.current.point - f.minimizer).largestMagnitude < 1e-9)
  }

  @Test func saysThatTheRadiusCollapsed() {
    // The gradient points the wrong way: no step is ever any good.
    let f = Formula<Double>(
      n: 2, value: { $0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(2) })
    let solver: TrustRegion<SteihaugToint<DenseHessianModel<Formula<Double>>>> = .trustRegion(
      model: DenseHessianModel())
    var state = solver.start(at: [1, 2], for: f)
    var last = Step<Double>.rejected
    for _ in 0..<40 where last == .rejected { last = solver.step(&state, on: f) }
    #expect(last == .stuck(.radiusCollapsed))
    #expect(state.current.point == [1, 2])
  }

  @Test func radiusFollowsTheRatio() {
    let rule = RadiusRule<Double>()
    #expect(rule.next(after: 2, step: 2, isOnBoundary: true, ratio: 0.9) == 4)
    #expect(rule.next(after: 2, step: 1, isOnBoundary: false, ratio: 0.9) == 2)
    #expect(rule.next(after: 2, step: 2, isOnBoundary: true, ratio: 0.5) == 2)
    #expect(rule.next(after: 2, step: 1, isOnBoundary: false, ratio: 0.1) == 0.25)
    #expect(rule.next(after: 2, step: 1, isOnBoundary: false, ratio: .nan) == 0.25)
    #expect(rule.next(after: 2, step: 1, isOnBoundary: false, ratio: -.infinity) == 0.25)
    #expect(!rule.accepts(.nan) && !rule.accepts(0.15) && rule.accepts(0.16))
  }
}
