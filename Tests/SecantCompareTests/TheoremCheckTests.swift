import Foundation
import SecantCompare
import Testing

/// Verdicts on numbers that are given, not measured.
@Suite struct TheoremCheckTests {
  private func given(
    _ runs: TheoremRun..., law: Theorem.Law = .none, sense: Theorem.Sense = .atMost, isWrong: Bool = false
  ) -> TheoremCheck { given(runs, law: law, sense: sense, isWrong: isWrong) }

  private func given(
    _ runs: [TheoremRun], law: Theorem.Law, sense: Theorem.Sense = .atMost, isWrong: Bool = false
  ) -> TheoremCheck {
    Theorem(
      "mine", of: "mine", "claim", on: "problems", "statement", reference: "reference", silence: "more",
      isWrong: isWrong, sense: sense, law: law
    ) { _ in runs }.certify()
  }

  private func run(
    _ numbers: [(measured: Double, bound: Double?)], error: Double = 0, floor: Double = 1e-12,
    objections: [String] = []
  ) -> TheoremRun {
    TheoremRun(
      "a member",
      samples: numbers.enumerated().map {
        .init(k: Double($0 + 1), measured: $1.measured, error: error, bound: $1.bound)
      }, floor: floor, objections: objections)
  }

  @Test func whatIsWithinIsConfirmed() {
    let check = given(run([(1, 2), (0.9, 1), (1e-20, 1e-19)]))
    #expect(check.verdict == .confirmed && check.comparisons == 2)
    #expect(check.tightest?.ratio == 0.9 && check.tightest?.sample.k == 2)
    #expect(check.sentence.contains("with 90 % of it") && check.sentence.hasSuffix("It does not show more."))
  }

  /// A single step beyond is a witness, and so is one that is no number.
  @Test(arguments: [1.01, .infinity, .nan]) func oneViolationRefutes(_ measured: Double) {
    let check = given(run([(1, 2), (measured, 1), (0.1, 1)]))
    #expect(check.verdict.label == "refuted" && !check.isAsExpected)
    #expect(check.sentence.contains("Refuted: on a member at k = 2 it is"))
  }

  /// The letter of the counter is that of the theorem, whatever its statement is about.
  @Test func theCounterIsTheTheoremsOwn() throws {
    let runs = [run([(1, 2), (0.9, 1)])]
    let mine = Theorem(
      "mine", of: "mine", "claim", on: "problems", "aₙ ≤ √T R(T) (1/K)", reference: "reference",
      silence: "more",
      law: .none, counter: "n"
    ) { _ in runs }
    #expect(mine.certify().sentence.contains(", at n = 2 with 90 % of it"))
    let half = mine.withBound(times: 0.5).certify()
    #expect(half.verdict == .refuted("on a member at n = 2 it is 0.9, above the bound 0.5"))
    #expect(try #require(half.plot()).contains("n (steps)"))
  }

  /// Neither a bound from below nor one beneath rounding nor the lack of a bound lets one pass.
  @Test(arguments: [Double.infinity, -.infinity, .nan]) func whatDivergesIsRefutedWhateverTheBound(
    _ measured: Double
  ) {
    for bound in [1, 1e-20, nil] {
      for sense in [Theorem.Sense.atMost, .atLeast] {
        let check = given(run([(1, 1), (measured, bound)]), sense: sense)
        #expect(
          check.verdict == .refuted("on a member at k = 2 it is \(measured), which is not finite"),
          "\(sense), \(String(describing: bound))")
        #expect(check.tightest?.ratio == .infinity)
      }
    }
  }

  /// One of 24 stochastic runs that diverges is not left out of the mean.
  @Test(arguments: [Double.infinity, .nan]) func aRunThatDivergesRefutesTheMean(_ last: Double) {
    var means = Means()
    for repetition in 0..<24 { means.add([1, repetition == 7 ? last : 0.1]) }
    let samples = (0..<2).map { j in
      TheoremRun.Sample(k: Double(j + 1), measured: means[j].value, error: means[j].error, bound: 2)
    }
    #expect(means[0].value == 1 && means[0].error == 0)
    let check = given(TheoremRun("a member", samples: samples, floor: 1e-12))
    #expect(check.verdict.label == "refuted" && check.sentence.contains("at k = 2 it is"))
  }

  @Test func roundingRefutesNothing() {
    #expect(given(run([(1 + 1e-12, 1), (2e-12, 1.5e-12)])).verdict == .confirmed)
  }

  /// A bound beneath rounding is still a bound for what lies above.
  @Test func aBoundBeneathRoundingIsCompared() {
    let above = given(run([(1, 2), (0.5, 1e-20)]))
    #expect(above.verdict.label == "refuted" && above.comparisons == 2)
    #expect(above.tightest.map { abs($0.ratio / 0.5e12 - 1) < 1e-12 } == true)
    #expect(given(run([(0.9e-12, 1e-20)])).verdict.label == "undecided")
    // A regret can be negative, and a bound from below is not met then.
    let below = given(run([(-0.5, 0.25)]), sense: .atLeast)
    #expect(below.verdict.label == "refuted")
    #expect(below.tightest.map { abs($0.ratio / 0.25e12 - 1) < 1e-12 } == true)
  }

  @Test func nothingToCompareDecidesNothing() {
    let silent = given(run([(1e-13, 1e-14), (1, nil)]))
    #expect(silent.verdict == .undecided("no step lies above rounding") && silent.tightest == nil)
    #expect(given(run([])).verdict.label == "undecided")
  }

  @Test func aMemberThatIsNoneDecidesNothing() {
    let check = given(run([(2, 1)], objections: ["not true of it: L is 3"]))
    #expect(check.verdict == .undecided("a member is no member of the class; not true of it: L is 3"))
    #expect(check.isAsExpected)
  }

  @Test func errorsOfMeansAreHeeded() {
    #expect(given(run([(1, 2)], error: 0.2)).verdict == .confirmed)
    #expect(given(run([(1.5, 2)], error: 0.2)).verdict.label == "undecided")
    #expect(given(run([(2.5, 2)], error: 0.2)).verdict.label == "undecided")
    #expect(given(run([(2.7, 2)], error: 0.2)).verdict.label == "refuted")
  }

  @Test func aBoundFromBelowGoesTheOtherWay() {
    #expect(given(run([(2, 1)]), sense: .atLeast).verdict == .confirmed)
    #expect(given(run([(1, 2)]), sense: .atLeast).verdict.label == "refuted")
  }

  /// A wrong claim has to be refuted; that nothing can be said of it is not enough.
  @Test func aWrongClaimHasToBeRefuted() {
    #expect(!given(run([(1, 2)]), isWrong: true).isAsExpected)
    #expect(!given(run([]), isWrong: true).isAsExpected)
    #expect(given(run([(2, 1)]), isWrong: true).isAsExpected)
    let report = TheoremReport([given(run([(1, 2)]), isWrong: true)], seed: 0, command: "")
    #expect(!report.isAsExpected)
    #expect(report.summary == "0 of 1 claim that is wrong on purpose refuted.")
  }

  // MARK: Rates

  private func powers(_ order: Double, _ factor: Double) -> TheoremRun {
    run((0..<6).map { (exp(-factor * pow(order, Double($0))), nil) }, floor: 1e-300)
  }

  @Test func theOrderIsAPartOfTheClaim() throws {
    let right = given(powers(2, 1), powers(2, 1.3), law: .order(2))
    #expect(right.verdict == .confirmed)
    let rate = try #require(right.rate)
    #expect(abs(rate.value - 2) < 1e-9 && rate.claimed == 2)
    let wrong = given(powers(1.5, 1), powers(1.5, 1.3), law: .order(2))
    #expect(wrong.verdict.label == "refuted" && wrong.sentence.contains("the order measured is 1.5"))
    #expect(given(powers(2, 1), powers(4, 0.3), law: .order(2)).verdict.label == "undecided")
  }

  /// Steps within a bound do not stand for an order or for falling ratios, which a single member does not show either.
  @Test func aRateThatIsNotSeenConfirmsNothing() {
    let within = run([(1, 2), (1, 2), (1, 2)])
    for runs in [[within, within], [powers(2, 1), within], [powers(2, 1)]] {
      #expect(
        given(runs, law: .order(2)).verdict
          == .undecided("the order is a part of the claim, and fewer than two members show it"))
    }
    #expect(given([run([]), run([])], law: .order(2)).verdict.label == "undecided")
    #expect(
      given([run([(0.5, 1), (0.1, 1), (0.01, 1)])], law: .vanishing).verdict
        == .undecided("the fall of the ratios is a part of the claim, and fewer than two members show it"))
    #expect(given([within], law: .factor).verdict == .confirmed)
    #expect(given([run([(3, 2)])], law: .order(2)).verdict.label == "refuted")
  }

  /// A member whose order is infinite, because the last quotient underflows, is no member with the order 2.
  @Test func anInfiniteOrderRefutes() {
    let sudden = run([(1e300, nil), (1e299, nil), (1e-300, nil)], floor: 0)
    let check = given(powers(2, 1), powers(2, 1.3), sudden, law: .order(2))
    #expect(check.verdict.label == "refuted" && check.sentence.contains("the order measured is"))
  }

  @Test func ratiosHaveToFall() {
    func ratios(_ slope: Double, _ bend: Double) -> TheoremRun {
      run((0..<8).map { k in (exp(slope * Double(k) + bend * (k % 2 == 0 ? 1 : -1)), nil) })
    }
    #expect(given(ratios(-0.3, 0.1), ratios(-0.4, 0.1), law: .vanishing).verdict == .confirmed)
    #expect(given(ratios(0.3, 0.1), ratios(0.31, 0.1), law: .vanishing).verdict.label == "refuted")
    #expect(given(ratios(-0.1, 0), ratios(0.1, 0), law: .vanishing).verdict.label == "undecided")
  }

  /// Exact powers and factors are found with no error, scattered ones with that of the scatter.
  @Test func regressionsFindPowersAndFactors() throws {
    func series(_ measured: (Double) -> Double, _ bound: (Double) -> Double) -> TheoremRun {
      run((1...40).map { k in (measured(Double(k)), bound(Double(k))) })
    }
    let power = try #require(given(series({ 3 / ($0 * $0) }, { 4 / $0 }), law: .power).rate)
    #expect(abs(power.value + 2) < 1e-9 && power.error < 1e-9)
    #expect(abs((power.claimed ?? 0) + 1) < 1e-9)
    let factor = try #require(given(series({ 3 * pow(0.9, $0) }, { 4 * pow(0.95, $0) }), law: .factor).rate)
    #expect(abs(factor.value - 0.9) < 1e-9)
    #expect(abs((factor.claimed ?? 0) - 0.95) < 1e-9)
    let scattered = try #require(
      given(series({ k in (1 + 0.1 * cos(Double.pi * k)) / k }, { 4 / $0 }), law: .power).rate)
    #expect(scattered.error > 0.01)
    #expect(abs(scattered.value + 1) < 3 * scattered.error)
    #expect(scattered.text.contains(" ± "))
  }

  /// Of several runs the rate is that of the slowest beside its bound.
  @Test func theSlowestRunTellsTheRate() throws {
    func geometric(_ factor: Double) -> TheoremRun { run((1...30).map { (pow(factor, Double($0)), 1) }) }
    let rate = try #require(given(geometric(0.5), geometric(0.9), geometric(0.7), law: .factor).rate)
    #expect(abs(rate.value - 0.9) < 1e-9)
  }
}
