/// A sum of squares with a weight for each: f = cΣ wᵢrᵢ², the residuals √wᵢ rᵢ.
///
/// With wᵢ = 1/σᵢ², σᵢ the standard error of an observation, this is its likelihood.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: m.
/// - **Work**: mn beyond the Jacobian.
public struct WeightedResiduals<Base: ResidualObjective>: ResidualObjective where Base.Domain == WholeSpace {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = WholeSpace

  /// The problem in which all residuals count alike.
  public var base: Base
  /// w, zero or more.
  public let weights: Vector<Scalar>
  @usableFromInline let roots: Vector<Scalar>

  @inlinable public init(_ base: Base, by weights: Vector<Scalar>) {
    self.base = base
    self.weights = weights
    roots = Vector(weights.map { $0.squareRoot() })
  }

  @inlinable public var dimension: Int? { base.dimension }
  @inlinable public var residualCount: Int { base.residualCount }
  @inlinable public var residualScale: Scalar { base.residualScale }
  @inlinable public var jacobianError: Scalar { base.jacobianError }
  @inlinable public var residualWeight: Scalar { base.residualWeight }

  @inlinable public func residuals(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>
  ) throws(Failure) {
    try base.residuals(at: x, into: &residuals)
    if residuals.count == roots.count { residuals.multiply(by: roots) }
  }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) {
    try base.residualsAndJacobian(at: x, into: &residuals, &jacobian)
    guard residuals.count == roots.count else { return }
    jacobian.mapRows(of: &residuals) { i, r in (roots[i] * r, roots[i]) }
  }

  public var complaint: String? {
    if weights.count != residualCount {
      return "There are \(weights.count) weights for \(residualCount) residuals; give one for each."
    }
    if let i = weights.firstIndex(where: { !($0 >= 0 && $0.isFinite) }) {
      return "Weight \(i) is \(weights[i]): give finite numbers that are zero or more."
    }
    return base.complaint
  }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    base.charge(for: evaluation, dimension: dimension)
  }
}

extension WeightedResiduals: Sendable where Base: Sendable {}

extension ResidualObjective where Domain == WholeSpace {
  /// This problem with a weight for each squared residual: see ``WeightedResiduals``.
  @inlinable public func weighted(by weights: Vector<Scalar>) -> WeightedResiduals<Self> {
    WeightedResiduals(self, by: weights)
  }
}
