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
    compare(name, problem, from: problem.start, formula, taped)
  }

  @Test func noProblemIsForgotten() {
    let covered = Set(Self.entries.map { $0.problem.description })
    let bounded = TestProblem<Double>.bounded + TestProblem<Double>.boundedClassical
    let problems = TestProblem<Double>.all + TestProblem<Double>.cutest.map(\.problem) + bounded.map(\.base)
    for problem in problems {
      #expect(covered.contains(problem.description), "\(problem) has no formula")
    }
    // Two of these differ from others in their data alone.
    #expect(Formulas.cutest.count == TestProblem<Double>.cutest.count)
  }

  @Test(arguments: [2, 3, 10]) func rosenbrock(n: Int) {
    let problem = Rosenbrock<Double>(dimension: n)
    compare(
      "Rosenbrock", problem, from: problem.start, Formulas.chainedRosenbrock, Formulas.chainedRosenbrock)
  }

  @Test(arguments: [nil, 7]) func quadratic(seed: UInt64?) {
    let problem = Quadratic<Double>(dimension: 8, conditionNumber: 100, seed: seed)
    let formula = Formulas.Quadratic(problem, seed: seed)
    compare("quadratic", problem, from: Vector(zeros: 8), formula.value, formula.value)
  }

  @Test func logisticRegression() throws {
    for data in [try DataSet(.breastCancer), try DataSet(.iris).regrouped { $0 == "0" ? "0" : "other" }] {
      let data = data.standardised().withConstant()
      let problem = try LogisticRegression<Double>(data, regularisation: 0.01)
      let formula = Formulas.LogisticRegression(data: data, λ: 0.01)
      compare(
        data.name, problem, from: Vector((0..<data.featureCount).map { 0.1 * Double($0 % 5) - 0.2 }),
        formula.value, formula.value)
    }
  }

  @Test func softmaxRegression() throws {
    let data = try DataSet(.iris).standardised().withConstant()
    let problem = try SoftmaxRegression<Double>(data, regularisation: 0.01)
    let formula = Formulas.SoftmaxRegression(data: data, λ: 0.01)
    compare(
      "softmax regression", problem,
      from: Vector((0..<3 * data.featureCount).map { 0.1 * Double($0 % 5) - 0.2 }),
      formula.value, formula.value)
  }

  /// Compares f, ∇f and ∇²f v to 12 digits, element by element, at a point and at three random ones near it; each time
  /// on a new recording and on that of the first point.
  private func compare<Problem: TwiceDifferentiableObjective<Double>>(
    _ name: String, _ problem: Problem, from start: Vector<Double>,
    _ formula: @escaping Formulas.Plain, _ taped: @escaping Formulas.Taped
  ) where Problem.Failure == Never {
    var generator = RandomGenerator(seed: 1)
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

  /// The largest |xᵢ − yᵢ| / (|yᵢ| + ‖y‖∞/100): relative to each element, unless what was added up to it is a hundred
  /// times larger.
  private func error(of x: Vector<Double>, _ y: Vector<Double>) -> Double {
    let largest = y.reduce(0) { max($0, abs($1)) }
    let errors = y.indices.map { x[$0] == y[$0] ? 0 : abs(x[$0] - y[$0]) / (abs(y[$0]) + largest / 100) }
    return errors.contains { $0.isNaN } ? .nan : errors.max()!
  }
}
