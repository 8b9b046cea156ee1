import Secant
import Testing

@Suite struct GoodnessOfFitTests {
  /// The likelihood is that of independent normal errors, summed by hand.
  @Test func likelihood() {
    let curve = PublishedData.puromycin()
    let σ2 = curve.sumOfSquares / 12
    let logL = curve.residuals.reduce(0) { $0 - .log(2 * .pi * σ2) / 2 - $1 * $1 / (2 * σ2) }
    let goodness = curve.goodness
    #expect(abs(goodness.logLikelihood - logL) <= 1e-10)
    // Two parameters and σ.
    #expect(abs(goodness.akaike - (6 - 2 * logL)) <= 1e-10)
    #expect(abs(goodness.bayesian - (3 * .log(12) - 2 * logL)) <= 1e-10)

    let deviations = PublishedData.concentration.map { 5 + 10 * $0 }
    let known = PublishedData.puromycin(weights: .standardDeviations(deviations))
    let sum = zip(known.residuals, deviations).reduce(0) { sum, pair in
      sum - .log(2 * .pi) / 2 - .log(pair.1) - pair.0 * pair.0 / 2
    }
    #expect(abs(known.goodness.logLikelihood - sum) <= 1e-10)
    #expect(abs(known.goodness.akaike - (4 - 2 * sum)) <= 1e-10)
  }

  /// Relative weights are known deviations up to a factor, at whose best value the likelihoods agree.
  @Test func likelihoodOfRelativeWeights() {
    let w = PublishedData.concentration.map { 1 / ($0 + 0.05) }
    let relative = PublishedData.puromycin(weights: .relative(w))
    let σ = (relative.sumOfSquares / 12).squareRoot()
    let known = PublishedData.puromycin(weights: .standardDeviations(w.map { σ / $0.squareRoot() }))
    #expect(abs(relative.goodness.logLikelihood - known.goodness.logLikelihood) <= 1e-9)
  }

  /// A curve that is worse than a constant has a negative R², and one through all points has 1.
  @Test func rSquaredAtItsEnds() {
    let bad = fit([1, 2, 3], [10, 10.1, 9.9], from: [1], by: .differences) {
      (b: Vector<Double>, x: Double) in b[0] * x
    }
    #expect(bad.goodness.rSquared < 0)
    let exact = PublishedData.line([1, 2, 3], [1, 2, 3])
    #expect(abs(exact.goodness.rSquared - 1) <= 1e-12)
    #expect(exact.standardErrors.allSatisfy { $0 <= 1e-12 })
  }
}
