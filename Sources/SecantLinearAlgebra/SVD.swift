/// The thin singular value decomposition.
///
/// A = U diag(σ) Vᵀ with σ descending and k = min(m, n) columns in U and rows in Vᵀ, by divide and conquer.
///
/// - **Demands**: nothing of the shape or the rank.
/// - **Memory**: A, U, Vᵀ and LAPACK's work arrays, allocated in `init`; OpenBLAS's AVX-512 kernel for small
///   products, which LAPACK calls from k = 26 on, allocates and frees a buffer of its own.
/// - **Work per step**: 6lk² + 20k³ flops, nominally, for k ≤ l the sides of A.
/// - **Guarantees**: every singular value within c ε ‖A‖, U and V orthonormal to rounding.
/// - **Reference**: Golub and Van Loan, *Matrix Computations*, 4th ed., 8.6; LAPACK `gesdd`.
public struct SVD<Scalar: LAPACKScalar>: Workspace {
  /// The rows and columns of A.
  public let shape: MatrixShape
  /// σ, descending.
  public private(set) var values: Vector<Scalar>
  /// U, a left singular vector a column.
  public private(set) var left: Matrix<Scalar>
  /// Vᵀ, a right singular vector a row.
  public private(set) var rightTransposed: Matrix<Scalar>
  private var a: Matrix<Scalar>
  private var work: [Scalar]
  private var integerWork: [Int32]

  public init(rows m: Int, columns n: Int) { self.init(shape: MatrixShape(rows: m, columns: n)) }

  public init(shape: MatrixShape) {
    let (m, n) = (shape.rows, shape.columns)
    let k = min(m, n)
    self.shape = shape
    values = Vector(zeros: k)
    left = Matrix(zeros: m, k)
    rightTransposed = Matrix(zeros: k, n)
    a = Matrix(zeros: m, n)
    integerWork = Array(repeating: 0, count: 8 * max(k, 1))
    let none = untouched(Scalar.self)
    var answer: Scalar = 0
    _ = Scalar._gesdd(
      m, n, none, max(m, 1), none, none, max(m, 1), none, max(k, 1), &answer, -1, &integerWork)
    work = Array(repeating: 0, count: workCount(answer))
  }

  /// The flops of one decomposition, nominally: 6lk² + 20k³ for k ≤ l the sides.
  public static func flops(rows m: Int, columns n: Int) -> Int {
    let (k, l) = (min(m, n), max(m, n))
    return 6 * l * k * k + 20 * k * k * k
  }

  /// Decomposes A; after a failure the values and vectors mean nothing.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public mutating func factor(_ matrix: Matrix<Scalar>) -> FactorisationFailure? {
    guard matrix.isFinite else { return .nonFinite }
    a.copy(matrix)
    let (m, n) = (shape.rows, shape.columns)
    let k = min(m, n)
    let info = a.writePointer { a in
      values.writePointer { σ in
        left.writePointer { u in
          rightTransposed.writePointer { vt in
            Scalar._gesdd(
              m, n, a, max(m, 1), σ, u, max(m, 1), vt, max(k, 1), &work, work.count, &integerWork)
          }
        }
      }
    }
    return info > 0 ? .notConverged(count: info) : nil
  }

  /// How many singular values exceed `tolerance` times the greatest, by default max(m, n) times `ulpOfOne`.
  public func rank(tolerance: Scalar? = nil) -> Int {
    guard let greatest = values.first, greatest > 0 else { return 0 }
    let relative = tolerance ?? Scalar(max(shape.rows, shape.columns)) * .ulpOfOne
    return values.prefix { $0 > relative * greatest }.count
  }

  /// Writes U Vᵀ over the singular values that `rank` counts: the nearest matrix with orthonormal rows or
  /// columns when A has full rank, and zero when A is zero.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func polarFactor(into result: inout Matrix<Scalar>, tolerance: Scalar? = nil) {
    let (m, n) = (shape.rows, shape.columns)
    result.checkShape(a)
    let r = rank(tolerance: tolerance)
    guard r > 0 else { return result.fill(with: 0) }
    left.readPointer { u in
      rightTransposed.readPointer { vt in
        result.writePointer {
          Scalar._gemm(false, false, m, n, r, 1, u, m, vt, min(m, n), 0, $0, m)
        }
      }
    }
  }
}
