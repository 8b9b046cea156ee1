public import RealModule

/// The BFGS method with a Cholesky factor of the Hessian's approximation, damped where pairs lack curvature.
///
/// p solves LLᵀp = −g, where B = LLᵀ becomes B₊ = B − Bs(Bs)ᵀ/sᵀBs + yyᵀ/sᵀy with s = x₊ − x, y = g₊ − g. As a
/// product it is B₊ = JJᵀ, J = L + (y − Lv)vᵀ/vᵀv, v = (sᵀy/sᵀBs)^½ Lᵀs, and two sweeps of Givens rotations make J
/// triangular again: B₊ is positive definite by its construction, whatever is rounded.
///
/// With `damping` δ above 0 (Powell), y is replaced by θy + (1 − θ)Bs with the θ nearest to 1 for which
/// sᵀy ≥ δ sᵀBs: every pair is used, and no curvature condition is asked of the step rule. The identity of the first
/// step is replaced by (yᵀy/sᵀy) I just before the first update, if sᵀy > 0. The length to try first is 1, on the
/// first step min(1, 1/‖g‖₂).
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the (strong) Wolfe conditions, unless damped. Not
///   for batches.
/// - **Memory**: n² + 5n.
/// - **Work per step**: two triangular products, two solves and 2n rotations, about 10n² flops: more than twice those
///   of ``BFGS``.
/// - **Guarantees**: a descent direction. With exact arithmetic the steps of ``BFGS``. Where a search along p finds
///   nothing lower, B starts again from the identity and says so (``Solver/restarts(in:)``).
/// - **Reference**: Gill and Murray, *J. Inst. Maths Applics* 9 (1972) 91–108; Goldfarb, *Math. Comp.* 30 (1976)
///   796–811; Dennis and Schnabel, *Numerical Methods for Unconstrained Optimization* (1983), algorithms A9.4.2 and
///   A3.4.1; Powell, *A fast algorithm for nonlinearly constrained optimization calculations*, 1978, for damping.
///
/// | book | here |
/// | --- | --- |
/// | L, of the factored BFGS update | `factor` |
/// | t, u (A9.4.2) | `v`, `u` = (y − Lv)/‖v‖ |
/// | 0.2, θ (Powell) | `damping`, `θ` |
public struct CholeskyBFGS<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// δ in sᵀy ≥ δ sᵀBs, below which y is damped: 0.2 is Powell's. 0 damps nothing.
  public var damping: Scalar
  /// ε in yᵀs > ε‖s‖‖y‖: a pair of less curvature is not used, unless damped.
  public var curvatureTolerance: Scalar

  @inlinable public init(damping: Scalar = 0, curvatureTolerance: Scalar = .ulpOfOne) {
    self.damping = damping
    self.curvatureTolerance = curvatureTolerance
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> FactoredHessian<Scalar> {
    FactoredHessian(dimension)
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ B: inout FactoredHessian<Scalar>, asking _: inout Oracle<Problem>
  ) -> Scalar {
    if previous.isEvaluated && iteration > B.iteration && iteration > 0 {
      B.update(from: previous, to: current, damping, curvatureTolerance)
    }
    B.iteration = iteration
    p.set(current.gradient, times: -1)
    guard B.isUpdated else { return current.firstLength }
    B.factor.solveTriangle(.lower, &p)
    B.factor.solveTriangle(.lower, &p, transposed: true)
    return 1
  }

  @inlinable public func restart(_ B: inout FactoredHessian<Scalar>, at iteration: Int) -> Bool {
    guard B.isUpdated else { return false }
    B.reset()
    B.restarts.note(.failedSearch, at: iteration)
    return true
  }

  @inlinable public func restarts(in B: FactoredHessian<Scalar>) -> Restarts { B.restarts }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    damping >= 0 && damping < 1
      ? complaintAboutCurvature(curvatureTolerance)
      : "damping is \(damping): choose a number from 0 (none) to below 1, such as 0.2."
  }
}

/// B = LLᵀ of ``CholeskyBFGS``, and when it was forgotten.
public struct FactoredHessian<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// L, lower triangular; what stands above the diagonal is zero.
  public var factor: Matrix<Scalar>
  /// When B was forgotten, and why.
  public var restarts = Restarts()
  @usableFromInline var isUpdated = false
  @usableFromInline var iteration = -1
  @usableFromInline var s: Scratch<Scalar>
  @usableFromInline var y: Scratch<Scalar>
  @usableFromInline var Bs: Scratch<Scalar>
  @usableFromInline var v: Scratch<Scalar>

  @usableFromInline init(_ n: Int) {
    factor = Matrix(identity: n)
    s = Scratch(n)
    y = Scratch(n)
    Bs = Scratch(n)
    v = Scratch(n)
  }
}

extension FactoredHessian {
  /// L ← √γ I.
  @inlinable mutating func reset(to γ: Scalar = 1) {
    factor.fill(with: 0)
    factor.addToDiagonal(γ.squareRoot())
    isUpdated = false
  }

  /// Takes the pair between two points into L.
  @inlinable mutating func update(
    from previous: Iterate<Scalar>, to current: Iterate<Scalar>, _ damping: Scalar, _ ε: Scalar
  ) {
    s.vector.set(current.point, minus: previous.point)
    y.vector.set(current.gradient, minus: previous.gradient)
    var sᵀy = s.vector.dot(y.vector)
    let yᵀy = y.vector.squaredNorm
    let sᵀs = s.vector.squaredNorm
    guard sᵀs > 0, sᵀs.isFinite, yᵀy.isFinite, sᵀy.isFinite else { return }
    let curves = sᵀy > ε * sᵀs.squareRoot() * yᵀy.squareRoot()
    guard curves || damping > 0 else { return }
    if !isUpdated {
      // The size that y has beside s, where it does not say more.
      let γ = curves ? yᵀy / sᵀy : (yᵀy / sᵀs).squareRoot()
      reset(to: γ.isFinite && γ > 0 ? γ : 1)
      isUpdated = true
    }
    // v = Lᵀs, Bs = Lv.
    v.vector.copy(s.vector)
    factor.multiplyTriangle(.lower, &v.vector, transposed: true)
    Bs.vector.copy(v.vector)
    factor.multiplyTriangle(.lower, &Bs.vector)
    let sᵀBs = v.vector.squaredNorm
    guard sᵀBs > 0, sᵀBs.isFinite else { return }
    if sᵀy < damping * sᵀBs {
      let θ = (1 - damping) * sᵀBs / (sᵀBs - sᵀy)
      y.vector.scale(by: θ, adding: Bs.vector, times: 1 - θ)
      sᵀy = damping * sᵀBs
    }
    // With τ² = sᵀy/sᵀBs the book's v is τLᵀs: J = L + (y − τBs)(Lᵀs)ᵀ / (τ sᵀBs). y makes room for u.
    let τ = (sᵀy / sᵀBs).squareRoot()
    let length = sᵀBs.squareRoot()
    y.vector.scale(by: 1 / (τ * length), adding: Bs.vector, times: -1 / length)
    v.vector.scale(by: 1 / length)
    guard τ > 0, y.vector.isFinite, v.vector.isFinite else { return }
    factor.addOuterKeepingTriangle(&y.vector, &v.vector)
  }
}

extension Matrix {
  /// L ← the lower triangular factor of (L + uvᵀ)(L + uvᵀ)ᵀ, where L is the receiver; u and v are used up.
  ///
  /// Rotations of neighbouring columns first turn v into a multiple of the first unit vector, which fills one
  /// diagonal above L's; the product then concerns the first column alone, and a second sweep empties that
  /// diagonal again. What it takes is 2n rotations of columns, 6n² flops.
  @inlinable mutating func addOuterKeepingTriangle(_ u: inout Vector<Scalar>, _ v: inout Vector<Scalar>) {
    let n = rows
    guard n > 0 else { return }
    withUnsafeMutableBufferPointer { l in
      u.withUnsafeMutableBufferPointer { u in
        v.withUnsafeMutableBufferPointer { v in
          let l = l.baseAddress!
          for j in stride(from: n - 2, through: 0, by: -1) where v[j + 1] != 0 {
            let (c, s, r) = givens(v[j], v[j + 1])
            v[j] = r
            rotate(l + j * n, l + (j + 1) * n, c, s, j..<n)
          }
          for i in 0..<n { l[i] += v[0] * u[i] }
          for j in 0..<n - 1 where l[j + (j + 1) * n] != 0 {
            let (c, s, _) = givens(l[j + j * n], l[j + (j + 1) * n])
            rotate(l + j * n, l + (j + 1) * n, c, s, j..<n)
            l[j + (j + 1) * n] = 0
          }
          // A factor and its columns' opposites are the same factor; the diagonal is kept positive.
          for j in 0..<n where l[j + j * n] < 0 { for i in j..<n { l[i + j * n] = -l[i + j * n] } }
        }
      }
    }
  }
}

/// The rotation that turns (a, b) into (r, 0).
@inlinable func givens<Scalar: LAPACKScalar>(_ a: Scalar, _ b: Scalar) -> (c: Scalar, s: Scalar, r: Scalar) {
  let r = Scalar.hypot(a, b)
  return r > 0 ? (a / r, b / r, r) : (1, 0, 0)
}

/// (x, y) ← (cx + sy, cy − sx) in the named rows of two columns.
@inlinable func rotate<Scalar: LAPACKScalar>(
  _ x: UnsafeMutablePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ c: Scalar, _ s: Scalar,
  _ rows: Range<Int>
) {
  for i in rows {
    let (a, b) = (x[i], y[i])
    x[i] = c * a + s * b
    y[i] = c * b - s * a
  }
}

extension Solver {
  /// BFGS with a Cholesky factor and a strong Wolfe search of c₂ = 0.5: see ``CholeskyBFGS``.
  @inlinable public static func choleskyBFGS<P>() -> Self
  where Self == Descent<CholeskyBFGS<P>, StrongWolfe<P.Scalar>> {
    Descent(CholeskyBFGS(), step: StrongWolfe(curvature: 0.5, noise: .noiseOfValues))
  }

  /// BFGS with a Cholesky factor and a step rule of your choice.
  @inlinable public static func choleskyBFGS<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<CholeskyBFGS<P>, Rule> {
    Descent(CholeskyBFGS(), step: rule)
  }

  /// Powell's damped BFGS with backtracking, which asks for no curvature: see ``CholeskyBFGS``.
  @inlinable public static func dampedBFGS<P>() -> Self
  where Self == Descent<CholeskyBFGS<P>, Armijo<P.Scalar>> {
    Descent(CholeskyBFGS(damping: 0.2), step: Armijo(noise: .noiseOfValues))
  }

  /// Powell's damped BFGS with a step rule of your choice.
  @inlinable public static func dampedBFGS<P, Rule>(step rule: Rule) -> Self
  where Self == Descent<CholeskyBFGS<P>, Rule> {
    Descent(CholeskyBFGS(damping: 0.2), step: rule)
  }
}
