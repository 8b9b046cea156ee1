import Secant
import SecantProblems
import Testing

@Suite struct KroneckerFactoredObjectiveTests {
  static func softmax<Scalar: LAPACKScalar>(_: Scalar.Type) throws -> SoftmaxRegression<Scalar> {
    try SoftmaxRegression(DataSet.Shipped.iris.training())
  }

  /// For one sample A ⊗ G is the layer's block itself: its mean over labels that the model draws is the Fisher information,
  /// which for softmax is the Hessian without the regulariser.
  @Test func isExactForOneSample() throws {
    let problem = try Self.softmax(Double.self).restricted(to: Batch([17]))
    let (d, K) = (problem.layers[0].shape.rows, problem.layers[0].shape.columns)
    let w = Vector<Double>((0..<d * K).map { 0.1 * Double($0 % 5) - 0.2 })
    var hessian = Matrix<Double>(zeros: d * K, d * K)
    problem.hessian(at: w, into: &hessian)
    hessian.addToDiagonal(-problem.regularisation)
    var moments = [LayerMoments<Double>(problem.layers[0].shape)]
    var mean = moments[0]
    let draws = 20_000
    var generator = RandomGenerator(seed: 5)
    for _ in 0..<draws {
      problem.secondMoments(at: w, labels: .drawn, from: &generator, into: &moments)
      mean.outputs.add(moments[0].outputs, times: 1 / Double(draws))
    }
    for k in 0..<K {
      for l in 0...k {
        for i in 0..<d {
          for j in 0...i {
            let expected = hessian[k * d + i, l * d + j]
            let found = moments[0].inputs[i, j] * mean.outputs[k, l]
            // Five standard deviations of a mean of numbers of at most 1, times the inputs' product.
            #expect(
              abs(found - expected) <= 5 / Double(draws).squareRoot() * abs(moments[0].inputs[i, j]) + 1e-12)
          }
        }
      }
    }
  }

  /// The same moments as the samples' own, one by one, on a batch and in both precisions; the data's labels draw nothing.
  @Test func averagesOverTheBatch() throws {
    func check<Scalar: LAPACKScalar>(_: Scalar.Type, _ tolerance: Scalar) throws {
      let all = try Self.softmax(Scalar.self)
      let batch: [Int] = [3, 77, 60, 5]
      let w = Vector<Scalar>((0..<all.dimension!).map { Scalar($0 % 3) / 10 })
      var generator = RandomGenerator(seed: 1)
      var untouched = generator
      var together = [LayerMoments<Scalar>(all.layers[0].shape)]
      all.restricted(to: Batch(batch)).secondMoments(at: w, labels: .given, from: &generator, into: &together)
      var mean = LayerMoments<Scalar>(all.layers[0].shape)
      var one = [mean]
      for term in batch {
        let single = all.restricted(to: Batch([term]))
        single.secondMoments(at: w, labels: .given, from: &generator, into: &one)
        mean.inputs.add(one[0].inputs, times: 1 / 4)
        mean.outputs.add(one[0].outputs, times: 1 / 4)
        // Of one term the gradient is x gᵀ plus the regulariser's: ‖x‖²‖g‖² is the product of the traces.
        var g = w
        _ = single.valueAndGradient(at: w, into: &g)
        g.add(w, times: -all.regularisation)
        func trace(_ m: Matrix<Scalar>) -> Scalar { (0..<m.rows).reduce(0) { $0 + m[$1, $1] } }
        let product = trace(one[0].inputs) * trace(one[0].outputs)
        #expect(abs(g.squaredNorm - product) < tolerance * product)
      }
      for i in 0..<mean.inputs.rows {
        for j in 0...i {
          #expect(abs(mean.inputs[i, j] - together[0].inputs[i, j]) < tolerance * abs(mean.inputs[i, j]))
        }
      }
      for i in 0..<mean.outputs.rows {
        for j in 0...i { #expect(abs(mean.outputs[i, j] - together[0].outputs[i, j]) < tolerance) }
      }
      #expect(generator.next() == untouched.next())
    }
    try check(Double.self, 1e-12)
    try check(Float.self, 1e-4)
  }

  /// The Fisher information is the Hessian without the regulariser, and with that as its damping the exact natural gradient
  /// is Newton's step.
  @Test func naturalGradientIsNewtonsStepOnSoftmax() throws {
    let problem = try Self.softmax(Double.self)
    let start = Vector<Double>((0..<problem.dimension!).map { 0.01 * Double($0 % 7) })
    func step(_ method: some Solver<SoftmaxRegression<Double>>) -> Vector<Double> {
      minimize(
        problem, from: start, using: method, until: .never, within: Budget(iterations: 1), certifying: false
      ).point - start
    }
    let natural = step(
      .naturalGradient(
        damping: problem.regularisation, forcing: Forcing(loosest: 1e-13, maximumProducts: 500)))
    let newton = step(.pureNewton())
    #expect((natural - newton).norm < 1e-7 * newton.norm)
  }
}
