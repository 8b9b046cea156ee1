import Foundation
import Secant
import Testing

@Suite struct NewtonTests {
  /// Nocedal and Wright, chapter 6: 21 iterations from (−1.2, 1) to ‖∇f‖₂ ≤ 1e-5.
  @Test func needsNoMoreStepsOnRosenbrockThanTheBook() {
    let outcome = minimize(
      Rosenbrock<Double>(), from: Rosenbrock.start(), using: .newton(),
      until: Convergence(gradient: 0, gradientNorm: 1e-5, isRelative: false))
    #expect(outcome.status.isConverged)
    #expect(outcome.iterations <= 21)
  }

  @Test func takesOneStepOnAConvexQuadratic() {
    let f = Quadratic<Double>(30, condition: 1e4)
    let outcome = minimize(f, from: Vector(repeating: 3, count: 30), using: .newton(), certifying: false)
    #expect(outcome.status.isConverged)
    #expect(outcome.iterations == 1)
    #expect(outcome.ledger.factorisations == 1)
    #expect(outcome.ledger.flops == 9_000)
    let single = minimize(
      Quadratic<Float>(30, condition: 10), from: Vector<Float>(repeating: 3, count: 30), using: .newton())
    #expect(single.iterations == 1)
  }

  /// f(Sx) from S⁻¹x₀ gives the points S⁻¹xₖ.
  @Test func isInvariantUnderAffineMaps() {
    struct Mapped: TwiceDifferentiableObjective {
      let f = Rosenbrock<Double>()
      let S: Matrix<Double> = [[3, 1], [-40, 200]]
      func map(_ x: Vector<Double>) -> Vector<Double> {
        var y = x
        S.multiply(x, into: &y)
        return y
      }
      func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
        var inner = Vector<Double>(zeros: 2)
        let value = f.valueAndGradient(at: map(x), into: &inner)
        S.multiply(inner, into: &g, transposed: true)
        return value
      }
      func hessian(at x: Vector<Double>, into H: inout Matrix<Double>) {
        var inner = Matrix<Double>(zeros: 2, 2)
        f.hessian(at: map(x), into: &inner)
        var HS = Matrix<Double>(zeros: 2, 2)
        HS.setProduct(inner, S)
        H.setProduct(S, HS, transposingFirst: true)
      }
    }
    let plain: Descent<Newton<Rosenbrock<Double>>, StrongWolfe<Double>> = .newton()
    let mapped: Descent<Newton<Mapped>, StrongWolfe<Double>> = .newton()
    let determinant = 3.0 * 200 + 40
    let start: Vector<Double> = [-1.2, 1]
    var a = plain.start(at: start, for: Rosenbrock())
    var b = mapped.start(
      at: [(200 * start[0] - start[1]) / determinant, (40 * start[0] + 3 * start[1]) / determinant],
      for: Mapped())
    for _ in 0..<12 {
      plain.step(&a, on: Rosenbrock())
      mapped.step(&b, on: Mapped())
      #expect((Mapped().map(b.current.point) - a.current.point).norm < 1e-8)
    }
  }

  @Test func convergesWithOrderTwo() {
    // Σ exp(aᵢxᵢ) − aᵢxᵢ, least at 0.
    let a: [Double] = [0.5, 1, 2]
    let f = Formula<Double>(
      n: 3, value: { x in (0..<3).reduce(0) { $0 + exp(a[$1] * x[$1]) - a[$1] * x[$1] } },
      gradient: { x, g in for i in 0..<3 { g[i] = a[i] * exp(a[i] * x[i]) - a[i] } },
      second: { x, H in for i in 0..<3 { H[i, i] = a[i] * a[i] * exp(a[i] * x[i]) } })
    let solver: Descent<Newton<Formula<Double>>, StrongWolfe<Double>> = .newton()
    var state = solver.start(at: [1, 1, 1], for: f)
    var errors = [state.current.point.norm]
    while errors.last! > 1e-5 && errors.count < 20 {
      solver.step(&state, on: f)
      errors.append(state.current.point.norm)
    }
    let e = errors.suffix(3).map { log($0) }
    let order = (e[2] - e[1]) / (e[1] - e[0])
    #expect(order > 1.9 && order < 2.2, "\(errors)")
  }

  @Test func leavesASaddleRegionDownhill() {
    // The Hessian at (0.1, 0.1) is indefinite; the direction must go down all the same.
    let f = Formula<Double>.saddle
    let solver: Descent<Newton<Formula<Double>>, StrongWolfe<Double>> = .newton()
    var state = solver.start(at: [0.1, 0.1], for: f)
    solver.step(&state, on: f)
    #expect(state.current.value < state.other.value)
    #expect(state.other.gradient.dot(state.memory.p) < 0)
  }

  @Test func takesTheSameStepsAtAnyScale() {
    let plain = minimize(Rosenbrock<Double>(), from: [0, 2], using: .newton())
    // A power of two scales without rounding.
    let scaled = minimize(
      Rosenbrock<Double>(scale: 1_073_741_824), from: [0, 2], using: .newton(),
      until: Convergence(gradient: 1e-6 * 1_073_741_824, isRelative: false))
    #expect(plain.iterations == scaled.iterations)
    #expect((plain.point - scaled.point).largestMagnitude < 1e-12)
  }
}
