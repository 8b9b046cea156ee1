import Secant
import Synchronization
import Testing

/// rᵢ = b₀ exp(−b₁tᵢ) − yᵢ, with its Jacobian by hand and parameters in units of `units`.
private struct Decay<Scalar: LAPACKScalar>: ResidualObjective {
  let t: [Scalar] = [0.5, 1, 2, 3]
  let y: [Scalar] = [1.6, 1.2, 0.75, 0.44]
  var units: (Scalar, Scalar) = (1, 1)
  var residualCount: Int { 4 }

  func residuals(at b: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    for i in t.indices { residuals[i] = b[0] / units.0 * .exp(-b[1] / units.1 * t[i]) - y[i] }
  }

  func residualsAndJacobian(
    at b: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>
  ) {
    residuals(at: b, into: &r)
    for i in t.indices {
      let e = Scalar.exp(-b[1] / units.1 * t[i])
      J[i, 0] = e / units.0
      J[i, 1] = -b[0] / units.0 * t[i] / units.1 * e
    }
  }
}

/// The greatest relative error of a differenced Jacobian's columns.
private func error<Base: ResidualObjective>(
  _ problem: Base, _ formula: DifferenceFormula, at b: Vector<Base.Scalar>, sizes: Vector<Base.Scalar>? = nil
) -> Base.Scalar where Base.Failure == Never {
  var r = Vector<Base.Scalar>(zeros: problem.residualCount)
  var exact = Matrix<Base.Scalar>(zeros: r.count, b.count)
  var differenced = exact
  problem.residualsAndJacobian(at: b, into: &r, &exact)
  let residuals = r
  FiniteDifferenceJacobian(problem, by: formula, sizes: sizes)
    .residualsAndJacobian(at: b, into: &r, &differenced)
  #expect(r == residuals)
  differenced.add(exact, times: -1)
  return b.indices.map { differenced.norm(ofColumn: $0) / exact.norm(ofColumn: $0) }.max()!
}

@Suite struct FiniteDifferenceJacobianTests {
  @Test(arguments: [(1.0, 1.0), (1e8, 1e-4), (1e-12, 1e12)])
  func digitsDoNotDependOnUnits(units: (Double, Double)) {
    let problem = Decay<Double>(units: units)
    let b: Vector = [2 * units.0, 0.5 * units.1]
    #expect(error(problem, .twoPoint, at: b) <= 1e-9)
    #expect(error(problem, .fourPoint, at: b) <= 2e-12)
  }

  @Test func singlePrecision() {
    #expect(error(Decay<Float>(), .twoPoint, at: [2, 0.5]) <= 2e-4)
    #expect(error(Decay<Float>(), .fourPoint, at: [2, 0.5]) <= 5e-5)
  }

  /// At zero a parameter has no size of its own: it is that of `sizes`, or 1.
  @Test func parametersAtZero() {
    #expect(error(Decay<Double>(), .fourPoint, at: [2, 0]) <= 1e-11)
    let small = Decay<Double>(units: (1, 1e-3))
    #expect(error(small, .fourPoint, at: [2, 0]) > 1e-3)
    #expect(error(small, .fourPoint, at: [2, 0], sizes: [0, 1e-3]) <= 1e-11)
    // Nor has one that is all but zero.
    #expect(error(Decay<Double>(), .fourPoint, at: [2, 1e-14]) > 1e-6)
    #expect(error(Decay<Double>(), .fourPoint, at: [2, 1e-14], sizes: [1, 1]) <= 1e-11)
  }

  /// What the formulas are exact for: polynomials of degree 2 and 4.
  @Test func exactOnPolynomials() {
    struct Powers: ResidualObjective {
      let degree: Int
      var residualCount: Int { 1 }
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) { r[0] = .pow(x[0], degree) }
      func residualsAndJacobian(
        at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
      ) {
        r[0] = .pow(x[0], degree)
        J[0, 0] = Double(degree) * .pow(x[0], degree - 1)
      }
    }
    #expect(error(Powers(degree: 2), .twoPoint, at: [3]) <= 4e-11)
    #expect(error(Powers(degree: 4), .fourPoint, at: [3]) <= 1e-12)
    // One degree more, at a step of 1/128 and the error is that of the formula: h⁴f⁽⁵⁾/30, of 5x⁴.
    let h = 0x1p-12
    let predicted = 24.0 * 5 * h * h * h * h / 30 / 5 * 5
    #expect(error(Powers(degree: 5), .fourPoint, at: [1]) <= 1e-12 + predicted)
  }

  /// The ledger says what was really evaluated.
  @Test(arguments: DifferenceFormula.allCases) func everyEvaluationIsCharged(formula: DifferenceFormula) {
    let counter = Counter()
    let t = [0.0, 1, 2, 3, 4, 5]
    let y = [2.0, 1.21, 0.74, 0.45, 0.27, 0.17]
    let residuals = ResidualClosure<Double>(count: 6) { b, r in
      counter.add()
      for i in t.indices { r[i] = b[0] * .exp(-b[1] * t[i]) - y[i] }
    }
    let outcome = minimize(
      FiniteDifferenceJacobian(residuals, by: formula), from: [1, 1], using: .levenbergMarquardt(),
      certifying: false)
    #expect(outcome.status.isConverged)
    #expect(outcome.ledger.residuals == counter.count)
    #expect(outcome.ledger.jacobians == 0 && outcome.ledger.gradients == 0)
    let limited = minimize(
      FiniteDifferenceJacobian(residuals, by: formula), from: [1, 1], using: .levenbergMarquardt(),
      within: Budget(residuals: 20), certifying: false)
    #expect(limited.ledger.residuals <= 20)
  }

  /// A product of two parameters is told from two parameters, in spite of the rounding of differences.
  @Test func findsInseparableParameters() {
    let residuals = ResidualClosure<Double>(count: 4) { b, r in
      for i in 0..<4 { r[i] = b[0] + b[1] * b[2] * Double(i) - [1.0, 2.2, 2.9, 4.1][i] }
    }
    let outcome = minimize(
      FiniteDifferenceJacobian(residuals), from: [0.5, 1, 0.7], using: .levenbergMarquardt())
    #expect(outcome.certificate?.residuals?.inseparable == [1, 2])
    #expect(outcome.certificate?.residuals?.conditionNumber == .infinity)
    #expect(!outcome.status.isConverged)
  }

  @Test func refusesSizesThatMakeNoSense() {
    let problem = Decay<Double>()
    func sentence(_ sizes: Vector<Double>, from start: Vector<Double> = [1, 1]) -> String {
      minimize(
        FiniteDifferenceJacobian(problem, sizes: sizes), from: start, using: .levenbergMarquardt()
      ).sentence
    }
    #expect(sentence([1, -2]).contains("sizes[1] is -2.0"))
    #expect(sentence([1, .nan]).contains("sizes[1] is nan"))
    #expect(sentence([1, 1, 1]).contains("2 elements"))
  }
}

/// Counts from a closure that may run anywhere.
private final class Counter: Sendable {
  private let value = Mutex(0)
  var count: Int { value.withLock { $0 } }
  func add() { value.withLock { $0 += 1 } }
}
