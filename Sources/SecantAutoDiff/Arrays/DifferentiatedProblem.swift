public import Secant

/// A problem of a type of its own that is written in matrices: it names its ``DifferentiatedFiniteSum`` and answers what
/// that answers.
///
/// ```swift
/// struct Autoencoder: DifferentiatedProblem {
///   var sum: DifferentiatedFiniteSum<Float>
/// }
/// ```
public protocol DifferentiatedProblem<Scalar>: TwiceDifferentiableObjective, FiniteSumObjective,
  BlockStructured, Sendable
where Failure == Never, Domain == WholeSpace {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The objective, with the batch that it is the mean of now.
  var sum: DifferentiatedFiniteSum<Scalar> { get set }
}

extension DifferentiatedProblem {
  public var layout: Layout { sum.layout }
  public var termCount: Int { sum.termCount }
  public var batch: Batch {
    get { sum.batch }
    set { sum.batch = newValue }
  }

  public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    sum.charge(for: evaluation, dimension: dimension)
  }

  public func value(at x: Vector<Scalar>) -> Scalar { sum.value(at: x) }

  public func valueAndGradient(at x: Vector<Scalar>, into gradient: inout Vector<Scalar>) -> Scalar {
    sum.valueAndGradient(at: x, into: &gradient)
  }

  public func hessian(times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>) {
    sum.hessian(times: v, at: x, into: &product)
  }

  public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) {
    sum.hessian(at: x, into: &hessian)
  }
}
