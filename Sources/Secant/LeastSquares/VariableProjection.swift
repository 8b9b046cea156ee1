/// A model that is linear in some of its parameters: y ≈ Φ(α)c, as a sum of exponentials or of peaks is in its heights.
///
/// Only α needs a start. ``VariableProjection`` makes a problem in α alone of it.
public protocol SeparableResiduals<Scalar> {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar

  /// q, the number of parameters α that enter nonlinearly.
  var nonlinearCount: Int { get }
  /// p, the number of parameters c that enter linearly.
  var linearCount: Int { get }
  /// y, the m observations.
  var observations: Vector<Scalar> { get }

  /// Φ(α), written into every element of the m × p matrix `basis`.
  func basis(at α: Vector<Scalar>, into basis: inout Matrix<Scalar>)

  /// Φ(α), and ∂Φ/∂α written into every element of the m × pq matrix `derivatives`: column kp + j is ∂φⱼ/∂αₖ.
  func basisAndDerivatives(
    at α: Vector<Scalar>, into basis: inout Matrix<Scalar>, _ derivatives: inout Matrix<Scalar>
  )
}

/// Variable projection: the linear parameters of a separable model follow from the others, and least squares has α alone
/// to find.
///
/// r(α) = Φc − y with c(α) = Φ⁺y, so that ½‖r‖² is what is left when the best c has been taken for each α. With
/// P = I − ΦΦ⁺ and Dₖ = ∂Φ/∂αₖ
///
/// ∂r/∂αₖ = PDₖc − (Φ⁺)ᵀDₖᵀr,
///
/// of which Kaufman's simplification leaves the second term out: it is orthogonal to the first and to r, so that ∇f stays
/// exact, and small where the residuals are. ``linearParameters(at:)`` gives c at the end:
///
/// ```swift
/// let problem = VariableProjection(model)
/// let outcome = minimize(problem, from: α, using: .levenbergMarquardt())
/// print(outcome.point, problem.linearParameters(at: outcome.point))
/// ```
///
/// Columns of Φ that depend on each other are met by pivots: their c is the basic one.
///
/// - **Demands**: ``SeparableResiduals``.
/// - **Memory**: m(2p + pq), allocated in each evaluation.
/// - **Work**: 2p²(m − p/3) flops for the residuals; 2mpq more for the Jacobian, and 8mp for each k.
/// - **Guarantees**: the minima are those of the whole problem, and fewer steps lead there; where the residuals are small,
///   Gauss–Newton in α converges as fast as in all parameters, or faster.
/// - **Reference**: Golub and Pereyra, *SIAM J. Numer. Anal.* 10 (1973) 413–432; Kaufman, *BIT* 15 (1975) 49–57; Golub and
///   Pereyra, *Inverse Problems* 19 (2003) R1–R26.
///
/// | paper | here |
/// | --- | --- |
/// | Φ, a | `basis`, c |
/// | P_Φ^⊥ | `PivotedQR.projectOut` |
/// | D | `derivatives` |
public struct VariableProjection<Model: SeparableResiduals>: ResidualObjective {
  public typealias Scalar = Model.Scalar

  /// Φ and y.
  public var model: Model
  /// Whether the second term of the Jacobian is left out.
  public var isSimplified: Bool

  /// - Parameters:
  ///   - model: Φ and y.
  ///   - isSimplified: whether the second term of the Jacobian is left out, after Kaufman.
  @inlinable public init(_ model: Model, isSimplified: Bool = false) {
    self.model = model
    self.isSimplified = isSimplified
  }

  @inlinable public var dimension: Int? { model.nonlinearCount }
  @inlinable public var residualCount: Int { model.observations.count }

  @inlinable public func residuals(at α: Vector<Scalar>, into residuals: inout Vector<Scalar>) {
    var projection = Projection(model)
    model.basis(at: α, into: &projection.basis)
    projection.solve(for: model.observations, residuals: &residuals)
  }

  @inlinable public func residualsAndJacobian(
    at α: Vector<Scalar>, into residuals: inout Vector<Scalar>, _ jacobian: inout Matrix<Scalar>
  ) {
    var projection = Projection(model)
    var derivatives = Matrix<Scalar>(zeros: residualCount, model.linearCount * α.count)
    model.basisAndDerivatives(at: α, into: &projection.basis, &derivatives)
    projection.solve(for: model.observations, residuals: &residuals)
    projection.differentiate(derivatives, residuals, into: &jacobian, isSimplified: isSimplified)
  }

  /// c at α.
  @inlinable public func linearParameters(at α: Vector<Scalar>) -> Vector<Scalar> {
    var projection = Projection(model)
    var residuals = model.observations
    model.basis(at: α, into: &projection.basis)
    projection.solve(for: model.observations, residuals: &residuals)
    return projection.c
  }

  public var complaint: String? {
    let (m, p, q) = (residualCount, model.linearCount, model.nonlinearCount)
    return p >= 1 && p <= m
      ? nil
      : "The model has \(p) linear parameters and \(q) others for \(m) observations; give at least one linear"
        + " parameter and as many observations as there are of these."
  }
}

extension VariableProjection: Sendable where Model: Sendable {}

/// Φ, factored, with what follows from it.
@usableFromInline struct Projection<Scalar: LAPACKScalar> {
  @usableFromInline var basis: Matrix<Scalar>
  @usableFromInline var c: Vector<Scalar>
  private var norms: Vector<Scalar>
  private var qr: PivotedQR<Scalar>

  @usableFromInline init(_ model: some SeparableResiduals<Scalar>) {
    let (m, p) = (model.observations.count, model.linearCount)
    basis = Matrix(zeros: m, p)
    c = Vector(zeros: p)
    norms = Vector(zeros: p)
    qr = PivotedQR(rows: m, columns: p)
  }

  /// c ← Φ⁺y and r ← Φc − y, which is −Py; not a number where Φ is not.
  @usableFromInline mutating func solve(for y: Vector<Scalar>, residuals r: inout Vector<Scalar>) {
    for j in c.indices {
      let norm = basis.norm(ofColumn: j)
      norms[j] = norm > 0 ? norm : 1
    }
    guard qr.factor(basis, dividingColumnsBy: norms) == nil else {
      c.fill(with: .nan)
      return r.fill(with: .nan)
    }
    r.copy(y)
    qr.solve(&r, into: &c)
    c.divide(by: norms)
    // r holds Qᵀy: what lies beyond the rank is the residual.
    for i in 0..<qr.rank { r[i] = 0 }
    qr.apply(&r)
    r.negate()
  }

  /// ∂r/∂αₖ into column k.
  @usableFromInline mutating func differentiate(
    _ D: Matrix<Scalar>, _ r: Vector<Scalar>, into J: inout Matrix<Scalar>, isSimplified: Bool
  ) {
    let p = c.count
    guard qr.isFactored, D.rows == r.count, D.columns == p * J.columns, D.isFinite else {
      return J.fill(with: .nan)
    }
    var (column, w, second) = (r, c, r)
    for k in 0..<J.columns {
      column.fill(with: 0)
      w.fill(with: 0)
      for j in 0..<p {
        for i in r.indices {
          column[i] += D[i, k * p + j] * c[j]
          w[j] += D[i, k * p + j] * r[i]
        }
      }
      qr.projectOut(&column)
      if !isSimplified {
        w.divide(by: norms)
        qr.solveTransposed(w, into: &second)
        column.add(second, times: -1)
      }
      J.setColumn(k, to: column, times: 1)
    }
  }
}
