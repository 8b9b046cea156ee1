import Secant
import Testing

@Test func dump() {
  let fs: [LineFunction<Double>] = MoreThuenteFunctions.all()
  let ps = [(1e-3, 1e-1), (0.1, 0.1), (0.1, 0.1), (1e-3, 1e-3), (1e-3, 1e-3), (1e-3, 1e-3)]
  for (f, p) in zip(fs, ps) {
    for a in [1e-3, 1e-1, 1e1, 1e3] {
      let r = MoreThuente(sufficientDecrease: p.0, curvature: p.1, noise: 0).record(f, trying: a)
      print(f.name, a, r.lengths.count, r.answer, f.evaluate(r.lengths.last!).slope)
    }
  }
}
