import Secant
import Testing

@Suite struct ScheduledTests {
  @Test func theIterationAloneDecides() {
    let rule = Scheduled(Schedule<Double>.step(from: 1, by: 0.5, every: 10))
    var memory = rule.allocate()
    for (iteration, rate) in [(0, 1.0), (9, 1), (10, 0.5), (25, 0.25), (10, 0.5)] {
      let start = Departure(value: .nan, slope: 3, suggestion: 9, iteration: iteration)
      let answer = rule.choose(from: start, &memory) { α in
        Issue.record("φ was asked")
        return Sample(length: α, value: 0, slope: 0)
      }
      #expect(answer == .accepted(rate))
    }
  }

  @Test func complaints() {
    #expect(Scheduled(Schedule<Double>.constant(1)).complaint == nil)
    #expect(Scheduled(Schedule<Double>.constant(-1)).complaint?.contains("rate is -1.0") == true)
  }
}
