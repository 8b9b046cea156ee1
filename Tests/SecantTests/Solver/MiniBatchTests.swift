import Foundation
import Secant
import Synchronization
import Testing

/// A sum that notes the terms of every evaluation.
private struct Watched: FiniteSumObjective {
  typealias Scalar = Double

  final class Log: Sendable { let batches = Mutex<[[Int]]>([]) }

  let log = Log()
  let termCount = 10
  var batch = Batch.all

  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    let terms = (0..<batch.count(of: termCount)).map { batch[$0] }
    log.batches.withLock { $0.append(terms) }
    g[0] = x[0]
    return x[0] * x[0] / 2
  }
}

/// A direction at a constant rate, on batches.
private typealias Batched<D: Direction> = MiniBatch<Descent<D, Constant<D.Problem.Scalar>>>
where D.Problem: FiniteSumObjective, D.Problem.Domain == WholeSpace
private typealias Sum = LeastSquaresSum<Double>

@Suite struct MiniBatchTests {
  @Test func anEpochVisitsEveryTermOnce() {
    let problem = Watched()
    let method: Batched<SteepestDescent<Watched>> = .onBatches(of: 4, seed: 3, .gradientDescent(rate: 0.01))
    var oracle = Oracle(problem)
    var state = method.start(at: [1], for: problem)
    for _ in 0..<6 { _ = try? method.advance(&state, asking: &oracle) }
    let batches = problem.log.batches.withLock { $0 }
    #expect(batches.map(\.count) == [4, 4, 2, 4, 4, 2])
    let (first, second) = (batches[..<3].flatMap { $0 }, batches[3...].flatMap { $0 })
    #expect(first.sorted() == Array(0..<10))
    #expect(second.sorted() == Array(0..<10))
    #expect(first != second)
    #expect(first != Array(0..<10) && second != Array(0..<10))
    #expect(oracle.problem.batch.isAll)
    #expect(oracle.ledger.gradients == 6)
    #expect(abs(oracle.ledger.passes - 2) < 1e-12)
  }

  @Test func ordersDependOnSeedAndEpochAlone() {
    func batches(_ seed: UInt64, from start: Double) -> [[Int]] {
      let problem = Watched()
      let method: Batched<SteepestDescent<Watched>> = .onBatches(
        of: 3, seed: seed, .gradientDescent(rate: 0.01))
      var oracle = Oracle(problem)
      var state = method.start(at: [start], for: problem)
      for _ in 0..<8 { _ = try? method.advance(&state, asking: &oracle) }
      return problem.log.batches.withLock { $0 }
    }
    #expect(batches(1, from: 1) == batches(1, from: 2))
    #expect(batches(1, from: 1) != batches(2, from: 1))
  }

  @Test func onABatchOfAllTermsIsTheMethodItself() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let problem = LeastSquaresSum<Scalar>(terms: 20, dimension: 3)
      let start = Vector<Scalar>(zeros: 3)
      let budget = Budget(iterations: 30)
      let whole = minimize(problem, from: start, using: .adam(rate: 0.1), within: budget)
      for size in [20, 1_000] {
        let batched = minimize(
          problem, from: start, using: .onBatches(of: size, .adam(rate: 0.1)), within: budget)
        #expect(batched.point == whole.point)
        #expect(batched.value == whole.value)
        #expect(batched.ledger.passes == whole.ledger.passes)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// A step on a batch is the method's step on the problem restricted to it.
  @Test func aStepIsTheMethodsOnTheRestrictedProblem() throws {
    let problem = LeastSquaresSum<Double>(terms: 20, dimension: 3)
    let method = Descent<Momentum<LeastSquaresSum<Double>>, Constant<Double>>.momentum(rate: 0.1)
    let batched = method.onBatches(of: 8, seed: 2)
    var oracle = Oracle(problem)
    var state = batched.start(at: [1, 2, 3], for: problem)
    var expected = method.start(at: [1, 2, 3], for: problem)
    for _ in 0..<7 {
      let step = try batched.advance(&state, asking: &oracle)
      #expect(step == .sampled(length: 0.1, completesPass: state.memory.own.position == 20))
      let range =
        (state.memory.own.position > 16 ? 16 : state.memory.own.position - 8)..<state.memory.own.position
      method.step(&expected, on: problem.restricted(to: Batch(state.memory.own.order, in: range)))
      #expect(state.current.point == expected.current.point)
      #expect(state.iteration == expected.iteration)
      #expect(!state.current.isEvaluated)
    }
  }

  @Test func convergesWhereTheTermsAgree() {
    // All terms have their minimum at the same point, so stochastic gradients vanish there.
    var problem = LeastSquaresSum<Double>(terms: 60, dimension: 4)
    problem.targets = problem.rows.map { $0.dot([1, -2, 3, 0.5]) }
    let outcome = minimize(
      problem, from: Vector(zeros: 4), using: .onBatches(of: 6, .gradientDescent(rate: 0.1)),
      until: Convergence(gradient: 1e-8), within: Budget(passes: 200))
    #expect(outcome.status.isConverged, "\(outcome.status)")
    #expect((outcome.point - [1, -2, 3, 0.5]).norm < 1e-6)
  }

  @Test func chargesABatchAsAPartOfAPass() {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let outcome = minimize(
      problem, from: Vector(zeros: 3), using: .adam().onBatches(of: 5), within: Budget(iterations: 20),
      certifying: false)
    // One pass at the start, then twenty batches of a tenth.
    #expect(abs(outcome.ledger.passes - 3) < 1e-9)
    #expect(outcome.ledger.gradients == 21)
  }

  /// A refused evaluation leaves everything in its place: the run that goes on is bit for bit the one that was not
  /// interrupted.
  @Test func refusedStepDrawsTheSameBatchAgain() {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let method: Batched<Adam<Sum>> = .onBatches(of: 7, seed: 1, .adam(rate: 0.1))
    let start = Vector<Double>(zeros: 3)
    var whole = Run(problem, from: start, using: method, within: Budget(iterations: 20))
    while whole.next() != nil {}
    var first = Run(problem, from: start, using: method, within: Budget(gradients: 9))
    while first.next() != nil {}
    #expect(first.state.iteration == 8)
    var second = Run(problem, resuming: first.state, using: method, within: Budget(iterations: 12))
    while second.next() != nil {}
    #expect(second.state.current.point == whole.state.current.point)
    #expect(second.state.memory == whole.state.memory)
  }

  @Test func resumes() throws {
    let problem = LeastSquaresSum<Float>(terms: 50, dimension: 3)
    let start = Vector<Float>(zeros: 3)
    for m in [1, 8, 9] {
      #expect(
        try resumesExactly(
          Descent.adam(rate: 0.1).onBatches(of: 7, seed: 1), on: problem, from: start, m: m, n: 13))
    }
  }

  /// A search that fails on a batch does not end the run: the next batch is another function.
  @Test func aBatchWithoutDescentIsPassedOver() throws {
    var problem = LeastSquaresSum<Double>(terms: 4, dimension: 2)
    // The first term is zero everywhere: no direction descends on it.
    problem.rows[0] = [0, 0]
    problem.targets[0] = 0
    let method: MiniBatch<Descent<SteepestDescent<Sum>, Armijo<Double>>> = .onBatches(
      of: 1, .gradientDescent())
    var oracle = Oracle(problem)
    var state = method.start(at: [1, -1], for: problem)
    for _ in 0..<3 {
      for k in 0..<4 {
        let before = state.current.point
        let step = try method.advance(&state, asking: &oracle)
        let isFirstTerm = state.memory.own.order[k] == 0
        #expect((step == .sampled(length: 0, completesPass: k == 3)) == isFirstTerm)
        #expect((state.current.point == before) == isFirstTerm)
      }
    }
    #expect(state.iteration == 9)
  }

  /// A pass whose last batch moves nothing is a pass nevertheless, and the driver looks at the whole after it.
  @Test func aPassMayEndWithABatchThatMovesNothing() throws {
    var problem = LeastSquaresSum<Double>(terms: 6, dimension: 2)
    let method: MiniBatch<Descent<SteepestDescent<Sum>, Armijo<Double>>> = .onBatches(
      of: 1, .gradientDescent())
    var state = method.start(at: [1, -1], for: problem)
    var oracle = Oracle(problem)
    _ = try method.advance(&state, asking: &oracle)
    let last = state.memory.own.order[5]
    problem.rows[last] = [0, 0]
    problem.targets[last] = 0
    oracle = Oracle(problem)
    state = method.start(at: [1, -1], for: problem)
    var steps: [Step<Double>] = []
    for _ in 0..<6 { steps.append(try method.advance(&state, asking: &oracle)) }
    #expect(steps.last == .sampled(length: 0, completesPass: true))
    #expect(steps.filter { if case .sampled(_, true) = $0 { true } else { false } }.count == 1)
  }

  /// What a search finds on a batch is no value of the sum.
  @Test func theValueIsThatOfThePoint() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      typealias Searching<Rule: StepRule> = MiniBatch<Descent<SteepestDescent<LeastSquaresSum<Scalar>>, Rule>>
      where Rule.Scalar == Scalar
      let problem = LeastSquaresSum<Scalar>(terms: 30, dimension: 3)
      let wolfe: Searching<StrongWolfe<Scalar>> = Descent(
        SteepestDescent(), step: StrongWolfe(curvature: 0.1)
      )
      .onBatches(of: 4, seed: 1)
      let armijo: Searching<Armijo<Scalar>> = .onBatches(of: 4, seed: 1, .gradientDescent())
      let methods: [any Solver<LeastSquaresSum<Scalar>>] = [wolfe, armijo]
      for method in methods {
        for count in [1, 5, 12, 40, 200] {
          let outcome = minimize(
            problem, from: [3, 3, 3], using: method, within: Budget(gradients: count))
          #expect(outcome.value == problem.value(at: outcome.point), "\(outcome)")
          #expect(outcome.value <= problem.value(at: [3, 3, 3]))
          #expect(outcome.certificate?.isReproduced == true, "\(outcome)")
        }
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// What is known of the whole at the start is not given away for a batch that the budget refuses.
  @Test func aRefusedBatchLeavesTheStateAsItWas() throws {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let method: Batched<Adam<Sum>> = .onBatches(of: 7, seed: 1, .adam(rate: 0.1))
    let outcome = minimize(problem, from: [5, 5, 5], using: method, within: Budget(gradients: 1))
    #expect(outcome.value == problem.value(at: [5, 5, 5]), "\(outcome)")
    #expect(outcome.point == [5, 5, 5])

    var free = Oracle(problem)
    var state = method.start(at: [5, 5, 5], for: problem)
    for _ in 0..<3 { _ = try method.advance(&state, asking: &free) }
    try free.evaluate(&state.current)
    let before = state
    var exhausted = Oracle(problem, budget: Budget(gradients: 0))
    #expect(throws: Halt<Never>.self) { try method.advance(&state, asking: &exhausted) }
    #expect(state == before)
    #expect(exhausted.problem.batch.isAll)
  }

  /// The start counts among the points that were seen: a rate that is too large does not lose it.
  @Test func theStartIsAmongTheBest() {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let start = minimize(problem, from: [0, 0, 0], using: .bfgs()).point
    for iterations in [1, 3, 20] {
      let outcome = minimize(
        problem, from: start, using: .onBatches(of: 7, .adam(rate: 1)), until: .never,
        within: Budget(iterations: iterations))
      #expect(outcome.value == problem.value(at: start), "\(outcome)")
      #expect(outcome.point == start)
    }
  }

  /// A search that is halted on a batch leaves the best point of the whole in the record.
  @Test func aHaltedSearchLeavesTheBestPoint() {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let method: MiniBatch<Descent<SteepestDescent<Sum>, Armijo<Double>>> = .onBatches(
      of: 7, .gradientDescent())
    var oracle = Oracle(problem, budget: Budget(gradients: 2))
    var state = method.start(at: [5, 5, 5], for: problem)
    #expect(throws: Halt<Never>.self) {
      try oracle.evaluate(&state.current)
      return try method.advance(&state, asking: &oracle)
    }
    #expect(!state.current.isEvaluated && state.current.point == [5, 5, 5])
    #expect(state.best.value == problem.value(at: [5, 5, 5]) && state.best.point == [5, 5, 5])
    #expect(state.memory.own.record.value == nil)
  }

  /// Batches of a problem that is restricted already, to a training set say, are drawn from its terms.
  @Test func aRestrictedProblemStaysRestricted() throws {
    let watched = Watched()
    let split = Batch([9, 1, 7, 3, 5, 0], in: 1..<6)
    let method: Batched<SteepestDescent<Watched>> = .onBatches(of: 2, seed: 3, .gradientDescent(rate: 0.01))
    var oracle = Oracle(watched.restricted(to: split))
    var state = method.start(at: [1], for: oracle.problem)
    for _ in 0..<6 { _ = try method.advance(&state, asking: &oracle) }
    let batches = watched.log.batches.withLock { $0 }
    #expect(batches.map(\.count) == [2, 2, 1, 2, 2, 1])
    for epoch in [batches[..<3], batches[3...]] {
      #expect(epoch.flatMap { $0 }.sorted() == [0, 1, 3, 5, 7])
    }
    #expect(oracle.problem.batch == split)
    #expect(abs(oracle.ledger.passes - 1) < 1e-12)

    // A run on the split is a run on a problem that has no other terms.
    let whole = LeastSquaresSum<Double>(terms: 60, dimension: 3)
    let terms = Array(40..<60)
    var alone = whole
    alone.rows = Array(whole.rows[40...])
    alone.targets = Array(whole.targets[40...])
    let adam: Batched<Adam<Sum>> = .onBatches(of: 6, seed: 1, .adam(rate: 0.1))
    let budget = Budget(iterations: 30)
    let onSplit = minimize(whole.restricted(to: Batch(terms)), from: [3, 3, 3], using: adam, within: budget)
    let onItsOwn = minimize(alone, from: [3, 3, 3], using: adam, within: budget)
    #expect(onSplit.point == onItsOwn.point)
    #expect(onSplit.value == onItsOwn.value)
  }

  /// The orders and Hutchinson's probes of one seed have no random word in common.
  @Test func ordersAndProbesShareNoStream() throws {
    let problem = Watched()
    let method: Batched<SteepestDescent<Watched>> = .onBatches(of: 4, .gradientDescent(rate: 0.01))
    var oracle = Oracle(problem)
    var state = method.start(at: [1], for: problem)
    for epoch in 0..<5 {
      for _ in 0..<3 { _ = try method.advance(&state, asking: &oracle) }
      var generator = RandomGenerator(seed: 0, stream: UInt64(epoch))
      #expect(state.memory.own.order != generator.permutation(10))
    }
  }

  /// A checkpoint that contradicts itself is an error of the decoder, not a crash of the run.
  @Test(
    arguments: [
      ["position": -1], ["position": 51], ["epoch": -1], ["order": [0, -1]], ["epoch": 0, "position": 7],
    ] as [[String: any Sendable]])
  func aCheckpointThatContradictsItselfIsRefused(changes: [String: any Sendable]) throws {
    let problem = LeastSquaresSum<Double>(terms: 50, dimension: 3)
    let method: Batched<Adam<Sum>> = .onBatches(of: 7, .adam())
    var oracle = Oracle(problem)
    var state = method.start(at: [1, 1, 1], for: problem)
    for _ in 0..<3 { _ = try method.advance(&state, asking: &oracle) }
    let code = try JSONEncoder().encode(state.memory.own)
    var entries = try #require(try JSONSerialization.jsonObject(with: code) as? [String: Any])
    func decode() throws -> Batched<Adam<Sum>>.Own {
      try JSONDecoder().decode(
        Batched<Adam<Sum>>.Own.self, from: JSONSerialization.data(withJSONObject: entries))
    }
    #expect(try decode() == state.memory.own)
    entries.merge(changes) { _, new in new }
    #expect(throws: DecodingError.self) { try decode() }
  }

  /// b terms at a time, k times: the mean of the gradients is that of one batch of k·b terms.
  @Test func accumulatedGradientsAreThoseOfALargerBatch() throws {
    let problem = LeastSquaresSum<Double>(terms: 24, dimension: 3)
    let method: Batched<SteepestDescent<Sum>> = .onBatches(of: 12, seed: 5, .gradientDescent(rate: 0.1))
    var oracle = Oracle(problem)
    var state = method.start(at: [1, 2, 3], for: problem)
    for _ in 0..<4 {
      let before = state.current.point
      _ = try method.advance(&state, asking: &oracle)
      let end = state.memory.own.position
      var (sum, gradient) = (Vector<Double>(zeros: 3), Vector<Double>(zeros: 3))
      for k in stride(from: end - 12, to: end, by: 4) {
        let part = problem.restricted(to: Batch(state.memory.own.order, in: k..<k + 4))
        _ = part.valueAndGradient(at: before, into: &gradient)
        sum += gradient
      }
      #expect((state.current.point - (before - (0.1 / 3) * sum)).norm < 1e-14)
    }
  }

  /// A run on batches that goes on with all terms keeps its lowest point, as any run on all terms does.
  @Test func goesOnWithAllTermsAndKeepsTheLowest() throws {
    let problem = Sum(terms: 40, dimension: 4)
    var method: Batched<Momentum<Sum>> = .onBatches(of: 10, seed: 1, .momentum(rate: 1e-3, momentum: 0.99))
    var first = Run(
      problem, from: Vector(zeros: 4), using: method, until: .never, within: Budget(iterations: 8))
    while first.next() != nil {}
    method.size = 40
    // With so much momentum it swings through the minimum.
    method.base.rule.rate = 0.1
    var run = Run(
      problem, resuming: first.state, using: method, until: .never, within: Budget(iterations: 60))
    var least = Double.infinity
    while let progress = run.next() {
      if progress.state.current.isEvaluated { least = min(least, progress.state.current.value) }
    }
    #expect(least < run.state.current.value)
    #expect(run.outcome(certifying: false).value == least)
  }

  /// Where the rate has come to zero the answer says that the steps change nothing.
  @Test func saysThatARateOfZeroChangesNothing() {
    let problem = Sum(terms: 40, dimension: 4)
    let method: MiniBatch<Descent<SteepestDescent<Sum>, Scheduled<Double>>> = .onBatches(
      of: 10, seed: 1, .gradientDescent(rate: .cosine(from: 1e-3, over: 10)))
    let outcome = minimize(problem, from: Vector(zeros: 4), using: method, within: Budget(iterations: 10_000))
    guard case .stalled(.noChange) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test func standsInOneArrayWithTheFullMethod() {
    let problem = LeastSquaresSum<Double>(terms: 64, dimension: 3)
    let solvers: [any Solver<LeastSquaresSum<Double>>] = [
      .gradientDescent(rate: 0.1), .onBatches(of: 8, seed: 1, .adam(rate: 0.01)),
      .onBatches(of: 16, .momentum(rate: 0.01)), .adam(rate: 0.01).onBatches(of: 8),
    ]
    for solver in solvers {
      let outcome = minimize(problem, from: [5, 5, 5], using: solver, within: Budget(passes: 50))
      #expect(outcome.value < problem.value(at: [5, 5, 5]) / 2, "\(type(of: solver))")
    }
  }

  @Test func refusesBadHyperParameters() {
    let base = Descent<Adam<Watched>, Constant<Double>>.adam()
    #expect(base.onBatches(of: 0).complaint?.contains("size is 0") == true)
    #expect(
      Descent<Adam<Watched>, Constant<Double>>.adam(rate: Double.nan).onBatches(of: 4).complaint?
        .contains("rate is nan") == true)
    #expect(base.onBatches(of: 4).complaint == nil)
  }

  /// A method that draws its terms cannot be handed some of them.
  @Test func refusesAMethodThatDrawsItsTerms() {
    let problem = LeastSquaresSum<Double>(terms: 30, dimension: 3)
    for method in [
      .onBatches(of: 5, .onBatches(of: 3, .adam())), .onBatches(of: 5, .saga(rate: 0.1)),
      .onBatches(of: 5, .svrg(rate: 0.1)), .onBatches(of: 5, .averaged(.onBatches(of: 3, .adam()))),
    ] as [any Solver<LeastSquaresSum<Double>>] {
      let outcome = minimize(problem, from: [3, 3, 3], using: method)
      guard case .refused(let sentence) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(sentence.contains("chooses its terms itself"), "\(sentence)")
    }
  }

  /// The gradients at two points are on batches those of two functions, whose difference is no curvature.
  @Test func refusesAMethodThatComparesGradients() {
    let problem = LeastSquaresSum<Double>(terms: 30, dimension: 3)
    for method in [
      .onBatches(of: 5, .lbfgs()), .onBatches(of: 5, .bfgs()),
    ] as [any Solver<LeastSquaresSum<Double>>] {
      let outcome = minimize(problem, from: [3, 3, 3], using: method)
      guard case .refused(let sentence) = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(sentence.contains("batch"), "\(sentence)")
      #expect(sentence.contains(".adam()"), "\(sentence)")
    }
  }
}
