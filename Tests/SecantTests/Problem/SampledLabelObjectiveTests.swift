import Secant
import Testing

@Suite struct SampledLabelObjectiveTests {
  typealias Problem = TwoLayers<Double>
  let problem = Problem(hidden: 2)

  /// Labels that the model draws pull no way on average, and their gradients' squares are the Fisher information: Bartlett's
  /// two identities, the second held against its product with a vector.
  @Test func satisfiesBartlettsIdentities() {
    let x = problem.start
    let v = Vector<Double>(x.indices.map { Double.cos(Double($0)) })
    var (g, mean, Fv) = (x, Vector<Double>(zeros: x.count), x)
    problem.fisher(times: v, at: x, into: &Fv)
    var generator = RandomGenerator(seed: 11)
    let draws = 20_000
    var squares = 0.0
    for _ in 0..<draws {
      problem.gradientOfSampledLabels(at: x, from: &generator, into: &g)
      mean.add(g, times: 1 / Double(draws))
      squares += g.dot(v) * g.dot(v) * Double(problem.termCount) / Double(draws)
    }
    // Of a mean of normal numbers: five standard deviations.
    let vᵀFv = v.dot(Fv)
    #expect(abs(mean.dot(v)) < 5 * (vᵀFv / Double(problem.termCount * draws)).squareRoot())
    #expect(abs(squares - vᵀFv) < 5 * vᵀFv * (2 / Double(draws)).squareRoot())
  }

  /// A draw costs a gradient and the batch's part of a pass, and the same generator draws the same labels.
  @Test func isChargedAsAGradient() throws {
    var batched = problem
    batched.batch = Batch([1, 4, 7])
    var oracle = Oracle(batched)
    var (first, second) = (problem.start, problem.start)
    var generator = RandomGenerator(seed: 2)
    var same = RandomGenerator(seed: 2)
    try oracle.gradientOfSampledLabels(at: problem.start, from: &generator, into: &first)
    #expect(oracle.ledger.gradients == 1 && oracle.ledger.passes == 3 / 12)
    try oracle.gradientOfSampledLabels(at: problem.start, from: &same, into: &second)
    #expect(first == second)
    try oracle.gradientOfSampledLabels(at: problem.start, from: &generator, into: &second)
    #expect(first != second)
  }

  /// What the budget refuses is not drawn: the gradient and the generator stay as they were.
  @Test func budgetRefusesADraw() {
    var oracle = Oracle(problem, budget: Budget(gradients: 0))
    var g = Vector<Double>(zeros: problem.start.count)
    var generator = RandomGenerator(seed: 2)
    var untouched = RandomGenerator(seed: 2)
    #expect(throws: Halt<Never>.self) {
      try oracle.gradientOfSampledLabels(at: problem.start, from: &generator, into: &g)
    }
    #expect(g == Vector(zeros: g.count) && oracle.ledger.gradients == 0)
    #expect(generator.next() == untouched.next())
  }

  /// A gradient of another size is not taken: the run ends and says so.
  @Test func refusesAGradientOfAnotherSize() {
    let outcome = minimize(
      Misfit(base: problem), from: problem.start, using: .sophiaG(interval: 1), until: .never,
      within: Budget(iterations: 5), certifying: false)
    #expect(!outcome.status.isConverged && outcome.iterations < 5)
  }
}

/// Answers a draw with too short a vector.
private struct Misfit: SampledLabelObjective {
  var base: TwoLayers<Double>
  var termCount: Int { base.termCount }
  var batch: Batch {
    get { base.batch }
    set { base.batch = newValue }
  }

  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    base.valueAndGradient(at: x, into: &gradient)
  }

  func gradientOfSampledLabels(
    at x: Vector<Double>, from generator: inout RandomGenerator, into gradient: inout Vector<Double>
  ) { gradient = [1] }
}
