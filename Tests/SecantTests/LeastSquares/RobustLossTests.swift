import Foundation
import Secant
import Testing

/// b₀ exp(−b₁t) through ten points, two of which are far off.
struct DecayWithOutliers<Scalar: LAPACKScalar>: ResidualObjective, Sendable {
  static var y: [Scalar] { [5.1, 3, 1.9, 1, 9, 0.45, 0.2, 0.15, -6, 0.1] }
  var dimension: Int? { 2 }
  var residualCount: Int { 10 }

  func residuals(at b: Vector<Scalar>, into r: inout Vector<Scalar>) {
    for i in 0..<10 { r[i] = b[0] * Scalar.exp(-b[1] * Scalar(i)) - Self.y[i] }
  }

  func residualsAndJacobian(at b: Vector<Scalar>, into r: inout Vector<Scalar>, _ J: inout Matrix<Scalar>) {
    residuals(at: b, into: &r)
    for i in 0..<10 {
      J[i, 0] = Scalar.exp(-b[1] * Scalar(i))
      J[i, 1] = -b[0] * Scalar(i) * J[i, 0]
    }
  }
}

@Suite struct RobustLossTests {
  /// `Tests/References/robust_losses.py`: a loss, the cost at the start, the minimiser, and the cost there.
  struct Fit: Sendable {
    let shape: RobustLoss<Double>.Shape
    let start: Double
    let minimizer: Vector<Double>
    let cost: Double
  }

  static let fits = [
    Fit(
      shape: .huber, start: 7.709845057895254, minimizer: [5.053441276591967, 0.48773983145671707],
      cost: 6.966089265907784),
    Fit(
      shape: .softL1, start: 7.362550287798899, minimizer: [5.052911839189072, 0.48680990453345746],
      cost: 6.733373424071242),
    Fit(
      shape: .cauchy, start: 1.7418980567377305, minimizer: [5.088141215775659, 0.513307718993825],
      cost: 1.341460582770426),
    Fit(
      shape: .arctan, start: 0.7717968712150043, minimizer: [5.090021118401913, 0.5148256155738234],
      cost: 0.4032058650174594),
  ]

  @Test(arguments: fits) func agreesWithSciPy(_ fit: Fit) {
    let problem = DecayWithOutliers<Double>().robust(RobustLoss(fit.shape, scale: 0.5))
    #expect(abs(problem.value(at: [4, 0.5]) - fit.start) <= 1e-14 * fit.start)
    let methods: [any Solver<RobustResiduals<DecayWithOutliers<Double>>>] = [
      .levenbergMarquardt(), .levenbergMarquardt(damping: NielsenDamping()),
      .trustRegion(model: DenseGaussNewtonModel(), subproblem: MoreSorensen()),
    ]
    for method in methods {
      let outcome = minimize(problem, from: [4, 0.5], using: method)
      #expect(outcome.status.isConverged, "\(outcome)")
      #expect((outcome.point - fit.minimizer).largestMagnitude <= 1e-6, "\(outcome)")
      #expect(abs(outcome.value - fit.cost) <= 1e-12, "\(outcome)")
    }
  }

  /// The value is ½‖s‖² bit for bit, whoever is asked, and the derivatives are those of the values: on either side of the
  /// scale, at it, at zero and where a square overflows.
  @Test(arguments: RobustLoss<Double>.Shape.allCases) func isAnExactSumOfSquares(
    _ shape: RobustLoss<Double>.Shape
  ) {
    let problem = DecayWithOutliers<Double>().robust(RobustLoss(shape, scale: 0.5))
    #expect(checkDerivatives(of: problem, at: [3, 0.3]).verdict == .agrees)
    var (r, J, g) = (Vector<Double>(zeros: 10), Matrix<Double>(zeros: 10, 2), Vector<Double>(zeros: 2))
    problem.residualsAndJacobian(at: [3, 0.3], into: &r, &J)
    #expect(problem.value(at: [3, 0.3]) == r.squaredNorm / 2)
    #expect(problem.valueAndGradient(at: [3, 0.3], into: &g) == r.squaredNorm / 2)
  }

  func shapes<Scalar: LAPACKScalar>(_ shape: RobustLoss<Scalar>.Shape) {
    let loss = RobustLoss(shape, scale: 2)
    let ε = Scalar.ulpOfOne
    #expect(loss(0) == (0, 1))
    for r in [ε, 0.1, 1.9, 2.1, 30, 1e6, Scalar.greatestFiniteMagnitude / 8] {
      let (s, slope) = loss(r)
      #expect(s > 0 && s <= r && s.isFinite && slope >= 0 && slope <= 1, "\(r)")
      #expect(loss(-r) == (-s, slope))
      // Growing, but for the arctangent, which ends at C√(π/2).
      if r < 1000 {
        let h = r * ε.squareRoot()
        #expect(abs((loss(r + h).residual - loss(r - h).residual) / (2 * h) - slope) < 20 * ε.squareRoot())
      }
    }
    #expect(loss(.leastNonzeroMagnitude) == (.leastNonzeroMagnitude, 1))
    #expect(loss(.nan).residual.isNaN)
  }

  @Test func growsMoreSlowlyThanTheSquare() {
    for shape in RobustLoss<Double>.Shape.allCases { shapes(shape) }
    for shape in RobustLoss<Float>.Shape.allCases { shapes(shape) }
  }

  @Test func refusesScalesThatMakeNoSense() {
    for scale in [0, -1, .nan, .infinity] as [Double] {
      let problem = DecayWithOutliers<Double>().robust(.cauchy(scale: scale))
      let outcome = minimize(problem, from: [4, 0.5], using: .levenbergMarquardt())
      guard case .refused(let sentence) = outcome.status else { return #expect(Bool(false), "\(outcome)") }
      #expect(sentence.contains("scale (C) of the cauchy loss is \(scale)"))
    }
  }
}

@Suite struct WeightedResidualsTests {
  /// A weight of zero takes an observation out, one of two counts it twice.
  @Test func weighsTheSquares() {
    let decay = DecayWithOutliers<Double>()
    let weights: Vector<Double> = [1, 2, 1, 1, 0, 1, 1, 0.5, 0, 1]
    let problem = decay.weighted(by: weights)
    var r = Vector<Double>(zeros: 10)
    decay.residuals(at: [4, 0.5], into: &r)
    let sum = zip(r, weights).reduce(0.0) { $0 + $1.1 * $1.0 * $1.0 } / 2
    #expect(abs(problem.value(at: [4, 0.5]) - sum) <= 1e-15 * sum)
    #expect(checkDerivatives(of: problem, at: [4, 0.5]).verdict == .agrees)
    let outcome = minimize(problem, from: [4, 0.5], using: .levenbergMarquardt())
    #expect(outcome.status.isConverged, "\(outcome)")
    // Without the two outliers the decay is what a robust fit finds.
    #expect((outcome.point - [5.09, 0.515]).largestMagnitude < 0.05, "\(outcome)")
  }

  @Test func refusesWeightsThatMakeNoSense() {
    func refusal(_ weights: Vector<Double>) -> String {
      let problem = DecayWithOutliers<Double>().weighted(by: weights)
      let outcome = minimize(problem, from: [4, 0.5], using: .gaussNewton())
      guard case .refused(let sentence) = outcome.status else { return "\(outcome)" }
      return sentence
    }
    #expect(refusal([1, 2]).contains("2 weights for 10 residuals"))
    #expect(refusal([1, 1, -2, 1, 1, 1, 1, 1, 1, 1]).contains("Weight 2 is -2.0"))
    #expect(refusal([1, 1, 1, 1, 1, 1, 1, .nan, 1, 1]).contains("Weight 7 is nan"))
  }
}
