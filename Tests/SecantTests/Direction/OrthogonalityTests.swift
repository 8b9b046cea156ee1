import Secant
import Testing

@Suite struct OrthogonalityTests {
  /// A step from a point with decay: Jordan's five steps end in their band, the exact factor at 1.
  private func report<Scalar: LAPACKScalar>(
    _ muon: Muon<LinearFunction<Scalar>>, rate: Scalar
  ) -> [Orthogonality<Scalar>] {
    let layout = Layout().matrix("wide", rows: 3, columns: 8, role: .hidden).vector(
      "b", count: 2, role: .bias
    )
    .matrix("tall", rows: 7, columns: 2, role: .hidden).matrix("head", rows: 2, columns: 2, role: .head)
    var generator = RandomGenerator(seed: 1)
    let c = Vector<Scalar>((0..<layout.count).map { _ in generator.normal() })
    let problem = LinearFunction(c: c, layout: layout)
    let method = Descent(muon, step: Constant(rate: rate))
    let start = Vector<Scalar>(repeating: 0.1, count: layout.count)
    var state = method.start(at: start, for: problem)
    method.step(&state, on: problem)
    return muon.orthogonality(ofStepFrom: start, to: state.current.point, rate: rate, in: layout)
  }

  @Test func fiveStepsEndInTheirBand() {
    for muon in [Muon<LinearFunction<Double>>(), .torch(), .moonlight()] {
      let found = report(muon, rate: 0.02)
      #expect(found.map(\.block) == ["wide", "tall"])
      for block in found {
        #expect(block.singularValues.lowerBound > 0.68 && block.singularValues.upperBound < 1.135)
        #expect(block.singularValues.upperBound - block.singularValues.lowerBound > 1e-3)
      }
    }
  }

  @Test func theExactFactorEndsAtOne() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Scalar) {
      for decay: Scalar in [0, 0.5] {
        let found = report(
          Muon<LinearFunction<Scalar>>(orthogonalisation: .polarFactor, decoupledDecay: decay), rate: 0.02)
        #expect(found.count == 2)
        for block in found {
          #expect(abs(block.singularValues.lowerBound - 1) < tolerance)
          #expect(abs(block.singularValues.upperBound - 1) < tolerance)
        }
      }
    }
    check(Double.self, 1e-12)
    check(Float.self, 1e-4)
  }

  @Test func whatIsNotFiniteIsNotReported() {
    let layout = Layout().matrix("w", rows: 2, columns: 2, role: .hidden)
    let found = Muon<LinearFunction<Double>>().orthogonality(
      ofStepFrom: [0, 0, 0, 0], to: [.nan, 0, 0, 0], rate: 1, in: layout)
    #expect(found.isEmpty)
  }
}
