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
    // What the closure reads changes between evaluations: after three surprises nothing is replayed any more.
    var factor = 1.0
    let problem = Traced<Double>(replaying: true) { x in Variable(factor) * x[0] * x[0] }
    var g: Vector<Double> = [0]
    for k in 1...40 {
      factor = Double(k)
      let f = problem.valueAndGradient(at: [2], into: &g)
      if k < 9 { continue }
      #expect(f == 4 * Double(k))
      #expect(g[0] == 4 * Double(k))
    }
  }
}
