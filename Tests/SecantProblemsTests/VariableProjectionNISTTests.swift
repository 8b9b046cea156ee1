import Foundation
import Secant
import SecantAutoDiff
import SecantProblems
import Testing

/// NIST's regressions whose models are linear in some parameters, as Φ(α)c.
struct SeparableNIST: SeparableResiduals, Sendable {
  let problem: NISTProblem
  /// Which of NIST's parameters are α, and which c.
  let nonlinear: [Int]
  let linear: [Int]
  /// φⱼ and ∂φⱼ/∂αₖ at x.
  let terms: @Sendable (Vector<Double>, Double) -> (values: [Double], derivatives: [[Double]])

  var nonlinearCount: Int { nonlinear.count }
  var linearCount: Int { linear.count }
  var observations: Vector<Double> { Vector(problem.residuals.y) }

  func basis(at α: Vector<Double>, into basis: inout Matrix<Double>) {
    for (i, x) in problem.residuals.x.enumerated() {
      for (j, φ) in terms(α, x).values.enumerated() { basis[i, j] = φ }
    }
  }

  func basisAndDerivatives(
    at α: Vector<Double>, into basis: inout Matrix<Double>, _ derivatives: inout Matrix<Double>
  ) {
    self.basis(at: α, into: &basis)
    for (i, x) in problem.residuals.x.enumerated() {
      for (j, row) in terms(α, x).derivatives.enumerated() {
        for (k, d) in row.enumerated() { derivatives[i, k * linearCount + j] = d }
      }
    }
  }

  /// All parameters in NIST's order, and exponentials that can change places in the order of their rates.
  func parameters(at point: Vector<Double>) -> Vector<Double> {
    let isExchangeable = ["Lanczos3", "MGH17"].contains(problem.name)
    let α = isExchangeable ? Vector(point.sorted()) : point
    let c = VariableProjection(self).linearParameters(at: α)
    var all = problem.parameters
    for (k, place) in nonlinear.enumerated() { all[place] = α[k] }
    for (j, place) in linear.enumerated() { all[place] = c[j] }
    return all
  }

  static let all = [misra1a, lanczos3, gauss1, mgh17, enso]

  static let misra1a = SeparableNIST(
    problem: .named("Misra1a")!, nonlinear: [1], linear: [0],
    terms: { α, x in ([1 - exp(-α[0] * x)], [[x * exp(-α[0] * x)]]) })

  static let lanczos3 = SeparableNIST(
    problem: .named("Lanczos3")!, nonlinear: [1, 3, 5], linear: [0, 2, 4],
    terms: { α, x in
      let e = α.map { exp(-$0 * x) }
      return (e, [[-x * e[0], 0, 0], [0, -x * e[1], 0], [0, 0, -x * e[2]]])
    })

  static let gauss1 = SeparableNIST(
    problem: .named("Gauss1")!, nonlinear: [1, 3, 4, 6, 7], linear: [0, 2, 5],
    terms: { α, x in
      let e = exp(-α[0] * x)
      let (s, t) = ((x - α[1]) / α[2], (x - α[3]) / α[4])
      let (g, h) = (exp(-s * s), exp(-t * t))
      return (
        [e, g, h],
        [
          [-x * e, 0, 0, 0, 0], [0, 2 * s / α[2] * g, 2 * s * s / α[2] * g, 0, 0],
          [0, 0, 0, 2 * t / α[4] * h, 2 * t * t / α[4] * h],
        ]
      )
    })

  static let mgh17 = SeparableNIST(
    problem: .named("MGH17")!, nonlinear: [3, 4], linear: [0, 1, 2],
    terms: { α, x in
      let (e, f) = (exp(-α[0] * x), exp(-α[1] * x))
      return ([1, e, f], [[0, 0], [-x * e, 0], [0, -x * f]])
    })

  static let enso = SeparableNIST(
    problem: .named("ENSO")!, nonlinear: [3, 6], linear: [0, 1, 2, 4, 5, 7, 8],
    terms: { α, x in
      let year = 2 * Double.pi * x / 12
      let (s, t) = (2 * Double.pi * x / α[0], 2 * Double.pi * x / α[1])
      return (
        [1, cos(year), sin(year), cos(s), sin(s), cos(t), sin(t)],
        [
          [0, 0], [0, 0], [0, 0], [s / α[0] * sin(s), 0], [-s / α[0] * cos(s), 0], [0, t / α[1] * sin(t)],
          [0, -t / α[1] * cos(t)],
        ]
      )
    })
}

@Suite struct VariableProjectionNISTTests {
  /// From the far start and the near one, of which α alone is taken: the certified parameters, in a third of the steps that
  /// the whole problem takes.
  @Test(arguments: [false, true]) func findsTheCertifiedParametersInFewerSteps(isSimplified: Bool) {
    var (steps, stepsOfWhole) = (0, 0)
    for model in SeparableNIST.all {
      for start in model.problem.starts {
        let α = Vector(model.nonlinear.map { start[$0] })
        let outcome = minimize(
          VariableProjection(model, isSimplified: isSimplified), from: α, using: .levenbergMarquardt())
        let digits = model.problem.digits(of: model.parameters(at: outcome.point))
        let isAtPrecision =
          switch outcome.status {
          case .limitedByPrecision: true
          case .converged(let criterion): criterion.threshold > 1e-9
          default: false
          }
        if isAtPrecision, model.problem.name == "Lanczos3" {
          // Its reduced Jacobian is so nearly singular that rounding may end the run with seven digits, and it says so: by its
          // status, or by a criterion of 1e-8 in place of 1e-10.
          #expect(digits >= 6, "\(model.problem): \(digits) digits, \(outcome)")
        } else {
          #expect(outcome.status.isConverged, "\(model.problem): \(outcome)")
          #expect(digits >= 8.5, "\(model.problem): \(digits) digits, \(outcome)")
        }
        steps += outcome.ledger.iterations
        let whole = DifferentiatedSquares(model.problem.residuals)
        stepsOfWhole += minimize(whole, from: start, using: .levenbergMarquardt()).ledger.iterations
      }
    }
    #expect(3 * steps < stepsOfWhole, "\(steps) and \(stepsOfWhole)")
  }

  @Test(arguments: SeparableNIST.all.indices) func itsDerivativesAreExact(_ k: Int) {
    let model = SeparableNIST.all[k]
    // At MGH17's far start the basis has a condition of 4.5e4, and a column of the Jacobian is a difference with four digits
    // left: 8.909e-9 long.
    let starts = model.problem.name == "MGH17" ? model.problem.starts.suffix(1) : model.problem.starts[...]
    for start in starts {
      let α = Vector(model.nonlinear.map { start[$0] })
      let problem = VariableProjection(model)
      #expect(checkDerivatives(of: problem, at: α).verdict == .agrees, "\(model.problem)")
      #expect(worstError(of: problem, at: α) < 1e-5, "\(model.problem)")
    }
  }

  /// The Jacobian against differences of the residuals of the sixth order, relative to the column.
  func worstError(of problem: VariableProjection<SeparableNIST>, at α: Vector<Double>) -> Double {
    let m = problem.residualCount
    var (r, beside) = (Vector<Double>(zeros: m), Vector<Double>(zeros: m))
    var J = Matrix<Double>(zeros: m, α.count)
    problem.residualsAndJacobian(at: α, into: &r, &J)
    var worst = 0.0
    for k in α.indices {
      let h = 1e-3 * abs(α[k])
      var column = Vector<Double>(zeros: m)
      for (step, weight) in [(-3.0, -1.0), (-2, 9), (-1, -45), (1, 45), (2, -9), (3, 1)] {
        var x = α
        x[k] += step * h
        problem.residuals(at: x, into: &beside)
        column.add(beside, times: weight / (60 * h))
      }
      for i in 0..<m { worst = max(worst, abs(column[i] - J[i, k]) / J.norm(ofColumn: k)) }
    }
    return worst
  }
}
