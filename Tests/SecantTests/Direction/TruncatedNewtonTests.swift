import Secant
import Testing

@Suite struct TruncatedNewtonTests {
  @Test func convergesSuperlinearly() {
    let solver: Descent<TruncatedNewton<Rosenbrock<Double>>, StrongWolfe<Double>> = .newtonCG()
    let f = Rosenbrock<Double>()
    var state = solver.start(at: Rosenbrock.start(), for: f)
    var norms: [Double] = []
    for _ in 0..<200 where (norms.last ?? 1) > 1e-9 {
      solver.step(&state, on: f)
      var g = Vector<Double>(zeros: 2)
      _ = f.valueAndGradient(at: state.current.point, into: &g)
      norms.append(g.norm)
    }
    #expect(norms.last! <= 1e-9)
    #expect(norms.last! < 1e-3 * norms[norms.count - 2])
  }

  /// With a residual of 0 asked for, conjugate gradients end in n steps at Newton's point.
  @Test func isNewtonsMethodWhenTheSystemIsSolved() {
    let f = Quadratic<Double>(10, condition: 10)
    let solver = Descent(
      TruncatedNewton<Quadratic<Double>>(forcing: Forcing(loosest: 1e-12)), step: StrongWolfe<Double>())
    var state = solver.start(at: Vector(zeros: 10), for: f)
    solver.step(&state, on: f)
    #expect((state.current.point - f.minimizer).largestMagnitude < 1e-9)
  }

  @Test func usesNegativeCurvatureInItsOwnScale() {
    // −50x² near 0: the first direction of conjugate gradients curves down at once.
    let f = Formula<Double>(
      n: 1, value: { 50 * ($0[0] * $0[0] * $0[0] * $0[0] - $0[0] * $0[0]) },
      gradient: { $1[0] = 50 * (4 * $0[0] * $0[0] * $0[0] - 2 * $0[0]) },
      second: { $1[0, 0] = 50 * (12 * $0[0] * $0[0] - 2) })
    let solver: Descent<TruncatedNewton<Formula<Double>>, StrongWolfe<Double>> = .newtonCG()
    var state = solver.start(at: [0.01], for: f)
    solver.step(&state, on: f)
    #expect(abs(state.memory.p[0] - 0.01) < 1e-4)
    #expect(state.current.value < state.other.value)
  }

  @Test func spendsNoMoreProductsThanAllowed() {
    let f = Quadratic<Double>(40, condition: 1e6)
    let solver = Descent(
      TruncatedNewton<Quadratic<Double>>(forcing: Forcing(maximumProducts: 3)), step: StrongWolfe<Double>())
    let outcome = minimize(
      f, from: Vector(zeros: 40), using: solver, within: Budget(iterations: 5), certifying: false)
    #expect(outcome.ledger.hessianVectorProducts <= 15)
  }

  /// Squares of such gradients overflow where nothing else does; a power of two in front of f changes no step.
  @Test func isIndifferentToScale() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ scale: Scalar) {
      let f = Formula<Scalar>(
        n: 2, value: { scale * ($0[0] * $0[0] + 10 * $0[1] * $0[1] + $0[0] * $0[0] * $0[0] * $0[0]) },
        gradient: {
          $1[0] = scale * (2 * $0[0] + 4 * $0[0] * $0[0] * $0[0])
          $1[1] = scale * 20 * $0[1]
        },
        second: {
          $1[0, 0] = scale * (2 + 12 * $0[0] * $0[0])
          $1[1, 1] = scale * 20
        })
      let solver: Descent<TruncatedNewton<Formula<Scalar>>, StrongWolfe<Scalar>> = .newtonCG()
      let outcome = minimize(f, from: [1, 1], using: solver)
      #expect(outcome.point.largestMagnitude < 1e-2, "\(scale): \(outcome)")
    }
    for scale: Float in [0x1p-40, 1, 0x1p40, 0x1p55] { check(Float.self, scale) }
    for scale: Double in [0x1p-300, 1, 0x1p500, 0x1p505] { check(Double.self, scale) }
  }
}
