import Foundation
import Secant
import Testing

@Suite struct CubicRegularizationTests {
  typealias Dense<P: TwiceDifferentiableObjective> = CubicRegularization<DenseCubic<DenseHessianModel<P>>>
  where P.Domain == WholeSpace

  /// One subproblem by the dense solver: the step, what is promised, and σ‖p‖.
  func step<Scalar: LAPACKScalar>(
    _ B: Matrix<Scalar>, _ g: Vector<Scalar>, _ σ: Scalar
  ) throws -> (p: Vector<Scalar>, step: ModelStep<Scalar>) {
    let f = Quadratic(B, -1 * g)
    let (model, subproblem) = (
      DenseHessianModel<Quadratic<Scalar>>(), DenseCubic<DenseHessianModel<Quadratic<Scalar>>>()
    )
    var oracle = Oracle(f)
    var current = Iterate(Vector<Scalar>(zeros: g.count))
    try oracle.evaluate(&current)
    var modelMemory = model.allocate(g.count, for: f)
    try model.prepare(at: current, beside: current, hasMoved: true, &modelMemory, asking: &oracle)
    var memory = subproblem.allocate(g.count)
    var p = g
    let step = try subproblem.solve(
      &p, from: current, weight: σ, hasMoved: true, &memory, model: model, &modelMemory, asking: &oracle)
    return (p, step)
  }

  func cubic<Scalar>(_ B: Matrix<Scalar>, _ g: Vector<Scalar>, _ σ: Scalar, _ p: Vector<Scalar>) -> Scalar {
    var Bp = p
    B.symmetricMultiply(p, into: &Bp)
    let length = p.norm
    return g.dot(p) + p.dot(Bp) / 2 + σ * length * length * length / 3
  }

  /// Theorem 3.1 of Cartis, Gould and Toint: (B + λI)p = −g with λ = σ‖p‖, and B + λI positive semidefinite.
  @Test func theDenseStepIsAGlobalMinimiser() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      for λ in [[1, 2, 30], [-5, 1, 2], [-3, -2, -1], [0, 0, 1], [-1e3, 1, 2]] as [[Scalar]] {
        for σ in [1e-3, 1, 1e3] as [Scalar] {
          let B = HessianModificationTests.matrix(λ)
          let g: Vector<Scalar> = [1, -2, 0.5]
          let (p, step) = try step(B, g, σ)
          let weight = σ * p.norm
          var residual = g
          B.symmetricMultiply(p, into: &residual, adding: 1)
          residual.add(p, times: weight)
          let scale = 1 + (λ.map { abs($0) }.max()! + weight) * p.norm
          #expect(residual.norm <= 200 * .ulpOfOne * scale, "λ \(λ), σ \(σ): \(residual.norm)")
          #expect(weight >= -λ.min()! * (1 - 100 * .ulpOfOne))
          #expect(abs(step.length - p.norm) <= 1e-4 * p.norm)
          let value = cubic(B, g, σ, p)
          #expect(abs(value + step.decrease) <= 1000 * .ulpOfOne * scale * (1 + p.norm))
        }
      }
    }
    try check(Double.self)
    try check(Float.self)
  }

  /// The hard case: g has nothing along the least eigenvalue, and that is where most of the decrease lies.
  @Test func theHardCaseGoesAlongTheLeastEigenvector() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) throws {
      let (p, step) = try step(Matrix(diagonal: [-2, 1, 3]), [0, 0.1, 0], 1 as Scalar)
      // λ = 2: p₂ = −0.1/3, and p₁ is what is missing to ‖p‖ = 2.
      #expect(abs(p.norm - 2) < 1e-5)
      let along: Scalar = -0.1 / 3
      #expect(abs(p[1] - along) < 1e-5)
      #expect(p[2] == 0)
      let missing: Scalar = (4 - 0.01 / 9 as Scalar).squareRoot()
      #expect(abs(abs(p[0]) - missing) < 1e-5)
      #expect(step.decrease > 1.3)
    }
    try check(Double.self)
    try check(Float.self)
    // A multiple least eigenvalue, and a gradient that is next to nothing along it.
    let (p, _) = try step(Matrix(diagonal: [-2, -2, 3]), [1e-17, 0, 1.0], 1)
    #expect(abs(p.norm - 2) < 1e-8 && p.isFinite)
  }

  @Test func bothSubproblemsSolveTheSameProblems() {
    func check<P: TwiceDifferentiableObjective>(_ f: P, from x: Vector<Double>, value: Double)
    where P.Scalar == Double, P.Domain == WholeSpace, P.Failure == Never {
      for (name, method) in [
        ("dense", .cubicRegularization()), ("Krylov", .cubicRegularization(subproblem: KrylovCubic())),
      ] as [(String, any Solver<P>)] {
        let outcome = minimize(f, from: x, using: method, within: Budget(iterations: 500))
        #expect(outcome.status.isConverged, "\(name): \(outcome.status)")
        #expect(abs(outcome.value - value) < 1e-6, "\(name): \(outcome.value)")
      }
    }
    check(Rosenbrock<Double>(), from: Rosenbrock.start(), value: 0)
    check(Wood<Double>(), from: Wood<Double>.start, value: 0)
    check(Beale<Double>(), from: Beale<Double>.start, value: 0)
    check(HelicalValley<Double>(), from: HelicalValley<Double>.start, value: 0)
    check(Formula<Double>.saddle, from: [0, 0], value: -0.25)
    check(Formula<Double>.saddle, from: [1, 0], value: -0.25)
    check(Formula<Double>.monkeySaddle, from: [-1, 0.01], value: -27.0 / 256)
    check(Formula<Double>.manySaddles(12), from: Vector(zeros: 12), value: -11.0 / 4)
    check(Rosenbrock<Double>(shift: 1e8), from: Rosenbrock.start(), value: 1e8)
  }

  @Test func worksInSinglePrecision() {
    for method in [.cubicRegularization(), .cubicRegularization(subproblem: KrylovCubic())]
      as [any Solver<Rosenbrock<Float>>]
    {
      let outcome = minimize(Rosenbrock<Float>(), from: Rosenbrock.start(), using: method)
      #expect(outcome.status.isConverged, "\(outcome.status)")
      #expect((outcome.point - [1, 1]).largestMagnitude < 5e-3)
    }
  }

  @Test func convergesWithOrderTwo() {
    let a: [Double] = [0.5, 1, 2]
    let f = Formula<Double>(
      n: 3,
      value: { x in
        var sum = 0.0
        for i in 0..<3 { sum += exp(a[i] * x[i]) - a[i] * x[i] }
        return sum
      },
      gradient: { x, g in for i in 0..<3 { g[i] = a[i] * exp(a[i] * x[i]) - a[i] } },
      second: { x, H in for i in 0..<3 { H[i, i] = a[i] * a[i] * exp(a[i] * x[i]) } })
    let solver: Dense<Formula<Double>> = .cubicRegularization()
    var state = solver.start(at: [1, 1, 1], for: f)
    var errors = [state.current.point.norm]
    while errors.last! > 1e-5 && errors.count < 30 {
      solver.step(&state, on: f)
      errors.append(state.current.point.norm)
    }
    let e = errors.suffix(3).map { log($0) }
    let order = (e[2] - e[1]) / (e[1] - e[0])
    #expect(order > 1.7, "\(errors)")
  }

  @Test func neverGoesUphillAndDecomposesOncePerPoint() {
    let f = Rosenbrock<Double>()
    let outcome = minimize(f, from: Rosenbrock.start(6), using: .cubicRegularization(), certifying: false)
    #expect(outcome.status.isConverged)
    // A Hessian and a decomposition a point that was left, and one Hessian to look at the last.
    #expect(outcome.ledger.factorisations == outcome.iterations)
    #expect(outcome.ledger.hessians == outcome.iterations + 1)
    let solver: Dense<Rosenbrock<Double>> = .cubicRegularization()
    var state = solver.start(at: Rosenbrock.start(6), for: f)
    var rejected = 0
    for _ in 0..<60 {
      let before = state
      switch solver.step(&state, on: f) {
      case .accepted: #expect(state.current.value <= state.other.value)
      case .rejected:
        rejected += 1
        #expect(state.current.point == before.current.point)
        #expect(state.memory.σ >= 2 * before.memory.σ || before.memory.σ == 0)
      default: break
      }
    }
    #expect(rejected > 0)
  }

  /// A power of two scales without rounding: σ scales with f.
  @Test func takesTheSameStepsAtAnyScale() {
    let c = 0x1p30
    let plain = minimize(Rosenbrock<Double>(), from: [0, 2], using: .cubicRegularization())
    let scaled = minimize(
      Rosenbrock<Double>(scale: c), from: [0, 2], using: .cubicRegularization(),
      until: Convergence(gradient: 1e-6 * c, isRelative: false))
    #expect(plain.iterations == scaled.iterations)
    #expect((plain.point - scaled.point).largestMagnitude < 1e-10)
  }

  @Test func findsTheLackOfALowerBound() {
    let f = Formula<Double>(
      n: 2, value: { -$0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(-2) })
    for method in [.cubicRegularization(), .cubicRegularization(subproblem: KrylovCubic())]
      as [any Solver<Formula<Double>>]
    {
      let outcome = minimize(f, from: [1, 2], using: method, within: Budget(iterations: 500))
      #expect(!outcome.status.isConverged)
      #expect(outcome.value < -1e20, "\(outcome.status) at \(outcome.value)")
    }
  }

  @Test func stepsBackFromWhatIsNotANumber() {
    for method in [.cubicRegularization(), .cubicRegularization(subproblem: KrylovCubic())]
      as [any Solver<Rosenbrock<Double>>]
    {
      let outcome = minimize(Rosenbrock<Double>(wall: -0.5), from: [2, 2], using: method)
      #expect(outcome.status.isConverged)
      #expect((outcome.point - [1, 1]).largestMagnitude < 1e-5)
    }
    let bad = Formula<Double>(
      n: 2, value: { $0.squaredNorm }, gradient: { $1.set($0, times: 2) }, second: { $1.fill(with: .nan) })
    for method in [.cubicRegularization(), .cubicRegularization(subproblem: KrylovCubic())]
      as [any Solver<Formula<Double>>]
    {
      let outcome = minimize(bad, from: [1, 2], using: method, certifying: false)
      #expect(!outcome.status.isConverged && outcome.iterations == 0)
    }
  }

  @Test func theKrylovStepIsTheDenseOneInTheWholeSpace() {
    let f = Rosenbrock<Double>()
    let exact = KrylovCubic<HessianModel<Rosenbrock<Double>>>(forcing: Forcing(loosest: 1e-12))
    let dense: Dense<Rosenbrock<Double>> = .cubicRegularization()
    let krylov = CubicRegularization(model: HessianModel(), subproblem: exact)
    var a = dense.start(at: Rosenbrock.start(6), for: f)
    var b = krylov.start(at: Rosenbrock.start(6), for: f)
    for _ in 0..<4 {
      dense.step(&a, on: f)
      krylov.step(&b, on: f)
      #expect((a.current.point - b.current.point).largestMagnitude < 1e-8)
    }
  }

  @Test func complainsAboutWhatMakesNoSense() {
    func complaint(_ change: (inout Dense<Rosenbrock<Double>>) -> Void) -> String? {
      var solver: Dense<Rosenbrock<Double>> = .cubicRegularization()
      change(&solver)
      return solver.complaint
    }
    #expect(complaint { _ in } == nil)
    #expect(complaint { $0.initial = 0 }?.contains("σ₀") == true)
    #expect(complaint { $0.acceptance = 0.95 }?.contains("acceptance") == true)
    #expect(complaint { $0.good = .nan }?.contains("acceptance") == true)
    #expect(complaint { $0.growth = 1 }?.contains("growth") == true)
    #expect(complaint { $0.shrinkage = 0 }?.contains("shrinkage") == true)
    #expect(complaint { $0.noise = 1 }?.contains("noise") == true)
    #expect(
      KrylovCubic<HessianModel<Rosenbrock<Double>>>(dimensions: 0).complaint?.contains("dimensions") == true)
  }
}
