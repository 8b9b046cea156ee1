internal import SecantLinearAlgebra

/// How a recording is run again: its steps one by one, and stretches that repeat as loops over columns.
///
/// A formula with a loop over its variables or its data leaves the same operations on the tape again and again, with
/// operands that move on. Such a stretch is rolled up: its body is kept once and runs for a batch of repetitions at a
/// time, operation by operation, on columns that stay in the cache. What is between them, and what depends on the
/// repetition before in any way but a running sum, runs step by step.
struct Plan<Scalar: LAPACKScalar> {
  enum Section {
    case steps(Range<Int>)
    case loop(Loop<Scalar>)
  }

  private(set) var sections: [Section] = []

  /// The plan that runs every step by itself.
  init(stepByStep range: Range<Int>) { sections = [.steps(range)] }

  /// Becomes the plan that runs every step by itself; nothing is allocated.
  mutating func reset(stepByStep range: Range<Int>) {
    sections.removeAll(keepingCapacity: true)
    sections.append(.steps(range))
  }

  /// The plan for a recording with these outputs.
  init(
    _ entries: UnsafePointer<TapeEntry>, _ values: UnsafePointer<Scalar>, _ range: Range<Int>,
    outputs: [UInt32]
  ) {
    var roller = Roller(entries, range)
    var loops = roller.findLoops()
    // A loop that gives away more than its columns and final sums is no loop.
    while let spoilt = roller.export(from: &loops, outputs) { loops.remove(at: spoilt) }
    var next = range.lowerBound
    for loop in loops {
      if loop.start > next { sections.append(.steps(next..<loop.start)) }
      sections.append(.loop(Loop(loop, entries, values)))
      next = loop.start + loop.period * loop.repetitions
    }
    if next < range.upperBound { sections.append(.steps(next..<range.upperBound)) }
  }
}

/// A stretch of a tape that repeats: step j of repetition t is at `start + t · period + j`.
struct Repetition {
  var start: Int
  var period: Int
  var repetitions: Int
  /// Where the two operands of every step of the body come from.
  var left: [Source]
  var right: [Source]
  /// Which steps of the body are wanted outside of the loop, in every repetition.
  var isExported: [Bool]

  enum Source: Equatable {
    /// Step i of the same repetition.
    case inside(Int)
    /// The same step of the repetition before: a running sum.
    case sum
    /// A step before the loop; `stride` further on with every repetition.
    case outside(Int, stride: Int)
    /// A step before the loop, another one in every repetition without a rule.
    case scattered
    case none
  }

  var end: Int { start + period * repetitions }
}

/// Finds what repeats.
private struct Roller {
  let entries: UnsafePointer<TapeEntry>
  let range: Range<Int>
  /// What may still be spent, in looks at a step: a tape in which nothing repeats should not take long to give up.
  var budget: Int
  var matches: [Int] = []

  static let fewestRepetitions = 8
  static let fewestSteps = 64

  init(_ entries: UnsafePointer<TapeEntry>, _ range: Range<Int>) {
    self.entries = entries
    self.range = range
    budget = 300 * range.count
  }

  mutating func findLoops() -> [Repetition] {
    var loops: [Repetition] = []
    var position = range.lowerBound
    var unrolled = position
    while range.upperBound - position >= Roller.fewestSteps, budget > 0 {
      if let loop = loop(near: position) {
        loops.append(loop)
        position = loop.end
        unrolled = position
      } else {
        // A loop is found from anywhere inside it, so the further the last one is the further this may jump.
        position += 1 + (position - unrolled) / 4
      }
    }
    return loops
  }

  /// The longest loop that begins at a position or less than a period behind it.
  private mutating func loop(near position: Int) -> Repetition? {
    let window =
      budget > 100 * range.count ? range.upperBound - position : min(4096, range.upperBound - position)
    match(position, window)
    // The three periods that cover most; of those that cover much the same, the shortest.
    var candidates: [(period: Int, cover: Int)] = []
    var best = 0
    var period = 1
    while period <= window / Roller.fewestRepetitions {
      let repetitions = matches[period] / period + 1
      let cover = repetitions * period
      if repetitions >= Roller.fewestRepetitions, cover >= Roller.fewestSteps, cover > best + best / 4 {
        candidates.append((period, cover))
        best = cover
      }
      period += 1
    }
    for (period, cover) in candidates.reversed().prefix(3) {
      var end = position + cover
      while end < range.upperBound, isSame(entries[end], entries[end - period]) { end += 1 }
      for phase in 0..<period {
        let found = repetition(from: position + phase, period, to: end)
        if let found, found.repetitions * period >= Roller.fewestSteps,
          found.repetitions >= Roller.fewestRepetitions
        {
          return found
        }
        if budget <= 0 { return nil }
      }
    }
    return nil
  }

  /// `matches[p]`: for how many steps the operations from `position + p` on are those from `position` on (the Z function).
  private mutating func match(_ position: Int, _ count: Int) {
    budget -= count
    let entries = entries + position
    if matches.count < count { matches = Array(repeating: 0, count: count) }
    var (from, to) = (0, 0)
    for p in 1..<count {
      var length = p < to ? min(to - p, matches[p - from]) : 0
      while p + length < count, isSame(entries[length], entries[p + length]) { length += 1 }
      matches[p] = length
      if p + length > to { (from, to) = (p, p + length) }
    }
  }

  private func isSame(_ a: TapeEntry, _ b: TapeEntry) -> Bool {
    a.operation == b.operation && a.detail == b.detail
  }

  /// The repetitions from a start on, as far as every operand follows its rule, or nil.
  private mutating func repetition(from start: Int, _ period: Int, to end: Int) -> Repetition? {
    var repetitions = (end - start) / period
    guard repetitions >= 2 else { return nil }
    var loop = Repetition(
      start: start, period: period, repetitions: repetitions, left: [], right: [],
      isExported: Array(repeating: false, count: period))
    for j in 0..<period {
      let entry = entries[start + j]
      if entry.operation == .constant {
        loop.left.append(.none)
        loop.right.append(.none)
        continue
      }
      guard let left = source(\.left, j, start, period, &repetitions),
        let right = source(\.right, j, start, period, &repetitions),
        right != .sum || entry.operation == .add,
        left != .sum || entry.operation == .add || entry.operation == .subtract,
        left != .sum || right != .sum
      else { return nil }
      loop.left.append(left)
      loop.right.append(right)
    }
    // Nobody but the sum itself may look at a running sum.
    for j in 0..<period where loop.left[j] == .sum || loop.right[j] == .sum {
      if loop.left.contains(.inside(j)) || loop.right.contains(.inside(j)) { return nil }
    }
    guard repetitions >= Roller.fewestRepetitions else { return nil }
    loop.repetitions = repetitions
    // A rule was found in the first two repetitions; scattered operands are those that break it later.
    return loop
  }

  /// Where an operand comes from; `repetitions` is lowered to those in which that is so.
  private mutating func source(
    _ side: KeyPath<TapeEntry, UInt32>, _ j: Int, _ start: Int, _ period: Int, _ repetitions: inout Int
  ) -> Repetition.Source? {
    func place(_ t: Int) -> Int { Int(entries[start + t * period + j][keyPath: side]) }
    budget -= 2
    let (first, second) = (place(0), place(1))
    if second >= start + period {
      let i = second - start - period
      guard first == start + i else { return nil }
      for t in 2..<repetitions where place(t) != start + t * period + i {
        repetitions = t
        break
      }
      budget -= repetitions
      return .inside(i)
    }
    if second >= start {
      guard second == start + j, first < start else { return nil }
      for t in 2..<repetitions where place(t) != start + (t - 1) * period + j {
        repetitions = t
        break
      }
      budget -= repetitions
      return .sum
    }
    guard first < start else { return nil }
    let stride = second - first
    var isRegular = true
    for t in 2..<repetitions {
      let place = place(t)
      if place >= start {
        repetitions = t
        break
      }
      if place != first + t * stride { isRegular = false }
    }
    budget -= repetitions
    return isRegular ? .outside(first, stride: stride) : .scattered
  }

  /// Marks what is wanted outside the loops; gives a loop whose running sum is, if there is one.
  mutating func export(from loops: inout [Repetition], _ outputs: [UInt32]) -> Int? {
    guard !loops.isEmpty else { return nil }
    // Which loop a step is in, by halving.
    func find(_ place: Int) -> Int? {
      var (low, high) = (0, loops.count)
      while low < high {
        let middle = (low + high) / 2
        if loops[middle].end <= place { low = middle + 1 } else { high = middle }
      }
      return low < loops.count && loops[low].start <= place ? low : nil
    }
    func want(_ place: Int, by reader: Int?) -> Int? {
      guard let l = find(place), l != reader else { return nil }
      let (t, j) = (place - loops[l].start).quotientAndRemainder(dividingBy: loops[l].period)
      if loops[l].left[j] == .sum || loops[l].right[j] == .sum {
        return t == loops[l].repetitions - 1 ? nil : l
      }
      loops[l].isExported[j] = true
      return nil
    }
    for output in outputs { if let spoilt = want(Int(output), by: nil) { return spoilt } }
    var next = 0
    for k in range {
      if next < loops.count, k >= loops[next].end { next += 1 }
      let reader = next < loops.count && k >= loops[next].start ? next : nil
      let entry = entries[k]
      if entry.operation == .constant { continue }
      if let spoilt = want(Int(entry.left), by: reader) { return spoilt }
      if let spoilt = want(Int(entry.right), by: reader) { return spoilt }
    }
    return nil
  }
}
