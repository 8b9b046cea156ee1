import Secant
import Testing

@Suite struct GeneralizedLanczosTests {
  typealias Subject<Scalar: LAPACKScalar> = GeneralizedLanczos<DenseModel<Scalar>>

  /// The step with as many vectors as there are variables.
  func solve<Scalar>(
    _ q: TestQuadratic<Scalar>, within Δ: Scalar, _ subject: Subject<Scalar>
  ) -> (p: Vector<Scalar>, step: ModelStep<Scalar>, products: Int) {
    var memory = subject.allocate(q.g.count)
    var p = Vector<Scalar>(zeros: q.g.count)
    var products = 0
    let step = subject.solve(&p, gradient: q.g, within: Δ, &memory) { v, product in
      products += 1
      q.B.symmetricMultiply(v, into: &product)
    }
    return (p, step, products)
  }

  func solvesTheWholeProblem<Scalar: LAPACKScalar>(_ sizes: [Int], accuracy: Scalar) {
    for n in sizes {
      for q in [
        TestQuadratic<Scalar>.random(n, shift: 0, seed: n), .definite(n, seed: n),
        .hard(n, part: 0.1, seed: n),
      ] {
        let spectrum = q.spectrum
        for Δ in [1e-3, 0.3, 1, 30] as [Scalar] {
          let (p, step, products) = solve(
            q, within: Δ, Subject(forcing: Forcing(loosest: accuracy / 100), vectors: n))
          // λ from p: that of least residual.
          var r = q.g
          q.B.symmetricMultiply(p, into: &r, adding: 1)
          let λ = step.isOnBoundary ? -r.dot(p) / p.squaredNorm : 0
          r.add(p, times: λ)
          #expect(r.norm <= accuracy * (q.g.norm + (spectrum.norm + λ) * p.norm), "\(q), Δ = \(Δ)")
          #expect(λ >= 0 && spectrum.least + λ >= -accuracy * spectrum.norm, "\(q), Δ = \(Δ)")
          #expect(products <= n)
        }
      }
    }
  }

  @Test func solvesTheWholeProblemWithEveryVector() {
    solvesTheWholeProblem([1, 2, 10, 60], accuracy: 1e-10 as Double)
    solvesTheWholeProblem([1, 2, 10], accuracy: 1e-4 as Float)
  }

  @Test func findsTheHardCaseWhereItGoesOn() {
    // g = e₁ spans a Krylov space of its own, and the least eigenvalue lies outside of it.
    let q = TestQuadratic<Double>(
      name: "hard", B: Matrix(diagonal: [1, -1, 2, 3]), g: [1, 0, 0, 0])
    let (p, step, products) = solve(q, within: 4, Subject(forcing: Forcing(loosest: 1e-10)))
    #expect(p == [-1, 0, 0, 0] && step.decrease == 0.5 && products == 1)
    let whole = solve(q, within: 4, Subject(forcing: Forcing(loosest: 1e-10), goesOn: true))
    // λ = 1: p₁ = −½, p₂² = 16 − ¼.
    #expect(abs(whole.p[0] + 0.5) < 1e-9)
    #expect(abs(whole.step.decrease - (0.25 + 8)) < 1e-9)
    #expect(whole.products == 4)
  }

  @Test func keepsToItsVectors() {
    let q = TestQuadratic<Double>.random(50, shift: 0, seed: 3)
    let few = solve(q, within: 1, Subject(forcing: Forcing(loosest: 1e-12), vectors: 7))
    #expect(few.products == 7)
    #expect(few.step.isOnBoundary)
    #expect(abs(few.step.decrease + q.value(few.p)) < 1e-12)
    let more = solve(q, within: 1, Subject(forcing: Forcing(loosest: 1e-12), vectors: 14))
    #expect(more.step.decrease > few.step.decrease)
  }

  @Test func complainsOfWhatMakesNoSense() {
    #expect(Subject<Double>().complaint == nil)
    #expect(Subject<Double>(vectors: 0).complaint?.contains("vectors is 0") == true)
    #expect(Subject<Double>(forcing: Forcing(loosest: 2)).complaint?.contains("loosest") == true)
  }
}
