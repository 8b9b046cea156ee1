/// Newton's method that goes along negative curvature wherever it finds any.
///
/// p = s + d. In the eigenvectors vᵢ of the Hessian s has the components −vᵢᵀ∇f/max(|λᵢ|, δ); where λ₁ < 0 and s goes
/// less far than r along v₁, d takes what is missing along it, on the side on which f does not rise: near a saddle s
/// is short, and d is what leads away. r is a part of max(1, ‖x‖), which the search shortens where the curvature does
/// not last.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: 3n².
/// - **Work per step**: that of ``ModifiedNewton`` where the Hessian is positive definite; an eigendecomposition,
///   nominally 9n³ flops, where it is not.
/// - **Guarantees**: ∇fᵀp < 0 wherever ∇f ≠ 0, also where ∇fᵀv₁ = 0: f need not be stationary to be left along v₁. On
///   the stable manifold of a saddle, where a descent direction alone runs into it, p leads off it by r.
/// - **Reference**: Moré and Sorensen, *Math. Programming* 16 (1979) 1–20; Gould, Lucidi, Roma and Toint, *Optim.
///   Methods Softw.* 14 (2000) 75–98. The first go along x + α²s + αd; here both have one α, as any ``StepRule``
///   wants it.
///
/// | paper | here |
/// | --- | --- |
/// | s | `y`, in the eigenvectors |
/// | d | what is added to `y[0]` |
public struct NegativeCurvatureNewton<Problem: TwiceDifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// δ as a part of the largest |λ|.
  public var least: Scalar
  /// r as a part of max(1, ‖x‖).
  public var reach: Scalar

  @inlinable public init(least: Scalar? = nil, reach: Scalar = 0.1) {
    self.least = least ?? Scalar.ulpOfOne.squareRoot()
    self.reach = reach
  }

  /// Room for the Hessian and its factors, which nothing depends on once the direction is chosen.
  public struct Memory: Workspace {
    @usableFromInline var hessian: InPlaceCholesky<Scalar>
    @usableFromInline var eigen: SymmetricEigen<Scalar>
    @usableFromInline var y: Vector<Scalar>

    /// n × n.
    public var shape: MatrixShape { hessian.shape }

    public init(shape: MatrixShape) {
      hessian = InPlaceCholesky(shape: shape)
      eigen = SymmetricEigen(shape: shape)
      y = Vector(zeros: shape.rows)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(shape: MatrixShape(square: dimension))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration _: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.hessian(at: current.point, into: &memory.hessian.matrix)
    try oracle.chargeFactorisation(flops: Double(InPlaceCholesky<Scalar>.flops(p.count)))
    p.set(current.gradient, times: -1)
    if memory.hessian.factor() == nil {
      memory.hessian.solve(&p)
      return 1
    }
    guard memory.hessian.restore() else {
      p.fill(with: .nan)
      return 1
    }
    try oracle.chargeFactorisation(flops: Double(SymmetricEigen<Scalar>.flops(p.count)))
    guard memory.eigen.factor(memory.hessian.matrix) == nil else {
      p.fill(with: .nan)
      return 1
    }
    memory.goAlongEigenvectors(&p, least, reach * Swift.max(1, current.point.norm))
    return 1
  }

  /// The least eigenvalue, from one evaluation of the Hessian.
  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try leastCurvature(ofHessianAt: iterate.point, asking: &oracle)
  }

  public var complaint: String? {
    complaintAboutScale("least (δ)", least, suggesting: "1e-8")
      ?? complaintAboutScale("reach (r)", reach, suggesting: "0.1")
  }
}

extension NegativeCurvatureNewton.Memory {
  /// p ← s + d, where p holds −∇f.
  @usableFromInline mutating func goAlongEigenvectors(
    _ p: inout Vector<Problem.Scalar>, _ least: Problem.Scalar, _ reach: Problem.Scalar
  ) {
    let λ = eigen.values
    let largest = Swift.max(abs(λ[0]), abs(λ[λ.count - 1]))
    // A Hessian of zeros has no scale of its own.
    let δ = largest > 0 ? Swift.max(least * largest, .leastNormalMagnitude) : 1
    eigen.vectors.multiply(p, into: &y, transposed: true)
    for i in y.indices { y[i] /= Swift.max(abs(λ[i]), δ) }
    if λ[0] < -δ, abs(y[0]) < reach { y[0] = y[0] < 0 ? -reach : reach }
    eigen.vectors.multiply(y, into: &p)
  }
}

extension Solver {
  /// Newton's method that goes along negative curvature wherever it finds any: see ``NegativeCurvatureNewton``.
  @inlinable public static func negativeCurvatureNewton<P>() -> Self
  where Self == Descent<NegativeCurvatureNewton<P>, StrongWolfe<P.Scalar>> {
    Descent(NegativeCurvatureNewton(), step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }
}
