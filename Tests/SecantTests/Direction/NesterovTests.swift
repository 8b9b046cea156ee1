import Secant
import Testing

@Suite struct NesterovTests {
  /// torch.optim.SGD(lr=0.05, momentum=0.9, nesterov=True).
  @Test func followsTorch() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.nesterov(rate: 0.05), on: QuadraticAndQuartic<Scalar>(), from: QuadraticAndQuartic.start,
          steps: 12), FirstOrderReference.nesterov)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  /// keras.optimizers.SGD(momentum=0.9, nesterov=True) with the rate 0.1 · 0.75ᵏ.
  @Test func followsKerasUnderAChangingRate() {
    expectFollows(
      FirstOrderReference.nesterov_keras,
      .nesterov(rate: .exponential(from: 0.1, by: 0.75), form: .velocity),
      .nesterov(rate: .exponential(from: 0.1, by: 0.75), form: .velocity))
  }

  /// The iterates are the look-ahead points φ − μv of v ← μv + ηₖ∇f(φ − μv), φ ← φ − v, at rates that change.
  @Test func equalsTheLookAheadForm() {
    let (rates, μ) = (Schedule<Double>.cosine(from: 0.05, over: 30), 0.9)
    let problem = QuadraticAndQuartic<Double>()
    var φ = QuadraticAndQuartic<Double>.start
    var v = Vector<Double>(zeros: 8)
    var g = v
    let points = trajectory(
      Descent.nesterov(rate: rates, momentum: μ, form: .velocity), on: problem, from: φ, steps: 30)
    for (k, point) in points.enumerated() {
      _ = problem.valueAndGradient(at: φ - μ * v, into: &g)
      v = μ * v + rates.rate(at: k) * g
      φ -= v
      #expect((point - (φ - μ * v)).norm < 1e-13)
    }
  }

  /// yₖ₊₁ = xₖ₊₁ + μₖ(xₖ₊₁ − xₖ) with xₖ₊₁ = yₖ − η∇f(yₖ) and μₖ = (tₖ − 1)/tₖ₊₁: the method of 1983 as it was written, in
  /// both forms.
  @Test func growsItsMomentum() {
    let problem = QuadraticAndQuartic<Double>()
    let start = QuadraticAndQuartic<Double>.start
    for form in [MomentumForm.sum, .velocity] {
      let method = Descent(
        Nesterov<QuadraticAndQuartic<Double>>(.growing, form: form), step: Constant(rate: 0.05))
      var (x, y, t) = (start, start, 1.0)
      var g = start
      for point in trajectory(method, on: problem, from: start, steps: 30) {
        _ = problem.valueAndGradient(at: y, into: &g)
        let next = y - 0.05 * g
        let tNext = (1 + (1 + 4 * t * t).squareRoot()) / 2
        y = next + ((t - 1) / tNext) * (next - x)
        (x, t) = (next, tNext)
        #expect((point - y).norm < 1e-12)
      }
    }
  }

  /// f − f* falls at least by 1 − √(m/L) a step, up to the constant of the theorem.
  @Test func acceleratesStronglyConvexFunctions() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 10, 100])
    let points = trajectory(
      Descent.nesterov(rate: 0.01, momentum: 9.0 / 11), on: problem, from: [1, 1, 1], steps: 300)
    let (f0, distance) = (problem.value(at: [1, 1, 1]), 3.0)
    for (k, point) in points.enumerated() {
      #expect(problem.value(at: point) <= Double.pow(0.9, k) * (f0 + distance / 2))
    }
  }

  @Test func refusesBadMomentum() {
    for μ in [-0.1, 1, Double.nan] {
      let complaint = Nesterov<DiagonalQuadratic<Double>>(μ).complaint
      #expect(complaint?.contains("momentum (μ) is \(μ): ") == true)
    }
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent(Nesterov(.growing, form: .velocity), step: Scheduled(.cosine(from: 0.05, over: 20))),
        on: QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
