public import Secant

/// The running statistics of batch normalisation: the mean and variance of each unit over the batches that were seen, by
/// which a ``MultilayerPerceptron`` goes where it does not train.
///
/// ```swift
/// var statistics = BatchStatistics(of: model)
/// for terms in batches {
///   let batch = model.restricted(to: terms)
///   method.step(&state, on: batch)
///   statistics.update(on: batch, at: state.current.point)
/// }
/// let right = model.accuracy(at: state.current.point, on: test, by: statistics)
/// ```
///
/// μ̄ ← (1 − m)μ̄ + mμ and v̄ ← (1 − m)v̄ + m·vN/(N − 1), from μ̄ = 0 and v̄ = 1, with μ and v the mean and the mean square
/// deviation over a batch of N samples. Without a momentum m = 1/t at the batch t: the mean of all batches.
///
/// An objective is a value, whose answers depend on the point and the batch alone: it remembers no batches. So the statistics
/// are a value of their own, which belongs to whoever trains; a run neither needs nor changes them.
///
/// - **Memory**: two numbers a unit.
/// - **Work per batch**: its value.
/// - **Guarantees**: without a momentum, and of one batch, they are that batch's own.
/// - **Reference**: S. Ioffe and C. Szegedy, *Batch Normalization*, ICML 2015, Algorithm 2; torch.nn.BatchNorm1d.
public struct BatchStatistics<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// m, or nil for the mean of all batches.
  public var momentum: Scalar?
  /// Batches seen.
  public private(set) var count = 0
  /// μ̄ of each hidden layer, a row.
  public private(set) var means: [Matrix<Scalar>]
  /// v̄ of each hidden layer, a row.
  public private(set) var variances: [Matrix<Scalar>]

  /// Before the first batch.
  ///
  /// - Parameter momentum: m, above 0 and at most 1, or nil for the mean of all batches.
  public init(of model: MultilayerPerceptron<Scalar>, momentum: Scalar? = 0.1) {
    precondition(
      model.normalises,
      "the perceptron has no batch normalisation, hence no statistics: make it with normalises: true")
    if let momentum {
      precondition(
        momentum > 0 && momentum <= 1,
        "momentum (m) is \(momentum): choose a number above 0, at most 1, such as 0.1, or nil for the mean")
    }
    self.momentum = momentum
    means = model.widths.map { Matrix(zeros: 1, $0) }
    variances = model.widths.map { Matrix(repeating: 1, rows: 1, columns: $0) }
  }

  /// Takes in the statistics of a model's batch at a point.
  public mutating func update(on model: MultilayerPerceptron<Scalar>, at x: Vector<Scalar>) {
    precondition(
      model.normalises && model.widths == means.map(\.columns),
      "statistics of \(means.map(\.columns)) units were given a model of \(model.widths): give the one they are of"
    )
    count += 1
    let part = momentum ?? 1 / Scalar(count)
    for (k, batch) in model.statisticsOfBatch(at: x).enumerated() {
      means[k].scale(by: 1 - part)
      means[k].add(batch.mean, times: part)
      variances[k].scale(by: 1 - part)
      variances[k].add(batch.variance, times: part)
    }
  }
}
