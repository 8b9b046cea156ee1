import Secant
import Testing

/// Rosenbrock's function as the sum of squares that it is: f = ‖r‖².
struct RosenbrockResiduals<Scalar: LAPACKScalar>: ResidualObjective {
  var residualCount: Int { 2 }
  var residualWeight: Scalar { 1 }
  var dimension: Int? { 2 }

  func residuals(at x: Vector<Scalar>, into r: inout Vector<Scalar>) {
    r[0] = 10 * (x[1] - x[0] * x[0])
    r[1] = 1 - x[0]
  }

  func residualsAndJacobian(
    at x: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>
  ) {
    residuals(at: x, into: &r)
    J.fill(with: 0)
    J[0, 0] = -20 * x[0]
    J[0, 1] = 10
    J[1, 0] = -1
  }

  func valueAndGradient(at x: Vector<Scalar>, into g: inout Vector<Scalar>) -> Scalar {
    Rosenbrock<Scalar>().valueAndGradient(at: x, into: &g)
  }
}

@Suite struct GaussNewtonModelTests {
  func products<Model: TrustRegionModel>(_ model: Model, at x: Vector<Double>) -> [Vector<Double>]
  where Model.Problem == RosenbrockResiduals<Double> {
    let f = RosenbrockResiduals<Double>()
    var memory = model.allocate(2, for: f)
    var oracle = Oracle(f)
    var columns: [Vector<Double>] = []
    try? model.prepare(at: Iterate(x), beside: Iterate(x), hasMoved: true, &memory, asking: &oracle)
    #expect(oracle.ledger.jacobians == 1)
    for e in [[1, 0], [0, 1]] as [Vector<Double>] {
      var column = Vector<Double>(zeros: 2)
      try? model.multiply(e, at: Iterate(x), into: &column, &memory, asking: &oracle)
      columns.append(column)
    }
    return columns
  }

  /// Where the residuals vanish 2c JᵀJ is the Hessian; elsewhere it is not.
  @Test func isTheHessianWhereTheResidualsVanish() {
    let minimizer: Vector<Double> = [1, 1]
    #expect(products(GaussNewtonModel(), at: minimizer) == [[802, -400], [-400, 200]])
    #expect(products(DenseGaussNewtonModel(), at: minimizer) == [[802, -400], [-400, 200]])
    let start: Vector<Double> = [-1.2, 1]
    #expect(products(GaussNewtonModel(), at: start) == products(DenseGaussNewtonModel(), at: start))
    #expect(abs(products(GaussNewtonModel(), at: start)[0][0] - 1154) < 1e-9)
  }

  func solve<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let f = RosenbrockResiduals<Scalar>()
    for method in [
      .trustRegion(model: GaussNewtonModel()), .trustRegion(model: DenseGaussNewtonModel()),
    ] as [any Solver<RosenbrockResiduals<Scalar>>] {
      let outcome = minimize(f, from: [-1.2, 1], using: method, certifying: false)
      #expect(outcome.status.isConverged)
      #expect((outcome.point - [1, 1]).largestMagnitude < 5e-3)
      // One at each point that was asked for, and f and ∇f from it.
      #expect(outcome.ledger.jacobians == outcome.ledger.iterations + 1)
      #expect(outcome.ledger.gradients == 0)
      #expect(outcome.ledger.hessianVectorProducts == 0)
    }
  }

  @Test func solvesWithOneJacobianAPoint() {
    solve(Double.self)
    solve(Float.self)
  }
}
