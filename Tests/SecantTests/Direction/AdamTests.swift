import Secant
import Testing

@Suite struct AdamTests {
  /// torch.optim.Adam(lr=0.1).
  @Test func followsTorch() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.adam(rate: 0.1), on: QuadraticAndQuartic<Scalar>(), from: QuadraticAndQuartic.start,
          steps: 12), FirstOrderReference.adam)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  /// torch.optim.AdamW(lr=0.1, weight_decay=0.05).
  @Test func decayFollowsTorch() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.adamW(rate: 0.1, decay: 0.05), on: QuadraticAndQuartic<Scalar>(),
          from: QuadraticAndQuartic.start, steps: 12), FirstOrderReference.adamw)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  @Test func firstStepIsTheRateAgainstTheSign() {
    let problem = DiagonalQuadratic<Double>(λ: [1e-3, 1, 1e6])
    let points = trajectory(
      Descent.adam(rate: 0.01, epsilon: 0), on: problem, from: [1, -1, 1], steps: 1)
    for (x, expected) in zip(points[0], [0.99, -0.99, 0.99]) { #expect(abs(x - expected) < 1e-15) }
  }

  @Test func withoutEpsilonTheScaleOfTheFunctionDoesNotMatter() {
    let powerOfTwo = DiagonalQuadratic<Double>(λ: [1024, 4096])
    let unit = DiagonalQuadratic<Double>(λ: [1, 4])
    #expect(
      trajectory(Descent.adam(rate: 0.01, epsilon: 0), on: powerOfTwo, from: [1, -1], steps: 20)
        == trajectory(Descent.adam(rate: 0.01, epsilon: 0), on: unit, from: [1, -1], steps: 20))
  }

  @Test func withoutDecayAdamWIsAdam() {
    let problem = QuadraticAndQuartic<Float>()
    let start = QuadraticAndQuartic<Float>.start
    #expect(
      trajectory(Descent.adamW(rate: 0.1, decay: 0), on: problem, from: start, steps: 20)
        == trajectory(Descent.adam(rate: 0.1), on: problem, from: start, steps: 20))
  }

  /// The decay alone: with a gradient of zero θ shrinks by 1 − ηλ.
  @Test func decayIsDecoupled() {
    let problem = DiagonalQuadratic<Double>(λ: [0])
    let points = trajectory(Descent.adamW(rate: 0.1, decay: 0.5), on: problem, from: [1], steps: 3)
    for (k, point) in points.enumerated() { #expect(abs(point[0] - Double.pow(0.95, k + 1)) < 1e-15) }
  }

  /// 1 − βᵗ keeps its digits in single precision.
  @Test func biasCorrectionDoesNotCancel() {
    for t in [1, 2, 3, 100] {
      let exact = 1 - Double.pow(Double(Float(0.999)), t)
      let computed = Double(Float.oneMinusPower(0.999, t))
      #expect(abs(computed / exact - 1) < 4 * Double(Float.ulpOfOne))
    }
    #expect(Double.oneMinusPower(0, 1) == 1)
  }

  @Test func refusesBadHyperParameters() {
    typealias A = Adam<DiagonalQuadratic<Double>>
    #expect(A(betas: (1, 0.999)).complaint?.contains("betas.0 (β₁) is 1.0: ") == true)
    #expect(A(betas: (0.9, .nan)).complaint?.contains("betas.1 (β₂) is nan: ") == true)
    #expect(A(epsilon: -1).complaint?.contains("epsilon (ε) is -1.0: ") == true)
    #expect(A(decoupledDecay: .infinity).complaint?.contains("decoupledDecay (λ) is inf: ") == true)
    #expect(A().complaint == nil)
    let outcome = minimize(
      DiagonalQuadratic<Double>(λ: [1]), from: [1], using: .adam(betas: (.nan, 0.9)))
    guard case .refused = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.adamW(rate: 0.05), on: QuadraticAndQuartic<Float>(), from: QuadraticAndQuartic.start,
        m: 10, n: 10))
  }

  @Test func standsInOneArrayWithItsKin() {
    let solvers: [any Solver<QuadraticAndQuartic<Double>>] = [
      .gradientDescent(rate: 1e-2), .gradientDescent(rate: .cosine(from: 0.05, over: 2_000)),
      .gradientDescent(), .momentum(rate: 1e-2), .nesterov(rate: 1e-2), .adam(),
      .adam(rate: .exponential(from: 0.1, by: 0.99)), .adamW(), .sophiaH(), .muon(),
    ]
    for solver in solvers {
      let outcome = minimize(
        QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, using: solver,
        within: Budget(iterations: 100))
      let f0 = QuadraticAndQuartic<Double>().value(at: QuadraticAndQuartic.start)
      #expect(outcome.value < f0, "\(type(of: solver)): \(outcome.status)")
    }
  }
}
