import Secant
import SecantProblems
import Testing

private let diabetes = RegressionData.diabetes.every(3).standardised()

@Suite struct GaussianProcessTests {
  /// scikit-learn's log_marginal_likelihood, and where SciPy's BFGS ends on it: `Tests/References/regressions.py`.
  @Test func agreesWithScikitLearn() {
    let problem = GaussianProcess<Double>(diabetes)
    var gradient = problem.start
    let start = problem.valueAndGradient(at: problem.start, into: &gradient)
    #expect(abs(start - 217.3819954186942) <= 1e-11)
    for (computed, expected) in zip(gradient, [-21.084519509501277, 36.43714943901005, 47.09456367816171]) {
      #expect(abs(computed - expected) <= 1e-11)
    }
    let outcome = minimize(problem, from: problem.start, using: .trustRegion())
    #expect(outcome.status.isConverged, "\(outcome)")
    #expect(abs(outcome.value - 163.2753530672889) <= 1e-10)
    for (computed, expected) in zip(
      outcome.point, [1.8917244617375755, 0.26846448210510715, -0.4354221345303868])
    {
      #expect(abs(computed - expected) <= 1e-6)
    }
  }

  @Test func agreesWithScikitLearnOnALengthForEachFeature() {
    let problem = GaussianProcess<Double>(diabetes, lengths: .each)
    var gradient = problem.start
    #expect(abs(problem.valueAndGradient(at: problem.start, into: &gradient) - 217.3819954186942) <= 1e-11)
    let expected = [
      -2.0337543648112075, -1.446911011461928, -2.3458330884029333, -2.6387377177807956,
      -1.9690579848383827, -1.8596356993181484, -2.0646332092860304, -1.287281718724235,
      -1.8173237710852483, -3.6213509437922724, 36.43714943901005, 47.09456367816171,
    ]
    #expect(gradient.count == expected.count)
    for (computed, expected) in zip(gradient, expected) { #expect(abs(computed - expected) <= 1e-11) }
  }

  @Test func derivatives() {
    let few = RegressionData.diabetes.every(15).standardised()
    for lengths in GaussianProcessLengths.allCases {
      let problem = GaussianProcess<Double>(few, lengths: lengths)
      var x = problem.start
      var generator = RandomGenerator(seed: 5)
      generator.fillNormal(&x)
      x.scale(by: 0.3)
      expectDerivatives(of: problem, at: x, within: 1e-6)
      #expect(checkDerivatives(of: problem, at: x).agrees)
      #expect(checkHessian(of: problem, at: x).agrees)
      let single = GaussianProcess<Float>(few, lengths: lengths)
      expectDerivatives(of: single, at: Vector(x.map { Float($0) }), within: 5e-2)
    }
  }

  /// One sample: f = ½ y²/v + ½ log v + ½ log 2π with v = s² + σ².
  @Test func aSingleSampleIsANormalNumber() {
    let one = RegressionData(
      name: "one", features: Matrix(rows: 1, columns: 1, elements: [3]), featureNames: ["x"], response: [2])
    let value = GaussianProcess<Double>(one).value(at: [0, 0, 0])
    #expect(abs(value - (1 + Double.log(2) / 2 + Double.log(2 * .pi) / 2)) <= 1e-14)
  }

  /// Without features no length counts for anything.
  @Test func withoutFeaturesNoLengthMatters() {
    let bare = RegressionData(
      name: "bare", features: Matrix(zeros: 0, 3), featureNames: [], response: [1, 2, 4])
    let problem = GaussianProcess<Double>(bare)
    var gradient = problem.start
    _ = problem.valueAndGradient(at: [-1, 0.2, 0.1], into: &gradient)
    #expect(gradient[0] == 0)
    #expect(checkDerivatives(of: problem, at: [-1, 0.2, 0.1]).agrees)
  }

  @Test func whereTheCovarianceIsSingularItIsInfinite() {
    // Two samples at one place, without noise.
    let twins = RegressionData(
      name: "twins", features: Matrix(rows: 1, columns: 2, elements: [1, 1]), featureNames: ["x"],
      response: [1, 2])
    let problem = GaussianProcess<Double>(twins)
    var gradient = problem.start
    #expect(problem.valueAndGradient(at: [0, 0, -40], into: &gradient) == .infinity)
    #expect(gradient.allSatisfy { $0.isNaN })
    #expect(problem.value(at: [0, 0, -40]) == .infinity)
    #expect(problem.value(at: [0, .nan, 0]) == .infinity)
    // A run that meets it steps back.
    let outcome = minimize(problem, from: [0, 0, -15], using: .lbfgs())
    #expect(outcome.status.isConverged && outcome.value.isFinite, "\(outcome)")
  }
}
