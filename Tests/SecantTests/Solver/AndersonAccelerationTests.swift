import Foundation
import Secant
import Testing

@Suite struct AndersonAccelerationTests {
  typealias Subject<S: LAPACKScalar> = AndersonAcceleration<Rosenbrock<S>>

  @Test func endsInNPlusTwoStepsOnAQuadratic() {
    func check<S: LAPACKScalar>(_: S.Type, within tolerance: S) {
      let n = 6
      let f = Quadratic<S>(n, condition: 20)
      for rate in [nil, 0.05] as [S?] {
        let solver = AndersonAcceleration<Quadratic<S>>(memory: n, rate: rate, filter: 0)
        var state = solver.start(at: Vector(zeros: n), for: f)
        for _ in 0..<n + 2 { solver.step(&state, on: f) }
        #expect((state.current.point - f.minimizer).largestMagnitude < tolerance)
        #expect(solver.restarts(in: state.memory).count == 0)
      }
    }
    check(Double.self, within: 1e-8)
    check(Float.self, within: 1e-2)
  }

  /// Walker and Ni, theorem 2.2: with all differences and a fixed rate, x_{k+1} is a plain step from the k-th iterate
  /// of GMRES, the point of x₀ + span{g₀, Ag₀, …} whose gradient is least.
  @Test func isGMRESOnALinearProblem() {
    let n = 6
    let η = 0.15
    let f = Quadratic<Double>(n, condition: 6)
    let x₀ = Vector<Double>(zeros: n)
    let solver = AndersonAcceleration<Quadratic<Double>>(memory: n, rate: η, filter: 0)
    var state = solver.start(at: x₀, for: f)
    solver.step(&state, on: f)
    var g₀ = x₀
    _ = f.valueAndGradient(at: x₀, into: &g₀)
    var krylov = [g₀]
    for k in 1..<n {
      // min ‖g₀ + AKc‖
      var AK = Matrix<Double>(zeros: n, k)
      for j in 0..<k {
        var v = x₀
        f.A.multiply(krylov[j], into: &v)
        for i in 0..<n { AK[i, j] = v[i] }
        if j == k - 1 { krylov.append((1 / v.norm) * v) }
      }
      var qr = QR<Double>(rows: n, columns: k)
      #expect(qr.factor(AK) == nil)
      var (right, c) = (-1 * g₀, Vector<Double>(zeros: k))
      #expect(qr.solve(&right, into: &c) == nil)
      var x = x₀
      for j in 0..<k { x.add(krylov[j], times: c[j]) }
      var g = x₀
      _ = f.valueAndGradient(at: x, into: &g)
      x.add(g, times: -η)
      solver.step(&state, on: f)
      #expect((state.current.point - x).largestMagnitude < 1e-8 * x.norm, "step \(k + 1)")
    }
    #expect(solver.restarts(in: state.memory).count == 0)
  }

  @Test func theFirstStepIsPlain() {
    let f = Rosenbrock<Double>()
    let solver = Subject<Double>(rate: 1e-4)
    var state = solver.start(at: Rosenbrock.start(), for: f)
    solver.step(&state, on: f)
    var expected = state.other.point
    expected.add(state.other.gradient, times: -1e-4)
    #expect((state.current.point - expected).largestMagnitude < 1e-15)
  }

  @Test func neverGoesUphillAndSaysWhyItBeganAnew() {
    let f = Rosenbrock<Double>()
    for rate in [nil, 1e-3] {
      let solver = Subject<Double>(rate: rate, noise: 0)
      var state = solver.start(at: Rosenbrock.start(6), for: f)
      for _ in 0..<80 {
        let before = solver.restarts(in: state.memory).count
        guard case .accepted(let α) = solver.step(&state, on: f) else { break }
        let gᵀg = state.other.gradient.squaredNorm
        let isPlain = solver.restarts(in: state.memory).count > before || state.iteration == 1
        #expect(state.current.value <= state.other.value - 1e-4 * (isPlain ? α : state.memory.rate) * gᵀg)
      }
      let restarts = solver.restarts(in: state.memory)
      #expect(restarts.count > 0 && restarts.reason == .noBetterThanPlainStep)
    }
  }

  @Test func solvesTheClassicalProblems() {
    func check<P: DifferentiableObjective>(_ f: P, _ start: Vector<P.Scalar>, gradients: Int = 400)
    where P.Domain == WholeSpace {
      let outcome = minimize(f, from: start, using: .anderson(), within: Budget(gradients: gradients))
      #expect(outcome.status.isConverged, "\(outcome)")
    }
    check(Rosenbrock<Double>(), Rosenbrock.start())
    check(Rosenbrock<Double>(scale: 1e10), Rosenbrock.start())
    check(Rosenbrock<Double>(scale: 1e-10), Rosenbrock.start())
    check(Rosenbrock<Double>(wall: -1.3), Rosenbrock.start())
    check(Wood<Double>(), Wood.start)
    check(Beale<Double>(), Beale.start)
    check(HelicalValley<Double>(), HelicalValley.start)
    check(PowellSingular<Double>(), PowellSingular.start)
    check(Quadratic<Double>(40, condition: 1e3), Vector(zeros: 40))
    check(Rosenbrock<Float>(), Rosenbrock.start())
    check(Wood<Float>(), Wood.start)
    check(Beale<Float>(), Beale.start)
  }

  /// On a strictly convex quadratic a rate of 1/L takes about κ steps for each digit or so; ten differences cut that
  /// to about √κ.
  @Test func acceleratesGradientDescent() {
    let f = Quadratic<Double>(60, condition: 400)
    func gradients(_ method: some Solver<Quadratic<Double>>) -> Int {
      let outcome = minimize(f, from: Vector(zeros: 60), using: method, certifying: false)
      #expect(outcome.status.isConverged)
      return outcome.ledger.gradients
    }
    let plain = gradients(Descent.gradientDescent(rate: 1 / 400))
    let accelerated = gradients(AndersonAcceleration(memory: 10, rate: 1 / 400))
    #expect(accelerated * 5 < plain)
  }

  @Test func resumesBitForBit() throws {
    let f = Rosenbrock<Double>()
    let solver = Subject<Double>(memory: 4)
    var whole = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<30 { solver.step(&whole, on: f) }
    var part = solver.start(at: Rosenbrock.start(10), for: f)
    for _ in 0..<13 { solver.step(&part, on: f) }
    var resumed = try JSONDecoder().decode(type(of: part), from: JSONEncoder().encode(part))
    #expect(resumed == part)
    for _ in 0..<17 { solver.step(&resumed, on: f) }
    #expect(resumed.current.point.isIdentical(to: whole.current.point))
    #expect(resumed == whole)
  }

  @Test func complaints() {
    #expect(Subject<Double>().complaint == nil && Subject<Float>().complaint == nil)
    #expect(Subject<Double>(memory: 0).complaint?.contains("memory (m) is 0") == true)
    #expect(Subject<Double>(rate: -1).complaint?.contains("rate (η) is -1.0") == true)
    #expect(Subject<Double>(sufficientDecrease: 1).complaint?.contains("sufficientDecrease is 1.0") == true)
    #expect(Subject<Double>(filter: .nan).complaint?.contains("filter is nan") == true)
    #expect(Subject<Double>(noise: -1).complaint?.contains("noise is -1.0") == true)
    #expect(Subject<Double>().comparesGradients)
  }
}
