// Symbol ↔ name, for step k of operands l and r, after Griewank and Walther, Evaluating Derivatives, 2008
//   vₖ   value              values[k]
//   v̇ₖ   tangent            tangents[k]
//   v̄ₖ   adjoint            adjoints[k]
//   v̄̇ₖ   adjoint's tangent  adjointTangents[k]

internal import SecantLinearAlgebra

/// The steps of a tape and the numbers that belong to them.
struct Steps<Scalar: LAPACKScalar> {
  let entries: UnsafePointer<TapeEntry>
  let values: UnsafeMutablePointer<Scalar>
  let supplied: [SuppliedFunction<Scalar>]
}

// MARK: vₖ = φ(vₗ, vᵣ)

/// Computes the values anew, and says whether every question of a branch has the answer that it had.
@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepValues<Scalar>(_ steps: Steps<Scalar>, _ range: Range<Int>) -> Bool {
  var sweep = ValueSweep(values: steps.values)
  for k in range {
    let entry = steps.entries[k]
    if entry.operation.isGuard {
      guard entry.isAnswered(steps.values[Int(entry.left)], steps.values[Int(entry.right)]) else {
        return false
      }
      continue
    }
    (sweep.k, sweep.l, sweep.r) = (k, Int(entry.left), Int(entry.right))
    sweep.visit(entry, supplied: steps.supplied)
  }
  return true
}

extension TapeEntry {
  /// Whether the question of a branch has the answer that it had.
  @inline(__always) func isAnswered<Scalar: LAPACKScalar>(_ x: Scalar, _ y: Scalar) -> Bool {
    let answer =
      switch operation {
      case .isLess: x < y
      case .isLessOrEqual: x <= y
      default: x == y
      }
    return answer == (detail == 1)
  }
}

private struct ValueSweep<Scalar: LAPACKScalar>: OperationVisitor {
  let values: UnsafeMutablePointer<Scalar>
  var k = 0, l = 0, r = 0

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) { values[k] = φ.value(values[l]) }
  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    values[k] = φ.value(values[l], values[r])
  }
}

// MARK: v̇ₖ = ∂φ/∂vₗ v̇ₗ + ∂φ/∂vᵣ v̇ᵣ

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepTangents<Scalar>(
  _ steps: Steps<Scalar>, _ range: Range<Int>, _ tangents: UnsafeMutablePointer<Scalar>
) {
  var sweep = TangentSweep(values: steps.values, tangents: tangents)
  for k in range {
    let entry = steps.entries[k]
    tangents[k] = 0
    (sweep.k, sweep.l, sweep.r) = (k, Int(entry.left), Int(entry.right))
    sweep.visit(entry, supplied: steps.supplied)
  }
}

private struct TangentSweep<Scalar: LAPACKScalar>: OperationVisitor {
  let values, tangents: UnsafeMutablePointer<Scalar>
  var k = 0, l = 0, r = 0

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    tangents[k] = φ.first(values[l], values[k]) * tangents[l]
  }

  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    let (d, e) = φ.first(values[l], values[r], values[k])
    tangents[k] = d * tangents[l] + e * tangents[r]
  }
}

// MARK: v̄ₗ += ∂φ/∂vₗ v̄ₖ, v̄ᵣ += ∂φ/∂vᵣ v̄ₖ

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepAdjoints<Scalar>(
  _ steps: Steps<Scalar>, _ range: Range<Int>, _ adjoints: UnsafeMutablePointer<Scalar>
) {
  var sweep = AdjointSweep(values: steps.values, adjoints: adjoints)
  for k in range.reversed() {
    let entry = steps.entries[k]
    (sweep.k, sweep.l, sweep.r) = (k, Int(entry.left), Int(entry.right))
    sweep.visit(entry, supplied: steps.supplied)
  }
}

private struct AdjointSweep<Scalar: LAPACKScalar>: OperationVisitor {
  let values, adjoints: UnsafeMutablePointer<Scalar>
  var k = 0, l = 0, r = 0

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    adjoints[l] += φ.first(values[l], values[k]) * adjoints[k]
  }

  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    let (d, e) = φ.first(values[l], values[r], values[k])
    let v̄ = adjoints[k]
    adjoints[l] += d * v̄
    adjoints[r] += e * v̄
  }
}

// MARK: v̄̇ₗ += ∂φ/∂vₗ v̄̇ₖ + (∂φ/∂vₗ)˙ v̄ₖ, and likewise for r

@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func sweepAdjointTangents<Scalar>(
  _ steps: Steps<Scalar>, _ range: Range<Int>, tangents: UnsafeMutablePointer<Scalar>,
  adjoints: UnsafeMutablePointer<Scalar>, adjointTangents: UnsafeMutablePointer<Scalar>
) {
  var sweep = AdjointTangentSweep(
    values: steps.values, tangents: tangents, adjoints: adjoints, adjointTangents: adjointTangents)
  for k in range.reversed() {
    let entry = steps.entries[k]
    (sweep.k, sweep.l, sweep.r) = (k, Int(entry.left), Int(entry.right))
    sweep.visit(entry, supplied: steps.supplied)
  }
}

private struct AdjointTangentSweep<Scalar: LAPACKScalar>: OperationVisitor {
  let values, tangents, adjoints, adjointTangents: UnsafeMutablePointer<Scalar>
  var k = 0, l = 0, r = 0

  @inline(__always) mutating func visit(_ φ: some UnaryOperation<Scalar>) {
    let (v̄, v̄̇) = (adjoints[k], adjointTangents[k])
    let d = φ.first(values[l], values[k])
    adjoints[l] += d * v̄
    adjointTangents[l] += d * v̄̇
    if φ.isLinear { return }
    adjointTangents[l] += φ.second(values[l], values[k], d) * tangents[l] * v̄
  }

  @inline(__always) mutating func visit(_ φ: some BinaryOperation<Scalar>) {
    let (v̄, v̄̇) = (adjoints[k], adjointTangents[k])
    let (d, e) = φ.first(values[l], values[r], values[k])
    adjoints[l] += d * v̄
    adjoints[r] += e * v̄
    adjointTangents[l] += d * v̄̇
    adjointTangents[r] += e * v̄̇
    if φ.isLinear { return }
    let (ḋ, ė) = φ.bend(values[l], values[r], values[k], tangents[l], tangents[r])
    adjointTangents[l] += ḋ * v̄
    adjointTangents[r] += ė * v̄
  }
}
