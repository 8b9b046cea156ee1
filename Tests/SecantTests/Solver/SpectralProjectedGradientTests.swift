import Secant
import Testing

@Suite struct SpectralProjectedGradientTests {
  /// The condition of the search, against the highest of the last M values.
  @Test(arguments: [1, 3, 10]) func everyStepIsBelowTheLastValues(values: Int) {
    let problem = Guarded(Rosenbrock<Double>(), Bounds(lower: [-2, -2], upper: [2, 2]))
    let solver = SpectralProjectedGradient<Guarded<Rosenbrock<Double>>>(values: values, noise: 0)
    var state = solver.start(at: [-1.2, 1], for: problem)
    var seen = [problem.value(at: [-1.2, 1])]
    var rises = 0
    for _ in 0..<80 {
      guard case .accepted(let α) = solver.step(&state, on: problem) else { break }
      let slope = state.other.gradient.dot(state.memory.d)
      let value = problem.value(at: state.current.point)
      #expect(value <= seen.suffix(values).max()! + 1e-4 * α * slope)
      if value > seen.last! { rises += 1 }
      seen.append(value)
    }
    #expect((rises > 0) == (values > 1))
  }

  /// Letting f rise pays, as the paper says, and the spectral length more so.
  @Test func needsFewerGradientsThanTheMonotoneMethods() {
    let problem = Torsion<Double>(10)
    func gradients(_ method: some Solver<Torsion<Double>>) -> Int {
      let outcome = minimize(problem, from: problem.start, using: method)
      #expect(outcome.status.isConverged, "\(outcome)")
      return outcome.ledger.gradients
    }
    let spectral = gradients(.spectralProjectedGradient())
    #expect(spectral < gradients(.projectedGradient()) / 2)
  }

  @Test func complaintsNameTheArgument() {
    typealias Method = SpectralProjectedGradient<Torsion<Double>>
    #expect(Method().complaint == nil)
    #expect(Method(values: 0).complaint?.contains("values (M) is 0") == true)
    #expect(Method(sufficientDecrease: 1).complaint?.contains("sufficientDecrease (γ) is 1") == true)
    #expect(Method(cuts: 0...0.5).complaint?.contains("cuts") == true)
    #expect(Method(shortest: .nan).complaint?.contains("shortest is nan") == true)
    #expect(Method(noise: .nan).complaint?.contains("noise is nan") == true)
    #expect(Method(maximumTrials: -1).complaint?.contains("maximumTrials is -1") == true)
  }
}
