import Secant
import Testing

/// c₀ + c₁exp(−α₀t), with the constant once or twice.
struct DecayOnGround<Scalar: LAPACKScalar>: SeparableResiduals, Sendable {
  var observations: Vector<Scalar> = [4.9, 3.4, 2.6, 1.9, 1.6, 1.4, 1.3, 1.1]
  var isDoubled = false
  var nonlinearCount: Int { 1 }
  var linearCount: Int { isDoubled ? 3 : 2 }

  func basis(at α: Vector<Scalar>, into basis: inout Matrix<Scalar>) {
    for i in observations.indices {
      basis[i, 0] = 1
      basis[i, 1] = Scalar.exp(-α[0] * Scalar(i))
      if isDoubled { basis[i, 2] = 2 }
    }
  }

  func basisAndDerivatives(
    at α: Vector<Scalar>, into basis: inout Matrix<Scalar>, _ D: inout Matrix<Scalar>
  ) {
    self.basis(at: α, into: &basis)
    D.fill(with: 0)
    for i in observations.indices { D[i, 1] = -Scalar(i) * basis[i, 1] }
  }
}

@Suite struct VariableProjectionTests {
  func solve<Scalar: LAPACKScalar>(_: Scalar.Type) {
    let model = DecayOnGround<Scalar>()
    let tolerance: Scalar = Scalar.self == Double.self ? 1e-8 : 1e-3
    var minima: [Scalar] = []
    for isSimplified in [false, true] {
      let problem = VariableProjection(model, isSimplified: isSimplified)
      let outcome = minimize(problem, from: [0.1], using: .gaussNewton())
      #expect(outcome.status.isConverged, "\(outcome)")
      minima.append(outcome.point[0])
      // The residuals are those of the whole model, and orthogonal to Φ and to c₁∂φ/∂α.
      let c = problem.linearParameters(at: outcome.point)
      var (Φ, D) = (Matrix<Scalar>(zeros: 8, 2), Matrix<Scalar>(zeros: 8, 2))
      model.basisAndDerivatives(at: outcome.point, into: &Φ, &D)
      var r = model.observations
      Φ.multiply(c, into: &r, times: 1, adding: -1)
      #expect(abs(r.squaredNorm / 2 - outcome.value) <= tolerance * outcome.value)
      var product = c
      Φ.multiply(r, into: &product, transposed: true)
      #expect(product.largestMagnitude <= tolerance)
      D.multiply(r, into: &product, transposed: true)
      #expect(product.largestMagnitude <= tolerance)
    }
    #expect(abs(minima[0] - minima[1]) <= tolerance)
  }

  @Test func findsTheMinimumOfTheWholeProblem() {
    solve(Double.self)
    solve(Float.self)
  }

  /// Golub and Pereyra's Jacobian is exact; Kaufman's leaves a part out that r is orthogonal to.
  @Test func differentiatesExactly() {
    let problem = VariableProjection(DecayOnGround<Double>())
    let simplified = VariableProjection(DecayOnGround<Double>(), isSimplified: true)
    var (r, J, K) = (Vector<Double>(zeros: 8), Matrix<Double>(zeros: 8, 1), Matrix<Double>(zeros: 8, 1))
    var (plus, minus) = (r, r)
    let h = 1e-6
    problem.residuals(at: [0.3 + h], into: &plus)
    problem.residuals(at: [0.3 - h], into: &minus)
    problem.residualsAndJacobian(at: [0.3], into: &r, &J)
    simplified.residualsAndJacobian(at: [0.3], into: &r, &K)
    for i in 0..<8 { #expect(abs((plus[i] - minus[i]) / (2 * h) - J[i, 0]) < 1e-8) }
    let left = Vector((0..<8).map { J[$0, 0] - K[$0, 0] })
    let kept = Vector((0..<8).map { K[$0, 0] })
    #expect(left.norm > 1e-3)
    #expect(abs(left.dot(r)) < 1e-14 && abs(left.dot(kept)) < 1e-14)
    #expect(checkDerivatives(of: problem, at: [0.3]).verdict == .agrees)
    #expect(checkDerivatives(of: simplified, at: [0.3]).verdict == .agrees)
  }

  /// A basis whose columns depend on each other has a basic solution, and α is found all the same.
  @Test func meetsABasisOfShortRank() {
    let plain = minimize(
      VariableProjection(DecayOnGround<Double>()), from: [0.1], using: .levenbergMarquardt())
    let problem = VariableProjection(DecayOnGround<Double>(isDoubled: true))
    let doubled = minimize(problem, from: [0.1], using: .levenbergMarquardt())
    #expect(doubled.status.isConverged, "\(doubled)")
    #expect(abs(plain.point[0] - doubled.point[0]) < 1e-9)
    let c = problem.linearParameters(at: doubled.point)
    #expect(c[0] == 0 || c[2] == 0)
  }

  @Test func refusesMoreParametersThanObservations() {
    let model = DecayOnGround<Double>(observations: [1])
    let outcome = minimize(VariableProjection(model), from: [0.1], using: .gaussNewton())
    guard case .refused(let sentence) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(sentence.contains("2 linear parameters"))
  }

  /// What is no number is met like any other overflow.
  @Test func saysWhereABasisIsNoNumber() {
    let outcome = minimize(
      VariableProjection(DecayOnGround<Double>()), from: [-1e6], using: .levenbergMarquardt())
    guard case .nonFinite(let place) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
    #expect(place.iteration == 0)
  }
}
