import Secant
import SecantProblems
import Testing

/// Where the residuals stay large at the minimum, Gauss–Newton's steps are linear and those of the hybrids superlinear.
@Suite struct LargeResidualTests {
  typealias Problem = TestProblemOfSquares<Double>

  static let hybrids: [any Solver<Problem>] = [
    .trustRegion(model: FletcherXuModel(), subproblem: MoreSorensen()),
    .trustRegion(model: StructuredSecantModel(), subproblem: MoreSorensen()),
  ]

  static func problem(_ name: String, residuals: Int? = nil) -> Problem {
    TestProblem<Double>.moreGarbowHillstrom.filter { $0.name == name }.compactMap { Problem($0) }.first {
      residuals == nil || $0.residualCount == residuals
    }!
  }

  /// Steps tried until ‖∇f‖∞ is 1e-10 of the greatest met: where rounding ends the runs is another matter.
  static func steps<M: Solver<Problem>>(_ method: M, on problem: Problem) -> Int {
    var run = Run(problem, from: problem.problem.start, using: method)
    var (greatest, steps) = (0.0, 0)
    while let progress = run.next() {
      let gradient = progress.state.current.gradient.largestMagnitude
      greatest = max(greatest, gradient)
      if gradient <= 1e-10 * greatest { break }
      steps += 1
    }
    return steps
  }

  /// f at the minimum is 48.98, 124.4, 85822 and 0.0035.
  @Test(arguments: ["Freudenstein–Roth", "Jennrich–Sampson", "Brown–Dennis", "Chebyquad", "trigonometric"])
  func hybridsTakeHalfTheSteps(_ name: String) {
    let problem = Self.problem(name, residuals: name == "Chebyquad" ? 8 : nil)
    let start = problem.problem.start
    let gaussNewton = Self.steps(
      .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen()), on: problem)
    for method in Self.hybrids {
      let outcome = minimize(problem, from: start, using: method)
      #expect(outcome.status.isConverged, "\(outcome)")
      #expect(outcome.certificate?.curvature.isPositive == true, "\(outcome)")
      let steps = Self.steps(method, on: problem)
      #expect(2 * steps <= gaussNewton, "\(steps) and \(gaussNewton)")
    }
  }

  /// The last factors by which ‖Q₁ᵀr‖/‖r‖ falls: about the same for Gauss–Newton, ever smaller for the hybrids.
  @Test func convergesSuperlinearlyOnBrownAndDennis() {
    func lastFactor<M: Solver<Problem>>(_ method: M, _ measure: (M.Memory) -> Double) -> [Double] {
      let problem = Self.problem("Brown–Dennis")
      var run = Run(problem, from: problem.problem.start, using: method)
      var measures: [Double] = []
      while let progress = run.next() {
        if progress.iteration >= measures.count { measures.append(measure(progress.state.memory)) }
      }
      return zip(measures.dropFirst(), measures).map { $0 / $1 }.suffix(3)
    }
    let gaussNewton = TrustRegion(
      model: DenseGaussNewtonModel<Problem>(), subproblem: MoreSorensen(), radius: RatioRadius())
    let factors = lastFactor(gaussNewton) { $0.model.linearized.orthogonality }
    #expect(factors.allSatisfy { $0 > 0.2 }, "\(factors)")
    let fletcherXu = TrustRegion(
      model: FletcherXuModel<Problem>(), subproblem: MoreSorensen(), radius: RatioRadius())
    let quadratic = lastFactor(fletcherXu) { $0.model.linearized.orthogonality }
    #expect(quadratic.last! < 1e-2, "\(quadratic)")
    let structured = TrustRegion(
      model: StructuredSecantModel<Problem>(), subproblem: MoreSorensen(), radius: RatioRadius())
    let superlinear = lastFactor(structured) { $0.model.linearized.orthogonality }
    #expect(superlinear.reduce(1, *) < 0.01, "\(superlinear)")
  }

  /// Every sum of squares of Moré, Garbow and Hillstrom's from its standard start, to a published minimum; those of rank
  /// one are said to have more than one.
  @Test func hybridsSolveAll() {
    for test in TestProblem<Double>.moreGarbowHillstrom {
      guard let problem = Problem(test) else { continue }
      for method in Self.hybrids {
        let outcome = minimize(problem, from: test.start, using: method)
        let isOfRankOne = test.name.contains("rank 1")
        if case .limitedByPrecision = outcome.status {
          // Watson's Hessian is singular within rounding, and Meyer's residuals hide their slope in the noise of the values.
          #expect(["Watson, n = 12", "Meyer, n = 3"].contains("\(test)"), "\(outcome)")
        } else {
          #expect(outcome.status.isConverged != isOfRankOne, "\(test): \(outcome)")
        }
        let isPublished = test.minima.contains {
          abs(outcome.value - $0) <= 6e-3 * abs($0) + ($0 == 0 ? 1e-5 : 1e-9)
        }
        #expect(isPublished, "\(test): \(outcome)")
      }
    }
  }
}
