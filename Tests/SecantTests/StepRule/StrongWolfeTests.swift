import Secant
import Testing

@Suite struct StrongWolfeTests {
  @Test func quadraticsAreSolvedByTheFirstInterpolation() {
    let bowl = LineFunction<Double>("bowl") { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    let rule = StrongWolfe<Double>(curvature: 0.1)
    #expect(rule.record(bowl, trying: 4).lengths == [4, 1])
    #expect(rule.record(bowl, trying: 1.5).lengths == [1.5, 1])
    #expect(rule.record(bowl, trying: 0.25).lengths == [0.25, 1])
  }

  @Test func theBracketGrowsBetweenTwiceAndTenTimes() {
    let line = LineFunction<Double>("−α") { (-$0, -1) }
    let lengths = StrongWolfe<Double>(longest: 5000).record(line).lengths
    #expect(lengths == [1, 10, 100, 1000, 5000])
    // Its minimiser at 1.2 lies nearer than twice the first trial.
    let bowl = LineFunction<Double>("bowl") { (($0 - 1.2) * ($0 - 1.2), 2 * ($0 - 1.2)) }
    let near = StrongWolfe<Double>(curvature: 0.1).record(bowl, trying: 1).lengths
    #expect(near[1] == 2)
  }

  @Test func theTestFunctionsOfMoreAndThuente() {
    // The counts are bounds on this implementation, not published numbers.
    for function in MoreThuenteFunctions.all(Double.self) {
      for first in [1e-3, 1e-1, 1e1, 1e3] {
        let searcher = Searcher<Double>.strongWolfe(StrongWolfe(curvature: 0.1))
        let record = searcher.check(function, trying: first)
        #expect(record.accepted != nil, "\(function.name) \(first) \(record)")
        #expect(record.lengths.count <= 20, "\(function.name) \(first) \(record)")
      }
    }
  }

  @Test func complaints() {
    #expect(StrongWolfe<Double>().complaint == nil)
    #expect(StrongWolfe<Float>().complaint == nil)
    let crossed = StrongWolfe<Double>(sufficientDecrease: 0.5, curvature: 0.1).complaint ?? ""
    #expect(crossed.contains("sufficientDecrease (c₁) is 0.5") && crossed.contains("(c₂) 0.1"))
    #expect(StrongWolfe<Double>(sufficientDecrease: 0.1, curvature: 0.1).complaint != nil)
    #expect(StrongWolfe<Double>(curvature: .nan).complaint?.contains("curvature is nan") == true)
    #expect(StrongWolfe<Double>(longest: .infinity).complaint?.contains("longest is inf") == true)
    #expect(StrongWolfe<Double>(intervalTolerance: 2).complaint?.contains("intervalTolerance is 2.0") == true)
  }
}
