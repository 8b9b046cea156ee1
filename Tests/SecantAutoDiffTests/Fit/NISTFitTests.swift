import SecantAutoDiff
import SecantProblems
import Testing

/// NIST's certified regressions from both starts, with default settings: what `papers/nist.md` says.
@Suite struct NISTFitTests {
  /// How many digits of a fit agree with the certified ones.
  struct Digits {
    var parameters, errors, sumOfSquares, deviation: Double

    init(_ fit: Fit<Double>, _ problem: NISTProblem) {
      parameters = problem.digits(of: fit.parameters)
      errors = NISTProblem.digits(of: fit.standardErrors, against: problem.standardErrors)
      sumOfSquares = NISTProblem.digits(of: [fit.sumOfSquares], against: [problem.sumOfSquares])
      deviation = NISTProblem.digits(
        of: [fit.residualStandardDeviation], against: [problem.residualStandardDeviation])
    }
  }

  /// The parameter with the fewest digits.
  static func worst(_ fit: Fit<Double>, _ problem: NISTProblem) -> String {
    let digits = fit.parameters.indices.map { j in
      NISTProblem.digits(of: [fit.parameters[j]], against: [problem.parameters[j]])
    }
    let j = digits.indices.min { digits[$0] < digits[$1] }!
    return "b\(j + 1) = \(fit.parameters[j]) has \(digits[j]) digits of \(problem.parameters[j])"
  }

  static func check(
    converged: Bool = true, _ solve: (NISTProblem, Vector<Double>) -> Fit<Double>
  ) {
    var sum = 0.0
    for problem in NISTProblem.all {
      for (k, start) in problem.starts.enumerated() {
        let fit = solve(problem, start)
        let digits = Digits(fit, problem)
        let run = "\(problem) from start \(k + 1): \(worst(fit, problem))"
        if converged { #expect(fit.status.isConverged, "\(run): \(fit.sentence)") }
        #expect(digits.parameters >= 6, "\(run)")
        #expect(fit.caveats.isEmpty && fit.degreesOfFreedom == fit.observationCount - fit.parameters.count)
        sum += digits.parameters
        // Of Lanczos1 the certified sum of squares is 1.4e-25: its residuals are some ulps of the response.
        guard problem.name != "Lanczos1" else {
          let ratios = Vector(fit.standardErrors.map { $0 / fit.residualStandardDeviation })
          let certified = Vector(problem.standardErrors.map { $0 / problem.residualStandardDeviation })
          #expect(NISTProblem.digits(of: ratios, against: certified) >= 6, "\(run)")
          continue
        }
        #expect(digits.errors >= 6, "\(run); errors \(fit.standardErrors)")
        #expect(digits.sumOfSquares >= 10, "\(run); S = \(fit.sumOfSquares)")
        #expect(digits.deviation >= 10, "\(run); s = \(fit.residualStandardDeviation)")
      }
    }
    #expect(sum / Double(2 * NISTProblem.all.count) >= 9.75)
  }

  @Test func exactDerivatives() {
    Self.check { problem, start in fit(problem.residuals, from: start) }
  }

  @Test func differences() {
    Self.check { problem, start in
      let model = problem.residuals.model
      return fit(problem.residuals.x, problem.residuals.y, from: start, by: .differences) { b, x in
        model.value(b.elements, at: x)
      }
    }
  }

  /// Two points are fewer evaluations and fewer digits, but enough; a run may say that its precision is at an end.
  @Test func differencesOfTwoPoints() {
    Self.check(converged: false) { problem, start in
      let model = problem.residuals.model
      return fit(problem.residuals.x, problem.residuals.y, from: start, by: .twoPoint) { b, x in
        model.value(b.elements, at: x)
      }
    }
  }
}
