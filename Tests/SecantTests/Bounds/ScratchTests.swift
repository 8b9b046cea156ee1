import Secant
import Testing
@Suite struct ScratchBoundsTests {
  @Test(arguments: hockSchittkowski() as [Boxed<Double>])
  func all(_ p: Boxed<Double>) {
    for (name, m) in [("lbfgsb", .lbfgsb()), ("tron", .tron()), ("spg", .spectralProjectedGradient()), ("pg", .projectedGradient())] as [(String, any Solver<Boxed<Double>>)] {
      let o = minimize(p, from: p.start, using: m)
      print(p.name, name, o.ledger.gradients, o.ledger.hessianVectorProducts, o.iterations, o.value - p.minimum, (o.point - p.minimizer).largestMagnitude, o)
    }
  }
}
