import Foundation
import Secant
import Testing

@Suite struct RunTests {
  struct Rosenbrock: TwiceDifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      let (a, b) = (1 - x[0], x[1] - x[0] * x[0])
      gradient[0] = -2 * a - 400 * x[0] * b
      gradient[1] = 200 * b
      return a * a + 100 * b * b
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian[0, 0] = 2 - 400 * (x[1] - 3 * x[0] * x[0])
      hessian[0, 1] = -400 * x[0]
      hessian[1, 0] = -400 * x[0]
      hessian[1, 1] = 200
    }
  }

  static let methods: [Named<Rosenbrock>] =
    searchingMethods() + ratedMethods(rate: 1e-3) + curvatureMethods()

  // MARK: Budgets

  @Test(arguments: methods, [0, 1, 2, 3, 7, 12])
  func noMethodOverrunsABudgetOfGradients(_ named: Named<Rosenbrock>, limit: Int) {
    let outcome = minimize(
      Rosenbrock(), from: [-1.2, 1], using: named.method, until: .never, within: Budget(gradients: limit))
    #expect(outcome.ledger.gradients <= limit)
    guard case .exhausted(.gradients) = outcome.status else {
      Issue.record("\(named): \(outcome.status)")
      return
    }
    if limit > 0 { #expect(outcome.value == Rosenbrock().value(at: outcome.point)) }
  }

  @Test func everyCurrencyIsAHardLimit() {
    func run(_ budget: Budget, _ method: some Solver<Rosenbrock>) -> Outcome<Rosenbrock> {
      minimize(Rosenbrock(), from: [-1.2, 1], using: method, until: .never, within: budget)
    }
    #expect(run(Budget(iterations: 5), .lbfgs()).ledger.iterations == 5)
    #expect(run(Budget(hessians: 3), .newton()).ledger.hessians == 3)
    #expect(run(Budget(factorisations: 3), .newton()).ledger.factorisations == 3)
    #expect(run(Budget(hessianVectorProducts: 7), .newtonCG()).ledger.hessianVectorProducts == 7)
    #expect(run(Budget(passes: 9), .trustRegion()).ledger.passes <= 9)
    let flops = run(Budget(flops: 20), .newton())
    #expect(flops.ledger.flops <= 20)
    guard case .exhausted(.flops) = flops.status else {
      Issue.record("\(flops.status)")
      return
    }
  }

  struct Slow: DifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      let clock = ContinuousClock()
      let end = clock.now + .milliseconds(5)
      while clock.now < end {}
      gradient[0] = 2e-3 * x[0]
      return 1e-3 * x[0] * x[0]
    }
  }

  @Test func aDeadlineReturnsTheBestPointSoFar() {
    let outcome = minimize(
      Slow(), from: [1], using: .gradientDescent(rate: 1e-3), within: Budget(seconds: 0.05), certifying: false
    )
    guard case .exhausted(.seconds) = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
    #expect(outcome.value < 1e-3)
    #expect(outcome.ledger.gradients >= 2)
  }

  // MARK: Errors, cancellation, observers

  struct Fragile: DifferentiableObjective {
    enum Trouble: Error { case broken }
    final class Counter { var count = 0 }
    let counter = Counter()
    let limit: Int
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) throws(Trouble) -> Double
    {
      counter.count += 1
      if counter.count > limit { throw .broken }
      return Rosenbrock().valueAndGradient(at: x, into: &gradient)
    }
  }

  @Test(arguments: [1, 2, 5, 20])
  func aProblemThatThrowsLosesNothing(limit: Int) {
    let outcome = minimize(Fragile(limit: limit), from: [-1.2, 1], using: .lbfgs())
    guard case .failed(.broken) = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
    #expect(outcome.value <= 24.2)
    #expect(outcome.value == Rosenbrock().value(at: outcome.point))
    #expect(throws: Fragile.Trouble.broken) { try outcome.get() }
  }

  @Test func whatCouldNotBeEvaluatedIsNotSpokenOf() {
    let failed = minimize(Fragile(limit: 0), from: [-1.2, 1], using: .lbfgs())
    #expect("\(failed)" == "The problem threw broken after 0 steps.")
    let exhausted = minimize(Rosenbrock(), from: [-1.2, 1], using: .lbfgs(), within: Budget(gradients: 0))
    #expect(!"\(exhausted)".contains("  "))
  }

  // MARK: Answers of another size

  struct Misshapen: TwiceDifferentiableObjective, ResidualObjective {
    let gradientCount: Int
    let hessianRows: Int
    var residualCount: Int { 2 }
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient = Vector(repeating: 1, count: gradientCount)
      return x.squaredNorm
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      hessian = Matrix(identity: hessianRows)
    }
    func residuals(at x: Vector<Double>, into residuals: inout Vector<Double>) {}
    func residualsAndJacobian(
      at x: Vector<Double>, into residuals: inout Vector<Double>, _ jacobian: inout Matrix<Double>
    ) {
      residuals = Vector(repeating: 1, count: gradientCount)
      jacobian = Matrix(identity: hessianRows)
    }
  }

  static let misshapenMethods: [Named<Misshapen>] =
    searchingMethods() + ratedMethods(rate: 1e-3) + curvatureMethods()

  @Test(arguments: misshapenMethods, [0, 1, 3])
  func aGradientOfAnotherLengthIsRefused(_ named: Named<Misshapen>, count: Int) {
    let outcome = minimize(
      Misshapen(gradientCount: count, hessianRows: 2), from: [3, 4], using: named.method)
    guard case .refused(let sentence) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(sentence.contains("valueAndGradient(at:into:)"))
    #expect(outcome.point == [3, 4])
  }

  @Test(arguments: [1, 3]) func aHessianOfAnotherSizeIsRefused(rows: Int) {
    let methods: [any Solver<Misshapen>] = [
      .newton(), .negativeCurvatureNewton(), .newtonCG(), .trustRegion(), .exactTrustRegion(),
      .cubicRegularization(),
      .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen()),
    ]
    for method in methods {
      let outcome = minimize(Misshapen(gradientCount: 2, hessianRows: rows), from: [3, 4], using: method)
      #expect(outcome.status.label == "refused", "\(type(of: method)): \(outcome)")
      #expect("\(outcome)".contains("of another size"))
    }
  }

  struct Sized: DifferentiableObjective {
    let dimension: Int?
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double { 0 }
  }

  @Test func aDimensionBelowOneIsTheProblems() {
    let outcome = minimize(Sized(dimension: -2), from: [1, 2], using: .lbfgs())
    #expect("\(outcome)" == "Not started. The problem says that it has -2 variables; it needs at least 1.")
  }

  @Test func aStateWhosePointsDoNotGoTogetherIsRefused() {
    struct Bowl: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        gradient.set(x, times: 2)
        return x.squaredNorm
      }
    }
    var run = Run(Bowl(), from: [1, 2], using: .bfgs(), until: .never)
    for _ in 0..<2 { run.advance() }
    var state = run.state
    state.current = Iterate([1, 2, 3])
    var resumed = Run(Bowl(), resuming: state, using: .bfgs())
    #expect(resumed.next() == nil)
    #expect("\(resumed.outcome())".contains("has 3 elements and another of its points or gradients 2"))
  }

  @Test func aCancelledTaskReturnsTheBestPointSoFar() async {
    let task = Task {
      while !Task.isCancelled { await Task.yield() }
      let outcome = minimize(Rosenbrock(), from: [-1.2, 1], using: .gradientDescent(rate: 1e-4))
      return outcome.status.label + " \(outcome.point.count)"
    }
    task.cancel()
    #expect(await task.value == "stopped 2")
  }

  @Test func anObserverSeesEveryStepAndCanStop() {
    var seen: [Int] = []
    let outcome = minimize(
      Rosenbrock(), from: [-1.2, 1], using: .lbfgs(),
      observing: { progress in
        seen.append(progress.iteration)
        return progress.iteration < 4
      })
    #expect(seen == [0, 1, 2, 3, 4])
    guard case .stopped(.observer) = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
  }

  @Test func aRunIsASequence() {
    let values = Run(Rosenbrock(), from: [-1.2, 1], using: .newton()).map { $0.value! }
    #expect(values.first == 24.199999999999996)
    #expect(values.last! < 1e-10)
    #expect(values.count > 5)
  }

  // MARK: Resuming

  /// A run that is interrupted between two steps, encoded and resumed ends where and when the whole one does.
  @Test(arguments: methods, [1, 2, 5, 11, 20])
  func aResumedRunEndsAsTheWholeOneDoes(_ named: Named<Rosenbrock>, steps: Int) throws {
    func check<M: Solver<Rosenbrock>>(_ method: M) throws {
      let budget = Budget(iterations: 2_000)
      var whole = Run(Rosenbrock(), from: [-1.2, 1], using: method, within: budget)
      while !whole.isOver { whole.advance() }
      var half = Run(Rosenbrock(), from: [-1.2, 1], using: method, within: Budget(iterations: steps))
      while !half.isOver { half.advance() }
      let code = try JSONEncoder().encode(half.state)
      let state = try JSONDecoder().decode(State<Double, M.Memory>.self, from: code)
      var resumed = Run(Rosenbrock(), resuming: state, using: method, within: Budget(iterations: 4_000))
      while !resumed.isOver, resumed.state.iteration < whole.state.iteration { resumed.advance() }
      #expect(resumed.state.current == whole.state.current)
      #expect(
        resumed.outcome().status.label == whole.outcome().status.label || whole.state.iteration == 2_000)
    }
    try check(named.method)
  }

  // MARK: The value and the point

  @Test(arguments: methods)
  func theValueIsThatOfThePointAndTheBestSeen(_ named: Named<Rosenbrock>) {
    func watched(_ method: some Solver<Rosenbrock>) -> (Outcome<Rosenbrock>, best: Double) {
      var best = Double.infinity
      let outcome = minimize(
        Rosenbrock(), from: [-1.2, 1], using: method, within: Budget(iterations: 300),
        observing: { progress in
          best = min(best, progress.value ?? .infinity)
          return true
        })
      return (outcome, best)
    }
    let (outcome, best) = watched(named.method)
    #expect(outcome.value == Rosenbrock().value(at: outcome.point))
    // A converged run answers with the point where the criterion holds, which rounding may put above another.
    #expect(outcome.status.isConverged ? outcome.value <= best + 1e-12 : outcome.value <= best)
    #expect(outcome.certificate?.isReproduced == true)
  }

  /// x − log x: not a number for x < 0, where a search must step back.
  struct Barrier: DifferentiableObjective {
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient[0] = 1 - 1 / x[0]
      return x[0] > 0 ? x[0] - Double.log(x[0]) : .nan
    }
  }

  @Test(arguments: searchingMethods() as [Named<Barrier>], [1e-3, 0.5, 30])
  func aSearchStepsBackFromWhatIsNotANumber(_ named: Named<Barrier>, start: Double) {
    let outcome = minimize(Barrier(), from: [start], using: named.method)
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(abs(outcome.point[0] - 1) < 1e-5)
  }

  // MARK: Refusals

  struct OfTwo: DifferentiableObjective {
    let dimension: Int? = 2
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      gradient.set(x, times: 2)
      return x.dot(x)
    }
  }

  @Test func whatMakesNoSenseIsRefusedByName() {
    func refusal(
      from start: Vector<Double> = [1, 1],
      _ method: some Solver<OfTwo> = Descent(SteepestDescent(), step: Armijo()),
      until convergence: Convergence<Double> = .init(), within budget: Budget = .init()
    ) -> String {
      let outcome = minimize(OfTwo(), from: start, using: method, until: convergence, within: budget)
      guard case .refused(let sentence) = outcome.status else { return "not refused: \(outcome)" }
      #expect(outcome.ledger == Ledger())
      return sentence
    }
    struct None: ResidualObjective, FiniteSumObjective {
      var residualCount = 1
      var termCount = 1
      var batch = Batch.all
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) { r[0] = x[0] }
      func residualsAndJacobian(
        at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
      ) {
        r[0] = x[0]
        J[0, 0] = 1
      }
      func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
        gradient[0] = x[0]
        return x[0] * x[0] / 2
      }
    }
    func complaint(_ problem: None, _ method: some Solver<None>) -> String {
      guard case .refused(let sentence) = minimize(problem, from: [1], using: method).status else {
        return ""
      }
      return sentence
    }
    for method in [
      .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen()), .lbfgs(),
      .levenbergMarquardt(),
    ] as [any Solver<None>] {
      #expect(complaint(None(residualCount: -1), method).contains("-1 residuals; it needs at least 1"))
    }
    for count in [-5, 0] {
      #expect(
        complaint(None(termCount: count), .adam().onBatches(of: 2)).contains(
          "\(count) terms; it needs at least 1"))
      #expect(complaint(None(termCount: count), .lbfgs()).contains("\(count) terms"))
    }
    #expect(complaint(None(), .lbfgs()).isEmpty)
    #expect(refusal(from: []).contains("starting point is empty"))
    #expect(refusal(from: [1, 2, 3]).contains("has 3 elements and the problem 2 variables"))
    #expect(refusal(from: [1, .nan]).contains("Element 1 of the starting point is nan"))
    #expect(refusal(.lbfgs(memory: 0)).contains("memory is 0"))
    #expect(refusal(.lbfgs(memory: .max)).contains("memory is"))
    #expect(refusal(Descent(Adam(), step: Constant(rate: .nan))).contains("rate"))
    #expect(refusal(until: Convergence(gradient: .nan)).contains("gradient"))
    #expect(refusal(within: Budget(seconds: -1)).contains("seconds"))
    #expect(refusal(within: Budget(passes: .nan)).contains("passes"))
  }

  // MARK: Scale

  struct Scaled: TwiceDifferentiableObjective {
    let factor: Double
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
      let value = Rosenbrock().valueAndGradient(at: x, into: &gradient)
      gradient.scale(by: factor)
      return factor * value
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
      Rosenbrock().hessian(at: x, into: &hessian)
      for i in 0..<2 { for j in 0..<2 { hessian[i, j] *= factor } }
    }
  }

  @Test(
    arguments: searchingMethods().dropFirst() + curvatureMethods() as [Named<Scaled>],
    [1e-10, 1e-5, 1e5, 1e10])
  func aFunctionMultipliedByAConstantHasTheSameMinimum(_ named: Named<Scaled>, factor: Double) {
    let outcome = minimize(Scaled(factor: factor), from: [-1.2, 1], using: named.method)
    // An absolute threshold may lie below the last digit of the greatest gradient, which is as far as it can fall.
    let hasFallenThroughAllDigits = (outcome.certificate?.relativeStationarity ?? 1) <= .ulpOfOne
    #expect(outcome.status.isConverged || hasFallenThroughAllDigits, "\(named): \(outcome)")
    #expect((outcome.point - [1, 1]).norm < 1e-3, "\(named): \(outcome)")
  }
}
