import Secant
import Testing

@Suite struct DecayedTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// torch.optim.SGD(lr=0.05, momentum=0.9) and AdamW(lr=0.1) with weight_decay=0.2 on the weights and none on the biases.
  @Test func followsTorch() {
    expectFollows(
      WrapperReference.coupledDecay, .decayed(by: .coupled(0.2), .momentum(rate: 0.05)),
      .decayed(by: .coupled(0.2), .momentum(rate: 0.05)))
    expectFollows(
      WrapperReference.decoupledDecay, .decayed(by: .decoupled(0.2), .adam(rate: 0.1)),
      .decayed(by: .decoupled(0.2), .adam(rate: 0.1)))
  }

  @Test func withoutADecayItIsItsBase() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let base = Descent<Adam<Fixed<Scalar>>, Constant<Scalar>>.adam(rate: 0.1)
      let expected = trajectory(base, on: Fixed(), from: Fixed<Scalar>.start, steps: 20)
      let all = Set(Layout.Role.allCases)
      for method in [
        base.decayed(by: .coupled(0)), base.decayed(by: .decoupled(0)),
        base.decayed(by: .decoupled(0.5), sparing: all), base.decayed(by: .coupled(0.5), sparing: all),
      ] {
        #expect(trajectory(method, on: Fixed(), from: Fixed<Scalar>.start, steps: 20) == expected)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// Without a spared role it is AdamW.
  @Test func onAllBlocksItIsAdamW() {
    let start = Fixed<Double>.start
    let expected = trajectory(.adamW(rate: 0.1, decay: 0.05), on: Fixed<Double>(), from: start, steps: 12)
    let points = trajectory(
      .decayed(by: .decoupled(0.05), sparing: [], .adam(rate: 0.1)), on: Fixed<Double>(), from: start,
      steps: 12)
    #expect(discrepancy(points, expected.map { Array($0) }) < 1e-14)
  }

  /// Gradient descent cannot tell the two decays apart; Adam can.
  @Test func theTwoDecaysAgreeForGradientDescentAlone() {
    let start = Fixed<Double>.start
    func apart(_ base: some Solver<Fixed<Double>>, _ other: some Solver<Fixed<Double>>) -> Double {
      discrepancy(
        trajectory(base, on: Fixed(), from: start, steps: 12),
        trajectory(other, on: Fixed(), from: start, steps: 12).map { Array($0) })
    }
    #expect(
      apart(
        .decayed(by: .coupled(0.3), .gradientDescent(rate: 0.1)),
        .decayed(by: .decoupled(0.3), .gradientDescent(rate: 0.1))) < 1e-14)
    #expect(
      apart(
        .decayed(by: .coupled(0.3), .adam(rate: 0.1)), .decayed(by: .decoupled(0.3), .adam(rate: 0.1))) > 1e-2
    )
  }

  /// A schedule takes the decay with it, and other directions around it stay what they are.
  @Test func composesWithOtherMethods() {
    let layout = Layout().matrix("w", rows: 2, columns: 2, role: .hidden).vector("b", count: 1, role: .bias)
    let problem = LinearFunction<Double>(c: [0, 0, 0, 0, 1], layout: layout)
    let start: Vector<Double> = [1, 2, 3, 4, 5]
    for method in [
      .decayed(by: .decoupled(0.5), .muon(rate: 0.1)),
      .clipped(by: .norm(1), .decayed(by: .decoupled(0.5), .gradientDescent(rate: 0.1))),
      .averaged(by: .exponential(decay: 0), .decayed(by: .decoupled(0.5), .lion(rate: 0.1))),
    ] as [any Solver<LinearFunction<Double>>] {
      let point = minimize(problem, from: start, using: method, until: .never, within: Budget(iterations: 3))
        .point
      for i in 0..<4 { #expect(abs(point[i] - start[i] * 0.95 * 0.95 * 0.95) < 1e-12) }
      #expect(point[4] < 5)
    }
  }

  @Test func resumes() throws {
    let base = Descent<Adam<Fixed<Float>>, Constant<Float>>.adam(rate: 0.1)
    for method in [base.decayed(by: .coupled(0.1)), base.decayed(by: .decoupled(0.1))] {
      #expect(try resumesExactly(method, on: Fixed(), from: Fixed<Float>.start, m: 5, n: 9))
    }
  }

  @Test func complains() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam()
    #expect(base.decayed(by: .coupled(-1)).complaint?.contains("the decay (λ) is -1.0") == true)
    #expect(base.decayed(by: .decoupled(.nan)).complaint?.contains("the decay (λ) is nan") == true)
    #expect(base.decayed(by: .decoupled(0.1)).complaint == nil)
    let outcome = minimize(
      Fixed<Double>(), from: Fixed<Double>.start, using: .decayed(by: .coupled(0.1), .lbfgs()))
    guard case .refused(let sentence) = outcome.status else { return _ = Issue.record("\(outcome)") }
    #expect(sentence.contains("compares the gradients"))
  }
}
