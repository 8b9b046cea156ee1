import Secant
import Testing

@Suite struct HagerZhangTests {
  @Test func secantsSolveQuadratics() {
    let bowl = LineFunction<Double>("bowl") { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    #expect(HagerZhang<Double>().record(bowl, trying: 10).lengths == [10, 1])
  }

  @Test func theBracketGrowsByρ() {
    let steep = LineFunction<Double>("exp α − 5α") { (Double.exp($0) - 5 * $0, Double.exp($0) - 5) }
    #expect(HagerZhang<Double>().record(steep, trying: 0.1).lengths == [0.1, 0.5])
    let line = LineFunction<Double>("−α") { (-$0, -1) }
    let record = HagerZhang<Double>(longest: 200).record(line)
    #expect(record.lengths == [1, 5, 25, 125, 200])
    #expect(record.answer == .improved(200, .noLowerBound))
  }

  @Test func slopesDecideWhereValuesAreNoise() {
    // Values that rise by rounding, slopes of a bowl: (T1) never holds, (T2) does.
    let lost = LineFunction<Double>("lost") { ($0 == 0 ? 1 : 1 + 4 * .ulpOfOne, 2 * ($0 - 1)) }
    #expect(HagerZhang<Double>().record(lost, trying: 3).answer == .accepted(1))
    // Without ε the values are taken at their word.
    let literal = HagerZhang<Double>(valueTolerance: 0).record(lost, trying: 3)
    #expect(literal.answer == .failed(.intervalCollapsed) || literal.answer == .failed(.tooManyTrials))
  }

  @Test func approximateWolfeReachesWhereWolfeCannot() {
    // (α − 1)² + 1: an exact search by values ends at √ulp from the minimiser, by slopes at an ulp.
    let bowl = LineFunction<Double>("bowl") { (1 + ($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    let rule = HagerZhang<Double>(sufficientDecrease: 1e-9, curvature: 1e-12)
    let α = rule.record(bowl, trying: 7.3).accepted ?? .nan
    #expect(abs(α - 1) <= 1e-12)
  }

  @Test func noLengthIsAskedTwice() {
    // A secant that rounds onto an end of the interval has nothing new to tell.
    for scale in [1e-300, 1e-12, 1, 1e12] {
      let lopsided = LineFunction<Double>("lopsided") { α in
        α < 1 ? (-scale * α, -scale) : (1e6 * (α - 1) - scale, 1e6)
      }
      let rule = HagerZhang<Double>(sufficientDecrease: 0.49, curvature: 0.5)
      let lengths = rule.record(lopsided, trying: 3).lengths
      #expect(Set(lengths).count == lengths.count, "\(scale) \(lengths)")
      #expect(lengths.count <= 64)
    }
  }

  @Test func theIntervalShrinksByγ() {
    // |α − 1|^1.1: slow for secants.
    let cusp = LineFunction<Double>("cusp") { α in
      let d = α - 1
      let p = Double.pow(abs(d), 0.1)
      return (p * abs(d), d < 0 ? -1.1 * p : 1.1 * p)
    }
    let record = HagerZhang<Double>(sufficientDecrease: 0.01, curvature: 0.05).record(cusp, trying: 1000)
    #expect(record.accepted != nil, "\(record)")
  }

  @Test func complaints() {
    #expect(HagerZhang<Double>().complaint == nil)
    #expect(HagerZhang<Float>().complaint == nil)
    #expect(HagerZhang<Double>(sufficientDecrease: 0.5).complaint?.contains("(δ) is 0.5") == true)
    #expect(HagerZhang<Double>(curvature: 0.05).complaint?.contains("(σ) is 0.05") == true)
    #expect(HagerZhang<Double>(valueTolerance: .nan).complaint?.contains("(ε) is nan") == true)
    #expect(HagerZhang<Double>(bisection: 0).complaint?.contains("(θ) is 0.0") == true)
    #expect(HagerZhang<Double>(shrinkage: 1).complaint?.contains("(γ) is 1.0") == true)
    #expect(HagerZhang<Double>(expansion: 1).complaint?.contains("(ρ) is 1.0") == true)
    #expect(HagerZhang<Double>(longest: -1).complaint?.contains("longest is -1.0") == true)
  }
}
