// Symbols as in Sweeps.swift.

internal import SecantLinearAlgebra

/// Which steps a derivative leads through, as the recording says it and not the numbers: the sweeps of Sweeps.swift
/// anew where they met a number that is not finite.
///
/// An infinite slope spoils what it has no part in, for 0 · ∞ is NaN. A zero counts as "no part" where it is one at any
/// numbers: a step that leads to no output, an input that does not move, the operand that a maximum is not. A zero that
/// was computed stays a number like others, and 0 · ∞ from it NaN.
///
/// - **Memory**: three bytes a step, when first asked.
/// - **Work**: beside the sweep, a sweep of values, for loops keep theirs to themselves.
final class Structure<Scalar: LAPACKScalar> {
  /// Whether an output that is differentiated was computed from the step.
  private let live = Memory<Bool>()
  /// Whether the step was computed from an input that moves.
  private let moves = Memory<Bool>()
  /// Whether the adjoint of the step depends on an input that moves.
  private let bends = Memory<Bool>()

  // MARK: v̇ₖ

  /// The tangents, from those of the inputs: an input moves if its own is other than zero.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  func sweepTangents(_ steps: Steps<Scalar>, _ range: Range<Int>, _ v̇: UnsafeMutablePointer<Scalar>) {
    moves.zero(range.upperBound, as: false)
    for j in 0..<range.lowerBound { moves.base[j] = v̇[j] != 0 }
    var sweep = TangentSweep(v: steps.values, v̇: v̇)
    for k in range {
      let (entry, l, r) = steps[k]
      v̇[k] = 0
      guard entry.isComputed else { continue }
      let passes = entry.passes(steps.values[l], steps.values[r])
      (sweep.k, sweep.l, sweep.r) = (k, l, r)
      (sweep.isLeft, sweep.isRight) = (passes.left && moves.base[l], passes.right && moves.base[r])
      moves.base[k] = sweep.isLeft || sweep.isRight
      sweep.visit(entry, supplied: steps.supplied)
    }
  }

  private struct TangentSweep: OperationVisitor {
    let v, v̇: UnsafeMutablePointer<Scalar>
    var k = 0, l = 0, r = 0
    var isLeft = false, isRight = false

    mutating func visit(_ φ: some UnaryOperation<Scalar>) {
      if isLeft { v̇[k] = φ.first(v[l], v[k]) * v̇[l] }
    }

    mutating func visit(_ φ: some BinaryOperation<Scalar>) {
      let (d, e) = φ.first(v[l], v[r], v[k])
      v̇[k] = (isLeft ? d * v̇[l] : 0) + (isRight ? e * v̇[r] : 0)
    }
  }

  // MARK: v̄ₖ

  /// The adjoints, from those of the outputs that are differentiated.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  func sweepAdjoints(
    _ steps: Steps<Scalar>, _ range: Range<Int>, _ v̄: UnsafeMutablePointer<Scalar>, from outputs: [UInt32],
    where isOf: (Int) -> Bool
  ) {
    findLive(range.upperBound, outputs, isOf)
    var sweep = AdjointSweep(v: steps.values, v̄: v̄)
    for k in range.reversed() where live.base[k] {
      let (entry, l, r) = steps[k]
      guard entry.isComputed else { continue }
      (sweep.k, sweep.l, sweep.r) = (k, l, r)
      (sweep.isLeft, sweep.isRight) = entry.passes(steps.values[l], steps.values[r])
      if sweep.isLeft { live.base[l] = true }
      if sweep.isRight { live.base[r] = true }
      sweep.visit(entry, supplied: steps.supplied)
    }
  }

  private func findLive(_ count: Int, _ outputs: [UInt32], _ isOf: (Int) -> Bool) {
    live.zero(count, as: false)
    for i in outputs.indices where isOf(i) { live.base[Int(outputs[i])] = true }
  }

  private struct AdjointSweep: OperationVisitor {
    let v, v̄: UnsafeMutablePointer<Scalar>
    var k = 0, l = 0, r = 0
    var isLeft = false, isRight = false

    mutating func visit(_ φ: some UnaryOperation<Scalar>) { v̄[l] += φ.first(v[l], v[k]) * v̄[k] }

    mutating func visit(_ φ: some BinaryOperation<Scalar>) {
      let (d, e) = φ.first(v[l], v[r], v[k])
      if isLeft { v̄[l] += d * v̄[k] }
      if isRight { v̄[r] += e * v̄[k] }
    }
  }

  // MARK: v̄̇ₖ

  /// The adjoints and their tangents, behind `sweepTangents`; `areMoving` says whether the outputs' own adjoints are theirs.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  func sweepAdjointTangents(
    _ steps: Steps<Scalar>, _ range: Range<Int>, tangents v̇: UnsafeMutablePointer<Scalar>,
    adjoints v̄: UnsafeMutablePointer<Scalar>, adjointTangents v̄̇: UnsafeMutablePointer<Scalar>,
    from outputs: [UInt32], where isOf: (Int) -> Bool, areMoving: Bool
  ) {
    findLive(range.upperBound, outputs, isOf)
    bends.zero(range.upperBound, as: false)
    if areMoving { for output in outputs { bends.base[Int(output)] = moves.base[Int(output)] } }
    var sweep = AdjointTangentSweep(v: steps.values, v̇: v̇, v̄: v̄, v̄̇: v̄̇, live: live.base, bends: bends.base)
    for k in range.reversed() where live.base[k] {
      let (entry, l, r) = steps[k]
      guard entry.isComputed else { continue }
      (sweep.k, sweep.l, sweep.r) = (k, l, r)
      (sweep.isLeft, sweep.isRight) = entry.passes(steps.values[l], steps.values[r])
      (sweep.movesLeft, sweep.movesRight) = (moves.base[l], moves.base[r])
      sweep.visit(entry, supplied: steps.supplied)
    }
  }

  private struct AdjointTangentSweep: OperationVisitor {
    let v, v̇, v̄, v̄̇: UnsafeMutablePointer<Scalar>
    let live, bends: UnsafeMutablePointer<Bool>
    var k = 0, l = 0, r = 0
    var isLeft = false, isRight = false
    var movesLeft = false, movesRight = false

    mutating func visit(_ φ: some UnaryOperation<Scalar>) {
      let d = φ.first(v[l], v[k])
      add(to: l, d, isCurved: movesLeft && (!φ.isLinear || d.isNaN)) {
        φ.second(v[l], v[k], d) * v̇[l]
      }
    }

    mutating func visit(_ φ: some BinaryOperation<Scalar>) {
      let (d, e) = φ.first(v[l], v[r], v[k])
      let isCurved = !φ.isLinear || d.isNaN
      let (ll, lr) = (isCurved && φ.bends.xx && movesLeft, isCurved && φ.bends.xy && movesRight)
      let (rl, rr) = (isCurved && φ.bends.xy && movesLeft, isCurved && φ.bends.yy && movesRight)
      let (xx, xy, yy) = φ.second(v[l], v[r], v[k])
      if isLeft {
        add(to: l, d, isCurved: ll || lr) { (ll ? xx * v̇[l] : 0) + (lr ? xy * v̇[r] : 0) }
      }
      if isRight {
        add(to: r, e, isCurved: rl || rr) { (rl ? xy * v̇[l] : 0) + (rr ? yy * v̇[r] : 0) }
      }
    }

    /// Gives an operand its part, by the slope and, where that moves, by its tangent.
    private func add(to operand: Int, _ slope: Scalar, isCurved: Bool, slopeTangent: () -> Scalar) {
      live[operand] = true
      v̄[operand] += slope * v̄[k]
      if bends[k] { v̄̇[operand] += slope * v̄̇[k] }
      if isCurved { v̄̇[operand] += slopeTangent() * v̄[k] }
      if bends[k] || isCurved { bends[operand] = true }
    }
  }
}

extension Steps {
  fileprivate subscript(k: Int) -> (entry: TapeEntry, left: Int, right: Int) {
    (entries[k], Int(entries[k].left), Int(entries[k].right))
  }
}

extension TapeEntry {
  /// Which operands have a part in the result: of a maximum only the one that it is.
  fileprivate func passes<Scalar: LAPACKScalar>(_ x: Scalar, _ y: Scalar) -> (left: Bool, right: Bool) {
    // Where one is NaN both slopes are, and both operands are to blame.
    func areNonzero(_ slopes: (Scalar, Scalar)) -> (Bool, Bool) { (slopes.0 != 0, slopes.1 != 0) }
    return switch operation {
    case .larger: areNonzero(Larger().first(x, y, x))
    case .smaller: areNonzero(Smaller().first(x, y, x))
    default: (true, true)
    }
  }
}
