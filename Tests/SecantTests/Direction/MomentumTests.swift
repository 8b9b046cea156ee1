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
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.momentum(rate: 0.05), on: QuadraticAndQuartic<Double>(), from: QuadraticAndQuartic.start,
        m: 10, n: 10))
  }
}
