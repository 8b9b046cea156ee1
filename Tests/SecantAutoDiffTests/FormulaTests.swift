import SecantAutoDiff
import SecantProblems
import Testing

/// Every problem of `SecantProblems` that has derivatives derived by hand, against the derivatives of its formula.
@Suite struct FormulaTests {
  static var entries: [Formulas.Entry] {
    Formulas.moreGarbowHillstrom + Formulas.landscapes + Formulas.bounded + Formulas.boundedClassical
      + Formulas.cutest + Formulas.classical
  }

  @Test(arguments: entries.indices)
  func derivativesAgreeWithThoseDerivedByHand(index: Int) {
    let (name, problem, formula, taped) = Self.entries[index]
    compare(name, problem, from: problem.start, seed: UInt64(index), formula, taped)
  }

  @Test func noProblemIsForgotten() {
    let covered = Set(Self.entries.map { $0.problem.description })
    let bounded = TestProblem<Double>.bounded + TestProblem<Double>.boundedClassical
    let problems =
      TestProblem<Double>.all + bounded.map(\.base)
    for problem in problems {
      #expect(covered.contains(problem.description), "\(problem) has no formula")
    }
  }

  @Test(arguments: [2, 3, 10]) func rosenbrock(n: Int) {
    let problem = Rosenbrock<Double>(dimension: n)
    compare(
      "Rosenbrock", problem, from: problem.start, seed: 1, Formulas.chainedRosenbrock,
      Formulas.chainedRosenbrock)
  }

  @Test(arguments: [nil, 7]) func quadratic(seed: UInt64?) {
    let problem = Quadratic<Double>(dimension: 8, conditionNumber: 100, seed: seed)
    let formula = Formulas.Quadratic(problem, seed: seed)
    compare("quadratic", problem, from: Vector(zeros: 8), seed: 1, formula.value, formula.value)
  }

  /// Compares f, ∇f and ∇²f v to 12 digits, relative to their largest element, at a point and at three random ones
  /// near it; each time on a new recording and on that of the first point.
  private func compare<Problem: TwiceDifferentiableObjective<Double>>(
    _ name: String, _ problem: Problem, from start: Vector<Double>, seed: UInt64,
    _ formula: @escaping Formulas.Plain, _ taped: @escaping Formulas.Taped
  ) where Problem.Failure == Never {
    var generator = RandomGenerator(seed: seed)
    let n = start.count
    let (recording, replaying) = (Traced(taped), Traced(replaying: true, taped))
    var (gradient, product, δ, v) = (start, start, Vector<Double>(zeros: n), Vector<Double>(zeros: n))
    var found = start
    for i in 0...3 {
      if i > 0 { generator.fillNormal(&δ) }
      generator.fillNormal(&v)
      let x = Vector((0..<n).map { start[$0] + 0.01 * δ[$0] * max(abs(start[$0]), 0.1) })
      let value = problem.valueAndGradient(at: x, into: &gradient)
      problem.hessian(times: v, at: x, into: &product)
      #expect(abs(formula(Array(x)) - value) <= 1e-12 * abs(value), "\(name): f at \(x)")
      for traced in [recording, replaying] {
        #expect(
          abs(traced.valueAndGradient(at: x, into: &found) - value) <= 1e-12 * abs(value),
          "\(name): f at \(x)")
        #expect(error(of: found, gradient) <= 1e-12, "\(name): ∇f at \(x)")
        traced.hessian(times: v, at: x, into: &found)
        #expect(error(of: found, product) <= 1e-12, "\(name): ∇²f v at \(x)")
      }
    }
  }

  /// ‖x − y‖∞ / ‖y‖∞.
  private func error(of x: Vector<Double>, _ y: Vector<Double>) -> Double {
    let difference = y.indices.map { abs(x[$0] - y[$0]) }
    // A NaN is not smaller than anything.
    return difference.reduce(0) { $1 <= $0 ? $0 : $1 } / y.reduce(0) { max($0, abs($1)) }
  }
}
