import Foundation
import SecantAutoDiff
import Testing

private func gradient(_ problem: Traced<Double>, _ x: Vector<Double>) -> Vector<Double> {
  var g = Vector<Double>(zeros: x.count)
  _ = problem.valueAndGradient(at: x, into: &g)
  return g
}

private func evaluateOnANewTape<Scalar: LAPACKScalar>(_: Scalar.Type) {
  var g: Vector<Scalar> = [0]
  _ = Traced<Scalar> { $0[0] * $0[0] }.valueAndGradient(at: [1], into: &g)
}

@Suite struct VariableTests {
  @Test func numbersPrintAsNumbers() {
    #expect("\(Dual(1.5, tangent: -2))" == "1.5 + -2.0 ε" && "\(Dual<Double>(3.0))" == "3.0 + 0.0 ε")
    #expect("\(HyperDual(1.0, first: 2, second: 3))" == "1.0 + 2.0 ε₁ + 3.0 ε₂ + 0.0 ε₁ε₂")
    var printed: [String] = []
    // A branch on what was printed is a branch on the number: nothing is replayed.
    let problem = Traced<Double>(replaying: true) { x in
      printed.append("\(x[0])")
      return "\(x[0])".hasPrefix("-") ? 2 * x[0] : x[0] * x[0]
    }
    for (x, slope) in [(2.0, 4.0), (3, 6), (4, 8), (-1, 2), (5, 10), (-6, 2)] {
      #expect(gradient(problem, [x]) == [slope])
    }
    #expect(printed == ["2.0", "3.0", "4.0", "-1.0", "5.0", "-6.0"])
  }

  @Test func aVariableKeptForTheNextEvaluationIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var kept: Variable<Double>?
      let problem = Traced<Double> { x in
        defer { kept = x[0] }
        return kept.map { $0 + x[0] } ?? x[0]
      }
      var g: Vector<Double> = [0]
      _ = problem.valueAndGradient(at: [1], into: &g)
      _ = problem.valueAndGradient(at: [2], into: &g)
    }
  }

  @Test func aVariableIsRefusedAsSoonAsItsEvaluationIsOver() async {
    await #expect(processExitsWith: .failure) {
      var kept: Variable<Double>?
      let problem = Traced<Double> { x in
        kept = x[0]
        return x[0]
      }
      var g: Vector<Double> = [0]
      _ = problem.valueAndGradient(at: [1], into: &g)
      _ = kept! + 1
    }
  }

  @Test func theNumberOfAKeptVariableIsNoLook() {
    var (kept, calls): (Variable<Double>?, Int) = (nil, 0)
    let problem = Traced<Double>(replaying: true) { x in
      (kept, calls) = (x[0], calls + 1)
      return x[0] * x[0]
    }
    var g: Vector<Double> = [0]
    for k in 1...3 {
      _ = problem.valueAndGradient(at: [Double(k)], into: &g)
      if k < 3 { #expect(kept!.value == Double(k)) }
    }
    // The third was a replay.
    #expect(calls == 2 && g == [6])
  }

  @Test func tapesThatAreGoneLeaveNothingBehind() async {
    await #expect(processExitsWith: .success) {
      // Pages of 4 KB that are in memory.
      func pages() -> Int {
        let counts = try! String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
        return Int(counts.split(separator: " ")[1])!
      }
      func evaluate(times count: Int) {
        for _ in 0..<count {
          evaluateOnANewTape(Double.self)
          evaluateOnANewTape(Float.self)
        }
      }
      evaluate(times: 100)
      let before = pages()
      evaluate(times: 50_000)
      precondition(pages() - before < 500)
    }
  }

  @Test func aVariableThatOutlivesItsTapeIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var kept: Variable<Double>?
      func evaluate() {
        var g: Vector<Double> = [0]
        let problem = Traced<Double> { x in
          kept = x[0]
          return x[0]
        }
        _ = problem.valueAndGradient(at: [1], into: &g)
      }
      evaluate()
      _ = sin(kept!)
    }
  }

  @Test func variablesOfTwoTapesDoNotMix() async {
    await #expect(processExitsWith: .failure) {
      let outer = Traced<Double> { x in
        var g: Vector<Double> = [0]
        let inner = Traced<Double> { y in y[0] * x[0] }
        _ = inner.valueAndGradient(at: [3], into: &g)
        return x[0] * x[0]
      }
      var g: Vector<Double> = [0]
      _ = outer.valueAndGradient(at: [2], into: &g)
    }
  }

  @Test func anEvaluationWithinAnotherIsIndependent() {
    let outer = Traced<Double> { x in
      let inner = gradient(Traced { y in y[0] * y[0] * y[0] }, [2])
      return Variable(inner[0]) * x[0] * x[0]
    }
    #expect(gradient(outer, [5]) == [120])
    #expect(gradient(outer, [1]) == [24])
  }

  @Test func aConstantResultHasNoSlope() {
    #expect(gradient(Traced { _ in 3 }, [1, 2]) == [0, 0])
    #expect(gradient(Traced { x in x[1] }, [1, 2]) == [0, 1])
  }

  @Test func comparisonsAreThoseOfTheNumbers() {
    let problem = Traced<Double> { x in
      let (a, b) = (x[0], x[1])
      let answers = [a < b, a <= b, a > b, a >= b, a == b, a != b, a < 1, 1 < a, a == 1, a <= 1, a >= 1]
      #expect(answers == [true, true, false, false, false, true, false, false, true, true, true])
      return a
    }
    #expect(gradient(problem, [1, 2]) == [1, 0])
  }
}
