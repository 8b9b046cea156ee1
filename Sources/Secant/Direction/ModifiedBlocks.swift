internal import RealModule

/// The Hessian with the blocks of its Bunch–Kaufman factorisation made positive definite.
///
/// PHPᵀ = LDLᵀ with blocks of order one and two; an eigenvalue λ of D becomes max(|λ|, δ), or max(λ, δ) as in the
/// paper, with δ a part of the Hessian's largest element. The paper's choice steps g/δ far where the function curves
/// down, which a line search has to bring back; the magnitude steps as far as the same curvature upwards would.
///
/// - **Demands**: a finite Hessian.
/// - **Memory**: n², and LAPACK's work array.
/// - **Work per step**: one factorisation of n³/3 flops by LAPACK's `sytrf`, and no trial.
/// - **Guarantees**: H + E is positive definite, ‖E‖₂ ≤ ‖L‖₂² max(δ − λ), or max(δ, 2|λ|), over the λ ≤ δ.
/// - **Reference**: Cheng and Higham, *SIAM J. Matrix Anal. Appl.* 19 (1998) 1097–1110.
///
/// | paper | here |
/// | --- | --- |
/// | δ | `least` · max |hᵢⱼ| |
public struct ModifiedBlocks<Scalar: LAPACKScalar>: HessianModification, Equatable {
  /// δ as a part of the Hessian's largest element.
  public var least: Scalar
  /// Whether a negative eigenvalue of a block becomes its magnitude; otherwise δ.
  public var takesMagnitudes: Bool

  /// - Parameters:
  ///   - least: δ as a part of the Hessian's largest element; by default ε^⅚, 9e-14 in double precision.
  ///   - takesMagnitudes: whether a negative eigenvalue of a block becomes its magnitude and not δ.
  public init(least: Scalar? = nil, takesMagnitudes: Bool = true) {
    self.least = least ?? Scalar.pow(Scalar.ulpOfOne, 5 / 6 as Scalar)
    self.takesMagnitudes = takesMagnitudes
  }

  @inlinable public func allocate(_ dimension: Int) -> BunchKaufman<Scalar> {
    BunchKaufman(dimension: dimension)
  }

  @inlinable public func factor<Problem>(
    _ hessian: Matrix<Scalar>, into factor: inout BunchKaufman<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool {
    try oracle.chargeFactorisation(flops: Double(BunchKaufman<Scalar>.flops(factor.dimension)))
    if factor.factor(hessian) == .nonFinite { return false }
    factor.raiseBlocks(
      to: Swift.max(least * scale(of: hessian), .leastNormalMagnitude), takingMagnitudes: takesMagnitudes)
    return true
  }

  @inlinable public func solve(_ b: inout Vector<Scalar>, with factor: inout BunchKaufman<Scalar>) {
    factor.solve(&b)
  }

  public var complaint: String? {
    complaintAboutScale("least (δ)", least, suggesting: "1e-13")
  }
}
