import Secant
import Testing

/// What every second-order method must do. One file for the laws they share; each method's own laws are in its own.
@Suite struct SecondOrderLawsTests {
  /// Every method of this family that a problem with a Hessian can be given.
  static func methods<P: TwiceDifferentiableObjective>(for _: P) -> [(String, any Solver<P>)]
  where P.Domain == WholeSpace {
    [("lbfgs", .lbfgs()), ("bfgs", .bfgs())] + withCurvature(for: P.self)
  }

  static func withCurvature<P: TwiceDifferentiableObjective>(for _: P.Type) -> [(String, any Solver<P>)]
  where P.Domain == WholeSpace {
    [
      ("newton", .newton()), ("newtonCG", .newtonCG()), ("trustRegion", .trustRegion()),
      ("trustRegion, dense", .trustRegion(model: DenseHessianModel())),
    ]
  }

  func distance<Scalar>(_ x: Vector<Scalar>, _ y: Vector<Scalar>) -> Scalar { (x - y).largestMagnitude }

  /// Solves, and checks that what counts as converged is stationary.
  func solve<P: TwiceDifferentiableObjective>(
    _ f: P, from x: Vector<P.Scalar>, _ name: String, _ method: any Solver<P>, sourceLocation: SourceLocation
  ) throws -> Vector<P.Scalar> where P.Failure == Never {
    let outcome = minimize(f, from: x, using: method, within: Budget(iterations: 2_000))
    #expect(outcome.status.isConverged, "\(name): \(outcome.status)", sourceLocation: sourceLocation)
    var g = Vector<P.Scalar>(zeros: x.count)
    var g₀ = g
    let value = f.valueAndGradient(at: outcome.point, into: &g)
    _ = f.valueAndGradient(at: x, into: &g₀)
    let threshold = Convergence<P.Scalar>().gradient * min(1, g₀.largestMagnitude)
    #expect(g.largestMagnitude <= threshold, "\(name)", sourceLocation: sourceLocation)
    #expect(outcome.value == value, "\(name)", sourceLocation: sourceLocation)
    return outcome.point
  }

  func check<P: TwiceDifferentiableObjective>(
    _ f: P, from x: Vector<P.Scalar>, to minimizer: Vector<P.Scalar>, within tolerance: P.Scalar,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws where P.Domain == WholeSpace, P.Failure == Never {
    for (name, method) in Self.methods(for: f) {
      let point = try solve(f, from: x, name, method, sourceLocation: sourceLocation)
      #expect(
        distance(point, minimizer) <= tolerance, "\(name): \(point)", sourceLocation: sourceLocation)
    }
  }

  @Test func solveTheClassicalProblems() throws {
    let ones: Vector<Double> = [1, 1, 1, 1]
    try check(Rosenbrock<Double>(), from: Rosenbrock.start(), to: [1, 1], within: 1e-5)
    try check(PowellSingular<Double>(), from: PowellSingular<Double>.start, to: [0, 0, 0, 0], within: 2e-2)
    try check(Wood<Double>(), from: Wood<Double>.start, to: ones, within: 1e-4)
    try check(Beale<Double>(), from: Beale<Double>.start, to: [3, 0.5], within: 1e-4)
    try check(HelicalValley<Double>(), from: HelicalValley<Double>.start, to: [1, 0, 0], within: 1e-5)
  }

  @Test func solveThemInSinglePrecision() throws {
    try check(Rosenbrock<Float>(), from: Rosenbrock.start(), to: [1, 1], within: 5e-3)
    try check(Beale<Float>(), from: Beale<Float>.start, to: [3, 0.5], within: 2e-2)
    try check(HelicalValley<Float>(), from: HelicalValley<Float>.start, to: [1, 0, 0], within: 2e-2)
  }

  /// The gap to the minimum is far below the last digit of f long before the gradient is small.
  @Test func areNotMisledByALargeConstant() throws {
    try check(Rosenbrock<Double>(shift: 1e8), from: Rosenbrock.start(), to: [1, 1], within: 1e-5)
    try check(Rosenbrock<Float>(shift: 1e3), from: Rosenbrock.start(), to: [1, 1], within: 5e-3)
  }

  @Test(arguments: [1e-10, 1e10]) func doNotDependOnTheScaleOfTheFunction(scale: Double) throws {
    let f = Rosenbrock<Double>(scale: scale)
    try check(f, from: Rosenbrock.start(), to: [1, 1], within: scale < 1 ? 1e-3 : 1e-5)
  }

  @Test func stepBackFromWhereTheFunctionIsNotANumber() throws {
    try check(Rosenbrock<Double>(wall: -1.25), from: Rosenbrock.start(), to: [1, 1], within: 1e-5)
    try check(Rosenbrock<Double>(wall: -0.5), from: [2, 2], to: [1, 1], within: 1e-5)
  }

  @Test func leaveAStrictSaddle() throws {
    let f = Formula<Double>.saddle
    for (name, method) in Self.withCurvature(for: Formula<Double>.self) {
      for start in [[0, 0], [1, 0]] as [Vector<Double>] {
        let outcome = minimize(f, from: start, using: method)
        #expect(outcome.status.isConverged, "\(name) from \(start): \(outcome.status)")
        #expect(abs(outcome.value + 0.25) < 1e-10, "\(name) from \(start): \(outcome.point)")
      }
      let many = minimize(Formula<Double>.manySaddles(12), from: Vector(zeros: 12), using: method)
      #expect(abs(many.value + 11.0 / 4) < 1e-8, "\(name): \(many.status) \(many.value)")
    }
  }

  @Test func leaveAMonkeySaddleOnTheWay() throws {
    let f = Formula<Double>.monkeySaddle
    for (name, method) in Self.withCurvature(for: Formula<Double>.self) {
      for start in [[1, 0], [1, 0.5], [-1, 0.01]] as [Vector<Double>] {
        let outcome = minimize(f, from: start, using: method)
        // All three minima have r = 3/4 and f = −27/256.
        #expect(abs(outcome.value + 27.0 / 256) < 1e-6, "\(name) from \(start): \(outcome.status) \(outcome)")
      }
    }
  }

  @Test func stayAtASaddleWithoutCurvature() {
    struct GradientOnly: DifferentiableObjective {
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        Formula<Double>.saddle.valueAndGradient(at: x, into: &g)
      }
    }
    for method in [.lbfgs(), .bfgs()] as [any Solver<GradientOnly>] {
      let outcome = minimize(GradientOnly(), from: [0, 0], using: method)
      #expect(outcome.point == [0, 0])
      #expect(outcome.iterations == 0)
    }
  }

  @Test func findTheLackOfALowerBound() {
    let f = Formula<Double>(
      n: 2, value: { -$0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(-2) })
    for (name, method) in Self.methods(for: f) {
      let outcome = minimize(f, from: [1, 2], using: method, within: Budget(iterations: 500))
      #expect(!outcome.status.isConverged, "\(name)")
      #expect(outcome.value < -1e20, "\(name): \(outcome.status) at \(outcome.value)")
    }
  }

  @Test func respectEveryLimitOfTheBudget() {
    let f = Rosenbrock<Double>()
    for (name, method) in Self.methods(for: f) {
      let limits: [(Currency, Budget)] = [
        (.gradients, Budget(gradients: 7)), (.hessianVectorProducts, Budget(hessianVectorProducts: 5)),
        (.hessians, Budget(hessians: 3)), (.factorisations, Budget(factorisations: 2)),
        (.iterations, Budget(iterations: 4)),
      ]
      for (currency, budget) in limits {
        let outcome = minimize(f, from: Rosenbrock.start(), using: method, within: budget, certifying: false)
        #expect(budget.exceeded(by: outcome.ledger) == nil, "\(name): \(currency)")
      }
    }
  }

  @Test func refuseHyperparametersThatMakeNoSense() {
    typealias P = Rosenbrock<Double>
    func complaint(_ method: any Solver<P>) -> String? { method.complaint }
    #expect(complaint(.lbfgs(memory: 0))?.contains("memory is 0") == true)
    #expect(complaint(Descent(BFGS(curvatureTolerance: -1), step: StrongWolfe()))?.contains("-1") == true)
    #expect(complaint(Descent(Newton(least: 0), step: Armijo()))?.contains("least") == true)
    #expect(
      complaint(Descent(TruncatedNewton(forcing: Forcing(loosest: 1)), step: Armijo()))?.contains("loosest")
        == true)
    #expect(
      complaint(Descent(TruncatedNewton(forcing: Forcing(maximumProducts: 0)), step: Armijo()))?.contains(
        "maximumProducts")
        == true)
    func rule(_ rule: RatioRadius<Double>) -> String? {
      complaint(.trustRegion(model: DenseHessianModel(), radius: rule))
    }
    #expect(rule(RatioRadius(initial: .nan))?.contains("initial") == true)
    #expect(rule(RatioRadius(initial: 2, largest: 1))?.contains("largest") == true)
    #expect(rule(RatioRadius(acceptance: 0.5))?.contains("acceptance") == true)
    #expect(rule(RatioRadius(good: 2))?.contains("good") == true)
    #expect(rule(RatioRadius(shrinkage: 1))?.contains("shrinkage") == true)
    #expect(rule(RatioRadius(expansion: 1))?.contains("expansion") == true)
    for (name, method) in Self.methods(for: P()) { #expect(complaint(method) == nil, "\(name)") }
    // A refused run does not crash on the way.
    guard case .refused = minimize(P(), from: [1, 2], using: .lbfgs(memory: 0)).status else {
      Issue.record("a memory of 0 was not refused")
      return
    }
  }

  @Test func endOnAHessianThatIsNotANumber() {
    let f = Formula<Double>(
      n: 2, value: { $0.squaredNorm }, gradient: { $1.set($0, times: 2) }, second: { $1.fill(with: .nan) })
    func firstStep<Method: Solver>(_ method: Method) -> Step<Double> where Method.Problem == Formula<Double> {
      var state = method.start(at: [1, 2], for: f)
      return method.step(&state, on: f)
    }
    for (name, method) in Self.withCurvature(for: Formula<Double>.self) {
      let outcome = minimize(f, from: [1, 2], using: method, certifying: false)
      #expect(!outcome.status.isConverged, "\(name)")
      #expect(outcome.iterations == 0, "\(name)")
      #expect(outcome.point == [1, 2], "\(name)")
      #expect(firstStep(method) == .stuck(.nonFinite), "\(name)")
    }
  }

  /// The gradient that a run happens to start with, here next to a saddle, does not decide how exactly its systems
  /// are solved for ever.
  @Test func convergeSuperlinearlyFromNextToASaddle() {
    let f = Wells()
    func norms<Method: Solver>(_ method: Method) -> [Double] where Method.Problem == Wells {
      var state = method.start(at: Vector(repeating: 1e-14, count: 20), for: f)
      var norms: [Double] = []
      for _ in 0..<500 where (norms.last ?? 1) > 1e-8 {
        method.step(&state, on: f)
        var g = state.current.gradient
        _ = f.valueAndGradient(at: state.current.point, into: &g)
        norms.append(g.norm)
      }
      return norms
    }
    for method in [.newtonCG(), .trustRegion()] as [any Solver<Wells>] {
      let norms = norms(method)
      #expect(norms.last! <= 1e-8)
      // √(1e-3), where ½ would do without the forcing.
      #expect(norms.last! < 0.03 * norms[norms.count - 2], "\(norms.suffix(4))")
    }
  }
}

/// Σ wᵢ(xᵢ⁴/4 − xᵢ²/2) with weights from 1 to 20: a summit at 0, minima where every |xᵢ| is 1.
private struct Wells: TwiceDifferentiableObjective {
  func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    var value = 0.0
    for i in 0..<x.count {
      let (w, square) = (Double(i + 1), x[i] * x[i])
      value += w * square * (square / 4 - 0.5)
      gradient[i] = w * x[i] * (square - 1)
    }
    return value
  }

  func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) {
    for i in 0..<x.count { hessian[i, i] = Double(i + 1) * (3 * x[i] * x[i] - 1) }
  }
}
