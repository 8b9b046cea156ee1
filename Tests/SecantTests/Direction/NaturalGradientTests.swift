import Secant
import Testing

@Suite struct NaturalGradientTests {
  /// Twelve steps on a perceptron, by the Fisher matrix itself in PyTorch and NumPy.
  @Test func followsTheReference() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Double) {
      let problem = TwoLayers<Scalar>(hidden: 4)
      let exact = Forcing<Scalar>(loosest: 10 * .ulpOfOne, maximumProducts: 500)
      func difference(_ damping: Scalar, _ reference: [[Double]]) -> Double {
        discrepancy(
          trajectory(
            Descent.naturalGradient(rate: 0.5, damping: damping, forcing: exact), on: problem,
            from: problem.start, steps: 12), reference)
      }
      // With little damping the condition of the system makes a thousand of a rounding in single precision.
      #expect(difference(1e-2, KFACReference.natural) < (Scalar.self == Float.self ? 1e-3 : tolerance))
      #expect(difference(1, KFACReference.naturalDamped) < tolerance)
    }
    check(Double.self, 1e-10)
    check(Float.self, 1e-5)
  }

  /// A linear model with normal errors: one exact step of length 1 is Newton's, and ends at the minimum.
  @Test func isNewtonsStepOnALinearModelWithNormalErrors() {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Scalar) {
      let problem = TwoLayers<Scalar>(hidden: 0)
      let exact = Forcing<Scalar>(loosest: 10 * .ulpOfOne, maximumProducts: 60)
      let start = problem.start
      let natural = trajectory(
        Descent.naturalGradient(damping: 0, forcing: exact), on: problem, from: start, steps: 1)[0]
      var g = start
      _ = problem.valueAndGradient(at: natural, into: &g)
      var atStart = start
      _ = problem.valueAndGradient(at: start, into: &atStart)
      #expect(g.norm < tolerance * atStart.norm)
    }
    check(Double.self, 1e-11)
    check(Float.self, 1e-4)
  }

  /// (F + λI)p = −∇f, whatever F: held against the dense matrix, product by product.
  @Test func solvesTheDampedSystem() {
    let problem = TwoLayers<Double>(hidden: 3)
    let start = problem.start
    let λ = 0.01
    let exact = Forcing<Double>(loosest: 1e-12, maximumProducts: 200)
    let p =
      trajectory(
        Descent.naturalGradient(damping: λ, forcing: exact), on: problem, from: start, steps: 1)[0] - start
    var (g, Fp) = (start, start)
    _ = problem.valueAndGradient(at: start, into: &g)
    problem.fisher(times: p, at: start, into: &Fp)
    Fp.add(p, times: λ)
    #expect((Fp + g).norm < 1e-9 * g.norm)
  }

  /// The residual that the forcing allows ends the iteration: few products far away.
  @Test func stopsEarly() {
    let problem = TwoLayers<Double>(hidden: 3)
    let outcome = minimize(
      problem, from: problem.start, using: .naturalGradient(rate: 0.5, damping: 0.1), until: .never,
      within: Budget(iterations: 5), certifying: false)
    #expect(outcome.iterations == 5)
    #expect(outcome.ledger.hessianVectorProducts < 5 * problem.layout.count / 2)
    #expect(outcome.value < problem.value(at: problem.start))
  }

  @Test func neverOverrunsABudgetOfProducts() {
    let problem = TwoLayers<Double>(hidden: 3)
    let outcome = minimize(
      problem, from: problem.start, using: .naturalGradient(rate: 0.5), until: .never,
      within: Budget(hessianVectorProducts: 7), certifying: false)
    #expect(outcome.ledger.hessianVectorProducts <= 7)
  }

  @Test func refusesBadHyperParameters() {
    typealias N = NaturalGradient<TwoLayers<Double>>
    #expect(N(damping: -1).complaint?.contains("damping (λ) is -1.0: ") == true)
    #expect(N(damping: .nan).complaint?.contains("damping (λ) is nan: ") == true)
    #expect(N(forcing: Forcing(loosest: 2)).complaint?.contains("loosest (η) is 2.0: ") == true)
    #expect(N(damping: 0).complaint == nil)
  }

  @Test func resumes() throws {
    #expect(
      try resumesExactly(
        Descent.naturalGradient(rate: 0.5), on: TwoLayers<Float>(hidden: 3), from: TwoLayers(hidden: 3).start,
        m: 4, n: 5))
  }
}
