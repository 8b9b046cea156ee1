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
      #expect(step == .sampled(length: 0.1, completesPass: state.memory.position == 20))
      let range = (state.memory.position > 16 ? 16 : state.memory.position - 8)..<state.memory.position
      method.step(&expected, on: problem.restricted(to: Batch(state.memory.order, in: range)))
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
        let isFirstTerm = state.memory.order[k] == 0
        #expect((step == .rejected) == isFirstTerm)
        #expect((state.current.point == before) == isFirstTerm)
      }
    }
    #expect(state.iteration == 9)
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
}
