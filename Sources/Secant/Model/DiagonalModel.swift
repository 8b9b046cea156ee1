/// The quasi-Cauchy model: a diagonal B with the curvature that the gradients show along the last step.
///
/// The least change of the diagonal, in the Frobenius norm, with sᵀB₊s = sᵀy: for u = s/‖s‖
///
///     B₊ = B + (sᵀy/sᵀs − uᵀBu) / Σuᵢ⁴ · diag(u²)
///
/// s = x₊ − x, y = g₊ − g. B begins as ‖g₀‖I, whose full step has length 1; before the first update it becomes
/// (yᵀy/sᵀy)I, or (‖y‖/‖s‖)I where sᵀy is not positive. B may be indefinite, which a trust region bears. Rejected trial
/// points teach as well.
///
/// - **Demands**: ``DifferentiableObjective``. Not for batches, of which no two gradients make a pair.
/// - **Memory**: 4n.
/// - **Work per step**: 10n flops, and n for each product.
/// - **Guarantees**: those of the trust region; linear convergence, much faster than steepest descent where the
///   variables differ in scale more than they interact.
/// - **Reference**: Zhu, Nazareth and Wolkowicz, *SIAM J. Optim.* 9 (1999) 1192–1204, (2.5).
///
/// | paper | here |
/// | --- | --- |
/// | D | `diagonal` |
/// | b/sᵀs, a/sᵀs | `sᵀy/sᵀs`, `uᵀBu` |
public struct DiagonalModel<Problem: DifferentiableObjective>: TrustRegionModel {
  public typealias Scalar = Problem.Scalar

  @inlinable public init() {}

  /// B's diagonal, and room for its next update.
  public struct Memory: Sendable, Codable, Equatable {
    /// B's diagonal.
    public var diagonal: Vector<Scalar>
    @usableFromInline var progress = QuasiNewtonProgress.untouched
    @usableFromInline var pair: SecantPair<Scalar>
    @usableFromInline var squares: Scratch<Scalar>

    @usableFromInline init(_ n: Int) {
      diagonal = Vector(zeros: n)
      pair = SecantPair(shape: n)
      squares = Scratch(n)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func prepare(
    at current: Iterate<Scalar>, beside other: Iterate<Scalar>, hasMoved _: Bool,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) {
    if memory.progress == .untouched {
      let norm = current.gradient.norm
      memory.diagonal.fill(with: norm > 0 && norm.isFinite ? norm : 1)
      memory.progress = .begun
    }
    guard memory.pair.take(from: other, to: current) else { return }
    if memory.progress == .begun {
      memory.diagonal.fill(with: memory.pair.scale(.ulpOfOne))
      memory.progress = .updated
    }
    let sᵀs = memory.pair.sᵀs
    memory.pair.s.scale(by: 1 / sᵀs.squareRoot())
    memory.squares.vector.set(memory.pair.s, multipliedBy: memory.pair.s)
    let uᵀBu = memory.squares.vector.dot(memory.diagonal)
    let change = (memory.pair.sᵀy / sᵀs - uᵀBu) / memory.squares.vector.squaredNorm
    if change.isFinite { memory.diagonal.add(memory.squares.vector, times: change) }
  }

  @inlinable public func multiply(
    _ v: Vector<Scalar>, at _: Iterate<Scalar>, into product: inout Vector<Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { product.set(v, multipliedBy: memory.diagonal) }

  @inlinable public var comparesGradients: Bool { true }
}
