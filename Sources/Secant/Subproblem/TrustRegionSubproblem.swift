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

/// A way that factorises B + αI for one α or several, and is charged for each.
public protocol FactorisingSubproblem<Model>: TrustRegionSubproblem where Model: DenseTrustRegionModel {
  /// The subproblem alone, for any g and any symmetric B, of which the lower triangle counts; `charge` is called before
  /// each factorisation.
  func solve<Failure: Error>(
    _ p: inout Vector<Model.Problem.Scalar>, gradient g: Vector<Model.Problem.Scalar>,
    within Δ: Model.Problem.Scalar, _ memory: inout Memory, matrix B: Matrix<Model.Problem.Scalar>,
    charge: () throws(Failure) -> Void
  ) throws(Failure) -> ModelStep<Model.Problem.Scalar>
}

extension FactorisingSubproblem {
  public typealias Scalar = Model.Problem.Scalar

  @inlinable public func solve(
    _ p: inout Vector<Scalar>, from current: Iterate<Scalar>, within radius: Scalar, _ memory: inout Memory,
    model: Model, _ modelMemory: inout Model.Memory, asking oracle: inout Oracle<Model.Problem>
  ) throws(Halt<Model.Problem.Failure>) -> ModelStep<Scalar> {
    let flops = Double(Cholesky<Scalar>.flops(p.count))
    return try solve(
      &p, gradient: current.gradient, within: radius, &memory, matrix: model.matrix(modelMemory)
    ) { () throws(Halt<Model.Problem.Failure>) in try oracle.chargeFactorisation(flops: flops) }
  }

  /// The subproblem alone, for any g and any symmetric B, of which the lower triangle counts.
  @inlinable public func solve(
    _ p: inout Vector<Scalar>, gradient g: Vector<Scalar>, within Δ: Scalar, _ memory: inout Memory,
    matrix B: Matrix<Scalar>
  ) -> ModelStep<Scalar> {
    solve(&p, gradient: g, within: Δ, &memory, matrix: B) { () throws(Never) in }
  }
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
