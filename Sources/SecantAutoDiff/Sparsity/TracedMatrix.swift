internal import SecantLinearAlgebra

/// A matrix of derivatives whose pattern is traced once and which is computed from as few sweeps as there are colours: what
/// ``SparseHessian`` and ``SparseJacobian`` are.
struct TracedMatrix<Scalar: LAPACKScalar> {
  enum Kind: String {
    case hessian = "Hessian"
    case jacobian = "Jacobian"
  }

  let kind: Kind
  private(set) var pattern: SparsityPattern
  private(set) var colouring: Colouring
  /// Whether the rows are grouped, and not the columns.
  private(set) var isByRows: Bool
  private(set) var tracings = 1
  private let recorder: Recorder<Scalar>
  private var recording: Recording
  private var compression: Compression<Scalar>

  init(_ kind: Kind, of recorder: Recorder<Scalar>, at x: Vector<Scalar>) {
    var recording: Recording?
    recorder.withTape(x) { recording = Recording($0) }
    self.kind = kind
    self.recorder = recorder
    self.recording = recording!
    pattern = recording!.pattern(of: kind, ofSquares: recorder.isSquares)
    (isByRows, colouring, compression) = TracedMatrix.compress(pattern, kind)
  }

  /// How many sweeps an evaluation takes.
  var sweepCount: Int { compression.count }

  /// Writes the matrix at x. Where it has another pattern it is replaced; otherwise nothing is allocated.
  mutating func evaluate(at x: Vector<Scalar>, into matrix: inout SparseMatrix<Scalar>) {
    precondition(
      x.count == pattern.columns,
      "a point of \(x.count) elements for a \(kind.rawValue) of \(pattern.columns) variables: give one each")
    recorder.withTape(x) { tape in
      if !recording.isHeld(by: tape) { trace(tape) }
      if matrix.pattern != pattern { matrix = SparseMatrix(zeros: pattern) }
      compression.evaluate(into: &matrix.elements) { v, product in
        switch (kind, isByRows, recorder.isSquares) {
        case (.jacobian, true, _): tape.combineGradients(times: v, into: &product)
        case (.jacobian, false, _): tape.derivative(along: v, into: &product)
        case (.hessian, _, true): tape.productOfHalfSquares(with: v, into: &product)
        case (.hessian, _, false): tape.product(with: v, into: &product)
        }
      }
    }
  }

  private mutating func trace(_ tape: Tape<Scalar>) {
    tracings += 1
    recording = Recording(tape)
    let found = recording.pattern(of: kind, ofSquares: recorder.isSquares)
    if found.rows == pattern.rows {
      // A colouring serves every smaller pattern, too.
      if pattern.isSuperset(of: found) { return }
      pattern = pattern.union(found)
    } else {
      pattern = found
    }
    (isByRows, colouring, compression) = TracedMatrix.compress(pattern, kind)
  }

  private static func compress(
    _ pattern: SparsityPattern, _ kind: Kind
  ) -> (isByRows: Bool, Colouring, Compression<Scalar>) {
    if kind == .hessian {
      let stars = Colouring(starOfSymmetric: pattern)
      return (false, stars, Compression(starsOf: pattern, stars))
    }
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

extension Recording {
  fileprivate func pattern<Scalar>(
    of kind: TracedMatrix<Scalar>.Kind, ofSquares: Bool
  ) -> SparsityPattern {
    kind == .hessian ? hessianPattern(ofSquares: ofSquares) : jacobianPattern
  }
}
