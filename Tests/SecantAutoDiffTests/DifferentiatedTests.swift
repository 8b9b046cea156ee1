import CAllocationCounter
import SecantAutoDiff
import SecantProblems
import Testing

struct ExtendedRosenbrock<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction, Sendable
where Scalar.Scalar == Scalar {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    var sum: Number = 0
    for i in stride(from: 0, to: x.count, by: 2) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      sum += 100 * a * a + b * b
    }
    return sum
  }
}

@Suite struct DifferentiatedTests {
  @Test func gradientAndProductsAreThoseByHand() {
    let hand = TestProblem<Double>.extendedRosenbrock(10)
    let taped = Differentiated(ExtendedRosenbrock<Double>())
    let x = hand.start
    let v = Vector((0..<10).map { 1 / Double($0 + 1) })
    var (g, ĝ) = (x, x)
    let (f, f̂) = (hand.valueAndGradient(at: x, into: &g), taped.valueAndGradient(at: x, into: &ĝ))
    #expect(abs(f - f̂) <= 1e-14 * f)
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
    hand.hessian(times: v, at: x, into: &g)
    taped.hessian(times: v, at: x, into: &ĝ)
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
  }

  @Test func threeLinesFromAFormulaToACertifiedMinimum() {
    let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
    #expect(outcome.status.isConverged)
  }

  @Test(.enabled(if: !_isDebugAssertConfiguration()), arguments: [2, 10, 1000])
  func aSecondEvaluationAllocatesNothing(n: Int) {
    func check<Scalar: LAPACKScalar & DifferentiableNumber>(_: Scalar.Type) where Scalar.Scalar == Scalar {
      let problem = Differentiated(ExtendedRosenbrock<Scalar>())
      var x = Vector<Scalar>((0..<n).map { $0.isMultiple(of: 2) ? -1.2 : 1 })
      let v = Vector(x.map { $0 + 1 })
      var (g, p) = (x, x)
      _ = problem.valueAndGradient(at: x, into: &g)
      problem.hessian(times: v, at: x, into: &p)
      // The second evaluation records once more, to see whether the formula is the same; the third is a replay.
      for _ in 2...3 {
        x[0] += 0.25
        secant_count_allocations()
        _ = problem.valueAndGradient(at: x, into: &g)
        problem.hessian(times: v, at: x, into: &p)
        let allocations = secant_allocations_counted()
        #expect(allocations == 0)
      }
    }
    check(Double.self)
    check(Float.self)
  }

  /// Every way to evaluate, where nothing is replayed as well.
  @Test(.enabled(if: !_isDebugAssertConfiguration())) func noOtherEvaluationAllocatesEither() {
    func check(_ name: String, _ problem: some TwiceDifferentiableObjective<Double>) throws {
      let n = 10
      var x = Vector<Double>((0..<n).map { $0.isMultiple(of: 2) ? -1.2 : 1 })
      let v = Vector(x.map { $0 + 1 })
      var (g, p, H) = (x, x, Matrix<Double>(zeros: n, n))
      for k in 1...6 {
        x[0] += 0.25
        secant_count_allocations()
        _ = try problem.value(at: x)
        _ = try problem.valueAndGradient(at: x, into: &g)
        try problem.hessian(times: v, at: x, into: &p)
        try problem.hessian(at: x, into: &H)
        let allocations = secant_allocations_counted()
        if k > 1 { #expect(allocations == 0, "evaluation \(k) of \(name)") }
      }
    }
    let function = ExtendedRosenbrock<Double>()
    #expect(throws: Never.self) {
      try check("a function", Differentiated(function))
      try check("a function that is not replayed", Differentiated(function, replaying: false))
      try check("a function with branches", Differentiated(Turning(), replaying: false))
      try check("duals", ForwardDifferentiated(function))
      try check("a closure", Traced { x in ExtendedRosenbrock<Double>()._taped(x) })
      try check(
        "a closure that is replayed", Traced(replaying: true) { ExtendedRosenbrock<Double>()._taped($0) })
    }
  }

  /// A branch that goes elsewhere at each evaluation records, and after a while plans nothing.
  @Test(.enabled(if: !_isDebugAssertConfiguration())) func branchesThatChangeAllTheTimeAllocateNothing() {
    let problem = Differentiated(Turning())
    var x = Vector<Double>(repeating: 1, count: 10)
    var g = x
    for k in 1...40 {
      x[0] = k.isMultiple(of: 2) ? 1 : -1
      x[1] = Double(k)
      secant_count_allocations()
      _ = problem.valueAndGradient(at: x, into: &g)
      let allocations = secant_allocations_counted()
      if k > 10 { #expect(allocations == 0, "evaluation \(k)") }
    }
  }

  @Test(arguments: [0, 1, 3, -1])
  func aWrongNumberOfResidualsIsRefused(stated: Int) {
    let problem = DifferentiatedSquares(Misstated(residualCount: stated))
    let methods: [any Solver<DifferentiatedSquares<Misstated>>] = [
      .levenbergMarquardt(), .lbfgs(), .exactTrustRegion(), .newtonCG(), .gradientDescent(rate: 1e-3),
    ]
    let expected =
      stated < 1
      ? "\(stated) residuals; it needs at least 1" : "gave 2 residuals and its `residualCount` is \(stated)"
    var sentences = methods.map { minimize(problem, from: [3, 4], using: $0).sentence }
    sentences.append(fit(Misstated(residualCount: stated), from: [3, 4]).sentence)
    if stated >= 0 {
      let weighted = problem.weighted(by: Vector(repeating: 1, count: stated))
      sentences.append(minimize(weighted, from: [3, 4], using: .levenbergMarquardt()).sentence)
    }
    for sentence in sentences { #expect(sentence.contains(expected), "\(sentence)") }
    #expect(problem.value(at: [3, 4]).isNaN)
    let right = DifferentiatedSquares(Misstated(residualCount: 2))
    #expect(minimize(right, from: [3, 4], using: .lbfgs()).status.isConverged)
  }

  @Test func aWrongDimensionIsRefused() async {
    let (one, squares) = (
      Differentiated(Misstated.Sum()), DifferentiatedSquares(Misstated(dimension: 3, residualCount: 2))
    )
    for sentence in [
      minimize(one, from: [3, 4], using: .lbfgs()).sentence,
      minimize(squares, from: [3, 4], using: .levenbergMarquardt()).sentence,
    ] {
      #expect(sentence.contains("2 elements and the problem 3 variables; give 3"), "\(sentence)")
    }
    await #expect(processExitsWith: .failure) { _ = Differentiated(Misstated.Sum()).value(at: [3, 4]) }
    await #expect(processExitsWith: .failure) {
      var g: Vector<Double> = [0, 0]
      _ = Differentiated(Misstated.Sum()).valueAndGradient(at: [3, 4], into: &g)
    }
    await #expect(processExitsWith: .failure) {
      var g: Vector<Double> = [0, 0]
      _ = ForwardDifferentiated(Misstated.Sum()).valueAndGradient(at: [3, 4], into: &g)
    }
    await #expect(processExitsWith: .failure) {
      _ = DifferentiatedSquares(Misstated(dimension: 3, residualCount: 2)).value(at: [3, 4])
    }
  }

  @Test func whatIsMadeOfSendableFunctionsIsSendable() async {
    func check(_ problem: some TwiceDifferentiableObjective<Double> & Sendable, _ x: Vector<Double>) async
      -> Double
    {
      await Task.detached {
        var g = x
        return (try? problem.valueAndGradient(at: x, into: &g)) ?? .nan
      }.value
    }
    let function = ExtendedRosenbrock<Double>()
    #expect(await check(Differentiated(function), [1, 2]) == 100)
    #expect(await check(ForwardDifferentiated(function), [1, 2]) == 100)
    #expect(await check(DifferentiatedSquares(Tridiagonal<Double>(n: 4)), [0, 0, 0, 0]) == 2)
    #expect(await check(Differentiated(Shifted(), parameters: [3]), [1]) == 4)
  }
}

/// Another formula on either side of x₀ = 0, with more steps on the left, for which memory grows but once.
private struct Turning: DifferentiableFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    var sum: Number = 0
    for x in x { sum += x * x }
    return x[0] < 0 ? sum * x[1] + sin(x[1]) : sum
  }
}

/// Two residuals, whatever is said of their number.
private struct Misstated: DifferentiableResiduals, Sendable {
  var dimension: Int?
  let residualCount: Int
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] where Number.Scalar == Double {
    [x[0] - 1, x[0] * x[1] - 2]
  }

  /// A sum that says that it is one of three variables.
  struct Sum: DifferentiableFunction {
    var dimension: Int? { 3 }
    func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
      x.reduce(0) { $0 + $1 * $1 }
    }
  }
}

private struct Shifted: ParametricFunction, Sendable {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number], _ p: [Number]) -> Number
  where Number.Scalar == Double { (x[0] - p[0]) * (x[0] - p[0]) }
}
