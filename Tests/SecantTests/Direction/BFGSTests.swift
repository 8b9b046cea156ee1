import Foundation
import Secant
import Testing

/// The exact minimiser along a line, of a function that is quadratic there.
struct ExactOnQuadratics<Scalar: LAPACKScalar>: StepRule {
  func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> {
    guard start.slope < 0 else { return .failed(.notADescentDirection) }
    let trial = try φ(start.suggestion)
    let α = start.suggestion * start.slope / (start.slope - trial.slope)
    _ = try φ(α)
    return .accepted(α)
  }
}

@Suite struct BFGSTests {
  /// Nocedal and Wright, chapter 6: 34 iterations from (−1.2, 1) to ‖∇f‖₂ ≤ 1e-5.
  @Test func needsNoMoreStepsOnRosenbrockThanTheBook() {
    let outcome = minimize(
      Rosenbrock<Double>(), from: Rosenbrock.start(), using: .bfgs(),
      until: Convergence(gradient: 0, gradientNorm: 1e-5, isRelative: false))
    #expect(outcome.status.isConverged)
    #expect(outcome.iterations <= 34)
  }

  @Test func endsInNStepsOnAQuadraticAndKnowsItsInverseHessian() {
    let n = 8
    let f = Quadratic<Double>(n, condition: 100)
    let solver: Descent<BFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .bfgs(step: ExactOnQuadratics())
    var state = solver.start(at: Vector(zeros: n), for: f)
    for _ in 0..<n { solver.step(&state, on: f) }
    // The pair of the n-th step is taken in before the next.
    solver.step(&state, on: f)
    #expect((state.other.point - f.minimizer).largestMagnitude < 1e-9)
    var H = state.memory.direction.matrix
    H.mirrorLowerTriangle()
    var product = Matrix<Double>(zeros: n, n)
    product.setProduct(H, f.A)
    product.addToDiagonal(-1)
    #expect(product.frobeniusNorm < 1e-6)
  }

  /// With exact search both take the steps of conjugate gradients, whatever the multiple of the identity.
  @Test func agreesWithLBFGSOnAQuadraticWithExactSearch() {
    let n = 12
    let f = Quadratic<Double>(n, condition: 50)
    let dense: Descent<BFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .bfgs(step: ExactOnQuadratics())
    let limited: Descent<LimitedMemoryBFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .lbfgs(
      memory: n, step: ExactOnQuadratics())
    var a = dense.start(at: Vector(zeros: n), for: f)
    var b = limited.start(at: Vector(zeros: n), for: f)
    for _ in 0..<n - 2 {
      dense.step(&a, on: f)
      limited.step(&b, on: f)
      #expect((a.current.point - b.current.point).largestMagnitude < 1e-9)
    }
  }

  /// After one pair both hold the same matrix, made from the same multiple of the identity.
  @Test func agreesWithLBFGSAfterOnePair() {
    let f = Rosenbrock<Double>()
    let rule = StrongWolfe<Double>()
    let dense: Descent<BFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .bfgs(step: rule)
    let limited: Descent<LimitedMemoryBFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .lbfgs(step: rule)
    var a = dense.start(at: Rosenbrock.start(6), for: f)
    var b = limited.start(at: Rosenbrock.start(6), for: f)
    for _ in 0..<2 {
      dense.step(&a, on: f)
      limited.step(&b, on: f)
    }
    #expect((a.memory.p - b.memory.p).largestMagnitude < 1e-12 * b.memory.p.largestMagnitude)
  }

  /// Hy = Hg₊ − Hg and H₊g₊ by the rank-two update are the formula (6.17) computed another way.
  @Test func keepsTheInverseHessianOfTheFormula() {
    let f = Rosenbrock<Double>()
    let n = 5
    let solver: Descent<BFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .bfgs()
    var state = solver.start(at: Rosenbrock.start(n), for: f)
    var expected = Matrix<Double>(identity: n)
    var isFirst = true
    for _ in 0..<25 {
      var before = state.current
      before.value = f.valueAndGradient(at: before.point, into: &before.gradient)
      solver.step(&state, on: f)
      // `step` took the pair of the step before; compare p with −Hg.
      var p = Vector<Double>(zeros: n)
      expected.multiply(before.gradient, into: &p, times: -1)
      if state.iteration > 1 {
        #expect((p - state.memory.p).norm < 1e-7 * p.norm, "step \(state.iteration)")
      }
      let s = state.current.point - before.point
      var g = Vector<Double>(zeros: n)
      _ = f.valueAndGradient(at: state.current.point, into: &g)
      let y = g - before.gradient
      let ρ = 1 / y.dot(s)
      if isFirst {
        expected = Matrix(zeros: n, n)
        expected.addToDiagonal(1 / ρ / y.squaredNorm)
        isFirst = false
      }
      var V = Matrix<Double>(identity: n)
      V.addOuter(y, s, times: -ρ)
      var HV = Matrix<Double>(zeros: n, n)
      HV.setProduct(expected, V)
      expected.setProduct(V, HV, transposingFirst: true)
      expected.addOuter(s, s, times: ρ)
    }
  }

  @Test func skipsAPairWithoutCurvature() {
    // Constant steps downhill on a concave function: every pair has yᵀs < 0.
    let f = Formula<Double>(
      n: 2, value: { -$0.squaredNorm }, gradient: { $1.set($0, times: -2) },
      second: { _, H in H.addToDiagonal(-2) })
    let solver: Descent<BFGS<Formula<Double>>, Constant<Double>> = .bfgs(step: Constant(rate: 0.1))
    var state = solver.start(at: [1, 2], for: f)
    for _ in 0..<5 { solver.step(&state, on: f) }
    #expect(state.memory.direction.matrix == Matrix(identity: 2))
  }

  /// Dennis and Moré: ‖(B_k − ∇²f(x*))s_k‖/‖s_k‖ → 0 exactly where convergence is superlinear. With B_k s_k = −α g_k.
  @Test func satisfiesTheConditionOfDennisAndMore() {
    let f = Rosenbrock<Double>()
    let n = 4
    let solver: Descent<BFGS<Rosenbrock<Double>>, StrongWolfe<Double>> = .bfgs()
    var state = solver.start(at: Vector((0..<n).map { $0 % 2 == 0 ? 0.8 : 0.7 }), for: f)
    let minimizer = Vector<Double>(repeating: 1, count: n)
    var hessian = Matrix<Double>(zeros: n, n)
    f.hessian(at: minimizer, into: &hessian)
    var ratios: [Double] = []
    var errors: [Double] = []
    while errors.last ?? 1 > 1e-9, ratios.count < 60 {
      let x = state.current.point
      var g = Vector<Double>(zeros: n)
      _ = f.valueAndGradient(at: x, into: &g)
      guard case .accepted(let α) = solver.step(&state, on: f) else { break }
      var change = state.current.point - x
      let length = change.norm
      let s = change
      hessian.multiply(s, into: &change)
      // ∇²f s + αg
      change.add(g, times: α)
      ratios.append(change.norm / length)
      errors.append((state.current.point - minimizer).norm)
    }
    #expect(errors.last ?? 1 <= 1e-9)
    #expect(ratios.first ?? 0 > 50)
    #expect(ratios.last ?? 1 < 1)
    // Superlinear: the error falls by ever more.
    #expect((errors.last ?? 1) < 0.05 * errors[errors.count - 2])
  }

  /// The searches of Descent may end without a lower point: the matrix is forgotten, and the outcome says why.
  @Test func recordsWhyItBeganAnew() {
    let f = Quadratic<Double>(3, condition: 10)
    let solver: Descent<BFGS<Quadratic<Double>>, FailsOnUnitLengths> = .bfgs(step: FailsOnUnitLengths())
    var state = solver.start(at: [5, 6, 7], for: f)
    solver.step(&state, on: f)
    #expect(solver.restarts(in: state.memory) == Restarts())
    // The second search is offered the length 1, fails, and steepest descent has its turn.
    let step = solver.step(&state, on: f)
    guard case .accepted = step else {
      Issue.record("\(step)")
      return
    }
    let restarts = solver.restarts(in: state.memory)
    #expect(restarts.count == 1 && restarts.reason == .failedSearch && restarts.iteration == 1)
    #expect(state.memory.direction.matrix == Matrix(identity: 3))
    // It does not fail twice for one point.
    #expect(state.iteration == 2)
  }

  @Test func notesThatRoundingCostDefiniteness() throws {
    let f = Quadratic<Double>(2, condition: 10)
    let solver: Descent<BFGS<Quadratic<Double>>, StrongWolfe<Double>> = .bfgs()
    var state = solver.start(at: [5, 6], for: f)
    for _ in 0..<2 { solver.step(&state, on: f) }
    state.memory.direction.matrix.scale(by: -1)
    solver.step(&state, on: f)
    #expect([.lostDefiniteness, .notADescentDirection].contains(solver.restarts(in: state.memory).reason))
    #expect(solver.restarts(in: state.memory).count >= 1)
  }

  @Test(arguments: SelfScaling.allCases) func everyScalingConverges(_ scaling: SelfScaling) {
    let solver = Descent(BFGS<Rosenbrock<Double>>(scaling: scaling), step: StrongWolfe(curvature: 0.5))
    for n in [2, 6] {
      let outcome = minimize(Rosenbrock<Double>(), from: Rosenbrock.start(n), using: solver)
      #expect(outcome.status.isConverged, "\(scaling): \(outcome.status)")
    }
  }

  /// Oren and Luenberger: after the scaling the secant pair's own curvature is that of H, yᵀHy = sᵀy before H₊.
  @Test func scalesAsItsPapersSay() {
    #expect(SelfScaling.first.factor(sᵀy: 2.0, yᵀHy: 8, sᵀBs: 1) == nil)
    #expect(SelfScaling.never.factor(sᵀy: 2.0, yᵀHy: 8, sᵀBs: 1) == nil)
    #expect(SelfScaling.always.factor(sᵀy: 2.0, yᵀHy: 8, sᵀBs: 1) == 0.25)
    #expect(SelfScaling.whenTooLarge.factor(sᵀy: 2.0, yᵀHy: 8, sᵀBs: 1) == 1)
    #expect(SelfScaling.whenTooLarge.factor(sᵀy: 2.0, yᵀHy: 8, sᵀBs: 6) == 3)
    #expect(SelfScaling.always.factor(sᵀy: -2.0, yᵀHy: 8, sᵀBs: 6) == nil)
    // A function and the same times 10⁶ take the same steps once the first matrix is scaled.
    let f = Quadratic<Double>(5, condition: 20)
    let g = Quadratic<Double>(5, condition: 20, scale: 1e6)
    for scaling in [SelfScaling.first, .always, .whenTooLarge] {
      func steps(_ f: Quadratic<Double>) -> Int {
        let solver = Descent(BFGS<Quadratic<Double>>(scaling: scaling), step: StrongWolfe(curvature: 0.1))
        let tolerance = 1e-8 * f.A.frobeniusNorm
        return minimize(
          f, from: Vector(repeating: 3, count: 5), using: solver,
          until: Convergence(gradient: tolerance, isRelative: false)
        ).iterations
      }
      #expect(abs(steps(f) - steps(g)) <= 4)
    }
  }

  @Test(arguments: SelfScaling.allCases) func resumesBitForBit(_ scaling: SelfScaling) throws {
    let solver = Descent(BFGS<Rosenbrock<Double>>(scaling: scaling), step: StrongWolfe(curvature: 0.5))
    try expectResumes(solver, Rosenbrock<Double>(), from: Rosenbrock.start(6))
  }

  @Test func complains() {
    #expect(BFGS<Rosenbrock<Double>>(curvatureTolerance: 2).complaint?.contains("curvatureTolerance") == true)
    #expect(BFGS<Rosenbrock<Double>>().complaint == nil)
  }

  @Test func worksInSinglePrecision() {
    let outcome = minimize(Rosenbrock<Float>(), from: Rosenbrock.start(), using: .bfgs())
    #expect(outcome.status.isConverged)
  }
}

/// An exact search on quadratics that finds nothing where the length 1 is suggested, as after the first step.
struct FailsOnUnitLengths: StepRule {
  func choose<Failure: Error>(
    from start: Departure<Double>, _ memory: inout Stateless,
    along φ: (Double) throws(Failure) -> Sample<Double>
  ) throws(Failure) -> StepLength<Double> {
    _ = try φ(start.suggestion)
    if start.suggestion == 1 { return .failed(.intervalCollapsed) }
    return try ExactOnQuadratics().choose(from: start, &memory, along: φ)
  }
}

/// A run of 10 + 10 steps through an encoded state is bit for bit one of 20.
func expectResumes<Method: Solver>(
  _ solver: Method, _ f: Method.Problem, from start: Vector<Method.Problem.Scalar>
) throws {
  var whole = solver.start(at: start, for: f)
  for _ in 0..<20 { try solver.step(&whole, on: f) }
  var part = solver.start(at: start, for: f)
  for _ in 0..<10 { try solver.step(&part, on: f) }
  var resumed = try JSONDecoder().decode(type(of: part), from: JSONEncoder().encode(part))
  for _ in 0..<10 { try solver.step(&resumed, on: f) }
  #expect(resumed.current.point.isIdentical(to: whole.current.point))
  #expect(resumed == whole)
}
