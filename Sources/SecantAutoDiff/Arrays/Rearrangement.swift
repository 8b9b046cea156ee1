internal import SecantLinearAlgebra

// The same elements elsewhere. A reshaped matrix and a range of columns need no operation: they are the same memory.

/// Y = Xᵀ.
struct Transposition<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    forEach(y) { i, j in y.pointer[i] = x.pointer[j] }
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    forEach(ȳ) { i, j in x̄.pointer[j] += ȳ.pointer[i] }
  }

  /// Calls `body` with the place of each element in Y and in X, by tiles: a walk along whole rows would miss the cache on
  /// every element.
  @inline(__always) private func forEach(_ y: MatrixView<Scalar>, _ body: (Int, Int) -> Void) {
    let tile = 16
    for j0 in stride(from: 0, to: y.columns, by: tile) {
      for i0 in stride(from: 0, to: y.rows, by: tile) {
        for j in j0..<min(j0 + tile, y.columns) {
          for i in i0..<min(i0 + tile, y.rows) { body(i + j * y.rows, j + i * y.columns) }
        }
      }
    }
  }
}

/// Some rows of X, from row `first` on.
struct RowSlice<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    copy(x, row: call.record.first, to: y, row: 0, y.rows)
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    add(ȳ, row: 0, to: x̄, row: call.record.first, ȳ.rows)
  }
}

/// The operands one below the other.
struct JoinedRows<Scalar: LAPACKScalar>: MatrixKernel {
  func value(_ call: MatrixCall<Scalar>) {
    forEach(call) { i, row, count in copy(call.operand(i), row: 0, to: call.result, row: row, count) }
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let ẏ = call.resultTangent
    ẏ.pointer.update(repeating: 0, count: ẏ.count)
    forEach(call) { i, row, count in
      if let ẋ = call.tangent(i) { copy(ẋ, row: 0, to: ẏ, row: row, count) }
    }
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    forEach(call) { i, row, count in
      if let x̄ = call.adjoint(i) { add(call.resultAdjoint, row: row, to: x̄, row: 0, count) }
    }
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    forEach(call) { i, row, count in
      if let x̄ʹ = call.adjointTangent(i) { add(call.resultAdjointTangent, row: row, to: x̄ʹ, row: 0, count) }
    }
  }

  @inline(__always)
  private func forEach(_ call: MatrixCall<Scalar>, _ body: (Int, Int, Int) -> Void) {
    var row = 0
    for i in 0..<call.operandCount {
      body(i, row, call.place(i).rows)
      row += call.place(i).rows
    }
  }
}

/// The operands side by side.
struct JoinedColumns<Scalar: LAPACKScalar>: MatrixKernel {
  func value(_ call: MatrixCall<Scalar>) {
    forEach(call) { i, start, count in
      (call.result.pointer + start).update(from: call.operand(i).pointer, count: count)
    }
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let ẏ = call.resultTangent.pointer
    forEach(call) { i, start, count in
      if let ẋ = call.tangent(i) {
        (ẏ + start).update(from: ẋ.pointer, count: count)
      } else {
        (ẏ + start).update(repeating: 0, count: count)
      }
    }
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    let ȳ = call.resultAdjoint.pointer
    forEach(call) { i, start, count in
      if let x̄ = call.adjoint(i)?.pointer { for k in 0..<count { x̄[k] += ȳ[start + k] } }
    }
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let ȳʹ = call.resultAdjointTangent.pointer
    forEach(call) { i, start, count in
      if let x̄ʹ = call.adjointTangent(i)?.pointer { for k in 0..<count { x̄ʹ[k] += ȳʹ[start + k] } }
    }
  }

  @inline(__always)
  private func forEach(_ call: MatrixCall<Scalar>, _ body: (Int, Int, Int) -> Void) {
    var start = 0
    for i in 0..<call.operandCount {
      body(i, start, call.place(i).count)
      start += call.place(i).count
    }
  }
}

/// Some rows of one matrix over those of another.
@inline(__always) private func copy<Scalar>(
  _ x: MatrixView<Scalar>, row i: Int, to y: MatrixView<Scalar>, row k: Int, _ count: Int
) {
  for j in 0..<x.columns {
    (y.pointer + k + j * y.rows).update(from: x.pointer + i + j * x.rows, count: count)
  }
}

/// Some rows of one matrix added to those of another.
@inline(__always) private func add<Scalar>(
  _ x: MatrixView<Scalar>, row i: Int, to y: MatrixView<Scalar>, row k: Int, _ count: Int
) {
  for j in 0..<x.columns {
    let (from, to) = (x.pointer + i + j * x.rows, y.pointer + k + j * y.rows)
    for l in 0..<count { to[l] += from[l] }
  }
}

extension MatrixVariable {
  /// The transposed matrix. A factor of a product need not be transposed before: see
  /// `matmul`.
  public var transposed: MatrixVariable {
    // A row and the column of the same elements are the same memory.
    if rows == 1 || columns == 1 { return reshaped(rows: columns, columns: rows) }
    let tape = tape
    tape.push(self)
    return tape.record(.transposition, operandCount: 1, rows: columns, columns: rows)
  }

  /// Some of the rows.
  public func rows(_ range: Range<Int>) -> MatrixVariable {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rows,
      "rows \(range) of a matrix that has \(rows): give a range within 0..<\(rows)")
    let tape = tape
    tape.push(self)
    return tape.record(
      .rows, operandCount: 1, rows: range.count, columns: columns, first: range.lowerBound)
  }

  /// One row, 1 × n.
  public func row(_ i: Int) -> MatrixVariable { rows(i..<(i + 1)) }

  /// This matrix with another one below it, of as many columns.
  public func appending(rows other: MatrixVariable) -> MatrixVariable {
    checkJoined("below", "columns", columns, other.columns)
    let tape = tape
    tape.push(self)
    tape.push(other)
    return tape.record(.joinedRows, operandCount: 2, rows: rows + other.rows, columns: columns)
  }

  /// This matrix with another one to its right, of as many rows.
  public func appending(columns other: MatrixVariable) -> MatrixVariable {
    checkJoined("beside", "rows", rows, other.rows)
    let tape = tape
    tape.push(self)
    tape.push(other)
    return tape.record(.joinedColumns, operandCount: 2, rows: rows, columns: columns + other.columns)
  }

  /// Matrices of as many columns, one below the other; at least one.
  public init(joiningRows parts: [MatrixVariable]) {
    precondition(!parts.isEmpty, "no matrices to join: give at least one")
    var rows = 0
    let tape = parts[0].tape
    for part in parts {
      parts[0].checkJoined("below", "columns", parts[0].columns, part.columns)
      tape.push(part)
      rows += part.rows
    }
    self = tape.record(.joinedRows, operandCount: parts.count, rows: rows, columns: parts[0].columns)
  }

  /// Matrices of as many rows, side by side; at least one.
  public init(joiningColumns parts: [MatrixVariable]) {
    precondition(!parts.isEmpty, "no matrices to join: give at least one")
    var columns = 0
    let tape = parts[0].tape
    for part in parts {
      parts[0].checkJoined("beside", "rows", parts[0].rows, part.rows)
      tape.push(part)
      columns += part.columns
    }
    self = tape.record(.joinedColumns, operandCount: parts.count, rows: parts[0].rows, columns: columns)
  }

  private func checkJoined(_ place: String, _ sides: String, _ one: Int, _ other: Int) {
    precondition(
      one == other, "a matrix of \(other) \(sides) was put \(place) one of \(one): give both as many \(sides)"
    )
  }
}
