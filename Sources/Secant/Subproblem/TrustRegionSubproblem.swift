/// The quadratic that a trust-region method believes in: m(p) = f + gᵀp + ½pᵀBp. A model says what B is.
///
/// ``HessianModel`` multiplies by the Hessian, ``DenseHessianModel`` keeps it as a matrix; a quasi-Newton model learns
/// from the pair between `current` and `other`, which after a rejection is the rejected trial point.
public protocol TrustRegionModel<Problem>: Sendable {
  /// The problems that it models; bounds are the solver's concern.
  associatedtype Problem: DifferentiableObjective
  /// What it remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Prepares B for a step from `current`.
  ///
  /// `current` is the point to leave, evaluated; `other` the point before it, or the trial point that was rejected,
  /// not evaluated on the first step. `hasMoved` says whether `current` is another point than the last time: it is
  /// false after a rejection, where B need not be made anew.
  func prepare(
    at current: Iterate<Problem.Scalar>, beside other: Iterate<Problem.Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// B v, written into every element of `product`.
  func multiply(
    _ v: Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    into product: inout Vector<Problem.Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// See ``Solver/curvature(at:asking:)``.
  func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

/// A model whose B can be had as a matrix: what a subproblem that factorises demands.
public protocol DenseTrustRegionModel<Problem>: TrustRegionModel {
  /// B, of which the lower triangle counts.
  func matrix(_ memory: Memory) -> Matrix<Problem.Scalar>
}

extension TrustRegionModel {
  @inlinable public var complaint: String? { nil }

  @inlinable public func curvature(
    at _: Iterate<Problem.Scalar>, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> { .unknown }
}

extension TrustRegionModel where Memory == Stateless {
  @inlinable public func allocate(_: Int, for _: Problem) -> Stateless { Stateless() }
}

/// A way to lower m(p) = gᵀp + ½pᵀBp within ‖p‖ ≤ Δ. What it demands of B is a constraint on its `Model`.
public protocol TrustRegionSubproblem<Model>: Sendable {
  /// The models that it can lower.
  associatedtype Model: TrustRegionModel
  /// What it remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int) -> Memory

  /// Writes the step into `p`, and says what the model promises of it.
  ///
  /// Convergence of the trust region rests on a promise of at least a fixed part of the Cauchy point's.
  func solve(
    _ p: inout Vector<Model.Problem.Scalar>, from current: Iterate<Model.Problem.Scalar>,
    within radius: Model.Problem.Scalar, _ memory: inout Memory,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Model.Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension TrustRegionSubproblem {
  @inlinable public var complaint: String? { nil }
}

extension TrustRegionSubproblem where Memory == Stateless {
  @inlinable public func allocate(_: Int) -> Stateless { Stateless() }
}

/// What a subproblem's step amounts to.
public struct ModelStep<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// m(0) − m(p), added up without cancellation; NaN when the model is not finite.
  public var decrease: Scalar
  /// ‖p‖, in the norm that the subproblem measures its radius with.
  public var length: Scalar
  /// Whether the radius, and not the model, ended the step.
  public var isOnBoundary: Bool

  @inlinable public init(decrease: Scalar, length: Scalar, isOnBoundary: Bool) {
    self.decrease = decrease
    self.length = length
    self.isOnBoundary = isOnBoundary
  }
}
