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

  /// Compares f, ∇f and ∇²f v to 12 digits, element by element, at a point and at three random ones near it; each time
  /// on a new recording and on that of the first point.
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
        #expect(error(of: found, gradient, name) <= 1e-12, "\(name): ∇f at \(x)")
        traced.hessian(times: v, at: x, into: &found)
        #expect(error(of: found, product, name) <= 1e-12, "\(name): ∇²f v at \(x)")
      }
    }
  }

  /// Problems at whose start an element of the gradient or of a product is a small difference of large numbers, so that
  /// its rounding errors are small only beside the largest element.
  ///
  /// - Gaussian: ∂f/∂x₃ is 0 at the start, by symmetry.
  /// - Kowalik–Osborne: the residuals are small differences of the model and the observations.
  /// - discrete boundary value: so are those of second differences and h²u″.
  /// - trigonometric: so are those of n and n cosines near 1.
  private static let cancelling: Set = [
    "Gaussian", "Kowalik–Osborne", "discrete boundary value", "trigonometric",
  ]

  /// The largest |xᵢ − yᵢ| / |yᵢ|; of a problem that cancels, ‖x − y‖∞ / ‖y‖∞.
  private func error(of x: Vector<Double>, _ y: Vector<Double>, _ name: String) -> Double {
    let largest = y.reduce(0) { max($0, abs($1)) }
    let errors = y.indices.map { i in
      x[i] == y[i] ? 0 : abs(x[i] - y[i]) / (Self.cancelling.contains(name) ? largest : abs(y[i]))
    }
    return errors.contains { $0.isNaN } ? .nan : errors.max()!
  }
}
