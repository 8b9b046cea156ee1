/// The orthogonal polar factor: the nearest matrix with orthonormal rows or columns, to rounding.
///
/// G = U H, or H U, with H symmetric positive semidefinite; from the thin singular value decomposition
/// G = P diag(σ) Qᵀ it is U = P Qᵀ. On a rectangle that is at least twice as long as wide two ways are faster, see ``Way``:
/// the Gram matrix of the smaller side, where the condition is small, and ``DynamicallyWeightedHalley``, where G has full rank.
/// The decomposition is taken everywhere else.
///
/// - **Demands**: G of the shape given in `init`.
/// - **Memory**: three matrices of G's shape, five of its smaller side squared and LAPACK's work arrays, on long rectangles two
///   and ten more, allocated in `init`; from a smaller side of 26 on OpenBLAS allocates and frees a buffer of its own.
/// - **Work per step**: 6lk² + 20k³ flops, nominally, for k ≤ l the sides of G; 3lk² + 10k³ by the Gram matrix, 7lk² + 22k³
///   or so by both ways of long rectangles.
/// - **Guarantees**: UᵀU = I on the singular values that are not rounding, within c ε, and c ε^¾ by the Gram matrix. Zero
///   gives zero, and a rank-deficient G a partial isometry. The scale of G does not matter, as long as its squares neither
///   overflow nor vanish.
/// - **Reference**: Higham, *Functions of Matrices*, 2008, chapter 8.
public struct PolarFactor<Scalar: LAPACKScalar>: Workspace {
  /// The sides of G.
  public let shape: MatrixShape

  /// How a factor was found.
  public enum Way: String, Sendable, Codable {
    /// GᵀG = V diag(λ) Vᵀ, U = G V diag(λ^−½) Vᵀ, which squares the condition: where λ₁ ≤ ε^−¼ λₖ.
    case gramMatrix
    /// ``DynamicallyWeightedHalley``, where the rank is full.
    case halley
    /// The singular value decomposition.
    case singularValues
  }

  /// How the last factor was found.
  public private(set) var way = Way.singularValues
  private var g: Matrix<Scalar>
  private var result: Matrix<Scalar>
  private var svd: SVD<Scalar>
  private var gram: Matrix<Scalar>
  private var eigen: SymmetricEigen<Scalar>
  private var halley: DynamicallyWeightedHalley<Scalar>

  public init(rows: Int, columns: Int) { self.init(shape: MatrixShape(rows: rows, columns: columns)) }

  public init(shape: MatrixShape) {
    self.shape = shape
    let k = min(shape.rows, shape.columns)
    g = Matrix(zeros: shape.rows, shape.columns)
    result = g
    svd = SVD(shape: shape)
    let small = Self.isLong(shape) ? k : 0
    gram = Matrix(zeros: small, small)
    eigen = SymmetricEigen(dimension: small)
    halley = DynamicallyWeightedHalley(shape: small > 0 ? shape : MatrixShape(square: 0))
  }

  /// The flops of one factor, nominally, by the singular value decomposition.
  public static func flops(rows: Int, columns: Int) -> Int { SVD<Scalar>.flops(rows: rows, columns: columns) }

  /// Whether the rectangle is long enough for the other ways to be cheaper; on a square the Gram matrix's condition is too large
  /// as a rule, and the iteration takes as long as the decomposition.
  private static func isLong(_ shape: MatrixShape) -> Bool {
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
    if Self.isLong(shape) {
      way = .gramMatrix
      if factorByGram() { return nil }
      way = .halley
      if factorByHalley() { return nil }
    }
    way = .singularValues
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

  /// False where the least singular value may be rounding, to whose vectors the iteration would give a length of 1.
  private mutating func factorByHalley() -> Bool {
    let rounding = Scalar(max(shape.rows, shape.columns)) * .ulpOfOne
    guard halley.prepare(g) == nil, halley.bound > rounding, halley.iterate() == nil else { return false }
    halley.store(into: &result)
    return true
  }
}
