/// Newton's method with a line search, its Hessian made positive definite where it is not.
///
/// p = −(∇²f + τI)⁻¹∇f with τ = 0 where ∇²f is positive definite, and otherwise the first of β − min hᵢᵢ (or 0, β),
/// doubled until a Cholesky factorisation succeeds. The book's β is an absolute number; here it is `increment`
/// times the largest |hᵢⱼ|, so that f and 10¹⁰f take the same steps. The length to try first is 1.
///
/// A Hessian that is not finite gives a direction of NaN: no search can start there, and the run says so.
///
/// - **Demands**: ``TwiceDifferentiableObjective``.
/// - **Memory**: 2n².
/// - **Work per step**: a Hessian and n³/3 flops a factorisation: one where the Hessian is positive definite.
/// - **Guarantees**: a descent direction; quadratic convergence near a minimum with a positive definite Hessian;
///   invariant under affine changes of variables wherever τ = 0. Saddles are left (``curvature(at:asking:)``).
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithms 3.2 and 3.3.
///
/// | book | here |
/// | --- | --- |
/// | B = ∇²f | `hessian` |
/// | β | `increment` · max |hᵢⱼ| |
public struct Newton<Problem: TwiceDifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β as a part of the Hessian's largest element.
  public var increment: Scalar

  @inlinable public init(increment: Scalar = 1e-3) { self.increment = increment }

  /// Room for the Hessian and its factor.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var hessian: Workspaces
    @usableFromInline init(_ n: Int) { hessian = Workspaces(shape: n) }
  }

  /// The Hessian and its factor, which nothing depends on once the direction is chosen.
  @usableFromInline struct Workspaces: Workspace {
    @usableFromInline let shape: Int
    @usableFromInline var matrix: Matrix<Scalar>
    @usableFromInline var factor: ModifiedCholesky<Scalar>

    @usableFromInline init(shape n: Int) {
      shape = n
      matrix = Matrix(zeros: n, n)
      factor = ModifiedCholesky(dimension: n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after _: Iterate<Scalar>, iteration _: Int,
    _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    try oracle.hessian(at: current.point, into: &memory.hessian.matrix)
    if try memory.hessian.factorise(increment, asking: &oracle) {
      p.set(current.gradient, times: -1)
      memory.hessian.factor.solve(&p)
    } else {
      p.fill(with: .nan)
    }
    return 1
  }

  /// The least eigenvalue, from one evaluation of the Hessian.
  @inlinable public func curvature(
    at iterate: Iterate<Scalar>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Curvature<Scalar> {
    try leastCurvature(ofHessianAt: iterate.point, asking: &oracle)
  }

  public var complaint: String? {
    increment > 0 && increment.isFinite
      ? nil : "increment (β) is \(increment): choose a positive finite part of the Hessian, such as 1e-3."
  }
}

extension Newton.Workspaces {
  /// Factors the Hessian plus as little of the identity as will do; false where it is not finite.
  @inlinable mutating func factorise(
    _ increment: Problem.Scalar, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Bool {
    let largest = matrix.elements.largestMagnitude
    guard largest.isFinite else { return false }
    // A Hessian of zeros has no scale of its own.
    let β = increment * largest
    factor.begin(matrix, increment: β > 0 ? β : 1)
    while true {
      try oracle.chargeFactorisation(flops: Double(ModifiedCholesky<Problem.Scalar>.flops(shape)))
      switch factor.attempt(matrix) {
      case nil: return true
      case .notPositiveDefinite: continue
      default: return false
      }
    }
  }
}

extension Solver {
  /// Newton's method with a modified Cholesky factorisation and a strong Wolfe search: see ``Newton``.
  @inlinable public static func newton<P>() -> Self where Self == Descent<Newton<P>, StrongWolfe<P.Scalar>> {
    Descent(Newton(), step: StrongWolfe(noise: .noiseOfValues))
  }

  /// Newton's method with a step rule of your choice.
  @inlinable public static func newton<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<Newton<P>, Rule> {
    Descent(Newton(), step: rule)
  }
}
