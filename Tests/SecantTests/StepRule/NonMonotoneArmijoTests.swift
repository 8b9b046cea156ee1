import Foundation
import Secant
import Testing

@Suite struct NonMonotoneArmijoTests {
  /// The lengths that a rule asks for in one search on φ, and its answer.
  private func search<S: LAPACKScalar>(
    _ rule: NonMonotoneArmijo<S>, _ memory: inout NonMonotoneArmijo<S>.Memory, iteration: Int, from value: S,
    slope: S = -1, _ φ: (S) -> S
  ) -> (answer: StepLength<S>, lengths: [S]) {
    var lengths: [S] = []
    let start = Departure(value: value, slope: slope, suggestion: 1, iteration: iteration)
    let answer = rule.choose(from: start, &memory) { (α: S) in
      lengths.append(α)
      return Sample(length: α, value: φ(α), slope: slope)
    }
    return (answer, lengths)
  }

  @Test func acceptsWhatIsBelowTheGreatestOfTheLastM() {
    func check<S: LAPACKScalar>(_: S.Type) {
      let rule = NonMonotoneArmijo<S>(reference: .maximum(of: 3))
      var memory = rule.allocate()
      for (k, value) in ([10, 4, 2, 1] as [S]).enumerated() {
        // After 10, 4, 2 the reference is 10; the fourth value pushes the 10 out.
        let reference: S = k < 3 ? 10 : 4
        let (below, _) = search(rule, &memory, iteration: k, from: value) { _ in reference - 0.01 }
        #expect(below == .accepted(1))
        let (above, lengths) = search(rule, &memory, iteration: k, from: value) {
          $0 == 1 ? reference + 0.01 : value - $0
        }
        #expect(lengths.count > 1 && above != .accepted(1))
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func aMemoryOfOneIsPlainBacktracking() {
    let bowl = LineFunction<Double>("bowl") { (($0 - 1) * ($0 - 1), 2 * ($0 - 1)) }
    #expect(NonMonotoneArmijo<Double>(reference: .maximum(of: 1)).record(bowl, trying: 4).lengths == [4, 1])
    #expect(
      NonMonotoneArmijo<Double>(reference: .average(weight: 0)).record(bowl, trying: 40).lengths == [
        40, 4, 1,
      ])
  }

  /// C₊ = (ηQC + f₊)/Q₊, Q₊ = ηQ + 1.
  @Test func theAverageIsThatOfZhangAndHager() {
    let rule = NonMonotoneArmijo<Double>(reference: .average(weight: 0.85))
    var memory = rule.allocate()
    var (C, Q) = (0.0, 0.0)
    for (k, value) in [8.0, 3, 5, 1, 0.5].enumerated() {
      C = (0.85 * Q * C + value) / (0.85 * Q + 1)
      Q = 0.85 * Q + 1
      let reference = max(C, value)
      #expect(
        search(rule, &memory, iteration: k, from: value) { _ in reference - 1e-3 }.answer == .accepted(1))
      #expect(
        search(rule, &memory, iteration: k, from: value) { $0 == 1 ? reference + 1e-3 : value - $0 }.answer
          != .accepted(1))
    }
    // η = 1 weighs all values alike.
    let mean = NonMonotoneArmijo<Double>(reference: .average(weight: 1))
    memory = mean.allocate()
    _ = search(mean, &memory, iteration: 0, from: 9) { _ in 0 }
    _ = search(mean, &memory, iteration: 1, from: 3) { _ in 0 }
    #expect(search(mean, &memory, iteration: 2, from: 0) { _ in 3.99 }.answer == .accepted(1))
    #expect(search(mean, &memory, iteration: 2, from: 0) { $0 == 1 ? 4.01 : -$0 }.answer != .accepted(1))
  }

  @Test func rememberedValuesSurviveEncoding() throws {
    let rule = NonMonotoneArmijo<Double>(reference: .maximum(of: 4))
    var memory = rule.allocate()
    for k in 0..<6 { _ = search(rule, &memory, iteration: k, from: Double(10 - k)) { _ in -1 } }
    var decoded = try JSONDecoder().decode(
      NonMonotoneArmijo<Double>.Memory.self, from: JSONEncoder().encode(memory))
    #expect(decoded == memory)
    // The last four are 8, 7, 6, 5 and, with the next, 7, 6, 5, 1.
    #expect(search(rule, &decoded, iteration: 6, from: 1) { _ in 6.9 }.answer == .accepted(1))
    #expect(search(rule, &memory, iteration: 6, from: 1) { $0 == 1 ? 7.1 : 0 }.answer != .accepted(1))
  }

  @Test func trialsThatAreNotFiniteAreCutAndAnEndlessFallIsNamed() {
    let rule = NonMonotoneArmijo<Double>()
    let wall = LineFunction<Double>("wall") { $0 < 0.05 ? (-$0, -1) : (.nan, -1) }
    #expect(rule.record(wall).answer == .accepted(0.1 * 0.1))
    let pit = LineFunction<Double>("pit") { $0 < 0.5 ? (-$0, -1) : (-.infinity, -1) }
    #expect(rule.record(pit).answer == .failed(.noLowerBound))
    let hill = LineFunction<Double>("hill") { ($0, 1) }
    #expect(rule.record(hill).answer == .failed(.notADescentDirection))
    let nowhere = LineFunction<Double>("nowhere") { ($0 == 0 ? 0 : .nan, -1) }
    #expect(rule.record(nowhere).answer == .failed(.nonFinite))
  }

  @Test func complaints() {
    typealias Rule = NonMonotoneArmijo<Double>
    #expect(Rule().complaint == nil && NonMonotoneArmijo<Float>().complaint == nil)
    #expect(Rule(reference: .maximum(of: 0)).complaint?.contains("maximum of 0") == true)
    #expect(Rule(reference: .average(weight: 1.5)).complaint?.contains("1.5") == true)
    #expect(Rule(reference: .average(weight: .nan)).complaint?.contains("nan") == true)
    #expect(Rule(sufficientDecrease: 0).complaint?.contains("sufficientDecrease (c₁) is 0.0") == true)
    #expect(Rule(deepestCut: 0.7).complaint?.contains("deepestCut is 0.7") == true)
    #expect(Rule(shallowestCut: 1).complaint?.contains("shallowestCut is 1.0") == true)
    #expect(Rule(noise: -1).complaint?.contains("noise is -1.0") == true)
    #expect(Rule(maximumTrials: 0).complaint?.contains("maximumTrials is 0") == true)
  }
}
