import Secant
import Testing

@Suite struct SymmetricRankOneTests {
  typealias Method = Descent<SymmetricRankOne<Rosenbrock<Double>>, StrongWolfe<Double>>

  /// Theorem 6.1 of Nocedal and Wright: n steps of any length teach SR1 the inverse Hessian of a quadratic.
  @Test func knowsTheInverseHessianOfAQuadraticAfterNSteps() {
    let n = 6
    let f = Quadratic<Double>(n, condition: 20)
    // No search: lengths that are neither exact nor the suggested ones.
    let solver = Descent(
      SymmetricRankOne<Quadratic<Double>>(leastDescent: 0, initialScale: 0.5), step: Constant(rate: 0.3))
    var state = solver.start(at: Vector(zeros: n), for: f)
    for _ in 0...n { solver.step(&state, on: f) }
    #expect(solver.restarts(in: state.memory).count == 0)
    var H = state.memory.direction.matrix
    H.mirrorLowerTriangle()
    var product = Matrix<Double>(zeros: n, n)
    product.setProduct(H, f.A)
    product.addToDiagonal(-1)
    #expect(product.frobeniusNorm < 1e-5)
  }

  /// With that matrix the unit step ends the run: n + 1 steps in all, with any search.
  @Test func endsOnAQuadraticWithoutExactSearch() {
    let n = 10
    let outcome = minimize(Quadratic<Double>(n, condition: 50), from: Vector(zeros: n), using: .sr1())
    #expect(outcome.status.isConverged)
    #expect(outcome.iterations <= n + 3)
  }

  @Test func convergesSuperlinearly() {
    let solver: Method = .sr1()
    let f = Rosenbrock<Double>()
    var state = solver.start(at: Rosenbrock.start(), for: f)
    var errors: [Double] = []
    for _ in 0..<200 where errors.last ?? 1 > 1e-12 {
      solver.step(&state, on: f)
      errors.append((state.current.point - [1, 1]).norm)
    }
    #expect(errors.last ?? 1 <= 1e-10)
    #expect((errors.last ?? 1) < 0.05 * errors[errors.count - 2])
  }

  /// A pair that says nothing new, w = s − Hy nearly 0 or at right angles to y, is skipped.
  @Test func skipsAPairThatSaysNothing() {
    // With initialScale 1, H = (sᵀy/yᵀy) I and wᵀy = 0 for the first pair.
    let f = Quadratic<Double>(4, condition: 10)
    let solver = Descent(
      SymmetricRankOne<Quadratic<Double>>(initialScale: 1), step: ExactOnQuadratics<Double>())
    var state = solver.start(at: Vector(zeros: 4), for: f)
    for _ in 0..<2 { solver.step(&state, on: f) }
    #expect(state.memory.direction.matrix == Matrix(identity: 4))
  }

  /// On a function that curves down SR1 learns so, does not go uphill, and says that it began anew.
  @Test func beginsAnewWhereItsMatrixIsNotDefinite() {
    let outcome = minimize(Rosenbrock<Double>(), from: Rosenbrock.start(6), using: .sr1())
    #expect(outcome.status.isConverged)
    let saddle = Formula<Double>.manySaddles(4)
    let fromSaddle = minimize(saddle, from: [0.5, 0.01, 0.02, -0.01], using: .sr1())
    #expect(fromSaddle.status.isConverged)
    #expect(abs(fromSaddle.value + 0.75) < 1e-9)
    let restarts = [outcome.restarts, fromSaddle.restarts]
    #expect(restarts.contains { $0.count > 0 && $0.reason == .notADescentDirection })
  }

  @Test func resumesBitForBitAndWorksInSinglePrecision() throws {
    let solver: Method = .sr1()
    try expectResumes(solver, Rosenbrock<Double>(), from: Rosenbrock.start(6))
    #expect(minimize(Rosenbrock<Float>(), from: Rosenbrock.start(), using: .sr1()).status.isConverged)
  }

  @Test func complains() {
    typealias Direction = SymmetricRankOne<Rosenbrock<Double>>
    #expect(Direction(skipTolerance: -1).complaint?.contains("skipTolerance") == true)
    #expect(Direction(leastDescent: 1).complaint?.contains("leastDescent") == true)
    #expect(Direction(initialScale: 0).complaint?.contains("initialScale") == true)
    #expect(Direction().complaint == nil)
  }
}
