import CAllocationCounter
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
    let (f, f̂) = (hand.valueAndGradient(at: x, into: &g), taped.valueAndGradient(at: x, into: &ĝ))
    #expect(abs(f - f̂) <= 1e-14 * f)
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
    hand.hessian(times: v, at: x, into: &g)
    taped.hessian(times: v, at: x, into: &ĝ)
    #expect((g - ĝ).largestMagnitude <= 1e-12 * g.largestMagnitude)
  }

  @Test func threeLinesFromAFormulaToACertifiedMinimum() {
    let outcome = minimize(from: [-1.2, 1]) { x in pow(1 - x[0], 2) + 100 * pow(x[1] - pow(x[0], 2), 2) }
    #expect(outcome.status.isConverged)
  }

  @Test(.enabled(if: !_isDebugAssertConfiguration()), arguments: [2, 10, 1000])
  func aSecondEvaluationAllocatesNothing(n: Int) {
    func check<Scalar: LAPACKScalar & DifferentiableNumber>(_: Scalar.Type) where Scalar.Scalar == Scalar {
      let problem = Differentiated(ExtendedRosenbrock<Scalar>())
      var x = Vector<Scalar>((0..<n).map { $0.isMultiple(of: 2) ? -1.2 : 1 })
      let v = Vector(x.map { $0 + 1 })
      var (g, p) = (x, x)
      _ = problem.valueAndGradient(at: x, into: &g)
      problem.hessian(times: v, at: x, into: &p)
      // The second evaluation records once more, to see whether the formula is the same; the third is a replay.
      for _ in 2...3 {
        x[0] += 0.25
        secant_count_allocations()
        _ = problem.valueAndGradient(at: x, into: &g)
        problem.hessian(times: v, at: x, into: &p)
        let allocations = secant_allocations_counted()
        #expect(allocations == 0)
      }
    }
    check(Double.self)
    check(Float.self)
  }
}
