public import SecantLinearAlgebra

/// The blocks that ``Shampoo`` and ``SOAP`` precondition from both sides, with room to do so.
@usableFromInline struct MatrixBlocks<Scalar: LAPACKScalar>: Sendable, Codable, Equatable {
  /// The matrices.
  @usableFromInline var blocks: [Layout.Block]
  /// One for each shape.
  @usableFromInline var workspaces: [KroneckerWorkspace<Scalar>] = []
  /// The workspace of each block.
  @usableFromInline var workspaceOfBlock: [Int] = []

  /// All matrices without a side longer than `largestSide`, whose square would be too large to hold.
  @usableFromInline init(_ layout: Layout, largestSide: Int) {
    blocks = layout.blocks.filter {
      guard let shape = $0.matrixShape else { return false }
      return Swift.max(shape.rows, shape.columns) <= largestSide
    }
    for shape in blocks.compactMap(\.matrixShape) {
      let known = workspaces.firstIndex { $0.shape == shape }
      workspaceOfBlock.append(known ?? workspaces.count)
      if known == nil { workspaces.append(KroneckerWorkspace(shape: shape)) }
    }
  }

  /// Two factorisations a matrix, of which one of n rows costs so many flops.
  @inlinable func price(_ flops: (Int) -> Int) -> Ledger {
    var price = Ledger()
    for block in blocks {
      let shape = block.matrixShape!
      price.factorisations += 2
      price.flops += Double(flops(shape.rows)) + Double(flops(shape.columns))
    }
    return price
  }
}

/// Room for a matrix, its products, and the decompositions of its two factors.
@usableFromInline struct KroneckerWorkspace<Scalar: LAPACKScalar>: Workspace {
  @usableFromInline let shape: MatrixShape
  /// The matrix.
  @usableFromInline var g: Matrix<Scalar>
  /// A product on the way.
  @usableFromInline var product: Matrix<Scalar>
  @usableFromInline var left: KroneckerSide<Scalar>
  @usableFromInline var right: KroneckerSide<Scalar>

  @usableFromInline init(shape: MatrixShape) {
    self.shape = shape
    g = Matrix(zeros: shape.rows, shape.columns)
    product = g
    left = KroneckerSide(shape.rows)
    right = KroneckerSide(shape.columns)
  }

  /// G ← a block of a vector.
  @inlinable mutating func load(_ block: Layout.Block, of x: Vector<Scalar>) {
    x.withBlock(block) { x in
      g.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: x) }
    }
  }

  /// A block of a vector ← a G.
  @inlinable func store(_ block: Layout.Block, in x: inout Vector<Scalar>, times a: Scalar = 1) {
    x.withMutableBlock(block) { x in
      g.withUnsafeBufferPointer { g in for i in x.indices { x[i] = a * g[i] } }
    }
  }

  /// A block X of a vector ← Q_Lᵀ X Q_R, into the bases, or Q_L X Q_Rᵀ, back out of them.
  @inlinable mutating func turn(
    _ block: Layout.Block, of x: inout Vector<Scalar>, _ left: Matrix<Scalar>, _ right: Matrix<Scalar>,
    back: Bool
  ) {
    load(block, of: x)
    product.setProduct(left, g, transposingFirst: !back)
    g.setProduct(product, right, transposingSecond: back)
    store(block, in: &x)
  }

  /// G ← A G B for symmetric A and B.
  @inlinable mutating func multiply(symmetric a: Matrix<Scalar>, _ b: Matrix<Scalar>) {
    product.setProduct(symmetric: a, g)
    g.setProduct(product, symmetric: b)
  }
}

/// Room to decompose a factor.
@usableFromInline struct KroneckerSide<Scalar: LAPACKScalar>: Sendable {
  @usableFromInline var eigen: SymmetricEigen<Scalar>
  @usableFromInline var qr: QR<Scalar>
  @usableFromInline var product: Matrix<Scalar>
  @usableFromInline var estimates: Vector<Scalar>

  @usableFromInline init(_ n: Int) {
    eigen = SymmetricEigen(dimension: n)
    qr = QR(rows: n, columns: n)
    product = Matrix(zeros: n, n)
    estimates = Vector(zeros: n)
  }
}
