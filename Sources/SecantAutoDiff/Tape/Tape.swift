// Symbol ↔ name
//   v, v̇, v̄, v̄̇   values, tangents, adjoints, adjointTangents: see Sweeps.swift

internal import Glibc
public import SecantLinearAlgebra

/// A recorded formula of n inputs and m outputs, and the sweeps that differentiate it.
///
/// - **Memory**: 16 bytes and a number for every step, and one to three numbers more for what has been asked;
///   everything is reused by the next evaluation.
/// - **Reference**: Griewank and Walther, *Evaluating Derivatives*, 2nd edition 2008.
@usableFromInline final class Tape<Scalar: LAPACKScalar> {
  @usableFromInline let storage: UnsafeMutablePointer<TapeStorage<Scalar>>
  @usableFromInline var inputs: [Variable<Scalar>] = []
  @usableFromInline var outputs: [UInt32] = []
  private var constants: [Variable<Scalar>] = []
  private let adjoints = Memory<Scalar>()
  private let tangents = Memory<Scalar>()
  private let adjointTangents = Memory<Scalar>()
  private let structure = Structure<Scalar>()
  private let loopMemory = LoopMemory<Scalar>()
  private var plan = Plan<Scalar>(stepByStep: 0..<0)
  private var unit = Vector<Scalar>(zeros: 0)
  private var row = Vector<Scalar>(zeros: 0)
  private var column = Vector<Scalar>(zeros: 0)
  private var trust = ReplayTrust()
  /// The functions that the user supplied to the recording before.
  private var suppliedBefore: [SuppliedFunction<Scalar>] = []

  @usableFromInline init() { storage = TapeStorage.take() }

  deinit { TapeStorage.give(back: storage) }

  var inputCount: Int { inputs.count }
  var count: Int { storage.pointee.count }
  var entries: UnsafePointer<TapeEntry> { UnsafePointer(storage.pointee.entries) }
  private var steps: Steps<Scalar> {
    Steps(entries: entries, values: storage.pointee.values, supplied: storage.pointee.supplied)
  }

  // MARK: Values

  /// Evaluates a formula of one output at a point, by the tape alone where `replaying` allows it.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func evaluate(
    at x: Vector<Scalar>, replaying: Bool, _ formula: ([Variable<Scalar>]) -> Variable<Scalar>
  ) {
    if replaying && replay(at: x) { return }
    begin(at: x)
    let y = formula(inputs)
    outputs.removeAll(keepingCapacity: true)
    outputs.append(y.place(on: storage))
    finish(replaying: replaying)
  }

  /// Evaluates a formula of many outputs at a point.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func evaluateAll(
    at x: Vector<Scalar>, replaying: Bool, _ formula: ([Variable<Scalar>]) -> [Variable<Scalar>]
  ) {
    if replaying && replay(at: x) { return }
    begin(at: x)
    let y = formula(inputs)
    outputs.removeAll(keepingCapacity: true)
    for y in y { outputs.append(y.place(on: storage)) }
    finish(replaying: replaying)
  }

  /// The value of a formula alone: over constants nothing is written down, and the recording stays.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func value(
    at x: Vector<Scalar>, _ formula: ([Variable<Scalar>]) -> Variable<Scalar>
  ) -> Scalar {
    if constants.count != x.count { constants = Array(repeating: Variable(0), count: x.count) }
    for i in x.indices { constants[i] = Variable(x[i]) }
    return formula(constants).number
  }

  /// Whether the tape holds the evaluation at this very point.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func isRecorded(at x: Vector<Scalar>) -> Bool {
    guard trust.evaluations > 0, x.count == inputCount else { return false }
    return x.withUnsafeBufferPointer { areBitwiseEqual($0.baseAddress, storage.pointee.values, x.count) }
  }

  private func begin(at x: Vector<Scalar>) {
    swap(&storage.pointee.supplied, &suppliedBefore)
    storage.pointee.rewind()
    loopMemory.forget()
    if x.count > storage.pointee.capacity { storage.pointee.grow(to: x.count) }
    x.withUnsafeBufferPointer { fill(&inputs, storage, $0) }
  }

  /// What follows a recording: its variables are void, and it is found out how to replay it.
  private func finish(replaying: Bool) {
    storage.pointee.close()
    let steps = inputCount..<count
    guard replaying, trust.wantsFingerprint() else {
      trust.countRecording()
      return plan.reset(stepByStep: steps)
    }
    let fingerprint = fingerprintOfSteps(entries, storage.pointee.values, steps, outputs: outputs)
    switch trust.judge(fingerprint, suppliesTheSame: !trust.isLooking || suppliesTheSame()) {
    case .same: break
    case .new: plan = Plan(entries, storage.pointee.values, steps, outputs: outputs)
    case .passing: plan.reset(stepByStep: steps)
    }
  }

  /// Computes the recorded steps at another point, unless that may not be right.
  ///
  /// It is not where a branch would go elsewhere, where the formula looked at a number itself, or where it has turned out to
  /// change of itself.
  private func replay(at x: Vector<Scalar>) -> Bool {
    guard trust.allowsReplay, x.count == inputCount, !storage.pointee.wasLookedInto else { return false }
    x.withUnsafeBufferPointer { x in
      if let x = x.baseAddress { storage.pointee.values.update(from: x, count: inputCount) }
    }
    return sweepValues() && trust.accept()
  }

  /// Whether the supplied functions are those of the recording before, as far as this point tells.
  private func suppliesTheSame() -> Bool {
    let (supplied, values) = (storage.pointee.supplied, storage.pointee.values)
    guard supplied.count == suppliedBefore.count else { return false }
    return (inputCount..<count).allSatisfy { k in
      let entry = entries[k]
      guard entry.operation == .custom || entry.operation == .customOfTwo else { return true }
      let i = Int(entry.detail)
      return supplied[i].agrees(
        with: suppliedBefore[i], at: values[Int(entry.left)], values[Int(entry.right)])
    }
  }

  /// How many results the formula gave, if it was evaluated.
  var outputCount: Int? { trust.evaluations > 0 ? outputs.count : nil }

  /// Output i.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func output(_ i: Int) -> Scalar { storage.pointee.values[Int(outputs[i])] }

  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func outputs(into result: inout Vector<Scalar>) {
    precondition(
      result.count == outputs.count,
      "\(outputs.count) results into \(result.count) elements: give \(outputs.count)")
    for i in 0..<outputs.count { result[i] = output(i) }
  }

  // MARK: Derivatives at the recorded point

  /// ∇yᵢ, of output i.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func gradient(of i: Int = 0, into gradient: inout Vector<Scalar>) {
    sweepAdjoints(into: &gradient, of: { $0 == i }) { ȳ in ȳ[Int(outputs[i])] = 1 }
  }

  /// ∇²yᵢ v, of output i.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func product(of i: Int = 0, with v: Vector<Scalar>, into product: inout Vector<Scalar>) {
    sweepTangents(along: v)
    sweepAdjointTangents(into: &product, of: { $0 == i }, areMoving: false) { ȳ, _ in ȳ[Int(outputs[i])] = 1 }
  }

  /// J v, of all outputs.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func derivative(along v: Vector<Scalar>, into derivative: inout Vector<Scalar>) {
    sweepTangents(along: v)
    let isFinite = outputs.allSatisfy { tangents.base[Int($0)].isFinite }
    if !isFinite {
      computeAllValues()
      structure.sweepTangents(steps, inputCount..<count, tangents.base)
    }
    for i in 0..<outputs.count { derivative[i] = tangents.base[Int(outputs[i])] }
  }

  /// Jᵀ u, of all outputs.
  func combineGradients(times u: Vector<Scalar>, into sum: inout Vector<Scalar>) {
    precondition(u.count == outputs.count, "\(u.count) weights for \(outputs.count) results: give one each")
    sweepAdjoints(into: &sum, of: { u[$0] != 0 }) { ȳ in
      for i in 0..<outputs.count { ȳ[Int(outputs[i])] += u[i] }
    }
  }

  /// J: by columns or by rows, whichever are fewer.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func jacobian(into jacobian: inout Matrix<Scalar>) {
    let (m, n) = (outputs.count, inputCount)
    precondition(
      jacobian.rows == m && jacobian.columns == n,
      "a Jacobian of \(m) × \(n) elements into a matrix of \(jacobian.rows) × \(jacobian.columns): give one of its size"
    )
    ensure(&column, m)
    ensure(&row, n)
    if n <= m {
      forEachUnit { j, v in
        derivative(along: v, into: &column)
        for i in 0..<m { jacobian[i, j] = column[i] }
      }
    } else {
      for i in 0..<m {
        gradient(of: i, into: &row)
        for j in 0..<n { jacobian[i, j] = row[j] }
      }
    }
  }

  /// ½ Σ yᵢ², and its gradient Jᵀy.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func gradientOfHalfSquares(into gradient: inout Vector<Scalar>) -> Scalar {
    sweepAdjoints(into: &gradient, of: { _ in true }) { ȳ in
      for i in 0..<outputs.count { ȳ[Int(outputs[i])] += output(i) }
    }
    ensure(&column, outputs.count)
    outputs(into: &column)
    return column.squaredNorm / 2
  }

  /// The Hessian of ½ Σ yᵢ² times v: the adjoints start as y, and their tangents as J v.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func productOfHalfSquares(with v: Vector<Scalar>, into product: inout Vector<Scalar>) {
    sweepTangents(along: v)
    sweepAdjointTangents(into: &product, of: { _ in true }, areMoving: true) { ȳ, ȳ̇ in
      for i in 0..<outputs.count {
        ȳ[Int(outputs[i])] += output(i)
        ȳ̇[Int(outputs[i])] += tangents.base[Int(outputs[i])]
      }
    }
  }

  /// A symmetric matrix from its products with the unit vectors.
  @specialized(where Scalar == Double) @specialized(where Scalar == Float)
  @usableFromInline func fillColumns(
    of matrix: inout Matrix<Scalar>, _ product: (Vector<Scalar>, inout Vector<Scalar>) -> Void
  ) {
    precondition(
      matrix.rows == inputCount && matrix.columns == inputCount,
      "a Hessian of \(inputCount) variables into a matrix of \(matrix.rows) × \(matrix.columns): give one a variable each way"
    )
    ensure(&row, inputCount)
    forEachUnit { j, v in
      product(v, &row)
      for i in 0..<inputCount { matrix[i, j] = row[i] }
    }
    matrix.mirrorLowerTriangle()
  }

  private func forEachUnit(_ body: (Int, Vector<Scalar>) -> Void) {
    ensure(&unit, inputCount)
    for j in 0..<inputCount {
      unit[j] = 1
      body(j, unit)
      unit[j] = 0
    }
  }

  private func ensure(_ vector: inout Vector<Scalar>, _ count: Int) {
    if vector.count != count { vector = Vector(zeros: count) }
  }

  // MARK: Sweeps over the whole tape

  private func sweepValues() -> Bool {
    for section in plan.sections {
      let goesOn =
        switch section {
        case .steps(let range): SecantAutoDiff.sweepValues(steps, range)
        case .loop(let loop):
          SecantAutoDiff.sweepValues(loop, steps.values, loopMemory, steps.supplied)
        }
      guard goesOn else { return false }
    }
    return true
  }

  private func sweepTangents(along v: Vector<Scalar>) {
    precondition(
      v.count == inputCount, "a direction of \(v.count) elements for \(inputCount) variables: give one each")
    tangents.reserve(count)
    v.withUnsafeBufferPointer { v in
      if let v = v.baseAddress { tangents.base.update(from: v, count: inputCount) }
    }
    for section in plan.sections {
      switch section {
      case .steps(let range): SecantAutoDiff.sweepTangents(steps, range, tangents.base)
      case .loop(let loop):
        SecantAutoDiff.sweepTangents(
          loop, steps.values, tangents.base, loopMemory, steps.supplied)
      }
    }
  }

  /// `isOf` says which outputs are differentiated.
  private func sweepAdjoints(
    into result: inout Vector<Scalar>, of isOf: (Int) -> Bool, seed: (UnsafeMutablePointer<Scalar>) -> Void
  ) {
    zero(adjoints)
    seed(adjoints.base)
    for section in plan.sections.reversed() {
      switch section {
      case .steps(let range): SecantAutoDiff.sweepAdjoints(steps, range, adjoints.base)
      case .loop(let loop):
        SecantAutoDiff.sweepAdjoints(
          loop, steps.values, adjoints.base, loopMemory, steps.supplied)
      }
    }
    copyInputs(of: adjoints, to: &result)
    if isFinite(result) { return }
    // A step that leads nowhere may have an infinite derivative, and 0 · ∞ spoils what it came from.
    computeAllValues()
    adjoints.zero(count)
    seed(adjoints.base)
    structure.sweepAdjoints(steps, inputCount..<count, adjoints.base, from: outputs, where: isOf)
    copyInputs(of: adjoints, to: &result)
  }

  /// Takes the tangents as they were swept last; `areMoving` says whether the seeds of the outputs have tangents, too.
  private func sweepAdjointTangents(
    into result: inout Vector<Scalar>, of isOf: (Int) -> Bool, areMoving: Bool,
    seed: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) -> Void
  ) {
    zero(adjoints)
    zero(adjointTangents)
    seed(adjoints.base, adjointTangents.base)
    for section in plan.sections.reversed() {
      switch section {
      case .steps(let range):
        SecantAutoDiff.sweepAdjointTangents(
          steps, range, tangents: tangents.base, adjoints: adjoints.base,
          adjointTangents: adjointTangents.base)
      case .loop(let loop):
        SecantAutoDiff.sweepAdjointTangents(
          loop, steps.values, tangents.base, adjoints.base, adjointTangents.base,
          loopMemory, steps.supplied)
      }
    }
    copyInputs(of: adjointTangents, to: &result)
    if isFinite(result) { return }
    computeAllValues()
    structure.sweepTangents(steps, inputCount..<count, tangents.base)
    adjoints.zero(count)
    adjointTangents.zero(count)
    seed(adjoints.base, adjointTangents.base)
    structure.sweepAdjointTangents(
      steps, inputCount..<count, tangents: tangents.base, adjoints: adjoints.base,
      adjointTangents: adjointTangents.base, from: outputs, where: isOf, areMoving: areMoving)
    copyInputs(of: adjointTangents, to: &result)
  }

  /// Zeroes what the sections add to: of a loop only what is seen outside.
  private func zero(_ column: Memory<Scalar>) {
    column.reserve(count)
    column.base.update(repeating: 0, count: inputCount)
    for section in plan.sections {
      switch section {
      case .steps(let range): (column.base + range.lowerBound).update(repeating: 0, count: range.count)
      case .loop(let loop):
        for sum in loop.sums { column.base[sum.result] = 0 }
        for export in loop.exports {
          for t in 0..<loop.repetitions { column.base[export.place + t * loop.period] = 0 }
        }
      }
    }
  }

  /// Computes the values that loops have kept to themselves, too.
  private func computeAllValues() { _ = SecantAutoDiff.sweepValues(steps, inputCount..<count) }

  private func copyInputs(of column: Memory<Scalar>, to vector: inout Vector<Scalar>) {
    precondition(
      vector.count == inputCount,
      "a result of \(vector.count) elements for \(inputCount) variables: give one each")
    vector.withUnsafeMutableBufferPointer { vector in
      if let vector = vector.baseAddress { vector.update(from: column.base, count: inputCount) }
    }
  }
}

/// A piece of memory that only grows, and forgets what it held when it does.
final class Memory<Element> {
  private(set) var base: UnsafeMutablePointer<Element> = moved(nil, keeping: 0, to: 0)
  private var capacity = 0

  deinit { free(base) }

  func reserve(_ count: Int) {
    guard count > capacity else { return }
    capacity = Swift.max(count, 2 * capacity)
    base = moved(base, keeping: 0, to: capacity)
  }

  func zero(_ count: Int, as zero: Element) {
    reserve(count)
    base.update(repeating: zero, count: count)
  }
}

extension Memory where Element: LAPACKScalar {
  func zero(_ count: Int) { zero(count, as: 0) }
}

/// Makes the inputs of a new recording out of a point.
@specialized(where Scalar == Double) @specialized(where Scalar == Float)
func fill<Scalar: LAPACKScalar>(
  _ inputs: inout [Variable<Scalar>], _ storage: UnsafeMutablePointer<TapeStorage<Scalar>>,
  _ x: UnsafeBufferPointer<Scalar>
) {
  if inputs.count != x.count { inputs = Array(repeating: Variable(0), count: x.count) }
  inputs.withUnsafeMutableBufferPointer { inputs in
    for i in 0..<x.count {
      inputs[i] = Variable(x[i], at: storage.pointee.append(TapeEntry(.input, 0, 0, 0), x[i]), on: storage)
    }
  }
}

func isFinite<Scalar: LAPACKScalar>(_ vector: Vector<Scalar>) -> Bool {
  // A sum of squares that overflows costs another sweep and changes nothing.
  vector.squaredNorm.isFinite
}

func areBitwiseEqual<Scalar>(_ x: UnsafePointer<Scalar>?, _ y: UnsafePointer<Scalar>, _ count: Int) -> Bool {
  guard let x else { return count == 0 }
  return memcmp(x, y, count * MemoryLayout<Scalar>.stride) == 0
}
