/// A model whose B is a dense matrix that is updated by the pairs (s, y) of the run: what such models have in common.
///
/// Before there is a pair B is ‖g‖I; the first update begins from the multiple of the identity that its pair suggests.
public protocol QuasiNewtonModel<Problem>: DenseTrustRegionModel
where Memory == QuasiNewtonMatrix<Problem.Scalar> {
  /// B ← B₊, by the pair in `memory`.
  func update(_ memory: inout Memory)
}

/// B, and room for its next update.
public struct QuasiNewtonMatrix<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// B, of which the lower triangle counts.
  public var hessian: Matrix<Scalar>
  @usableFromInline var progress = QuasiNewtonProgress.untouched
  @usableFromInline var pair: SecantPair<Scalar>
  /// Bs, or what an update takes in its place.
  @usableFromInline var product: Scratch<Scalar>

  @usableFromInline init(_ n: Int) {
    hessian = Matrix(zeros: n, n)
    pair = SecantPair(shape: n)
    product = Scratch(n)
  }
}

extension QuasiNewtonModel {
  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { QuasiNewtonMatrix(dimension) }

  @inlinable public func prepare(
    at current: Iterate<Problem.Scalar>, beside other: Iterate<Problem.Scalar>, hasMoved _: Bool,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) {
    if memory.progress == .untouched { memory.hessian.begin(&memory.progress, with: current.gradient) }
    if memory.pair.take(from: other, to: current) { update(&memory) }
  }

  @inlinable public func multiply(
    _ v: Vector<Problem.Scalar>, at _: Iterate<Problem.Scalar>, into product: inout Vector<Problem.Scalar>,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) { memory.hessian.symmetricMultiply(v, into: &product) }

  @inlinable public func matrix(_ memory: Memory) -> Matrix<Problem.Scalar> { memory.hessian }

  @inlinable public var comparesGradients: Bool { true }
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
