import Foundation
import Secant
import Testing

/// What a trust region owes whatever its model and its radius rule are.
@Suite struct ModelLawsTests {
  static func methods<P: TwiceDifferentiableObjective>(for _: P) -> [(String, any Solver<P>)]
  where P.Domain == WholeSpace {
    [
      ("BFGS", .trustRegion(model: BFGSModel())),
      ("BFGS, damped", .trustRegion(model: BFGSModel(damping: 0.2))),
      ("SR1", .trustRegion(model: SR1Model())),
      ("diagonal", .trustRegion(model: DiagonalModel())),
      ("SR1, scaled", .trustRegion(model: ScaledModel(SR1Model(), by: .greatestDiagonal))),
      ("Hessian, scaled", .trustRegion(model: ScaledModel(DenseHessianModel(), by: .diagonal))),
      ("interpolating", .trustRegion(model: HessianModel(), radius: InterpolatingRadius())),
      ("self-adaptive", .trustRegion(model: HessianModel(), radius: SelfAdaptiveRadius())),
      (
        "non-monotone",
        .trustRegion(model: HessianModel(), radius: NonMonotoneRadius(RatioRadius(initial: nil)))
      ),
    ]
  }

  func solve<Scalar: LAPACKScalar>(_: Scalar.Type, within tolerance: Scalar) {
    let f = Beale<Scalar>()
    for (name, method) in Self.methods(for: f) {
      let outcome = minimize(f, from: Beale<Scalar>.start, using: method, within: Budget(iterations: 2_000))
      #expect(outcome.status.isConverged, "\(name): \(outcome.status)")
      #expect((outcome.point - [3, 0.5]).largestMagnitude < tolerance, "\(name): \(outcome.point)")
    }
  }

  @Test func solve() {
    solve(Double.self, within: 1e-4)
    solve(Float.self, within: 2e-2)
  }

  func states<Method: Solver>(_ method: Method, from x: Vector<Double>) throws -> (moves: Bool, isSame: Bool)
  where Method.Problem == Wood<Double> {
    let f = Wood<Double>()
    var whole = method.start(at: x, for: f)
    var half = whole
    for _ in 0..<24 { method.step(&whole, on: f) }
    for _ in 0..<11 { method.step(&half, on: f) }
    let data = try JSONEncoder().encode(half)
    var resumed = try JSONDecoder().decode(State<Double, Method.Memory>.self, from: data)
    for _ in 11..<24 { method.step(&resumed, on: f) }
    return (whole.iteration > 5, whole == resumed)
  }

  @Test func resumeInEveryBit() throws {
    for (name, method) in Self.methods(for: Wood<Double>()) {
      let (moves, isSame) = try states(method, from: Wood<Double>.start)
      #expect(moves && isSame, "\(name)")
    }
  }

  /// A trial that a budget refused is made up for: no pair is learned from twice, and none is lost.
  func continues<Method: Solver<Wood<Double>>>(_ method: Method, from x: Vector<Double>) -> Bool
  where Method.Problem == Wood<Double> {
    let f = Wood<Double>()
    var whole = Run(f, from: x, using: method, until: .never, within: Budget(gradients: 20))
    whole.runAll()
    var part = Run(f, from: x, using: method, until: .never, within: Budget(gradients: 9))
    part.runAll()
    var rest = Run(
      f, resuming: part.state, using: method, until: .never, within: Budget(gradients: 20),
      spent: part.oracle.ledger)
    rest.runAll()
    return whole.state.current == rest.state.current && whole.state.memory == rest.state.memory
  }

  @Test func goOnAfterARefusal() {
    for (name, method) in Self.methods(for: Wood<Double>()) {
      let isContinued = continues(method, from: Wood<Double>.start)
      #expect(isContinued, "\(name)")
    }
  }

  /// With a power of two nothing is rounded in another way.
  @Test(arguments: [0x1p-40, 0x1p40]) func doNotDependOnTheScaleOfTheFunction(scale: Double) {
    let f = Rosenbrock<Double>()
    let scaled = Rosenbrock<Double>(scale: scale)
    for ((name, method), (_, scaledMethod)) in zip(Self.methods(for: f), Self.methods(for: scaled)) {
      func point<Method: Solver>(_ method: Method, _ f: Rosenbrock<Double>) -> Vector<Double>
      where Method.Problem == Rosenbrock<Double> {
        var state = method.start(at: Rosenbrock.start(), for: f)
        for _ in 0..<12 { method.step(&state, on: f) }
        return state.current.point
      }
      let (a, b) = (point(method, f), point(scaledMethod, scaled))
      if name.contains("scaled") { continue }  // Δ₀ = 1 is a length of Dp.
      #expect(a == b, "\(name)")
    }
  }

  @Test func aModelThatComparesGradientsIsRefusedOnBatches() {
    #expect(TrustRegion.trustRegion(model: SR1Model<Rosenbrock<Double>>()).comparesGradients)
    #expect(
      TrustRegion.trustRegion(model: ScaledModel(BFGSModel<Rosenbrock<Double>>(), by: [1, 1]))
        .comparesGradients)
    #expect(!TrustRegion.trustRegion(model: HessianModel<Rosenbrock<Double>>()).comparesGradients)
  }
}

extension Run {
  mutating func runAll() { while next() != nil {} }
}
