public import SecantLinearAlgebra

/// The diagonal of the Gauss–Newton matrix from one gradient with labels that the model draws itself.
///
/// d = B ĝ ⊙ ĝ, where ĝ is the gradient of the batch's mean loss over B terms, each label drawn from the distribution
/// that the model gives it now. Bartlett's identities make the gradients of such labels independent with mean zero and
/// their squares the Fisher information, which is the Gauss–Newton matrix of a likelihood. With the *data's* labels in
/// their place d is no curvature.
///
/// - **Demands**: ``SampledLabelObjective``.
/// - **Memory**: none.
/// - **Work per step**: one gradient and O(n) a draw.
/// - **Guarantees**: unbiased for the data's part of the Gauss–Newton matrix, never negative; what all terms share, a
///   regulariser, is not in it. Of linear logistic and softmax models the matrix is the Hessian.
/// - **Reference**: Liu, Li, Hall, Liang and Ma, ICLR 2024 (2305.14342), Algorithm 2; Bartlett, *Biometrika* 40 (1953).
public struct GaussNewtonBartlett<Problem: SampledLabelObjective>: DiagonalEstimator {
  /// The seed of the labels: the same seed and draw give the same labels.
  public var seed: UInt64

  @inlinable public init(seed: UInt64 = 0) { self.seed = seed }

  @inlinable public func estimate(
    into diagonal: inout Vector<Problem.Scalar>, at x: Vector<Problem.Scalar>, draw: Int,
    _: inout Stateless, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) {
    var generator = RandomGenerator(seed: seed, stream: UInt64(truncatingIfNeeded: draw))
    try oracle.gradientOfSampledLabels(at: x, from: &generator, into: &diagonal)
    let count = oracle.problem.batch.count(of: oracle.problem.termCount)
    for i in diagonal.indices { diagonal[i] *= diagonal[i] * Problem.Scalar(count) }
  }
}
