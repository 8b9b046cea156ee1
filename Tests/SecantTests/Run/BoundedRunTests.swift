import RealModule
import Secant
import Testing

/// What a run says of a problem with bounds, and that it never looks beyond them.
@Suite struct BoundedRunTests {
  /// A formula on a box, that traps outside.
  struct Formula: BoundedObjective, HessianVectorObjective {
    let bounds: Bounds<Double>
    let f: @Sendable (Vector<Double>, inout Vector<Double>) -> Double
    var second: @Sendable (Vector<Double>, Vector<Double>, inout Vector<Double>) -> Void = { _, _, p in
      p.fill(with: 0)
    }

    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      precondition(bounds.contains(x), "\(x) lies outside of the bounds")
      return f(x, &g)
    }

    func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {
      precondition(bounds.contains(x), "\(x) lies outside of the bounds")
      second(x, v, &product)
    }
  }

  static let methods: [Named<Formula>] =
    boundedMethods() + [Named(name: "projected gradient", method: .projectedGradient())]

  /// ½‖x − (3, −2, 0.5)‖² on [0, 1]³: the answer is (1, 0, 0.5).
  static let threeSides = Formula(
    bounds: Bounds(from: 0, to: 1, count: 3),
    f: { x, g in
      g.set(x, minus: [3, -2, 0.5])
      return g.squaredNorm / 2
    }, second: { _, v, product in product.copy(v) })

  // MARK: The start and the answer

  @Test(arguments: methods) func movesTheStartInAndSaysSo(_ named: Named<Formula>) {
    let outcome = minimize(Self.threeSides, from: [9, -9, 0.25], using: named.method)
    #expect(outcome.movedStart)
    #expect(outcome.sentence.contains("start given lay outside the bounds"))
    #expect(outcome.status.isConverged)
    let inside = minimize(Self.threeSides, from: [0.5, 0.5, 0.25], using: named.method)
    #expect(!inside.movedStart && !inside.sentence.contains("outside"))
    var run = Run(Self.threeSides, from: [9, -9, 0.25], using: LBFGSB())
    run.advance()
    #expect(run.state.current.point == [1, 0, 0.25])
    #expect(Run(Self.threeSides, resuming: run.state, using: LBFGSB()).outcome().movedStart)
  }

  /// A checkpoint may be resumed, or a loop go on, in a box that the point is not in.
  @Test(arguments: methods, [1, 6]) func entersABoxThatTheCheckpointIsNotIn(
    _ named: Named<Formula>, steps: Int
  ) {
    func check<M: Solver<Formula>>(_ method: M) {
      var wide = Run(Self.threeSides, from: [0.5, 0.5, 0.25], using: method)
      for _ in 0...steps { wide.advance() }
      let narrow = Formula(
        bounds: Bounds(from: 0.6, to: 0.75, count: 3), f: Self.threeSides.f, second: Self.threeSides.second)
      let outcome = {
        var run = Run(narrow, resuming: wide.state, using: method)
        while run.next() != nil {}
        return run.outcome()
      }()
      #expect(outcome.movedStart && outcome.status.isConverged, "\(named): \(outcome)")
      #expect((outcome.point - [0.75, 0.6, 0.6]).largestMagnitude < 1e-9, "\(named): \(outcome)")
      #expect(outcome.value == narrow.value(at: outcome.point))
      var state = wide.state
      for _ in 0..<3 {
        method.step(&state, on: narrow)
        #expect(narrow.bounds.contains(state.current.point))
      }
    }
    check(named.method)
  }

  @Test(arguments: methods) func namesTheActiveBounds(_ named: Named<Formula>) throws {
    let outcome = minimize(Self.threeSides, from: [0.5, 0.5, 0.25], using: named.method)
    let certificate = try #require(outcome.certificate)
    #expect(certificate.activeBounds.map(\.variable) == [0, 1])
    #expect(certificate.activeBounds.map(\.side) == [.upper, .lower])
    #expect(certificate.activeBounds.map(\.multiplier) == [-2, 2])
    #expect(certificate.isMinimum && !certificate.isHeldByBounds)
    #expect(outcome.sentence.contains("2 of 3 variables at a bound"), "\(outcome)")
    #expect(outcome.sentence.contains("positive definite over the free variables"), "\(outcome)")
    #expect(outcome.sentence.contains("‖∇_Ω f‖∞"), "\(outcome)")
  }

  /// A corner that f rises from is a strict minimum, which takes no second derivative to see.
  @Test func certifiesACornerByTheGradientAlone() throws {
    let corner = Closure<Double> { x, g in
      g[0] = 1
      g[1] = -2
      return x[0] - 2 * x[1]
    }.bounded(from: 0, to: 1, count: 2)
    for method in [.lbfgsb(), .spectralProjectedGradient()] as [any Solver<Bounded<Closure<Double>>>] {
      for start in [[0.5, 0.5], [0, 1]] as [Vector<Double>] {
        let outcome = minimize(corner, from: start, using: method)
        #expect(outcome.status.isConverged && outcome.point == [0, 1], "\(outcome)")
        #expect(outcome.certificate?.isHeldByBounds == true)
        #expect(outcome.sentence.contains("a strict minimum"))
      }
    }
  }

  // MARK: Second-order evidence

  /// x² + y⁴ − y² on a box that cuts x off: at (0.5, 0) f curves down along the face.
  static let saddleOnAFace = Formula(
    bounds: Bounds(lower: [0.5, -2], upper: [3, 2]),
    f: { x, g in
      g[0] = 2 * x[0]
      g[1] = 4 * x[1] * x[1] * x[1] - 2 * x[1]
      return x[0] * x[0] + x[1] * x[1] * (x[1] * x[1] - 1)
    },
    second: { x, v, product in
      product[0] = 2 * v[0]
      product[1] = (12 * x[1] * x[1] - 2) * v[1]
    })

  @Test func leavesASaddleOnAFaceWhereItSeesCurvature() {
    let outcome = minimize(Self.saddleOnAFace, from: [0.5, 0], using: .tron())
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(outcome.point[0] == 0.5 && abs(abs(outcome.point[1]) - 0.5.squareRoot()) < 1e-6)
  }

  @Test func callsASaddleOnAFaceOne() {
    struct Blind: BoundedObjective {
      let bounds = BoundedRunTests.saddleOnAFace.bounds
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        BoundedRunTests.saddleOnAFace.valueAndGradient(at: x, into: &g)
      }
    }
    guard case .stationary = minimize(Blind(), from: [0.5, 0], using: .lbfgsb()).status else {
      Issue.record("not stationary")
      return
    }
    let method: any Solver<Formula> = .spectralProjectedGradient()
    let outcome = minimize(Self.saddleOnAFace, from: [0.5, 0], using: method)
    // A method that asks for no curvature stays, but the certificate does ask.
    guard case .saddle(let λ, let direction) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(abs(λ + 2) < 1e-6 && direction[0] == 0)
  }

  /// −x² + y² with x ≥ 0: at 0 the bound holds x with a multiplier of 0, and f falls into the box.
  @Test func doesNotCertifyWhatABoundHoldsWeakly() {
    let problem = Formula(
      bounds: Bounds(lower: [0, -1], upper: [1, 1]),
      f: { x, g in
        g[0] = -2 * x[0]
        g[1] = 2 * x[1]
        return x[1] * x[1] - x[0] * x[0]
      },
      second: { _, v, product in
        product[0] = -2 * v[0]
        product[1] = 2 * v[1]
      })
    let outcome = minimize(problem, from: [0, 0], using: LBFGSB())
    guard case .saddle(let λ, let direction) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    // Lanczos' method stops at a residual of √ε‖∇²f‖, beside which the other eigenvalue is 4 away; λ is good to its square.
    let error = 2 * Double.ulpOfOne.squareRoot()
    #expect(abs(λ + 2) <= error * error && (direction - [1, 0]).norm <= error)
    #expect(problem.bounds.contains([0, 0] + 0.5 * direction))
    let left = minimize(problem, from: [0, 0], using: TRON())
    #expect(left.status.isConverged && left.point[0] == 1 && abs(left.point[1]) < 1e-6, "\(left)")
    // From beside it every method finds the end of the box.
    for named in Self.methods {
      #expect(minimize(problem, from: [1e-3, 0.5], using: named.method).point[0] == 1, "\(named)")
    }
  }

  /// x₁² − x₀² with x₀ from 0 or −1 to 0 or 1: a run comes to the origin, whose bound holds x₀ without a multiplier.
  @Test(arguments: methods, [0, -1]) func noMethodTakesASaddleOnABoundForAMinimum(
    _ named: Named<Formula>, lower: Double
  ) {
    let problem = Formula(
      bounds: Bounds(lower: [lower, -2], upper: [lower + 1, 2]),
      f: { x, g in
        g[0] = -2 * x[0]
        g[1] = 2 * x[1]
        return x[1] * x[1] - x[0] * x[0]
      },
      second: { _, v, product in
        product[0] = -2 * v[0]
        product[1] = 2 * v[1]
      })
    let outcome = minimize(problem, from: [0, 1], using: named.method)
    if named.name == "TRON" {
      #expect(outcome.status.isConverged && abs(outcome.value + 1) < 1e-9, "\(outcome)")
    } else if case .saddle(let λ, let direction) = outcome.status {
      #expect(λ < -1 && problem.bounds.contains(outcome.point + 0.5 * direction))
    } else {
      Issue.record("\(named): \(outcome)")
    }
  }

  // MARK: What goes wrong

  @Test(arguments: methods) func refusesBoundsThatMakeNoSense(_ named: Named<Formula>) {
    func refusal(_ l: Vector<Double>, _ u: Vector<Double>, from start: Vector<Double> = [0, 0]) -> String {
      let problem = Formula(bounds: Bounds(lower: l, upper: u), f: { _, _ in preconditionFailure("asked") })
      let outcome = minimize(problem, from: start, using: named.method)
      guard case .refused(let sentence) = outcome.status else { return "not refused: \(outcome)" }
      return sentence
    }
    #expect(refusal([0, 1], [1, 0]).contains("variable 1 cross"))
    #expect(refusal([.nan, 1], [1, 2]).contains("variable 0"))
    #expect(refusal([0, 0], [1]).contains("2 lower bounds and 1 upper"))
    #expect(refusal([0, 0], [1, 1], from: [0, 0, 0]).contains("3 elements and the problem 2"))
    #expect(refusal([0, 0], [1, 1], from: [.nan, 0]).contains("Element 0 of the starting point is nan"))
  }

  @Test(arguments: methods) func saysWhatIsNotFinite(_ named: Named<Formula>) {
    let nowhere = Formula(
      bounds: Bounds(from: 0, to: 1, count: 2),
      f: { _, g in
        g.fill(with: .nan)
        return .nan
      })
    guard case .nonFinite(let found) = minimize(nowhere, from: [0, 0], using: named.method).status else {
      Issue.record("\(named)")
      return
    }
    #expect(found.iteration == 0)
  }

  /// −x₀ + x₁² with x₀ ≥ 0 and |x₁| ≤ 1: the ray stays in the box.
  @Test(arguments: methods) func findsTheLackOfALowerBoundWithinTheBox(_ named: Named<Formula>) {
    let problem = Formula(
      bounds: Bounds(lower: [0, -1], upper: [.infinity, 1]),
      f: { x, g in
        g[0] = -1
        g[1] = 2 * x[1]
        return x[1] * x[1] - x[0]
      })
    let outcome = minimize(problem, from: [0, 0.3], using: named.method)
    guard case .unboundedBelow(let ray) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect((ray - [1, 0]).norm < 1e-12)
    // With an end to the box there is a minimum at it.
    let ended = Formula(bounds: Bounds(lower: [0, -1], upper: [1e6, 1]), f: problem.f)
    let end = minimize(ended, from: [0, 0.3], using: named.method)
    #expect(end.status.isConverged && end.point[0] == 1e6, "\(named): \(end)")
  }

  /// x₀ with −∞ for x₀ < 1: a box has no ray, but a value below every other it may have.
  @Test(arguments: methods, [0, 0.5]) func aValueOfMinusInfinityIsNoBound(
    _ named: Named<Formula>, lower: Double
  ) {
    let problem = Formula(
      bounds: Bounds(lower: [lower], upper: [5]),
      f: { x, g in
        g[0] = 1
        return x[0] < 1 ? -.infinity : x[0]
      })
    let outcome = minimize(problem, from: [3], using: named.method)
    guard case .unboundedBelow(let ray) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(ray == [-1])
  }

  /// A gradient whose sign is wrong in one coordinate, in a corner and inside.
  @Test(arguments: methods, [[1, 1, 1], [0.2, 1.5, 1]] as [Vector<Double>])
  func suspectsAWrongGradientWithoutLookingOutside(_ named: Named<Formula>, start: Vector<Double>) {
    let wrong = Formula(
      bounds: Bounds(lower: [0, 1, 1], upper: [4, 5, 1]),
      f: { x, g in
        let sum = x.reduce(0) { $0 + ($1 - 3) * ($1 - 3) * (1 + $1) }
        for i in 0..<3 { g[i] = 2 * (x[i] - 3) * (1 + x[i]) + (x[i] - 3) * (x[i] - 3) }
        g[1] = -g[1]
        return sum
      })
    let outcome = minimize(wrong, from: start, using: named.method)
    guard case .suspectDerivative(let found) = outcome.status else {
      Issue.record("\(named): \(outcome)")
      return
    }
    #expect(found.coordinate == 1)
    #expect(abs(found.ratio + 1) < 0.01)
  }

  /// Values with a noise of 1e-7, which no check may take for something else.
  @Test(arguments: boundedMethods() as [Named<Formula>]) func knowsNoiseWithinABox(_ named: Named<Formula>) {
    let noisy = Formula(
      bounds: Bounds(from: 0, to: 2, count: 2),
      f: { x, g in
        g[0] = 2 * (x[0] - 1)
        g[1] = 1 + x[1]
        let noise = 1e-7 * Double.sin(1e9 * (x[0] + 2 * x[1]))
        return (x[0] - 1) * (x[0] - 1) + x[1] + x[1] * x[1] / 2 + 1 + noise
      },
      second: { _, v, product in
        product[0] = 2 * v[0]
        product[1] = v[1]
      })
    let outcome = minimize(noisy, from: [0.3, 1.5], using: named.method)
    switch outcome.status {
    case .converged: #expect((outcome.point - [1, 0]).largestMagnitude < 1e-6)
    case .limitedByPrecision(let noise, _): #expect(noise > 1e-8 && noise < 1e-6)
    default: Issue.record("\(named): \(outcome)")
    }
  }

  // MARK: The checks alone

  @Test(arguments: [[0, 1], [0, 3], [1e-9, 2.5], [0.5, 2]] as [Vector<Double>])
  func derivativesAreCheckedWithinTheBox(x: Vector<Double>) {
    // √x₀ + x₁ log x₁ has no value for x₀ < 0.
    let problem = Formula(
      bounds: Bounds(lower: [1e-9, 1], upper: [4, 3]),
      f: { x, g in
        g[0] = 0.5 / x[0].squareRoot()
        g[1] = Double.log(x[1]) + 1
        return x[0].squareRoot() + x[1] * Double.log(x[1])
      },
      second: { x, v, product in
        product[0] = -0.25 / (x[0] * x[0].squareRoot()) * v[0]
        product[1] = v[1] / x[1]
      })
    var x = x
    problem.project(&x)
    #expect(checkDerivatives(of: problem, at: x).agrees)
    #expect(checkHessian(of: problem, at: x).agrees)
  }
}
