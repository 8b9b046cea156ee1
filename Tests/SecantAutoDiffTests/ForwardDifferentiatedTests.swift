import SecantAutoDiff
import SecantProblems
import Testing

@Suite struct ForwardDifferentiatedTests {
  @Test func fourSourcesOfTheSameDerivativesAgree() {
    let hand = TestProblem<Double>.extendedRosenbrock(10)
    let function = ExtendedRosenbrock<Double>()
    let x = Vector((0..<10).map { 0.3 * Double($0) - 1.1 })
    #expect(
      compareDerivatives(
        of: Differentiated(function), and: ForwardDifferentiated(function), at: x, tolerance: 1e-14
      )
      .agrees)
    #expect(
      compareDerivatives(of: hand, and: ForwardDifferentiated(function), at: x, tolerance: 1e-14).agrees)
    #expect(compareDerivatives(of: hand, and: Differentiated(function), at: x, tolerance: 1e-14).agrees)
    let differences = FiniteDifferenceGradient(Differentiated(function))
    #expect(compareDerivatives(of: Differentiated(function), and: differences, at: x).agrees)
    let curved = FiniteDifferenceHessian(Differentiated(function))
    #expect(compareDerivatives(of: ForwardDifferentiated(function), and: curved, at: x).agrees)
  }

  @Test func theyAgreeInSinglePrecision() {
    let function = ExtendedRosenbrock<Float>()
    let x = Vector((0..<6).map { 0.3 * Float($0) - 1.1 })
    let comparison = compareDerivatives(
      of: Differentiated(function), and: ForwardDifferentiated(function), at: x, tolerance: 1e-5)
    #expect(comparison.agrees, "\(comparison)")
  }

  @Test func theHessianIsSymmetricAndThatOfProducts() {
    let problem = ForwardDifferentiated(ExtendedRosenbrock<Double>())
    let x: Vector<Double> = [-1.2, 1, 0.5, 2]
    var hessian = Matrix<Double>(zeros: 4, 4)
    problem.hessian(at: x, into: &hessian)
    let v: Vector<Double> = [1, -2, 0.5, 3]
    var (a, b) = (v, v)
    hessian.multiply(v, into: &a)
    problem.hessian(times: v, at: x, into: &b)
    #expect((a - b).largestMagnitude <= 1e-13 * a.largestMagnitude)
  }

  @Test func itSolves() {
    let outcome = minimize(
      ForwardDifferentiated(ExtendedRosenbrock<Double>()), from: [-1.2, 1], using: .exactTrustRegion())
    #expect(outcome.status.isConverged)
  }
}
