import Secant
import SecantProblems
import Testing

private let diabetes = RegressionData.diabetes.standardised().withConstant()

@Suite struct LinearRegressionTests {
  /// f* as `Tests/References/regressions.py` computes it in 40 digits.
  private static let minima: [(loss: RegressionLoss<Double>, value: Double)] = [
    (.squared, 0.24184022498332391072), (.huber(0.5), 0.17813567944307245375),
    (.cauchy(0.5), 0.10093405261948019295),
  ]

  @Test(arguments: minima.indices) func newtonFindsTheReferencesMinimum(_ k: Int) {
    let (loss, value) = Self.minima[k]
    let problem = LinearRegression<Double>(diabetes, loss: loss)
    // By Newton and by first-order means alike.
    for method in [.newton(), .lbfgs()] as [any Solver<LinearRegression<Double>>] {
      let outcome = minimize(
        problem, from: Vector(zeros: 11), using: method, until: Convergence(gradient: 1e-10))
      #expect(outcome.status.isConverged, "\(outcome)")
      #expect(abs(outcome.value - value) <= 1e-14, "\(loss): \(outcome.value)")
    }
  }

  /// The whole minimiser of Huber's loss, by the partition of the residuals in 40 digits.
  @Test func huberHasTheReferencesWeights() {
    let weights: Vector<Double> = [
      -0.023519612237230716, -0.18583396949611605, 0.3173317588141089, 0.21955325844854334,
      -0.31686191930505536, 0.1341797250042414, -0.027103002136046526, 0.0916500913086972,
      0.4263604737820527, 0.028576560384797743, -0.012104988792515654,
    ]
    let problem = LinearRegression<Double>(diabetes, loss: .huber(0.5))
    var gradient = weights
    let value = problem.valueAndGradient(at: weights, into: &gradient)
    #expect(gradient.largestMagnitude <= 1e-15)
    #expect(abs(value - 0.17813567944307245375) <= 1e-15)
  }

  @Test func ridgeHasItsMinimiserByCholesky() throws {
    let problem = LinearRegression<Double>(diabetes)
    let w = try #require(problem.ridgeMinimiser())
    var gradient = w
    #expect(abs(problem.valueAndGradient(at: w, into: &gradient) - 0.24184022498332391072) <= 1e-15)
    #expect(gradient.largestMagnitude <= 1e-14)
    #expect(abs(w[2] - 0.32168043474922775) <= 1e-14)
    let single = LinearRegression<Float>(diabetes)
    let v = try #require(single.ridgeMinimiser())
    #expect(zip(w, v).allSatisfy { abs(Float($0) - $1) <= 1e-4 })
    // Another loss has no such formula, and features that are alike do not tell their weights apart.
    #expect(LinearRegression<Double>(diabetes, loss: .huber(1)).ridgeMinimiser() == nil)
    let twins = RegressionData(
      name: "twins", features: Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1]),
      featureNames: ["a", "b"],
      response: [1, 2])
    #expect(LinearRegression<Double>(twins, regularisation: 0).ridgeMinimiser() == nil)
  }

  /// The least squares of scikit-learn's diabetes example are those of Efron et al.: R² = 0.5177 with all ten.
  @Test func withoutRegularisationItIsLeastSquares() throws {
    let problem = LinearRegression<Double>(diabetes, regularisation: 0)
    let w = try #require(problem.ridgeMinimiser())
    #expect(abs(1 - 2 * problem.value(at: w) - 0.5177484222) <= 1e-9)
  }

  @Test(arguments: minima.indices) func derivatives(_ k: Int) {
    let loss = Self.minima[k].loss
    var generator = RandomGenerator(seed: 3)
    var w = Vector<Double>(zeros: 11)
    generator.fillNormal(&w)
    w.scale(by: 0.2)
    var problem = LinearRegression<Double>(diabetes, loss: loss)
    let single = LinearRegression<Float>(diabetes, loss: RegressionLoss(loss))
    expectDerivatives(of: single, at: Vector(w.map { Float($0) }), within: 2e-2)
    for batch in [Batch.all, Batch(generator.permutation(442), in: 7..<400), Batch([5]), Batch([1, 1, 4])] {
      problem.batch = batch
      expectDerivatives(of: problem, at: w, within: 1e-6)
      // Taylor remainders, which jump where a residual crosses Huber's kink.
      #expect(checkDerivatives(of: problem, at: w).agrees)
      #expect(checkHessian(of: problem, at: w).agrees)
    }
  }

  @Test func theLossesAreThoseOfTheTable() {
    func f(_ loss: RegressionLoss<Double>, _ r: Double) -> Double {
      let one = RegressionData(
        name: "one", features: Matrix(rows: 1, columns: 1, elements: [1]), featureNames: ["x"],
        response: [0])
      return LinearRegression<Double>(one, loss: loss, regularisation: 0).value(at: [r])
    }
    #expect(f(.squared, 3) == 4.5)
    #expect(f(.huber(1), 0.5) == 0.125 && f(.huber(1), -3) == 2.5)
    #expect(abs(f(.cauchy(2), 2) - 2 * Double.log(2)) < 1e-15)
  }

  @Test func aMeanOverAPartitionIsTheWhole() {
    let problem = LinearRegression<Double>(diabetes, loss: .cauchy(1))
    var generator = RandomGenerator(seed: 4)
    var w = Vector<Double>(zeros: 11)
    generator.fillNormal(&w)
    let (first, second) = (Array(0..<100), Array(100..<442))
    let sum =
      (100 * problem.restricted(to: Batch(first)).value(at: w)
        + 342 * problem.restricted(to: Batch(second)).value(at: w)) / 442
    #expect(abs(sum - problem.value(at: w)) <= 1e-14)
    #expect(problem.restricted(to: Batch(first)).charge(for: .gradient, dimension: 11).passes == 100.0 / 442)
  }
}
