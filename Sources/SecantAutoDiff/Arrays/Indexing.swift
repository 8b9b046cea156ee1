internal import SecantLinearAlgebra

// Elements and rows that are picked by their index. The adjoint adds each to where it came from.

/// yᵢ = xᵢ,cᵢ.
struct PickedElements<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    for i in 0..<y.rows { y.pointer[i] = x.pointer[i + call.indices[i] * x.rows] }
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    for i in 0..<ȳ.rows { x̄.pointer[i + call.indices[i] * x̄.rows] += ȳ.pointer[i] }
  }
}

/// Row i of Y is row rᵢ of X.
struct PickedRows<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    for j in 0..<y.columns {
      for i in 0..<y.rows { y.pointer[i + j * y.rows] = x.pointer[call.indices[i] + j * x.rows] }
    }
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    for j in 0..<ȳ.columns {
      for i in 0..<ȳ.rows { x̄.pointer[call.indices[i] + j * x̄.rows] += ȳ.pointer[i + j * ȳ.rows] }
    }
  }
}

extension MatrixVariable {
  /// One element of each row, a column: element i is xᵢ,cᵢ.
  ///
  /// - Parameter columns: cᵢ for each row, from 0.
  public func elements(inColumns columns: [Int]) -> MatrixVariable {
    precondition(columns.count == rows, "\(columns.count) indices for \(rows) rows: give one a row")
    for j in columns {
      precondition(
        j >= 0 && j < self.columns,
        "column \(j) of a matrix that has \(self.columns): give indices in 0..<\(self.columns)")
    }
    let tape = tape
    tape.push(self)
    return tape.record(
      .pickedElements, operandCount: 1, rows: rows, columns: 1, indices: tape.keep(columns))
  }
}

/// Rows of a table, one for each index: an embedding. An index may come several times.
///
/// - Parameters:
///   - table: a row for each thing that there is.
///   - indices: which rows, from 0.
public func gatherRows<Scalar>(_ table: MatrixVariable<Scalar>, _ indices: [Int]) -> MatrixVariable<Scalar> {
  for i in indices {
    precondition(
      i >= 0 && i < table.rows,
      "row \(i) of a table that has \(table.rows): give indices in 0..<\(table.rows)")
  }
  let tape = table.tape
  tape.push(table)
  return tape.record(
    .pickedRows, operandCount: 1, rows: indices.count, columns: table.columns, indices: tape.keep(indices))
}
