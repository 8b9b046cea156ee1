/// The orthogonal polar factor: the nearest matrix with orthonormal rows or columns, to rounding.
///
/// G = U H, or H U, with H symmetric positive semidefinite; from the thin singular value decomposition
/// G = P diag(σ) Qᵀ it is U = P Qᵀ. On a long rectangle the Gram matrix of the smaller side, GᵀG = V diag(λ) Vᵀ, gives
/// U = G V diag(λ^−½) Vᵀ for less, but squares the condition: it is taken where λ₁ ≤ ε^−¼ λₖ, and the singular value
/// decomposition everywhere else.
///
/// - **Demands**: G of the shape given in `init`.
/// - **Memory**: three matrices of G's shape, five of its smaller side squared and LAPACK's work arrays, allocated in
///   `init`; from a smaller side of 26 on OpenBLAS allocates and frees a buffer of its own.
/// - **Work per step**: 6lk² + 20k³ flops, nominally, for k ≤ l the sides of G; 3lk² + 10k³ by the Gram matrix.
/// - **Guarantees**: UᵀU = I on the singular values that are not rounding, within c ε by the decomposition and
///   c ε^¾ by the Gram matrix. Zero gives zero, and a rank-deficient G a partial isometry. The scale of G does not
///   matter, as long as its squares neither overflow nor vanish.
/// - **Reference**: Higham, *Functions of Matrices*, 2008, chapter 8.
public struct PolarFactor<Scalar: LAPACKScalar>: Workspace {
  /// The sides of G.
  public let shape: MatrixShape
  /// Whether the last factor came from the Gram matrix.
  public private(set) var usedGram = false
  private var g: Matrix<Scalar>
  private var result: Matrix<Scalar>
  private var svd: SVD<Scalar>
  private var gram: Matrix<Scalar>
  private var eigen: SymmetricEigen<Scalar>

  public init(rows: Int, columns: Int) { self.init(shape: MatrixShape(rows: rows, columns: columns)) }

  public init(shape: MatrixShape) {
    self.shape = shape
    let k = min(shape.rows, shape.columns)
    g = Matrix(zeros: shape.rows, shape.columns)
    result = g
    svd = SVD(shape: shape)
    let small = Self.triesGram(shape) ? k : 0
    gram = Matrix(zeros: small, small)
    eigen = SymmetricEigen(dimension: small)
  }

  /// The flops of one factor, nominally, by the singular value decomposition.
  public static func flops(rows: Int, columns: Int) -> Int { SVD<Scalar>.flops(rows: rows, columns: columns) }

  /// Whether the rectangle is long enough for its Gram matrix to be cheaper; on a square its condition is too large as a rule.
  private static func triesGram(_ shape: MatrixShape) -> Bool {
    max(shape.rows, shape.columns) >= 2 * min(shape.rows, shape.columns)
  }

  /// Writes the polar factor of G into `result`, both column-major with `shape`'s sides; they may be the same memory.
  public mutating func orthogonalise(
    _ source: UnsafeBufferPointer<Scalar>, into destination: UnsafeMutableBufferPointer<Scalar>
  ) -> FactorisationFailure? {
    precondition(
      source.count == g.rows * g.columns && destination.count == source.count,
      "a workspace for \(shape.rows) × \(shape.columns) was given \(source.count) and \(destination.count) elements"
    )
    g.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: source) }
    if let failure = factor() { return failure }
    result.withUnsafeBufferPointer { _ = destination.update(fromContentsOf: $0) }
    return nil
  }

  /// Puts the polar factor of G in its place.
  public mutating func orthogonalise(_ matrix: inout Matrix<Scalar>) -> FactorisationFailure? {
    g.copy(matrix)
    if let failure = factor() { return failure }
    matrix.copy(result)
    return nil
  }

  /// The least and the greatest singular value of a matrix of this shape: both are 1 where it is orthogonal.
  public mutating func singularValueRange(of matrix: Matrix<Scalar>) -> (least: Scalar, greatest: Scalar)? {
    guard svd.factor(matrix) == nil, let greatest = svd.values.first else { return nil }
    return (svd.values[svd.values.count - 1], greatest)
  }

  private mutating func factor() -> FactorisationFailure? {
    usedGram = Self.triesGram(shape) && factorByGram()
    if usedGram { return nil }
    if let failure = svd.factor(g) { return failure }
    svd.polarFactor(into: &result)
    return nil
  }

  /// U = G (GᵀG)^−½, or (GGᵀ)^−½ G on a wide G; false where G is too ill-conditioned for it.
  private mutating func factorByGram() -> Bool {
    let wide = shape.rows < shape.columns
    gram.setGram(g, transposed: !wide)
    let n = eigen.dimension
    guard n > 0, eigen.factor(gram) == nil else { return false }
    let (least, greatest) = (eigen.values[0], eigen.values[n - 1])
    guard least > .leastNormalMagnitude, least >= greatest * Scalar.ulpOfOne.squareRoot().squareRoot() else {
      return false
    }
    eigen.power(-1 / 2, into: &gram)
    if wide { result.setProduct(symmetric: gram, g) } else { result.setProduct(g, symmetric: gram) }
    return true
  }
}
