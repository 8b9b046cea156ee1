import Secant
import Testing
@Suite struct ScratchBoundsTests {
  func go<P: BoundedObjective & HessianVectorObjective>(_ name: String, _ p: P, _ start: Vector<P.Scalar>) {
    for (n, m) in [("lbfgsb", .lbfgsb()), ("tron", .tron()), ("spg", .spectralProjectedGradient())] as [(String, any Solver<P>)] {
      let o = minimize(p, from: start, using: m)
      print("@", name, n, o.ledger.gradients, o.ledger.hessianVectorProducts, o.iterations, o.value, o)
    }
  }
  @Test func all() {
    for n in [20, 100] {
      go("chained\(n)free", Rosenbrock<Double>().bounded(count: n), Rosenbrock<Double>.start(n))
      let o = minimize(Rosenbrock<Double>(), from: Rosenbrock<Double>.start(n), using: .lbfgs())
      print("@ lbfgs", n, o.ledger.gradients)
      let b = Bounds<Double>(lower: Vector((0..<n).map { $0 % 3 == 0 ? -1 : -2 }), upper: Vector((0..<n).map { $0 % 2 == 0 ? 0.5 : 2 }))
      go("chained\(n)box", Guarded(Rosenbrock<Double>(), b), Rosenbrock<Double>.start(n))
    }
    go("torsion20", Torsion<Double>(20), Torsion<Double>(20).start)
    go("torsion40", Torsion<Double>(40), Torsion<Double>(40).start)
    for p in hockSchittkowski() as [Boxed<Float>] { go(p.name + "f", p, p.start) }
  }
}
