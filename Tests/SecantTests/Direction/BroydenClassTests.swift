import Secant
import Testing

@Suite struct BroydenClassTests {
  typealias Member = Descent<BroydenClass<Quadratic<Double>>, ExactOnQuadratics<Double>>

  /// φ = 0 is BFGS, step for step, with any scaling.
  @Test(arguments: SelfScaling.allCases) func isBFGSAtZero(_ scaling: SelfScaling) {
    let f = Rosenbrock<Double>()
    let rule = StrongWolfe<Double>(curvature: 0.5)
    let member = Descent(BroydenClass<Rosenbrock<Double>>(φ: 0, scaling: scaling), step: rule)
    let bfgs = Descent(BFGS<Rosenbrock<Double>>(scaling: scaling), step: rule)
    var a = member.start(at: Rosenbrock.start(5), for: f)
    var b = bfgs.start(at: Rosenbrock.start(5), for: f)
    for _ in 0..<15 {
      member.step(&a, on: f)
      bfgs.step(&b, on: f)
      #expect((a.current.point - b.current.point).norm < 1e-8)
    }
  }

  /// Dixon (1972): with exact line searches all members take the same steps; they end after n on a quadratic.
  @Test(arguments: [0, 0.3, 1, 1.7, 5, -0.01, -1e6]) func takesTheStepsOfBFGSWithExactSearch(_ φ: Double) {
    let n = 8
    let f = Quadratic<Double>(n, condition: 30)
    let member: Member = .broyden(φ: φ, step: ExactOnQuadratics())
    let bfgs: Descent<BFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .bfgs(step: ExactOnQuadratics())
    var a = member.start(at: Vector(zeros: n), for: f)
    var b = bfgs.start(at: Vector(zeros: n), for: f)
    for step in 1...n {
      member.step(&a, on: f)
      bfgs.step(&b, on: f)
      #expect((a.current.point - b.current.point).largestMagnitude < 1e-6, "φ = \(φ), step \(step)")
    }
    #expect((a.current.point - f.minimizer).largestMagnitude < 1e-6)
    #expect(member.restarts(in: a.memory).count == 0)
  }

  /// (6.13) and (6.14): the class in terms of B, inverted, is what is kept.
  @Test(arguments: [0, 0.4, 1, 3, -0.05]) func keepsTheInverseOfTheFormula(_ φ: Double) {
    let f = Rosenbrock<Double>()
    let n = 4
    let solver = Descent(
      BroydenClass<Rosenbrock<Double>>(φ: φ, scaling: .never), step: StrongWolfe(curvature: 0.1))
    var state = solver.start(at: Rosenbrock.start(n), for: f)
    var B = Matrix<Double>(identity: n)
    for step in 0..<8 {
      var before = state.current
      before.value = f.valueAndGradient(at: before.point, into: &before.gradient)
      solver.step(&state, on: f)
      var residual = before.gradient
      B.multiply(state.memory.p, into: &residual, adding: 1)
      #expect(residual.norm < 1e-6 * before.gradient.norm, "φ = \(φ), step \(step)")
      let s = state.current.point - before.point
      var g = Vector<Double>(zeros: n)
      _ = f.valueAndGradient(at: state.current.point, into: &g)
      let y = g - before.gradient
      var Bs = Vector<Double>(zeros: n)
      B.multiply(s, into: &Bs)
      let (sᵀy, sᵀBs) = (s.dot(y), s.dot(Bs))
      B.addOuter(Bs, Bs, times: -1 / sᵀBs)
      B.addOuter(y, y, times: 1 / sᵀy)
      let v = (1 / sᵀy) * y - (1 / sᵀBs) * Bs
      // Where φ < 0 is guarded the matrices part.
      var cholesky = Cholesky<Double>(dimension: n)
      var B₊ = B
      B₊.addOuter(v, v, times: φ * sᵀBs)
      guard cholesky.factor(B₊) == nil else { break }
      B = B₊
    }
  }

  /// DFP's own formula, H − Hy(Hy)ᵀ/yᵀHy + ssᵀ/sᵀy, is φ = 1: its next direction from one pair.
  @Test func isDFPAtOne() {
    let f = Rosenbrock<Double>()
    let solver: Descent<BroydenClass<Rosenbrock<Double>>, StrongWolfe<Double>> = .dfp()
    var state = solver.start(at: [-1.2, 1], for: f)
    #expect(solver.direction.φ == 1)
    var before = state.current
    before.value = f.valueAndGradient(at: before.point, into: &before.gradient)
    solver.step(&state, on: f)
    let s = state.current.point - before.point
    let y = state.current.gradient - before.gradient
    solver.step(&state, on: f)
    let γ = s.dot(y) / y.squaredNorm
    var H = Matrix<Double>(zeros: 2, 2)
    H.addToDiagonal(γ)
    H.addOuter(y, y, times: -γ / y.squaredNorm)
    H.addOuter(s, s, times: 1 / s.dot(y))
    var kept = state.memory.direction.matrix
    kept.mirrorLowerTriangle()
    kept.add(H, times: -1)
    #expect(kept.frobeniusNorm < 1e-12 * H.frobeniusNorm)
  }

  @Test func convergesAcrossTheClass() {
    for φ in [0, 0.5, 1, -0.1, 2.0] {
      let outcome = minimize(
        Rosenbrock<Double>(), from: Rosenbrock.start(), using: .broyden(φ: φ))
      #expect(outcome.status.isConverged, "φ = \(φ): \(outcome.status)")
    }
    #expect(minimize(Rosenbrock<Float>(), from: Rosenbrock.start(), using: .dfp()).status.isConverged)
  }

  @Test func resumesBitForBit() throws {
    let solver: Descent<BroydenClass<Rosenbrock<Double>>, StrongWolfe<Double>> = .broyden(φ: 0.5)
    try expectResumes(solver, Rosenbrock<Double>(), from: Rosenbrock.start(6))
  }

  @Test func complains() {
    #expect(BroydenClass<Rosenbrock<Double>>(φ: .nan).complaint?.contains("φ") == true)
    #expect(BroydenClass<Rosenbrock<Double>>(φ: 1, curvatureTolerance: -1).complaint != nil)
    #expect(BroydenClass<Rosenbrock<Double>>(φ: 1).complaint == nil)
  }
}
