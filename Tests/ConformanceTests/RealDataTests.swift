import Secant
import SecantProblems
import Testing

/// Second-order and quasi-Newton methods reach the reference optima of the real data sets to 1e-12, relative.
@Suite struct RealDataTests {
  func reachesTheOptimum<P: TwiceDifferentiableObjective>(_ problem: P, _ optimum: ReferenceOptimum)
  where P.Scalar == Double, P.Domain == WholeSpace {
    let methods: [(String, any Solver<P>)] = [
      ("Newton", .newton()), ("Newton-CG", .newtonCG()), ("trust region", .trustRegion()), ("BFGS", .bfgs()),
      ("L-BFGS", .lbfgs()),
    ]
    for (name, method) in methods {
      let outcome = minimize(
        problem, from: Vector(zeros: optimum.minimiser.count), using: method,
        until: Convergence(gradient: 1e-10),
        within: Budget(gradients: 5_000))
      #expect(outcome.status.isConverged, "\(name): \(outcome)")
      let excess = (outcome.value - optimum.value) / optimum.value
      #expect(abs(excess) <= 1e-12, "\(name): \(excess), \(outcome)")
    }
  }

  @Test(arguments: ReferenceOptimum.all.indices) func everyReferenceOptimum(_ k: Int) throws {
    let optimum = ReferenceOptimum.all[k]
    switch optimum.model {
    case .logistic: reachesTheOptimum(try LogisticRegression(optimum.dataSet.binaryTraining()), optimum)
    case .softmax: reachesTheOptimum(try SoftmaxRegression(optimum.dataSet.training()), optimum)
    }
  }

  /// Nocedal and Wright's table for Rosenbrock's function from (−1.2, 1) to ‖∇f‖₂ ≤ 1e-5: steepest descent 5264
  /// iterations, BFGS 34, Newton 21.
  @Test func nocedalAndWrightsTable() {
    func iterations(_ method: some Solver<Rosenbrock<Double>>) -> Int? {
      let outcome = minimize(
        Rosenbrock(), from: [-1.2, 1], using: method,
        until: Convergence(gradient: 0, gradientNorm: 1e-5), within: Budget(iterations: 20_000))
      #expect(outcome.status.isConverged, "\(outcome)")
      return outcome.iterations
    }
    #expect(iterations(.newton())! <= 21)
    #expect(iterations(.bfgs())! <= 34)
    #expect((1_000...20_000).contains(iterations(.gradientDescent())!))
  }
}
