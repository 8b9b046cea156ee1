import Secant
import Testing

@Suite struct BFGSModelTests {
  /// B of the model and H of the direction, made from the same pairs, are each other's inverses.
  func distanceFromInverse<P: DifferentiableObjective, Rule: StepRule>(
    _ f: P, from x: Vector<Double>, steps: Int, _ rule: Rule
  ) -> Double
  where P.Scalar == Double, P.Failure == Never, P.Domain == WholeSpace, Rule.Scalar == Double {
    let n = x.count
    let direction: Descent<BFGS<P>, Rule> = .bfgs(step: rule)
    let model = BFGSModel<P>()
    var state = direction.start(at: x, for: f)
    var memory = model.allocate(n, for: f)
    var oracle = Oracle(f)
    for _ in 0..<steps {
      if state.iteration > 0 {
        model.prepare(at: state.current, beside: state.other, hasMoved: true, &memory, asking: &oracle)
      }
      direction.step(&state, on: f)
    }
    var (B, H) = (model.matrix(memory), state.memory.direction.matrix)
    B.mirrorLowerTriangle()
    H.mirrorLowerTriangle()
    var product = Matrix<Double>(zeros: n, n)
    product.setProduct(B, H)
    product.addToDiagonal(-1)
    return product.frobeniusNorm
  }

  @Test func isTheInverseOfTheDirectionsMatrix() {
    #expect(
      distanceFromInverse(
        Quadratic<Double>(8, condition: 100), from: Vector(zeros: 8), steps: 9, ExactOnQuadratics()) < 1e-8)
    #expect(
      distanceFromInverse(Rosenbrock<Double>(), from: Rosenbrock.start(5), steps: 20, StrongWolfe()) < 1e-6)
  }

  /// With exact searches B = A after n steps.
  @Test func knowsTheHessianOfAQuadratic() {
    let f = Quadratic<Double>(6, condition: 50)
    let direction: Descent<BFGS<Quadratic<Double>>, ExactOnQuadratics<Double>> = .bfgs(
      step: ExactOnQuadratics())
    let model = BFGSModel<Quadratic<Double>>()
    var state = direction.start(at: Vector(zeros: 6), for: f)
    var memory = model.allocate(6, for: f)
    var oracle = Oracle(f)
    for _ in 0..<6 {
      direction.step(&state, on: f)
      model.prepare(at: state.current, beside: state.other, hasMoved: true, &memory, asking: &oracle)
    }
    var B = memory.hessian
    B.mirrorLowerTriangle()
    B.add(f.A, times: -1)
    #expect(B.frobeniusNorm < 1e-8 * f.A.frobeniusNorm)
  }

  /// A pair along which the gradient falls: sᵀy < 0.
  func afterAPairWithoutCurvature(_ model: BFGSModel<Rosenbrock<Double>>) -> Matrix<Double> {
    let f = Rosenbrock<Double>()
    var oracle = Oracle(f)
    var memory = model.allocate(2, for: f)
    var (a, b) = (Iterate<Double>([0, 0]), Iterate<Double>([1, 2]))
    (a.gradient, a.isEvaluated) = ([3, 4], true)
    (b.gradient, b.isEvaluated) = ([2, 3], true)
    model.prepare(at: a, beside: Iterate([5, 5]), hasMoved: true, &memory, asking: &oracle)
    model.prepare(at: b, beside: a, hasMoved: true, &memory, asking: &oracle)
    return memory.hessian
  }

  @Test func passesOverAPairWithoutCurvatureOrDampsIt() {
    // ‖g₀‖I as it began.
    #expect(afterAPairWithoutCurvature(BFGSModel()) == [[5, 0], [0, 5]])
    // Powell's condition: sᵀB₊s = 0.2 sᵀBs, with B = ‖y‖/‖s‖ I.
    var B = afterAPairWithoutCurvature(BFGSModel(damping: 0.2))
    B.mirrorLowerTriangle()
    var Bs = Vector<Double>(zeros: 2)
    B.multiply([1, 2], into: &Bs)
    #expect(abs(Bs.dot([1, 2]) - 0.2 * 5 * (2.0 / 5).squareRoot()) < 1e-12)
    #expect(B[0, 0] > 0 && B[0, 0] * B[1, 1] > B[1, 0] * B[1, 0])
  }

  @Test func namesWhatMakesNoSense() {
    typealias Model = BFGSModel<Rosenbrock<Double>>
    #expect(Model().complaint == nil)
    #expect(Model(damping: 0.2).complaint == nil)
    #expect(Model(damping: 1).complaint?.contains("damping") == true)
    #expect(Model(curvatureTolerance: .nan).complaint?.contains("curvatureTolerance") == true)
  }
}
