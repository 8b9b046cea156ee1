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
  /// Where the Jacobian has elements.
  public private(set) var pattern: SparsityPattern
  /// The groups of columns, or of rows.
  public private(set) var colouring: Colouring
  /// Whether the rows are grouped, and not the columns.
  public private(set) var isByRows: Bool
  /// How often the structure has been traced: more than once where branches went elsewhere.
  public private(set) var tracings = 1

  private let recorder: Recorder<Scalar>
  private var recording: Recording
  private var compression: Compression<Scalar>

  /// Traces the Jacobian of a problem's residuals at a point.
  ///
  /// - Parameters:
  ///   - problem: the sum of squares.
  ///   - x: where the residuals are recorded; of the numbers only the branches that they take matter.
  public init<Function>(of problem: DifferentiatedSquares<Function>, at x: Vector<Scalar>)
  where Function.Scalar == Scalar {
    let recorder = problem.recorder
    var recording: Recording?
    recorder.withTape(x) { recording = Recording($0) }
    self.recorder = recorder
    self.recording = recording!
    pattern = self.recording.jacobianPattern
    (isByRows, colouring, compression) = SparseJacobian.compress(pattern)
  }

  /// How many sweeps over the tape an evaluation takes.
  public var sweepCount: Int { compression.count }

  /// Writes J(x). Where the matrix has another pattern it is replaced; otherwise nothing is allocated.
  ///
  /// - Parameters:
  ///   - x: the point.
  ///   - jacobian: where the matrix goes.
  public mutating func evaluate(at x: Vector<Scalar>, into jacobian: inout SparseMatrix<Scalar>) {
    precondition(
      x.count == pattern.columns,
      "a point of \(x.count) elements for a Jacobian of \(pattern.columns) columns")
    recorder.withTape(x) { tape in
      if !recording.isHeld(by: tape) { trace(tape) }
      if jacobian.pattern != pattern { jacobian = SparseMatrix(zeros: pattern) }
      compression.evaluate(into: &jacobian.elements) { v, product in
        if isByRows {
          tape.combineGradients(times: v, into: &product)
        } else {
          tape.derivative(along: v, into: &product)
        }
      }
    }
  }

  /// J(x).
  ///
  /// - Parameter x: the point.
  public mutating func evaluate(at x: Vector<Scalar>) -> SparseMatrix<Scalar> {
    var jacobian = SparseMatrix<Scalar>(zeros: pattern)
    evaluate(at: x, into: &jacobian)
    return jacobian
  }

  private mutating func trace(_ tape: Tape<Scalar>) {
    tracings += 1
    recording = Recording(tape)
    let found = recording.jacobianPattern
    if found.rows == pattern.rows {
      // A colouring serves every smaller pattern, too.
      if pattern.isSuperset(of: found) { return }
      pattern = pattern.union(found)
    } else {
      pattern = found
    }
    (isByRows, colouring, compression) = SparseJacobian.compress(pattern)
  }

  private static func compress(
    _ pattern: SparsityPattern
  ) -> (isByRows: Bool, Colouring, Compression<Scalar>) {
    let transposed = pattern.transposed
    // A full row makes n colours for the columns and as many visits for each: what cannot win is not tried.
    var (fewestByColumns, fewestByRows) = (transposed.longestColumn, pattern.longestColumn)
    var columns, rows: Colouring?
    if fewestByColumns <= fewestByRows {
      columns = Colouring(columnsOf: pattern, transposed: transposed)
      fewestByColumns = columns!.count
    }
    // A reverse sweep costs more than a tangent sweep: rows have to be fewer.
    if fewestByRows < fewestByColumns {
      rows = Colouring(columnsOf: transposed, transposed: pattern)
      fewestByRows = rows!.count
    }
    if columns == nil && fewestByColumns <= fewestByRows {
      columns = Colouring(columnsOf: pattern, transposed: transposed)
    }
    if let rows, rows.count < columns?.count ?? .max {
      return (true, rows, Compression(rowsOf: pattern, rows))
    }
    return (false, columns!, Compression(columnsOf: pattern, columns!))
  }
}
