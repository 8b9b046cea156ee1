import Secant
import Testing

/// r(x) = Ax − b.
struct LinearResiduals<Scalar: LAPACKScalar>: ResidualObjective {
  let A: Matrix<Scalar>
  let b: Vector<Scalar>
  var dimension: Int? { A.columns }
  var residualCount: Int { A.rows }

  func residuals(at x: Vector<Scalar>, into r: inout Vector<Scalar>) {
    r.copy(b)
    A.multiply(x, into: &r, times: 1, adding: -1)
  }

  func residualsAndJacobian(at x: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>) {
    residuals(at: x, into: &r)
    J.copy(A)
  }
}

/// A problem in other variables, x = Sz.
struct InOtherUnits<Base: ResidualObjective>: ResidualObjective
where Base.Domain == WholeSpace, Base.Failure == Never {
  typealias Scalar = Base.Scalar
  let base: Base
  let S: Matrix<Scalar>
  var residualCount: Int { base.residualCount }
  var residualWeight: Scalar { base.residualWeight }

  func residuals(at z: Vector<Scalar>, into r: inout Vector<Scalar>) {
    var x = z
    S.multiply(z, into: &x)
    base.residuals(at: x, into: &r)
  }

  func residualsAndJacobian(at z: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>) {
    var (x, K) = (z, J)
    S.multiply(z, into: &x)
    base.residualsAndJacobian(at: x, into: &r, &K)
    for i in 0..<J.rows {
      for j in 0..<J.columns { J[i, j] = (0..<J.columns).reduce(0) { $0 + K[i, $1] * S[$1, j] } }
    }
  }
}

@Suite struct GaussNewtonTests {
  func solveLinear<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let A = Matrix<Scalar>([[1, 2], [3, 4], [5, 7]])
    let outcome = minimize(LinearResiduals(A: A, b: [1, -1, 2]), from: [10, -20], using: .gaussNewton())
    #expect(outcome.status.isConverged && outcome.iterations == 1, "\(outcome)")
    #expect(outcome.certificate?.residuals?.inseparable == [])
    // One vector of residuals for the step, a Jacobian at either end.
    #expect(outcome.ledger.residuals == 1 && outcome.ledger.jacobians == 2)
  }

  @Test func solvesALinearProblemInOneStep() {
    solveLinear(Double.self)
    solveLinear(Float.self)
  }

  /// A Jacobian of short rank gives a basic solution, and the answer says which parameters are not told apart.
  @Test func meetsShortRank() {
    let A = Matrix<Double>([[1, 2, 2], [1, 3, 3], [1, 4, 4], [1, 5, 5]])
    let outcome = minimize(LinearResiduals(A: A, b: [1, 2, 2, 4]), from: [1, 1, 1], using: .gaussNewton())
    guard case .stalled(.inseparableParameters) = outcome.status else {
      return #expect(Bool(false), "\(outcome)")
    }
    #expect(outcome.certificate?.residuals?.inseparable == [1, 2])
    #expect(outcome.iterations == 1)
  }

  /// The steps do not depend on the variables' units, nor on any other linear change of them.
  @Test func isAffineInvariant() {
    let S = Matrix<Double>([[100, 3], [2, 0.001]])
    // S⁻¹(−1.2, 1)
    let determinant = 100 * 0.001 - 6
    let start: Vector<Double> = [(-1.2 * 0.001 - 3) / determinant, (100 + 2.4) / determinant]
    var plain = Run(RosenbrockResiduals<Double>(), from: [-1.2, 1], using: .gaussNewton(), until: .never)
    var changed = Run(
      InOtherUnits(base: RosenbrockResiduals<Double>(), S: S), from: start, using: .gaussNewton(),
      until: .never)
    for _ in 0..<2 {
      guard let a = plain.next(), let b = changed.next(), let f = a.value, let g = b.value else { break }
      #expect(abs(f - g) <= 1e-9 * f + 1e-20, "\(f), \(g)")
    }
  }

  /// Quadratic where the residuals vanish: the error's digits double.
  @Test func isQuadraticWhereResidualsVanish() {
    let outcome = minimize(
      DecayWithOutliers<Double>().weighted(by: [1, 1, 0, 0, 0, 0, 0, 0, 0, 0]), from: [4, 0.4],
      using: .gaussNewton())
    #expect(outcome.status.isConverged && outcome.iterations <= 6, "\(outcome)")
    #expect(outcome.value < 1e-28)
  }

  @Test func refusesASearchThatMakesNoSense() {
    let outcome = minimize(
      RosenbrockResiduals<Double>(), from: [-1.2, 1],
      using: GaussNewton(search: Armijo(sufficientDecrease: 2)))
    guard case .refused(let sentence) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(sentence.contains("sufficientDecrease"))
  }

  /// Trial points that are no numbers are stepped back from.
  @Test func stepsBackFromNaN() {
    struct Root: ResidualObjective {
      typealias Scalar = Double
      let residualCount = 1
      func residuals(at x: Vector<Double>, into r: inout Vector<Double>) { r[0] = x[0].squareRoot() - 0.1 }
      func residualsAndJacobian(
        at x: Vector<Double>, into r: inout Vector<Double>, _ J: inout Matrix<Double>
      ) {
        residuals(at: x, into: &r)
        J[0, 0] = 0.5 / x[0].squareRoot()
      }
    }
    let outcome = minimize(Root(), from: [4], using: .gaussNewton())
    #expect(outcome.status.isConverged && abs(outcome.point[0] - 0.01) < 1e-12, "\(outcome)")
  }
}
