import Foundation
import SecantAutoDiff
import Testing

/// Replays, with whatever was rolled up, against fresh recordings at other points.
@Suite struct PlanTests {
  typealias Formula = @Sendable ([Variable<Double>]) -> Variable<Double>

  /// A formula that leaves a loop of the kind that its name says.
  static let formulas: [(name: String, formula: Formula)] = [
    (
      "a sum over pairs",
      { x in
        var sum: Variable<Double> = 0
        for i in stride(from: 0, to: x.count, by: 2) {
          sum += 100 * pow(x[i + 1] - x[i] * x[i], 2) + (1 - x[i]) * (1 - x[i])
        }
        return sum
      }
    ),
    (
      "a sum that is subtracted from",
      { x in
        var rest = x[0]
        for i in 1..<x.count { rest -= sin(x[i]) * x[0] }
        return rest * rest
      }
    ),
    (
      "several sums at once, one within the other",
      { x in
        var (a, b): (Variable<Double>, Variable<Double>) = (0, x[3])
        for i in 0..<x.count {
          var inner: Variable<Double> = 0
          for j in 0..<7 { inner += x[j] * Double(i * j + 1) }
          a += tanh(inner / 100)
          b += exp(-inner * inner / 1e4) * x[i]
        }
        return a * b + a / (1 + b * b)
      }
    ),
    (
      "columns that a second loop reads: softmax",
      { x in
        let e = x.map { exp($0) }
        let sum = e.reduce(0, +)
        var f: Variable<Double> = 0
        for (i, e) in e.enumerated() { f -= log(e / sum) * Double(i % 3) }
        return f
      }
    ),
    (
      "operands without a rule",
      { x in
        var sum: Variable<Double> = 0
        for i in 0..<4 * x.count { sum += x[(i * i * 7 + i) % x.count] * x[(i * 13) % x.count] * x[5] }
        return sum
      }
    ),
    (
      "a recurrence, which is no loop",
      { x in
        var state = x[0]
        for i in 1..<x.count { state = state * x[i] * 0.5 + sin(state) }
        return state
      }
    ),
    (
      "a branch that all take",
      { x in
        var sum: Variable<Double> = 0
        for x in x { sum += x > -100 ? x * x * x : x }
        return sum
      }
    ),
    (
      "a running sum that is looked at",
      { x in
        var (sum, squares): (Variable<Double>, Variable<Double>) = (0, 0)
        for x in x {
          sum += x
          squares += sum * sum
        }
        return squares
      }
    ),
    (
      "powers, quotients and roots",
      { x in
        var sum: Variable<Double> = 0
        for i in 1..<x.count {
          sum +=
            pow(1 + x[i] * x[i], 1.5) / sqrt(2 + x[i - 1] * x[i - 1]) - max(x[i], x[i - 1])
            + hypot(x[i], 1 + x[0])
        }
        return -sum
      }
    ),
  ]

  @Test(arguments: formulas.indices) func aReplayIsARecording(index: Int) {
    let formula = Self.formulas[index].formula
    let (replayed, recorded) = (Traced(replaying: true, formula), Traced(formula))
    for n in [20, 700] {
      for seed in 1...6 {
        let x = Vector((0..<n).map { Foundation.sin(Double($0 * seed + seed)) })
        let v = Vector((0..<n).map { Foundation.cos(Double($0 + seed)) })
        var (g, ĝ, h, ĥ) = (x, x, x, x)
        let (y, ŷ) = (replayed.valueAndGradient(at: x, into: &g), recorded.valueAndGradient(at: x, into: &ĝ))
        #expect(y == ŷ)
        #expect((g - ĝ).largestMagnitude <= 1e-13 * ĝ.largestMagnitude)
        replayed.hessian(times: v, at: x, into: &h)
        recorded.hessian(times: v, at: x, into: &ĥ)
        #expect((h - ĥ).largestMagnitude <= 1e-13 * Swift.max(ĥ.largestMagnitude, ĝ.largestMagnitude))
      }
    }
  }
}
