/// The Hessian plus a diagonal that Schnabel's and Eskow's factorisation finds on its way.
///
/// - **Demands**: a finite Hessian.
/// - **Memory**: n² + 4n.
/// - **Work per step**: one factorisation of n³/3 flops by rank-one updates, and no trial.
/// - **Guarantees**: those of `SchnabelEskow`: ‖E‖ is bounded by Gershgorin's circles.
/// - **Reference**: Schnabel and Eskow, *SIAM J. Optim.* 9 (1999) 1135–1148.
public struct ModifiedFactorisation<Scalar: LAPACKScalar>: HessianModification, Equatable {
  @inlinable public init() {}

  @inlinable public func allocate(_ dimension: Int) -> SchnabelEskow<Scalar> {
    SchnabelEskow(dimension: dimension)
  }

  @inlinable public func factor<Problem>(
    _ hessian: Matrix<Scalar>, into factor: inout SchnabelEskow<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool {
    try oracle.chargeFactorisation(flops: Double(SchnabelEskow<Scalar>.flops(factor.dimension)))
    return factor.factor(hessian) == nil
  }

  @inlinable public func solve(_ b: inout Vector<Scalar>, with factor: inout SchnabelEskow<Scalar>) {
    factor.solve(&b)
  }
}
