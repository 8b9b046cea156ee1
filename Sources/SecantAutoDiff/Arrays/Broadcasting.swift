internal import SecantLinearAlgebra

// One function of each pair of elements, where a single row, a single column or a number is repeated over the other operand.

/// z = φ(x, y), element by element: ż = ẋ ∂φ/∂x + ẏ ∂φ/∂y, x̄ += z̄ ∂φ/∂x summed over where x was repeated, and the tangent of that.
struct BroadcastKernel<Function: BinaryOperation>: MatrixKernel {
  typealias Scalar = Function.Scalar
  let φ: Function

  @inline(__always) init(_ function: Function) { φ = function }

  @inline(__always) func value(_ call: MatrixCall<Scalar>) {
    let (x, y, z) = (call.operand(0).pointer, call.operand(1).pointer, call.result.pointer)
    forEach(call) { k, i, j in z[k] = φ.value(x[i], y[j]) }
  }

  @inline(__always) func tangent(_ call: MatrixCall<Scalar>) {
    let (x, y, z) = (call.operand(0).pointer, call.operand(1).pointer, call.result.pointer)
    let ż = call.resultTangent.pointer
    switch (call.tangent(0)?.pointer, call.tangent(1)?.pointer) {
    case (let ẋ?, let ẏ?):
      forEach(call) { k, i, j in
        let (fx, fy) = φ.first(x[i], y[j], z[k])
        ż[k] = fx * ẋ[i] + fy * ẏ[j]
      }
    case (let ẋ?, nil): forEach(call) { k, i, j in ż[k] = φ.first(x[i], y[j], z[k]).0 * ẋ[i] }
    case (nil, let ẏ?): forEach(call) { k, i, j in ż[k] = φ.first(x[i], y[j], z[k]).1 * ẏ[j] }
    case (nil, nil): break
    }
  }

  @inline(__always) func adjoint(_ call: MatrixCall<Scalar>) {
    let (x, y, z) = (call.operand(0).pointer, call.operand(1).pointer, call.result.pointer)
    let z̄ = call.resultAdjoint.pointer
    if let x̄ = call.adjoint(0)?.pointer {
      accumulate(call, 0, x̄) { k, i, j in φ.first(x[i], y[j], z[k]).0 * z̄[k] }
    }
    if let ȳ = call.adjoint(1)?.pointer {
      accumulate(call, 1, ȳ) { k, i, j in φ.first(x[i], y[j], z[k]).1 * z̄[k] }
    }
  }

  @inline(__always) func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (x, y, z) = (call.operand(0).pointer, call.operand(1).pointer, call.result.pointer)
    let (z̄, z̄ʹ) = (call.resultAdjoint.pointer, call.resultAdjointTangent.pointer)
    let (ẋ, ẏ) = (call.tangent(0)?.pointer, call.tangent(1)?.pointer)
    if let x̄ʹ = call.adjointTangent(0)?.pointer {
      accumulate(call, 0, x̄ʹ) { k, i, j in
        let first = φ.first(x[i], y[j], z[k]).0 * z̄ʹ[k]
        if φ.isLinear { return first }
        return first + φ.bend(x[i], y[j], z[k], ẋ?[i] ?? 0, ẏ?[j] ?? 0).0 * z̄[k]
      }
    }
    if let ȳʹ = call.adjointTangent(1)?.pointer {
      accumulate(call, 1, ȳʹ) { k, i, j in
        let first = φ.first(x[i], y[j], z[k]).1 * z̄ʹ[k]
        if φ.isLinear { return first }
        return first + φ.bend(x[i], y[j], z[k], ẋ?[i] ?? 0, ẏ?[j] ?? 0).1 * z̄[k]
      }
    }
  }

  /// How an operand runs along while the result is gone through, column after column.
  struct Stride {
    /// 0 where a row is repeated.
    let row: Int
    /// 0 where a column is repeated.
    let column: Int

    init(_ operand: MatrixPlace, _ result: MatrixPlace) {
      row = operand.rows == result.rows ? 1 : 0
      column = operand.columns == result.columns ? operand.rows : 0
    }
  }

  /// The number of elements in a run, and of runs: one run where nothing is repeated.
  @inline(__always) private func extent(_ call: MatrixCall<Scalar>) -> (Int, Int) {
    let (x, y, z) = (call.place(0), call.place(1), call.record.result)
    return x.count == z.count && y.count == z.count ? (z.count, 1) : (z.rows, z.columns)
  }

  /// Calls `body` with the places of each element in the result and in the two operands.
  @inline(__always)
  private func forEach(_ call: MatrixCall<Scalar>, _ body: (Int, Int, Int) -> Void) {
    let (m, n) = extent(call)
    let (x, y) = (Stride(call.place(0), call.record.result), Stride(call.place(1), call.record.result))
    for j in 0..<n {
      let (k, a, b) = (j * m, j * x.column, j * y.column)
      // The compiler makes a fast loop of each.
      if x.row == 1 && y.row == 1 {
        for i in 0..<m { body(k + i, a + i, b + i) }
      } else if x.row == 1 {
        for i in 0..<m { body(k + i, a + i, b) }
      } else {
        for i in 0..<m { body(k + i, a, b + i) }
      }
    }
  }

  /// Adds what `body` gives for each element to an operand's adjoint, summed over where the operand was repeated.
  @inline(__always)
  private func accumulate(
    _ call: MatrixCall<Scalar>, _ operand: Int, _ adjoint: UnsafeMutablePointer<Scalar>,
    _ body: (Int, Int, Int) -> Scalar
  ) {
    let target = Stride(call.place(operand), call.record.result)
    let (m, n) = extent(call)
    if target.row == 1 {
      forEach(call) { k, i, j in adjoint[operand == 0 ? i : j] += body(k, i, j) }
    } else {
      let (x, y) = (Stride(call.place(0), call.record.result), Stride(call.place(1), call.record.result))
      for j in 0..<n {
        let (k, a, b) = (j * m, j * x.column, j * y.column)
        // Four sums, so that an addition need not wait for the one before.
        var (s0, s1, s2, s3): (Scalar, Scalar, Scalar, Scalar) = (0, 0, 0, 0)
        var i = 0
        while i + 4 <= m {
          s0 += body(k + i, a + i * x.row, b + i * y.row)
          s1 += body(k + i + 1, a + (i + 1) * x.row, b + (i + 1) * y.row)
          s2 += body(k + i + 2, a + (i + 2) * x.row, b + (i + 2) * y.row)
          s3 += body(k + i + 3, a + (i + 3) * x.row, b + (i + 3) * y.row)
          i += 4
        }
        while i < m {
          s0 += body(k + i, a + i * x.row, b + i * y.row)
          i += 1
        }
        adjoint[j * target.column] += (s0 + s1) + (s2 + s3)
      }
    }
  }
}

extension MatrixVariable {
  func combine(_ operation: MatrixOperation, _ other: MatrixVariable) -> MatrixVariable {
    precondition(
      (rows == other.rows || rows == 1 || other.rows == 1)
        && (columns == other.columns || columns == 1 || other.columns == 1),
      "a matrix of \(rows) × \(columns) was combined element by element with one of \(other.rows) × \(other.columns): give both the same shape, or one of them a single row or column"
    )
    let tape = tape
    tape.push(self)
    tape.push(other)
    return tape.record(
      operation, operandCount: 2, rows: rows == 1 ? other.rows : rows,
      columns: columns == 1 ? other.columns : columns)
  }

  /// x + y; a single row, a single column or a number is repeated.
  public static func + (x: MatrixVariable, y: MatrixVariable) -> MatrixVariable { x.combine(.addition, y) }
  /// x − y; a single row, a single column or a number is repeated.
  public static func - (x: MatrixVariable, y: MatrixVariable) -> MatrixVariable { x.combine(.subtraction, y) }
  /// x y element by element; a single row, a single column or a number is repeated.
  public static func * (x: MatrixVariable, y: MatrixVariable) -> MatrixVariable {
    x.combine(.multiplication, y)
  }
  /// x / y element by element; a single row, a single column or a number is repeated.
  public static func / (x: MatrixVariable, y: MatrixVariable) -> MatrixVariable { x.combine(.division, y) }
}

/// The larger of two elements each, NaN if either is; the first where they are equal. A single row, a single column or a
/// number is repeated.
public func max<Scalar>(_ x: MatrixVariable<Scalar>, _ y: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.combine(.maximum, y)
}

/// The smaller of two elements each, NaN if either is; the first where they are equal. A single row, a single column or a
/// number is repeated.
public func min<Scalar>(_ x: MatrixVariable<Scalar>, _ y: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  x.combine(.minimum, y)
}
