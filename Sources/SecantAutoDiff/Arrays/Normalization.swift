internal import SecantLinearAlgebra

// Normalisation, made of the operations there are: its derivatives are theirs. Scale and shift afterwards are the user's `*` and `+`.

/// Each row with its mean taken out and divided by its deviation, (x − μ) / √(σ² + ε): layer normalisation.
///
/// - Parameters:
///   - x: a row for each sample.
///   - epsilon: ε, which keeps a constant row from dividing by zero.
/// - Reference: J. Ba, J. Kiros and G. Hinton, *Layer Normalization*, 2016.
public func layerNormalized<Scalar>(
  _ x: MatrixVariable<Scalar>, epsilon: Scalar = 1e-5
) -> MatrixVariable<Scalar> {
  let count = Scalar(x.columns)
  let centred = x - x.rowSums / count
  return centred / sqrt(square(centred).rowSums / count + epsilon)
}

/// Each column with its mean over the batch taken out and divided by its deviation: batch normalisation while training.
///
/// - Parameters:
///   - x: a row for each sample, a column for each feature.
///   - epsilon: ε, which keeps a constant feature from dividing by zero.
/// - Reference: S. Ioffe and C. Szegedy, *Batch Normalization*, 2015; the variance is the mean square, not the unbiased
///   estimate.
public func batchNormalized<Scalar>(
  _ x: MatrixVariable<Scalar>, epsilon: Scalar = 1e-5
) -> MatrixVariable<Scalar> {
  let count = Scalar(x.rows)
  let centred = x - x.columnSums / count
  return centred / sqrt(square(centred).columnSums / count + epsilon)
}

/// Each column with a given mean taken out and divided by a given deviation: batch normalisation after training.
///
/// - Parameters:
///   - x: a row for each sample, a column for each feature.
///   - mean: a row of the features' means.
///   - variance: a row of the features' variances.
///   - epsilon: ε, as in training.
public func batchNormalized<Scalar>(
  _ x: MatrixVariable<Scalar>, mean: MatrixVariable<Scalar>, variance: MatrixVariable<Scalar>,
  epsilon: Scalar = 1e-5
) -> MatrixVariable<Scalar> {
  for given in [mean, variance] {
    precondition(
      given.rows == 1 && given.columns == x.columns,
      "\(given.rows) × \(given.columns) statistics of \(x.columns) features: give a row with one for each")
  }
  return (x - mean) / sqrt(variance + epsilon)
}
