import SecantAutoDiff
import Testing

/// A function whose branches and number of steps change from point to point.
private struct Restless: DifferentiableFunction {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    var y = x[0] * x[1]
    var rounds = 0
    while y > 0.5 && rounds < 20 {
      y = y / 2 + sin(x[1]) / 8
      rounds += 1
    }
    return x[0] < x[1] ? y * y : y - x[0] * x[0]
  }
}

@Suite struct ReplayTests {
  private let points: [Vector<Double>] = (0..<60).map { k in
    [3 * Double.sin(1.7 * Double(k)), 3 * Double.cos(2.3 * Double(k))]
  }

  /// Whether a problem gives what duals and hyper-duals give, at every point.
  private func expectRight(_ problem: some TwiceDifferentiableObjective<Double>) throws {
    let x̂ = ForwardDifferentiated(Restless())
    for x in points {
      var (g, ĝ) = (x, x)
      let f = try problem.valueAndGradient(at: x, into: &g)
      #expect(f == x̂.valueAndGradient(at: x, into: &ĝ))
      #expect((g - ĝ).largestMagnitude <= 1e-13 * (1 + ĝ.largestMagnitude))
      try problem.hessian(times: [1, -2], at: x, into: &g)
      x̂.hessian(times: [1, -2], at: x, into: &ĝ)
      #expect((g - ĝ).largestMagnitude <= 1e-12 * (1 + ĝ.largestMagnitude))
    }
  }

  @Test(arguments: [false, true]) func aBranchThatChangesIsRecordedAnew(replaying: Bool) throws {
    try expectRight(Differentiated(Restless(), replaying: replaying))
    try expectRight(Traced(replaying: replaying) { x in Restless()(x) })
  }

  @Test func aProductAtANewPointIsOfThatPoint() {
    let problem = Differentiated(Restless())
    var (g, p, p̂) = (points[0], points[0], points[0])
    _ = problem.valueAndGradient(at: points[1], into: &g)
    for x in points {
      problem.hessian(times: [1, -2], at: x, into: &p)
      ForwardDifferentiated(Restless()).hessian(times: [1, -2], at: x, into: &p̂)
      #expect((p - p̂).largestMagnitude <= 1e-12 * (1 + p̂.largestMagnitude))
    }
  }

  @Test func aFormulaThatLooksAtNumbersIsNotReplayed() {
    let problem = Traced<Double>(replaying: true) { x in
      x[0].value > 0 ? x[0] * x[0] : -3 * x[0] + Variable(x[0].value * 100)
    }
    var g: Vector<Double> = [0]
    for k in 0..<40 {
      let x = k.isMultiple(of: 3) ? Double(k) + 1 : -Double(k)
      let f = problem.valueAndGradient(at: [x], into: &g)
      #expect(f == (x > 0 ? x * x : 97 * x))
      #expect(g[0] == (x > 0 ? 2 * x : -3))
    }
  }

  @Test func aLookByWayOfAHashIsALook() {
    let problem = Traced<Double>(replaying: true) { x in Set([x[0], x[1], 1]).count == 3 ? x[0] : x[1] * 2 }
    var g: Vector<Double> = [0, 0]
    for k in 0..<20 {
      let x: Vector<Double> = k.isMultiple(of: 2) ? [3, 4] : [4, 4]
      _ = problem.valueAndGradient(at: x, into: &g)
      #expect(g == (k.isMultiple(of: 2) ? [1, 0] : [0, 2]))
    }
  }

  @Test func aClosureThatIsNotWhatItPromisedIsFoundOut() {
    // What the closure reads changes with every evaluation: the second one looks.
    var factor = 1.0
    let problem = Traced<Double>(replaying: true) { x in Variable(factor) * x[0] * x[0] }
    var g: Vector<Double> = [0]
    for k in 1...40 {
      factor = Double(k)
      let x = 1 / Double(k)
      let f = problem.valueAndGradient(at: [x], into: &g)
      #expect(f == factor * x * x)
      #expect(g[0] == 2 * factor * x)
    }
  }

  /// A closure that lies at every so many evaluations.
  private func expectFoundOut(
    every period: Int, _ lie: @escaping ([Variable<Double>], Bool) -> Variable<Double>
  ) {
    var isLying = false
    let problem = Traced<Double>(replaying: true) { x in lie(x, isLying) }
    var (g, ĝ): (Vector<Double>, Vector<Double>) = ([0, 0], [0, 0])
    for k in 1...400 {
      isLying = k.isMultiple(of: period)
      let x: Vector<Double> = [Double(k), 1 / Double(k)]
      let f = problem.valueAndGradient(at: x, into: &g)
      if k <= 200 { continue }
      let f̂ = Traced { x in lie(x, isLying) }.valueAndGradient(at: x, into: &ĝ)
      #expect(f == f̂ && g == ĝ, "evaluation \(k)")
    }
  }

  @Test(arguments: [2, 3, 5, 7]) func aLieOfAnyPeriodIsFoundOut(period: Int) {
    expectFoundOut(every: period) { x, isLying in (isLying ? 2 : 1) * x[0] * x[0] }
  }

  @Test func aChoiceOfTheResultIsFoundOut() {
    expectFoundOut(every: 3) { x, isLying in
      let (a, b) = (x[0] * x[0], x[1] * x[1])
      return isLying ? a : b
    }
    expectFoundOut(every: 3) { x, isLying in isLying ? x[0] : x[1] }
  }

  @Test func suppliedFunctionsThatChangeAreFoundOut() {
    expectFoundOut(every: 3) { x, isLying in
      let c = isLying ? 2.0 : 1
      let square = SmoothFunction<Double>(
        value: { c * $0 * $0 }, first: { 2 * c * $0 }, second: { _ in 2 * c })
      return square(x[0])
    }
    // Of the same value, with other derivatives.
    expectFoundOut(every: 3) { x, isLying in
      let c = isLying ? 2.0 : 1
      let square = SmoothFunctionOfTwo<Double>(
        value: { $0 * $1 }, first: { (c * $1, c * $0) }, second: { _, _ in (0, c, 0) })
      return square(x[0], x[1])
    }
  }

  @Test func suppliedFunctionsThatDoNotChangeAreReplayed() {
    var calls = 0
    let problem = Traced<Double>(replaying: true) { x in
      calls += 1
      let c = 3.0
      return SmoothFunction<Double>(value: { c * $0 }, first: { _ in c }, second: { _ in 0 })(x[0])
    }
    var g: Vector<Double> = [0]
    for k in 1...500 { #expect(problem.valueAndGradient(at: [Double(k)], into: &g) == 3 * Double(k)) }
    #expect(calls < 25)
  }

  /// Where branches go elsewhere now and then, what is between is replayed; where they do all the time, nothing is.
  @Test func aBranchThatGoesElsewhereDoesNotEndReplays() {
    var calls = 0
    let problem = Traced<Double>(replaying: true) { x in
      calls += 1
      return x[0] < 0 ? x[0] * x[0] : 3 * x[0]
    }
    var g: Vector<Double> = [0]
    func evaluate(_ x: Double) {
      let f = problem.valueAndGradient(at: [x], into: &g)
      #expect(f == (x < 0 ? x * x : 3 * x) && g == [x < 0 ? 2 * x : 3])
    }
    // The first point lies on another branch than all the rest.
    evaluate(-1)
    for k in 1...500 { evaluate(Double(k)) }
    #expect(calls < 25)
    // A branch that goes elsewhere once in a while.
    calls = 0
    for k in 1...1000 { evaluate(k.isMultiple(of: 50) ? -Double(k) : Double(k)) }
    #expect(calls < 100)
    // All the time: a replay is tried once in a while.
    calls = 0
    for k in 1...1000 { evaluate(k.isMultiple(of: 2) ? -Double(k) : Double(k)) }
    #expect(calls > 900)
    // And then no more.
    for k in 1...200 { evaluate(Double(k)) }
    calls = 0
    for k in 1...200 { evaluate(Double(k)) }
    #expect(calls < 5)
  }
}
