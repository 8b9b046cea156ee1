// Imported on purpose: with Foundation's functions in sight, too, those of this package are meant.
import Foundation
import SecantAutoDiff
import Testing

/// The largest and the smallest of three and of five numbers.
private func extremes<Number: DifferentiableNumber>(_ x: [Number]) -> [Number] {
  [max(x[0], x[1], x[2]), min(x[0], x[1], x[2])]
    + [max(x[0], x[1], x[2], x[0], x[2]), min(x[0], x[1], x[2], x[1], x[2])]
}

private struct Extreme: DifferentiableFunction {
  let i: Int
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Double {
    extremes(x)[i]
  }
}

@Suite struct FreeFunctionsTests {
  private let withNaN = [[Double.nan, 1, 2], [1, .nan, 2], [1, 2, .nan]]

  @Test func theLargestOfManyHidesNoNaN() {
    for x in withNaN {
      #expect(extremes(x).allSatisfy { $0.isNaN })
      #expect(extremes(x.map { Float($0) }).allSatisfy { $0.isNaN })
      #expect(extremes(x.map { Dual($0) }).allSatisfy { $0.value.isNaN })
      #expect(extremes(x.map { HyperDual($0) }).allSatisfy { $0.value.isNaN })
      #expect(extremes(x.map { Variable($0) }).allSatisfy { $0.value.isNaN })
      // Not generic code, but numbers whose type is known.
      #expect(max(x[0], x[1], x[2]).isNaN && min(x[0], x[1], x[2], 0).isNaN)
      for i in 0..<4 {
        var gradient: Vector<Double> = [0, 0, 0]
        let value = Differentiated(Extreme(i: i)).valueAndGradient(at: Vector(x), into: &gradient)
        #expect(value.isNaN && gradient.contains { $0.isNaN })
        let traced = Traced<Double> { x in extremes(x)[i] }
        #expect(traced.value(at: Vector(x)).isNaN)
      }
    }
  }

  @Test func ofThoseThatAreEqualTheFirstCounts() {
    for i in 0..<4 {
      let problem = Differentiated(Extreme(i: i))
      let forward = ForwardDifferentiated(Extreme(i: i))
      for (x, expected) in [([1, 1, 1], 0), (i % 2 == 0 ? [0, 1, 1] : [2, 1, 1], 1)] as [([Double], Int)] {
        var (a, b) = (Vector<Double>(zeros: 3), Vector<Double>(zeros: 3))
        #expect(problem.valueAndGradient(at: Vector(x), into: &a) == 1)
        #expect(forward.valueAndGradient(at: Vector(x), into: &b) == 1)
        #expect(a[expected] == 1 && a.squaredNorm == 1 && a == b)
      }
    }
  }

  @Test func literalsAreNumbersAmongOthers() {
    let traced = Traced<Double> { x in max(x[0], 0, x[1]) + min(1, x[0], x[1], 2.5) }
    var gradient: Vector<Double> = [0, 0]
    #expect(traced.valueAndGradient(at: [3, 4], into: &gradient) == 5 && gradient == [0, 1])
    #expect(traced.valueAndGradient(at: [0.5, -4], into: &gradient) == -3.5 && gradient == [1, 1])
    #expect(traced.value(at: [.nan, 4]).isNaN)
  }

  @Test func wholeNumbersAreCompared() {
    #expect(max(1, 2, 3) == 3 && min(3, 2, 1, 0) == 0 && max("a", "b", "c") == "c")
  }
}
