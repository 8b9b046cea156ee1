// Symbol ↔ name
//   Wₖ       weights of a layer             "hidden 1", "hidden 2", …, "head"
//   bₖ       bias                           "bias 1", …; with normalisation γₖ "scale 1", βₖ "shift 1"
//   Xₖ       activations, a row a sample    inputs
//   Zₖ       what they are activations of   outputs
//   φ        activation                     activation
//   λ        regularisation                 regularisation

public import Secant
public import SecantAutoDiff

/// A multilayer perceptron that tells classes apart: the mean cross-entropy of softmax(Xₗ W + b), where
/// Xₖ = φ(Xₖ₋₁ Wₖ + bₖ), plus (λ/2) Σ‖Wₖ‖². The ``Activation`` φ is tanh unless another is chosen.
///
/// With batch normalisation Xₖ = φ(γₖ (Xₖ₋₁ Wₖ − μ)/σ + βₖ), with mean and deviation of each column over the batch. The
/// length of such a Wₖ has no effect, so γₖ is made smaller in its place. ``BatchStatistics`` keeps the averages of μ and σ²
/// over batches, for the samples of a test.
///
/// - **Demands**: a data set of at least two classes, and at least one layer with at least one unit each.
/// - **Memory**: the samples, shared by every copy and batch, and a tape for each thread.
/// - **Work per evaluation**: 6n flops a sample of n parameters for value and gradient, and as much again for a product
///   with the Hessian.
/// - **Guarantees**: with batch normalisation the terms of a batch look at one another: the mean over a partition is not
///   that of the whole.
/// - **Reference**: D. Rumelhart, G. Hinton and R. Williams, *Learning representations by back-propagating errors*,
///   Nature 323 (1986); S. Ioffe and C. Szegedy, *Batch Normalization*, ICML 2015.
public struct MultilayerPerceptron<Scalar: LAPACKScalar>: DifferentiatedProblem, SampledLabelObjective,
  KroneckerFactoredObjective
{
  public typealias Failure = Never

  public var sum: DifferentiatedFiniteSum<Scalar>
  /// Units of each hidden layer.
  public var widths: [Int] { network.widths }
  /// Whether the hidden layers have batch normalisation.
  public var normalises: Bool { network.normalises }
  /// φ.
  public var activation: Activation { network.activation }
  /// λ.
  public let regularisation: Scalar
  private let network: Network
  /// A row a sample.
  private let samples: Matrix<Scalar>
  private let labels: [Int]

  /// - Parameters:
  ///   - dataSet: the samples, of at least two classes.
  ///   - widths: units of each hidden layer.
  ///   - activation: φ.
  ///   - normalises: whether the hidden layers have batch normalisation.
  ///   - regularisation: λ, by default 1/n.
  /// - Throws: a ``DataError`` when there are fewer than two classes.
  public init(
    _ dataSet: DataSet, widths: [Int] = [64], activation: Activation = .tanh, normalises: Bool = false,
    regularisation: Double? = nil
  ) throws(DataError) {
    precondition(
      !widths.isEmpty && widths.allSatisfy { $0 > 0 },
      "the widths are \(widths): give at least one hidden layer, of at least 1 unit each")
    guard dataSet.classes.count >= 2 else {
      throw DataError(
        .wrongClassCount(found: dataSet.classes.count, expected: "at least two"), in: dataSet.name)
    }
    let network = Network(
      inputs: dataSet.featureCount, widths: widths, classes: dataSet.classes.count, activation: activation,
      normalises: normalises)
    let samples = Matrix<Scalar>(rowsOf: dataSet)
    let λ = Scalar(defaultRegularisation(regularisation, dataSet))
    let labels = dataSet.labels
    self.network = network
    self.samples = samples
    self.labels = labels
    self.regularisation = λ
    sum = DifferentiatedFiniteSum(network.layout, termCount: labels.count) { p, batch in
      let logits = network.logits(of: p.constant(samples, rows: batch), p)
      let classes = (0..<logits.rows).map { labels[batch[$0]] }
      return crossEntropy(logits, classes: classes) + λ / 2 * network.squaredLength(p)
    }
  }

  public func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) {
    sum.gradient(
      of: { p, batch in
        let logits = network.logits(of: p.constant(samples, rows: batch), p)
        return crossEntropy(logits, classes: logits.value.classesDrawnBySoftmax(from: &generator))
      }, at: x, into: &gradient)
  }

  /// The layers whose outputs no other sample has a part in: with batch normalisation the head alone.
  public var layers: [LinearLayer] {
    let hidden = normalises ? [] : Array(1...widths.count)
    return hidden.map { LinearLayer(weights: layout["hidden \($0)"]!, bias: layout["bias \($0)"]!) }
      + [LinearLayer(weights: layout["head"]!, bias: layout["bias"]!)]
  }

  public func secondMoments(
    at x: Vector<Scalar>, labels asked: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) {
    var inputs: [Matrix<Scalar>] = []
    var outputs: [Matrix<Scalar>] = []
    var g = sum.evaluate(at: x) { p in
      let forward = network.forward(p.constant(samples, rows: batch), p)
      (inputs, outputs) = (forward.inputs.map(\.value), forward.outputs.map(\.value))
      return forward.logits
    }
    g.replaceRowsBySoftmax()
    let classes =
      asked == .drawn ? g.classesDrawn(from: &generator) : (0..<g.rows).map { labels[batch[$0]] }
    for (i, label) in classes.enumerated() { g[i, label] -= 1 }
    let weight = 1 / Scalar(g.rows)
    for (k, layer) in layers.enumerated().reversed() {
      let a = inputs[inputs.count - layers.count + k]
      moments[k].inputs.setGram(a.withColumnOfOnes, transposed: true, times: weight)
      moments[k].outputs.setGram(g, transposed: true, times: weight)
      guard k > 0 else { return }
      // Through W and φ.
      let z = outputs[k - 1]
      var before = a
      before.setProduct(g, Matrix(layer.weights, of: x), transposingSecond: true)
      for j in 0..<a.columns { for i in 0..<a.rows { before[i, j] *= activation.slope(at: z[i, j]) } }
      g = before
    }
  }

  /// Where to begin: normal weights of variance 1/rows, with tanh, or 2/rows, with ReLU and GELU, which let about half of
  /// what they are given pass (He et al., ICCV 2015); no bias, and scales of 1.
  public func start(seed: UInt64) -> Vector<Scalar> {
    var start = layout.normalStart(
      seed: seed, gain: activation == .tanh ? 1 : Scalar(2).squareRoot())
    for k in widths.indices where normalises {
      start.withMutableBlock(layout["scale \(k + 1)"]!) { $0.update(repeating: 1) }
    }
    return start
  }

  /// The part of some samples whose class is the one that the model finds likeliest.
  ///
  /// - Parameters:
  ///   - x: the variables.
  ///   - test: the samples.
  ///   - statistics: what batch normalisation goes by; nil for the statistics of the samples that the model was made with,
  ///     as far as they are in ``batch``.
  public func accuracy(
    at x: Vector<Scalar>, on test: DataSet, by statistics: BatchStatistics<Scalar>? = nil
  ) -> Double {
    let logits = logits(of: test, at: x, by: statistics)
    let right = test.labels.indices.count { i in
      (0..<logits.columns).max { logits[i, $0] < logits[i, $1] } == test.labels[i]
    }
    return Double(right) / Double(test.sampleCount)
  }

  /// The logits of some samples, a row a sample, with the parameters of ``accuracy(at:on:by:)``.
  public func logits(
    of test: DataSet, at x: Vector<Scalar>, by statistics: BatchStatistics<Scalar>? = nil
  ) -> Matrix<Scalar> {
    precondition(
      test.featureCount == samples.columns && test.sampleCount > 0,
      "\(test.sampleCount) samples of \(test.featureCount) features: give at least one, with \(samples.columns)"
    )
    guard normalises else {
      return sum.evaluate(at: x) { p in network.logits(of: p.constant(Matrix(rowsOf: test)), p) }
    }
    var own = BatchStatistics(of: self, momentum: nil)
    if statistics == nil { own.update(on: self, at: x) }
    return sum.evaluate(at: x) { p in
      network.logits(of: p.constant(Matrix(rowsOf: test)), by: statistics ?? own, p)
    }
  }

  /// The mean and the variance, by its unbiased estimate, of each hidden layer's columns over the batch.
  func statisticsOfBatch(at x: Vector<Scalar>) -> [(mean: Matrix<Scalar>, variance: Matrix<Scalar>)] {
    var statistics: [(mean: Matrix<Scalar>, variance: Matrix<Scalar>)] = []
    _ = sum.evaluate(at: x) { p in
      let forward = network.forward(p.constant(samples, rows: batch), p)
      statistics = forward.outputs.map { z in
        let mean = z.columnSums / Scalar(z.rows)
        let variance = square(z - mean).columnSums / Scalar(max(1, z.rows - 1))
        return (mean.value, variance.value)
      }
      return forward.logits
    }
    return statistics
  }

  /// The layers.
  private struct Network: Sendable {
    let widths: [Int]
    let activation: Activation
    let normalises: Bool
    let layout: Layout

    init(inputs: Int, widths: [Int], classes: Int, activation: Activation, normalises: Bool) {
      var layout = Layout()
      for (k, (rows, columns)) in zip([inputs] + widths, widths).enumerated() {
        layout = layout.matrix("hidden \(k + 1)", rows: rows, columns: columns, role: .hidden)
        layout =
          normalises
          ? layout.vector("scale \(k + 1)", count: columns, role: .normalisation)
            .vector("shift \(k + 1)", count: columns, role: .normalisation)
          : layout.vector("bias \(k + 1)", count: columns, role: .bias)
      }
      self.layout = layout.matrix("head", rows: widths.last!, columns: classes, role: .head)
        .vector("bias", count: classes, role: .bias)
      self.widths = widths
      self.activation = activation
      self.normalises = normalises
    }

    func logits(of samples: MatrixVariable<Scalar>, _ p: Parameters<Scalar>) -> MatrixVariable<Scalar> {
      forward(samples, p).logits
    }

    /// What goes into each layer, the head last; what comes out of each hidden one, before it is normalised but with a bias
    /// where there is one; and what comes out in the end.
    func forward(
      _ samples: MatrixVariable<Scalar>, _ p: Parameters<Scalar>
    ) -> (inputs: [MatrixVariable<Scalar>], outputs: [MatrixVariable<Scalar>], logits: MatrixVariable<Scalar>)
    {
      var inputs = [samples]
      var outputs: [MatrixVariable<Scalar>] = []
      for k in 1...widths.count {
        let product = matmul(inputs[k - 1], p["hidden \(k)"])
        outputs.append(normalises ? product : product + p.row("bias \(k)"))
        inputs.append(
          activation(normalises ? affine(batchNormalized(product), k, p) : outputs[k - 1]))
      }
      return (inputs, outputs, matmul(inputs[widths.count], p["head"]) + p.row("bias"))
    }

    /// The logits of samples that are normalised by given statistics.
    func logits(
      of samples: MatrixVariable<Scalar>, by statistics: BatchStatistics<Scalar>, _ p: Parameters<Scalar>
    ) -> MatrixVariable<Scalar> {
      var x = samples
      for k in 1...widths.count {
        let z = batchNormalized(
          matmul(x, p["hidden \(k)"]), mean: p.constant(statistics.means[k - 1]),
          variance: p.constant(statistics.variances[k - 1]))
        x = activation(affine(z, k, p))
      }
      return matmul(x, p["head"]) + p.row("bias")
    }

    private func affine(
      _ z: MatrixVariable<Scalar>, _ k: Int, _ p: Parameters<Scalar>
    ) -> MatrixVariable<Scalar> { z * p.row("scale \(k)") + p.row("shift \(k)") }

    /// Σ‖W‖² of what has a length that matters.
    func squaredLength(_ p: Parameters<Scalar>) -> MatrixVariable<Scalar> {
      (1...widths.count).reduce(p["head"].squaredNorm) { sum, k in
        sum + p[normalises ? "scale \(k)" : "hidden \(k)"].squaredNorm
      }
    }
  }
}

extension Matrix {
  /// The features of a data set, a row a sample.
  init(rowsOf dataSet: DataSet) {
    let rows = dataSet.features.transposed
    self.init(
      rows: rows.rows, columns: rows.columns, elements: Vector(rows.elements.map { Scalar($0) }))
  }

  /// [A 1].
  fileprivate var withColumnOfOnes: Matrix {
    Matrix(
      rows: rows, columns: columns + 1,
      elements: Vector(Array(elements) + [Scalar](repeating: 1, count: rows)))
  }

  /// Each row becomes its softmax.
  fileprivate mutating func replaceRowsBySoftmax() {
    for i in 0..<rows {
      let largest = (0..<columns).map { self[i, $0] }.max()!
      for j in 0..<columns { self[i, j] = Scalar.exp(self[i, j] - largest) }
      let sum = (0..<columns).reduce(0) { $0 + self[i, $1] }
      for j in 0..<columns { self[i, j] /= sum }
    }
  }

  /// A class for each row, drawn with the row's probabilities.
  fileprivate func classesDrawn(from generator: inout RandomGenerator) -> [Int] {
    (0..<rows).map { i in
      // The class is the first one at which the sum of the probabilities passes a uniform number.
      var rest = generator.uniform(Scalar.self)
      return (0..<columns - 1).first { k in
        if rest < self[i, k] { return true }
        rest -= self[i, k]
        return false
      } ?? columns - 1
    }
  }

  /// A class for each row, drawn with the probabilities softmax of the row.
  func classesDrawnBySoftmax(from generator: inout RandomGenerator) -> [Int] {
    var probabilities = self
    probabilities.replaceRowsBySoftmax()
    return probabilities.classesDrawn(from: &generator)
  }
}

extension Layout {
  /// Normal numbers of the deviation gain/√rows in every matrix, and zeros in every vector.
  func normalStart<Scalar: LAPACKScalar>(seed: UInt64, gain: Scalar) -> Vector<Scalar> {
    var start = Vector<Scalar>(zeros: count)
    var generator = RandomGenerator(seed: seed)
    for block in blocks {
      guard let shape = block.matrixShape else { continue }
      let deviation = gain / Scalar(shape.rows).squareRoot()
      start.withMutableBlock(block) { x in for i in x.indices { x[i] = deviation * generator.normal() } }
    }
    return start
  }
}
