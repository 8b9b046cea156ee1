import Secant
import Testing

@Suite struct MomentumTests {
  /// torch.optim.SGD(lr=0.05, momentum=0.9).
  @Test func followsTorch() {
    func difference<Scalar: LAPACKScalar>(_: Scalar.Type) -> Double {
      discrepancy(
        trajectory(
          Descent.momentum(rate: 0.05), on: QuadraticAndQuartic<Scalar>(), from: QuadraticAndQuartic.start,
          steps: 12), FirstOrderReference.momentum)
    }
    #expect(difference(Double.self) < 1e-10)
    #expect(difference(Float.self) < 1e-5)
  }

  /// torch.optim.SGD(lr=0.05, momentum=0.9, dampening=0.5), whose first gradient is taken whole.
  @Test func followsTorchWithDampening() {
    expectFollows(
      FirstOrderReference.momentum_dampened, .momentum(rate: 0.05, dampening: 0.5),
      .momentum(rate: 0.05, dampening: 0.5))
  }

  /// keras.optimizers.SGD(momentum=0.9) with the rate 0.1 · 0.75ᵏ.
  @Test func followsKerasUnderAChangingRate() {
    expectFollows(
      FirstOrderReference.momentum_keras,
      .momentum(rate: .exponential(from: 0.1, by: 0.75), form: .velocity),
      .momentum(rate: .exponential(from: 0.1, by: 0.75), form: .velocity))
  }

  /// Polyak's θ ← θ − ηₖg + μ(θ − θ₋₁) at rates that change: the velocity's iterates, and not the sum's.
  @Test func theVelocityEqualsPolyaksFormAtAnyRates() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 5])
    func points(_ form: MomentumForm) -> [Vector<Double>] {
      trajectory(
        Descent.momentum(rate: .cosine(from: 0.1, over: 30), momentum: 0.8, form: form), on: problem,
        from: [1, -1], steps: 30)
    }
    let schedule = Schedule<Double>.cosine(from: 0.1, over: 30)
    let (sum, velocity) = (points(.sum), points(.velocity))
    var (x, before): (Vector<Double>, Vector<Double>) = ([1, -1], [1, -1])
    for k in 0..<30 {
      let next = Vector(
        (0..<2).map { x[$0] - schedule.rate(at: k) * problem.λ[$0] * x[$0] + 0.8 * (x[$0] - before[$0]) })
      (x, before) = (next, x)
      #expect((velocity[k] - x).norm < 1e-14)
    }
    #expect((sum[29] - x).norm > 1e-3)
  }

  /// At a constant rate the two forms are one.
  @Test func theFormsAgreeAtAConstantRate() {
    let start = QuadraticAndQuartic<Double>.start
    let points = [MomentumForm.sum, .velocity].map {
      trajectory(
        Descent.momentum(rate: .constant(0.05), dampening: 0.25, form: $0), on: QuadraticAndQuartic(),
        from: start,
        steps: 20)
    }
    for (x, y) in zip(points[0], points[1]) { #expect((x - y).norm < 1e-13) }
  }

  /// A velocity contains the rate, which a search knows too late.
  @Test func aVelocityIsRefusedWithASearch() {
    typealias P = DiagonalQuadratic<Double>
    let searching = Descent(Momentum<P>(form: .velocity), step: Armijo())
    #expect(searching.complaint?.contains("choose a rate or a schedule") == true)
    #expect(Descent(Momentum<P>(), step: Armijo()).complaint == nil)
    #expect(Descent(Momentum<P>(form: .velocity), step: Constant(rate: 0.1)).complaint == nil)
    let around = Descent(Clipped(Momentum<P>(form: .velocity), by: .norm(1)), step: Armijo())
    #expect(around.complaint != nil)
    let outcome = minimize(P(λ: [1]), from: [1], using: searching)
    #expect(!outcome.status.isConverged)
  }

  @Test func withoutMomentumIsGradientDescent() {
    let problem = QuadraticAndQuartic<Double>()
    let start = QuadraticAndQuartic<Double>.start
    #expect(
      trajectory(Descent.momentum(rate: 0.05, momentum: 0), on: problem, from: start, steps: 10)
        == trajectory(Descent.gradientDescent(rate: 0.05), on: problem, from: start, steps: 10))
  }

  /// Polyak's own form θ ← θ − ηg + μ(θ − θ₋₁) has the same iterates.
  @Test func equalsPolyaksForm() {
    let (η, μ) = (0.1, 0.8)
    let problem = DiagonalQuadratic<Double>(λ: [1, 5])
    var (x, before): ([Double], [Double]) = ([1, -1], [1, -1])
    for point in trajectory(Descent.momentum(rate: η, momentum: μ), on: problem, from: [1, -1], steps: 30) {
      let next = (0..<2).map { x[$0] - η * problem.λ[$0] * x[$0] + μ * (x[$0] - before[$0]) }
      (x, before) = (next, x)
      for i in 0..<2 { #expect(abs(point[i] - x[i]) < 1e-14) }
    }
  }

  /// With Polyak's parameters the error falls by about √μ = (√κ − 1)/(√κ + 1) a step: for κ = 100 by 9/11, where
  /// gradient descent's best is 99/101.
  @Test func acceleratesQuadratics() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 10, 100])
    let points = trajectory(
      Descent.momentum(rate: 4.0 / 121, momentum: 81.0 / 121), on: problem, from: [1, 1, 1], steps: 200)
    let rate = Double.pow(points[199].norm / points[99].norm, 1 / 100.0)
    #expect(abs(rate - 9.0 / 11) < 0.02)
  }

  @Test func refusesBadMomentum() {
    for μ in [-0.1, 1, Double.nan] {
      let complaint = Momentum<DiagonalQuadratic<Double>>(μ).complaint
      #expect(complaint?.contains("momentum (μ) is \(μ): ") == true)
    }
    #expect(Momentum<DiagonalQuadratic<Double>>(0.9).complaint == nil)
    let dampened = Momentum<DiagonalQuadratic<Double>>(0.9, dampening: 1)
    #expect(dampened.complaint?.contains("dampening (τ) is 1.0: ") == true)
    let alone = Momentum<DiagonalQuadratic<Double>>(0, dampening: 0.5)
    #expect(alone.complaint?.contains("no momentum to dampen") == true)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.momentum(rate: .cosine(from: 0.05, over: 20), dampening: 0.5, form: .velocity),
        on: QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
