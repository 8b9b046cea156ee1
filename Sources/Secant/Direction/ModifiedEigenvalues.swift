/// The Hessian with its eigenvalues made positive: saddle-free Newton.
///
/// H + E = V diag(max(|λᵢ|, δ)) Vᵀ, or with max(λᵢ, δ), δ a part of the largest |λ|. With magnitudes the step goes
/// away from a saddle as far as it would go towards a minimum of the same curvature.
///
/// - **Demands**: a finite Hessian.
/// - **Memory**: 3n².
/// - **Work per step**: an eigendecomposition, nominally 9n³ flops, where the Hessian is not positive definite.
/// - **Guarantees**: H + E is positive definite with the condition 1/δ at most; with max(λ, δ) no E of smaller norm
///   gives a least eigenvalue of δ.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 3.4; Dauphin et al., *Identifying
///   and attacking the saddle point problem in high-dimensional non-convex optimization*, 2014.
public struct ModifiedEigenvalues<Scalar: LAPACKScalar>: HessianModification, Equatable {
  /// δ as a part of the largest |λ|.
  public var least: Scalar
  /// Whether a negative eigenvalue becomes its magnitude; otherwise δ.
  public var takesMagnitudes: Bool

  @inlinable public init(least: Scalar? = nil, takesMagnitudes: Bool = true) {
    self.least = least ?? Scalar.ulpOfOne.squareRoot()
    self.takesMagnitudes = takesMagnitudes
  }

  /// Room for V, λ and what LAPACK needs to find them.
  public struct Factor: Workspace {
    /// The decomposition of H.
    public var eigen: SymmetricEigen<Scalar>
    @usableFromInline var scratch: Vector<Scalar>

    public init(shape: MatrixShape) {
      eigen = SymmetricEigen(shape: shape)
      scratch = Vector(zeros: shape.rows)
    }

    public var shape: MatrixShape { eigen.shape }
  }

  @inlinable public func allocate(_ dimension: Int) -> Factor {
    Factor(shape: MatrixShape(square: dimension))
  }

  @inlinable public func factor<Problem>(
    _ hessian: Matrix<Scalar>, into factor: inout Factor, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool {
    try oracle.chargeFactorisation(flops: Double(SymmetricEigen<Scalar>.flops(hessian.rows)))
    return factor.eigen.factor(hessian) == nil
  }

  @inlinable public func solve(_ b: inout Vector<Scalar>, with factor: inout Factor) {
    let values = factor.eigen.values
    // In order, so that the first or the last is the largest.
    let largest = Swift.max(abs(values[0]), abs(values[values.count - 1]))
    let δ = largest > 0 ? Swift.max(least * largest, .leastNormalMagnitude) : 1
    factor.eigen.solve(&b, using: &factor.scratch) { λ in Swift.max(takesMagnitudes ? abs(λ) : λ, δ) }
  }

  public var complaint: String? {
    complaintAboutScale("least (δ)", least, suggesting: "1e-8")
  }
}
