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
    var H = state.memory.direction.inverseHessian
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
    #expect(state.memory.direction.inverseHessian == Matrix(identity: 2))
  }
}
