public import SecantLinearAlgebra

/// A mean of losses whose model is made of linear layers, and that knows what goes into each and what comes back.
///
/// A layer has the outputs z = Wᵀa + b. With g = ∂(loss)/∂z of one term, the gradient in (W, b) is āgᵀ, where ā is a with a 1
/// behind it, and so the layer's block of the Fisher information is E[āāᵀ ⊗ ggᵀ], which ``KFAC`` takes for
/// E[āāᵀ] ⊗ E[ggᵀ].
public protocol KroneckerFactoredObjective<Scalar>: FiniteSumObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The layers. No element of x is in two of them; one may be in none.
  var layers: [LinearLayer] { get }

  /// E[āāᵀ] and E[ggᵀ] of each layer over the batch's terms, without what all terms share; written into the lower triangles
  /// of `moments`, in the order of the layers.
  ///
  /// g is the gradient of a term's own loss, not divided by the number of terms, with the labels that are asked for; a
  /// model that has the expectation over its labels may write that in the place of a draw.
  func secondMoments(
    at x: Vector<Scalar>, labels: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) throws(Failure)
}

/// Whose labels a Fisher information is made of.
public enum FisherLabels: String, Hashable, Sendable, Codable {
  /// Drawn from the distribution that the model gives them: the Fisher information.
  case drawn
  /// The data's: the empirical Fisher matrix, which is no curvature away from a minimum.
  case given
}

/// A linear layer: the weights of some inputs and outputs, and a bias for each output where there is one.
public struct LinearLayer: Hashable, Sendable, Codable {
  /// W, a matrix of the layout.
  public var weights: Layout.Block
  /// b, with as many elements as there are outputs.
  public var bias: Layout.Block?
  /// Whether a row of W belongs to an output, z = Wa, and not to an input, z = Wᵀa.
  public var rowsAreOutputs: Bool

  public init(weights: Layout.Block, bias: Layout.Block? = nil, rowsAreOutputs: Bool = false) {
    guard let shape = weights.matrixShape else {
      preconditionFailure("block \"\(weights.name)\" is a vector: declare the weights as a matrix")
    }
    self.weights = weights
    self.bias = bias
    self.rowsAreOutputs = rowsAreOutputs
    if let bias {
      let outputs = rowsAreOutputs ? shape.rows : shape.columns
      precondition(
        bias.count == outputs,
        "bias \"\(bias.name)\" has \(bias.count) elements for \(outputs) outputs: give one for each")
    }
  }

  /// The elements of ā, and the outputs.
  public var shape: MatrixShape {
    let shape = weights.matrixShape!
    let (inputs, outputs) =
      rowsAreOutputs ? (shape.columns, shape.rows) : (shape.rows, shape.columns)
    return MatrixShape(rows: bias == nil ? inputs : inputs + 1, columns: outputs)
  }
}

/// The second moments of what goes into a layer and of what comes back to it; the lower triangles count.
public struct LayerMoments<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// A = E[āāᵀ].
  public var inputs: Matrix<Scalar>
  /// G = E[ggᵀ].
  public var outputs: Matrix<Scalar>

  /// Zeros, for a layer of this shape.
  public init(_ shape: MatrixShape) {
    inputs = Matrix(zeros: shape.rows, shape.rows)
    outputs = Matrix(zeros: shape.columns, shape.columns)
  }
}

extension Oracle where Problem: KroneckerFactoredObjective {
  /// The second moments of each layer, charged as a gradient and with what the solver is about to do with them.
  @inlinable public mutating func secondMoments(
    of layers: [LinearLayer], at x: Vector<Scalar>, labels: FisherLabels,
    from generator: inout RandomGenerator, into moments: inout [LayerMoments<Scalar>],
    besides: Ledger = Ledger()
  ) throws(Halt) {
    try pay(problem.charge(for: .gradient, dimension: x.count) + besides)
    defer {
      if moments.count != layers.count { moments = layers.map { LayerMoments($0.shape) } }
      for (i, layer) in layers.enumerated() {
        let shape = layer.shape
        check(&moments[i].inputs, shape.rows, shape.rows, .gradient)
        check(&moments[i].outputs, shape.columns, shape.columns, .gradient)
      }
    }
    do {
      try problem.secondMoments(at: x, labels: labels, from: &generator, into: &moments)
    } catch { throw .failed(error) }
  }
}
