import Secant
import SecantProblems
import Testing

@Suite struct MatrixFactorizationTests {
  @Test func derivatives() {
    let problem = MatrixFactorization<Double>(
      MatrixShape(rows: 5, columns: 4), rank: 2, known: 0.6, noise: 0.1, regularisation: 0.01, seed: 1)
    #expect(problem.termCount == 12)
    let x = problem.start(seed: 1)
    expectDerivatives(of: problem, at: x, within: 1e-7)
    expectDerivatives(of: problem.restricted(to: Batch([1, 4, 4, 11])), at: x, within: 1e-7)
    let single = MatrixFactorization<Float>(
      MatrixShape(rows: 5, columns: 4), rank: 2, known: 0.6, noise: 0.1, regularisation: 0.01, seed: 1)
    expectDerivatives(of: single, at: single.start(seed: 1), within: 2e-2)
  }

  @Test func theValueIsThatOfTheDefinition() {
    let entries: [MatrixFactorization<Double>.Entry] = [
      .init(row: 0, column: 1, value: 2), .init(row: 1, column: 0, value: -1),
    ]
    let problem = MatrixFactorization(
      MatrixShape(rows: 2, columns: 2), rank: 1, entries: entries, regularisation: 0.5)
    // u = (1, 2), v = (3, 4): u₀v₁ = 4, u₁v₀ = 6.
    let x: Vector<Double> = [1, 2, 3, 4]
    #expect(problem.value(at: x) == (4.0 + 49) / 4 + 0.25 * 30)
    #expect(problem.product(at: x) == Matrix(rows: 2, columns: 2, elements: [3, 6, 4, 8]))
  }

  /// Of a matrix of rank 2, two thirds of whose entries are known, every entry is found.
  @Test func findsWhatIsNotKnown() {
    let shape = MatrixShape(rows: 20, columns: 15)
    let problem = MatrixFactorization<Double>(shape, rank: 2, known: 0.66, seed: 3)
    let whole = MatrixFactorization<Double>(shape, rank: 2, known: 1, seed: 3)
    let outcome = minimize(problem, from: problem.start(seed: 1), using: .lbfgs())
    #expect(outcome.value < 1e-12)
    #expect(whole.value(at: outcome.point) < 1e-8)
  }

  /// The zero matrices are a saddle, which a method that sees curvature leaves.
  @Test func zeroIsASaddle() {
    let problem = MatrixFactorization<Double>(MatrixShape(rows: 6, columns: 5), rank: 2, known: 1, seed: 1)
    let outcome = minimize(problem, from: Vector(zeros: 22), using: .trustRegion())
    #expect(outcome.value < 1e-10)
  }

  @Test func aSeedFixesTheProblemAndTheStart() {
    func value(_ seed: UInt64) -> Double {
      let problem = MatrixFactorization<Double>(
        MatrixShape(rows: 6, columns: 5), rank: 2, noise: 0.1, seed: seed)
      return problem.value(at: problem.start(seed: seed))
    }
    #expect(value(1) == value(1) && value(1) != value(2))
  }
}
