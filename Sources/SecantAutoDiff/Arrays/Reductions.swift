internal import CKernels
internal import SecantLinearAlgebra

// Sums over a matrix, over its rows and over its columns.

extension MatrixView {
  /// Σ xᵢ.
  @inline(__always) var sum: Scalar { sum(0, count) }

  /// The sum of some elements that stand one after the other.
  @inline(__always) func sum(_ start: Int, _ count: Int) -> Scalar {
    Scalar._run(
      SECANT_SUM, count, (nil, nil, nil), (UnsafePointer(pointer + start), nil, nil, nil),
      (0, 0, 0, 0, 0, 0)
    ).0
  }

  /// xᵀy.
  @inline(__always) func dot(_ other: MatrixView) -> Scalar { Scalar._dot(count, pointer, other.pointer) }

  /// x ← x + a y.
  @inline(__always) func add(_ other: MatrixView, times a: Scalar) {
    Scalar._step(count, pointer, pointer, a, other.pointer)
  }

  /// x ← x + a in every element.
  @inline(__always) func add(_ a: Scalar) { for i in 0..<count { pointer[i] += a } }
}

/// s = Σ xᵢ: x̄ᵢ += s̄.
struct Total<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    y.pointer[0] = x.sum
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    x̄.add(ȳ.pointer[0])
  }
}

/// s = xᵀx: ṡ = 2xᵀẋ, x̄ += 2s̄x.
struct SquaredNorm<Scalar: LAPACKScalar>: MatrixKernel {
  func value(_ call: MatrixCall<Scalar>) {
    call.result.pointer[0] = call.operand(0).dot(call.operand(0))
  }
  func tangent(_ call: MatrixCall<Scalar>) {
    call.resultTangent.pointer[0] = 2 * call.operand(0).dot(call.tangent(0)!)
  }
  func adjoint(_ call: MatrixCall<Scalar>) {
    call.adjoint(0)!.add(call.operand(0), times: 2 * call.resultAdjoint.pointer[0])
  }
  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let x̄ʹ = call.adjointTangent(0)!
    x̄ʹ.add(call.operand(0), times: 2 * call.resultAdjointTangent.pointer[0])
    x̄ʹ.add(call.tangent(0)!, times: 2 * call.resultAdjoint.pointer[0])
  }
}

/// s = xᵀy: ṡ = ẋᵀy + xᵀẏ, x̄ += s̄y, ȳ += s̄x.
struct Dot<Scalar: LAPACKScalar>: MatrixKernel {
  func value(_ call: MatrixCall<Scalar>) {
    call.result.pointer[0] = call.operand(0).dot(call.operand(1))
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    var ṡ: Scalar = 0
    if let ẋ = call.tangent(0) { ṡ += ẋ.dot(call.operand(1)) }
    if let ẏ = call.tangent(1) { ṡ += call.operand(0).dot(ẏ) }
    call.resultTangent.pointer[0] = ṡ
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    let s̄ = call.resultAdjoint.pointer[0]
    call.adjoint(0)?.add(call.operand(1), times: s̄)
    call.adjoint(1)?.add(call.operand(0), times: s̄)
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (s̄, s̄ʹ) = (call.resultAdjoint.pointer[0], call.resultAdjointTangent.pointer[0])
    for (one, other) in [(0, 1), (1, 0)] {
      guard let x̄ʹ = call.adjointTangent(one) else { continue }
      x̄ʹ.add(call.operand(other), times: s̄ʹ)
      if let ẏ = call.tangent(other) { x̄ʹ.add(ẏ, times: s̄) }
    }
  }
}

/// r = X 1, the sum of each row.
struct RowSums<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    y.pointer.update(repeating: 0, count: x.rows)
    for j in 0..<x.columns {
      for i in 0..<x.rows { y.pointer[i] += x.pointer[i + j * x.rows] }
    }
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    for j in 0..<x̄.columns {
      for i in 0..<x̄.rows { x̄.pointer[i + j * x̄.rows] += ȳ.pointer[i] }
    }
  }
}

/// c = 1ᵀX, the sum of each column.
struct ColumnSums<Scalar: LAPACKScalar>: LinearKernel {
  @inline(__always)
  func map(_ call: MatrixCall<Scalar>, _ x: MatrixView<Scalar>, to y: MatrixView<Scalar>) {
    for j in 0..<x.columns { y.pointer[j] = x.sum(j * x.rows, x.rows) }
  }

  @inline(__always)
  func mapBack(_ call: MatrixCall<Scalar>, _ ȳ: MatrixView<Scalar>, addingTo x̄: MatrixView<Scalar>) {
    for j in 0..<x̄.columns {
      let s̄ = ȳ.pointer[j]
      for i in 0..<x̄.rows { x̄.pointer[i + j * x̄.rows] += s̄ }
    }
  }
}

extension MatrixVariable {
  private func reduced(_ operation: MatrixOperation, _ rows: Int, _ columns: Int) -> MatrixVariable {
    let tape = tape
    tape.push(self)
    return tape.record(operation, operandCount: 1, rows: rows, columns: columns)
  }

  /// The sum of all elements, 1 × 1.
  public var sum: MatrixVariable { reduced(.sum, 1, 1) }
  /// The mean of all elements, 1 × 1; NaN where there is none.
  public var mean: MatrixVariable { sum / Scalar(count) }
  /// The sum of the squares of all elements, 1 × 1.
  public var squaredNorm: MatrixVariable { reduced(.squaredNorm, 1, 1) }
  /// The sum of each row, a column of as many elements as there are rows.
  public var rowSums: MatrixVariable { reduced(.rowSums, rows, 1) }
  /// The sum of each column, a row of as many elements as there are columns.
  public var columnSums: MatrixVariable { reduced(.columnSums, 1, columns) }

  /// Σ xᵢ yᵢ over all elements of two matrices of the same shape, 1 × 1.
  public func dot(_ other: MatrixVariable) -> MatrixVariable {
    precondition(
      rows == other.rows && columns == other.columns,
      "the inner product of \(rows) × \(columns) and \(other.rows) × \(other.columns): give both the same shape"
    )
    let tape = tape
    tape.push(self)
    tape.push(other)
    return tape.record(.dot, operandCount: 2, rows: 1, columns: 1)
  }
}
