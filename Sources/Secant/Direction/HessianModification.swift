/// How a Hessian that is not positive definite is made so: the replaceable part of ``ModifiedNewton``.
///
/// It is asked only where Cholesky's method refused the Hessian: one that is positive definite is left alone, whatever
/// the modification.
///
/// | type | H + E |
/// | --- | --- |
/// | ``ModifiedBlocks`` | LDLᵀ with positive definite blocks, of their magnitude: the usual one |
/// | ``ModifiedEigenvalues`` | the magnitudes of the eigenvalues |
/// | ``AddedIdentity`` | H + τI |
/// | ``ModifiedFactorisation`` | H plus a diagonal that Schnabel's and Eskow's factorisation finds |
public protocol HessianModification<Scalar>: Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar
  /// The buffers for a factor of H + E.
  associatedtype Factor: Workspace

  /// Allocates the buffers; no step after the first allocates anything.
  func allocate(_ dimension: Int) -> Factor

  /// Factors H + E, positive definite; false where that cannot be done.
  ///
  /// H is finite and stands in both triangles. Every factorisation is charged before it is made.
  func factor<Problem>(
    _ hessian: Matrix<Scalar>, into factor: inout Factor, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool

  /// b ← (H + E)⁻¹ b.
  func solve(_ b: inout Vector<Scalar>, with factor: inout Factor)

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension HessianModification {
  @inlinable public var complaint: String? { nil }

  /// ‖H‖∞, or 1 for a Hessian of zeros, which has no scale of its own.
  @inlinable func scale(of hessian: Matrix<Scalar>) -> Scalar {
    let largest = hessian.elements.largestMagnitude
    return largest > 0 ? largest : 1
  }
}
