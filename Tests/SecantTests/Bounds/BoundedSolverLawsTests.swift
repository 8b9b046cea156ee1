import Foundation
import RealModule
import Secant
import Testing

/// The methods for problems with bounds.
func boundedMethods<P: BoundedObjective & HessianVectorObjective>() -> [Named<P>] {
  [
    Named(name: "L-BFGS-B", method: .lbfgsb()),
    Named(name: "L-BFGS-B, memory 3", method: .lbfgsb(memory: 3)),
    Named(name: "TRON", method: .tron(), seesCurvature: true),
    Named(name: "spectral projected gradient", method: .spectralProjectedGradient()),
  ]
}

/// What every solver for problems with bounds must do. All problems trap where they are asked for a point outside.
@Suite struct BoundedSolverLawsTests {
  // MARK: Published problems

  @Test(arguments: hockSchittkowski() as [Boxed<Double>])
  func solvesHockAndSchittkowski(_ problem: Boxed<Double>) {
    check(problem, value: 1e-5, point: 0.05)
  }

  @Test(arguments: hockSchittkowski() as [Boxed<Float>])
  func solvesHockAndSchittkowskiInSinglePrecision(_ problem: Boxed<Float>) {
    // HS3 is so flat that ‖P(x − g) − x‖ ≤ 1e-3 is far from its minimum.
    check(problem, value: 2e-3, point: problem.name == "HS3" ? .infinity : 0.1)
  }

  func check<S: LAPACKScalar>(_ problem: Boxed<S>, value: S, point: S) {
    for named in boundedMethods() as [Named<Boxed<S>>] {
      let outcome = minimize(problem, from: problem.start, using: named.method)
      #expect(outcome.status.isConverged, "\(problem) \(named): \(outcome)")
      #expect(problem.bounds.contains(outcome.point))
      #expect(outcome.certificate?.isReproduced == true)
      #expect(outcome.certificate?.isMinimum == true, "\(problem) \(named): \(outcome)")
      // HS2 has another minimum, f = 4.9412 at (−1.2210, 1.5).
      if problem.name == "HS2", outcome.value > 1 {
        #expect(abs(outcome.value - 4.94122932) < 1e-4)
        continue
      }
      let scale = Swift.max(1, abs(problem.minimum))
      #expect(abs(outcome.value - problem.minimum) <= value * scale, "\(problem) \(named): \(outcome)")
      #expect((outcome.point - problem.minimizer).largestMagnitude <= point, "\(problem) \(named)")
    }
  }

  /// Moré and Toraldo's torsion problem has one minimum; all methods find the same one, and the same plastic zone.
  @Test func agreeOnTheTorsionProblem() {
    let problem = Torsion<Double>(12)
    let exact = minimize(problem, from: problem.start, using: .tron(), until: Convergence(gradient: 1e-10))
    let plastic = Set(exact.certificate?.activeBounds.map(\.variable) ?? [])
    #expect(plastic.count > 20 && plastic.count < 144)
    for named in boundedMethods() as [Named<Torsion<Double>>] {
      let outcome = minimize(problem, from: problem.start, using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect((outcome.point - exact.point).largestMagnitude < 1e-5, "\(named)")
      #expect(Set(outcome.certificate?.activeBounds.map(\.variable) ?? []) == plastic, "\(named)")
    }
  }

  // MARK: Quadratics, against every face there is

  /// The minimum of a strictly convex quadratic on a box: of all faces' minimisers the one that meets the conditions.
  static func enumerate(_ f: Quadratic<Double>, _ box: Bounds<Double>) -> Vector<Double>? {
    let n = box.count
    var faces = 1
    for _ in 0..<n { faces *= 3 }
    for face in 0..<faces {
      var x = Vector<Double>(zeros: n)
      var (code, free) = (face, [Int]())
      for i in 0..<n {
        switch code % 3 {
        case 0: free.append(i)
        case 1: x[i] = box.lower[i]
        default: x[i] = box.upper[i]
        }
        code /= 3
      }
      guard x.isFinite else { continue }
      if !free.isEmpty {
        var A = Matrix<Double>(zeros: free.count, free.count)
        var b = Vector<Double>(zeros: free.count)
        for (k, i) in free.enumerated() {
          b[k] = f.b[i]
          for j in 0..<n where !free.contains(j) { b[k] -= f.A[i, j] * x[j] }
          for (l, j) in free.enumerated() { A[k, l] = f.A[i, j] }
        }
        var cholesky = Cholesky<Double>(dimension: free.count)
        precondition(cholesky.factor(A) == nil)
        cholesky.solve(&b)
        for (k, i) in free.enumerated() { x[i] = b[k] }
      }
      var g = x
      _ = f.valueAndGradient(at: x, into: &g)
      if box.contains(x), box.stationarity(of: g, at: x) < 1e-9 { return x }
    }
    return nil
  }

  @Test(arguments: 0..<12)
  func findsTheFaceOfAQuadratic(seed: Int) throws {
    let n = 5
    var generator = RandomGenerator(seed: UInt64(seed))
    var draw = Vector<Double>(zeros: n)
    let quadratic = Quadratic<Double>(n, condition: [10, 1e3, 1e5][seed % 3])
    generator.fillNormal(&draw)
    let lower = Vector(draw.map { seed % 4 == 0 && $0 > 1 ? -.infinity : 0.3 * $0 - 0.2 })
    let upper = Vector((0..<n).map { $0 == 2 ? lower[2].isFinite ? lower[2] : 1 : lower[$0] + 0.4 })
    let box = Bounds(lower: lower, upper: Vector(upper.map { $0.isFinite ? $0 : 0.5 }))
    let expected = try #require(Self.enumerate(quadratic, box))
    for named in boundedMethods() as [Named<Guarded<Quadratic<Double>>>] {
      let outcome = minimize(
        Guarded(quadratic, box), from: Vector(repeating: 0.1, count: n), using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect((outcome.point - expected).largestMagnitude < 1e-5, "\(named): \(outcome)")
    }
  }

  // MARK: Boxes at the edge

  /// Without a bound the problem is what it was.
  @Test func needsNoBounds() {
    for named in boundedMethods() as [Named<Bounded<Rosenbrock<Double>>>] {
      let outcome = minimize(Rosenbrock().bounded(count: 2), from: [-1.2, 1], using: named.method)
      #expect(outcome.status.isConverged && outcome.certificate?.activeBounds == [], "\(named): \(outcome)")
      #expect((outcome.point - [1, 1]).largestMagnitude < 1e-4)
      #expect(!outcome.movedStart)
    }
  }

  @Test func respectsFixedVariables() {
    let box = Bounds<Double>(lower: [-1.2, -5], upper: [-1.2, 5])
    for named in boundedMethods() as [Named<Guarded<Rosenbrock<Double>>>] {
      let outcome = minimize(Guarded(Rosenbrock(), box), from: [3, 1], using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect(outcome.point[0] == -1.2 && abs(outcome.point[1] - 1.44) < 1e-6)
      #expect(outcome.certificate?.activeBounds.map(\.side) == [.both])
    }
  }

  @Test func aFullyFixedProblemIsSolvedAtOnce() {
    let box = Bounds<Double>(lower: [2, 3], upper: [2, 3])
    for named in boundedMethods() as [Named<Guarded<Rosenbrock<Double>>>] {
      let outcome = minimize(Guarded(Rosenbrock(), box), from: [0, 0], using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      #expect(outcome.point == [2, 3] && outcome.iterations == 0 && outcome.movedStart)
      #expect(outcome.ledger.gradients == 1)
    }
  }

  @Test func startsOnTheBoundsThatItLeaves() {
    let box = Bounds<Double>(lower: [-1.5, -1], upper: [2, 3])
    for corner in [[-1.5, -1], [2, 3], [-1.5, 3], [2, -1]] as [Vector<Double>] {
      for named in boundedMethods() as [Named<Guarded<Rosenbrock<Double>>>] {
        let outcome = minimize(Guarded(Rosenbrock(), box), from: corner, using: named.method)
        #expect(outcome.status.isConverged && !outcome.movedStart, "\(named): \(outcome)")
        #expect((outcome.point - [1, 1]).largestMagnitude < 1e-4, "\(named): \(outcome)")
      }
    }
  }

  /// x log x − x + ½‖x − a‖² with x ≥ 0: no number below, and its derivative −∞ on the bound.
  struct Entropy: BoundedObjective, HessianVectorObjective {
    let a: Vector<Double> = [3, 0.5, -2]
    let bounds = Bounds<Double>(from: 1e-12, count: 3)
    func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
      precondition(bounds.contains(x), "\(x) lies outside of the bounds")
      var sum = 0.0
      for i in 0..<3 {
        g[i] = Double.log(x[i]) + x[i] - a[i]
        sum += x[i] * Double.log(x[i]) - x[i] + (x[i] - a[i]) * (x[i] - a[i]) / 2
      }
      return sum
    }
    func hessian(times v: Vector<Double>, at x: Vector<Double>, into product: inout Vector<Double>) {
      for i in 0..<3 { product[i] = (1 / x[i] + 1) * v[i] }
    }
  }

  @Test(arguments: [1e-12, 1, 100]) func staysWhereTheFunctionIsDefined(start: Double) {
    for named in boundedMethods() as [Named<Entropy>] {
      let outcome = minimize(Entropy(), from: Vector(repeating: start, count: 3), using: named.method)
      #expect(outcome.status.isConverged, "\(named): \(outcome)")
      let x = outcome.point
      for i in 0..<3 { #expect(abs(Double.log(x[i]) + x[i] - Entropy().a[i]) < 1e-4, "\(named): \(outcome)") }
    }
  }

  // MARK: Scale

  @Test(arguments: [1e-10, 1e-5, 1e5, 1e10]) func findsTheSameMinimumAtEveryScale(factor: Double) {
    let box = Bounds<Double>(lower: [-1.5, -1], upper: [0.5, 3])
    for named in boundedMethods() as [Named<Guarded<Rosenbrock<Double>>>] {
      let outcome = minimize(Guarded(Rosenbrock(scale: factor), box), from: [-1.2, 1], using: named.method)
      #expect((outcome.point - [0.5, 0.25]).largestMagnitude < 1e-4, "\(named): \(outcome)")
    }
  }

  /// (x₀ − 1)² + (x₁/u − ¼)² with 0 ≤ x₁ ≤ u: scaling a variable may cost steps, but hides nothing.
  struct Narrow<Scalar: LAPACKScalar>: TwiceDifferentiableObjective {
    let u: Scalar
    func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
      let r = x[1] / u - 0.25
      g[0] = 2 * (x[0] - 1)
      g[1] = 2 * r / u
      return (x[0] - 1) * (x[0] - 1) + r * r
    }
    func hessian(at _: Vector<Scalar>, into H: inout Matrix<Scalar>) {
      H.fill(with: 0)
      H[0, 0] = 2
      H[1, 1] = 2 / u / u
    }
  }

  @Test(arguments: [1e-3, 1e-6, 1e-9]) func isNotBlindInANarrowBox(width: Double) {
    check(width: width, tolerance: 1e-5)
  }

  @Test(arguments: [1e-2, 1e-3, 1e-4]) func isNotBlindInANarrowBoxInSinglePrecision(width: Float) {
    check(width: width, tolerance: 1e-2)
  }

  func check<S: LAPACKScalar>(width u: S, tolerance: S) {
    let box = Bounds<S>(lower: [-10, 0], upper: [10, u])
    typealias P = Guarded<Narrow<S>>
    let methods: [Named<P>] =
      boundedMethods() + [Named(name: "projected gradient", method: .projectedGradient())]
    for named in methods {
      for part in [0, 0.1, 0.5, 1] as [S] {
        let outcome = minimize(
          Guarded(Narrow(u: u), box), from: [5, part * u], using: named.method,
          within: Budget(iterations: 500))
        if outcome.status.isConverged {
          let error = Swift.max(abs(outcome.point[0] - 1), abs(outcome.point[1] / u - 0.25))
          #expect(error <= tolerance, "\(named): \(outcome)")
        } else {
          #expect(named.name != "TRON", "\(outcome)")
        }
      }
    }
  }

  // MARK: State

  @Test(arguments: boundedMethods() as [Named<Torsion<Double>>], [1, 3, 8])
  func resumesBitForBit(_ named: Named<Torsion<Double>>, steps: Int) throws {
    func check<M: Solver<Torsion<Double>>>(_ method: M) throws {
      let problem = Torsion<Double>(8)
      func advanced(_ run: Run<M>, by count: Int) -> Run<M> {
        var run = run
        if !run.state.watch.hasStarted { run.advance() }
        for _ in 0..<count { run.advance() }
        return run
      }
      let fresh = Run(problem, from: problem.start, using: method, until: .never)
      let whole = advanced(fresh, by: steps + 3)
      let half = advanced(fresh, by: steps)
      let code = try JSONEncoder().encode(half.state)
      let state = try JSONDecoder().decode(State<Double, M.Memory>.self, from: code)
      #expect(state == half.state)
      let resumed = advanced(
        Run(problem, resuming: state, using: method, until: .never), by: 3)
      if !half.isOver { #expect(resumed.state == whole.state) }
    }
    try check(named.method)
  }

  @Test(arguments: boundedMethods() as [Named<Guarded<Rosenbrock<Double>>>], [0, 1, 2, 5, 9])
  func neverOverrunsABudget(_ named: Named<Guarded<Rosenbrock<Double>>>, limit: Int) {
    let problem = Guarded(Rosenbrock<Double>(), Bounds(lower: [-2, -2], upper: [0.5, 2]))
    let outcome = minimize(
      problem, from: [-1.2, 1], using: named.method, until: .never, within: Budget(gradients: limit))
    #expect(outcome.ledger.gradients <= limit)
    if limit > 0 { #expect(outcome.value == problem.value(at: outcome.point)) }
  }
}
