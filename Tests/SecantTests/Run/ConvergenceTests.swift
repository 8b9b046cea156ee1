import Secant
import Testing

@Suite struct ConvergenceTests {
  /// x²/2 · scale from x = 1: the gradient is the distance, times the scale.
  func outcome(scale: Double, until convergence: Convergence<Double>) -> Outcome<Closure<Double>> {
    minimize(from: [1], using: .gradientDescent(rate: 0.5 / scale), until: convergence) { x, gradient in
      gradient[0] = scale * x[0]
      return scale * x[0] * x[0] / 2
    }
  }

  @Test func belowOneTheThresholdIsRelativeToTheGreatestMet() {
    let small = outcome(scale: 1e-8, until: Convergence(gradient: 1e-6))
    #expect(small.status.isConverged && abs(small.point[0]) <= 1e-6)
    let absolute = outcome(scale: 1e-8, until: Convergence(gradient: 1e-6, isRelative: false))
    #expect(absolute.iterations == 0)
  }

  @Test func aboveOneItIsAbsolute() {
    let large = outcome(scale: 1e6, until: Convergence(gradient: 1e-6))
    #expect(large.status.isConverged && abs(large.point[0]) <= 1e-12)
  }

  @Test func theEuclideanNormCountsWhereItIsAskedFor() {
    let convergence = Convergence(gradient: 0.0, gradientNorm: 1e-3)
    let outcome = outcome(scale: 1, until: convergence)
    guard case .converged(let criterion) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(criterion.measure == .gradientNorm && criterion.value <= 1e-3)
  }

  @Test func aThresholdThatMakesNoSenseIsNamed() {
    #expect(Convergence(gradient: -1.0).complaint?.contains("gradient is -1.0") == true)
    #expect(Convergence(gradient: Double.nan).complaint != nil)
    #expect(Convergence(gradientNorm: -1.0).complaint?.contains("gradientNorm") == true)
    #expect(Convergence<Double>.never.complaint == nil)
  }
}
