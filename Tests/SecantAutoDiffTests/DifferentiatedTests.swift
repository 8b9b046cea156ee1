import SecantAutoDiff
import SecantProblems
import Testing

struct ExtendedRosenbrock<Scalar: LAPACKScalar & DifferentiableNumber>: DifferentiableFunction
where Scalar.Scalar == Scalar {
  func callAsFunction<Number: DifferentiableNumber>(_ x: [Number]) -> Number where Number.Scalar == Scalar {
    var sum: Number = 0
    for i in stride(from: 0, to: x.count, by: 2) {
      let a = x[i + 1] - x[i] * x[i]
      let b = 1 - x[i]
      sum += 100 * a * a + b * b
    }
    return sum
  }
}

@Suite struct DifferentiatedTests {
  @Test func gradientAndProductsAreThoseByHand() {
    let hand = TestProblem<Double>.extendedRosenbrock(10)
    let taped = Differentiated(ExtendedRosenbrock<Double>())
    let x = hand.start
    let v = Vector((0..<10).map { 1 / Double($0 + 1) })
    var (g, ĝ) = (x, x)
    #expect(hand.valueAndGradient(at: x, into: &g) == taped.valueAndGradient(at: x, into: &ĝ))
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
    hand.hessian(times: v, at: x, into: &g)
    taped.hessian(times: v, at: x, into: &ĝ)
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
  }

  @Test func threeLinesFromAFormulaToACertifiedMinimum() {
    let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
    #expect(outcome.status.isConverged)
  }
}
