import Secant
import Testing

@Suite struct ProfileTests {
  /// The profile of the oxygen demand in lrc that R's `example(profile.nls)` prints: τ, A and lrc.
  @Test func publishedProfile() throws {
    let demand = PublishedData.oxygenDemand()
    let rows = [
      (τ: 1.6298, A: 16.621533, lrc: 0.007939), (2.1335, 16.086803, 0.234850), (2.6052, 15.638807, 0.485009),
      (3.0276, 15.265409, 0.779458),
    ]
    for (τ, A, lrc) in rows {
      // The level whose quantile τ is: then the limit is lrc.
      let level = 1 - 2 * StudentT(degreesOfFreedom: 4).upperTail(τ)
      let profile = demand.profile(of: 1, level: level)
      #expect(abs(profile.interval.upper - lrc) <= 1e-4, "\(profile.interval) at τ = \(τ)")
      let point = try #require(
        profile.points.min { abs($0.value - profile.interval.upper) < abs($1.value - profile.interval.upper) }
      )
      #expect(abs(point.parameters[0] - A) <= 2e-4 && abs(point.signedRoot - τ) <= 1e-6)
    }
  }

  /// R's `confint` of the puromycin fit, as far as R's interpolation by splines goes.
  @Test func publishedIntervals() {
    let curve = PublishedData.puromycin()
    for (j, lower, upper) in [(0, 197.30212848, 229.29006490), (1, 0.04692517, 0.08615995)] {
      let interval = curve.profile(of: j).interval
      #expect(abs(interval.lower / lower - 1) <= 1.5e-4 && abs(interval.upper / upper - 1) <= 1.5e-4)
    }
  }

  /// Six observations do not bound the demand from above at every level: A → ∞ with A e^{lrc} fixed is a straight line
  /// through the origin, whose sum of squares is finite, and there the profile levels off.
  @Test func openInterval() {
    let demand = PublishedData.oxygenDemand()
    let (t, y) = (PublishedData.days, PublishedData.demand)
    let slope = zip(t, y).reduce(0) { $0 + $1.0 * $1.1 } / t.reduce(0) { $0 + $1 * $1 }
    let S = zip(t, y).reduce(0) { $0 + (slope * $1.0 - $1.1) * (slope * $1.0 - $1.1) }
    let τ = ((S - demand.sumOfSquares) / demand.sumOfSquares * 4).squareRoot()
    let level = 1 - 2 * StudentT(degreesOfFreedom: 4).upperTail(τ)
    #expect(level > 0.98 && level < 0.99)
    for below in [0.8, 0.95, level - 0.002] {
      let (A, rate) = (demand.profile(of: 0, level: below), demand.profile(of: 1, level: below))
      #expect(A.interval.upper.isFinite && rate.interval.lower.isFinite, "\(below): \(A.interval)")
      #expect(A.unconverged == 0 && rate.unconverged == 0 && A.points.count < 40)
    }
    for above in [level + 0.002, 0.999] {
      let (A, rate) = (demand.profile(of: 0, level: above), demand.profile(of: 1, level: above))
      #expect(A.interval.upper == .infinity && A.interval.lower.isFinite, "\(above): \(A.interval)")
      #expect(rate.interval.lower == -.infinity, "\(above): \(rate.interval)")
    }
  }

  /// Against brute force: with K held, V enters linearly and the least sum of squares is a formula.
  @Test(arguments: [0.5, 0.95, 0.999]) func againstBruteForce(level: Double) {
    let curve = PublishedData.puromycin()
    let (x, y) = (PublishedData.concentration, PublishedData.velocity)
    func sumOfSquares(_ K: Double) -> Double {
      let g = x.map { $0 / (K + $0) }
      let V = zip(g, y).reduce(0) { $0 + $1.0 * $1.1 } / g.reduce(0) { $0 + $1 * $1 }
      return zip(g, y).reduce(0) { $0 + (V * $1.0 - $1.1) * (V * $1.0 - $1.1) }
    }
    let t = StudentT(degreesOfFreedom: 10).quantile((1 + level) / 2)
    let threshold = curve.sumOfSquares * (1 + t * t / 10)
    func limit(_ inside: Double, _ outside: Double) -> Double {
      var (a, b) = (inside, outside)
      for _ in 0..<200 {
        let middle = (a + b) / 2
        if sumOfSquares(middle) < threshold { a = middle } else { b = middle }
      }
      return a
    }
    let K = curve.parameters[1]
    let interval = curve.profile(of: 1, level: level).interval
    #expect(abs(interval.lower / limit(K, 1e-4) - 1) <= 1e-7)
    #expect(abs(interval.upper / limit(K, 1) - 1) <= 1e-7)
    // K's profile leans to the right, which the symmetric interval does not know.
    #expect(interval.upper - K > K - interval.lower)
  }

  /// The same of the oxygen demand, whose profiles bend until they level off: against a scan of the other parameter, which
  /// no wrong minimum of a fit escapes.
  @Test(arguments: [0.6, 0.9, 0.95, 0.98, 0.9893, 0.995]) func againstAScan(level: Double) {
    let demand = PublishedData.oxygenDemand()
    let (t, y) = (PublishedData.days, PublishedData.demand)
    func sumOfSquares(_ A: Double, _ lrc: Double) -> Double {
      zip(t, y).reduce(0) { sum, point in
        let r = A * (1 - .exp(-.exp(lrc) * point.0)) - point.1
        return sum + r * r
      }
    }
    func rise(_ A: Double) -> Double {
      var (lrc, width) = (0.0, 8.0)
      // Ever finer scans about the best.
      for _ in 0..<12 {
        let scan = (-40...40).map { lrc + Double($0) / 40 * width }
        lrc = scan.min { sumOfSquares(A, $0) < sumOfSquares(A, $1) }!
        width /= 8
      }
      return (sumOfSquares(A, lrc) / demand.sumOfSquares - 1) * 4
    }
    let threshold = Double.pow(StudentT(degreesOfFreedom: 4).quantile((1 + level) / 2), 2)
    let interval = demand.profile(of: 0, level: level).interval
    for limit in [interval.lower, interval.upper] where limit.isFinite {
      #expect(abs(rise(limit) / threshold - 1) <= 1e-6, "\(limit)")
    }
    if interval.upper == .infinity { #expect(rise(1e3) < threshold) }
  }

  /// A line's profile is its t interval.
  @Test func linearModelsHaveSymmetricProfiles() {
    let line = PublishedData.line(PublishedData.anscombe.x, PublishedData.anscombe.y)
    for j in 0..<2 {
      let (profile, interval) = (line.profile(of: j), line.interval(of: j))
      #expect(abs(profile.interval.lower - interval.lower) <= 1e-7 * line.standardErrors[j])
      #expect(abs(profile.interval.upper - interval.upper) <= 1e-7 * line.standardErrors[j])
      #expect(profile.betterParameters == nil && profile.ledger.jacobians > 0)
      // τ is a straight line.
      for point in profile.points {
        let t = (point.value - line.parameters[j]) / line.standardErrors[j]
        #expect(abs(point.signedRoot - t) <= 1e-6)
      }
    }
  }

  /// The interval of a function of a parameter is the function of the interval, which no symmetric one is.
  @Test func invariantUnderTransformation() {
    let plain = PublishedData.puromycin().profile(of: 1).interval
    let logarithmic = fit(PublishedData.concentration, PublishedData.velocity, from: [200, -2]) {
      b, x, gradient in
      let K = Double.exp(b[1])
      gradient[0] = x / (K + x)
      gradient[1] = -b[0] * x / ((K + x) * (K + x)) * K
      return b[0] * x / (K + x)
    }.profile(of: 1).interval
    #expect(abs(Double.exp(logarithmic.lower) / plain.lower - 1) <= 1e-7)
    #expect(abs(Double.exp(logarithmic.upper) / plain.upper - 1) <= 1e-7)
  }

  /// One parameter: nothing is left to fit, and the sum of squares itself is the profile.
  @Test func oneParameter() {
    let mean = fit([1, 2, 3, 4], [2, 4, 3, 5], from: [0], by: .differences) {
      (b: Vector<Double>, _: Double) in b[0]
    }
    #expect(abs(mean.parameters[0] - 3.5) <= 1e-9)
    let (profile, interval) = (mean.profile(of: 0).interval, mean.interval(of: 0))
    #expect(abs(profile.lower - interval.lower) <= 1e-7 && abs(profile.upper - interval.upper) <= 1e-7)
  }

  /// A profile that meets a better minimum says so.
  @Test func findsABetterMinimum() {
    // sin(bx) at a few points has many minima in b; from 5.2 the run ends in a wrong one.
    let x = (1...20).map { Double($0) / 4 }
    let y = x.map { Double.sin(2 * $0) + 0.05 * Double.cos(37 * $0) }
    let wrong = fit(x, y, from: [5.2], by: .differences) { b, x in .sin(b[0] * x) }
    #expect(abs(wrong.parameters[0] - 2) > 1)
    let profile = wrong.profile(of: 0, level: 0.999_999)
    #expect(profile.betterParameters != nil)
    #expect("\(profile)".contains("There is a better fit: start at ["))
  }

  @Test func nonsenseLevels() {
    let curve = PublishedData.puromycin()
    for level in [-0.5, 1, 1.5, .nan] {
      #expect(curve.interval(of: 0, level: level).lower.isNaN)
      #expect(curve.profile(of: 0, level: level).interval.lower.isNaN)
      #expect("\(curve.profile(of: 0, level: level))" == "b[0]: no profile.")
    }
  }

  @Test func isPrintedInASentence() throws {
    let profile = PublishedData.puromycin().profile(of: 1, level: 0.9)
    #expect(
      "\(profile)"
        == "b[1]: \(profile.interval), 90 % by profile likelihood, from \(profile.points.count) fits.")
  }
}
