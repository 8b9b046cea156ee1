import Secant
import Testing

@Suite struct DistributionTests {
  /// The tables of the NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.
  @Test func publishedTables() {
    let student: [(ν: Double, p: Double, t: Double)] = [
      (1, 0.9, 3.078), (1, 0.975, 12.706), (2, 0.95, 2.920), (5, 0.99, 3.365), (10, 0.975, 2.228),
      (10, 0.99, 2.764), (30, 0.95, 1.697), (100, 0.995, 2.626), (.infinity, 0.975, 1.960),
    ]
    for (ν, p, t) in student {
      #expect(abs(StudentT(degreesOfFreedom: ν).quantile(p) - t) <= 0.0005001, "t of \(ν) at \(p)")
    }
    let fisher: [(ν: Double, μ: Double, p: Double, f: Double)] = [
      (1, 1, 0.95, 161.448), (3, 10, 0.95, 3.708), (10, 20, 0.95, 2.348), (2, 12, 0.90, 2.807),
      (5, 8, 0.99, 6.632), (20, 100, 0.95, 1.676),
    ]
    for (ν, μ, p, f) in fisher {
      #expect(
        abs(FisherF(degreesOfFreedom: ν, μ).quantile(p) - f) <= 0.0005001, "F of \(ν) and \(μ) at \(p)")
    }
    let chi: [(ν: Double, p: Double, x: Double)] = [
      (1, 0.95, 3.841), (2, 0.99, 9.210), (10, 0.95, 18.307), (10, 0.05, 3.940), (25, 0.999, 52.620),
      (100, 0.975, 129.561),
    ]
    for (ν, p, x) in chi {
      #expect(abs(ChiSquared(degreesOfFreedom: ν).quantile(p) - x) <= 0.0005001, "χ² of \(ν) at \(p)")
    }
  }

  /// Where there is a formula, to nearly all digits.
  @Test(arguments: [1e-12, 0.01, 0.3, 0.5, 0.8, 0.975, 0.9999]) func closedForms(p: Double) {
    func agree(_ x: Double, _ y: Double) -> Bool { abs(x - y) <= 1e-12 * max(abs(y), 1e-3) }
    let cauchy = -1 / Double.tan(.pi * p)
    #expect(agree(StudentT(degreesOfFreedom: 1).quantile(p), p == 0.5 ? 0 : cauchy))
    let two = (2 * p - 1) / (2 * p * (1 - p)).squareRoot()
    #expect(agree(StudentT(degreesOfFreedom: 2).quantile(p), two))
    // With two degrees of freedom the tails are exponentials and powers.
    #expect(agree(ChiSquared(degreesOfFreedom: 2).quantile(p), -2 * .log(onePlus: -p)))
    let ν = 7.0
    let f = ν / 2 * Double.expMinusOne(-2 / ν * .log(onePlus: -p))
    #expect(agree(FisherF(degreesOfFreedom: 2, ν).quantile(p), f))
  }

  /// t² has the F distribution of 1 and ν, the square of a normal χ² of 1, and χ²/ν is F of ν and ∞.
  @Test(arguments: [1.0, 3, 12, 250]) func relations(ν: Double) {
    let t = StudentT(degreesOfFreedom: ν).quantile(0.975)
    #expect(abs(FisherF(degreesOfFreedom: 1, ν).quantile(0.95) - t * t) <= 1e-11 * t * t)
    let z = Normal().quantile(0.975)
    #expect(abs(z - 1.959963984540054) <= 1e-14)
    #expect(abs(ChiSquared(degreesOfFreedom: 1).quantile(0.95) - z * z) <= 1e-13)
    let x = ChiSquared(degreesOfFreedom: ν).quantile(0.9)
    #expect(abs(FisherF(degreesOfFreedom: ν, .infinity).quantile(0.9) - x / ν) <= 1e-13 * x)
  }

  @Test(arguments: [1e-9, 0.02, 0.5, 0.77, 0.999_999]) func quantilesInvertTails(p: Double) {
    let distributions: [any Distribution] = [
      Normal(), StudentT(degreesOfFreedom: 2.5), StudentT(degreesOfFreedom: 1e6),
      FisherF(degreesOfFreedom: 4, 31), ChiSquared(degreesOfFreedom: 0.7), ChiSquared(degreesOfFreedom: 400),
    ]
    for distribution in distributions {
      let x = distribution.quantile(p)
      #expect(abs(distribution.lowerTail(x) - p) <= 1e-9 * p, "\(distribution)")
      #expect(abs(distribution.lowerTail(x) + distribution.upperTail(x) - 1) <= 1e-13)
    }
  }

  @Test func endsAndNonsense() {
    #expect(Normal().quantile(0) == -.infinity && Normal().quantile(1) == .infinity)
    #expect(ChiSquared(degreesOfFreedom: 3).quantile(0) == 0)
    #expect(FisherF(degreesOfFreedom: 3, 4).quantile(1) == .infinity)
    for p in [-0.1, 1.1, .nan] { #expect(StudentT(degreesOfFreedom: 3).quantile(p).isNaN) }
    for ν in [0, -1, .nan] {
      #expect(StudentT(degreesOfFreedom: ν).quantile(0.9).isNaN)
      #expect(ChiSquared(degreesOfFreedom: ν).quantile(0.9).isNaN)
      #expect(FisherF(degreesOfFreedom: 2, ν).quantile(0.9).isNaN)
    }
  }
}
