/// The Cholesky factorisation of a symmetric matrix plus the multiple of the identity that it needs.
///
/// A + τI = L Lᵀ, with τ = 0 when A is positive definite, and otherwise from β − min aᵢᵢ (or 0) upwards:
/// τ ← max(2τ, β) until the factorisation succeeds.
///
/// - **Demands**: symmetric A, of which the lower triangle alone is read.
/// - **Memory**: n² scalars, allocated in `init`.
/// - **Work per step**: n³/3 flops a factorisation, `factorisations` of them.
/// - **Guarantees**: A + τI is positive definite; a matrix that is positive definite is left alone. β is
///   absolute, so it is blind to the scale of A: see `increment`.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., Algorithm 3.3.
///
/// | paper | here |
/// | --- | --- |
/// | β | `increment` |
/// | τₖ | `shift` |
public struct ModifiedCholesky<Scalar: LAPACKScalar>: Workspace {
  /// The factor of A + τI.
  public private(set) var cholesky: Cholesky<Scalar>
  /// τ, the multiple of the identity that the last matrix needed.
  public private(set) var shift: Scalar = 0
  /// How many Cholesky factorisations the last matrix took.
  public private(set) var factorisations = 0
  private var increment: Scalar = 1e-3

  public init(dimension n: Int) { cholesky = Cholesky(dimension: n) }

  public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  public var shape: MatrixShape { cholesky.shape }
  /// n, for which it was allocated.
  public var dimension: Int { cholesky.dimension }

  /// The flops of one of the `factorisations`: n³/3.
  public static func flops(_ n: Int) -> Int { Cholesky<Scalar>.flops(n) }

  /// Factors A + τI for a sufficient τ; fails only where A is not finite or τ would not be.
  ///
  /// `increment` is the paper's β, in the units of A: the least shift that an indefinite A gets.
  public mutating func factor(
    _ a: Matrix<Scalar>, increment β: Scalar = 1e-3
  ) -> FactorisationFailure? {
    begin(a, increment: β)
    while true {
      switch attempt(a) {
      case nil: return nil
      case .notPositiveDefinite: continue
      case let failure: return failure
      }
    }
  }

  /// Chooses the first τ for A; then ``attempt(_:)`` makes one factorisation at a time, so that each can be paid for.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func begin(_ a: Matrix<Scalar>, increment β: Scalar = 1e-3) {
    precondition(β > 0 && β.isFinite, "the increment is \(β): choose a finite positive one")
    cholesky.l.checkShape(a)
    var least = Scalar.infinity
    for i in 0..<dimension { least = Scalar.minimum(least, a[i, i]) }
    increment = β
    shift = least > 0 ? 0 : β - least
    factorisations = 0
  }

  /// Leaves out τ = 0, for an A that was refused already.
  public mutating func skipToPositiveShift() { if shift == 0 { shift = increment } }

  /// Tries to factor A + τI; where that is not positive definite, τ is now larger and it is worth another attempt.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func attempt(_ a: Matrix<Scalar>) -> FactorisationFailure? {
    factorisations += 1
    let failure = cholesky.factor(a, addingToDiagonal: shift)
    if case .notPositiveDefinite = failure { shift = max(2 * shift, increment) }
    return failure
  }

  /// b ← (A + τI)⁻¹ b.
  public func solve(_ b: inout Vector<Scalar>) { cholesky.solve(&b) }
}
