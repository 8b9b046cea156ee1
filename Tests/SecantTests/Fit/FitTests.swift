import Secant
import Testing

@Suite struct FitTests {
  /// R's summaries of Bates and Watts's examples, and Anscombe's own table.
  @Test func publishedFits() {
    let puromycin = PublishedData.puromycin()
    #expect(puromycin.status.isConverged)
    #expect(agrees(puromycin.parameters[0], 212.7, digits: 4))
    #expect(agrees(puromycin.parameters[1], 0.06412, digits: 4))
    #expect(agrees(puromycin.standardErrors[0], 6.947, digits: 4))
    #expect(agrees(puromycin.standardErrors[1], 0.008281, digits: 4))
    #expect(agrees(puromycin.residualStandardDeviation, 10.93, digits: 4))
    #expect(puromycin.degreesOfFreedom == 10 && puromycin.observationCount == 12)

    let demand = PublishedData.oxygenDemand()
    #expect(agrees(demand.parameters[0], 19.143, digits: 5))
    #expect(agrees(demand.parameters[1], -0.6328, digits: 4))
    #expect(agrees(demand.standardErrors[0], 2.496, digits: 4))
    #expect(agrees(demand.standardErrors[1], 0.3824, digits: 4))
    #expect(agrees(demand.residualStandardDeviation, 2.549, digits: 4))

    let line = PublishedData.line(PublishedData.anscombe.x, PublishedData.anscombe.y)
    #expect(agrees(line.parameters[0], 3.0001, digits: 5) && agrees(line.parameters[1], 0.5001, digits: 4))
    #expect(agrees(line.standardErrors[0], 1.1247, digits: 5))
    #expect(agrees(line.standardErrors[1], 0.1179, digits: 4))
    #expect(agrees(line.goodness.rSquared, 0.6665, digits: 4))
    #expect(agrees(line.goodness.adjustedRSquared, 0.6295, digits: 4))
  }

  /// Of a straight line all is known in closed form: Var b₁ = s²/Sxx, Cov = −x̄ s²/Sxx.
  @Test func covarianceOfALine() {
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let line = PublishedData.line(x, y)
    let m = Double(x.count)
    let mean = x.reduce(0, +) / m
    let Sxx = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let s2 = line.sumOfSquares / (m - 2)
    #expect(abs(line.covariance[1, 1] - s2 / Sxx) <= 1e-12 * s2)
    #expect(abs(line.covariance[0, 1] + mean * s2 / Sxx) <= 1e-12 * s2)
    #expect(abs(line.covariance[0, 0] - s2 * (1 / m + mean * mean / Sxx)) <= 1e-12 * s2)
    let ρ = -mean / (Sxx / m + mean * mean).squareRoot()
    #expect(abs(line.correlation[0, 1] - ρ) <= 1e-12)
    #expect(line.correlation[1, 0] == line.correlation[0, 1] && line.correlation[0, 0] == 1)
    // Half of the t interval of ν = 9.
    #expect(
      abs(line.interval(of: 1).upper - line.parameters[1] - 2.262157 * line.standardErrors[1]) <= 1e-6)
  }

  /// A change of a parameter's unit changes its error by that factor, and nothing else, over twenty orders of magnitude.
  @Test(arguments: [(1.0, 1e-10), (1e10, 1e-10), (3.0, 7.0)])
  func rescalingOfParameters(units: (Double, Double)) {
    let plain = PublishedData.puromycin()
    let (u, v) = units
    let scaled = fit(
      PublishedData.concentration, PublishedData.velocity, from: [200 * u, 0.1 * v]
    ) { b, x, gradient in
      let (V, K) = (b[0] / u, b[1] / v)
      gradient[0] = x / (K + x) / u
      gradient[1] = -V * x / ((K + x) * (K + x)) / v
      return V * x / (K + x)
    }
    #expect(scaled.status.isConverged)
    for (j, unit) in [u, v].enumerated() {
      #expect(abs(scaled.parameters[j] / unit / plain.parameters[j] - 1) <= 1e-9)
      #expect(abs(scaled.standardErrors[j] / unit / plain.standardErrors[j] - 1) <= 1e-8)
    }
    #expect(abs(scaled.correlation[0, 1] - plain.correlation[0, 1]) <= 1e-8)
    #expect(abs(scaled.conditionNumber / plain.conditionNumber - 1) <= 1e-8)
    #expect(abs(scaled.sumOfSquares / plain.sumOfSquares - 1) <= 1e-12)
    let interval = scaled.profile(of: 1).interval
    let unscaled = plain.profile(of: 1).interval
    #expect(abs(interval.upper / v / unscaled.upper - 1) <= 1e-7)
  }

  // MARK: - Weights

  /// Responses of any size, and a start that is far beside them: what is small beside 1 is not zero.
  @Test(arguments: [1.0, 1e-12, 1e-19, 1e-25, 1e19])
  func smallResponses(unit: Double) {
    let t: [Double] = [0, 2, 4, 6, 8, 10]
    let signal = [9.3, 6.2, 4.1, 2.9, 2.2, 1.2]
    let answer = fit(
      t, signal.map { $0 * unit }, from: [1, 0.1]
    ) { b, t, gradient in
      let e = Double.exp(-b[1] * t)
      gradient[0] = e
      gradient[1] = -b[0] * t * e
      return b[0] * e
    }
    #expect(answer.status.isConverged, "\(answer)")
    #expect(abs(answer.parameters[1] - 0.19507136) <= 1e-8, "\(answer)")
  }

  /// The same within bounds.
  @Test(arguments: [1.0, 1e-12, 1e-19, 1e-25, 1e19])
  func smallResponsesWithinBounds(unit: Double) {
    let t: [Double] = [0, 2, 4, 6, 8, 10]
    let signal = [9.3, 6.2, 4.1, 2.9, 2.2, 1.2]
    let curve = CurveClosure(
      through: Observations(t, signal.map { $0 * unit }), parameters: 2
    ) { b, t, gradient in
      let e = Double.exp(-b[1] * t[0])
      gradient[0] = e
      gradient[1] = -b[0] * t[0] * e
      return b[0] * e
    }
    typealias Problem = Bounded<CurveClosure<Double>>
    let methods: [any Solver<Problem>] = [.projectedLevenbergMarquardt(), .trustRegionReflective()]
    for method in methods {
      let answer = fit(
        curve.bounded(from: [0, 0], to: [.infinity, .infinity]), from: [1, 0.1], using: method)
      // Far from 1 the reflective method may crawl; what it may not is to pass for converged elsewhere.
      #expect(
        !answer.status.isConverged || abs(answer.parameters[1] - 0.19507136) <= 1e-8, "\(answer)")
    }
  }

  @Test func relativeWeights() {
    let w = PublishedData.concentration.map { 1 / ($0 + 0.1) }
    let once = PublishedData.puromycin(weights: .relative(w))
    let scaled = PublishedData.puromycin(weights: .relative(w.map { 49 * $0 }))
    // Only their ratios count.
    for j in 0..<2 {
      #expect(abs(scaled.parameters[j] / once.parameters[j] - 1) <= 1e-9)
      #expect(abs(scaled.standardErrors[j] / once.standardErrors[j] - 1) <= 1e-8)
    }
    #expect(abs(scaled.residualStandardDeviation / once.residualStandardDeviation - 7) <= 1e-8)
    #expect(abs(scaled.goodness.rSquared - once.goodness.rSquared) <= 1e-12)
    #expect(abs(scaled.goodness.logLikelihood - once.goodness.logLikelihood) <= 1e-9)
    // A whole weight is so many copies, but for the degrees of freedom.
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let weighted = PublishedData.line(x, y, weights: .relative(x.indices.map { $0 < 4 ? 2 : 1 }))
    let copied = PublishedData.line(x + x.prefix(4), y + y.prefix(4))
    #expect(abs(weighted.parameters[1] - copied.parameters[1]) <= 1e-12)
    #expect(abs(weighted.sumOfSquares - copied.sumOfSquares) <= 1e-12)
    #expect(weighted.degreesOfFreedom == 9 && copied.degreesOfFreedom == 13)
    // An observation of weight zero is none.
    let without = PublishedData.line(Array(x.dropFirst()), Array(y.dropFirst()))
    let zero = PublishedData.line(x, y, weights: .relative(x.indices.map { $0 == 0 ? 0 : 1 }))
    #expect(zero.observationCount == 10 && zero.degreesOfFreedom == 8)
    #expect(abs(zero.standardErrors[0] - without.standardErrors[0]) <= 1e-12)
    #expect(abs(zero.goodness.akaike - without.goodness.akaike) <= 1e-9)
  }

  /// Known standard deviations: the errors follow from them, whatever the residuals are.
  @Test func knownStandardDeviations() {
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let relative = PublishedData.line(x, y)
    let s = relative.residualStandardDeviation
    let known = PublishedData.line(x, y, weights: .standardDeviations(x.map { _ in s }))
    let doubled = PublishedData.line(x, y, weights: .standardDeviations(x.map { _ in 2 * s }))
    for j in 0..<2 {
      #expect(abs(known.standardErrors[j] / relative.standardErrors[j] - 1) <= 1e-12)
      #expect(abs(doubled.standardErrors[j] / relative.standardErrors[j] - 2) <= 1e-12)
    }
    #expect(abs(known.goodness.reducedChiSquare - 1) <= 1e-12)
    // P(χ²₉ > 9) = 0.43727…, and the limits are the normal ones.
    #expect(abs(known.goodness.probability - 0.43727) <= 1e-5)
    #expect(
      abs(known.interval(of: 1).upper - known.parameters[1] - 1.9599639845 * known.standardErrors[1]) <= 1e-9)
    #expect(relative.goodness.probability.isNaN)
  }

  // MARK: - What the data do not tell

  @Test func oneParameterThatChangesNothingIsNamed() {
    let mean = fit([1, 2, 3, 4], [4, 5, 7, 8], from: [1, 1], by: .differences) {
      (b: Vector<Double>, x: Double) in b[0] + 0 * b[1]
    }
    #expect(mean.inseparable == [1] && mean.standardErrors[1] == .infinity)
    #expect(mean.caveats == ["Here the data do not depend on b[1]: another value of it fits as well."])
  }

  @Test func inseparableParametersAreNamed() {
    let curve = fit([1, 2, 3, 4], [4, 5, 7, 7], from: [1, 1, 0.5], by: .differences) {
      (b: Vector<Double>, x: Double) in b[0] + b[1] * b[2] * x
    }
    #expect(curve.inseparable == [1, 2] && curve.conditionNumber == .infinity)
    #expect(curve.standardErrors[1] == .infinity && curve.standardErrors[2] == .infinity)
    // What can be told is told: as of the line that it is, with the degrees of freedom of two parameters.
    let line = PublishedData.line([1, 2, 3, 4], [4, 5, 7, 7])
    #expect(curve.degreesOfFreedom == 2)
    #expect(abs(curve.standardErrors[0] / line.standardErrors[0] - 1) <= 1e-6)
    #expect(!curve.status.isConverged)
    #expect(curve.description.contains("b[1] and b[2]") && curve.description.contains("± inf"))
    // So are the curve and its band.
    let (band, ofLine) = (curve.confidenceBand(at: [2.5])[0], line.confidenceBand(at: [2.5])[0])
    #expect(abs(band.standardError / ofLine.standardError - 1) <= 1e-6)
    #expect(curve.standardError(ofQuantityWithGradient: [0, 1, 0]) == .infinity)
    #expect(curve.profile(of: 1).interval.upper == .infinity)
  }

  @Test func noDegreesOfFreedom() {
    let exact = PublishedData.line([1, 2], [3, 5])
    #expect(exact.status.isConverged)
    #expect(abs(exact.parameters[0] - 1) <= 1e-12 && abs(exact.parameters[1] - 2) <= 1e-12)
    #expect(exact.degreesOfFreedom == 0)
    #expect(exact.standardErrors.allSatisfy { $0.isNaN } && exact.residualStandardDeviation.isNaN)
    #expect(exact.interval(of: 0).lower.isNaN && exact.profile(of: 0).interval.lower.isNaN)
    #expect(exact.description.contains("nothing is left to estimate the errors from"))
    // With known deviations the errors are known.
    let known = PublishedData.line([1, 2], [3, 5], weights: .standardDeviations([0.1, 0.1]))
    #expect(abs(known.standardErrors[1] - 0.1 * 2.0.squareRoot()) <= 1e-12)
  }

  /// A run that did not end at a minimum has no errors to show.
  @Test func noErrorsAwayFromAMinimum() {
    let stopped = fit(
      PublishedData.concentration, PublishedData.velocity, from: [20, 1], within: Budget(iterations: 1)
    ) { b, x, gradient in
      gradient[0] = x / (b[1] + x)
      gradient[1] = -b[0] * x / ((b[1] + x) * (b[1] + x))
      return b[0] * x / (b[1] + x)
    }
    guard case .exhausted(.iterations) = stopped.status else { return #expect(Bool(false), "\(stopped)") }
    #expect(stopped.standardErrors.allSatisfy { $0.isNaN } && stopped.sumOfSquares.isFinite)
    #expect(stopped.description.contains("No errors are given"))
  }

  /// A wrong gradient is found, not fitted with.
  @Test func wrongGradient() {
    let wrong = fit(PublishedData.concentration, PublishedData.velocity, from: [200, 0.1]) { b, x, gradient in
      gradient[0] = x / (b[1] + x)
      gradient[1] = b[0] * x / ((b[1] + x) * (b[1] + x))
      return b[0] * x / (b[1] + x)
    }
    guard case .suspectDerivative = wrong.status else { return #expect(Bool(false), "\(wrong)") }
    #expect(wrong.standardErrors.allSatisfy { $0.isNaN })
  }

  // MARK: - Problems of residuals

  /// Residuals that throw give their error back, with the status.
  @Test func residualsThatThrow() {
    struct Broken: Error {}
    struct Simulator: ResidualObjective {
      var residualCount: Int { 3 }
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) throws(Broken) { throw Broken() }
      func residualsAndJacobian(
        at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
      ) throws(Broken) { throw Broken() }
    }
    let failed = fit(Simulator(), from: [1, 2])
    guard case .failed(let error) = failed.status, error is Broken else {
      return #expect(Bool(false), "\(failed)")
    }
    #expect(failed.parameters == [1, 2] && failed.standardErrors.allSatisfy { $0.isNaN })
  }

  @Test func standardizedResiduals() {
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let residuals = ResidualClosure<Double>(count: x.count) { b, r in
      for i in x.indices { r[i] = (b[0] + b[1] * x[i] - y[i]) / 1.5 }
    }
    let known = fit(FiniteDifferenceJacobian(residuals), from: [1, 1], standardized: true)
    let curve = PublishedData.line(x, y, weights: .standardDeviations(x.map { _ in 1.5 }))
    #expect(known.isStandardized)
    for j in 0..<2 { #expect(abs(known.standardErrors[j] / curve.standardErrors[j] - 1) <= 1e-9) }
    #expect(
      known.goodness.rSquared.isNaN && abs(known.goodness.probability - curve.goodness.probability) <= 1e-9)
  }

  /// Within bounds a parameter that ends on one counts as known.
  @Test func onABound() {
    struct Line: ResidualObjective {
      var residualCount: Int { 11 }
      func residuals(at b: Vector<Double>, into r: inout Vector<Double>) {
        for i in 0..<11 { r[i] = b[0] + b[1] * PublishedData.anscombe.x[i] - PublishedData.anscombe.y[i] }
      }
      func residualsAndJacobian(
        at b: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
      ) {
        residuals(at: b, into: &r)
        for i in 0..<11 { (J[i, 0], J[i, 1]) = (1, PublishedData.anscombe.x[i]) }
      }
    }
    let bounded = fit(
      Line().bounded(from: [-.infinity, -.infinity], to: [2, .infinity]), from: [0, 1], using: .lbfgsb(),
      until: Convergence(gradient: 1e-11))
    #expect(bounded.parameters[0] == 2 && bounded.onBounds == [0])
    #expect(bounded.standardErrors[0].isNaN && bounded.degreesOfFreedom == 10)
    let sumOfSquares = PublishedData.anscombe.x.reduce(0) { $0 + $1 * $1 }
    let error = (bounded.sumOfSquares / 10 / sumOfSquares).squareRoot()
    #expect(abs(bounded.standardErrors[1] / error - 1) <= 1e-9)
    #expect(bounded.description.contains("b[0] lies on a bound"))
  }

  // MARK: - Scalars and print

  @Test func singlePrecision() {
    let x = PublishedData.concentration.map { Float($0) }
    let y = PublishedData.velocity.map { Float($0) }
    let curve = fit(x, y, from: [200, 0.1]) { b, x, gradient in
      gradient[0] = x / (b[1] + x)
      gradient[1] = -b[0] * x / ((b[1] + x) * (b[1] + x))
      return b[0] * x / (b[1] + x)
    }
    let reference = PublishedData.puromycin()
    #expect(curve.status.isConverged)
    for j in 0..<2 {
      #expect(abs(Double(curve.parameters[j]) / reference.parameters[j] - 1) <= 1e-4)
      #expect(abs(Double(curve.standardErrors[j]) / reference.standardErrors[j] - 1) <= 1e-3)
    }
    let differenced = fit(x, y, from: [200, 0.1], by: .differences) { b, x in b[0] * x / (b[1] + x) }
    #expect(abs(differenced.parameters[0] / curve.parameters[0] - 1) <= 1e-3)
  }

  @Test func description() {
    var curve = PublishedData.puromycin()
    curve.names = ["Vmax", "K"]
    let lines = curve.description.split(separator: "\n").map(String.init)
    #expect(lines.count == 4)
    #expect(lines[0] == "Vmax  212.68   ± 6.95     (3.3 %)")
    #expect(lines[1] == "K     0.06412  ± 0.00828  (13 %)")
    #expect(lines[2].hasPrefix("12 observations, 10 degrees of freedom, S = 1195.45, s = 10.9337, R² = 0.96"))
    #expect(lines[3].hasPrefix("Converged after"))
  }
}
