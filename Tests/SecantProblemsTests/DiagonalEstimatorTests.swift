import Secant
import SecantProblems
import Testing

/// What every estimator of the Hessian's diagonal promises, on regressions whose Gauss–Newton matrix is the Hessian.
@Suite struct DiagonalEstimatorTests {
  private static let data = try! DataSet(
    Table("a,b,y\n1,2,0\n-1,0.5,1\n0.3,-2,1\n2,1,0\n-0.7,-1,2\n0.1,0.2,2\n", name: "small.csv")
  ).withConstant()

  private static func softmax<S: LAPACKScalar>() -> SoftmaxRegression<S> {
    try! SoftmaxRegression(data, regularisation: 0)
  }

  private static func logistic<S: LAPACKScalar>() -> LogisticRegression<S> {
    try! LogisticRegression(data.regrouped { $0 == "0" ? "no" : "yes" }, regularisation: 0)
  }

  private static func point<S: LAPACKScalar>(_ n: Int) -> Vector<S> {
    var generator = RandomGenerator(seed: 2)
    var x = Vector<S>(zeros: n)
    generator.fillNormal(&x)
    return x
  }

  /// Mean and variance of each element over many draws.
  private static func moments<E: DiagonalEstimator>(
    _ estimator: E, of problem: E.Problem, at x: Vector<E.Problem.Scalar>, draws: Int
  ) throws -> (means: [Double], variances: [Double], spent: Ledger) {
    var oracle = Oracle(problem)
    var memory = estimator.allocate(x.count, for: problem)
    var d = x
    var (sum, squares) = ([Double](repeating: 0, count: x.count), [Double](repeating: 0, count: x.count))
    for draw in 0..<draws {
      try estimator.estimate(into: &d, at: x, draw: draw, &memory, asking: &oracle)
      for i in x.indices {
        sum[i] += Double(d[i])
        squares[i] += Double(d[i]) * Double(d[i])
      }
    }
    let means = sum.map { $0 / Double(draws) }
    return (means, zip(squares, means).map { $0 / Double(draws) - $1 * $1 }, oracle.ledger)
  }

  /// E d is the diagonal, within five standard errors of the mean.
  private func isUnbiased<E: DiagonalEstimator>(_ estimator: E, of problem: E.Problem) throws
  where E.Problem: TwiceDifferentiableObjective, E.Problem.Failure == Never {
    let x: Vector<E.Problem.Scalar> = Self.point(problem.dimension!)
    var hessian = Matrix<E.Problem.Scalar>(zeros: x.count, x.count)
    problem.hessian(at: x, into: &hessian)
    let draws = 20_000
    let found = try Self.moments(estimator, of: problem, at: x, draws: draws)
    for i in x.indices {
      let error = (max(0, found.variances[i]) / Double(draws)).squareRoot() + 1e-6
      #expect(abs(found.means[i] - Double(hessian[i, i])) <= 5 * error)
    }
  }

  @Test func everyEstimatorIsUnbiased() throws {
    func check<S: LAPACKScalar>(_: S.Type) throws {
      let (softmax, logistic): (SoftmaxRegression<S>, LogisticRegression<S>) = (
        Self.softmax(), Self.logistic()
      )
      try isUnbiased(GaussNewtonBartlett(seed: 1), of: softmax)
      try isUnbiased(GaussNewtonBartlett(seed: 1), of: logistic)
      try isUnbiased(GaussNewtonBartlett(seed: 1), of: softmax.restricted(to: Batch([1, 2, 4])))
      try isUnbiased(GaussNewtonBartlett(seed: 1), of: logistic.restricted(to: Batch([0, 5])))
      try isUnbiased(HutchinsonDiagonal(Hutchinson(seed: 1)), of: softmax)
      try isUnbiased(HutchinsonDiagonal(Hutchinson(seed: 1, probe: .gaussian)), of: softmax)
      try isUnbiased(ExactDiagonal(), of: softmax)
    }
    try check(Double.self)
    try check(Float.self)
  }

  /// Σ_{j≠i} Hᵢⱼ² by signs, 2Hᵢᵢ² more by normal numbers, and none by the Hessian itself.
  @Test func variancesOfTheProbes() throws {
    let problem: SoftmaxRegression<Double> = Self.softmax()
    let x: Vector<Double> = Self.point(9)
    var hessian = Matrix<Double>(zeros: 9, 9)
    problem.hessian(at: x, into: &hessian)
    let (signs, normal, exact) = (
      try Self.moments(HutchinsonDiagonal(), of: problem, at: x, draws: 40_000),
      try Self.moments(HutchinsonDiagonal(Hutchinson(probe: .gaussian)), of: problem, at: x, draws: 40_000),
      try Self.moments(ExactDiagonal(), of: problem, at: x, draws: 10)
    )
    for i in 0..<9 {
      let others = (0..<9).reduce(0) { $0 + ($1 == i ? 0 : hessian[i, $1] * hessian[i, $1]) }
      // A variance's standard error is √((κ − 1)/40,000) of it; the kurtosis κ is below 17 for signs and below 60 for
      // products of normal numbers.
      #expect(abs(signs.variances[i] - others) <= 5 * 0.02 * others)
      let total = others + 2 * hessian[i, i] * hessian[i, i]
      #expect(abs(normal.variances[i] - total) <= 5 * 0.04 * total)
      #expect(abs(exact.variances[i]) < 1e-14)
    }
    #expect(signs.spent.hessianVectorProducts == 40_000 && exact.spent.hessians == 10)
  }

  /// Of one term of a logistic model d = (σ − y)² x² with P(y = 1) = σ: the variance is σ(1 − σ)(1 − 2σ)² x⁴.
  @Test func varianceOfSampledLabels() throws {
    let problem: LogisticRegression<Double> = Self.logistic().restricted(to: Batch([1]))
    let x: Vector<Double> = Self.point(3)
    let features = [-1, 0.5, 1.0]
    let σ = 1 / (1 + Double.exp(-zip(features, x).reduce(0) { $0 + $1.0 * $1.1 }))
    let found = try Self.moments(GaussNewtonBartlett(), of: problem, at: x, draws: 40_000)
    for i in 0..<3 {
      let fourth = features[i] * features[i] * features[i] * features[i]
      let variance = σ * (1 - σ) * (1 - 2 * σ) * (1 - 2 * σ) * fourth
      #expect(abs(found.variances[i] - variance) <= 0.05 * variance)
    }
    #expect(found.spent.gradients == 40_000)
  }

  /// The labels of a draw depend on the seed and the draw alone.
  @Test func labelsDependOnSeedAndDrawAlone() throws {
    let problem = try SoftmaxRegression<Double>(DataSet.Shipped.iris.training())
    var oracle = Oracle(problem)
    var none = Stateless()
    func draw(_ seed: UInt64, _ draw: Int) throws -> Vector<Double> {
      var d = Vector<Double>(zeros: 15)
      try GaussNewtonBartlett(seed: seed).estimate(
        into: &d, at: Vector(zeros: 15), draw: draw, &none, asking: &oracle)
      return d
    }
    #expect(try draw(1, 2) == draw(1, 2))
    #expect(try draw(1, 2) != draw(1, 3))
    #expect(try draw(1, 2) != draw(2, 2))
  }

  /// Sampled labels are not the data's: at a model that is certain of its own, wrong answers nothing is left to learn.
  @Test func aCertainModelHasNoCurvature() throws {
    let problem: LogisticRegression<Double> = Self.logistic().restricted(to: Batch([1, 2]))
    var oracle = Oracle(problem)
    var none = Stateless()
    var d = Vector<Double>(zeros: 3)
    // Both terms are ‘yes’, and the model says ‘no’ with a margin of 1000.
    try GaussNewtonBartlett().estimate(into: &d, at: [0, 0, -1000], draw: 0, &none, asking: &oracle)
    #expect(d == [0, 0, 0])
  }
}
