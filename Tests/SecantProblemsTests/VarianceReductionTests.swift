import Secant
import SecantProblems
import Testing

/// SVRG and SAGA on the logistic regression of the breast cancer data, beside SGD at the same rate.
@Suite struct VarianceReductionTests {
  static let λ = 0.1

  /// With the rate 1/3L the excess f − f* falls by a factor in every twenty passes, where that of SGD comes to a standstill.
  @Test func atAConstantRateTheyConvergeWhereSGDStalls() throws {
    let problem = try LogisticRegression<Double>(
      DataSet.Shipped.breastCancer.binaryTraining(), regularisation: Self.λ)
    let optimum = minimize(problem, from: Vector(zeros: 31), using: .newton())
    let rate = 1 / (3 * Self.greatestConstant(of: problem))

    /// f − f* after 20, 40 and 60 passes.
    func excess<M: Solver<LogisticRegression<Double>>>(_ method: M) -> [Double] {
      var run = Run(
        problem, from: Vector(zeros: 31), using: method, until: .never, within: Budget(iterations: .max))
      return [20, 40, 60].map { passes in
        while run.oracle.ledger.passes < passes { run.advance() }
        return problem.value(at: run.state.current.point) - optimum.value
      }
    }
    let saga = excess(SAGA(.gradientDescent(rate: rate), seed: 1))
    let svrg = excess(SVRG(.gradientDescent(rate: rate), seed: 1))
    let sgd = excess(MiniBatch(.gradientDescent(rate: rate), of: 1, seed: 1))
    for k in 1..<3 {
      #expect(saga[k] < saga[k - 1] / 100, "\(saga)")
      #expect(svrg[k] < svrg[k - 1] / 10, "\(svrg)")
    }
    #expect(saga[2] < 1e-11 && svrg[2] < 1e-6, "\(saga) \(svrg)")
    #expect(sgd[1] > 1e-6 && sgd[2] > 1e-6, "\(sgd)")
  }

  /// L, the greatest ‖aᵢ‖²/4 + λ: at 0 the gradient of a term is ∓aᵢ/2.
  static func greatestConstant(of problem: LogisticRegression<Double>) -> Double {
    var gradient = Vector<Double>(zeros: 31)
    return (0..<problem.termCount).map { i in
      _ = problem.restricted(to: Batch([i])).valueAndGradient(at: Vector(zeros: 31), into: &gradient)
      return gradient.squaredNorm + λ
    }.max()!
  }
}
