/// The BFGS model: a dense, positive definite B that learns from the gradients.
///
/// B₊ = B − Bs sᵀB/sᵀBs + rrᵀ/sᵀr with s = x₊ − x, y = g₊ − g and r = y, or, where sᵀy < `damping`·sᵀBs, Powell's
/// r = θy + (1 − θ)Bs, whose sᵀr is `damping`·sᵀBs. B begins as ‖g₀‖I, whose full step has length 1; before the first
/// update it becomes (yᵀy/sᵀy)I, or (‖y‖/‖s‖)I where sᵀy is not positive. Rejected trial points teach as well.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: n² + 3n.
/// - **Work per step**: one `symv` and two `syr`, 4n² flops, and 2n² for each product.
/// - **Guarantees**: B stays positive definite but for rounding; superlinear convergence near a strict minimum, where
///   nothing is damped.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., (6.19) and procedure 18.2; Powell, *Numerical
///   Analysis Dundee 1977*, 144–157.
///
/// | book | here |
/// | --- | --- |
/// | s, y | `pair.s`, `pair.y` |
/// | θ, r | `θ`, `pair.y` after damping |
/// | 0.2 | `damping` |
public struct BFGSModel<Problem: DifferentiableObjective>: DenseTrustRegionModel {
  public typealias Scalar = Problem.Scalar

  /// The least sᵀr as a part of sᵀBs; nil damps nothing and passes over a pair with yᵀs ≤ ε‖s‖‖y‖.
  public var damping: Scalar?
  /// ε in yᵀs > ε‖s‖‖y‖.
  public var curvatureTolerance: Scalar

  @inlinable public init(damping: Scalar? = nil, curvatureTolerance: Scalar = .ulpOfOne) {
    self.damping = damping
    self.curvatureTolerance = curvatureTolerance
  }

  /// B, and room for its next update.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    @usableFromInline var progress = QuasiNewtonProgress.untouched
    @usableFromInline var pair: SecantPair<Scalar>
    @usableFromInline var Bs: Scratch<Scalar>

    @usableFromInline init(_ n: Int) {
      hessian = Matrix(zeros: n, n)
      pair = SecantPair(shape: n)
      Bs = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside other: Iterate<Scalar>, hasMoved _: Bool,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) {
    if memory.progress == .untouched { memory.hessian.begin(&memory.progress, with: current.gradient) }
    if memory.pair.take(from: other, to: current) { update(&memory) }
  }

  /// B ← B₊.
  @inlinable func update(_ memory: inout Memory) {
    guard damping != nil || memory.pair.hasCurvature(curvatureTolerance) else { return }
    if memory.progress == .begun {
      memory.hessian.reset(to: memory.pair.scale(curvatureTolerance))
      memory.progress = .updated
    }
    memory.hessian.symmetricMultiply(memory.pair.s, into: &memory.Bs.vector)
    let sᵀBs = memory.pair.s.dot(memory.Bs.vector)
    guard sᵀBs > 0, sᵀBs.isFinite else {
      // Rounding has cost B its definiteness.
      return memory.hessian.reset(to: memory.pair.scale(curvatureTolerance))
    }
    var sᵀr = memory.pair.sᵀy
    if let damping, sᵀr < damping * sᵀBs {
      let θ = (1 - damping) * sᵀBs / (sᵀBs - sᵀr)
      memory.pair.y.scale(by: θ, adding: memory.Bs.vector, times: 1 - θ)
      sᵀr = damping * sᵀBs
    }
    guard (1 / sᵀBs).isFinite, (1 / sᵀr).isFinite else { return }
    memory.hessian.addSymmetricOuter(memory.Bs.vector, times: -1 / sᵀBs)
    memory.hessian.addSymmetricOuter(memory.pair.y, times: 1 / sᵀr)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if let damping, !(damping > 0 && damping < 1) {
      return "damping is \(damping): choose a number between 0 and 1, such as 0.2, or nil for none."
    }
    return complaintAboutCurvature(curvatureTolerance)
  }
}

/// How far a quasi-Newton matrix has come.
@usableFromInline enum QuasiNewtonProgress: String, Sendable, Codable {
  /// No gradient was seen.
  case untouched
  /// It is the multiple of the identity of the first step.
  case begun
  /// It has learned from a pair.
  case updated
}

extension Matrix {
  /// B ← γI.
  @inlinable mutating func reset(to γ: Scalar) {
    fill(with: 0)
    addToDiagonal(γ)
  }

  /// B ← ‖g‖I, whose full step has length 1 whatever f is multiplied by.
  @inlinable mutating func begin(_ progress: inout QuasiNewtonProgress, with g: Vector<Scalar>) {
    let norm = g.norm
    reset(to: norm > 0 && norm.isFinite ? norm : 1)
    progress = .begun
  }
}
