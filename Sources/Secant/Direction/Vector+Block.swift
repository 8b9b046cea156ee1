public import SecantLinearAlgebra

extension Vector {
  /// ‖x‖₂ of a block.
  @inlinable func norm(of block: Layout.Block) -> Scalar {
    withBlock(block) { $0.isEmpty ? 0 : Scalar._nrm2($0.count, $0.baseAddress!) }
  }

  /// x ← a x in a block.
  @inlinable mutating func scale(_ block: Layout.Block, by a: Scalar) {
    withMutableBlock(block) { x in for i in x.indices { x[i] *= a } }
  }

  /// x ← x + a y in a block.
  @inlinable mutating func add(_ y: Vector, times a: Scalar, in block: Layout.Block) {
    y.withBlock(block) { y in withMutableBlock(block) { x in for i in x.indices { x[i] += a * y[i] } } }
  }
}
