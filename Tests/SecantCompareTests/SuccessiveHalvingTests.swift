import Foundation
import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct SuccessiveHalvingTests {
  private typealias Method = Descent<SteepestDescent<Quadratic<Double>>, Constant<Double>>

  private let problem = Quadratic<Double>(dimension: 10, conditionNumber: 30, seed: 1)
  private var course: Course<Quadratic<Double>> {
    Course(problem, from: Vector(repeating: 2, count: 10), until: .never, within: Budget(iterations: .max))
  }

  /// Rates from 10⁻⁴ to 1, evenly on a logarithmic axis.
  private func search(
    of count: Int = 27, keepingOneIn factor: Int = 3, seed: UInt64 = 1,
    scoring score: ((Vector<Double>) -> Double)? = nil
  ) -> SuccessiveHalving<Double> {
    SuccessiveHalving(
      of: count, on: course, keepingOneIn: factor, firstPasses: 5, seed: seed, scoring: score
    ) {
      pow(10, -4 * $0.uniform(Double.self))
    } using: { rate -> Method in
      .gradientDescent(rate: rate)
    }
  }

  @Test func everyRungKeepsTheBest() {
    let search = search()
    #expect(search.rungs.map(\.entries.count) == [27, 9, 3, 1])
    #expect(search.rungs.map(\.passes) == [5, 15, 45, 135])
    for (rung, next) in zip(search.rungs, search.rungs.dropFirst()) {
      let scores = rung.entries.map(\.score)
      #expect(scores == scores.sorted())
      let kept = rung.entries.prefix(next.entries.count).map(\.setting)
      #expect(Set(next.entries.map(\.setting)) == Set(kept))
    }
    // No pass is made twice: 18 runs end after 5, 6 after 15, 2 after 45 and one after 135.
    #expect(abs(search.ledger.passes - 405) < 1e-9)
  }

  /// What is left is among the best of all that would have run to the end, and near the best rate 2/(1 + κ).
  @Test func findsAGoodRate() {
    let search = search()
    let ends = search.settings.map { (rate: Double) -> Double in
      let method = Method.gradientDescent(rate: rate)
      let budget = Budget(iterations: .max, passes: 135)
      return minimize(problem, from: course.start, using: method, until: .never, within: budget).value
    }
    #expect(search.bestScore <= ends.sorted()[2])
    #expect(search.best < 2.0 / 30 && search.best > 0.01, "\(search.best)")
  }

  @Test func theSeedDecides() {
    #expect(search().settings == search().settings)
    #expect(search().rungs == search().rungs)
    #expect(search().settings != search(seed: 2).settings)
  }

  /// A run that comes to nothing is given up first, and a score of one's own decides.
  @Test func theScoreDecides() {
    let search = search(of: 8, keepingOneIn: 2) { -$0[0] }
    #expect(search.rungs.map(\.entries.count) == [8, 4, 2, 1])
    let nowhere = SuccessiveHalving(
      of: 4, on: course, keepingOneIn: 2, firstPasses: 3,
      drawing: { $0.integer(below: 1_000) }
    ) { number -> Method in
      .gradientDescent(rate: number % 2 == 0 ? 0.01 : 1e200)
    }
    let evens = nowhere.settings.filter { $0 % 2 == 0 }.count
    if evens > 0 { #expect(nowhere.best % 2 == 0) }
    let first = nowhere.rungs[0].entries.map { nowhere.settings[$0.setting] % 2 == 0 }
    #expect(Array(first.prefix(evens)) == Array(repeating: true, count: evens))
    let unscored = self.search(of: 3) { _ in .nan }
    #expect(unscored.bestScore.isNaN && unscored.rungs[0].entries.map(\.setting) == [0, 1, 2])
  }

  @Test func aBudgetIsNotExceeded() {
    var short = course
    short.budget = Budget(iterations: .max, passes: 20)
    let search = SuccessiveHalving(of: 9, on: short, firstPasses: 5) {
      0.01 + 0.01 * $0.uniform(Double.self)
    } using: {
      .gradientDescent(rate: $0)
    }
    #expect(search.ledger.passes <= 80)
  }

  @Test func runsOnBatches() throws {
    let problem = try LogisticRegression<Double>(DataSet.Shipped.breastCancer.binaryTraining())
    let course = Course(problem, from: Vector(zeros: 31), until: .never, within: Budget(iterations: .max))
    let search = SuccessiveHalving(of: 9, on: course, firstPasses: 1) {
      pow(10, -5 * $0.uniform(Double.self))
    } using: { rate in
      MiniBatch(Descent<Adam<LogisticRegression<Double>>, Constant<Double>>.adam(rate: rate), of: 32, seed: 1)
    }
    #expect(search.bestScore < 0.09, "\(search.best): \(search.bestScore)")
  }
}
