import SecantLinearAlgebra
import Testing

@Suite struct LanczosTests {
  struct Refusal: Error {}

  @Test(arguments: [1, 2, 10, 120]) func findsTheLeastEigenvalue(n: Int) {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let λ = (0..<n).map { $0 == 0 ? -1 : Scalar($0) / 10 }
      let a = Matrix<Scalar>.with(eigenvalues: λ)
      var lanczos = Lanczos<Scalar>(dimension: n, steps: 100)
      let failure = lanczos.leastEigenvalue { x, y in a.multiply(x, into: &y) }
      #expect(failure == nil)
      let scale = max(1, λ[n - 1])
      #expect(abs(lanczos.value + 1) <= lanczos.residualBound + 100 * scale * .ulpOfOne)
      #expect(lanczos.residualBound <= 2 * scale * Scalar.ulpOfOne.squareRoot())
      #expect(abs(lanczos.vector.norm - 1) <= 20 * .ulpOfOne)
      // The residual that it states is the one that it has.
      var r = lanczos.vector
      a.multiply(lanczos.vector, into: &r, adding: -lanczos.value)
      #expect(abs(r.norm - lanczos.residualBound) <= 200 * scale * .ulpOfOne)
      #expect(lanczos.products <= min(n, 100))
    }
    check(Double.self)
    check(Float.self)
  }

  /// With as many steps as dimensions it is exact, and the basis stays orthogonal where plain Lanczos loses it.
  @Test func isExactInNSteps() {
    let n = 80
    // Widely spread eigenvalues converge early, which is what ruins orthogonality without care.
    let λ = (0..<n).map { Double.pow(1.3, Double($0)) }
    let a = Matrix<Double>(diagonal: Vector(λ))
    var lanczos = Lanczos<Double>(dimension: n, steps: n)
    let failure = lanczos.leastEigenvalue(tolerance: 0) { x, y in a.multiply(x, into: &y) }
    #expect(failure == nil)
    #expect(abs(lanczos.value - 1) <= Double(n) * λ[n - 1] * .ulpOfOne)
    #expect(abs(lanczos.vector.norm - 1) <= 1e-13)
  }

  @Test func closesInvariantSubspaces() {
    var lanczos = Lanczos<Double>(dimension: 50, steps: 20)
    // One eigenvalue: one product.
    #expect(
      lanczos.leastEigenvalue { x, y in
        y.copy(x)
        y.scale(by: -3)
      } == nil)
    #expect(abs(lanczos.value + 3) < 1e-14 && lanczos.products == 1)
    // Zero: no division by its norm.
    #expect(lanczos.leastEigenvalue { _, y in y.fill(with: 0) } == nil)
    #expect(lanczos.value == 0 && lanczos.residualBound == 0)
    // Two eigenvalues: two products.
    #expect(
      lanczos.leastEigenvalue(tolerance: 0) { x, y in
        y.copy(x)
        y[0] = -7 * x[0]
      } == nil)
    #expect(abs(lanczos.value + 7) < 1e-13 && lanczos.products <= 3)
    #expect(abs(abs(lanczos.vector[0]) - 1) < 1e-13)
  }

  @Test func isReproducible() {
    let a = Matrix<Double>.randomSymmetric(30)
    var (first, second) = (
      Lanczos<Double>(dimension: 30, steps: 10), Lanczos<Double>(dimension: 30, steps: 10)
    )
    for _ in 0..<2 {
      _ = first.leastEigenvalue { x, y in a.symmetricMultiply(x, into: &y) }
    }
    _ = second.leastEigenvalue { x, y in a.symmetricMultiply(x, into: &y) }
    #expect(first.value == second.value && first.vector == second.vector)
    #expect(first.products == 10)
    _ = second.leastEigenvalue(from: RandomGenerator(seed: 1)) { x, y in a.symmetricMultiply(x, into: &y) }
    #expect(first.value != second.value)
  }

  @Test func reportsNonFinite() {
    var lanczos = Lanczos<Float>(dimension: 3, steps: 3)
    #expect(lanczos.leastEigenvalue { _, y in y.fill(with: .nan) } == .nonFinite)
    #expect(lanczos.leastEigenvalue { _, y in y.fill(with: .infinity) } == .nonFinite)
  }

  @Test func passesOnErrors() {
    var lanczos = Lanczos<Float>(dimension: 3, steps: 3)
    #expect(throws: Refusal.self) {
      try lanczos.leastEigenvalue { (_, _) throws(Refusal) in throw Refusal() }
    }
  }

  @Test func encodesItsShape() throws {
    let lanczos = Lanczos<Float>(dimension: 9, steps: 4)
    #expect(try roundTrip(lanczos) == lanczos)
  }
}
