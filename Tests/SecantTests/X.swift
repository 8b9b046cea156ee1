import Secant
import Testing

struct Rosenbrock: HessianVectorObjective {
  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) -> Double {
    let a = 1 - x[0]
    let b = x[1] - x[0] * x[0]
    g[0] = -2 * a - 400 * x[0] * b
    g[1] = 200 * b
    return a * a + 100 * b * b
  }
  func hessian(times v: Vector<Double>, at x: Vector<Double>, into p: inout Vector<Double>) {
    let h00 = 2 - 400 * (x[1] - 3 * x[0] * x[0])
    let h01 = -400 * x[0]
    p[0] = h00 * v[0] + h01 * v[1]
    p[1] = h01 * v[0] + 200 * v[1]
  }
}
struct Con<Scalar: LAPACKScalar>: StepRule {
  var rate: Scalar
  func choose<Failure: Error>(
    from start: Departure<Scalar>, _ memory: inout Stateless,
    along φ: (Scalar) throws(Failure) -> Sample<Scalar>
  ) throws(Failure) -> StepLength<Scalar> { .accepted(rate) }
}
extension Solver {
  static func gd<P>(rate: P.Scalar) -> Self where Self == Descent<SteepestDescent<P>, Con<P.Scalar>> {
    .init(.init(), step: .init(rate: rate))
  }
}
struct Sim: DifferentiableObjective {
  enum Trouble: Error { case diverged }
  func valueAndGradient(at x: Vector<Double>, into g: inout Vector<Double>) throws(Trouble) -> Double {
    throw .diverged
  }
}
@Test func run() {
  let solvers: [any Solver<Rosenbrock>] = [.gd(rate: 1e-3), .gd(rate: 2e-3)]
  for s in solvers {
    let o = minimize(Rosenbrock(), from: [-1.2, 1], using: s, within: .init(iterations: 20000))
    print(o.status, o.iterations, o.value, o.ledger)
  }
  let o = minimize(from: [3, 4], using: .gd(rate: 0.1)) { x, g in
    g[0] = x[0]
    g[1] = 2 * x[1]
    return x[0] * x[0] / 2 + x[1] * x[1]
  }
  print(o.status, o.point)
  print(minimize(Sim(), from: [0.0], using: .gd(rate: 1)).status)
  var run = Run(Rosenbrock(), from: [-1.2, 1], using: .gd(rate: 1e-3))
  for p in run {
    if p.iteration > 5 {
      run.stop()
      break
    } else {
      print(p.iteration, p.value!)
    }
  }
}
