/// The Hessian plus a multiple of the identity, found by trial: H + τI.
///
/// τ is the first of β − min hᵢᵢ (or 0, β), doubled until a Cholesky factorisation succeeds. The book's β is an
/// absolute number; here it is `increment` times the largest |hᵢⱼ|, so that f and 10¹⁰f take the same steps.
///
/// - **Demands**: a finite Hessian.
/// - **Memory**: n².
/// - **Work per step**: n³/3 flops a trial, mostly three to ten.
/// - **Guarantees**: H + τI is positive definite, and ‖E‖₂ = τ at most twice what is needed, or β, or −min hᵢᵢ + β.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 3.3.
///
/// | book | here |
/// | --- | --- |
/// | β | `increment` · max |hᵢⱼ| |
public struct AddedIdentity<Scalar: LAPACKScalar>: HessianModification, Equatable {
  /// β as a part of the Hessian's largest element.
  public var increment: Scalar

  @inlinable public init(increment: Scalar = 1e-3) { self.increment = increment }

  @inlinable public func allocate(_ dimension: Int) -> ModifiedCholesky<Scalar> {
    ModifiedCholesky(dimension: dimension)
  }

  @inlinable public func factor<Problem>(
    _ hessian: Matrix<Scalar>, into factor: inout ModifiedCholesky<Scalar>,
    asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool {
    let β = increment * scale(of: hessian)
    factor.begin(hessian, increment: β > 0 ? β : .leastNormalMagnitude)
    // The Hessian itself has been refused already.
    factor.skipToPositiveShift()
    while true {
      try oracle.chargeFactorisation(flops: Double(ModifiedCholesky<Scalar>.flops(factor.dimension)))
      switch factor.attempt(hessian) {
      case nil: return true
      case .notPositiveDefinite: continue
      default: return false
      }
    }
  }

  @inlinable public func solve(_ b: inout Vector<Scalar>, with factor: inout ModifiedCholesky<Scalar>) {
    factor.solve(&b)
  }

  public var complaint: String? {
    increment > 0 && increment.isFinite
      ? nil : "increment (β) is \(increment): choose a positive finite part of the Hessian, such as 1e-3."
  }
}
