import Foundation
import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct RateRangeTests {
  /// f = x²/2 about 1 under gradient descent: a step multiplies the distance by 1 − η.
  @Test func followsTheFormula() {
    let range = RateRange(
      of: Quadratic<Double>(dimension: 1, conditionNumber: 1), from: [2], rates: 1e-3...1, steps: 4,
      smoothing: 0.5
    ) { .gradientDescent(rate: $0) }
    #expect(range.samples.count == 4)
    var distance = 1.0
    var sum = 0.0
    for (k, rate) in [1e-3, 1e-2, 1e-1, 1].enumerated() {
      let sample = range.samples[k]
      #expect(abs(sample.rate - rate) < 1e-14)
      #expect(abs(sample.value - distance * distance / 2) < 1e-13)
      sum = 0.5 * sum + 0.5 * sample.value
      #expect(abs(sample.average - sum / (1 - pow(0.5, Double(k + 1)))) < 1e-13)
      distance *= 1 - rate
    }
  }

  /// Rates above 2/L diverge: the test ends a little above, and its advice is below.
  @Test func endsWhereTheMethodDiverges() throws {
    let problem = Quadratic<Float>(dimension: 20, conditionNumber: 50, seed: 1)
    let start = Vector<Float>(repeating: 3, count: 20)
    let range = RateRange(of: problem, from: start, rates: 1e-5...10) { .gradientDescent(rate: $0) }
    let last = try #require(range.samples.last)
    #expect(last.rate > 2.0 / 50 && last.rate < 10, "\(last)")
    let least = range.samples.map { $0.average }.min() ?? 0
    #expect(last.average > 4 * least)
    #expect(try #require(range.steepest) < 2.0 / 50)
    #expect(try #require(range.beforeLeast) < 2.0 / 50)
  }

  /// What the method remembers goes from one rate to the next, and the batches are those of the seed.
  @Test func runsOnBatches() throws {
    let problem = try LogisticRegression<Double>(DataSet.Shipped.breastCancer.binaryTraining())
    func range(_ seed: UInt64) -> RateRange {
      RateRange(of: problem, from: Vector(zeros: 31), onBatchesOf: 32, seed: seed, rates: 1e-4...10) {
        .adam(rate: $0)
      }
    }
    let first = range(1)
    #expect(first == range(1))
    #expect(first != range(2))
    // At zero the loss of every batch is log 2.
    #expect(abs(first.samples[0].value - log(2)) < 1e-12)
    let steepest = try #require(first.steepest)
    let outcome = minimize(
      problem, from: Vector(zeros: 31), using: .onBatches(of: 32, seed: 1, .adam(rate: steepest / 3)),
      until: .never, within: Budget(passes: 10))
    #expect(outcome.value < 0.1, "\(steepest): \(outcome)")
  }

  @Test func hasNoAdviceWhereNothingFalls() {
    let range = RateRange(of: Quadratic<Double>(dimension: 1, conditionNumber: 1), from: [1]) {
      .gradientDescent(rate: $0)
    }
    #expect(range.steepest == nil && range.beforeLeast == nil)
    // From the first rate on it diverges.
    let steep = RateRange(of: Quadratic<Double>(dimension: 1, conditionNumber: 1), from: [5], rates: 10...20)
    {
      .gradientDescent(rate: $0)
    }
    #expect(steep.samples.count == 2 && steep.beforeLeast == nil)
  }
}
