import Secant
import Testing

/// r = (x + 1, λx² + x − 1), with the minimum at 0: there ∇²f = 2 − 2λ and JᵀJ = 2, so that Gauss–Newton's error falls by λ
/// in each step, and for λ > 1 it leaves the minimum. The residuals stay, and their curvature grows with λ.
struct GrowingResidual<Scalar: LAPACKScalar>: ResidualObjective, TwiceDifferentiableObjective, Sendable {
  var λ: Scalar
  var dimension: Int? { 1 }
  var residualCount: Int { 2 }

  func residuals(at x: Vector<Scalar>, into r: inout Vector<Scalar>) {
    r[0] = x[0] + 1
    r[1] = (λ * x[0] + 1) * x[0] - 1
  }

  func residualsAndJacobian(at x: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>) {
    residuals(at: x, into: &r)
    J[0, 0] = 1
    J[1, 0] = 2 * λ * x[0] + 1
  }

  func hessian(at x: Vector<Scalar>, into H: inout Matrix<Scalar>) {
    let slope = 2 * λ * x[0] + 1
    H[0, 0] = 1 + slope * slope + 2 * λ * ((λ * x[0] + 1) * x[0] - 1)
  }
}

@Suite struct FletcherXuModelTests {
  /// Gauss–Newton slows down with the residuals' curvature, and the hybrids do not.
  @Test func isFastWhereGaussNewtonIsLinear() {
    var steps: [[Int]] = []
    for λ in [0.1, 0.5, 0.9] {
      let problem = GrowingResidual(λ: λ)
      let methods: [any Solver<GrowingResidual<Double>>] = [
        .gaussNewton(), .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen()),
        .trustRegion(model: FletcherXuModel(), subproblem: MoreSorensen()),
        .trustRegion(model: StructuredSecantModel(), subproblem: MoreSorensen()),
      ]
      steps.append(
        methods.map { method in
          let outcome = minimize(problem, from: [0.3], using: method)
          #expect(outcome.status.isConverged && abs(outcome.point[0]) < 1e-8, "\(outcome)")
          return outcome.ledger.iterations
        })
    }
    // λᵏ ≤ 1e-10 takes 10, 33 and 219 steps.
    #expect(steps[1][0] >= 25 && steps[2][0] >= 150, "\(steps)")
    #expect(steps[1][1] >= 25, "\(steps)")
    for row in steps { #expect(row[2] <= 8 && row[3] <= 12, "\(steps)") }
  }

  /// B is 2cJᵀJ until a step takes less than the share of f away, and the Hessian after it.
  @Test func changesToTheHessianWhereFFallsSlowly() {
    let problem = GrowingResidual<Double>(λ: 0.5)
    var memory = FletcherXuModel<GrowingResidual<Double>>().allocate(1, for: problem)
    var oracle = Oracle(problem)
    let model = FletcherXuModel<GrowingResidual<Double>>()
    var (far, near, nearer) = (Iterate<Double>([8]), Iterate<Double>([0.4]), Iterate<Double>([0.3]))
    for step in 0..<3 {
      switch step {
      case 0:
        try? model.evaluate(&far, &memory, asking: &oracle)
        try? model.prepare(at: far, beside: near, hasMoved: true, &memory, asking: &oracle)
        #expect(!memory.isNewton && model.matrix(memory)[0, 0] == 1 + 81)
      case 1:
        try? model.evaluate(&near, &memory, asking: &oracle)
        try? model.prepare(at: near, beside: far, hasMoved: true, &memory, asking: &oracle)
        #expect(!memory.isNewton)
      default:
        try? model.evaluate(&nearer, &memory, asking: &oracle)
        try? model.prepare(at: nearer, beside: near, hasMoved: true, &memory, asking: &oracle)
        #expect(memory.isNewton)
        var H = Matrix<Double>(zeros: 1, 1)
        problem.hessian(at: [0.3], into: &H)
        #expect(model.matrix(memory) == H)
      }
    }
    #expect(oracle.ledger.jacobians == 3 && oracle.ledger.hessians == 1)
  }

  @Test func refusesAShareThatMakesNoSense() {
    let outcome = minimize(
      GrowingResidual<Double>(λ: 0.5), from: [1],
      using: .trustRegion(model: FletcherXuModel(share: 1), subproblem: MoreSorensen()))
    guard case .refused(let sentence) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(sentence.contains("share (ε) is 1.0"))
  }
}

@Suite struct StructuredSecantModelTests {
  /// S maps the step onto what Σrᵢ∇²rᵢ makes of it; in one variable, that is Σrᵢ∇²rᵢ.
  func learns<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let problem = GrowingResidual<Scalar>(λ: 0.5)
    let method = TrustRegion(
      model: StructuredSecantModel<GrowingResidual<Scalar>>(), subproblem: MoreSorensen(),
      radius: RatioRadius())
    let outcome = minimize(problem, from: [0.3], using: method)
    var run = Run(problem, from: [0.3], using: method)
    var last = run.state.memory
    while let progress = run.next() { last = progress.state.memory }
    // 2λr₂ at the minimum is −1.
    #expect(abs(last.model.S[0, 0] + 1) < (Scalar.self == Double.self ? 1e-3 : 5e-2))
    #expect(last.model.isAugmented)
    #expect(outcome.status.isConverged, "\(outcome)")
  }

  @Test func learnsTheCurvatureOfTheResiduals() {
    learns(Double.self)
    learns(Float.self)
  }

  /// On batches the difference of two gradients is no curvature.
  @Test func comparesGradients() {
    #expect(StructuredSecantModel<GrowingResidual<Double>>().comparesGradients)
  }
}
