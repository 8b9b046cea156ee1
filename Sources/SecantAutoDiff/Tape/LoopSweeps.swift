// The four sweeps of Sweeps.swift over a loop. Symbols as in Loop.swift.

internal import CKernels
internal import SecantLinearAlgebra

// MARK: Values

/// Computes the sums and what is wanted outside, and says whether every question of a branch has the answer that it had.
@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepValues<Scalar>(
  _ loop: Loop<Scalar>, _ v: UnsafeMutablePointer<Scalar>, _ columns: Columns<Scalar>,
  _ supplied: [SuppliedFunction<Scalar>]
) -> Bool {
  fillUniform(loop, columns)
  for sum in loop.sums { v[sum.result] = v[sum.initial] }
  for t in stride(from: 0, to: loop.repetitions, by: loop.batch) {
    let count = min(loop.batch, loop.repetitions - t)
    guard computeValues(loop, t, count, v, columns, supplied, asking: true) else { return false }
    for sum in loop.sums {
      let term = columns.x[sum.term]
      var total = v[sum.result]
      if sum.isSubtracted {
        for i in 0..<count { total -= term[i] }
      } else {
        for i in 0..<count { total += term[i] }
      }
      v[sum.result] = total
    }
    for export in loop.exports {
      scatter(columns.x[export.column], count, to: v + export.place + t * loop.period, loop.period)
    }
  }
  return true
}

@inline(__always)
private func fillUniform<Scalar>(_ loop: Loop<Scalar>, _ columns: Columns<Scalar>) {
  for constant in loop.uniform {
    columns.x[constant.column].update(repeating: constant.constant, count: loop.batch)
  }
}

/// One batch of values.
@inline(__always)
private func computeValues<Scalar>(
  _ loop: Loop<Scalar>, _ t: Int, _ count: Int, _ v: UnsafeMutablePointer<Scalar>, _ columns: Columns<Scalar>,
  _ supplied: [SuppliedFunction<Scalar>], asking: Bool
) -> Bool {
  for load in loop.loads { gather(load, t, count, from: v, to: columns.x[load.column]) }
  for table in loop.tables {
    table.constants.withUnsafeBufferPointer {
      columns.x[table.column].update(from: $0.baseAddress! + t, count: count)
    }
  }
  for step in loop.steps {
    let (x, y) = (columns.x[step.left], columns.x[step.right])
    if step.entry.operation.isGuard {
      if asking {
        for i in 0..<count where !step.entry.isAnswered(x[i], y[i]) { return false }
      }
      continue
    }
    if let kind = step.entry.operation.arithmetic {
      Scalar._columnValues(kind, count, x, y, columns.x[step.target])
    } else {
      var sweep = ColumnValues(x: x, y: y, z: columns.x[step.target], count: count)
      sweep.visit(step.entry, supplied: supplied)
    }
  }
  return true
}

private struct ColumnValues<Scalar: LAPACKScalar>: OperationVisitor {
  let x, y, z: UnsafeMutablePointer<Scalar>
  let count: Int

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    for i in 0..<count { z[i] = φ.value(x[i]) }
  }
  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    for i in 0..<count { z[i] = φ.value(x[i], y[i]) }
  }
}

// MARK: Tangents

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepTangents<Scalar>(
  _ loop: Loop<Scalar>, _ v: UnsafeMutablePointer<Scalar>, _ v̇: UnsafeMutablePointer<Scalar>,
  _ columns: Columns<Scalar>, _ supplied: [SuppliedFunction<Scalar>]
) {
  fillUniform(loop, columns)
  zeroConstants(loop, columns.ẋ)
  for sum in loop.sums { v̇[sum.result] = v̇[sum.initial] }
  for t in stride(from: 0, to: loop.repetitions, by: loop.batch) {
    let count = min(loop.batch, loop.repetitions - t)
    _ = computeValues(loop, t, count, v, columns, supplied, asking: false)
    computeTangents(loop, t, count, v̇, columns, supplied)
    for sum in loop.sums {
      let term = columns.ẋ[sum.term]
      var total = v̇[sum.result]
      if sum.isSubtracted {
        for i in 0..<count { total -= term[i] }
      } else {
        for i in 0..<count { total += term[i] }
      }
      v̇[sum.result] = total
    }
    for export in loop.exports {
      scatter(columns.ẋ[export.column], count, to: v̇ + export.place + t * loop.period, loop.period)
    }
  }
}

/// One batch of tangents, behind its values.
@inline(__always)
private func computeTangents<Scalar>(
  _ loop: Loop<Scalar>, _ t: Int, _ count: Int, _ v̇: UnsafeMutablePointer<Scalar>, _ columns: Columns<Scalar>,
  _ supplied: [SuppliedFunction<Scalar>]
) {
  for load in loop.loads { gather(load, t, count, from: v̇, to: columns.ẋ[load.column]) }
  for step in loop.steps where !step.entry.operation.isGuard {
    if !step.isLeftActive && !step.isRightActive {
      columns.ẋ[step.target].update(repeating: 0, count: count)
      continue
    }
    if let kind = step.entry.operation.arithmetic {
      Scalar._columnTangents(
        kind, count, columns.x[step.left], columns.x[step.right], columns.x[step.target],
        columns.ẋ[step.left],
        columns.ẋ[step.right], columns.ẋ[step.target])
      continue
    }
    var sweep = ColumnTangents(
      x: columns.x[step.left], y: columns.x[step.right], z: columns.x[step.target], ẋ: columns.ẋ[step.left],
      ẏ: columns.ẋ[step.right], ż: columns.ẋ[step.target], count: count)
    sweep.visit(step.entry, supplied: supplied)
  }
}

private struct ColumnTangents<Scalar: LAPACKScalar>: OperationVisitor {
  let x, y, z, ẋ, ẏ, ż: UnsafeMutablePointer<Scalar>
  let count: Int

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    for i in 0..<count { ż[i] = φ.first(x[i], z[i]) * ẋ[i] }
  }
  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    for i in 0..<count {
      let (d, e) = φ.first(x[i], y[i], z[i])
      ż[i] = d * ẋ[i] + e * ẏ[i]
    }
  }
}

// MARK: Adjoints

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepAdjoints<Scalar>(
  _ loop: Loop<Scalar>, _ v: UnsafeMutablePointer<Scalar>, _ v̄: UnsafeMutablePointer<Scalar>,
  _ columns: Columns<Scalar>, _ supplied: [SuppliedFunction<Scalar>]
) {
  fillUniform(loop, columns)
  for t in stride(from: 0, to: loop.repetitions, by: loop.batch) {
    let count = min(loop.batch, loop.repetitions - t)
    _ = computeValues(loop, t, count, v, columns, supplied, asking: false)
    beginAdjoints(loop, t, count, v̄, columns.x̄)
    for step in loop.steps.reversed() where !step.entry.operation.isGuard {
      if let kind = step.entry.operation.arithmetic {
        Scalar._columnAdjoints(
          kind, count, columns.x[step.left], columns.x[step.right], columns.x[step.target],
          columns.x̄[step.target], step.isLeftActive ? columns.x̄[step.left] : nil,
          step.isRightActive ? columns.x̄[step.right] : nil)
        continue
      }
      var sweep = ColumnAdjoints(
        x: columns.x[step.left], y: columns.x[step.right], z: columns.x[step.target], x̄: columns.x̄[step.left],
        ȳ: columns.x̄[step.right], z̄: columns.x̄[step.target], isLeftActive: step.isLeftActive,
        isRightActive: step.isRightActive, count: count)
      sweep.visit(step.entry, supplied: supplied)
    }
    for load in loop.loads { scatter(columns.x̄[load.column], load, t, count, addingTo: v̄) }
  }
  for sum in loop.sums { v̄[sum.initial] += v̄[sum.result] }
}

/// What the columns' adjoints begin with: what the outside has for the sums and for what it wanted.
@inline(__always)
private func beginAdjoints<Scalar>(
  _ loop: Loop<Scalar>, _ t: Int, _ count: Int, _ v̄: UnsafeMutablePointer<Scalar>,
  _ x̄: UnsafeMutablePointer<UnsafeMutablePointer<Scalar>>
) {
  for c in 0..<loop.columnCount { x̄[c].update(repeating: 0, count: count) }
  for sum in loop.sums {
    let (weight, term) = (sum.isSubtracted ? -v̄[sum.result] : v̄[sum.result], x̄[sum.term])
    for i in 0..<count { term[i] += weight }
  }
  for export in loop.exports {
    let (column, outside) = (x̄[export.column], v̄ + export.place + t * loop.period)
    for i in 0..<count { column[i] += outside[i * loop.period] }
  }
}

private struct ColumnAdjoints<Scalar: LAPACKScalar>: OperationVisitor {
  let x, y, z, x̄, ȳ, z̄: UnsafeMutablePointer<Scalar>
  let isLeftActive, isRightActive: Bool
  let count: Int

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    guard isLeftActive else { return }
    for i in 0..<count { x̄[i] += φ.first(x[i], z[i]) * z̄[i] }
  }

  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    if isLeftActive {
      for i in 0..<count { x̄[i] += φ.first(x[i], y[i], z[i]).0 * z̄[i] }
    }
    if isRightActive {
      for i in 0..<count { ȳ[i] += φ.first(x[i], y[i], z[i]).1 * z̄[i] }
    }
  }
}

// MARK: Adjoints' tangents

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepAdjointTangents<Scalar>(
  _ loop: Loop<Scalar>, _ v: UnsafeMutablePointer<Scalar>, _ v̇: UnsafeMutablePointer<Scalar>,
  _ v̄: UnsafeMutablePointer<Scalar>, _ v̄̇: UnsafeMutablePointer<Scalar>, _ columns: Columns<Scalar>,
  _ supplied: [SuppliedFunction<Scalar>]
) {
  fillUniform(loop, columns)
  zeroConstants(loop, columns.ẋ)
  for t in stride(from: 0, to: loop.repetitions, by: loop.batch) {
    let count = min(loop.batch, loop.repetitions - t)
    _ = computeValues(loop, t, count, v, columns, supplied, asking: false)
    computeTangents(loop, t, count, v̇, columns, supplied)
    beginAdjoints(loop, t, count, v̄, columns.x̄)
    beginAdjoints(loop, t, count, v̄̇, columns.x̄̇)
    for step in loop.steps.reversed() where !step.entry.operation.isGuard {
      if let kind = step.entry.operation.arithmetic {
        let (x, y, z) = (columns.x[step.left], columns.x[step.right], columns.x[step.target])
        Scalar._columnAdjointTangents(
          kind, count, x, y, z, columns.ẋ[step.left], columns.ẋ[step.right], columns.x̄[step.target],
          columns.x̄̇[step.target], step.isLeftActive ? columns.x̄̇[step.left] : nil,
          step.isRightActive ? columns.x̄̇[step.right] : nil)
        Scalar._columnAdjoints(
          kind, count, x, y, z, columns.x̄[step.target], step.isLeftActive ? columns.x̄[step.left] : nil,
          step.isRightActive ? columns.x̄[step.right] : nil)
        continue
      }
      var sweep = ColumnAdjointTangents(
        x: columns.x[step.left], y: columns.x[step.right], z: columns.x[step.target], ẋ: columns.ẋ[step.left],
        ẏ: columns.ẋ[step.right], x̄: columns.x̄[step.left], ȳ: columns.x̄[step.right],
        z̄: columns.x̄[step.target], x̄̇: columns.x̄̇[step.left], ȳ̇: columns.x̄̇[step.right],
        z̄̇: columns.x̄̇[step.target], isLeftActive: step.isLeftActive, isRightActive: step.isRightActive,
        count: count)
      sweep.visit(step.entry, supplied: supplied)
    }
    for load in loop.loads {
      scatter(columns.x̄[load.column], load, t, count, addingTo: v̄)
      scatter(columns.x̄̇[load.column], load, t, count, addingTo: v̄̇)
    }
  }
  for sum in loop.sums {
    v̄[sum.initial] += v̄[sum.result]
    v̄̇[sum.initial] += v̄̇[sum.result]
  }
}

private struct ColumnAdjointTangents<Scalar: LAPACKScalar>: OperationVisitor {
  let x, y, z, ẋ, ẏ, x̄, ȳ, z̄, x̄̇, ȳ̇, z̄̇: UnsafeMutablePointer<Scalar>
  let isLeftActive, isRightActive: Bool
  let count: Int

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    guard isLeftActive else { return }
    for i in 0..<count {
      let d = φ.first(x[i], z[i])
      x̄[i] += d * z̄[i]
      x̄̇[i] += φ.isLinear ? d * z̄̇[i] : d * z̄̇[i] + φ.second(x[i], z[i], d) * ẋ[i] * z̄[i]
    }
  }

  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    if isLeftActive {
      for i in 0..<count {
        let d = φ.first(x[i], y[i], z[i]).0
        x̄[i] += d * z̄[i]
        x̄̇[i] += φ.isLinear ? d * z̄̇[i] : d * z̄̇[i] + φ.bend(x[i], y[i], z[i], ẋ[i], ẏ[i]).0 * z̄[i]
      }
    }
    if isRightActive {
      for i in 0..<count {
        let e = φ.first(x[i], y[i], z[i]).1
        ȳ[i] += e * z̄[i]
        ȳ̇[i] += φ.isLinear ? e * z̄̇[i] : e * z̄̇[i] + φ.bend(x[i], y[i], z[i], ẋ[i], ẏ[i]).1 * z̄[i]
      }
    }
  }
}

// MARK: Between the outside and the columns

@inline(__always)
private func zeroConstants<Scalar>(
  _ loop: Loop<Scalar>, _ columns: UnsafeMutablePointer<UnsafeMutablePointer<Scalar>>
) {
  for constant in loop.uniform { columns[constant.column].update(repeating: 0, count: loop.batch) }
  for table in loop.tables { columns[table.column].update(repeating: 0, count: loop.batch) }
}

@inline(__always)
private func gather<Scalar>(
  _ load: Loop<Scalar>.Load, _ t: Int, _ count: Int, from outside: UnsafeMutablePointer<Scalar>,
  to column: UnsafeMutablePointer<Scalar>
) {
  if load.places.isEmpty {
    let (start, stride) = (outside + load.place + t * load.stride, load.stride)
    if stride == 0 {
      column.update(repeating: start.pointee, count: count)
    } else {
      for i in 0..<count { column[i] = start[i * stride] }
    }
  } else {
    load.places.withUnsafeBufferPointer { places in
      for i in 0..<count { column[i] = outside[Int(places[t + i])] }
    }
  }
}

@inline(__always)
private func scatter<Scalar: LAPACKScalar>(
  _ column: UnsafeMutablePointer<Scalar>, _ load: Loop<Scalar>.Load, _ t: Int, _ count: Int,
  addingTo outside: UnsafeMutablePointer<Scalar>
) {
  if load.places.isEmpty {
    let (start, stride) = (outside + load.place + t * load.stride, load.stride)
    if stride == 0 {
      var sum: Scalar = 0
      for i in 0..<count { sum += column[i] }
      start.pointee += sum
    } else {
      for i in 0..<count { start[i * stride] += column[i] }
    }
  } else {
    load.places.withUnsafeBufferPointer { places in
      for i in 0..<count { outside[Int(places[t + i])] += column[i] }
    }
  }
}

@inline(__always)
private func scatter<Scalar>(
  _ column: UnsafeMutablePointer<Scalar>, _ count: Int, to outside: UnsafeMutablePointer<Scalar>,
  _ stride: Int
) {
  for i in 0..<count { outside[i * stride] = column[i] }
}

extension Operation {
  /// The kernel that runs this operation on columns, for the five that a plain loop of Swift would be slow at.
  fileprivate var arithmetic: secant_column? {
    switch self {
    case .add: SECANT_COLUMN_SUM
    case .subtract: SECANT_COLUMN_DIFFERENCE
    case .multiply: SECANT_COLUMN_PRODUCT
    case .divide: SECANT_COLUMN_QUOTIENT
    case .negate: SECANT_COLUMN_NEGATION
    default: nil
    }
  }
}
