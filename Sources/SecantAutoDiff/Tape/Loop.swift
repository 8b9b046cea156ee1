// Symbol ↔ name
//   v, v̇, v̄, v̄̇   as in Sweeps.swift, of the steps outside
//   x, ẋ, x̄, x̄̇   the same of the loop's columns, one batch of repetitions at a time

internal import SecantLinearAlgebra

/// A stretch of a tape that repeats, ready to run for many repetitions at a time.
///
/// Every step of the body owns a column of as many numbers as a batch has repetitions. Nothing of a loop is kept between
/// the sweeps but its sums and what is wanted outside: the sweep back computes a batch's columns anew.
final class Loop<Scalar: LAPACKScalar> {
  /// A column that is read from outside the loop.
  struct Load {
    let column: Int
    /// Where it is read in the first repetition, and how much further on in the next.
    let place, stride: Int
    /// Where it is read in every repetition, when there is no rule; otherwise empty.
    let places: [Int32]
  }

  /// A step of the body: columns to a column.
  struct Step {
    let entry: TapeEntry
    let left, right, target: Int
    /// Whether something that depends on the inputs is to the left, to the right: constants need no adjoints.
    let isLeftActive, isRightActive: Bool
    /// Whether, on the way back, this step is the first to give an adjoint to its left column, to its right one.
    var beginsLeft = false, beginsRight = false
  }

  /// A running sum.
  struct Sum {
    let term: Int
    let isSubtracted: Bool
    /// The steps outside that it begins with and ends as.
    let initial, result: Int
  }

  /// A column that is wanted outside.
  struct Export {
    let column, place: Int
  }

  let range: Range<Int>
  let period, repetitions: Int
  private(set) var loads: [Load] = []
  private(set) var uniform: [(column: Int, constant: Scalar)] = []
  private(set) var tables: [(column: Int, constants: [Scalar])] = []
  private(set) var steps: [Step] = []
  private(set) var sums: [Sum] = []
  private(set) var exports: [Export] = []
  private(set) var columnCount = 0
  /// The columns whose adjoints begin at zero: what the sweep back is not the first to write.
  private(set) var zeroed: [Int] = []
  /// How many repetitions run at a time: as many as keep all columns in the second-level cache.
  let batch: Int
  /// Where the last batch begins.
  var lastBatch: Int { (repetitions - 1) / batch * batch }

  init(_ found: Repetition, _ entries: UnsafePointer<TapeEntry>, _ values: UnsafePointer<Scalar>) {
    (range, period, repetitions) = (found.start..<found.end, found.period, found.repetitions)
    var columns = Array(repeating: -1, count: period)
    var isActive: [Bool] = []
    var loaded: [(source: Repetition.Source, column: Int)] = []
    func newColumn(active: Bool) -> Int {
      isActive.append(active)
      return isActive.count - 1
    }
    var loads: [Load] = []
    func column(of source: Repetition.Source, _ j: Int, _ side: KeyPath<TapeEntry, UInt32>) -> Int {
      switch source {
      case .inside(let i): return columns[i]
      case .sum, .none: return 0
      case .outside(let place, let stride):
        if let known = loaded.first(where: { $0.source == source }) { return known.column }
        let column = newColumn(active: true)
        loaded.append((source, column))
        loads.append(Load(column: column, place: place, stride: stride, places: []))
        return column
      case .scattered:
        let column = newColumn(active: true)
        let places = (0..<found.repetitions).map {
          Int32(entries[found.start + $0 * found.period + j][keyPath: side])
        }
        loads.append(Load(column: column, place: 0, stride: 0, places: places))
        return column
      }
    }
    /// Whether both operands of a step are the same one in every repetition: of scattered ones only their places tell.
    func areOne(_ j: Int) -> Bool {
      if found.left[j] != .scattered { return found.left[j] == found.right[j] }
      return (0..<found.repetitions).allSatisfy {
        let entry = entries[found.start + $0 * found.period + j]
        return entry.left == entry.right
      }
    }
    for j in 0..<period {
      let entry = entries[found.start + j]
      if entry.operation == .constant {
        let constants = (0..<found.repetitions).map { values[found.start + $0 * found.period + j] }
        columns[j] = newColumn(active: false)
        if constants.allSatisfy({ $0 == constants[0] && $0.sign == constants[0].sign }) {
          uniform.append((columns[j], constants[0]))
        } else {
          tables.append((columns[j], constants))
        }
        // It has no tangent, which must stand where one is read.
        if found.isExported[j] { exports.append(Export(column: columns[j], place: found.start + j)) }
        continue
      }
      if found.left[j] == .sum || found.right[j] == .sum {
        let isLeft = found.left[j] == .sum
        sums.append(
          Sum(
            term: isLeft ? column(of: found.right[j], j, \.right) : column(of: found.left[j], j, \.left),
            isSubtracted: entry.operation == .subtract, initial: Int(isLeft ? entry.left : entry.right),
            result: found.end - found.period + j))
        continue
      }
      let left = column(of: found.left[j], j, \.left)
      let right = areOne(j) ? left : column(of: found.right[j], j, \.right)
      let target = newColumn(active: isActive[left] || isActive[right])
      columns[j] = target
      steps.append(
        Step(
          entry: entry, left: left, right: right, target: target, isLeftActive: isActive[left],
          isRightActive: isActive[right]))
      if found.isExported[j] { exports.append(Export(column: target, place: found.start + j)) }
    }
    self.loads = loads
    columnCount = isActive.count
    batch = min(512, max(16, 4096 / max(columnCount, 1))) & ~7
    findFirstWrites()
  }

  private func findFirstWrites() {
    var isWritten = Array(repeating: false, count: columnCount)
    for column in sums.map(\.term) + exports.map(\.column) where !isWritten[column] {
      isWritten[column] = true
      zeroed.append(column)
    }
    for s in steps.indices.reversed() where !steps[s].entry.operation.isGuard {
      let step = steps[s]
      // What nobody has written to by now leads nowhere.
      if !isWritten[step.target] {
        isWritten[step.target] = true
        zeroed.append(step.target)
      }
      if step.isLeftActive, !isWritten[step.left] {
        isWritten[step.left] = true
        steps[s].beginsLeft = true
      }
      if step.isRightActive, !isWritten[step.right] {
        isWritten[step.right] = true
        steps[s].beginsRight = true
      }
    }
    for load in loads where !isWritten[load.column] { zeroed.append(load.column) }
  }
}

/// The columns of the loop that runs now.
struct Columns<Scalar: LAPACKScalar> {
  let x, ẋ, x̄, x̄̇: UnsafeMutablePointer<UnsafeMutablePointer<Scalar>>
}

/// The memory of all columns, shared by the loops of a plan.
final class LoopMemory<Scalar: LAPACKScalar> {
  private let numbers = Memory<Scalar>()
  private let pointers = Memory<UnsafeMutablePointer<Scalar>>()
  private var owner: Loop<Scalar>?
  /// The first repetition of the batch whose values the owner's columns hold, or nil: it need not be computed again.
  var held: Int?

  /// Columns for a loop, with its uniform constants in place and their tangents zero.
  func columns(for loop: Loop<Scalar>) -> Columns<Scalar> {
    let (count, batch) = (loop.columnCount, loop.batch)
    pointers.reserve(4 * count)
    let base = pointers.base
    let columns = Columns(x: base, ẋ: base + count, x̄: base + 2 * count, x̄̇: base + 3 * count)
    if owner === loop { return columns }
    owner = loop
    held = nil
    numbers.reserve(4 * count * batch)
    for c in 0..<(4 * count) { base[c] = numbers.base + c * batch }
    for constant in loop.uniform {
      columns.x[constant.column].update(repeating: constant.constant, count: batch)
      columns.ẋ[constant.column].update(repeating: 0, count: batch)
    }
    for table in loop.tables { columns.ẋ[table.column].update(repeating: 0, count: batch) }
    return columns
  }

  /// Forgets the values, for the point is another one.
  func forget() { held = nil }
}
