import Secant
import Testing

@Suite struct ConfidenceBandTests {
  /// The bands of a straight line: s√(1/m + (x − x̄)²/Sxx), and √(1 + …) of a new observation.
  @Test func bandsOfALine() {
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let line = PublishedData.line(x, y)
    let m = Double(x.count)
    let mean = x.reduce(0, +) / m
    let Sxx = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let s = line.residualStandardDeviation
    let t = StudentT(degreesOfFreedom: 9).quantile(0.95)
    let scheffé = (2 * FisherF(degreesOfFreedom: 2, 9).quantile(0.9)).squareRoot()
    let points = [-3.0, mean, 14.5, 100]
    let confidence = line.confidenceBand(at: points, level: 0.9)
    let whole = line.confidenceBand(at: points, level: 0.9, simultaneously: true)
    let prediction = line.predictionBand(at: points, level: 0.9)
    for (i, x) in points.enumerated() {
      let leverage = 1 / m + (x - mean) * (x - mean) / Sxx
      let value = line.parameters[0] + line.parameters[1] * x
      #expect(abs(confidence[i].value - value) <= 1e-12 * abs(value))
      func close(_ interval: ConfidenceInterval<Double>, _ half: Double) -> Bool {
        abs(interval.upper - value - half) <= 1e-10 * half
          && abs(value - interval.lower - half) <= 1e-10 * half
      }
      #expect(close(confidence[i].interval, t * s * leverage.squareRoot()))
      #expect(close(whole[i].interval, scheffé * s * leverage.squareRoot()))
      #expect(close(prediction[i].interval, t * s * (1 + leverage).squareRoot()))
      #expect(confidence[i].x == [x] && line(x) == confidence[i].value)
    }
  }

  /// The band of a curve does not depend on what its parameters are called or how they are written.
  @Test func invariantUnderTransformation() {
    let plain = PublishedData.puromycin()
    let other = fit(PublishedData.concentration, PublishedData.velocity, from: [0.005, 0.0005]) {
      b, x, gradient in
      // Lineweaver and Burk's: x/(b₀x + b₁).
      let d = b[0] * x + b[1]
      gradient[0] = -x * x / (d * d)
      gradient[1] = -x / (d * d)
      return x / d
    }
    #expect(abs(1 / other.parameters[0] / plain.parameters[0] - 1) <= 1e-8)
    let x = [0.03, 0.5, 2]
    for (a, b) in zip(plain.confidenceBand(at: x), other.confidenceBand(at: x)) {
      #expect(abs(a.interval.lower / b.interval.lower - 1) <= 1e-7)
      #expect(abs(a.standardError / b.standardError - 1) <= 1e-7)
    }
  }

  /// By differences it is the same band.
  @Test func bandsByDifferences() {
    let plain = PublishedData.puromycin()
    let differenced = fit(
      PublishedData.concentration, PublishedData.velocity, from: [200, 0.1], by: .differences
    ) { b, x in b[0] * x / (b[1] + x) }
    for (a, b) in zip(plain.predictionBand(at: [0.3]), differenced.predictionBand(at: [0.3])) {
      #expect(abs(a.interval.upper / b.interval.upper - 1) <= 1e-8)
    }
  }

  /// With known deviations that of a new observation has to be said.
  @Test func knownDeviations() {
    let (x, y) = (PublishedData.anscombe.x, PublishedData.anscombe.y)
    let line = PublishedData.line(x, y, weights: .standardDeviations(x.map { _ in 1.2 }))
    #expect(line.predictionBand(at: [8])[0].interval.upper.isNaN)
    let said = line.predictionBand(at: [8], deviation: 3)[0]
    let confidence = line.confidenceBand(at: [8])[0]
    #expect(abs(said.standardError - Double.hypot(confidence.standardError, 3)) <= 1e-12)
  }

  /// Intervals and bands hold what they promise: in 2,000 repetitions of a nearly linear experiment each contains the truth
  /// in 95 % of the cases, within four of the standard deviations that chance allows.
  @Test func coverage() {
    var generator = RandomGenerator(seed: 5)
    let x = (0..<12).map { Double($0) / 4 }
    let (runs, σ) = (2000, 0.02)
    var inside = [0, 0, 0, 0]
    for _ in 0..<runs {
      let y = x.map { 2 * Double.exp(-0.7 * $0) + σ * generator.normal() }
      let curve = fit(x, y, from: [2, 0.7]) { b, x, gradient in
        let e = Double.exp(-b[1] * x)
        gradient[0] = e
        gradient[1] = -b[0] * x * e
        return b[0] * e
      }
      let new = 2 * Double.exp(-0.7 * 1.3) + σ * generator.normal()
      inside[0] += curve.interval(of: 0).contains(2) ? 1 : 0
      inside[1] += curve.interval(of: 1).contains(0.7) ? 1 : 0
      inside[2] += curve.confidenceBand(at: [1.3])[0].interval.contains(2 * .exp(-0.7 * 1.3)) ? 1 : 0
      inside[3] += curve.predictionBand(at: [1.3])[0].interval.contains(new) ? 1 : 0
    }
    let chance = 4 * (Double(runs) * 0.95 * 0.05).squareRoot()
    for count in inside { #expect(abs(Double(count) - 0.95 * Double(runs)) <= chance, "\(inside)") }
  }
}
