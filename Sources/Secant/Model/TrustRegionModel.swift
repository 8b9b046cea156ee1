/// The quadratic that a trust-region method believes in: m(p) = f + gᵀp + ½pᵀBp. A model says what B is.
///
/// ``HessianModel`` multiplies by the Hessian, ``DenseHessianModel`` keeps it as a matrix; a quasi-Newton model learns
/// from the pair between `current` and `other`, which after a rejection is the rejected trial point; a ``ScaledModel``
/// measures the radius in a norm of its own.
public protocol TrustRegionModel<Problem>: Sendable {
  /// The problems that it models; bounds are the solver's concern.
  associatedtype Problem: DifferentiableObjective
  /// What it remembers between steps.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate(_ dimension: Int, for problem: Problem) -> Memory

  /// Evaluates a point that the solver goes to or tries: f and ∇f, and what else the model can keep of it.
  ///
  /// By default it is f and ∇f. A model that sees more of the problem, such as residuals and their Jacobian, takes f and
  /// ∇f from there; what it keeps is that of the last point asked for, and B is the current one's all the while.
  func evaluate(
    _ iterate: inout Iterate<Problem.Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// The criterion that holds at the current point, which was the last one evaluated: see
  /// ``Solver/criterion(in:_:)``.
  func criterion(
    at current: Iterate<Problem.Scalar>, _ watch: Watch<Problem.Scalar>, _ memory: Memory,
    _ convergence: Convergence<Problem.Scalar>
  ) -> Criterion<Problem.Scalar>?

  /// Prepares B for a step from `current`.
  ///
  /// `current` is the point to leave, evaluated; `other` the point before it, or the trial point that was rejected,
  /// not evaluated on the first step. `hasMoved` says whether `current` is another point than the last time: it is
  /// false after a rejection, where B need not be made anew. Between two calls at most one trial point was
  /// evaluated, so that no pair is seen twice.
  func prepare(
    at current: Iterate<Problem.Scalar>, beside other: Iterate<Problem.Scalar>, hasMoved: Bool,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// B v, written into every element of `product`.
  func multiply(
    _ v: Vector<Problem.Scalar>, at current: Iterate<Problem.Scalar>,
    into product: inout Vector<Problem.Scalar>, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>)

  /// B as a matrix, of which the lower triangle counts, where the model has one: nil but for a
  /// ``DenseTrustRegionModel``.
  func matrixIfDense(_ memory: Memory) -> Matrix<Problem.Scalar>?

  /// The diagonal of D where the radius bounds ‖Dp‖ (``ScaledModel``), nil where it bounds ‖p‖.
  ///
  /// With D the model speaks of Dp: it multiplies by D⁻¹BD⁻¹, and the solver scales the gradient.
  func scaling(_ memory: Memory) -> Vector<Problem.Scalar>?

  /// See ``Solver/comparesGradients``: true for a quasi-Newton model.
  var comparesGradients: Bool { get }

  /// See ``Solver/curvature(at:asking:)``.
  func curvature(
    at iterate: Iterate<Problem.Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar>

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }

  /// See ``Solver/complaint(inDimension:)``.
  func complaint(inDimension n: Int) -> String?
}

/// A model whose B can be had as a matrix: what a subproblem that factorises demands.
public protocol DenseTrustRegionModel<Problem>: TrustRegionModel {
  /// B, of which the lower triangle counts.
  func matrix(_ memory: Memory) -> Matrix<Problem.Scalar>

  /// Where m is least, for a model that knows it better than a factorisation of B would, such as from the factors of a
  /// Jacobian: nil unless a model says otherwise.
  func minimizer(_ memory: Memory) -> ModelMinimizer<Problem.Scalar>?
}

/// Where a convex model is least, and what it falls by there.
public struct ModelMinimizer<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// p = −B⁻¹g, or any other p with Bp = −g.
  public var step: Vector<Scalar>
  /// m(0) − m(p); NaN where the model is not finite.
  public var decrease: Scalar = 0

  @usableFromInline init(dimension: Int) { step = Vector(zeros: dimension) }

  private enum CodingKeys: CodingKey { case step, decrease }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    step = try container.decode(Vector<Scalar>.self, forKey: .step)
    decrease = try container.decode(Vector<Scalar>.self, forKey: .decrease).first ?? .nan
  }

  /// The decrease may be NaN, which a vector encodes in every format and a number does not.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(step, forKey: .step)
    try container.encode([decrease] as Vector, forKey: .decrease)
  }
}

extension DenseTrustRegionModel {
  @inlinable public func minimizer(_: Memory) -> ModelMinimizer<Problem.Scalar>? { nil }

  @inlinable public func matrixIfDense(_ memory: Memory) -> Matrix<Problem.Scalar>? { matrix(memory) }
}

extension TrustRegionModel {
  @inlinable public func evaluate(
    _ iterate: inout Iterate<Problem.Scalar>, _: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) { try oracle.evaluate(&iterate) }

  @inlinable public func criterion(
    at current: Iterate<Problem.Scalar>, _ watch: Watch<Problem.Scalar>, _: Memory,
    _ convergence: Convergence<Problem.Scalar>
  ) -> Criterion<Problem.Scalar>? { convergence.criterion(watch, current.gradient) }

  @inlinable public var complaint: String? { nil }

  @inlinable public func complaint(inDimension _: Int) -> String? { nil }

  @inlinable public var comparesGradients: Bool { false }

  @inlinable public func matrixIfDense(_: Memory) -> Matrix<Problem.Scalar>? { nil }

  @inlinable public func scaling(_: Memory) -> Vector<Problem.Scalar>? { nil }

  @inlinable public func curvature(
    at _: Iterate<Problem.Scalar>, asking _: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Problem.Scalar> { .unknown }
}

extension TrustRegionModel where Memory == Stateless {
  @inlinable public func allocate(_: Int, for _: Problem) -> Stateless { Stateless() }
}
