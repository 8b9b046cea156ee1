public import SecantLinearAlgebra

/// The Jacobian of residuals as a sparse matrix: its pattern traced once, and then a sweep for each colour.
///
/// ```swift
/// var sparse = SparseJacobian(of: problem, at: x)
/// var jacobian = sparse.evaluate(at: x)
/// sparse.evaluate(at: y, into: &jacobian)
/// ```
///
/// Columns that share no row are computed together by a tangent sweep, J s; where fewer groups of rows do, each by a
/// reverse sweep, Jᵀs. What ``SparseHessian`` says of branches holds here, too.
///
/// - **Demands**: ``DifferentiatedSquares``.
/// - **Memory**: 16 bytes for each step of the tape, some 40 for each element.
/// - **Work**: tracing and colouring, a few sweeps over the tape; an evaluation, `sweepCount` sweeps. A matrix that
///   has both a full row and a full column takes as many as the dense one.
/// - **Guarantees**: the matrix is that of the sweeps to the last bit.
/// - **Reference**: Curtis, Powell and Reid, *J. Inst. Maths Applics* 13 (1974) 117–119; ``Colouring``.
public struct SparseJacobian<Scalar: LAPACKScalar> {
  private var matrix: TracedMatrix<Scalar>

  /// Traces the Jacobian of a problem's residuals at a point.
  ///
  /// - Parameters:
  ///   - problem: the sum of squares.
  ///   - x: where the residuals are recorded; of the numbers only the branches that they take matter.
  public init<Function>(of problem: DifferentiatedSquares<Function>, at x: Vector<Scalar>)
  where Function.Scalar == Scalar {
    matrix = TracedMatrix(.jacobian, of: problem.recorder, at: x)
  }

  /// Where the Jacobian has elements.
  public var pattern: SparsityPattern { matrix.pattern }
  /// The groups of columns, or of rows.
  public var colouring: Colouring { matrix.colouring }
  /// Whether the rows are grouped, and not the columns.
  public var isByRows: Bool { matrix.isByRows }
  /// How often the structure has been traced: more than once where branches went elsewhere.
  public var tracings: Int { matrix.tracings }
  /// How many sweeps over the tape an evaluation takes.
  public var sweepCount: Int { matrix.sweepCount }

  /// Writes J(x). Where the matrix has another pattern it is replaced; otherwise nothing is allocated.
  ///
  /// - Parameters:
  ///   - x: the point.
  ///   - jacobian: where the matrix goes.
  public mutating func evaluate(at x: Vector<Scalar>, into jacobian: inout SparseMatrix<Scalar>) {
    matrix.evaluate(at: x, into: &jacobian)
  }

  /// J(x).
  ///
  /// - Parameter x: the point.
  public mutating func evaluate(at x: Vector<Scalar>) -> SparseMatrix<Scalar> {
    var jacobian = SparseMatrix<Scalar>(zeros: pattern)
    evaluate(at: x, into: &jacobian)
    return jacobian
  }
}
