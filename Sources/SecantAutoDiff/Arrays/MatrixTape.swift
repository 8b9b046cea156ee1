public import Secant

/// A recording of operations on whole matrices, from which its derivatives are had to second order.
///
/// ```swift
/// let tape = MatrixTape<Double>()
/// let x = tape.begin(at: [1, 2, 3])
/// let y = exp(x).squaredNorm
/// tape.gradient(of: y, into: &gradient)
/// ```
///
/// Values stand one after the other in one arena; adjoints, tangents and the tangents of adjoints stand in others at the
/// same offsets, which are allocated when first asked for. What does not depend on the parameters stands apart and has none
/// of these. A record is what was computed, from where, to where; beginning the next evaluation sets the counts to zero and
/// keeps the memory.
///
/// | derivative | call | passes |
/// | --- | --- | --- |
/// | ẏ = J ẋ | ``tangent(of:along:into:)`` | one forward |
/// | x̄ = Jᵀ ȳ | ``adjoint(of:seed:into:)``, ``gradient(of:into:)`` | one in reverse |
/// | d/dt Jᵀ(x + t ẋ) ȳ | ``adjointTangent(of:seed:along:into:)``, ``hessian(of:times:into:)`` | one forward, one in reverse |
///
/// - **Memory**: a number for each element of each result; adjoints, tangents and adjoint tangents as many again,
///   for what depends on the parameters.
/// - **Guarantees**: nothing is allocated in a second evaluation of the same size, but for what ``checkpointed(_:_:)``
///   and the user's own functions allocate. Values that a sweep needs from the recording are those of the recording, bit
///   for bit.
/// - **Reference**: A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd edition, 2008, chapters 3 to 5.
public final class MatrixTape<Scalar: LAPACKScalar> {
  let header: UnsafeMutablePointer<TapeHeader>

  // Values that depend on the parameters, and what stands beside them.
  private var values = TapeArena<Scalar>()
  private var tangents = TapeArena<Scalar>()
  private var adjoints = TapeArena<Scalar>()
  private var adjointTangents = TapeArena<Scalar>()
  private var activeCount = 0
  private var activeCapacity = 0

  // Constants.
  private var passive = TapeArena<Scalar>()
  private var passiveCount = 0
  private var passiveCapacity = 0

  // The recording.
  private(set) var records = TapeArray<MatrixRecord<Scalar>>()
  private(set) var operands = TapeArray<MatrixPlace>()
  private(set) var integers = TapeArray<Int>()
  /// The arrays whose elements are used where they stand.
  private(set) var borrowed: [Vector<Scalar>] = []
  /// What the user supplied: functions with derivatives of their own, and segments to be recomputed.
  var functions: [any MatrixFunction<Scalar>] = []
  var segments: [(MatrixVariable<Scalar>, Int) -> MatrixVariable<Scalar>] = []

  /// The number of parameters.
  public private(set) var parameterCount = 0
  /// The most numbers that were on the tape at a time and have adjoints, since the evaluation began.
  public private(set) var peakCount = 0
  /// Runs of segments that were recomputed for a derivative.
  var recomputations = 0
  /// The result whose adjoints, from a seed of 1, are in the arena now.
  var gradientPlace: MatrixPlace?

  /// A tape without an evaluation: ``begin(at:)`` comes first.
  public init() {
    header = TapeHeader.take()
    header.pointee.tape = Unmanaged.passUnretained(self).toOpaque()
    growActive(to: 0)
    growPassive(to: 0)
  }

  deinit {
    TapeHeader.give(header)
    for arena in [values, tangents, adjoints, adjointTangents, passive] { arena.deallocate() }
    records.deallocate()
    operands.deallocate()
    integers.deallocate()
  }

  // MARK: An evaluation

  /// Begins an evaluation: the parameters as a column, n × 1. The variables of the evaluation before are void.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func begin(at x: Vector<Scalar>) -> MatrixVariable<Scalar> {
    header.pointee.generations.count = 0
    rewind(to: Mark())
    header.pointee.open()
    (peakCount, recomputations, gradientPlace) = (0, 0, nil)
    parameterCount = x.count
    let parameters = allocate(x.count, 1, isActive: true)
    x.withUnsafeBufferPointer { x in
      if let first = x.baseAddress { value(parameters).update(from: first, count: x.count) }
    }
    return variable(parameters)
  }

  /// Whether the evaluation began at exactly this point, bit for bit.
  func began(at x: Vector<Scalar>) -> Bool {
    guard header.pointee.generations.count > 0, x.count == parameterCount else { return false }
    return x.withUnsafeBufferPointer { x in
      let words = x.count * MemoryLayout<Scalar>.stride / MemoryLayout<UInt32>.stride
      let here = UnsafeRawPointer(values.base!).assumingMemoryBound(to: UInt32.self)
      guard let there = UnsafeRawPointer(x.baseAddress)?.assumingMemoryBound(to: UInt32.self) else {
        return true
      }
      for i in 0..<words where here[i] != there[i] { return false }
      return true
    }
  }

  // MARK: Constants

  /// A matrix of data, used where it stands: nothing is copied.
  public func constant(_ matrix: Matrix<Scalar>) -> MatrixVariable<Scalar> {
    borrow(matrix.elements, matrix.rows, matrix.columns)
  }

  /// A column of data, n × 1, used where it stands: nothing is copied.
  public func constant(_ vector: Vector<Scalar>) -> MatrixVariable<Scalar> { borrow(vector, vector.count, 1) }

  /// A column of data, n × 1, used where it stands: nothing is copied.
  public func constant(_ array: [Scalar]) -> MatrixVariable<Scalar> { constant(Vector(array)) }

  /// A number, 1 × 1.
  public func constant(_ number: Scalar) -> MatrixVariable<Scalar> {
    let place = allocate(1, 1, isActive: false)
    value(place)[0] = number
    return variable(place)
  }

  /// The columns of a matrix of data that a batch names, where a term of a sum is a column. The whole sum is not copied.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func constant(_ matrix: Matrix<Scalar>, columns batch: Batch) -> MatrixVariable<Scalar> {
    if batch.isAll { return constant(matrix) }
    let count = batch.count(of: matrix.columns)
    let place = allocate(matrix.rows, count, isActive: false)
    let (y, m) = (value(place), matrix.rows)
    matrix.withUnsafeBufferPointer { x in
      for k in 0..<count {
        let j = checked(batch[k], below: matrix.columns)
        if let x = x.baseAddress { (y + k * m).update(from: x + j * m, count: m) }
      }
    }
    return variable(place)
  }

  /// The rows of a matrix of data that a batch names, where a term of a sum is a row. The whole sum is not copied.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  public func constant(_ matrix: Matrix<Scalar>, rows batch: Batch) -> MatrixVariable<Scalar> {
    if batch.isAll { return constant(matrix) }
    let count = batch.count(of: matrix.rows)
    let place = allocate(count, matrix.columns, isActive: false)
    let y = value(place)
    for k in 0..<count { _ = checked(batch[k], below: matrix.rows) }
    matrix.withUnsafeBufferPointer { x in
      for j in 0..<matrix.columns { for k in 0..<count { y[k + j * count] = x[batch[k] + j * matrix.rows] } }
    }
    return variable(place)
  }

  private func checked(_ index: Int, below count: Int) -> Int {
    precondition(
      index >= 0 && index < count, "the batch names term \(index) of \(count): give terms in 0..<\(count)")
    return index
  }

  private func borrow(_ vector: Vector<Scalar>, _ rows: Int, _ columns: Int) -> MatrixVariable<Scalar> {
    checkBegun()
    borrowed.append(vector)
    // The array is kept alive and unshared with anybody who could write to it: its address holds.
    let address = vector.withUnsafeBufferPointer { $0.baseAddress.map { Int(bitPattern: $0) } }
    return variable(
      MatrixPlace(
        arena: .external, offset: address ?? MemoryLayout<Scalar>.alignment, rows: rows, columns: columns))
  }

  // MARK: Recording

  /// The variable of a place, in the evaluation or segment that is recorded now.
  func variable(_ place: MatrixPlace) -> MatrixVariable<Scalar> {
    MatrixVariable(header: header, generation: header.pointee.generation, place: place)
  }

  /// Where the values of a place are, until the tape grows.
  @inline(__always) func value(_ place: MatrixPlace) -> UnsafeMutablePointer<Scalar> {
    switch place.arena {
    case .active: values.base! + place.offset
    case .passive: passive.base! + place.offset
    case .external: UnsafeMutablePointer(bitPattern: place.offset)!
    }
  }

  @inline(__always) func tangent(_ place: MatrixPlace) -> UnsafeMutablePointer<Scalar> {
    tangents.base! + place.offset
  }
  @inline(__always) func adjoint(_ place: MatrixPlace) -> UnsafeMutablePointer<Scalar> {
    adjoints.base! + place.offset
  }
  @inline(__always) func adjointTangent(_ place: MatrixPlace) -> UnsafeMutablePointer<Scalar> {
    adjointTangents.base! + place.offset
  }

  /// Room for a matrix, with unspecified contents.
  func allocate(_ rows: Int, _ columns: Int, isActive: Bool) -> MatrixPlace {
    checkBegun()
    // A cache line is the unit, so that every result begins at one.
    let line = 64 / MemoryLayout<Scalar>.stride
    let count = (rows * columns + line - 1) / line * line
    let offset: Int
    if isActive {
      offset = activeCount
      activeCount += count
      if activeCount > activeCapacity { growActive(to: activeCount) }
      peakCount = max(peakCount, activeCount)
    } else {
      offset = passiveCount
      passiveCount += count
      if passiveCount > passiveCapacity { growPassive(to: passiveCount) }
    }
    return MatrixPlace(arena: isActive ? .active : .passive, offset: offset, rows: rows, columns: columns)
  }

  /// Room for numbers that an operation keeps for its sweeps; the offset goes into its record.
  func allocateAuxiliary(_ count: Int) -> Int { allocate(count, 1, isActive: false).offset }

  /// Keeps whole numbers for an operation; the offset goes into its record.
  func keep(_ indices: [Int]) -> Int {
    let offset = integers.count
    for index in indices { integers.append(index) }
    return offset
  }

  /// Makes the next operand of the operation that is being recorded.
  @inline(__always) func push(_ operand: MatrixVariable<Scalar>) {
    precondition(
      operand.header == header, "an operation's operands stand on two tapes: make both in one evaluation")
    precondition(
      header.pointee.isOpen(operand.generation),
      "a variable was used after its evaluation had ended: make it anew in each evaluation")
    operands.append(operand.place)
  }

  /// Records an operation on the operands pushed last, computes its result and returns it.
  func record(
    _ operation: MatrixOperation, operandCount: Int, rows: Int, columns: Int, first: Int = 0, second: Int = 0,
    constant: Scalar = 0, auxiliary: Int = 0, indices: Int = 0
  ) -> MatrixVariable<Scalar> {
    let firstOperand = operands.count - operandCount
    var isActive = false
    for i in firstOperand..<operands.count { isActive = isActive || operands[i].isActive }
    let record = MatrixRecord<Scalar>(
      operation: operation, result: allocate(rows, columns, isActive: isActive), firstOperand: firstOperand,
      operandCount: operandCount, first: first, second: second, constant: constant, auxiliary: auxiliary,
      indices: indices)
    run(.value, record)
    if isActive {
      records.append(record)
      gradientPlace = nil
    } else {
      // Nobody will ask for a derivative.
      operands.count = firstOperand
    }
    return variable(record.result)
  }

  func append(_ record: MatrixRecord<Scalar>) {
    records.append(record)
    gradientPlace = nil
  }

  /// Runs one kernel of a recorded operation.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func run(_ sweep: MatrixSweep, _ record: MatrixRecord<Scalar>) {
    let call = MatrixCall(
      values: values.base!, passive: passive.base!, integers: integers.base, tangents: tangents.base,
      adjoints: adjoints.base, adjointTangents: adjointTangents.base, record: record, operands: operands.base)
    if record.operation == .function {
      run(functions[record.first], sweep, call)
    } else {
      record.operation.run(sweep, call)
    }
  }

  private func checkBegun() {
    precondition(
      header.pointee.generations.count > 0, "the tape has no evaluation: call `begin(at:)` first")
  }

  // MARK: Memory

  /// What is on the tape at a moment, so that it can be rewound to there.
  struct Mark {
    var active = 0
    var passive = 0
    var records = 0
    var operands = 0
    var integers = 0
    var borrowed = 0
    var functions = 0
    var segments = 0
  }

  var mark: Mark {
    Mark(
      active: activeCount, passive: passiveCount, records: records.count, operands: operands.count,
      integers: integers.count, borrowed: borrowed.count, functions: functions.count, segments: segments.count
    )
  }

  func rewind(to mark: Mark) {
    activeCount = mark.active
    passiveCount = mark.passive
    records.count = mark.records
    operands.count = mark.operands
    integers.count = mark.integers
    borrowed.removeLast(borrowed.count - mark.borrowed)
    functions.removeLast(functions.count - mark.functions)
    segments.removeLast(segments.count - mark.segments)
  }

  /// Makes sure that there are tangents.
  func needTangents() {
    if tangents.base == nil { tangents.grow(to: activeCapacity, keeping: 0) }
  }

  /// Sets the adjoints, and their tangents if asked for, of everything from `start` on to zero.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Float)
  func clearAdjoints(from start: Int = 0, adjoints isFirst: Bool = true, tangents isSecond: Bool) {
    if isFirst {
      if adjoints.base == nil { adjoints.grow(to: activeCapacity, keeping: 0) }
      (adjoints.base! + start).update(repeating: 0, count: activeCount - start)
    }
    if isSecond {
      if adjointTangents.base == nil { adjointTangents.grow(to: activeCapacity, keeping: 0) }
      (adjointTangents.base! + start).update(repeating: 0, count: activeCount - start)
    }
  }

  private func growActive(to least: Int) {
    let (old, new) = (activeCapacity, max(least, 2 * activeCapacity))
    values.grow(to: new, keeping: old)
    if tangents.base != nil { tangents.grow(to: new, keeping: old) }
    if adjoints.base != nil { adjoints.grow(to: new, keeping: old) }
    if adjointTangents.base != nil { adjointTangents.grow(to: new, keeping: old) }
    activeCapacity = new
  }

  private func growPassive(to least: Int) {
    let new = max(least, 2 * passiveCapacity)
    passive.grow(to: new, keeping: passiveCapacity)
    passiveCapacity = new
  }
}
