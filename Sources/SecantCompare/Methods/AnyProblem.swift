public import Secant

/// A problem whose type is forgotten. The methods of the catalogue are compiled for it, once for all problems, and what a
/// problem can answer beyond a Hessian is asked when it is there.
///
/// ```swift
/// let course = Course(AnyProblem(LogisticRegression<Double>(data)), from: start)
/// ```
///
/// - **Work per step**: a call of a closure for an evaluation, which is compiled for the problem where its own type is
///   known at the call of the initialiser.
public struct AnyProblem<Scalar: LAPACKScalar> {
  /// The terms that an evaluation sees, of a sum.
  public var batch: Batch
  @usableFromInline let answers: Answers

  /// What the problem answers, shared by its copies.
  @usableFromInline final class Answers {
    @usableFromInline let dimension: Int?
    @usableFromInline let complaint: String?
    @usableFromInline let value: (Vector<Scalar>, Batch) throws -> Scalar
    @usableFromInline let gradient: (Vector<Scalar>, Batch, inout Vector<Scalar>) throws -> Scalar
    @usableFromInline let product:
      (Vector<Scalar>, Vector<Scalar>, Batch, inout Vector<Scalar>) throws -> Void
    @usableFromInline let hessian: (Vector<Scalar>, Batch, inout Matrix<Scalar>) throws -> Void
    @usableFromInline let charge: (Evaluation, Int, Batch) -> Ledger
    /// Of a sum.
    @usableFromInline var termCount: Int?
    /// Of a problem whose variables form blocks.
    @usableFromInline var layout: Layout?
    /// Of a model that draws labels.
    @usableFromInline var sampledLabels:
      ((Vector<Scalar>, Batch, inout RandomGenerator, inout Vector<Scalar>) throws -> Void)?
    /// Of a model that is made of layers.
    @usableFromInline var layers: [LinearLayer]?
    @usableFromInline var secondMoments:
      (
        (Vector<Scalar>, Batch, FisherLabels, inout RandomGenerator, inout [LayerMoments<Scalar>]) throws ->
          Void
      )?

    /// - Parameter restrict: the problem on a batch.
    @inlinable init<P: TwiceDifferentiableObjective>(_ problem: P, restrict: @escaping (P, Batch) -> P)
    where P.Scalar == Scalar {
      dimension = problem.dimension
      complaint = problem.complaint
      value = { x, batch in try restrict(problem, batch).value(at: x) }
      gradient = { x, batch, g in try restrict(problem, batch).valueAndGradient(at: x, into: &g) }
      product = { v, x, batch, Hv in try restrict(problem, batch).hessian(times: v, at: x, into: &Hv) }
      hessian = { x, batch, H in try restrict(problem, batch).hessian(at: x, into: &H) }
      charge = { evaluation, n, batch in restrict(problem, batch).charge(for: evaluation, dimension: n) }
    }
  }

  @inlinable init(_ answers: Answers, batch: Batch = .all) {
    self.answers = answers
    self.batch = batch
  }

  @inlinable init<P: TwiceDifferentiableObjective & FiniteSumObjective>(sum problem: P)
  where P.Scalar == Scalar {
    self.init(Answers(problem) { $0.restricted(to: $1) }, batch: problem.batch)
    answers.termCount = problem.termCount
  }

  /// A problem with a Hessian.
  @inlinable public init<P: TwiceDifferentiableObjective>(_ problem: P)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(Answers(problem) { problem, _ in problem })
  }

  /// A problem with a Hessian whose variables form blocks.
  @inlinable public init<P: TwiceDifferentiableObjective & BlockStructured>(_ problem: P)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(Answers(problem) { problem, _ in problem })
    answers.layout = problem.layout
  }

  /// A mean over data.
  @inlinable public init<P: TwiceDifferentiableObjective & FiniteSumObjective>(_ problem: P)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(sum: problem)
  }

  /// A mean over data whose variables form blocks.
  @inlinable public init<P: TwiceDifferentiableObjective & FiniteSumObjective & BlockStructured>(_ problem: P)
  where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(sum: problem)
    answers.layout = problem.layout
  }

  @inlinable init<P: TwiceDifferentiableObjective & SampledLabelObjective & BlockStructured>(
    labelled problem: P
  )
  where P.Scalar == Scalar {
    self.init(sum: problem)
    answers.layout = problem.layout
    answers.sampledLabels = { x, batch, generator, g in
      try problem.restricted(to: batch).gradientOfSampledLabels(at: x, from: &generator, into: &g)
    }
  }

  /// A mean over data whose variables form blocks, of a model that draws labels.
  @inlinable public init<P: TwiceDifferentiableObjective & SampledLabelObjective & BlockStructured>(
    _ problem: P
  ) where P.Scalar == Scalar, P.Domain == WholeSpace {
    self.init(labelled: problem)
  }

  /// The same of a model that is made of layers.
  @inlinable public init<P: TwiceDifferentiableObjective & SampledLabelObjective & BlockStructured>(
    _ problem: P
  ) where P.Scalar == Scalar, P.Domain == WholeSpace, P: KroneckerFactoredObjective {
    self.init(labelled: problem)
    answers.layers = problem.layers
    answers.secondMoments = { x, batch, labels, generator, moments in
      try problem.restricted(to: batch).secondMoments(at: x, labels: labels, from: &generator, into: &moments)
    }
  }

  /// Whether it is a mean over data.
  public var isSum: Bool { answers.termCount != nil }

  /// Whether it answers what a method needs.
  public func has(_ capability: MethodDescription.Capability) -> Bool {
    switch capability {
    case .gradient, .hessianVectorProduct, .hessian: true
    case .blocks: answers.layout != nil
    case .matrixBlocks: layout.blocks.contains { $0.role == .hidden && $0.matrixShape != nil }
    case .sampledLabels: answers.sampledLabels != nil
    case .layers: answers.secondMoments != nil
    }
  }
}

extension AnyProblem: TwiceDifferentiableObjective, BlockStructured, SampledLabelObjective,
  KroneckerFactoredObjective
{
  public typealias Failure = any Error

  @inlinable public var dimension: Int? { answers.dimension }
  @inlinable public var complaint: String? { answers.complaint }
  @inlinable public var termCount: Int { answers.termCount ?? 1 }
  @inlinable public var layout: Layout { answers.layout ?? Layout() }
  @inlinable public var layers: [LinearLayer] { answers.layers ?? [] }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    answers.charge(evaluation, dimension, batch)
  }

  @inlinable public func value(at x: Vector<Scalar>) throws -> Scalar { try answers.value(x, batch) }

  @inlinable public func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws -> Scalar { try answers.gradient(x, batch, &gradient) }

  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws { try answers.product(v, x, batch, &product) }

  @inlinable public func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) throws {
    try answers.hessian(x, batch, &hessian)
  }

  /// - Precondition: the problem has ``MethodDescription/Capability/sampledLabels``.
  @inlinable public func gradientOfSampledLabels(
    at x: Vector<Scalar>, from generator: inout RandomGenerator, into gradient: inout Vector<Scalar>
  ) throws { try answers.sampledLabels!(x, batch, &generator, &gradient) }

  /// - Precondition: the problem has ``MethodDescription/Capability/layers``.
  @inlinable public func secondMoments(
    at x: Vector<Scalar>, labels: FisherLabels, from generator: inout RandomGenerator,
    into moments: inout [LayerMoments<Scalar>]
  ) throws { try answers.secondMoments!(x, batch, labels, &generator, &moments) }
}
