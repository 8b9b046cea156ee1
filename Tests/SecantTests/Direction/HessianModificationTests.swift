import Secant
import Testing

/// What every modification of an indefinite Hessian must do, and what tells them apart.
@Suite struct HessianModificationTests {
  /// ½xᵀAx − bᵀx: its Hessian is A, whatever A is.
  static func quadratic<Scalar>(_ A: Matrix<Scalar>) -> Quadratic<Scalar> {
    Quadratic(A, Vector((0..<A.rows).map { Scalar(1 + $0 % 3) }))
  }

  /// A symmetric matrix with these eigenvalues.
  static func matrix<Scalar: LAPACKScalar>(_ λ: [Scalar]) -> Matrix<Scalar> {
    let n = λ.count
    var v = Vector<Scalar>((0..<n).map { Scalar(1 + ($0 * 7) % 5) })
    v.scale(by: 1 / v.norm)
    var Q = Matrix<Scalar>(identity: n)
    Q.addOuter(v, v, times: -2)
    var QΛ = Q
    for j in 0..<n { for i in 0..<n { QΛ[i, j] = Q[i, j] * λ[j] } }
    var A = Matrix<Scalar>(zeros: n, n)
    A.setProduct(QΛ, Q)
    for j in 0..<n { for i in 0..<j { A[i, j] = A[j, i] } }
    return A
  }

  /// The matrix H + E of a modification, from its solutions for unit vectors.
  static func modified<Scalar, M: HessianModification>(_ H: Matrix<Scalar>, _ modification: M) -> Matrix<
    Scalar
  >
  where M.Scalar == Scalar {
    let n = H.rows
    var oracle = Oracle(quadratic(H))
    var factor = modification.allocate(n)
    let isFactored = try? modification.factor(H, into: &factor, asking: &oracle)
    #expect(isFactored == true)
    #expect(oracle.ledger.factorisations >= 1)
    var inverse = Matrix<Scalar>(zeros: n, n)
    for j in 0..<n {
      var column = Vector<Scalar>(zeros: n)
      column[j] = 1
      modification.solve(&column, with: &factor)
      for i in 0..<n { inverse[i, j] = column[i] }
    }
    // The inverse of the inverse, column by column.
    var eigen = SymmetricEigen<Scalar>(dimension: n)
    #expect(eigen.factor(inverse) == nil)
    #expect(eigen.values[0] > 0, "H + E is not positive definite: \(eigen.values)")
    var result = Matrix<Scalar>(zeros: n, n)
    var scratch = Vector<Scalar>(zeros: n)
    for j in 0..<n {
      var column = Vector<Scalar>(zeros: n)
      column[j] = 1
      eigen.solve(&column, using: &scratch) { $0 }
      for i in 0..<n { result[i, j] = column[i] }
    }
    return result
  }

  /// ‖E‖₂.
  static func norm<Scalar>(_ H: Matrix<Scalar>, to B: Matrix<Scalar>) -> Scalar {
    var E = B
    E.add(H, times: -1)
    var eigen = SymmetricEigen<Scalar>(dimension: H.rows)
    _ = eigen.factor(E)
    return eigen.values.largestMagnitude
  }

  func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
    for λ in [[-1, 2, 3, 4, 5], [-5, -4, -1, 2, 10], [-3, -2, -1, -1, -4], [0, 1, 2, 3, -1]] as [[Scalar]] {
      let H = Self.matrix(λ)
      let least = -λ.min()!
      // τ is found by doubling from β: at most twice what is needed, or −min hᵢᵢ + β.
      let identity = Self.norm(H, to: Self.modified(H, AddedIdentity()))
      #expect(identity >= least * 0.99 && identity <= 2.1 * least + 0.1)
      let eigenvalues = Self.norm(H, to: Self.modified(H, ModifiedEigenvalues(least: 1e-3)))
      #expect(abs(eigenvalues - 2 * least) < 0.05)
      // No E of smaller norm has a least eigenvalue of δ.
      let raised = Self.norm(
        H, to: Self.modified(H, ModifiedEigenvalues(least: 1e-2, takesMagnitudes: false)))
      #expect(abs(raised - least) < 0.15)
      let diagonal = Self.norm(H, to: Self.modified(H, ModifiedFactorisation()))
      #expect(diagonal >= least * 0.99 && diagonal <= 6 * least)
      let blocks = Self.norm(H, to: Self.modified(H, ModifiedBlocks(least: 1e-2, takesMagnitudes: false)))
      #expect(blocks >= least * 0.99 && blocks <= 20 * least)
      #expect(Self.norm(H, to: Self.modified(H, ModifiedBlocks())) <= 40 * least)
    }
  }

  @Test func makeAPositiveDefiniteMatrixWithABoundedChange() {
    check(Double.self)
    check(Float.self)
  }

  static func methods<P: TwiceDifferentiableObjective>(for _: P.Type) -> [(String, any Solver<P>)]
  where P.Domain == WholeSpace {
    [
      ("identity", .newton(modifying: AddedIdentity())),
      ("diagonal", .newton(modifying: ModifiedFactorisation())),
      ("blocks", .newton(modifying: ModifiedBlocks())),
      ("raised blocks", .newton(modifying: ModifiedBlocks(takesMagnitudes: false))),
      ("eigenvalues", .newton(modifying: ModifiedEigenvalues())),
      ("raised eigenvalues", .newton(modifying: ModifiedEigenvalues(takesMagnitudes: false))),
    ]
  }

  /// A Hessian that is positive definite costs one factorisation, whatever the modification, and gives the same bits.
  @Test func leaveAPositiveDefiniteHessianAlone() {
    func step<M: Solver>(_ f: Quadratic<Double>, _ method: M) -> Vector<Double>
    where M.Problem == Quadratic<Double> {
      var state = method.start(at: Vector(repeating: 3, count: 20), for: f)
      method.step(&state, on: f)
      return state.current.point
    }
    let f = Quadratic<Double>(20, condition: 1e4)
    let usual = step(f, Descent(Newton(), step: StrongWolfe()))
    for (name, method) in Self.methods(for: Quadratic<Double>.self) {
      #expect(step(f, method) == usual, "\(name)")
      let outcome = minimize(f, from: Vector(repeating: 3, count: 20), using: method, certifying: false)
      #expect(outcome.ledger.factorisations == outcome.iterations, "\(name)")
    }
  }

  /// From a point where the Hessian is indefinite to a minimum of a function with saddles.
  @Test func leadDownhillFromWhereTheHessianIsIndefinite() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let f = Formula<Scalar>.manySaddles(6)
      for (name, method) in Self.methods(for: Formula<Scalar>.self) {
        let start = Vector<Scalar>((0..<6).map { 0.1 * Scalar($0 + 1) })
        let outcome = minimize(f, from: start, using: method)
        #expect(outcome.status.isConverged, "\(name): \(outcome.status)")
        #expect(abs(outcome.value + 1.25) < 1e-3, "\(name): \(outcome.value)")
      }
    }
    check(Double.self)
    check(Float.self)
  }

  @Test func chargeWhatTheyFactor() {
    // −1 and 3: refused once, then one factorisation of the modification, or several trials of τ.
    let f = Self.quadratic([[1, 2], [2, 1]] as Matrix<Double>)
    for (name, method) in Self.methods(for: Quadratic<Double>.self) {
      let outcome = minimize(
        f, from: [1, 2], using: method, within: Budget(iterations: 1), certifying: false)
      let most = name == "identity" ? 14.0 : 2
      #expect(Double(outcome.ledger.factorisations) <= most, "\(name)")
      #expect(outcome.ledger.factorisations >= 2, "\(name)")
    }
  }

  @Test func endOnAHessianThatIsNotANumber() {
    let f = Formula<Double>(
      n: 2, value: { $0.squaredNorm }, gradient: { $1.set($0, times: 2) }, second: { $1.fill(with: .nan) })
    for (name, method) in Self.methods(for: Formula<Double>.self) {
      let outcome = minimize(f, from: [1, 2], using: method, certifying: false)
      #expect(!outcome.status.isConverged, "\(name)")
      #expect(outcome.point == [1, 2], "\(name)")
    }
  }

  @Test func takeAHessianOfZeros() {
    // Linear: no minimum, and no crash.
    let f = Formula<Double>(
      n: 2, value: { $0[0] + $0[1] },
      gradient: {
        $1.copy([1, 1]); _ = $0
      }, second: { _, _ in })
    for (name, method) in Self.methods(for: Formula<Double>.self) {
      let outcome = minimize(f, from: [1, 2], using: method, within: Budget(iterations: 100))
      #expect(!outcome.status.isConverged, "\(name): \(outcome.status)")
      #expect(outcome.value < 0, "\(name)")
    }
  }

  @Test func complainAboutWhatMakesNoSense() {
    for bad in [0, -1, .nan, .infinity] as [Double] {
      #expect(AddedIdentity(increment: bad).complaint?.contains("increment") == true)
      #expect(ModifiedBlocks(least: bad).complaint?.contains("least") == true)
      #expect(ModifiedEigenvalues(least: bad).complaint?.contains("least") == true)
    }
    #expect(AddedIdentity<Float>().complaint == nil && ModifiedBlocks<Float>().complaint == nil)
    #expect(
      ModifiedEigenvalues<Double>().complaint == nil && ModifiedFactorisation<Double>().complaint == nil)
  }
}
