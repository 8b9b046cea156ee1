/// A real function of a vector.
///
/// The protocols of this file are the capabilities a problem can have; a solver names the ones it demands on its
/// own `Problem` type, so a pairing that makes no sense does not compile. A problem is pure: the same point gives
/// the same answer, and every count and cache lives in the ``Oracle`` and the ``State``.
///
/// | capability | what it answers |
/// | --- | --- |
/// | ``Objective`` | f(x) |
/// | ``DifferentiableObjective`` | f(x) and ∇f(x), in one evaluation |
/// | ``HessianVectorObjective`` | ∇²f(x) v |
/// | ``TwiceDifferentiableObjective`` | ∇²f(x), dense |
/// | ``FiniteSumObjective`` | the same function over some of its terms |
/// | ``SampledLabelObjective`` | a gradient with labels that the model draws |
/// | ``FisherVectorObjective`` | F(x) v with the Fisher information F |
/// | ``KroneckerFactoredObjective`` | the second moments of what goes into a layer and comes back |
/// | ``BlockStructured`` | which elements of x form which matrix or vector |
/// | ``BoundedObjective`` | between which bounds x may lie |
public protocol Objective<Scalar> {
  /// `Float` or `Double`: of the point, the value and every derivative.
  associatedtype Scalar: LAPACKScalar
  /// The error that an evaluation can throw: `Never` for a plain formula, something else for, say, a simulator.
  associatedtype Failure: Error = Never
  /// Where x may lie. A solver for `WholeSpace` does not compile on a problem that has any other domain.
  associatedtype Domain = WholeSpace

  /// f(x).
  func value(at x: Vector<Scalar>) throws(Failure) -> Scalar

  /// The number of variables, or nil when any number will do.
  var dimension: Int? { get }

  /// The first-order measure of optimality: zero exactly at a stationary point, NaN where the gradient is.
  ///
  /// For ``WholeSpace`` it is ‖∇f‖∞; for a domain with bounds it is that of the projected gradient.
  func stationarity(of gradient: Vector<Scalar>, at point: Vector<Scalar>) -> Scalar

  /// Moves a point into the domain, to its nearest: where a run starts that was given a point outside. Nothing
  /// happens to a point inside, and in ``WholeSpace`` every one is.
  func project(_ point: inout Vector<Scalar>)

  /// A sentence about what makes no sense in the problem itself, such as bounds that cross, or nil.
  var complaint: String? { get }

  /// What one evaluation costs in the currencies of the ledger.
  ///
  /// By default one evaluation of its kind and one pass over the data. A wrapper that derives a capability, such
  /// as ``FiniteDifferenceGradient``, charges the evaluations that it really makes.
  func charge(for evaluation: Evaluation, dimension: Int) -> Ledger
}

extension Objective {
  @inlinable public var dimension: Int? { nil }

  @inlinable public var complaint: String? { nil }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    Ledger(evaluation)
  }
}

extension Objective where Domain == WholeSpace {
  @inlinable public func stationarity(of gradient: Vector<Scalar>, at _: Vector<Scalar>) -> Scalar {
    gradient.largestMagnitude
  }

  @inlinable public func project(_: inout Vector<Scalar>) {}
}

/// A function whose value and gradient come from one evaluation.
///
/// Only ``valueAndGradient(at:into:)`` has to be written; `value(at:)` follows from it, at the price of a gradient, and
/// is worth writing too where a value alone is much cheaper. The ledger counts questions: the default is charged as a
/// value. No solver of this package asks for values alone; the checks at the end of a run do.
public protocol DifferentiableObjective<Scalar>: Objective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// f(x), with ∇f(x) written into every element of `gradient`.
  func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar
}

extension DifferentiableObjective {
  /// The value by way of the gradient: one allocation of n, and charged as a value.
  @inlinable public func value(at x: Vector<Scalar>) throws(Failure) -> Scalar {
    var unused = Vector<Scalar>(zeros: x.count)
    return try valueAndGradient(at: x, into: &unused)
  }
}

/// A function whose Hessian can be applied to a vector: the second-order primitive. Newton-CG, Steihaug–Toint,
/// Lanczos and Hutchinson's estimator need no more.
public protocol HessianVectorObjective<Scalar>: DifferentiableObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// ∇²f(x) v, written into every element of `product`.
  func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Failure)
}

/// A function whose Hessian can be had as a dense symmetric matrix.
///
/// Its products with vectors follow from the matrix, but each evaluates it anew and is charged as a product, for the
/// ledger counts questions. Where the prices of methods are compared, or n is large, write
/// `hessian(times:at:into:)` too, or say in ``Objective/charge(for:dimension:)`` that a product costs a Hessian.
public protocol TwiceDifferentiableObjective<Scalar>: HessianVectorObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// ∇²f(x), both triangles written.
  func hessian(at x: Vector<Scalar>, into hessian: inout Matrix<Scalar>) throws(Failure)
}

extension TwiceDifferentiableObjective {
  /// The product by way of the dense matrix: exact, but each evaluates a whole Hessian and allocates n² elements, and
  /// it is charged as one product. Write your own where there is a cheaper one.
  @inlinable public func hessian(
    times v: Vector<Scalar>, at x: Vector<Scalar>, into product: inout Vector<Scalar>
  ) throws(Failure) {
    var dense = Matrix<Scalar>(zeros: x.count, x.count)
    try hessian(at: x, into: &dense)
    // A matrix that was replaced by another of another size has no product, which whoever asked has to be told.
    guard dense.rows == x.count, dense.columns == x.count else { return product = [] }
    dense.multiply(v, into: &product)
  }
}

/// A mean of many terms that can be restricted to some of them: f(x) = (1/|B|) Σ_{i∈B} f_i(x) (+ what all terms
/// share, such as a regulariser).
///
/// A mini-batch is the same problem type with another ``batch``, sharing its data: full-batch Newton and
/// mini-batch Adam stand in one array of solvers.
public protocol FiniteSumObjective<Scalar>: DifferentiableObjective {
  associatedtype Scalar
  associatedtype Failure = Never
  associatedtype Domain = WholeSpace

  /// The number of terms of the whole sum.
  var termCount: Int { get }

  /// The terms that the objective is the mean of now; a new problem has ``Batch/all``.
  var batch: Batch { get set }

  // Said again, so that a type that names this protocol alone is understood.
  func valueAndGradient(
    at x: Vector<Scalar>, into gradient: inout Vector<Scalar>
  ) throws(Failure) -> Scalar
}

extension FiniteSumObjective {
  /// One evaluation of its kind, and the part of the data that the batch touches.
  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    var charge = Ledger(evaluation)
    charge.passes = Double(batch.count(of: termCount)) / Double(Swift.max(termCount, 1))
    return charge
  }

  /// This problem over the given terms only.
  @inlinable public func restricted(to batch: Batch) -> Self {
    var restricted = self
    restricted.batch = batch
    return restricted
  }
}

/// A problem that says which elements of its vector form which matrix or vector, and what each is for.
///
/// Which block is a matrix is declared, never guessed from a shape or a name.
public protocol BlockStructured {
  /// The blocks, in the order in which they stand in x.
  var layout: Layout { get }
}

extension Objective where Self: BlockStructured {
  /// As many variables as the layout has elements.
  @inlinable public var dimension: Int? { layout.count }
}

/// The kinds of evaluation that a problem can be asked for: what ``Objective/charge(for:dimension:)`` puts a price on.
///
/// A `gradient` is the fused evaluation of value and gradient, a `value` one without the gradient.
public enum Evaluation: String, Sendable, Codable, CaseIterable {
  case value, gradient, hessianVectorProduct, hessian, residual, jacobian
}
