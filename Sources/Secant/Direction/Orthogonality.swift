public import SecantLinearAlgebra

/// How orthogonal a step of ``Muon`` was in a hidden matrix.
public struct Orthogonality<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// The name of the block.
  public let block: String
  /// The least and the greatest singular value of what the momentum became: 1 and 1 for the exact polar factor.
  public let singularValues: ClosedRange<Scalar>
}

extension Muon {
  /// How orthogonal a step was, block for block: the singular values of O = −((θ₊ − θ)/η + λθ)/s, with s the scale of the block.
  ///
  /// It is made for looking on, and Muon leaves the point before in `state.other`. It decomposes every hidden matrix, allocates, and is charged to nobody; the difference of the points
  /// leaves it the digits that the step has beside θ.
  ///
  /// ```swift
  /// let report = method.direction.orthogonality(
  ///   ofStepFrom: state.other.point, to: state.current.point, rate: 0.02, in: problem.layout)
  /// ```
  public func orthogonality(
    ofStepFrom point: Vector<Scalar>, to next: Vector<Scalar>, rate η: Scalar, in layout: Layout
  ) -> [Orthogonality<Scalar>] {
    layout.blocks.compactMap { block in
      guard block.role == .hidden, let shape = block.matrixShape else { return nil }
      let scale = scaling.factor(shape)
      let elements = block.range.map { -((next[$0] - point[$0]) / η + decoupledDecay * point[$0]) / scale }
      var svd = SVD<Scalar>(shape: shape)
      guard svd.factor(Matrix(rows: shape.rows, columns: shape.columns, elements: Vector(elements))) == nil,
        let least = svd.values.min(), let greatest = svd.values.max()
      else { return nil }
      return Orthogonality(block: block.name, singularValues: least...greatest)
    }
  }
}
