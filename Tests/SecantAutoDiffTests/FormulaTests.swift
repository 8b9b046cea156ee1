import SecantAutoDiff
import SecantProblems
import Testing

@Suite struct FormulaTests {
  static var entries: [Formulas.Entry] {
    Formulas.moreGarbowHillstrom + Formulas.landscapes + Formulas.bounded + Formulas.boundedClassical
      + Formulas.cutest
  }

  @Test(arguments: entries.indices)
  func theFormulaIsThatOfTheProblem(index: Int) {
    let (name, problem, formula) = Self.entries[index]
    for x in points(near: problem.start, seed: UInt64(index)) {
      let (expected, found) = (problem.value(at: x), formula(Array(x)))
      #expect(abs(found - expected) <= 1e-12 * abs(expected), "\(name): \(found) instead of \(expected)")
    }
  }

  @Test func noProblemIsForgotten() {
    let covered = Set(Self.entries.map { $0.problem.description })
    let bounded = TestProblem<Double>.bounded + TestProblem<Double>.boundedClassical
    let problems =
      TestProblem<Double>.moreGarbowHillstrom + TestProblem<Double>.landscapes + bounded.map(\.base)
    for problem in problems {
      #expect(covered.contains(problem.description), "\(problem) has no formula")
    }
  }

  @Test(arguments: [2, 3, 10]) func rosenbrock(n: Int) {
    let problem = Rosenbrock<Double>(dimension: n)
    for x in points(near: problem.start, seed: 1) {
      let (expected, found) = (problem.value(at: x), Formulas.chainedRosenbrock(Array(x)))
      #expect(abs(found - expected) <= 1e-13 * abs(expected))
    }
  }

  @Test(arguments: [nil, 7]) func quadratic(seed: UInt64?) {
    let problem = Quadratic<Double>(dimension: 8, conditionNumber: 100, seed: seed)
    let formula = Formulas.Quadratic(problem, seed: seed)
    var gradient = Vector<Double>(zeros: 8)
    for x in points(near: problem.minimiser, seed: 1).dropFirst() {
      let expected = problem.valueAndGradient(at: x, into: &gradient)
      let found = formula.value(Array(x))
      #expect(abs(found - expected) <= 1e-13 * abs(expected))
    }
  }

  /// A point and three near it.
  private func points(near x: Vector<Double>, seed: UInt64) -> [Vector<Double>] {
    var generator = RandomGenerator(seed: seed)
    return (0...3).map { i in
      var δ = Vector<Double>(zeros: x.count)
      if i > 0 { generator.fillNormal(&δ) }
      return Vector(x.indices.map { x[$0] + 0.01 * δ[$0] * max(abs(x[$0]), 0.1) })
    }
  }
}
