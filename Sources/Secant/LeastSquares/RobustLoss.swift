internal import RealModule

/// How much a residual counts that lies beyond a scale C: less than its square, so that outliers do not draw the answer.
///
/// The sum is cΣ C²ρ(rᵢ²/C²), with ρ(z) ≈ z for small z:
///
/// | loss | ρ(z) | far out |
/// | --- | --- | --- |
/// | `huber` | z up to 1, then 2√z − 1 | as \|r\| |
/// | `softL1` | 2(√(1 + z) − 1) | as \|r\|, smooth |
/// | `cauchy` | ln(1 + z) | as ln \|r\|: outliers count for little |
/// | `arctan` | arctan z | is bounded: outliers count for nothing |
///
/// The first two are convex in r; under the others a start that is far can lead to a local minimum.
///
/// - **Reference**: Huber, *Ann. Math. Stat.* 35 (1964) 73–101; Triggs et al., *Bundle adjustment — a modern synthesis*
///   (2000), section 3; the formulas are those of SciPy's `least_squares`.
public struct RobustLoss<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// ρ.
  public enum Shape: String, Sendable, Codable, CaseIterable {
    case huber, softL1, cauchy, arctan
  }

  /// ρ.
  public var shape: Shape
  /// C, in the units of the residuals: about the size of an ordinary one.
  public var scale: Scalar

  @inlinable public init(_ shape: Shape, scale: Scalar) {
    self.shape = shape
    self.scale = scale
  }

  @inlinable public static func huber(scale: Scalar) -> Self { Self(.huber, scale: scale) }
  @inlinable public static func softL1(scale: Scalar) -> Self { Self(.softL1, scale: scale) }
  @inlinable public static func cauchy(scale: Scalar) -> Self { Self(.cauchy, scale: scale) }
  @inlinable public static func arctan(scale: Scalar) -> Self { Self(.arctan, scale: scale) }

  /// s = sign(r) C√ρ(r²/C²), whose square is the loss, and ds/dr.
  ///
  /// With t = |r|/C, ds/dr = ρ′(t²) t/√ρ(t²), which tends to 1 for small t. No square overflows.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func callAsFunction(_ r: Scalar) -> (residual: Scalar, slope: Scalar) {
    let t = abs(r) / scale
    let root: Scalar
    var slope: Scalar
    switch shape {
    case .huber:
      if t <= 1 { return (r, 1) }
      root = (2 * t - 1).squareRoot()
      slope = 1 / root
    case .softL1:
      let h = Scalar.hypot(1, t)
      let w = (2 / (1 + h)).squareRoot()
      root = t * w
      slope = 1 / (h * w)
    case .cauchy:
      let z = t * t
      root = (z.isFinite ? Scalar.log(onePlus: z) : 2 * Scalar.log(t)).squareRoot()
      slope = 1 / ((1 / t + t) * root)
    case .arctan:
      let z = t * t
      root = Scalar.atan(z).squareRoot()
      slope = t / ((1 + z * z) * root)
    }
    // So near to zero the loss is the square.
    if root * root < .leastNormalMagnitude { return (r, 1) }
    return (r < 0 ? -scale * root : scale * root, slope)
  }

  var complaint: String? {
    scale > 0 && scale.isFinite
      ? nil
      : "The scale (C) of the \(shape.rawValue) loss is \(scale): choose a positive number, about the size of an"
        + " ordinary residual."
  }
}

/// A sum of squares whose residuals count by a ``RobustLoss``, itself an exact sum of squares.
///
/// sᵢ = sign(rᵢ) C√ρ(rᵢ²/C²) is as smooth as r, with ∂s/∂x = diag(ds/dr) J, so that f = c‖s‖² = cΣ C²ρ(rᵢ²/C²) and every
/// method for least squares runs on it unchanged:
///
/// ```swift
/// minimize(problem.robust(.softL1(scale: 0.1)), from: start, using: .levenbergMarquardt())
/// ```
///
/// Under ``RobustLoss/Shape/huber`` the second derivatives jump at |r| = C.
///
/// - **Demands**: ``ResidualObjective``.
/// - **Memory**: none.
/// - **Work**: mn beyond the Jacobian.
public struct RobustResiduals<Base: ResidualObjective>: ResidualObjective where Base.Domain == WholeSpace {
  public typealias Scalar = Base.Scalar
  public typealias Failure = Base.Failure
  public typealias Domain = WholeSpace

  /// The problem in which all residuals count by their squares.
  public var base: Base
  /// ρ and C.
  public var loss: RobustLoss<Scalar>

  @inlinable public init(_ base: Base, _ loss: RobustLoss<Scalar>) {
    self.base = base
    self.loss = loss
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
    residuals.withUnsafeMutableBufferPointer { r in for i in r.indices { r[i] = loss(r[i]).residual } }
  }

  @inlinable public func residualsAndJacobian(
    at x: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) throws(Failure) {
    try base.residualsAndJacobian(at: x, into: &residuals, &jacobian)
    jacobian.mapRows(of: &residuals) { loss($1) }
  }

  public var complaint: String? { loss.complaint ?? base.complaint }

  @inlinable public func charge(for evaluation: Evaluation, dimension: Int) -> Ledger {
    base.charge(for: evaluation, dimension: dimension)
  }
}

extension RobustResiduals: Sendable where Base: Sendable {}

extension ResidualObjective where Domain == WholeSpace {
  /// This problem with residuals that count by a loss, so that outliers do not draw the answer: see
  /// ``RobustResiduals``.
  @inlinable public func robust(_ loss: RobustLoss<Scalar>) -> RobustResiduals<Self> {
    RobustResiduals(self, loss)
  }
}

extension Matrix {
  /// rᵢ becomes another residual sᵢ, and row i of their Jacobian dsᵢ/drᵢ times itself; a matrix that does not fit is
  /// left to whoever asked.
  @inlinable mutating func mapRows(
    of r: inout Vector<Scalar>, by map: (Int, Scalar) -> (residual: Scalar, slope: Scalar)
  ) {
    guard r.count == rows else { return }
    let (m, n) = (rows, columns)
    withUnsafeMutableBufferPointer { J in
      r.withUnsafeMutableBufferPointer { r in
        for i in 0..<m {
          let (s, slope) = map(i, r[i])
          r[i] = s
          for j in 0..<n { J[i + j * m] *= slope }
        }
      }
    }
  }
}
