public import SecantLinearAlgebra

/// C = op(A) op(B), where op(A) is A or Aᵀ.
///
/// - Tangent: Ċ = op(Ȧ) op(B) + op(A) op(Ḃ).
/// - Adjoint: Ā += C̄ op(B)ᵀ, or op(B) C̄ᵀ where A stands transposed; B̄ += op(A)ᵀ C̄, or C̄ᵀ op(A).
/// - Adjoint tangent: the same with the tangent of C̄, and with C̄ and the tangent of the other factor.
/// - **Reference**: M. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic
///   differentiation*, Advances in Automatic Differentiation (2008), section 2.2.2.
struct MatrixProduct<Scalar: LAPACKScalar>: MatrixKernel {
  @inline(__always) private func isTransposed(_ call: MatrixCall<Scalar>) -> (Bool, Bool) {
    (call.record.first != 0, call.record.second != 0)
  }

  func value(_ call: MatrixCall<Scalar>) {
    let (ta, tb) = isTransposed(call)
    multiply(call.operand(0), ta, call.operand(1), tb, into: call.result, adding: 0)
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let ((ta, tb), ċ) = (isTransposed(call), call.resultTangent)
    var β: Scalar = 0
    if let ȧ = call.tangent(0) {
      multiply(ȧ, ta, call.operand(1), tb, into: ċ, adding: β)
      β = 1
    }
    if let ḃ = call.tangent(1) { multiply(call.operand(0), ta, ḃ, tb, into: ċ, adding: β) }
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    let c̄ = call.resultAdjoint
    if let ā = call.adjoint(0) { addFirst(c̄, call.operand(1), to: ā, call) }
    if let b̄ = call.adjoint(1) { addSecond(c̄, call.operand(0), to: b̄, call) }
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (c̄, c̄ʹ) = (call.resultAdjoint, call.resultAdjointTangent)
    if let āʹ = call.adjointTangent(0) {
      addFirst(c̄ʹ, call.operand(1), to: āʹ, call)
      if let ḃ = call.tangent(1) { addFirst(c̄, ḃ, to: āʹ, call) }
    }
    if let b̄ʹ = call.adjointTangent(1) {
      addSecond(c̄ʹ, call.operand(0), to: b̄ʹ, call)
      if let ȧ = call.tangent(0) { addSecond(c̄, ȧ, to: b̄ʹ, call) }
    }
  }

  /// Ā += C̄ op(B)ᵀ, or op(B) C̄ᵀ.
  private func addFirst(
    _ c̄: MatrixView<Scalar>, _ b: MatrixView<Scalar>, to ā: MatrixView<Scalar>, _ call: MatrixCall<Scalar>
  ) {
    let (ta, tb) = isTransposed(call)
    if ta {
      multiply(b, tb, c̄, true, into: ā, adding: 1)
    } else {
      multiply(c̄, false, b, !tb, into: ā, adding: 1)
    }
  }

  /// B̄ += op(A)ᵀ C̄, or C̄ᵀ op(A).
  private func addSecond(
    _ c̄: MatrixView<Scalar>, _ a: MatrixView<Scalar>, to b̄: MatrixView<Scalar>, _ call: MatrixCall<Scalar>
  ) {
    let (ta, tb) = isTransposed(call)
    if tb {
      multiply(c̄, true, a, ta, into: b̄, adding: 1)
    } else {
      multiply(a, !ta, c̄, false, into: b̄, adding: 1)
    }
  }
}

/// C ← op(A) op(B) + β C, through the BLAS routine for the shape.
func multiply<Scalar: LAPACKScalar>(
  _ a: MatrixView<Scalar>, _ ta: Bool, _ b: MatrixView<Scalar>, _ tb: Bool, into c: MatrixView<Scalar>,
  adding β: Scalar
) {
  let (m, n, k) = (c.rows, c.columns, ta ? a.rows : a.columns)
  if m == 0 || n == 0 { return }
  if k == 0 {
    if β == 0 { c.pointer.update(repeating: 0, count: c.count) }
  } else if n == 1 {
    Scalar._gemv(ta, a.rows, a.columns, 1, a.pointer, a.rows, b.pointer, β, c.pointer)
  } else if m == 1 {
    // cᵀ = op(B)ᵀ aᵀ.
    Scalar._gemv(!tb, b.rows, b.columns, 1, b.pointer, b.rows, a.pointer, β, c.pointer)
  } else if k == 1 && β == 1 {
    Scalar._ger(m, n, 1, a.pointer, b.pointer, c.pointer, m)
  } else {
    Scalar._gemm(ta, tb, m, n, k, 1, a.pointer, a.rows, b.pointer, b.rows, β, c.pointer, m)
  }
}

/// The product of two matrices, or of a matrix and a vector.
///
/// - Parameters:
///   - a: the first factor.
///   - b: the second factor.
///   - transposingFirst: whether to take Aᵀ for A.
///   - transposingSecond: whether to take Bᵀ for B.
public func matmul<Scalar>(
  _ a: MatrixVariable<Scalar>, _ b: MatrixVariable<Scalar>, transposingFirst: Bool = false,
  transposingSecond: Bool = false
) -> MatrixVariable<Scalar> {
  let (m, k) = transposingFirst ? (a.columns, a.rows) : (a.rows, a.columns)
  let (l, n) = transposingSecond ? (b.columns, b.rows) : (b.rows, b.columns)
  precondition(
    k == l,
    "the product of \(m) × \(k) and \(l) × \(n): give as many columns to the first as rows to the second")
  let tape = a.tape
  tape.push(a)
  tape.push(b)
  return tape.record(
    .product, operandCount: 2, rows: m, columns: n, first: transposingFirst ? 1 : 0,
    second: transposingSecond ? 1 : 0)
}

/// The product of a matrix of data, used where it stands, and a matrix or a vector.
///
/// - Parameters:
///   - a: the first factor, a constant.
///   - b: the second factor.
///   - transposingFirst: whether to take Aᵀ for A.
///   - transposingSecond: whether to take Bᵀ for B.
public func matmul<Scalar>(
  _ a: Matrix<Scalar>, _ b: MatrixVariable<Scalar>, transposingFirst: Bool = false,
  transposingSecond: Bool = false
) -> MatrixVariable<Scalar> {
  matmul(
    b.tape.constant(a), b, transposingFirst: transposingFirst, transposingSecond: transposingSecond)
}

/// The product of a matrix and a matrix of data, which is used where it stands.
///
/// - Parameters:
///   - a: the first factor.
///   - b: the second factor, a constant.
///   - transposingFirst: whether to take Aᵀ for A.
///   - transposingSecond: whether to take Bᵀ for B.
public func matmul<Scalar>(
  _ a: MatrixVariable<Scalar>, _ b: Matrix<Scalar>, transposingFirst: Bool = false,
  transposingSecond: Bool = false
) -> MatrixVariable<Scalar> {
  matmul(
    a, a.tape.constant(b), transposingFirst: transposingFirst, transposingSecond: transposingSecond)
}
