import Secant
import Testing

@Suite struct KFACTests {
  typealias Method<Scalar: LAPACKScalar> = Descent<KFAC<TwoLayers<Scalar>>, Constant<Scalar>>

  /// The rule of the paper on a perceptron, by PyTorch's derivatives and NumPy's inverses: fresh factors, and stale ones with
  /// averages and a bound.
  @Test func followsTheReference() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      let problem = TwoLayers<Scalar>(hidden: 4)
      func difference(_ direction: KFAC<TwoLayers<Scalar>>, _ rate: Scalar, _ reference: [[Double]]) -> Double
      {
        discrepancy(
          trajectory(
            Descent(direction, step: Constant(rate: rate)), on: problem, from: problem.start, steps: 12),
          reference)
      }
      #expect(difference(KFAC(damping: 1e-2, labels: .given), 0.1, KFACReference.everyStep) < tolerance)
      #expect(
        difference(
          KFAC(
            damping: 1e-2, decay: 0.5, labels: .given, interval: 2, factorisationInterval: 3,
            greatestDivergence: 0.4), 0.2, KFACReference.staleAndBounded) < tolerance)
    }
    check(Double.self, 1e-10)
    // So little damping makes a thousand of a rounding.
    check(Float.self, 1e-3)
  }

  /// The same with so much damping that rounding stays what it is: in single precision to five digits too.
  @Test func followsTheReferenceInBothPrecisions() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      let problem = TwoLayers<Scalar>(hidden: 4)
      let direction = KFAC<TwoLayers<Scalar>>(
        damping: 1, decay: 0.5, labels: .given, interval: 2, factorisationInterval: 3, greatestDivergence: nil
      )
      let points = trajectory(
        Descent(direction, step: Constant(rate: 0.1)), on: problem, from: problem.start, steps: 12)
      #expect(discrepancy(points, KFACReference.damped) < tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// In a linear model with normal errors inputs and gradients are independent: K-FAC is exact, and a step of length 1 all but
  /// ends at the minimum, as the natural gradient's does.
  @Test func isExactOnALinearModelWithNormalErrors() {
    let problem = TwoLayers<Double>(hidden: 0)
    let kfac = Method<Double>.kfac(rate: 1, damping: 1e-28, divergence: nil)
    let end = trajectory(kfac, on: problem, from: problem.start, steps: 1)[0]
    let natural = trajectory(
      Descent.naturalGradient(damping: 0, forcing: Forcing(loosest: 1e-14, maximumProducts: 60)), on: problem,
      from: problem.start, steps: 1)[0]
    var g = end
    _ = problem.valueAndGradient(at: end, into: &g)
    #expect(g.largestMagnitude < 1e-8)
    #expect((end - natural).largestMagnitude < 1e-8)
  }

  /// All but undamped, the steps do not change when an input is measured in another unit, and its weights with it; those of
  /// gradient descent do.
  @Test func unitsOfTheInputsDoNotMatter() {
    let scales = [1, 50, 0.02]
    let (problem, scaled) = (TwoLayers<Double>(hidden: 3), TwoLayers<Double>(hidden: 3, scales: scales))
    func measured(_ x: Vector<Double>, times power: Double) -> Vector<Double> {
      var x = x
      for k in 0..<9 { x[k] *= Double.pow(scales[k % 3], power) }
      return x
    }
    func distance(_ method: some Solver<TwoLayers<Double>>) -> Double {
      let plain = trajectory(method, on: problem, from: problem.start, steps: 5).last!
      let other = trajectory(method, on: scaled, from: measured(problem.start, times: -1), steps: 5).last!
      return (plain - measured(other, times: 1)).largestMagnitude
    }
    #expect(distance(Method<Double>.empiricalKFAC(rate: 0.1, damping: 1e-24, divergence: nil)) < 1e-6)
    #expect(distance(Method<Double>.empiricalKFAC(rate: 0.1, damping: 1, divergence: nil)) > 1e-3)
    #expect(distance(Descent.gradientDescent(rate: 1e-3)) > 1e-3)
  }

  /// A layer whose rows are its outputs, with a bias behind it: each element of the gradient meets its input's and its
  /// output's moment.
  @Test func readsLayersOfEitherOrientation() {
    let layout = Layout().matrix("w", rows: 2, columns: 3, role: .hidden).vector("b", count: 2, role: .bias)
    let x = Vector<Double>((0..<8).map(Double.init))
    let rows = LinearLayer(weights: layout.blocks[0], bias: layout.blocks[1], rowsAreOutputs: true)
    #expect(rows.shape == MatrixShape(rows: 4, columns: 2))
    // W = (0 2 4; 1 3 5) with z = Wa + b, b = (6, 7).
    let moments = LayerMoments<Double>(rows.shape)
    #expect(moments.inputs.rows == 4 && moments.outputs.rows == 2)
    let problem = Rows(layout: layout, layers: [rows], x: x)
    // A = diag(1, 2, 3, 4) and G = diag(5, 6): each element of the gradient is divided by its row's and its column's.
    let p = trajectory(
      Descent(KFAC<Rows>(damping: 1e-30), step: Constant(rate: 1)), on: problem, from: Vector(zeros: 8),
      steps: 1)[0]
    let expected: [Double] = [0 / 5, 1 / 6, 2 / 10, 3 / 12, 4 / 15, 5 / 18, 6 / 20, 7 / 24]
    for (found, expected) in zip(p, expected) { #expect(abs(found + expected) < 1e-12) }
  }

  /// Where |gᵀP| > κ the step is made shorter by the root of their quotient: PᵀFP falls to κ.
  @Test func boundsTheDivergence() {
    let problem = TwoLayers<Double>(hidden: 3)
    let start = problem.start
    var g = start
    _ = problem.valueAndGradient(at: start, into: &g)
    func step(_ divergence: Double?) -> Vector<Double> {
      trajectory(Method<Double>.kfac(rate: 1, divergence: divergence), on: problem, from: start, steps: 1)[0]
        - start
    }
    let whole = step(nil)
    let decrease = -g.dot(whole)
    #expect((step(decrease / 9) - (1 / 3) * whole).largestMagnitude < 1e-13)
    #expect(step(decrease * 1.01) == whole)
  }

  @Test func descends() {
    let problem = TwoLayers<Double>(hidden: 4)
    let outcome = minimize(
      problem, from: problem.start, using: .kfac(rate: 0.3, damping: 0.03, divergence: nil), until: .never,
      within: Budget(iterations: 100), certifying: false)
    let plain = minimize(
      problem, from: problem.start, using: .gradientDescent(rate: 0.3), until: .never,
      within: Budget(iterations: 100), certifying: false)
    #expect(outcome.value < plain.value)
  }

  @Test func chargesMomentsAndFactorisations() {
    let problem = TwoLayers<Double>(hidden: 3)
    let outcome = minimize(
      problem, from: problem.start, using: .kfac(interval: 3), until: .never, within: Budget(iterations: 7),
      certifying: false)
    #expect(outcome.ledger.factorisations == 3 * 4)
    #expect(outcome.ledger.flops == 3 * Double(4 * 4 * 4 / 3 + 27 / 3 + 64 / 3 + 8 / 3))
    // The start and each step, and three estimates.
    #expect(outcome.ledger.gradients == 8 + 3)
  }

  @Test func refusesBadHyperParameters() {
    typealias K = KFAC<TwoLayers<Double>>
    #expect(K(damping: 0).complaint?.contains("damping (λ) is 0.0: ") == true)
    #expect(K(decay: 1).complaint?.contains("decay (ε) is 1.0: ") == true)
    #expect(K(interval: 0).complaint?.contains("interval (T₁) is 0: ") == true)
    #expect(
      K(factorisationInterval: 0).complaint?.contains("factorisationInterval (T₃) is 0: ") == true)
    #expect(
      K(greatestDivergence: -1).complaint?.contains("greatestDivergence (κ) is -1.0: ") == true)
    #expect(K().complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Method<Float>.kfac(interval: 3), on: TwoLayers<Float>(hidden: 3), from: TwoLayers(hidden: 3).start,
        m: 10, n: 10))
  }
}

/// A linear function of one layer with moments that are diagonal.
private struct Rows: KroneckerFactoredObjective {
  let layout: Layout
  let layers: [LinearLayer]
  let x: Vector<Double>
  let termCount = 1
  var batch = Batch.all

  func valueAndGradient(at y: Vector<Double>, into gradient: inout Vector<Double>) -> Double {
    gradient.copy(x)
    return x.dot(y)
  }

  func secondMoments(
    at _: Vector<Double>, labels _: FisherLabels, from _: inout RandomGenerator,
    into moments: inout [LayerMoments<Double>]
  ) {
    moments[0].inputs = Matrix(diagonal: [1, 2, 3, 4])
    moments[0].outputs = Matrix(diagonal: [5, 6])
  }
}
