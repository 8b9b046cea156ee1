import Foundation
import Secant
import Testing

/// f(x) = (1/2|B|) Σ_{i∈B} (e^(x₀tᵢ) + x₁ − yᵢ)², whose residuals outside of the batch are 0.
private struct Exponential: ResidualObjective, FiniteSumObjective {
  typealias Scalar = Double
  let termCount = 12
  var batch = Batch.all
  /// What is added to every other response, so that the residuals do not vanish.
  var error = 0.0
  var residualCount: Int { termCount }
  var residualWeight: Double { 1 / (2 * Double(batch.count(of: termCount))) }

  func residuals(at x: Vector<Double>, into r: inout Vector<Double>) {
    r.fill(with: 0)
    for k in 0..<batch.count(of: termCount) {
      let i = batch[k]
      let t = Double(i) / 12
      r[i] = exp(x[0] * t) + x[1] - exp(0.5 * t) - 1 - (i % 2 == 0 ? error : -error)
    }
  }

  func residualsAndJacobian(
    at x: Vector<Double>, into r: inout Vector<Double>, _ jacobian: inout Matrix<Double>
  ) {
    residuals(at: x, into: &r)
    for i in 0..<termCount { (jacobian[i, 0], jacobian[i, 1]) = (0, 0) }
    for k in 0..<batch.count(of: termCount) {
      let i = batch[k]
      let t = Double(i) / 12
      jacobian[i, 0] = t * exp(x[0] * t)
      jacobian[i, 1] = 1
    }
  }
}

@Suite struct WrapperTests {
  private typealias Sum = LeastSquaresSum<Double>

  /// A base that takes more of a point than f and ∇f is asked to evaluate it, and no gradient is paid for besides.
  @Test func theBaseEvaluatesItsPoints() {
    let methods: [any Solver<Exponential>] = [
      .onBatches(of: 4, seed: 1, .levenbergMarquardt()), .onBatches(of: 12, .levenbergMarquardt()),
      .lookahead(pull: 1, .levenbergMarquardt()),
    ]
    for method in methods {
      let outcome = minimize(
        Exponential(), from: [0, 0], using: method, within: Budget(iterations: 40), certifying: false)
      #expect(outcome.ledger.gradients == 0, "\(outcome)")
      #expect(outcome.ledger.jacobians > 1)
      #expect((outcome.point - [0.5, 1]).norm < 1e-3, "\(outcome)")
    }
  }

  /// The measure is the base's, as long as it has seen the whole.
  @Test func theBaseJudgesConvergence() {
    var problem = Exponential()
    problem.error = 0.1
    for method in [
      .onBatches(of: 12, .levenbergMarquardt()), .lookahead(pull: 1, .levenbergMarquardt()),
    ] as [any Solver<Exponential>] {
      let outcome = minimize(problem, from: [0, 0], using: method)
      guard case .converged(let criterion) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(criterion.measure == .orthogonality)
    }
    let onBatches = minimize(
      problem, from: [0, 0], using: .onBatches(of: 4, seed: 1, .levenbergMarquardt()),
      within: Budget(passes: 100))
    #expect(!onBatches.status.isConverged, "\(onBatches)")
  }

  /// Between steps the base holds no iterates: a checkpoint that says otherwise is an error of the decoder.
  @Test func aCheckpointWithIteratesInsideIsRefused() throws {
    let problem = Sum(terms: 20, dimension: 2)
    let method = Descent<Adam<Sum>, Constant<Double>>.adam().lookingAhead()
    var state = method.start(at: [1, 1], for: problem)
    method.step(&state, on: problem)
    let code = try JSONEncoder().encode(state.memory)
    #expect(try JSONDecoder().decode(type(of: state.memory), from: code) == state.memory)
    state.memory.base.current = Iterate([1, 2])
    let wrong = try JSONEncoder().encode(state.memory)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(type(of: state.memory), from: wrong) }
  }

  /// A base that searches is refused by every wrapper that hands it a gradient from elsewhere; one with a rate is not.
  @Test func aSearchIsRefusedWhereTheGradientIsForeign() {
    func complaints(_ base: some Solver<LeastSquaresSum<Double>>) -> [String?] {
      [
        base.varianceReduced().complaint, base.withRememberedGradients().complaint,
        base.sharpnessAware().complaint, base.scheduleFree().complaint,
      ]
    }
    typealias Plain<Rule: StepRule> = Descent<SteepestDescent<LeastSquaresSum<Double>>, Rule>
    where Rule.Scalar == Double
    for searching: any Solver<Sum> in [
      .gradientDescent(), Plain(SteepestDescent(), step: StrongWolfe()),
      Plain(SteepestDescent(), step: PolyakStep()),
    ] {
      for complaint in complaints(searching) {
        #expect(complaint?.contains("with a rate, such as .") == true, "\(searching)")
      }
    }
    for rated: any Solver<Sum> in [
      .gradientDescent(rate: 0.1), .adam(rate: .constant(0.1)),
      Plain(SteepestDescent(), step: ReduceOnPlateau(rate: 0.1)),
      Plain(SteepestDescent(), step: RelativeStep(rate: 0.1)),
    ] {
      #expect(complaints(rated) == [nil, nil, nil, nil], "\(rated)")
    }
    // On its own function a search is welcome.
    let base = Descent<SteepestDescent<Sum>, Armijo<Double>>.gradientDescent()
    #expect(base.onBatches(of: 3).complaint == nil && base.lookingAhead().complaint == nil)
    #expect(base.averaged().complaint == nil)
  }
}
