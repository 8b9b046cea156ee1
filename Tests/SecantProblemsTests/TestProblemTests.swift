import Foundation
import Secant
import SecantProblems
import Testing

/// Every problem of the collection: its derivatives, its start, and its published minima.
@Suite struct TestProblemTests {
  @Test(arguments: TestProblem<Double>.all)
  func derivativesAreExact(_ problem: TestProblem<Double>) throws {
    var generator = RandomGenerator(seed: 5)
    let n = problem.start.count
    for shift in [0, 0.1] {
      var x = problem.start
      for i in 0..<n { x[i] += shift * (generator.uniform() - 0.5) * max(1, abs(x[i])) }
      let check = try checkDerivatives(of: problem, at: x)
      #expect(check.verdict == .agrees, "\(problem): \(check)")
      let hessian = try checkHessian(of: problem, at: x)
      #expect(hessian.verdict == .agrees, "\(problem): \(hessian)")

      // The products are those of the matrix.
      var H = Matrix<Double>(zeros: n, n)
      problem.hessian(at: x, into: &H)
      var v = Vector<Double>(zeros: n)
      generator.fillNormal(&v)
      var product = v
      problem.hessian(times: v, at: x, into: &product)
      var expected = v
      H.multiply(v, into: &expected)
      #expect((product - expected).norm <= 1e-12 * (1e-300 + expected.norm), "\(problem)")
      #expect(problem.value(at: x) == problem.valueAndGradient(at: x, into: &v))
    }
  }
}
