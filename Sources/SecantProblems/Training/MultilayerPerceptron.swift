// Symbol ↔ name
//   Wₖ       weights of a layer             "hidden 1", "hidden 2", …, "head"
//   bₖ       bias                           "bias 1", …; with normalisation γₖ "scale 1", βₖ "shift 1"
//   Xₖ       activations, a row a sample    x
//   λ        regularisation                 regularisation

public import Secant
public import SecantAutoDiff

/// A multilayer perceptron that tells classes apart: the mean cross-entropy of softmax(Xₗ W + b), where
/// Xₖ = tanh(Xₖ₋₁ Wₖ + bₖ), plus (λ/2) Σ‖Wₖ‖².
///
/// With batch normalisation Xₖ = tanh(γₖ (Xₖ₋₁ Wₖ − μ)/σ + βₖ), with mean and deviation of each column over the batch. The
/// length of such a Wₖ has no effect, so γₖ is made smaller in its place.
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
  /// λ.
  public let regularisation: Scalar
  private let network: Network
  /// A row a sample.
  private let samples: Matrix<Scalar>
  private let labels: [Int]

  /// - Parameters:
  ///   - dataSet: the samples, of at least two classes.
  ///   - widths: units of each hidden layer.
  ///   - normalises: whether the hidden layers have batch normalisation.
  ///   - regularisation: λ, by default 1/n.
  /// - Throws: a ``DataError`` when there are fewer than two classes.
  public init(
    _ dataSet: DataSet, widths: [Int] = [64], normalises: Bool = false, regularisation: Double? = nil
  ) throws(DataError) {
    precondition(
      !widths.isEmpty && widths.allSatisfy { $0 > 0 },
      "the widths are \(widths): give at least one hidden layer, of at least 1 unit each")
    guard dataSet.classes.count >= 2 else {
      throw DataError(
        .wrongClassCount(found: dataSet.classes.count, expected: "at least two"), in: dataSet.name)
    }
    let network = Network(
      inputs: dataSet.featureCount, widths: widths, classes: dataSet.classes.count, normalises: normalises)
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
    var g = sum.evaluate(at: x) { p in
      let forward = network.forward(p.constant(samples, rows: batch), p)
      inputs = forward.inputs.map(\.value)
      return forward.logits
    }
    let classes =
      asked == .drawn
      ? g.classesDrawnBySoftmax(from: &generator) : (0..<g.rows).map { labels[batch[$0]] }
    g.replaceRowsBySoftmax()
    for (i, label) in classes.enumerated() { g[i, label] -= 1 }
    let weight = 1 / Scalar(g.rows)
    for (k, layer) in layers.enumerated().reversed() {
      let a = inputs[inputs.count - layers.count + k]
      moments[k].inputs.setGram(a.withColumnOfOnes, transposed: true, times: weight)
      moments[k].outputs.setGram(g, transposed: true, times: weight)
      guard k > 0 else { return }
      // Through W and the tanh whose values are a.
      var before = a
      before.setProduct(g, Matrix(layer.weights, of: x), transposingSecond: true)
      for j in 0..<a.columns { for i in 0..<a.rows { before[i, j] *= 1 - a[i, j] * a[i, j] } }
      g = before
    }
  }

  /// Where to begin: normal weights of variance 1/rows, no bias, and scales of 1.
  public func start(seed: UInt64) -> Vector<Scalar> {
    var start = layout.normalStart(seed: seed, gain: Scalar(1))
    for k in widths.indices where normalises {
      start.withMutableBlock(layout["scale \(k + 1)"]!) { $0.update(repeating: 1) }
    }
    return start
  }

  /// The part of some samples whose class is the one that the model finds likeliest.
  ///
  /// Batch normalisation goes by the statistics of the samples that the model was made with, as far as they are in
  /// ``batch``.
  public func accuracy(at x: Vector<Scalar>, on test: DataSet) -> Double {
    precondition(
      test.featureCount == samples.columns && test.sampleCount > 0,
      "\(test.sampleCount) samples of \(test.featureCount) features: give at least one, with \(samples.columns)"
    )
    let logits = sum.evaluate(at: x) { p in
      network.logits(
        of: p.constant(Matrix(rowsOf: test)), seeing: p.constant(samples, rows: batch), p)
    }
    let right = test.labels.indices.count { i in
      (0..<logits.columns).max { logits[i, $0] < logits[i, $1] } == test.labels[i]
    }
    return Double(right) / Double(test.sampleCount)
  }

  /// The layers.
  private struct Network: Sendable {
    let widths: [Int]
    let normalises: Bool
    let layout: Layout

    init(inputs: Int, widths: [Int], classes: Int, normalises: Bool) {
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
      self.normalises = normalises
    }

    func logits(of samples: MatrixVariable<Scalar>, _ p: Parameters<Scalar>) -> MatrixVariable<Scalar> {
      forward(samples, p).logits
    }

    /// What goes into each layer, the head last, and what comes out in the end.
    func forward(
      _ samples: MatrixVariable<Scalar>, _ p: Parameters<Scalar>
    ) -> (inputs: [MatrixVariable<Scalar>], logits: MatrixVariable<Scalar>) {
      var inputs = [samples]
      for k in 1...widths.count {
        let z = matmul(inputs[k - 1], p["hidden \(k)"])
        inputs.append(activations(normalises ? batchNormalized(z) : z, k, p))
      }
      return (inputs, matmul(inputs[widths.count], p["head"]) + p.row("bias"))
    }

    /// The logits of samples that are normalised by the statistics of others.
    func logits(
      of samples: MatrixVariable<Scalar>, seeing others: MatrixVariable<Scalar>, _ p: Parameters<Scalar>
    ) -> MatrixVariable<Scalar> {
      guard normalises else { return logits(of: samples, p) }
      var (x, seen) = (samples, others)
      for k in 1...widths.count {
        let z = matmul(seen, p["hidden \(k)"])
        let mean = z.columnSums / Scalar(z.rows)
        let variance = square(z - mean).columnSums / Scalar(z.rows)
        x = activations(
          batchNormalized(matmul(x, p["hidden \(k)"]), mean: mean, variance: variance), k, p)
        seen = activations(batchNormalized(z), k, p)
      }
      return matmul(x, p["head"]) + p.row("bias")
    }

    private func activations(
      _ z: MatrixVariable<Scalar>, _ k: Int, _ p: Parameters<Scalar>
    ) -> MatrixVariable<Scalar> {
      tanh(normalises ? z * p.row("scale \(k)") + p.row("shift \(k)") : z + p.row("bias \(k)"))
    }

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

  /// A class for each row, drawn with the probabilities softmax of the row.
  func classesDrawnBySoftmax(from generator: inout RandomGenerator) -> [Int] {
    (0..<rows).map { i in
      let largest = (0..<columns).map { self[i, $0] }.max()!
      let odds = (0..<columns).map { Scalar.exp(self[i, $0] - largest) }
      // The class is the first one at which the sum of the probabilities passes a uniform number.
      var rest = generator.uniform(Scalar.self) * odds.reduce(0, +)
      for (k, odd) in odds.dropLast().enumerated() {
        if rest < odd { return k }
        rest -= odd
      }
      return columns - 1
    }
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
