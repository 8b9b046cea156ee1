import Foundation
import Secant
import SecantLinearAlgebra
import Testing

/// Residuals and their Jacobian as closures, and a note of where the residuals were asked for.
struct Residuals<Scalar: LAPACKScalar>: ResidualObjective {
  final class Points { var asked: [Vector<Scalar>] = [] }

  let residualCount: Int
  let r: (Vector<Scalar>) -> [Scalar]
  /// Row by row.
  let J: (Vector<Scalar>) -> [[Scalar]]
  let points = Points()

  func residuals(at x: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    points.asked.append(x)
    for (i, value) in r(x).enumerated() { residuals[i] = value }
  }

  func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    for (i, value) in r(x).enumerated() { residuals[i] = value }
    for (i, row) in J(x).enumerated() { for (j, value) in row.enumerated() { jacobian[i, j] = value } }
  }

  /// y ≈ b₀(1 − exp(−b₁x)).
  static func saturation(_ x: [Scalar], _ y: [Scalar]) -> Residuals {
    Residuals(
      residualCount: x.count,
      r: { b in zip(x, y).map { x, y in b[0] * (1 - Scalar.exp(-b[1] * x)) - y } },
      J: { b in
        x.map { x in
          let e = Scalar.exp(-b[1] * x)
          return [1 - e, b[0] * x * e]
        }
      })
  }

  /// y ≈ Ae^(−kt), for A = 5 and k = ½ but for some noise, from the given t on.
  static func decay(from start: Scalar) -> Residuals {
    let t = (0...10).map { start + Scalar($0) }
    let y = t.enumerated().map { i, t in 5 * Scalar.exp(-t / 2) + Scalar.sin(Scalar(7 * i)) / 100 }
    return Residuals(
      residualCount: t.count, r: { b in zip(t, y).map { t, y in b[0] * Scalar.exp(-b[1] * t) - y } },
      J: { b in
        t.map { t in
          let e = Scalar.exp(-b[1] * t)
          return [e, -b[0] * t * e]
        }
      })
  }

  static var misra1a: Residuals {
    saturation(
      [77.6, 114.9, 141.1, 190.8, 239.9, 289.0, 332.8, 378.4, 434.8, 477.3, 536.8, 593.1, 689.1, 760.0],
      [10.07, 14.73, 17.94, 23.93, 29.61, 35.18, 40.02, 44.82, 50.76, 55.05, 61.01, 66.40, 75.47, 81.78])
  }

  static var boxBOD: Residuals { saturation([1, 2, 3, 5, 7, 10], [109, 149, 149, 191, 213, 224]) }

  static var rosenbrock: Residuals {
    Residuals(
      residualCount: 2, r: { x in [10 * (x[1] - x[0] * x[0]), 1 - x[0]] },
      J: { x in [[-20 * x[0], 10], [-1, 0]] })
  }

  /// Ax − b, with A row by row.
  static func linear(_ A: [[Scalar]], _ b: [Scalar]) -> Residuals {
    Residuals(
      residualCount: b.count,
      r: { x in zip(A, b).map { row, b in zip(row, x).reduce(-b) { $0 + $1.0 * $1.1 } } }, J: { _ in A })
  }
}

@Suite struct LevenbergMarquardtTests {
  static func dampings<P: ResidualObjective>() -> [Named<P>] where P.Domain == WholeSpace {
    [
      Named(name: "trust region", method: .levenbergMarquardt()),
      Named(name: "Marquardt", method: .levenbergMarquardt(damping: MarquardtDamping())),
      Named(name: "Nielsen", method: .levenbergMarquardt(damping: NielsenDamping())),
      Named(
        name: "accelerated", method: .levenbergMarquardt(damping: TrustRegionDamping(), acceleration: 0.75)),
    ]
  }

  // MARK: Published behaviour

  /// With MINPACK's first radius the residuals are asked for where MINPACK asks.
  @Test(arguments: [
    ("misra1a", MINPACKReference.misra1a), ("boxBOD", MINPACKReference.boxBOD),
    ("rosenbrock", MINPACKReference.rosenbrock),
  ])
  func stepsAsMINPACKDoes(_ name: String, reference: [[Double]]) {
    let problem: Residuals<Double> = name == "misra1a" ? .misra1a : name == "boxBOD" ? .boxBOD : .rosenbrock
    let start = Vector(reference[0])
    let method = LevenbergMarquardt<Residuals<Double>, _>(damping: TrustRegionDamping(initial: 100))
    _ = minimize(problem, from: start, using: method, certifying: false)
    let points = [start] + problem.points.asked
    for (point, expected) in zip(points, reference.dropLast(3)) {
      for (x, y) in zip(point, expected) { #expect(abs(x - y) <= 1e-9 * abs(y), "\(point), \(expected)") }
    }
    #expect(points.count >= min(reference.count, 10) - 3)
  }

  // MARK: Laws

  @Test func aLinearProblemTakesOneStep() {
    let A: [[Double]] = [[1, 2], [3, -1], [0.5, 4], [2, 2]]
    let problem = Residuals.linear(A, [1, 2, 3, 4])
    let outcome = minimize(problem, from: [1, 1], using: .levenbergMarquardt())
    #expect(outcome.iterations == 1 && outcome.status.isConverged, "\(outcome)")
    var (qr, b, x) = (
      QR<Double>(rows: 4, columns: 2), [1, 2, 3, 4] as Vector<Double>, Vector<Double>(zeros: 2)
    )
    #expect(qr.factor(Matrix(rows: 4, columns: 2, elements: [1, 3, 0.5, 2, 2, -1, 4, 2])) == nil)
    #expect(qr.solve(&b, into: &x) == nil)
    for (found, expected) in zip(outcome.point, x) { #expect(abs(found - expected) <= 1e-14) }
  }

  /// Other units of the parameters and of the data lead along the same way.
  @Test(arguments: dampings() as [Named<Residuals<Double>>])
  func unitsDoNotMatter(_ entry: Named<Residuals<Double>>) {
    func trail(
      _ method: some Solver<Residuals<Double>>, _ scale: [Double], _ unit: Double
    ) -> [[Double]] {
      let base = Residuals<Double>.misra1a
      func inner(_ x: Vector<Double>) -> Vector<Double> { [x[0] * scale[0], x[1] * scale[1]] }
      let problem = Residuals<Double>(
        residualCount: 14, r: { base.r(inner($0)).map { unit * $0 } },
        J: { base.J(inner($0)).map { [unit * scale[0] * $0[0], unit * scale[1] * $0[1]] } })
      var trail: [[Double]] = []
      _ = minimize(
        problem, from: [500 / scale[0], 1e-4 / scale[1]], using: method, certifying: false
      ) { progress in
        trail.append(Array(inner(progress.point)))
        return true
      }
      return trail
    }
    // Powers of two, so that all roundings are the same.
    #expect(trail(entry.method, [1, 1], 1) == trail(entry.method, [0x1p20, 0x1p-30], 0x1p40))
  }

  @Test(arguments: dampings() as [Named<Residuals<Double>>])
  func reachesTheCertifiedDigits(_ entry: Named<Residuals<Double>>) {
    for start in [[500, 1e-4], [250, 5e-4]] as [Vector<Double>] {
      let outcome = minimize(Residuals.misra1a, from: start, using: entry.method)
      #expect(outcome.status.isConverged, "\(outcome)")
      #expect(
        abs(outcome.point[0] / 2.3894212918e2 - 1) < 1e-10
          && abs(outcome.point[1] / 5.5015643181e-4 - 1) < 1e-10)
    }
  }

  @Test(arguments: dampings() as [Named<Residuals<Float>>])
  func worksInSinglePrecision(_ entry: Named<Residuals<Float>>) {
    let outcome = minimize(Residuals.rosenbrock, from: [-1.2, 1], using: entry.method)
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(abs(outcome.point[0] - 1) < 1e-5 && abs(outcome.point[1] - 1) < 1e-5)
  }

  @Test func asksForEachJacobianOnce() {
    let outcome = minimize(Residuals<Double>.misra1a, from: [250, 5e-4], using: .levenbergMarquardt())
    #expect(outcome.ledger.jacobians == outcome.iterations + 1)
    #expect(outcome.ledger.gradients == 0 && outcome.ledger.residuals >= outcome.iterations)
  }

  // MARK: Honest answers

  /// Far along b₁ the model is flat, and no longer depends on it: the residuals cannot be lowered, and that is no answer.
  @Test func aPlateauIsNoMinimum() {
    let outcome = minimize(Residuals<Double>.boxBOD, from: [170, 800], using: .levenbergMarquardt())
    guard case .stalled(.inseparableParameters) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(outcome.certificate?.residuals?.inseparable == [1])
    #expect(outcome.sentence.contains("do not depend on the variable 1 here"))
  }

  /// The criterion itself sees that a parameter has no influence, without a second look.
  @Test(arguments: dampings() as [Named<Residuals<Double>>])
  func aPlateauIsNoMinimumWithoutACertificateEither(_ entry: Named<Residuals<Double>>) {
    let outcome = minimize(
      Residuals<Double>.boxBOD, from: [170, 800], using: entry.method, certifying: false)
    guard case .stalled(.inseparableParameters) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(abs(outcome.point[0] - 1035.0 / 6) < 1e-6 && outcome.point[1] == 800)
  }

  /// A decay much too fast leaves next to nothing of the columns of J: of that of k where the first t is 0, so that A has to
  /// move alone; of both where it is 1, so that D grows by thirty orders of magnitude in a step.
  @Test(arguments: [(0, 1, 100), (0, 3, 100), (0, 3, 300), (1, 1, 100), (1, 3, 300)])
  func aColumnThatHasAllButVanishedHoldsNothingUp(_ first: Double, _ A: Double, _ k: Double) {
    let problem = Residuals<Double>.decay(from: first)
    let near = minimize(problem, from: [5, 0.5], using: .levenbergMarquardt())
    let outcome = minimize(problem, from: [A, k], using: .levenbergMarquardt())
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect((outcome.point - near.point).norm <= 1e-9 * near.point.norm, "\(outcome.point), \(near.point)")
    // Columns of e⁻³⁰⁰ are beyond the active set, whose squares underflow.
    if k > 100 { return }
    let box = problem.bounded(from: 0, to: 1000, count: 2)
    let boxed = minimize(box, from: [A, k], using: .projectedLevenbergMarquardt())
    #expect(boxed.status.isConverged, "\(boxed)")
  }

  /// Of data that the model fits but for a few digits the residuals are rounding of the responses as much as anything; the
  /// values, which consist of them, cannot tell two points apart that slopes still can.
  @Test(arguments: [1e-9, 1e-12, 1e-14]) func nearlyExactDataAreFitted(_ noise: Double) {
    var random = RandomGenerator(seed: 7)
    /// Uniform in [−1, 1].
    func draw() -> Double { 2 * random.uniform() - 1 }
    let t = (0..<12).map { 0.1 + Double($0) / 4 }
    for _ in 0..<100 {
      let b: Vector = [pow(10, 2 * draw()), pow(10, draw())]
      let exact = Residuals.saturation(t, t.map { _ in 0 }).r(b)
      let problem = Residuals.saturation(t, exact.map { $0 + $0 * noise * draw() })
      let start: Vector = [b[0] * pow(3, draw()), b[1] * pow(3, draw())]
      let outcome = minimize(problem, from: start, using: .levenbergMarquardt())
      #expect(outcome.status.isConverged, "\(b) from \(start): \(outcome)")
      #expect((outcome.point - b).norm <= 1e4 * noise * b.norm, "\(b), \(outcome.point)")
    }
  }

  /// The first steps lead to where the decay is over before the first t: its columns promise almost all of f, and no step
  /// keeps it. That is no noise of the values.
  @Test func aPlateauDoesNotPassForPrecision() {
    let t = (0..<12).map { 0.1 + Double($0) / 4 }
    let problem = Residuals<Double>(
      residualCount: t.count,
      r: { b in t.map { b[0] * exp(-b[1] * $0) + b[2] - 0.08 * exp(-5.18 * $0) - 0.93 } },
      J: { b in
        t.map { t in
          let e = exp(-b[1] * t)
          return [e, -b[0] * t * e, 1]
        }
      })
    let outcome = minimize(problem, from: [0.035, 9.32, 2.36], using: .levenbergMarquardt())
    guard case .stalled(.flatModel) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
  }

  @Test func aColumnThatHasAllButVanishedHoldsNothingUpInSinglePrecision() {
    let outcome = minimize(Residuals<Float>.decay(from: 0), from: [1, 40], using: .levenbergMarquardt())
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(abs(outcome.point[0] - 5) < 0.01 && abs(outcome.point[1] - 0.5) < 0.01, "\(outcome.point)")
  }

  /// Of x + y nothing is known but the sum.
  @Test func parametersThatCannotBeToldApartAreNamed() {
    let problem = Residuals<Double>.linear([[1, 1, 0], [2, 2, 0], [0, 0, 1], [1, 1, 1]], [1, 3, 1, 0])
    let outcome = minimize(problem, from: [1, 5, 2], using: .levenbergMarquardt())
    guard case .stalled(.inseparableParameters) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(outcome.certificate?.residuals?.inseparable == [0, 1])
    #expect(outcome.certificate?.residuals?.conditionNumber == .infinity)
  }

  /// Where the residuals vanish nothing can be lower, told apart or not.
  @Test func residualsThatVanishAreAnAnswer() {
    let problem = Residuals<Double>.linear([[1, 1], [2, 2]], [1, 2])
    let outcome = minimize(problem, from: [1, 5], using: .levenbergMarquardt())
    #expect(outcome.status.isConverged && outcome.value < 1e-25, "\(outcome)")
  }

  @Test func aWrongJacobianIsNoticed() {
    let base = Residuals<Double>.misra1a
    let wrong = Residuals<Double>(
      residualCount: 14, r: base.r, J: { b in base.J(b).map { [$0[0], b[0] * (1 - $0[0])] } })
    let outcome = minimize(wrong, from: [250, 5e-4], using: .levenbergMarquardt())
    guard case .suspectDerivative(let discrepancy) = outcome.status else {
      Issue.record("\(outcome)")
      return
    }
    #expect(discrepancy.coordinate == 1)
  }

  @Test func whatIsNotANumberIsSteppedBackFrom() {
    let base = Residuals<Double>.misra1a
    let walled = Residuals<Double>(
      residualCount: 14, r: { b in b[1] > 1e-3 ? Array(repeating: .nan, count: 14) : base.r(b) }, J: base.J)
    #expect(minimize(walled, from: [500, 1e-4], using: .levenbergMarquardt()).status.isConverged)
    let nowhere = Residuals<Double>(
      residualCount: 14, r: { _ in Array(repeating: .nan, count: 14) }, J: base.J)
    guard case .nonFinite = minimize(nowhere, from: [500, 1e-4], using: .levenbergMarquardt()).status else {
      Issue.record("no number anywhere, and not said")
      return
    }
  }

  @Test func budgetsAreHard() {
    for budget in [Budget(residuals: 3), Budget(jacobians: 3)] {
      let outcome = minimize(
        Residuals<Double>.misra1a, from: [500, 1e-4], using: .levenbergMarquardt(), within: budget)
      guard case .exhausted = outcome.status else {
        Issue.record("\(outcome)")
        continue
      }
      #expect(outcome.ledger.residuals <= budget.residuals && outcome.ledger.jacobians <= budget.jacobians)
      #expect(outcome.value < Residuals<Double>.misra1a.value(at: [500, 1e-4]))
    }
  }

  @Test func badHyperParametersAreRefused() {
    let methods: [any Solver<Residuals<Double>>] = [
      .levenbergMarquardt(damping: TrustRegionDamping(initial: 0)),
      .levenbergMarquardt(damping: TrustRegionDamping(acceptance: .nan)),
      .levenbergMarquardt(damping: TrustRegionDamping(tolerance: 1)),
      .levenbergMarquardt(damping: MarquardtDamping(initial: -1)),
      .levenbergMarquardt(damping: MarquardtDamping(increase: 1)),
      .levenbergMarquardt(damping: NielsenDamping(initial: .infinity)),
      .levenbergMarquardt(damping: TrustRegionDamping(), acceleration: 0),
    ]
    for method in methods {
      guard case .refused = minimize(Residuals.misra1a, from: [500, 1e-4], using: method).status else {
        Issue.record("\(method) was not refused")
        continue
      }
    }
  }
}
