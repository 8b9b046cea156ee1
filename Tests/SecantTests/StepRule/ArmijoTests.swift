import Secant
import Testing

@Suite struct ArmijoTests {
  @Test func theFirstCutIsTheQuadraticsMinimiser() {
    let bowl = LineFunction<Double>("bowl") { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    #expect(Armijo<Double>().record(bowl, trying: 4).lengths == [4, 1])
    // Cut no deeper than to a tenth, nor shallower than to a half.
    #expect(Armijo<Double>().record(bowl, trying: 40).lengths == [40, 4, 1])
    #expect(Armijo<Double>(sufficientDecrease: 0.45).record(bowl, trying: 1.5).lengths == [1.5, 0.75])
  }

  @Test func theSecondCutIsTheCubicsMinimiser() {
    let cubic = LineFunction<Double>("α³ − α") { ($0 * $0 * $0 - $0, 3 * $0 * $0 - 1) }
    let lengths = Armijo<Double>(shallowestCut: 0.9).record(cubic, trying: 10).lengths
    #expect(lengths.count == 3 && lengths[1] == 1)
    #expect(abs(lengths[2] - (1.0 / 3).squareRoot()) < 1e-14)
  }

  @Test func aCubicWithoutCubeIsItsQuadratic() {
    // The two trials lie on one parabola with φ′(0): its minimiser, here rejected once more by a large c₁.
    let bowl = LineFunction<Double>("bowl") { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    let lengths = Armijo<Double>(sufficientDecrease: 0.9, shallowestCut: 0.9).record(bowl, trying: 4).lengths
    #expect(lengths.starts(with: [4, 1, 0.9]))
  }

  @Test func tinyAndHugeScalesDoNotOverflow() {
    for scale in [1e-12, 1, 1e12] as [Float] {
      let bowl = LineFunction<Float>("bowl") { α in
        let d = α / scale - 1
        return (d * d, 2 * d / scale)
      }
      let record = Searcher<Float>.armijo().check(bowl, trying: 30 * scale)
      #expect(record.accepted != nil)
    }
  }

  @Test func nonFiniteTrialsAreCutDeepest() {
    let wall = LineFunction<Double>("wall") { $0 < 0.05 ? (-$0, -1) : (.nan, -1) }
    #expect(Armijo<Double>().record(wall).answer == .accepted(0.1 * 0.1))
  }

  @Test func complaints() {
    #expect(Armijo<Double>().complaint == nil)
    #expect(Armijo<Float>().complaint == nil)
    #expect(
      Armijo<Double>(sufficientDecrease: -1).complaint?.contains("sufficientDecrease (c₁) is -1.0") == true)
    #expect(Armijo<Double>(sufficientDecrease: .nan).complaint?.contains("nan") == true)
    #expect(Armijo<Double>(deepestCut: 0.7).complaint?.contains("deepestCut is 0.7") == true)
    #expect(Armijo<Double>(shallowestCut: 1).complaint?.contains("shallowestCut is 1.0") == true)
    #expect(Armijo<Double>(noise: .nan).complaint?.contains("noise is nan") == true)
  }
}
