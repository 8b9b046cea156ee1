import Secant
import SecantLinearAlgebra
import Testing

@Suite struct CholeskyBFGSTests {
  /// The factored and the inverse form are one method: equal directions to rounding.
  @Test func takesTheStepsOfTheInverseForm() {
    let f = Rosenbrock<Double>()
    let rule = StrongWolfe<Double>(curvature: 0.5)
    let factored: Descent<CholeskyBFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .choleskyBFGS(step: rule)
    let inverse: Descent<BFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .bfgs(step: rule)
    var a = factored.start(at: Rosenbrock.start(7), for: f)
    var b = inverse.start(at: Rosenbrock.start(7), for: f)
    for step in 0..<20 {
      factored.step(&a, on: f)
      inverse.step(&b, on: f)
      #expect((a.memory.p - b.memory.p).norm < 1e-7 * b.memory.p.norm, "step \(step)")
    }
    // L is triangular with a positive diagonal, and LLᵀ is H⁻¹.
    let L = a.memory.direction.factor
    for j in 0..<7 {
      #expect(L[j, j] > 0)
      for i in 0..<j { #expect(L[i, j] == 0) }
    }
    var H = b.memory.direction.matrix
    H.mirrorLowerTriangle()
    var (B, product) = (Matrix<Double>(zeros: 7, 7), Matrix<Double>(zeros: 7, 7))
    B.setProduct(L, L, transposingSecond: true)
    product.setProduct(B, H)
    product.addToDiagonal(-1)
    #expect(product.frobeniusNorm < 1e-5)
  }

  @Test func endsInNStepsOnAQuadraticAndKnowsItsHessian() {
    let n = 8
    let f = Quadratic<Double>(n, condition: 100)
    let solver: Descent<CholeskyBFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .choleskyBFGS(
      step: ExactOnQuadratics())
    var state = solver.start(at: Vector(zeros: n), for: f)
    for _ in 0...n { solver.step(&state, on: f) }
    #expect((state.other.point - f.minimizer).largestMagnitude < 1e-9)
    var B = Matrix<Double>(zeros: n, n)
    B.setProduct(state.memory.direction.factor, state.memory.direction.factor, transposingSecond: true)
    B.add(f.A, times: -1)
    #expect(B.frobeniusNorm < 1e-6 * f.A.frobeniusNorm)
  }

  /// Powell's damping under Armijo alone: pairs without curvature do not cost B its definiteness, and none is skipped.
  @Test func staysDefiniteUnderBacktrackingAlone() {
    let f = Formula<Double>.manySaddles(5)
    let solver: Descent<CholeskyBFGS<Formula<Double>>, Armijo<Double>> = .dampedBFGS()
    var state = solver.start(at: [0.5, 0.01, 0.02, -0.01, 0.03], for: f)
    var negativePairs = 0
    for _ in 0..<60 {
      let (x, factor) = (state.current.point, state.memory.direction.factor)
      var g = Vector<Double>(zeros: 5)
      _ = f.valueAndGradient(at: x, into: &g)
      guard g.largestMagnitude > 1e-9, case .accepted = solver.step(&state, on: f) else { break }
      if (state.current.point - x).dot(state.current.gradient - g) <= 0 { negativePairs += 1 }
      for i in 0..<5 { #expect(state.memory.direction.factor[i, i] > 0) }
      #expect(state.memory.p.dot(g) < 0)
      if state.iteration > 1 { #expect(state.memory.direction.factor != factor) }
    }
    #expect(negativePairs > 0)
    #expect(abs(state.current.value + 1) < 1e-9)
  }

  /// (18.15) of Nocedal and Wright: a damped pair has sᵀB₊s = 0.2 sᵀBs.
  @Test func dampsToAFifthOfTheOldCurvature() {
    // f = −½x²: sᵀy = −sᵀs, and B = I at first.
    let f = Formula<Double>(
      n: 1, value: { -0.5 * $0[0] * $0[0] }, gradient: { $1[0] = -$0[0] }, second: { $1[0, 0] = -1 })
    let solver = Descent(CholeskyBFGS<Formula<Double>>(damping: 0.2), step: Constant(rate: 0.1))
    var state = solver.start(at: [1], for: f)
    for _ in 0..<2 { solver.step(&state, on: f) }
    let L = state.memory.direction.factor[0, 0]
    #expect(abs(L * L - 0.2) < 1e-12)
  }

  @Test func convergesOnTheClassics() {
    let rosenbrock = minimize(Rosenbrock<Double>(), from: Rosenbrock.start(10), using: .dampedBFGS())
    #expect(rosenbrock.status.isConverged)
    #expect(minimize(Wood<Double>(), from: Wood.start, using: .choleskyBFGS()).status.isConverged)
    #expect(minimize(Beale<Double>(), from: Beale.start, using: .dampedBFGS()).status.isConverged)
    let single = minimize(Rosenbrock<Float>(), from: Rosenbrock.start(), using: .choleskyBFGS())
    #expect(single.status.isConverged)
  }

  @Test func recordsWhyItBeganAnew() throws {
    let f = Quadratic<Double>(3, condition: 10)
    let solver: Descent<CholeskyBFGS<Quadratic<Double>>, FailsOnUnitLengths> = .choleskyBFGS(
      step: FailsOnUnitLengths())
    var state = solver.start(at: [5, 6, 7], for: f)
    for _ in 0..<2 { solver.step(&state, on: f) }
    #expect(solver.restarts(in: state.memory).reason == .failedSearch)
    #expect(state.iteration == 2)
  }

  @Test func resumesBitForBit() throws {
    let solver: Descent<CholeskyBFGS<Rosenbrock<Double>>, Armijo<Double>> = .dampedBFGS()
    try expectResumes(solver, Rosenbrock<Double>(), from: Rosenbrock.start(6))
  }

  @Test func complains() {
    #expect(CholeskyBFGS<Rosenbrock<Double>>(damping: 1).complaint?.contains("damping") == true)
    #expect(CholeskyBFGS<Rosenbrock<Double>>(curvatureTolerance: -1).complaint != nil)
    #expect(CholeskyBFGS<Rosenbrock<Double>>().complaint == nil)
  }
}
