/// The symmetric rank-one model: a dense B that learns from the gradients and may be indefinite, as the Hessian is.
///
/// B₊ = B + vvᵀ/vᵀs with v = y − Bs, s = x₊ − x, y = g₊ − g, passed over where |vᵀs| < r‖s‖‖v‖. B begins as ‖g₀‖I,
/// whose full step has length 1; before the first update it becomes (yᵀy/sᵀy)I, or (‖y‖/‖s‖)I where sᵀy is not
/// positive. Rejected trial points teach as well, and they teach most: there B was wrong.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: n² + 3n.
/// - **Work per step**: one `symv` and one `syr`, 3n² flops, and 2n² for each product.
/// - **Guarantees**: on a quadratic B = ∇²f after n linearly independent steps; in general B → ∇²f where the steps keep
///   spanning the space, and n + 1 steps are superlinear (Conn, Gould and Toint 1991; Khalfan, Byrd and Schnabel 1993).
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 6.2 with (6.24) and (6.26).
///
/// | book | here |
/// | --- | --- |
/// | r | `threshold` |
/// | y − Bs | `v` |
public struct SR1Model<Problem: DifferentiableObjective>: DenseTrustRegionModel {
  public typealias Scalar = Problem.Scalar

  /// r: a pair with |vᵀs| < r‖s‖‖v‖ is not used.
  public var threshold: Scalar

  /// - Parameter threshold: r, by default 1e-8, or √ε where that is more.
  @inlinable public init(threshold: Scalar? = nil) {
    self.threshold = threshold ?? Swift.max(1e-8, Scalar.ulpOfOne.squareRoot() / 2)
  }

  /// B, and room for its next update.
  public struct Memory: Sendable, Codable, Equatable {
    /// B, of which the lower triangle counts.
    public var hessian: Matrix<Scalar>
    @usableFromInline var progress = QuasiNewtonProgress.untouched
    @usableFromInline var pair: SecantPair<Scalar>
    @usableFromInline var v: Scratch<Scalar>

    @usableFromInline init(_ n: Int) {
      hessian = Matrix(zeros: n, n)
      pair = SecantPair(shape: n)
      v = Scratch(n)
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
    if memory.progress == .begun {
      memory.hessian.reset(to: memory.pair.scale(.ulpOfOne))
      memory.progress = .updated
    }
    memory.v.vector.copy(memory.pair.y)
    memory.hessian.symmetricMultiply(memory.pair.s, into: &memory.v.vector, times: -1, adding: 1)
    let vᵀs = memory.v.vector.dot(memory.pair.s)
    let vᵀv = memory.v.vector.squaredNorm
    guard abs(vᵀs) > threshold * memory.pair.sᵀs.squareRoot() * vᵀv.squareRoot() else { return }
    guard vᵀv.isFinite, (1 / vᵀs).isFinite, (vᵀv / vᵀs).isFinite else { return }
    memory.hessian.addSymmetricOuter(memory.v.vector, times: 1 / vᵀs)
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Scalar> { memory.hessian }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    threshold >= 0 && threshold < 1
      ? nil : "threshold (r) is \(threshold): choose a number from 0 to below 1, such as 1e-8."
  }
}
