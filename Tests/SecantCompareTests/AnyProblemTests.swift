import Secant
import SecantCompare
import SecantProblems
import Testing

@Suite struct AnyProblemTests {
  /// What the problem answers, bit for bit, on all terms and on a batch.
  @Test func answersAsTheProblemDoes() throws {
    let model = try MultilayerPerceptron<Double>(try DataSet(.iris), widths: [4])
    var (problem, any) = (model, AnyProblem(model))
    let x = model.start(seed: 1)
    let v = model.start(seed: 2)
    for batch in [Batch.all, Batch([3, 7, 7, 149])] {
      problem.batch = batch
      any.batch = batch
      var (g, other) = (x, x)
      #expect(try any.valueAndGradient(at: x, into: &g) == problem.valueAndGradient(at: x, into: &other))
      #expect(g == other)
      #expect(try any.value(at: x) == problem.value(at: x))
      try any.hessian(times: v, at: x, into: &g)
      problem.hessian(times: v, at: x, into: &other)
      #expect(g == other)
      var (H, otherH) = (Matrix<Double>(zeros: x.count, x.count), Matrix<Double>(zeros: x.count, x.count))
      try any.hessian(at: x, into: &H)
      problem.hessian(at: x, into: &otherH)
      #expect(H == otherH)
      var (generator, otherGenerator) = (RandomGenerator(seed: 5), RandomGenerator(seed: 5))
      try any.gradientOfSampledLabels(at: x, from: &generator, into: &g)
      problem.gradientOfSampledLabels(at: x, from: &otherGenerator, into: &other)
      #expect(g == other && generator == otherGenerator)
      var moments = model.layers.map { LayerMoments<Double>($0.shape) }
      var otherMoments = moments
      try any.secondMoments(at: x, labels: .drawn, from: &generator, into: &moments)
      problem.secondMoments(at: x, labels: .drawn, from: &otherGenerator, into: &otherMoments)
      #expect(moments == otherMoments)
      for evaluation in Evaluation.allCases {
        #expect(
          any.charge(for: evaluation, dimension: x.count)
            == problem.charge(for: evaluation, dimension: x.count))
      }
    }
    #expect(any.termCount == model.termCount && any.layout == model.layout && any.layers == model.layers)
    #expect(any.dimension == model.dimension)
  }

  /// The path of a method is that on the problem itself.
  @Test func isSolvedAsTheProblemIs() {
    let problem = Rosenbrock<Double>(dimension: 4)
    let itself = minimize(problem, from: problem.start, using: .newton())
    let any = minimize(AnyProblem(problem), from: problem.start, using: .newton())
    #expect(any.point == itself.point && any.status.label == itself.status.label)
    #expect(any.ledger.gradients == itself.ledger.gradients && any.ledger.hessians == itself.ledger.hessians)
  }

  @Test func hasWhatTheProblemHas() throws {
    let data = try DataSet(.iris)
    typealias Capability = MethodDescription.Capability
    func lacks(_ problem: AnyProblem<Float>) -> [Capability] {
      Capability.allCases.filter { !problem.has($0) }
    }
    #expect(lacks(AnyProblem(Rosenbrock())) == [.blocks, .matrixBlocks, .sampledLabels, .layers])
    #expect(lacks(AnyProblem(try MultilayerPerceptron(data, widths: [3]))) == [])
    let logistic = AnyProblem<Float>(
      try LogisticRegression(try DataSet.Shipped.breastCancer.binaryTraining()))
    #expect(lacks(logistic) == [.matrixBlocks, .layers] && logistic.isSum)
    let softmax = AnyProblem<Float>(try SoftmaxRegression(data))
    #expect(lacks(softmax) == [])
    #expect(softmax.isSum && !AnyProblem<Float>(Rosenbrock()).isSum)
  }

  private struct Refusing: TwiceDifferentiableObjective {
    struct Failed: Error {}
    func valueAndGradient(at x: Vector<Double>, into gradient: inout Vector<Double>) throws(Failed) -> Double
    {
      throw Failed()
    }
    func hessian(at x: Vector<Double>, into hessian: inout Matrix<Double>) throws(Failed) { throw Failed() }
  }

  @Test func passesOnWhatIsThrown() {
    let outcome = minimize(AnyProblem(Refusing()), from: [1], using: .lbfgs())
    guard case .failed(let error) = outcome.status else {
      Issue.record("\(outcome.status)")
      return
    }
    #expect(error is Refusing.Failed)
  }
}
