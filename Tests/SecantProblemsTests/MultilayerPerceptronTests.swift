import Secant
import SecantProblems
import Testing

private let small = try! DataSet(
  Table("a,b,y\n1,2,0\n-1,0.5,1\n0.3,-2,1\n2,1,0\n-0.7,-1,2\n0.1,0.2,2\n", name: "small.csv"))

@Suite struct MultilayerPerceptronTests {
  static func model<S: LAPACKScalar>(
    _: S.Type, _ activation: Activation = .tanh, normalises: Bool = false, regularisation: Double = 0.01
  ) -> MultilayerPerceptron<S> {
    try! MultilayerPerceptron(
      small, widths: [4, 3], activation: activation, normalises: normalises, regularisation: regularisation)
  }

  /// Where no bias is 0: with ReLU a unit whose inputs are all 0 would stand on its kink.
  static func pointOffTheKinks<S: LAPACKScalar>(of model: MultilayerPerceptron<S>) -> Vector<S> {
    var (x, shift) = (model.start(seed: 1), model.start(seed: 1))
    var generator = RandomGenerator(seed: 3)
    generator.fillNormal(&shift)
    x.add(shift, times: 0.3)
    return x
  }

  @Test(arguments: Activation.allCases, [false, true])
  func derivatives(activation: Activation, normalises: Bool) throws {
    let model = Self.model(Double.self, activation, normalises: normalises)
    let x = Self.pointOffTheKinks(of: model)
    expectDerivatives(of: model, at: x, within: 1e-7)
    expectDerivatives(of: model.restricted(to: Batch([0, 2, 3, 5])), at: x, within: 1e-7)
    let single = Self.model(Float.self, activation, normalises: normalises)
    expectDerivatives(of: single, at: Self.pointOffTheKinks(of: single), within: 5e-2)
  }

  /// f(x + hv) less its Taylor polynomial: without the gradient's term O(h), with it O(h²), with the Hessian's O(h³).
  @Test(arguments: Activation.allCases, [false, true])
  func remaindersHaveTheirOrder(activation: Activation, normalises: Bool) throws {
    let model = Self.model(Double.self, activation, normalises: normalises)
    let x = Self.pointOffTheKinks(of: model)
    var (g, v, product) = (x, x, x)
    var generator = RandomGenerator(seed: 2)
    generator.fillNormal(&v)
    v.scale(by: 1 / v.norm)
    let value = model.valueAndGradient(at: x, into: &g)
    model.hessian(times: v, at: x, into: &product)
    let (slope, curvature) = (g.dot(v), product.dot(v))
    let remainders = [4e-3, 2e-3, 1e-3].map { h in
      var y = x
      y.add(v, times: h)
      let change = model.value(at: y) - value
      return [change, change - h * slope, change - h * slope - h * h / 2 * curvature]
    }
    for k in 0..<2 {
      for (order, tolerance) in zip(0..<3, [0.05, 0.05, 0.1]) {
        let found = Double.log2(abs(remainders[k][order] / remainders[k + 1][order]))
        #expect(abs(found - Double(order + 1)) < tolerance, "order \(order + 1): \(found)")
      }
    }
  }

  /// The slope at which what comes back passes a unit, against the derivative of one unit's output.
  @Test(arguments: Activation.allCases) func oneUnitHasItsActivation(activation: Activation) throws {
    let data = try DataSet(Table("a,y\n1,0\n-0.4,1\n", name: "two.csv"))
    let model = try MultilayerPerceptron<Double>(data, widths: [1], activation: activation, regularisation: 0)
    var x = Vector<Double>(zeros: model.layout.count)
    let (w, head) = (model.layout["hidden 1"]!.offset, model.layout["head"]!.offset)
    (x[w], x[head]) = (1.5, 1)
    let logits = model.logits(of: data, at: x)
    for (i, z) in [1.5, -0.6].enumerated() {
      let expected =
        switch activation {
        case .tanh: Double.tanh(z)
        case .relu: max(z, 0)
        case .gelu: z * (1 + Double.erf(z / 2.0.squareRoot())) / 2
        }
      #expect(abs(logits[i, 0] - expected) < 1e-15 && logits[i, 1] == 0)
    }
  }

  /// The loss as it stands in a textbook, sample by sample.
  @Test func theValueIsTheMeanCrossEntropy() {
    let model = Self.model(Double.self)
    let x = model.start(seed: 2)
    let (w1, w2, head) = (
      Matrix(model.layout["hidden 1"]!, of: x), Matrix(model.layout["hidden 2"]!, of: x),
      Matrix(model.layout["head"]!, of: x)
    )
    var loss = 0.0
    for i in 0..<6 {
      let a = (0..<4).map { j in Double.tanh((0..<2).reduce(0) { $0 + small.features[$1, i] * w1[$1, j] }) }
      let b = (0..<3).map { j in Double.tanh((0..<4).reduce(0) { $0 + a[$1] * w2[$1, j] }) }
      let z = (0..<3).map { k in (0..<3).reduce(0) { $0 + b[$1] * head[$1, k] } }
      loss += (Double.log(z.reduce(0) { $0 + Double.exp($1) }) - z[small.labels[i]]) / 6
    }
    loss += 0.005 * (w1.elements.squaredNorm + w2.elements.squaredNorm + head.elements.squaredNorm)
    #expect(abs(model.value(at: x) - loss) < 1e-14)
  }

  /// With batch normalisation the length of a layer's weights has no effect on the loss.
  @Test func normalisationIsBlindToTheLengthOfTheWeights() {
    let model = Self.model(Double.self, normalises: true)
    let x = model.start(seed: 1)
    var longer = x
    longer.withMutableBlock(model.layout["hidden 2"]!) { for i in $0.indices { $0[i] *= 1000 } }
    #expect(abs(model.value(at: longer) - model.value(at: x)) < 1e-3)
    #expect(Self.model(Double.self).value(at: Self.model(Double.self).start(seed: 1)).isFinite)
  }

  /// Of one term the gradient in a layer's weights and bias is āgᵀ; of a batch A and G are the means of its terms'.
  @Test(arguments: Activation.allCases, [false, true])
  func momentsAreThoseOfTheGradients(activation: Activation, normalises: Bool) throws {
    func check<S: LAPACKScalar>(_: S.Type, _ tolerance: S) {
      let model = Self.model(S.self, activation, normalises: normalises, regularisation: 0)
      #expect(model.layers.count == (normalises ? 1 : 3))
      let x = model.start(seed: 1)
      var generator = RandomGenerator(seed: 1)
      let batch = [0, 2, 5]
      var moments = model.layers.map { LayerMoments<S>($0.shape) }
      var sum = moments
      // With batch normalisation a term alone is another one than in its batch.
      for term in normalises ? [] : batch {
        let single = model.restricted(to: Batch([term]))
        single.secondMoments(at: x, labels: .given, from: &generator, into: &moments)
        var gradient = x
        _ = single.valueAndGradient(at: x, into: &gradient)
        for (layer, moment) in zip(model.layers, moments) {
          let W = Matrix(layer.weights, of: gradient)
          let b = (0..<W.columns).map { gradient[layer.bias!.offset + $0] }
          func g(_ i: Int, _ k: Int) -> S { i == W.rows ? b[k] : W[i, k] }
          for i in 0...W.rows {
            for j in 0...i {
              for k in 0..<W.columns {
                for l in 0...k {
                  #expect(
                    abs(moment.inputs[i, j] * moment.outputs[k, l] - g(i, k) * g(j, l)) < tolerance)
                }
              }
            }
          }
        }
        for k in sum.indices {
          sum[k].inputs.add(moments[k].inputs, times: 1 / 3)
          sum[k].outputs.add(moments[k].outputs, times: 1 / 3)
        }
      }
      let whole = model.restricted(to: Batch(batch))
      whole.secondMoments(at: x, labels: .given, from: &generator, into: &moments)
      for k in sum.indices where !normalises {
        for (mean, together) in [(sum[k].inputs, moments[k].inputs), (sum[k].outputs, moments[k].outputs)] {
          for j in 0..<mean.columns {
            for i in j..<mean.rows { #expect(abs(mean[i, j] - together[i, j]) < tolerance) }
          }
        }
      }
      // ā ends with a 1.
      let ones = moments.last!.inputs.rows - 1
      #expect(abs(moments.last!.inputs[ones, ones] - 1) < tolerance)
    }
    check(Double.self, 1e-13)
    check(Float.self, 1e-5)
  }

  /// The mean of ĝ vanishes, and that of B ĝ ĝᵀ is the Gauss–Newton matrix, whose diagonal the exact sum over all labels gives.
  @Test(arguments: Activation.allCases, [false, true])
  func sampledLabelsEstimateTheGaussNewtonDiagonal(activation: Activation, normalises: Bool) throws {
    let model = Self.model(Double.self, activation, normalises: normalises, regularisation: 0)
    let x = model.start(seed: 1)
    let n = x.count
    var generator = RandomGenerator(seed: 3)
    var g = Vector<Double>(zeros: n)
    let draws = 4000
    var (sum, squares, fourths) = (
      [Double](repeating: 0, count: n), [Double](repeating: 0, count: n), [Double](repeating: 0, count: n)
    )
    for _ in 0..<draws {
      model.gradientOfSampledLabels(at: x, from: &generator, into: &g)
      for i in 0..<n {
        let square = 6 * g[i] * g[i]
        sum[i] += g[i]
        squares[i] += square
        fourths[i] += square * square
      }
    }
    // Relabelled, one sample after the other, the gradients of all labels and their probabilities give the expectation. The
    // probability of label k is what takes the mean of the gradients to zero: exp(−loss).
    var expected = [Double](repeating: 0, count: n)
    for i in 0..<6 {
      var scores: [Vector<Double>] = []
      var odds: [Double] = []
      for k in 0..<3 {
        var labels = small.labels
        labels[i] = k
        let relabelled = DataSet(
          name: "", features: small.features, featureNames: small.featureNames, labels: labels,
          classes: small.classes)
        let other = try MultilayerPerceptron<Double>(
          relabelled, widths: [4, 3], activation: activation, normalises: normalises, regularisation: 0)
        odds.append(Double.exp(-6 * other.valueAndGradient(at: x, into: &g)))
        scores.append(g)
      }
      let total = odds.reduce(0, +)
      var mean = Vector<Double>(zeros: n)
      for k in 0..<3 { mean.add(scores[k], times: odds[k] / total) }
      // What differs between two labels is the sample's own part of the gradient, 1/6 of it: Var over the labels.
      for k in 0..<3 {
        for j in 0..<n {
          let deviation = scores[k][j] - mean[j]
          expected[j] += 6 * odds[k] / total * deviation * deviation
        }
      }
    }
    for i in 0..<n {
      let mean = squares[i] / Double(draws)
      let error = (max(0, fourths[i] / Double(draws) - mean * mean) / Double(draws)).squareRoot() + 1e-9
      #expect(abs(mean - expected[i]) <= 5 * error, "\(i): \(mean) and \(expected[i])")
      #expect(abs(sum[i]) / Double(draws) <= 5 * (mean / 6 / Double(draws)).squareRoot() + 1e-9)
    }
  }

  /// A drawn gradient leaves nothing behind that the objective is mistaken for.
  @Test func aDrawnGradientLeavesTheObjectiveAlone() {
    let model = Self.model(Double.self)
    let x = model.start(seed: 1)
    var (g, again) = (Vector<Double>(zeros: x.count), Vector<Double>(zeros: x.count))
    var generator = RandomGenerator(seed: 1)
    let value = model.valueAndGradient(at: x, into: &g)
    model.gradientOfSampledLabels(at: x, from: &generator, into: &again)
    #expect(again != g)
    #expect(model.valueAndGradient(at: x, into: &again) == value && again == g)
  }

  @Test func theLayoutSaysWhatIsAMatrix() {
    let plain = Self.model(Double.self).layout
    #expect(plain.blocks.map(\.name) == ["hidden 1", "bias 1", "hidden 2", "bias 2", "head", "bias"])
    #expect(plain.blocks.map(\.role) == [.hidden, .bias, .hidden, .bias, .head, .bias])
    let normalised = Self.model(Double.self, normalises: true).layout
    #expect(normalised.blocks[1].role == .normalisation && normalised.blocks.count == 8)
  }

  @Test func accuracyCountsWhatIsReadRightly() throws {
    // One unit that tells the sign of the first feature from the other.
    let data = try DataSet(Table("a,y\n1,1\n2,1\n-1,0\n-3,0\n", name: "signs.csv"))
    let model = try MultilayerPerceptron<Double>(data, widths: [1], regularisation: 0)
    var x = Vector<Double>(zeros: model.layout.count)
    x.withMutableBlock(model.layout["hidden 1"]!) { $0[0] = 1 }
    x.withMutableBlock(model.layout["head"]!) { $0[1] = 1 }
    #expect(model.accuracy(at: x, on: data) == 1)
    x.withMutableBlock(model.layout["head"]!) { $0[1] = -1 }
    #expect(model.accuracy(at: x, on: data) == 0)
    // Normalised by the training samples, not by those of the test.
    let normalised = try MultilayerPerceptron<Double>(data, widths: [1], normalises: true, regularisation: 0)
    var y = normalised.start(seed: 1)
    y.withMutableBlock(normalised.layout["hidden 1"]!) { $0[0] = 1 }
    y.withMutableBlock(normalised.layout["head"]!) { ($0[0], $0[1]) = (0, 1) }
    #expect(normalised.accuracy(at: y, on: data) == 1)
    #expect(normalised.accuracy(at: y, on: data.samples([0, 1])) == 1)
  }

  @Test func aSplitKeepsEverySampleOnce() throws {
    let digits = try DataSet(.digits)
    let (training, test) = digits.split(seed: 1)
    #expect(training.sampleCount == 1438 && test.sampleCount == 359)
    func sums(_ data: DataSet) -> Double { data.features.elements.reduce(0, +) }
    #expect(sums(training) + sums(test) == sums(digits))
    #expect(digits.split(seed: 1).test == test && digits.split(seed: 2).test != test)
    // By the training samples alone: these have mean 0 and deviation 1 exactly, the others nearly.
    let (a, b) = (training.standardised(), test.standardised(like: training))
    #expect(a.featureNames == b.featureNames)
    #expect(abs((0..<1438).reduce(0) { $0 + a.features[5, $1] }) < 1e-9)
    let mean = (0..<359).reduce(0) { $0 + b.features[5, $1] } / 359
    #expect(mean != 0 && abs(mean) < 0.3)
  }

  @Test func refusesASingleClass() throws {
    let data = try DataSet(Table("a,y\n1,1\n2,1\n", name: "one.csv"))
    #expect(throws: DataError(.wrongClassCount(found: 1, expected: "at least two"), in: "one.csv")) {
      try MultilayerPerceptron<Double>(data)
    }
  }
}
