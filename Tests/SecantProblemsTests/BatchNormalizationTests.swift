import Secant
import SecantProblems
import Testing

/// What batch normalisation does to the largest eigenvalue of the Hessian; papers/batch-normalization.md has more of it.
@Suite struct BatchNormalizationTests {
  private func largestEigenvalues(
    standardised: Bool, layers: Int, normalises: Bool
  ) throws -> (atStart: Double, afterAPass: Double) {
    let (samples, _) = try DataSet(.digits).split(seed: 0)
    let model = try MultilayerPerceptron<Double>(
      standardised ? samples.standardised() : samples, widths: Array(repeating: 32, count: layers),
      normalises: normalises)
    func largest(at x: Vector<Double>) throws -> Double {
      var lanczos = Lanczos<Double>(dimension: x.count, steps: 60)
      let failure = lanczos.leastEigenvalue(tolerance: 1e-2) { v, product in
        model.hessian(times: v, at: x, into: &product)
        product.scale(by: -1)
      }
      #expect(failure == nil && lanczos.residualBound <= 0.1 * lanczos.norm)
      return -lanczos.value
    }
    let start = model.start(seed: 1)
    let trained = minimize(
      model, from: start, using: .onBatches(of: 64, seed: 1, .momentum(rate: 0.01)),
      within: Budget(passes: 1), certifying: false)
    return (try largest(at: start), try largest(at: trained.point))
  }

  /// On features from 0 to 16 it is several times lower with normalisation, at the start and after a pass.
  @Test func lowersTheLargestEigenvalueOnFeaturesThatAreNotScaled() throws {
    let plain = try largestEigenvalues(standardised: false, layers: 1, normalises: false)
    let normalised = try largestEigenvalues(standardised: false, layers: 1, normalises: true)
    #expect(plain.atStart > 5 * normalised.atStart)
    #expect(plain.afterAPass > 5 * normalised.afterAPass)
  }

  /// On standardised features it is not: three layers have a larger one with normalisation.
  @Test func doesNotLowerItOnStandardisedFeatures() throws {
    let plain = try largestEigenvalues(standardised: true, layers: 3, normalises: false)
    let normalised = try largestEigenvalues(standardised: true, layers: 3, normalises: true)
    #expect(normalised.atStart > 1.5 * plain.atStart)
    #expect(normalised.afterAPass > 1.2 * plain.afterAPass)
  }
}
