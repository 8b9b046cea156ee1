internal import SecantLinearAlgebra

// Softmax and what goes with it. A row is a sample. The largest element of a row is taken out of every exponent as a
// constant: the results do not depend on it, so neither do their derivatives, of any order.

/// log Σⱼ exp(xᵢⱼ) of each row i, without overflow: a column.
///
/// A row that holds +∞ gives +∞, and one of nothing but −∞ gives −∞; the derivative in an infinite element is NaN there, and so
/// are all second ones. An element −∞ beside finite ones adds nothing, and its derivatives are 0.
public func logSumExp<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  // What is infinite cannot be taken out, and need not be: no exponential of it is wrong.
  let largest = x.rowMaxima(orZero: true)
  return log(exp(x - largest).rowSums) + largest
}

/// exp(xᵢⱼ) / Σₖ exp(xᵢₖ): each row as probabilities.
///
/// A row that holds +∞, or nothing but −∞, has none: it is NaN throughout.
public func softmax<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  // The infinity minus itself is NaN, and so is every quotient by the sum.
  let e = exp(x - x.rowMaxima(orZero: false))
  return e / e.rowSums
}

/// The logarithm of ``softmax(_:)``, exact where a probability underflows; NaN where an infinite element is the largest.
public func logSoftmax<Scalar>(_ x: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> { x - logSumExp(x) }

/// The softmax of each row i over its columns 0…i, and 0 beyond: attention that sees nothing to come.
///
/// - Parameter scores: a square matrix; row i holds what position i thinks of every position.
public func causalSoftmax<Scalar>(_ scores: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  precondition(
    scores.rows == scores.columns,
    "causal attention over \(scores.rows) × \(scores.columns) scores: give a square matrix")
  return softmax(scores + scores.tape.causalMask(scores.rows))
}

/// The mean over the rows of −log softmax(x)ᵢ,cᵢ, 1 × 1: the loss of a classifier whose logits are x.
///
/// - Parameters:
///   - logits: a row for each sample, a column for each class.
///   - classes: the class of each sample, from 0.
public func crossEntropy<Scalar>(
  _ logits: MatrixVariable<Scalar>, classes: [Int]
) -> MatrixVariable<Scalar> {
  precondition(
    classes.count == logits.rows, "\(classes.count) classes for \(logits.rows) rows of logits: give one a row"
  )
  return (logSumExp(logits) - logits.elements(inColumns: classes)).mean
}

/// The mean of log(1 + exp(zᵢ)) − yᵢzᵢ, 1 × 1: the loss of a classifier of two classes whose logits are z.
///
/// - Parameters:
///   - logits: any shape.
///   - labels: the same shape; 1 for the one class and 0 for the other, or a probability.
public func binaryCrossEntropy<Scalar>(
  _ logits: MatrixVariable<Scalar>, labels: MatrixVariable<Scalar>
) -> MatrixVariable<Scalar> {
  precondition(
    logits.shape == labels.shape,
    "\(labels.rows) × \(labels.columns) labels for \(logits.rows) × \(logits.columns) logits: give one each")
  // softplus(z) − yz, whose digits would cancel where z is large and y is 1.
  return (labels * softplus(-logits) + (1 - labels) * softplus(logits)).mean
}

extension MatrixVariable {
  /// The largest element of each row, as a constant: NaN where a row holds one.
  ///
  /// - Parameter orZero: whether 0 stands for what is not finite.
  fileprivate func rowMaxima(orZero: Bool) -> MatrixVariable {
    let tape = tape
    let result = tape.allocate(rows, 1, isActive: false)
    findRowMaxima(tape.value(place), rows, columns, tape.value(result), orZero: orZero)
    return tape.variable(result)
  }
}

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
private func findRowMaxima<Scalar: LAPACKScalar>(
  _ x: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int, _ largest: UnsafeMutablePointer<Scalar>,
  orZero: Bool
) {
  largest.update(repeating: -.infinity, count: rows)
  for j in 0..<columns {
    for i in 0..<rows { largest[i] = larger(largest[i], x[i + j * rows]) }
  }
  if orZero { for i in 0..<rows where !largest[i].isFinite { largest[i] = 0 } }
}

extension MatrixTape {
  /// 0 on and below the diagonal and −∞ above it.
  fileprivate func causalMask(_ n: Int) -> MatrixVariable<Scalar> {
    let place = allocate(n, n, isActive: false)
    let mask = value(place)
    for j in 0..<n {
      (mask + j * n).update(repeating: -.infinity, count: j)
      (mask + j * n + j).update(repeating: 0, count: n - j)
    }
    return variable(place)
  }
}
