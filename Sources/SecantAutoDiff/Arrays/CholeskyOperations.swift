// Symbol ↔ name, for symmetric positive definite S, the symmetric part of A
//   L       its Cholesky factor                  factor
//   Ṡ       the symmetric part of Ȧ              symmetrised
//   W, Ẇ    S⁻¹X̄ and its tangent                 weights, weightTangents

internal import SecantLinearAlgebra

// Both read the symmetric part (A + Aᵀ)/2, so that every element of A has a derivative, and the derivative is symmetric.
// Where it is not positive definite, results and derivatives are NaN.
// Reference: M. Giles, *Collected matrix derivative results for forward and reverse mode algorithmic differentiation*, 2008.

/// X = S⁻¹B.
///
/// - Tangent: Ẋ = S⁻¹(Ḃ − ṠX).
/// - Adjoint: W = S⁻¹X̄; B̄ += W, S̄ −= WXᵀ.
/// - Adjoint tangent: Ẇ = S⁻¹(X̄˙ − ṠW); B̄˙ += Ẇ, S̄˙ −= ẆXᵀ + WẊᵀ.
struct CholeskySolve<Scalar: LAPACKScalar>: MatrixKernel {
  /// L, Ṡ, and three matrices as large as X.
  static func auxiliaryCount(_ n: Int, _ m: Int) -> Int { 3 * n * n + 3 * n * m }

  func value(_ call: MatrixCall<Scalar>) {
    let (a, b, x) = (call.operand(0), call.operand(1), call.result)
    factor(a, into: call.auxiliary)
    x.pointer.update(from: b.pointer, count: b.count)
    solve(call.auxiliary, x)
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let (x, ẋ) = (call.result, call.resultTangent)
    if let ḃ = call.tangent(1) {
      ẋ.pointer.update(from: ḃ.pointer, count: ḃ.count)
    } else {
      ẋ.pointer.update(repeating: 0, count: ẋ.count)
    }
    if let ȧ = call.tangent(0) { subtractProduct(symmetrised(ȧ, call), x, from: ẋ) }
    solve(call.auxiliary, ẋ)
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    let w = weights(call)
    call.adjoint(1)?.add(w, times: 1)
    if let ā = call.adjoint(0) { subtractSymmetricProduct(w, call.result, from: ā, call) }
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let w = weights(call)
    let ẇ = part(call, 1)
    ẇ.pointer.update(from: call.resultAdjointTangent.pointer, count: ẇ.count)
    if let ȧ = call.tangent(0) { subtractProduct(symmetrised(ȧ, call), w, from: ẇ) }
    solve(call.auxiliary, ẇ)
    call.adjointTangent(1)?.add(ẇ, times: 1)
    if let āʹ = call.adjointTangent(0) {
      subtractSymmetricProduct(ẇ, call.result, from: āʹ, call)
      subtractSymmetricProduct(w, call.resultTangent, from: āʹ, call)
    }
  }

  private func weights(_ call: MatrixCall<Scalar>) -> MatrixView<Scalar> {
    let w = part(call, 0)
    w.pointer.update(from: call.resultAdjoint.pointer, count: w.count)
    solve(call.auxiliary, w)
    return w
  }

  /// One of the matrices as large as X.
  private func part(_ call: MatrixCall<Scalar>, _ k: Int) -> MatrixView<Scalar> {
    let (n, m) = (call.result.rows, call.result.columns)
    return view(call.auxiliary + 3 * n * n + k * n * m, n, m)
  }

  private func symmetrised(_ ȧ: MatrixView<Scalar>, _ call: MatrixCall<Scalar>) -> MatrixView<Scalar> {
    let ṡ = view(call.auxiliary + ȧ.count, ȧ.rows, ȧ.rows)
    symmetrise(ȧ, into: ṡ)
    return ṡ
  }

  /// Ā −= ½(WXᵀ + XWᵀ).
  private func subtractSymmetricProduct(
    _ w: MatrixView<Scalar>, _ x: MatrixView<Scalar>, from ā: MatrixView<Scalar>, _ call: MatrixCall<Scalar>
  ) {
    let n = ā.rows
    let outer = view(call.auxiliary + 2 * n * n, n, n)
    multiply(w, false, x, true, into: outer, adding: 0)
    for j in 0..<n { for i in 0..<n { ā.pointer[i + j * n] -= (outer[i, j] + outer[j, i]) / 2 } }
  }
}

/// log det S.
///
/// - Tangent: tr(S⁻¹Ṡ).
/// - Adjoint: S̄ += s̄ S⁻¹.
/// - Adjoint tangent: S̄˙ += s̄˙ S⁻¹ − s̄ S⁻¹ṠS⁻¹.
struct LogDeterminant<Scalar: LAPACKScalar>: MatrixKernel {
  /// L, S⁻¹, and two matrices as large.
  static func auxiliaryCount(_ n: Int) -> Int { 4 * n * n }

  func value(_ call: MatrixCall<Scalar>) {
    let n = call.operand(0).rows
    let l = call.auxiliary
    factor(call.operand(0), into: l)
    var sum: Scalar = 0
    for i in 0..<n { sum += .log(l[i * (n + 1)]) }
    call.result.pointer[0] = 2 * sum
    let inverse = part(call, 1)
    inverse.pointer.update(repeating: 0, count: n * n)
    for i in 0..<n { inverse[i, i] = 1 }
    solve(l, inverse)
  }

  func tangent(_ call: MatrixCall<Scalar>) {
    let ṡ = part(call, 2)
    symmetrise(call.tangent(0)!, into: ṡ)
    call.resultTangent.pointer[0] = part(call, 1).dot(ṡ)
  }

  func adjoint(_ call: MatrixCall<Scalar>) {
    add(part(call, 1), times: call.resultAdjoint.pointer[0], to: call.adjoint(0)!)
  }

  func adjointTangent(_ call: MatrixCall<Scalar>) {
    let (inverse, ṡ, product, āʹ) = (part(call, 1), part(call, 2), part(call, 3), call.adjointTangent(0)!)
    add(inverse, times: call.resultAdjointTangent.pointer[0], to: āʹ)
    symmetrise(call.tangent(0)!, into: ṡ)
    multiply(inverse, false, ṡ, false, into: product, adding: 0)
    multiply(product, false, inverse, false, into: ṡ, adding: 0)
    add(ṡ, times: -call.resultAdjoint.pointer[0], to: āʹ)
  }

  /// Adds the symmetric part, for rounding leaves a product of symmetric matrices not quite so.
  private func add(_ x: MatrixView<Scalar>, times c: Scalar, to ā: MatrixView<Scalar>) {
    let n = x.rows
    for j in 0..<n { for i in 0..<n { ā.pointer[i + j * n] += c * (x[i, j] + x[j, i]) / 2 } }
  }

  private func part(_ call: MatrixCall<Scalar>, _ k: Int) -> MatrixView<Scalar> {
    let n = call.operand(0).rows
    return view(call.auxiliary + k * n * n, n, n)
  }
}

private func view<Scalar>(
  _ pointer: UnsafeMutablePointer<Scalar>, _ rows: Int, _ columns: Int
) -> MatrixView<Scalar> {
  MatrixView(pointer, MatrixPlace(arena: .passive, offset: 0, rows: rows, columns: columns))
}

/// ½(A + Aᵀ).
@inline(__always)
private func symmetrise<Scalar>(_ a: MatrixView<Scalar>, into s: MatrixView<Scalar>) {
  for j in 0..<a.rows { for i in 0..<a.rows { s[i, j] = (a[i, j] + a[j, i]) / 2 } }
}

/// The Cholesky factor of the symmetric part, in the lower triangle; NaN where there is none.
@inline(__always)
private func factor<Scalar>(_ a: MatrixView<Scalar>, into l: UnsafeMutablePointer<Scalar>) {
  symmetrise(a, into: view(l, a.rows, a.rows))
  if a.rows > 0, Scalar._potrf(a.rows, l, a.rows) != 0 { l.update(repeating: .nan, count: a.count) }
}

/// X ← S⁻¹X.
@inline(__always)
private func solve<Scalar>(_ l: UnsafeMutablePointer<Scalar>, _ x: MatrixView<Scalar>) {
  let n = x.rows
  if x.count == 0 { return }
  Scalar._trsm(true, .lower, false, n, x.columns, l, n, x.pointer, n)
  Scalar._trsm(true, .lower, true, n, x.columns, l, n, x.pointer, n)
}

/// Y −= SX.
@inline(__always)
private func subtractProduct<Scalar>(
  _ s: MatrixView<Scalar>, _ x: MatrixView<Scalar>, from y: MatrixView<Scalar>
) {
  let (n, m) = (x.rows, x.columns)
  if n == 0 || m == 0 { return }
  Scalar._gemm(false, false, n, m, n, -1, s.pointer, n, x.pointer, n, 1, y.pointer, n)
}

/// S⁻¹B by Cholesky's factorisation, where S is the symmetric part of A: NaN where that is not positive definite.
///
/// - Parameters:
///   - a: A, n × n.
///   - b: B, n rows.
public func choleskySolve<Scalar>(
  _ a: MatrixVariable<Scalar>, _ b: MatrixVariable<Scalar>
) -> MatrixVariable<Scalar> {
  precondition(
    a.rows == a.columns && a.rows == b.rows,
    "a system of \(a.rows) × \(a.columns) for \(b.rows) × \(b.columns): give a square matrix with as many rows"
  )
  let tape = a.tape
  tape.push(a)
  tape.push(b)
  return tape.record(
    .choleskySolve, operandCount: 2, rows: b.rows, columns: b.columns,
    auxiliary: tape.allocateAuxiliary(CholeskySolve<Scalar>.auxiliaryCount(b.rows, b.columns)))
}

/// log det S, 1 × 1, where S is the symmetric part of A: NaN where that is not positive definite.
///
/// - Parameter a: A, n × n.
public func logDeterminant<Scalar>(_ a: MatrixVariable<Scalar>) -> MatrixVariable<Scalar> {
  precondition(a.rows == a.columns, "the determinant of \(a.rows) × \(a.columns): give a square matrix")
  let tape = a.tape
  tape.push(a)
  return tape.record(
    .logDeterminant, operandCount: 1, rows: 1, columns: 1,
    auxiliary: tape.allocateAuxiliary(LogDeterminant<Scalar>.auxiliaryCount(a.rows)))
}
