/// The eigenvalues and eigenvectors of a symmetric matrix.
///
/// A = V diag(λ) Vᵀ with λ ascending and V orthogonal, by divide and conquer.
///
/// - **Demands**: symmetric A, of which the lower triangle alone is read.
/// - **Memory**: about 4n² scalars, allocated in `init`; OpenBLAS's AVX-512 kernel for small products, which
///   LAPACK calls from n = 26 on, allocates and frees a buffer of its own.
/// - **Work per step**: 9n³ flops, nominally; divide and conquer often spends less.
/// - **Guarantees**: every eigenvalue within c n ε ‖A‖, V orthogonal to rounding.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 8.3 and 8.4; LAPACK `syevd`.
public struct SymmetricEigen<Scalar: LAPACKScalar>: Workspace {
  /// λ, ascending.
  public private(set) var values: Vector<Scalar>
  /// V, an eigenvector a column.
  public private(set) var vectors: Matrix<Scalar>
  private var scaled: Matrix<Scalar>
  private var work: [Scalar]
  private var integerWork: [Int32]

  public init(dimension n: Int) {
    values = Vector(zeros: n)
    vectors = Matrix(zeros: n, n)
    scaled = Matrix(zeros: n, n)
    var answer: Scalar = 0
    var integerAnswer: Int32 = 0
    let none = untouched(Scalar.self)
    _ = Scalar._syevd(n, none, max(n, 1), none, &answer, -1, &integerAnswer, -1)
    work = Array(repeating: 0, count: workCount(answer))
    integerWork = Array(repeating: 0, count: Int(integerAnswer))
  }

  public init(shape: MatrixShape) { self.init(dimension: shape.rows) }

  public var shape: MatrixShape { MatrixShape(square: dimension) }
  /// n, for which it was allocated.
  @inlinable public var dimension: Int { values.count }

  /// The flops of one decomposition, nominally: 9n³.
  public static func flops(_ n: Int) -> Int { 9 * n * n * n }

  /// Decomposes A; after a failure `values` and `vectors` mean nothing.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(_ a: Matrix<Scalar>) -> FactorisationFailure? {
    precondition(
      a.rows == dimension && a.columns == dimension,
      "a workspace of dimension \(dimension) was given a matrix of \(a.rows) × \(a.columns)")
    let n = dimension
    guard vectors.writePointer({ copyLowerTriangle(of: a, into: $0) }) else { return .nonFinite }
    let info = vectors.writePointer { v in
      values.writePointer { λ in
        Scalar._syevd(n, v, max(n, 1), λ, &work, work.count, &integerWork, integerWork.count)
      }
    }
    return info > 0 ? .notConverged(count: info) : nil
  }

  /// b ← V diag(1/λ̂) Vᵀ b, with what `change` makes of each eigenvalue: A⁻¹ b where it changes none.
  ///
  /// `scratch` has n elements and is overwritten.
  @inlinable public func solve(
    _ b: inout Vector<Scalar>, using scratch: inout Vector<Scalar>, changing change: (Scalar) -> Scalar
  ) {
    vectors.multiply(b, into: &scratch, transposed: true)
    for i in 0..<dimension { scratch[i] /= change(values[i]) }
    vectors.multiply(scratch, into: &b)
  }

  /// Writes A^p = V diag(λᵖ) Vᵀ, both triangles, into `result`, with every λ below `least` raised to it.
  public mutating func power(_ p: Scalar, raisingTo least: Scalar = 0, into result: inout Matrix<Scalar>) {
    let n = dimension
    scaled.copy(vectors)
    // A^p = (V diag(λ^p/2)) (V diag(λ^p/2))ᵀ.
    scaled.writePointer { v in
      for j in 0..<n {
        let root = Scalar.pow(max(values[j], least), p / 2)
        for i in 0..<n { v[i + j * n] *= root }
      }
    }
    result.setGram(scaled)
    result.mirrorLowerTriangle()
  }
}
