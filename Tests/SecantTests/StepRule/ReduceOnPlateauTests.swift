import Secant
import Testing

@Suite struct ReduceOnPlateauTests {
  private func rates<Scalar: LAPACKScalar>(_ rule: ReduceOnPlateau<Scalar>, _ values: [Scalar]) -> [Scalar] {
    var memory = rule.allocate()
    return values.map { value in
      let length = rule.choose(from: Departure(value: value, slope: -1), &memory) { _ in
        Issue.record("a learning rate asks for nothing")
        return Sample(length: 0, value: 0, slope: 0)
      }
      guard case .accepted(let rate) = length else { return .nan }
      return rate
    }
  }

  @Test func followsTorch() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let rule = ReduceOnPlateau<Scalar>(rate: 1, factor: 0.5, patience: 1, cooldown: 2, minimum: 0.2)
      #expect(
        rates(rule, WrapperReference.plateauValues.map { Scalar($0) })
          == WrapperReference.plateau.map { Scalar($0) })
    }
    check(Float.self)
    check(Double.self)
  }

  @Test func whatFallsKeepsItsRate() {
    #expect(
      rates(ReduceOnPlateau(rate: 0.1, patience: 0), (0..<50).map { -Double($0) }).allSatisfy { $0 == 0.1 })
  }

  @Test func aRiseOfANegativeValueIsNoProgress() {
    let rule = ReduceOnPlateau<Double>(rate: 1, patience: 0, threshold: 0.1)
    #expect(rates(rule, [-10, -9.5, -10.5, -12]) == [1, 0.1, 0.1 * 0.1, 0.1 * 0.1])
  }

  @Test func whatIsNoNumberIsNoProgress() {
    #expect(
      rates(ReduceOnPlateau<Double>(rate: 1, patience: 0), [.nan, -.infinity, 3]) == [
        0.1, 0.1 * 0.1, 0.1 * 0.1,
      ])
  }

  @Test func theRateNeverVanishesNorRises() {
    let rule = ReduceOnPlateau<Float>(rate: 1, factor: 0.01, patience: 0)
    let flat = rates(rule, [Float](repeating: 1, count: 100))
    #expect(flat.allSatisfy { $0 > 0 } && zip(flat, flat.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(rates(ReduceOnPlateau<Double>(rate: 0.1, patience: 0, minimum: 1), [1, 1]) == [0.1, 0.1])
  }

  @Test func resumes() throws {
    let method = Descent(
      Momentum<QuadraticAndQuartic<Double>>(), step: ReduceOnPlateau(rate: 0.1, patience: 0))
    for m in [1, 5, 9] {
      #expect(
        try resumesExactly(
          method, on: QuadraticAndQuartic(), from: QuadraticAndQuartic<Double>.start, m: m, n: 12))
    }
  }

  @Test(
    arguments: [
      (ReduceOnPlateau(rate: .nan), "rate is nan"), (ReduceOnPlateau(rate: 1, factor: 1), "factor is 1.0"),
      (ReduceOnPlateau(rate: 1, patience: -1), "patience is -1"),
      (ReduceOnPlateau(rate: 1, threshold: .nan), "threshold is nan"),
      (ReduceOnPlateau(rate: 1, cooldown: -2), "cooldown is -2"),
      (ReduceOnPlateau(rate: 1, minimum: -1), "minimum is -1.0"),
    ] as [(ReduceOnPlateau<Double>, String)])
  func complains(rule: ReduceOnPlateau<Double>, words: String) {
    #expect(rule.complaint?.contains(words) == true)
    #expect(ReduceOnPlateau<Double>(rate: 1e-3).complaint == nil)
  }
}
