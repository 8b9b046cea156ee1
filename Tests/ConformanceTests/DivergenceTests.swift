import Secant
import SecantProblems
import Testing

/// A rate far too large is told as such: the status says that the run diverged, after which step, and what to do.
@Suite struct DivergenceTests {
  /// These choose their own steps, or their rate is not the one given here.
  private static let unrated = [
    "Polyak's step", "AdaDelta", "Rprop", "DoG", "Prodigy", "Muon, PyTorch", "Muon, Moonlight",
    "gradient descent, Armijo, on batches", "gradient descent, strong Wolfe, on batches",
    "trust region on batches", "exponential average of gradient descent, Armijo",
    // No rate of theirs is above 1/√t.
    "Adafactor", "Adafactor, first moment", "Adafactor, PyTorch",
  ]

  private func expectDivergence<Method: Solver>(
    of method: Method, named name: String, on problem: Method.Problem,
    from start: Vector<Method.Problem.Scalar>
  ) {
    var run = Run(problem, from: start, using: method, within: Budget(iterations: 200))
    var values: [Int: Method.Problem.Scalar] = [:]
    while let progress = run.next() { values[progress.iteration] = progress.value }
    let outcome = run.outcome()
    switch outcome.status {
    case .diverged(let divergence):
      #expect(outcome.status.label == "diverged")
      #expect(divergence.iteration > 0 && divergence.iteration <= outcome.iterations, "\(name): \(outcome)")
      // What the sentence names is what was seen there, and before it nothing of the kind.
      #expect(divergence.valueAtStart == values[0], "\(name)")
      if let seen = values[divergence.iteration] { #expect(divergence.value == seen, "\(name)") }
      let earlier = values.filter { $0.key < divergence.iteration }
      let below = earlier.filter { $0.value < divergence.valueAtStart }.keys.max() ?? 0
      for (step, value) in earlier where step > below { #expect(value < divergence.value, "\(name)") }
      #expect(outcome.sentence.contains("after \(divergence.iteration) step"), "\(name): \(outcome)")
    case .nonFinite(let nonFinite):
      #expect(nonFinite.iteration > 0 && nonFinite.iteration <= outcome.iterations, "\(name): \(outcome)")
      #expect(nonFinite.place != .step, "\(name): \(outcome)")
      #expect(outcome.sentence.contains("after \(nonFinite.iteration) step"), "\(name): \(outcome)")
    default: Issue.record("\(name): \(outcome)")
    }
    #expect(outcome.sentence.hasPrefix("Diverged: "), "\(name): \(outcome)")
    #expect(outcome.sentence.contains("Try a smaller rate"), "\(name): \(outcome)")
    // The best point is still the answer.
    #expect(outcome.value <= problemValue(problem, start), "\(name): \(outcome)")
  }

  private func problemValue<P: DifferentiableObjective>(_ problem: P, _ x: Vector<P.Scalar>) -> P.Scalar {
    (try? problem.value(at: x)) ?? .nan
  }

  private func expectDivergence<P: DifferentiableObjective>(
    of entries: [Entry<P>], on problem: P, from start: Vector<P.Scalar>
  ) {
    for entry in entries where !Self.unrated.contains(entry.name) {
      func check<Method: Solver<P>>(_ method: Method) {
        expectDivergence(of: method, named: entry.name, on: problem, from: start)
      }
      check(entry.method)
    }
  }

  @Test func everyMethodWithARateOnRosenbrock() {
    let double = Rosenbrock<Double>()
    expectDivergence(of: ratedMethods(rate: 1e4), on: double, from: double.start)
    let float = Rosenbrock<Float>()
    expectDivergence(of: ratedMethods(rate: 1e4), on: float, from: float.start)
  }

  @Test func everyMethodWithARateOnLogisticRegression() throws {
    let problem = try LogisticRegression<Double>(DataSet.Shipped.breastCancer.binaryTraining())
    expectDivergence(of: ratedMethods(rate: 1e6), on: problem, from: Vector(zeros: 31))
  }

  @Test func everyMethodWithARateOnAPerceptron() throws {
    let problem = try MultilayerPerceptron<Double>(DataSet.Shipped.iris.training(), widths: [8])
    expectDivergence(
      of: ratedMethods(rate: 1e4) + structuredMethods(rate: 1e4, in: problem.layout), on: problem,
      from: problem.start(seed: 1))
  }

  /// Those whose rate is bounded, or is their own, unless they are told otherwise.
  @Test func methodsThatTakeTheRateOtherwise() throws {
    let problem = try MultilayerPerceptron<Double>(DataSet.Shipped.iris.training(), widths: [8])
    func entry(
      _ name: String, _ method: any Solver<MultilayerPerceptron<Double>>
    ) -> Entry<MultilayerPerceptron<Double>> { Entry(name: name, method: method, searches: false) }
    expectDivergence(
      of: [
        entry("AdaDelta, its rate", .adaDelta(rate: 1e6)),
        entry("Adafactor, a constant rate", .adafactor(rate: .constant(1e4))),
        entry("Muon, PyTorch, its rate", .torchMuon(rate: 1e4)),
        entry("Muon, Moonlight, its rate", .moonlight(rate: 1e4)),
        entry("K-FAC, unbounded", .kfac(rate: 1e4, divergence: nil)),
        entry("K-FAC, unbounded, with a schedule", .kfac(rate: .constant(1e4), divergence: nil)),
      ], on: problem, from: problem.start(seed: 1))
  }

  /// With sensible rates none diverges, though some go uphill for a while.
  @Test func noneDivergesWithASensibleRate() throws {
    let problem = try MultilayerPerceptron<Double>(DataSet.Shipped.iris.training(), widths: [8])
    let entries: [Entry<MultilayerPerceptron<Double>>] =
      ratedMethods(rate: 0.01) + structuredMethods(rate: 0.01, in: problem.layout)
    for entry in entries {
      func check<Method: Solver<MultilayerPerceptron<Double>>>(_ method: Method) {
        let outcome = minimize(
          problem, from: problem.start(seed: 1), using: method, within: Budget(iterations: 30))
        if case .diverged = outcome.status { Issue.record("\(entry.name): \(outcome)") }
        if case .nonFinite = outcome.status { Issue.record("\(entry.name): \(outcome)") }
      }
      check(entry.method)
    }
  }

  /// What comes below the start again has not diverged, whatever happened between.
  @Test func aRunThatComesBackHasNotDiverged() throws {
    let problem = Quadratic<Double>(dimension: 1, conditionNumber: 1)
    let start: Vector<Double> = [101]
    let method = Descent(
      SteepestDescent<Quadratic<Double>>(), step: Scheduled(.cosine(from: 5, to: 0.5, over: 6)))
    func status(after steps: Int) -> Status<Double, Never> {
      minimize(problem, from: start, using: method, within: Budget(iterations: steps)).status
    }
    var run = Run(problem, from: start, using: method, within: Budget(iterations: 100))
    let first = try #require(run.next()?.value)
    var values: [Double] = []
    while values.last ?? .infinity >= first { values.append(try #require(run.next()?.value)) }
    // Up by (1 − 5)², and below the start some steps later.
    #expect(values[0] > 15 * first && values.count > 2)
    guard case .diverged(let divergence) = status(after: values.count - 1) else {
      Issue.record("it had not come back yet")
      return
    }
    #expect(divergence == status(after: 1).divergence && divergence.iteration == 1)
    #expect(status(after: values.count).divergence == nil)
  }
}

extension Status {
  fileprivate var divergence: Divergence<Scalar>? {
    if case .diverged(let divergence) = self { divergence } else { nil }
  }
}
