// Symbol ↔ name
//   l        steps of the chain               count
//   s        states that are held at a time   snapshots, the initial state among them
//   r        times that a step is repeated    repetitions
//   β(s, r)  (s + r)! / (s! r!)               reach

internal import SecantLinearAlgebra

/// A part of a model whose intermediate results are not kept: the part is run again when a derivative needs them.
///
/// ```swift
/// let y = checkpointed(x) { x in tanh(matmul(weights, x) + bias) }
/// ```
///
/// - Parameters:
///   - x: what the part is handed.
///   - part: a pure function: it may use variables from outside, but must make the same each time, which is a
///     precondition. A variable that it made is void outside.
///
/// - **Memory**: the result, and the intermediate results while the part runs.
/// - **Work**: the part once more for each derivative that is asked for.
/// - **Guarantees**: derivatives are bit for bit those without. A part that makes other numbers when it is run again, by
///   random ones of its own for example, is refused: draw them before, and hand them in.
public func checkpointed<Scalar>(
  _ x: MatrixVariable<Scalar>, _ part: @escaping (MatrixVariable<Scalar>) -> MatrixVariable<Scalar>
) -> MatrixVariable<Scalar> {
  x.tape.recordCheckpoint(x) { x, _ in part(x) }
}

/// A long chain xₖ₊₁ = step(xₖ, k) of which only some states are kept: the others are computed again when a derivative needs
/// them.
///
/// ```swift
/// let end = chain(count: 1000, from: start, snapshots: 10) { x, k in x + h * force(x) }
/// ```
///
/// With s snapshots, a chain of up to β(s, r) = (s + r)! / (s! r!) steps runs each step at most r times more, which no other
/// schedule betters; ten snapshots and three repetitions do for 286 steps.
///
/// - Parameters:
///   - count: the number of steps, at least 0.
///   - x: the initial state x₀.
///   - snapshots: how many states are held at a time while a derivative is computed, x₀ included; at least 1.
///   - step: a pure function of the state and the number of the step, whose result has the state's shape. It may use
///     variables from outside, but must make the same each time, which is a precondition.
///
/// - **Memory**: `snapshots` states, the intermediate results of one step, and a number for each step.
/// - **Work**: r l − β(s + 1, r − 1) runs of a step beside the l that are differentiated, r being the least with
///   β(s, r) ≥ l.
/// - **Guarantees**: derivatives are bit for bit those without; a step that makes other numbers when it is run again is
///   refused.
/// - **Reference**: A. Griewank and A. Walther, *Algorithm 799: Revolve*, ACM Transactions on Mathematical Software 26
///   (2000).
public func chain<Scalar>(
  count: Int, from x: MatrixVariable<Scalar>, snapshots: Int,
  _ step: @escaping (MatrixVariable<Scalar>, Int) -> MatrixVariable<Scalar>
) -> MatrixVariable<Scalar> {
  precondition(count >= 0, "a chain of \(count) steps: give a count of at least 0")
  precondition(snapshots >= 1, "a chain with \(snapshots) snapshots: hold at least 1")
  return count == 0 ? x : x.tape.recordChain(count, x, snapshots, step)
}

extension MatrixTape {
  typealias Segment = (MatrixVariable<Scalar>, Int) -> MatrixVariable<Scalar>

  // MARK: A single segment

  func recordCheckpoint(_ x: MatrixVariable<Scalar>, _ part: @escaping Segment) -> MatrixVariable<Scalar> {
    segments.append(part)
    push(x)
    let firstOperand = operands.count - 1
    let mark = mark
    header.pointee.open()
    let y = place(of: part(x, 0))
    header.pointee.close()
    rewindCounts(to: mark)
    let result = allocate(y.rows, y.columns, isActive: y.isActive)
    // Both may overlap, and what has been rewound still stands where it stood: in an array of the user's own, too.
    value(result).update(from: value(y), count: y.count)
    release(to: mark)
    if y.isActive {
      let record = MatrixRecord<Scalar>(
        operation: .checkpoint, result: result, firstOperand: firstOperand, operandCount: 1,
        first: segments.count - 1, auxiliary: allocateAuxiliary(1))
      keepFingerprint(of: result, record, step: 0)
      append(record)
    }
    return variable(result)
  }

  func sweepTangentsOfCheckpoint(_ record: MatrixRecord<Scalar>) {
    advance(record, from: operands[record.firstOperand], step: 0, into: record.result, values: false)
  }

  func sweepCheckpoint(_ record: MatrixRecord<Scalar>, _ order: Order) {
    reverse(
      record, from: operands[record.firstOperand], step: 0, isFresh: false, carry: record.result, order)
  }

  // MARK: A chain

  func recordChain(
    _ count: Int, _ x: MatrixVariable<Scalar>, _ snapshots: Int, _ step: @escaping Segment
  ) -> MatrixVariable<Scalar> {
    segments.append(step)
    push(x)
    let record = MatrixRecord<Scalar>(
      operation: .chain, result: allocate(x.rows, x.columns, isActive: true),
      firstOperand: operands.count - 1, operandCount: 1, first: segments.count - 1, second: count,
      // More than there are steps are of no use, and might be no number.
      constant: Scalar(Swift.min(snapshots, count)), auxiliary: allocateAuxiliary(count))
    advance(record, from: x.place, 0..<count, into: record.result, tangents: false, isFirst: true)
    recomputations = 0
    append(record)
    return variable(record.result)
  }

  func sweepTangentsOfChain(_ record: MatrixRecord<Scalar>) {
    let mark = mark
    let state = allocate(record.result.rows, record.result.columns, isActive: true)
    advance(record, from: operands[record.firstOperand], 0..<record.second, into: state, tangents: true)
    tangent(record.result).update(from: tangent(state), count: state.count)
    rewind(to: mark)
  }

  func sweepChain(_ record: MatrixRecord<Scalar>, _ order: Order) {
    reverse(
      record, 0..<record.second, from: operands[record.firstOperand], snapshots: Int(record.constant), order)
  }

  /// Reverses some steps of a chain, given the state before them, with so many snapshots, that state included.
  private func reverse(
    _ record: MatrixRecord<Scalar>, _ steps: Range<Int>, from state: MatrixPlace, snapshots: Int,
    _ order: Order
  ) {
    if steps.count == 1 {
      return reverse(
        record, from: state, step: steps.lowerBound, isFresh: steps.lowerBound > 0, carry: record.result,
        order)
    }
    let mark = mark
    let snapshot = allocate(state.rows, state.columns, isActive: true)
    if snapshots == 1 {
      for step in steps.dropFirst().reversed() {
        advance(
          record, from: state, steps.lowerBound..<step, into: snapshot, tangents: order.hasTangents)
        reverse(record, from: snapshot, step: step, isFresh: true, carry: record.result, order)
      }
      rewind(to: mark)
      return reverse(record, steps.prefix(1), from: state, snapshots: 1, order)
    }
    let middle = steps.lowerBound + stepsBeforeSnapshot(of: steps.count, snapshots: snapshots)
    advance(record, from: state, steps.lowerBound..<middle, into: snapshot, tangents: order.hasTangents)
    reverse(record, middle..<steps.upperBound, from: snapshot, snapshots: snapshots - 1, order)
    rewind(to: mark)
    reverse(record, steps.lowerBound..<middle, from: state, snapshots: snapshots, order)
  }

  private func advance(
    _ record: MatrixRecord<Scalar>, from state: MatrixPlace, _ steps: Range<Int>, into target: MatrixPlace,
    tangents: Bool, isFirst: Bool = false
  ) {
    for step in steps {
      advance(
        record, from: step == steps.lowerBound ? state : target, step: step, into: target, tangents: tangents,
        isFirst: isFirst)
    }
  }

  // MARK: One run of a segment

  /// Runs a segment forward and keeps nothing but its result.
  private func advance(
    _ record: MatrixRecord<Scalar>, from state: MatrixPlace, step: Int, into target: MatrixPlace,
    values: Bool = true, tangents: Bool = true, isFirst: Bool = false
  ) {
    let mark = mark
    header.pointee.open()
    let y = run(record, from: state, step: step, isFirst: isFirst)
    if tangents {
      sweepTangents(mark.records, to: records.count)
      if y.isActive {
        tangent(target).update(from: tangent(y), count: y.count)
      } else {
        tangent(target).update(repeating: 0, count: target.count)
      }
    }
    if values { value(target).update(from: value(y), count: y.count) }
    header.pointee.close()
    rewind(to: mark)
  }

  /// Runs a segment forward, and back with the adjoint that stands at `carry`.
  ///
  /// Where the state is a chain's own, `isFresh`, its adjoint is computed from zero and carried to the step before;
  /// otherwise it is added to what others have added there.
  private func reverse(
    _ record: MatrixRecord<Scalar>, from state: MatrixPlace, step: Int, isFresh: Bool, carry: MatrixPlace,
    _ order: Order
  ) {
    let mark = mark
    header.pointee.open()
    let y = run(record, from: state, step: step)
    if order.hasTangents { sweepTangents(mark.records, to: records.count) }
    clearAdjoints(from: mark.active, tangents: order.hasTangents)
    forEachAdjoint(order) { adjoint in
      if isFresh { adjoint(state).update(repeating: 0, count: state.count) }
      guard y.isActive else { return }
      let (ȳ, carried) = (adjoint(y), adjoint(carry))
      for i in 0..<y.count { ȳ[i] += carried[i] }
    }
    if isSelective {
      if isFresh { setLive(state, false) }
      if isLive(carry) { setLive(y) }
    }
    sweep(records.count, backTo: mark.records, order)
    if isFresh {
      forEachAdjoint(order) { adjoint in adjoint(carry).update(from: adjoint(state), count: state.count) }
      if isSelective { setLive(carry, isLive(state)) }
    }
    header.pointee.close()
    rewind(to: mark)
  }

  private func forEachAdjoint(
    _ order: Order, _ body: ((MatrixPlace) -> UnsafeMutablePointer<Scalar>) -> Void
  ) {
    body(adjoint)
    if order.hasTangents { body(adjointTangent) }
  }

  private func run(
    _ record: MatrixRecord<Scalar>, from state: MatrixPlace, step: Int, isFirst: Bool = false
  ) -> MatrixPlace {
    recomputations += 1
    let y = place(of: segments[record.first](variable(state), step))
    precondition(
      y.rows == record.result.rows && y.columns == record.result.columns,
      "a step or checkpointed part made \(y.rows) × \(y.columns) where \(record.result.rows) × \(record.result.columns) belong: give a function that keeps the shape"
    )
    if isFirst {
      keepFingerprint(of: y, record, step: step)
    } else {
      precondition(
        hasFingerprint(y, record, step: step),
        "a step or checkpointed part made other numbers when it was run again: give a pure function, and draw random numbers before it"
      )
    }
    return y
  }

  // MARK: Whether a segment makes the same again

  private func keepFingerprint(of y: MatrixPlace, _ record: MatrixRecord<Scalar>, step: Int) {
    let sum = fingerprint(value(y), y.count).sum
    value(fingerprints(of: record))[step] = sum
  }

  /// Whether a result has the fingerprint that was kept: to the root of the rounding, for what the user's own functions sum
  /// up on several threads has not the same bits each time.
  private func hasFingerprint(_ y: MatrixPlace, _ record: MatrixRecord<Scalar>, step: Int) -> Bool {
    let (found, size) = fingerprint(value(y), y.count)
    let kept = value(fingerprints(of: record))[step]
    return (found - kept).magnitude <= .sqrt(.ulpOfOne) * size
  }

  private func fingerprints(of record: MatrixRecord<Scalar>) -> MatrixPlace {
    MatrixPlace(arena: .passive, offset: record.auxiliary, rows: max(record.second, 1), columns: 1)
  }

  private func place(of y: MatrixVariable<Scalar>) -> MatrixPlace {
    precondition(y.tape === self, "a checkpointed part gave a variable of another tape: give one of its own")
    return y.place
  }
}

/// How many of l steps to run before the next of s snapshots: a choice for which both parts need no more repetitions than
/// the whole.
func stepsBeforeSnapshot(of l: Int, snapshots s: Int) -> Int {
  // β(s, r), which is kept from overflowing: beyond l its size does not matter.
  func reach(_ s: Int, _ r: Int) -> Int {
    if s < 0 || r < 0 { return 0 }
    var β = 1
    for i in 0..<min(s, r) where β <= l { β = β * (s + r - i) / (i + 1) }
    return β
  }
  var r = 1
  while reach(s, r) < l { r += 1 }
  // The steps before the snapshot are reversed with s snapshots and r − 1 repetitions, those behind it with s − 1 and r.
  return max(1, reach(s, r - 2), l - reach(s - 1, r))
}

/// A sum of the logarithms of numbers, with weights that differ, between 1 and 2, and the size of what it sums up.
///
/// A logarithm, of 1 + |y| with the sign of y, lets no large element hide what the others are; what is not finite counts
/// as more than any number.
@specialized(where Scalar == Double)
@specialized(where Scalar == Float)
private func fingerprint<Scalar: LAPACKScalar>(
  _ y: UnsafePointer<Scalar>, _ count: Int
) -> (sum: Scalar, size: Scalar) {
  var (sum, size): (Scalar, Scalar) = (0, 0)
  for i in 0..<count {
    let weight = 1 + Scalar(Int32(truncatingIfNeeded: (i &* 0x9E37_79B9) & 0xFFFF)) / 65536
    let height: Scalar =
      y[i].isNaN ? 3000 : y[i].isInfinite ? 2000 : .log(onePlus: y[i].magnitude)
    sum += y[i] < 0 ? -weight * height : weight * height
    size += weight * height
  }
  return (sum, size)
}
