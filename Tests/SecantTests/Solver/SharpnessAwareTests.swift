import Secant
import Testing

@Suite struct SharpnessAwareTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// The papers' formulas around torch.optim.SGD(lr=0.05, momentum=0.9), Tests/References/wrappers.py.
  @Test func followsThePapers() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(_ neighbourhood: Neighbourhood<Scalar>, _ reference: [[Double]]) -> Double {
        discrepancy(
          trajectory(
            Descent.momentum(rate: 0.05).sharpnessAware(within: neighbourhood), on: Fixed<Scalar>(),
            from: Fixed<Scalar>.start, steps: 12), reference)
      }
      #expect(difference(.sam, WrapperReference.sam) <= tolerance)
      #expect(difference(.asam, WrapperReference.asam) <= tolerance)
      #expect(
        difference(.asam(onWeightsOf: Fixed<Scalar>().layout), WrapperReference.asamOnWeights) <= tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  @Test func withoutARadiusItIsItsBase() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let base = Descent<Adam<Fixed<Scalar>>, Constant<Scalar>>.adam(rate: 0.1)
      let expected = trajectory(base, on: Fixed(), from: Fixed<Scalar>.start, steps: 30)
      for neighbourhood: Neighbourhood<Scalar> in [.ball(radius: 0), .adaptive(radius: 0, shift: 0.01)] {
        let method = base.sharpnessAware(within: neighbourhood)
        #expect(trajectory(method, on: Fixed(), from: Fixed<Scalar>.start, steps: 30) == expected)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// The point that was left keeps its own gradient, and the new one gets its own.
  @Test func gradientsBelongToTheirPoints() throws {
    let problem = Fixed<Double>()
    let method = Descent<Momentum<Fixed<Double>>, Constant<Double>>.momentum(rate: 0.05).sharpnessAware()
    var oracle = Oracle(problem)
    var state = method.start(at: Fixed<Double>.start, for: problem)
    var gradient = Vector<Double>(zeros: 8)
    for k in 1...5 {
      try method.evaluate(&state, asking: &oracle)
      _ = try method.advance(&state, asking: &oracle)
      #expect(problem.valueAndGradient(at: state.other.point, into: &gradient) == state.other.value)
      #expect(gradient == state.other.gradient)
      #expect(oracle.ledger.gradients == 2 * k)
    }
  }

  @Test func aRefusedGradientLeavesThePointWhole() throws {
    let problem = Fixed<Double>()
    let method = Descent<Momentum<Fixed<Double>>, Constant<Double>>.momentum(rate: 0.05).sharpnessAware()
    var oracle = Oracle(problem, budget: Budget(gradients: 1))
    var state = method.start(at: Fixed<Double>.start, for: problem)
    try method.evaluate(&state, asking: &oracle)
    let before = state.current
    #expect(throws: Halt<Never>.self) { try method.advance(&state, asking: &oracle) }
    #expect(state.current == before && state.iteration == 0)
  }

  @Test func theValueReportedIsThatOfThePoint() {
    let problem = LeastSquaresSum<Double>(terms: 30, dimension: 3)
    let methods: [any Solver<LeastSquaresSum<Double>>] = [
      .sharpnessAware(.momentum(rate: 0.05)),
      .onBatches(of: 7, seed: 1, .sharpnessAware(within: .asam, .adam(rate: 0.05))),
    ]
    for method in methods {
      let outcome = minimize(problem, from: [3, 3, 3], using: method, within: Budget(iterations: 60))
      #expect(outcome.value == problem.value(at: outcome.point), "\(outcome)")
      #expect(outcome.value < problem.value(at: [3, 3, 3]) / 2, "\(outcome)")
    }
  }

  @Test func resumes() throws {
    let method = Descent<Adam<Fixed<Float>>, Constant<Float>>.adam(rate: 0.1).sharpnessAware()
    for m in [1, 4, 7] {
      #expect(try resumesExactly(method, on: Fixed(), from: Fixed<Float>.start, m: m, n: 9))
    }
  }

  @Test func nothingIsPerturbedWhereNoDirectionIsWorst() {
    var point: Vector<Double> = [0, 0]
    for neighbourhood in [.sam, .asam, .asamWithoutShift] as [Neighbourhood<Double>] {
      let method = Descent<SteepestDescent<DiagonalQuadratic<Double>>, Constant<Double>>.gradientDescent(
        rate: 0.1
      )
      .sharpnessAware(within: neighbourhood)
      point = trajectory(method, on: DiagonalQuadratic(λ: [1, 2]), from: [0, 0], steps: 2)[1]
      #expect(point == [0, 0])
    }
  }

  @Test func complains() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam()
    #expect(base.sharpnessAware(within: .ball(radius: -1)).complaint?.contains("radius (ρ) is -1.0") == true)
    #expect(
      base.sharpnessAware(within: .adaptive(radius: 1, shift: .nan)).complaint?.contains("shift (η) is nan")
        == true)
    #expect(base.sharpnessAware().complaint == nil)
    let outcome = minimize(Fixed<Double>(), from: Fixed<Double>.start, using: .sharpnessAware(.lbfgs()))
    guard case .refused(let sentence) = outcome.status else { return _ = Issue.record("\(outcome)") }
    #expect(sentence.contains("compares the gradients"))
    let problem = LeastSquaresSum<Double>(terms: 30, dimension: 3)
    let outside = minimize(problem, from: [3, 3, 3], using: .sharpnessAware(.onBatches(of: 7, .adam())))
    guard case .refused(let sentence) = outside.status else { return _ = Issue.record("\(outside)") }
    #expect(sentence.contains("put it outside"))
  }
}
