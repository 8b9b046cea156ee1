import Foundation
import Secant
import Testing

@Suite struct ScheduleTests {
  private func rates(_ schedule: Schedule<Double>, _ iterations: Int...) -> [Double] {
    iterations.map { schedule.rate(at: $0) }
  }

  private func expect(_ rates: [Double], _ expected: [Double]) {
    #expect(rates.count == expected.count)
    for (a, b) in zip(rates, expected) { #expect(abs(a - b) <= 1e-15, "\(rates) \(expected)") }
  }

  @Test func formulas() {
    expect(rates(.constant(0.1), 0, 7, 1_000_000), [0.1, 0.1, 0.1])
    expect(rates(.step(from: 1, by: 0.5, every: 10), 0, 9, 10, 19, 20, 35), [1, 1, 0.5, 0.5, 0.25, 0.125])
    expect(rates(.exponential(from: 1, by: 0.25, every: 10), 0, 5, 10, 15), [1, 0.5, 0.25, 0.125])
    expect(rates(.polynomial(from: 1, to: 0.2, over: 8), 0, 2, 4, 8, 9), [1, 0.8, 0.6, 0.2, 0.2])
    expect(rates(.polynomial(from: 1, over: 8, power: 2), 0, 4, 6, 8), [1, 0.25, 0.0625, 0])
    expect(
      rates(.cosine(from: 1, to: 0.5, over: 6), 0, 2, 3, 4, 6, 100), [1, 0.875, 0.75, 0.625, 0.5, 0.5])
    expect(rates(.inverseSquareRoot(from: 1, after: 4), 0, 4, 16, 64), [1, 1, 0.5, 0.25])
    expect(
      rates(.warmupStableDecay(rate: 1, to: 0.5, warmup: 3, stable: 4, decay: 2), 0, 2, 3, 6, 7, 8, 9, 20),
      [0.25, 0.75, 1, 1, 1, 0.75, 0.5, 0.5])
    expect(rates(.constant(1).warmedUp(over: 3), 0, 1, 2, 3, 4), [0.25, 0.5, 0.75, 1, 1])
    // What follows the warm-up starts at its own beginning.
    expect(rates(.cosine(from: 1, over: 6).warmedUp(over: 4), 4, 7, 10), [1, 0.5, 0])
  }

  @Test func followsTorch() {
    func check<Scalar: LAPACKScalar>(_ schedule: Schedule<Scalar>, _ reference: [Double], _ tolerance: Double)
    {
      for (iteration, expected) in reference.enumerated() {
        let rate = Double(schedule.rate(at: iteration))
        #expect(abs(rate - expected) <= tolerance * expected, "\(schedule) at \(iteration): \(rate)")
      }
    }
    check(.warmRestarts(from: 1, to: 0.1, first: 4, stretch: 2), WrapperReference.warmRestarts, 1e-14)
    check(.warmRestarts(from: 1, first: 5), WrapperReference.equalRestarts, 1e-14)
    // The last rate, 4e-6, is the difference of numbers near 1, in PyTorch too.
    check(Schedule<Double>.oneCycle(rate: 1, over: 25), WrapperReference.oneCycle, 1e-10)
    check(
      Schedule<Float>.warmRestarts(from: 1, to: 0.1, first: 4, stretch: 2), WrapperReference.warmRestarts,
      1e-5)
  }

  @Test func aCycleRisesThenFallsAndStays() {
    let schedule = Schedule<Float>.oneCycle(rate: 0.5, over: 100)
    let rates = (0..<200).map { schedule.rate(at: $0) }
    #expect(rates[29] == 0.5 && rates.max() == 0.5 && rates.allSatisfy { $0 > 0 })
    #expect((0..<29).allSatisfy { rates[$0] < rates[$0 + 1] })
    #expect((29..<99).allSatisfy { rates[$0] > rates[$0 + 1] })
    #expect(rates[100...].allSatisfy { $0 == rates[100] })
  }

  @Test func restartsAreNeverAsManyAsToCrash() {
    #expect(Schedule<Double>.warmRestarts(from: 1, first: 3, stretch: 2).rate(at: 3 * 7) == 1)
    #expect(Schedule<Double>.warmRestarts(from: 1, first: 3).rate(at: .max) <= 1)
    #expect(Schedule<Double>.warmRestarts(from: 1, first: 3, stretch: .max).rate(at: .max) <= 1)
  }

  private static let all: [Schedule<Double>] = [
    .constant(0.1), .step(from: 1, by: 0.5, every: 10), .exponential(from: 1, by: 0.99),
    .polynomial(from: 1, to: 0.1, over: 50, power: 2), .cosine(from: 1, over: 80).warmedUp(over: 5),
    .inverseSquareRoot(from: 1, after: 10).warmedUp(over: 10),
    .warmupStableDecay(rate: 1, warmup: 10, stable: 50, decay: 20),
  ]

  @Test(arguments: all) func aScheduleRisesThenFallsAndNeverLeavesItsRange(_ schedule: Schedule<Double>) {
    #expect(schedule.complaint == nil)
    var before = 0.0
    for iteration in 0..<200 {
      let rate = schedule.rate(at: iteration)
      #expect(rate >= 0 && rate <= schedule.rate)
      if iteration <= schedule.warmup { #expect(rate > before) } else { #expect(rate <= before) }
      before = rate
    }
  }

  @Test(arguments: all + [.warmRestarts(from: 1, first: 7, stretch: 2), .oneCycle(rate: 1, over: 60)])
  func aScheduleSurvivesEncoding(_ schedule: Schedule<Double>) throws {
    let data = try JSONEncoder().encode(schedule)
    let decoded = try JSONDecoder().decode(Schedule<Double>.self, from: data)
    #expect(decoded == schedule)
    for iteration in [0, 3, 40, 500] { #expect(decoded.rate(at: iteration) == schedule.rate(at: iteration)) }
  }

  @Test func floatAgreesWithDouble() {
    let single = Schedule<Float>.cosine(from: 1e-2, to: 1e-4, over: 100).warmedUp(over: 7)
    let double = Schedule<Double>.cosine(from: 1e-2, to: 1e-4, over: 100).warmedUp(over: 7)
    for iteration in 0..<150 {
      #expect(abs(Double(single.rate(at: iteration)) - double.rate(at: iteration)) <= 1e-8)
    }
  }

  @Test func complaints() {
    let cases: [(Schedule<Double>, String)] = [
      (.constant(-1), "rate is -1.0"), (.constant(.nan), "rate is nan"),
      (.constant(1).warmedUp(over: -3), "warmup is -3"), (.step(from: 1, by: 0, every: 5), "factor is 0.0"),
      (.step(from: 1, by: 0.5, every: 0), "interval is 0"),
      (.exponential(from: 1, by: .nan), "factor is nan"),
      (.polynomial(from: 1, over: 0), "takes 0 iterations"),
      (.polynomial(from: 1, over: 5, power: -1), "power is -1"),
      (.cosine(from: 1, to: -0.5, over: 5), "final rate is -0.5"), (.cosine(from: 1, over: -5), "takes -5"),
      (.inverseSquareRoot(from: 1, after: 0), "timescale is 0"),
      (.warmRestarts(from: 1, first: 0), "takes 0"),
      (.warmRestarts(from: 1, first: 5, stretch: 0), "stretch is 0"),
      (.oneCycle(rate: 1, over: 1), "takes 1"), (.oneCycle(rate: 1, over: 9, rise: 1), "rise is 1"),
      (.oneCycle(rate: 1, over: 9, initialDivisor: 0), "initialDivisor is 0"),
      (.oneCycle(rate: 1, over: 9, finalDivisor: .nan), "finalDivisor is nan"),
      (.warmupStableDecay(rate: 1, warmup: 1, stable: -1, decay: 5), "stable is -1"),
      (.warmupStableDecay(rate: 1, warmup: 1, stable: 1, decay: 0), "takes 0"),
    ]
    for (schedule, words) in cases {
      #expect(schedule.complaint?.contains(words) == true, "\(schedule): \(schedule.complaint ?? "none")")
      _ = schedule.rate(at: 3)  // and no crash
    }
  }
}
