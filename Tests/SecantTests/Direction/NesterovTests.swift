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

  /// The iterates are the look-ahead points φ − μv of v ← μv + η∇f(φ − μv), φ ← φ − v.
  @Test func equalsTheLookAheadForm() {
    let (η, μ) = (0.05, 0.9)
    let problem = QuadraticAndQuartic<Double>()
    var φ = QuadraticAndQuartic<Double>.start
    var v = Vector<Double>(zeros: 8)
    var g = v
    let points = trajectory(Descent.nesterov(rate: η, momentum: μ), on: problem, from: φ, steps: 30)
    for point in points {
      _ = problem.valueAndGradient(at: φ - μ * v, into: &g)
      v = μ * v + η * g
      φ -= v
      #expect((point - (φ - μ * v)).norm < 1e-13)
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
        Descent.nesterov(rate: .cosine(from: 0.05, over: 20)), on: QuadraticAndQuartic<Double>(),
        from: QuadraticAndQuartic.start, m: 10, n: 10))
  }
}
