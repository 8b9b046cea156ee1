public import SecantLinearAlgebra

/// A mean of losses whose model says how likely each label is, and can therefore draw labels itself.
///
/// ``GaussNewtonBartlett`` needs no more to estimate curvature.
public protocol SampledLabelObjective<Scalar>: FiniteSumObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The gradient of the batch's mean loss at x, without what all terms share, where each term's label is one that the
  /// model at x draws; written into every element of `gradient`.
  func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) throws(Failure)
}

extension Oracle where Problem: SampledLabelObjective {
  /// The gradient of labels that the model draws, charged as a gradient.
  @inlinable public mutating func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) throws(Halt) {
    try pay(.gradient, x.count)
    let n = gradient.count
    defer { check(&gradient, n, .gradient) }
    do { try problem.gradientOfSampledLabels(at: x, from: &generator, into: &gradient) } catch {
      throw .failed(error)
    }
  }
}
