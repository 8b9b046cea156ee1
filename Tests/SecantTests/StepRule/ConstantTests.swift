import Secant
import Testing

@Suite struct ConstantTests {
  @Test func theRateIsTakenUnasked() {
    var memory = Stateless()
    for slope in [-1, 0, 1, .nan] as [Float] {
      let answer = Constant<Float>(rate: 0.25).choose(
        from: Departure(value: 1, slope: slope, suggestion: 7), &memory
      ) { α in
        Issue.record("φ was asked")
        return Sample(length: α, value: 0, slope: 0)
      }
      #expect(answer == .accepted(0.25))
    }
  }

  @Test func complaints() {
    #expect(Constant(rate: 1e-3).complaint == nil)
    for rate in [0, -0.1, .nan, .infinity] {
      #expect(Constant(rate: rate).complaint?.contains("rate is \(rate)") == true)
    }
  }
}
