import Secant
import Testing

@Suite struct ClippedTests {
  private typealias Fixed<Scalar: LAPACKScalar> = QuadraticAndQuartic<Scalar>

  /// torch.nn.utils.clip_grad_value_, the norm without its 1e-6, of all and of each block, and optax.adaptive_grad_clip(0.5),
  /// before torch.optim.SGD(lr=0.05, momentum=0.9).
  @Test func followsTorch() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      func difference(_ clipping: Clipping<Scalar>, _ reference: [[Double]]) -> Double {
        discrepancy(
          trajectory(
            Descent.momentum(rate: 0.05).clipped(by: clipping), on: Fixed<Scalar>(),
            from: Fixed<Scalar>.start, steps: 12), reference)
      }
      #expect(difference(.value(0.5), WrapperReference.clippedByValue) <= tolerance)
      #expect(difference(.norm(1.5), WrapperReference.clippedByNorm) <= tolerance)
      let layout = Fixed<Scalar>().layout
      #expect(difference(.blockNorm(1.5, in: layout), WrapperReference.clippedByBlock) <= tolerance)
      #expect(difference(.adaptive(0.5, in: layout), WrapperReference.clippedByUnit) <= tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  @Test func withoutABoundItIsItsBase() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type) {
      let base = Descent<Adam<Fixed<Scalar>>, Constant<Scalar>>.adam(rate: 0.1)
      let expected = trajectory(base, on: Fixed(), from: Fixed<Scalar>.start, steps: 30)
      for clipping: Clipping<Scalar> in [
        .value(.infinity), .norm(.infinity), .blockNorm(.infinity, in: Fixed<Scalar>().layout),
        .adaptive(.infinity, in: Fixed<Scalar>().layout),
      ] {
        #expect(
          trajectory(base.clipped(by: clipping), on: Fixed(), from: Fixed<Scalar>.start, steps: 30)
            == expected)
      }
    }
    check(Float.self)
    check(Double.self)
  }

  /// With the rate 1 a step of gradient descent is the clipped gradient itself.
  @Test func noStepIsLongerThanTheBound() {
    let problem = DiagonalQuadratic<Double>(λ: [1, 2, 100])
    let start: Vector<Double> = [1, -3, 5]
    func step(_ clipping: Clipping<Double>) -> Vector<Double> {
      let method = Descent(SteepestDescent<DiagonalQuadratic<Double>>(), step: Constant(rate: 1.0))
      return start - trajectory(method.clipped(by: clipping), on: problem, from: start, steps: 1)[0]
    }
    #expect(step(.value(2)) == [1, -2, 2])
    #expect(step(.norm(1_000)) == [1, -6, 500])
    #expect(abs(step(.norm(0.5)).norm - 0.5) < 1e-14)
  }

  /// A unit is a row of a matrix or a whole vector; one whose variables are 0 has the least size, and the head is left alone.
  @Test func unitsAreClippedByTheirOwnSize() {
    let layout = Layout().matrix("w", rows: 2, columns: 2, role: .hidden).vector("b", count: 2, role: .bias)
      .matrix("head", rows: 1, columns: 2, role: .head)
    let problem = LinearFunction<Double>(c: [3, 1, 4, 1, 6, 8, 100, 100], layout: layout)
    let start: Vector<Double> = [6, 30, 8, 40, 0, 0, 1, 1]
    let method = Descent(SteepestDescent<LinearFunction<Double>>(), step: Constant(rate: 1.0)).clipped(
      by: .unitNorm(0.1, in: layout, least: 0.5))
    let step = start - trajectory(method, on: problem, from: start, steps: 1)[0]
    // The first row is as long as 10 and its gradient as 5; the second keeps its own; the bias has 0.5.
    let expected: Vector<Double> = [0.6, 1, 0.8, 1, 0.03, 0.04, 100, 100]
    #expect((step - expected).largestMagnitude < 1e-13)
  }

  @Test func aBlockIsClippedByItsOwnNorm() {
    let layout = Layout().vector("a", count: 2, role: .hidden).vector("b", count: 1, role: .bias)
    let problem = LinearFunction<Double>(c: [3, 4, 0.5], layout: layout)
    let method = Descent(SteepestDescent<LinearFunction<Double>>(), step: Constant(rate: 1.0)).clipped(
      by: .blockNorm(1, in: layout))
    let point = trajectory(method, on: problem, from: [0, 0, 0], steps: 1)[0]
    #expect((point + [0.6, 0.8, 0.5]).largestMagnitude < 1e-15)
  }

  @Test func theCriterionSeesTheWholeGradient() {
    let outcome = minimize(
      DiagonalQuadratic<Double>(λ: [1, 2]), from: [100, 100],
      using: .clipped(by: .norm(1e-9), .gradientDescent(rate: 0.1)), within: Budget(iterations: 20))
    #expect(!outcome.status.isConverged, "\(outcome)")
  }

  @Test func composesWithBatches() {
    let problem = LeastSquaresSum<Float>(terms: 30, dimension: 3)
    let methods: [any Solver<LeastSquaresSum<Float>>] = [
      .clipped(by: .norm(1), .momentum(rate: 0.05)),
      .onBatches(of: 7, seed: 1, .clipped(by: .value(1), .momentum(rate: 0.05))),
    ]
    for method in methods {
      let outcome = minimize(problem, from: [3, 3, 3], using: method, within: Budget(iterations: 100))
      #expect(outcome.value == problem.value(at: outcome.point), "\(outcome)")
      #expect(outcome.value < problem.value(at: [3, 3, 3]) / 2, "\(outcome)")
    }
  }

  @Test func aGradientThatIsNoNumberIsNotHidden() {
    var problem = DiagonalQuadratic<Double>(λ: [1, .nan])
    let outcome = minimize(problem, from: [1, 1], using: .clipped(by: .norm(1), .gradientDescent(rate: 0.1)))
    let layout = Layout().vector("x", count: 2, role: .hidden)
    for clipping: Clipping<Double> in [.blockNorm(1, in: layout), .adaptive(in: layout)] {
      let clipped = minimize(
        problem, from: [1, 1], using: .clipped(by: clipping, .gradientDescent(rate: 0.1)))
      guard case .nonFinite = clipped.status else { return _ = Issue.record("\(clipped)") }
    }
    guard case .nonFinite = outcome.status else { return _ = Issue.record("\(outcome)") }
    problem.λ[1] = 1
    #expect(problem.value(at: [1, 1]) == 1)
  }

  @Test func resumes() throws {
    let method = Descent<Adam<Fixed<Float>>, Constant<Float>>.adam(rate: 0.1).clipped(by: .norm(1))
    for m in [1, 5, 7] {
      #expect(try resumesExactly(method, on: Fixed(), from: Fixed<Float>.start, m: m, n: 9))
    }
  }

  @Test func complains() {
    let base = Descent<Adam<Fixed<Double>>, Constant<Double>>.adam()
    #expect(base.clipped(by: .norm(0)).complaint?.contains("is 0.0") == true)
    #expect(base.clipped(by: .value(.nan)).complaint?.contains("is nan") == true)
    let layout = Fixed<Double>().layout
    #expect(base.clipped(by: .blockNorm(-1, in: layout)).complaint?.contains("is -1.0") == true)
    #expect(
      base.clipped(by: .adaptive(0, in: layout)).complaint?.contains("ratio of the clipping is 0.0") == true)
    #expect(
      base.clipped(by: .unitNorm(1, in: layout, least: 0)).complaint?.contains("least (ε) is 0.0") == true)
    #expect(
      base.clipped(by: .norm(1)).complaint == nil && base.clipped(by: .adaptive(in: layout)).complaint == nil)
    let outcome = minimize(
      Fixed<Double>(), from: Fixed<Double>.start, using: .clipped(by: .norm(1), .lbfgs()))
    guard case .refused(let sentence) = outcome.status else { return _ = Issue.record("\(outcome)") }
    #expect(sentence.contains("compares the gradients"))
  }
}
