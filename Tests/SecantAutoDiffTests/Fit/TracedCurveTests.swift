import SecantAutoDiff
import SecantProblems
import Synchronization
import Testing

private struct Decay: DifferentiableResiduals, Sendable {
  let t: [Double] = [0, 1, 2, 3, 4, 5]
  let y: [Double] = [2.0, 1.21, 0.74, 0.45, 0.27, 0.17]
  var residualCount: Int { t.count }

  func callAsFunction<Number: DifferentiableNumber>(_ b: [Number]) -> [Number] where Number.Scalar == Double {
    zip(t, y).map { t, y in b[0] * exp(-b[1] * Number(t)) - Number(y) }
  }
}

@Suite struct TracedCurveTests {
  static let misra = NISTProblem.named("Misra1a")!

  /// The three ways to give derivatives, and residuals in one piece, all find the same fit.
  @Test func allWaysAgree() {
    let (x, y) = (Self.misra.residuals.x, Self.misra.residuals.y)
    let exact = fit(x, y, from: [500, 1e-4]) { b, x in b[0] * (1 - exp(-b[1] * x)) }
    let byHand = fit(x, y, from: [500, 1e-4]) { b, x, gradient in
      let e = Double.exp(-b[1] * x)
      gradient[0] = 1 - e
      gradient[1] = b[0] * x * e
      return b[0] * (1 - e)
    }
    let differenced = fit(x, y, from: [500, 1e-4], by: .differences) { b, x in b[0] * (1 - .exp(-b[1] * x)) }
    let residuals = fit(Self.misra.residuals, from: [500, 1e-4])
    #expect(exact.certificate?.isMinimum == true)
    for other in [byHand, differenced, residuals] {
      #expect(other.status.isConverged && exact.status.isConverged)
      for j in 0..<2 {
        #expect(abs(other.parameters[j] / exact.parameters[j] - 1) <= 1e-9)
        #expect(abs(other.standardErrors[j] / exact.standardErrors[j] - 1) <= 1e-8)
      }
    }
    // The same residuals bit for bit, and a band of the same curve.
    #expect(exact.residuals.count == 14 && exact.sumOfSquares == exact.residuals.squaredNorm)
    let (a, b) = (exact.confidenceBand(at: [500])[0], byHand.confidenceBand(at: [500])[0])
    #expect(abs(a.interval.lower / b.interval.lower - 1) <= 1e-9 && abs(exact(500) - a.value) <= 1e-12)
  }

  @Test func severalIndependentVariables() {
    let x = [0.0, 1, 2, 0, 1, 2, 0.5]
    let z = [0.0, 0, 0, 1, 1, 1, 2]
    let y = zip(x, z).map { 1 + 2 * $0 * Double.exp(-0.5 * $1) }
    let curve = fit([x, z], y, from: [0, 1, 0.1]) { b, x in b[0] + b[1] * x[0] * exp(-b[2] * x[1]) }
    #expect(curve.status.isConverged)
    for (estimate, truth) in zip(curve.parameters, [1.0, 2, 0.5]) { #expect(abs(estimate - truth) <= 1e-12) }
    #expect(abs(curve([2, 2]) - (1 + 4 * Double.exp(-1))) <= 1e-11)
    #expect(curve.confidenceBand(at: [[1, 2], [0, 1]]).map(\.x) == [[1, 0], [2, 1]])
  }

  @Test func everyMethodForLeastSquares() {
    let (x, y) = (Self.misra.residuals.x, Self.misra.residuals.y)
    let methods: [any Solver<TracedCurve<Double>>] = [
      .levenbergMarquardt(), .levenbergMarquardt(damping: NielsenDamping()),
      .levenbergMarquardt(damping: MarquardtDamping(), acceleration: 0.75), .exactTrustRegion(),
    ]
    for method in methods {
      let curve = fit(x, y, from: [300, 3e-4], using: method) { b, x in b[0] * (1 - exp(-b[1] * x)) }
      #expect(Self.misra.digits(of: curve.parameters) >= 6, "\(method)")
      #expect(
        NISTProblem.digits(of: curve.standardErrors, against: Self.misra.standardErrors) >= 5, "\(method)")
    }
  }

  /// A curve with a branch on its parameters is recorded anew where the branch goes elsewhere.
  @Test func branches() {
    let x = (0..<20).map { Double($0) / 2 }
    let y = x.map { $0 < 4.2 ? 1 + $0 : 1 + 4.2 + 0.25 * ($0 - 4.2) }
    let curve = fit(x, y, from: [0.5, 0.5, 0.5, 6.3]) { b, x in
      x < b[3] ? b[0] + b[1] * x : b[0] + b[1] * b[3] + b[2] * (x - b[3])
    }
    #expect(curve.status.isConverged, "\(curve)")
    for (estimate, truth) in zip(curve.parameters, [1, 1, 0.25, 4.2]) {
      #expect(abs(estimate - truth) <= 1e-9)
    }
  }

  /// Branches on x, on the parameters and on both, and one that looks at a number itself: residuals and Jacobian are those of
  /// the branches at every point, replayed or not, and so are those where the curve changes without a branch.
  @Test(arguments: [true, false]) func everyBranchIsItsOwn(replaying: Bool) {
    let x = (0..<40).map { Double($0) / 4 }
    let observations = Observations(x, x.map { 1 + $0 })
    let steepness = Mutex(1.0)
    let curve = TracedCurve(through: observations, parameters: 4, replaying: replaying) { b, x in
      let knee = x[0] < b[3] ? b[0] + b[1] * x[0] : b[0] + b[1] * b[3] + b[2] * (x[0] - b[3])
      let level = x[0] > 5 ? exp(-b[2]) : b[2] * b[2]
      return b[1] < 0 ? knee * level : max(knee, level * b[0])
    }
    let looking = TracedCurve(through: observations, parameters: 4, replaying: replaying) { b, x in
      b[3].value < 4 ? b[0] * x[0] + b[1] : b[2] * x[0] * x[0] * b[3]
    }
    let changing = TracedCurve(through: observations, parameters: 4, replaying: false) { b, x in
      b[0] * exp(-b[1] * x[0] * Variable(steepness.withLock { $0 })) + b[2] * b[3]
    }
    func isAsByHand(_ curve: TracedCurve<Double>, _ b: Vector<Double>) -> Bool {
      var (r, J) = (Vector<Double>(zeros: 40), Matrix<Double>(zeros: 40, 4))
      curve.residualsAndJacobian(at: b, into: &r, &J)
      var gradient = b
      return x.indices.allSatisfy { i in
        let value = curve.curve(b, at: [x[i]], gradient: &gradient)
        return r[i] == value - observations.response[i]
          && b.indices.allSatisfy { abs(J[i, $0] - gradient[$0]) <= 1e-14 * (1 + abs(gradient[$0])) }
      }
    }
    var generator = RandomGenerator(seed: 3)
    for k in 1...60 {
      let b = Vector<Double>((0..<4).map { _ in 4 * generator.uniform() - 2 }) + [0, 0, 0, 4]
      #expect(isAsByHand(curve, b) && isAsByHand(looking, b), "evaluation \(k)")
      steepness.withLock { $0 = 1 / Double(k) }
      #expect(isAsByHand(changing, b), "evaluation \(k)")
    }
  }

  /// What is promised and does not hold is found out: from then on the curve is right.
  @Test func aCurveThatChangesOfItselfIsFoundOut() {
    let steepness = Mutex(1.0)
    let curve = TracedCurve(through: Observations([1.0, 2, 3], [1, 2, 3]), parameters: 2) { b, x in
      b[0] * exp(-b[1] * x[0] * Variable(steepness.withLock { $0 }))
    }
    func error(_ k: Int) -> Double {
      let b: Vector<Double> = [1 + Double(k), 0.5]
      var (r, gradient) = (Vector<Double>(zeros: 3), b)
      curve.residuals(at: b, into: &r)
      return abs(r[1] - (curve.curve(b, at: [2], gradient: &gradient) - 2))
    }
    for k in 0..<5 { #expect(error(k) == 0) }
    steepness.withLock { $0 = 2 }
    let errors = (5..<30).map(error)
    #expect(errors.first! > 0 && errors.suffix(10).allSatisfy { $0 == 0 }, "\(errors)")
  }

  @Test func weightsAndRefusals() {
    let (x, y) = (Self.misra.residuals.x, Self.misra.residuals.y)
    let σ = y.map { 0.01 * $0 }
    let known = fit(x, y, weights: .standardDeviations(σ), from: [500, 1e-4]) { b, x in
      b[0] * (1 - exp(-b[1] * x))
    }
    let relative = fit(x, y, weights: .relative(σ.map { 1 / ($0 * $0) }), from: [500, 1e-4]) { b, x in
      b[0] * (1 - exp(-b[1] * x))
    }
    let s = relative.residualStandardDeviation
    for j in 0..<2 {
      #expect(abs(known.parameters[j] / relative.parameters[j] - 1) <= 1e-9)
      #expect(abs(known.standardErrors[j] * s / relative.standardErrors[j] - 1) <= 1e-8)
    }
    #expect(known.isStandardized && abs(known.goodness.reducedChiSquare / (s * s) - 1) <= 1e-9)
    let short = fit(x, Array(y.dropLast()), from: [500, 1e-4]) { b, x in b[0] * (1 - exp(-b[1] * x)) }
    #expect(short.sentence.contains("x has 14 elements and y has 13"))
    let few = fit([1.0, 2], [1.0, 2], from: [1, 1, 1]) { b, x in b[0] + b[1] * exp(b[2] * x) }
    #expect(few.sentence.contains("2 observations and 3 parameters"))
  }

  @Test func residualsOverAnyNumbers() {
    let decay = fit(Decay(), from: [1, 1])
    #expect(decay.status.isConverged && decay.goodness.rSquared.isNaN)
    #expect(decay.profile(of: 1).interval.contains(decay.parameters[1]))
    // What is fitted in single precision is so to its digits.
    let (t, y) = (Decay().t.map { Float($0) }, Decay().y.map { Float($0) })
    let single = fit(t, y, from: [1, 1]) { b, x in b[0] * exp(-b[1] * x) }
    #expect(single.status.isConverged)
    #expect(abs(Double(single.parameters[1]) / decay.parameters[1] - 1) <= 1e-4)
  }

  /// From random starts within a factor of ten no run claims a minimum that is none, and the certified one is found.
  @Test func multistartOfMisra() {
    let (x, y) = (Self.misra.residuals.x, Self.misra.residuals.y)
    let certified = Self.misra.parameters
    let box = Bounds(lower: 0.1 * certified, upper: 10 * certified)
    let found = multistart(in: box, starts: 200, seed: 7) { start in
      fit(x, y, from: start) { b, x in b[0] * (1 - exp(-b[1] * x)) }
    }
    #expect(found.minima.count == 1, "\(found)")
    #expect(Self.misra.digits(of: found.best.parameters) >= 9)
    #expect(found.startsAtBest > 100, "\(found)")
  }
}
