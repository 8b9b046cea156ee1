// Symbol ↔ name, for step k of operands l and r
//   k ≺ i           step i was computed from step k      reached by a walk down from i
//   {k, p}          steps k and p interact nonlinearly   an element of p ≤ k in `Interactions`, at k

internal import SecantLinearAlgebra

/// The steps of a recording, as far as patterns depend on them: not on the numbers.
struct Recording: Equatable {
  var entries: [TapeEntry]
  var inputCount: Int
  var outputs: [UInt32]

  init<Scalar>(_ tape: Tape<Scalar>) {
    entries = Array(UnsafeBufferPointer(start: tape.entries, count: tape.count))
    inputCount = tape.inputCount
    outputs = tape.outputs
  }

  /// Whether a tape still holds the same steps; nothing is copied.
  func isHeld<Scalar>(by tape: Tape<Scalar>) -> Bool {
    guard entries.count == tape.count, inputCount == tape.inputCount, outputs == tape.outputs else {
      return false
    }
    return entries.withUnsafeBufferPointer { mine in
      let theirs = tape.entries
      for k in 0..<mine.count where mine[k] != theirs[k] { return false }
      return true
    }
  }

  /// Which steps depend on an input.
  private var varying: [Bool] {
    var varying = [Bool](repeating: false, count: entries.count)
    for (k, entry) in entries.enumerated() {
      varying[k] =
        k < inputCount || entry.isComputed && (varying[Int(entry.left)] || varying[Int(entry.right)])
    }
    return varying
  }
}

extension TapeEntry {
  /// Whether the step has operands and a value.
  var isComputed: Bool { operation != .input && operation != .constant && !operation.isGuard }

  /// Which of ∂²φ/∂l², ∂²φ/∂l∂r and ∂²φ/∂r² can be other than zero, at any point.
  fileprivate var bends: (ll: Bool, lr: Bool, rr: Bool) {
    switch operation {
    case .custom: return (true, false, false)
    case .customOfTwo: return (true, true, true)
    default:
      var bends = Bends()
      bends.visit(self, supplied: [])
      return bends.found
    }
  }
}

private struct Bends: OperationVisitor {
  typealias Scalar = Double
  var found = (ll: false, lr: false, rr: false)

  mutating func visit(_ φ: some UnaryOperation<Double>) { found.ll = !φ.isLinear }
  mutating func visit(_ φ: some BinaryOperation<Double>) {
    if !φ.isLinear { found = (φ.bends.xx, φ.bends.xy, φ.bends.yy) }
  }
}

// MARK: Jacobian

extension Recording {
  /// Which outputs depend on which inputs: the m × n pattern of the Jacobian, on the recorded branch.
  ///
  /// From each output a walk goes down to its inputs. What serves several outputs is not walked again for each: a step
  /// that does so and that several steps use keeps the set of its inputs. Hence the work is that of one walk over the
  /// tape and of the sets' elements; a sum of many terms in one output keeps no set at all.
  var jacobianPattern: SparsityPattern {
    var walk = DependencyWalk(self)
    var places: [(Int, Int)] = []
    for k in entries.indices where walk.keepsSet[k] { walk.keepSet(of: k) }
    for (i, output) in outputs.enumerated() {
      walk.collect(from: Int(output))
      for j in walk.found { places.append((i, Int(j))) }
    }
    return SparsityPattern(rows: outputs.count, columns: inputCount, places: places)
  }
}

private struct DependencyWalk {
  let entries: [TapeEntry]
  let inputCount: Int
  /// Which steps serve several outputs and are used by several steps.
  var keepsSet: [Bool]
  /// The sets that are kept, one after another, and where those of the steps are.
  private var members: [UInt32] = []
  private var sets: [Int: Range<Int>] = [:]
  /// The inputs that the last walk has come to.
  private(set) var found: [UInt32] = []
  private var largestMet = 0..<0
  private var stack: [UInt32] = []
  private var visits: [UInt32]
  private var visit: UInt32 = 0

  init(_ recording: Recording) {
    entries = recording.entries
    inputCount = recording.inputCount
    visits = [UInt32](repeating: 0, count: entries.count)
    // The one output that each step serves, if there is one, and whether several steps or outputs use it.
    let (nobody, several) = (-1, -2)
    var owner = [Int](repeating: nobody, count: entries.count)
    var uses = [UInt8](repeating: 0, count: entries.count)
    func use(_ k: Int, by user: Int) {
      owner[k] = owner[k] == nobody || owner[k] == user ? user : several
      uses[k] = min(2, uses[k] + 1)
    }
    for (i, output) in recording.outputs.enumerated() { use(Int(output), by: i) }
    for k in entries.indices.reversed() where owner[k] != nobody && entries[k].isComputed {
      use(Int(entries[k].left), by: owner[k])
      if entries[k].right != entries[k].left { use(Int(entries[k].right), by: owner[k]) }
    }
    keepsSet = zip(owner, uses).map { $0 == several && $1 == 2 }
    for k in entries.indices where !entries[k].isComputed { keepsSet[k] = false }
  }

  /// Finds the inputs that step k was computed from.
  mutating func collect(from k: Int) {
    found.removeAll(keepingCapacity: true)
    largestMet = 0..<0
    visit += 1
    push(UInt32(k))
    while let k = stack.popLast() {
      if let set = sets[Int(k)] {
        if set.count > largestMet.count { largestMet = set }
        for j in members[set] where visits[Int(j)] != visit {
          visits[Int(j)] = visit
          found.append(j)
        }
      } else if k < inputCount {
        found.append(k)
      } else if entries[Int(k)].isComputed {
        push(entries[Int(k)].left)
        push(entries[Int(k)].right)
      }
    }
  }

  mutating func keepSet(of k: Int) {
    collect(from: k)
    // What was computed from one such step and from nothing else has the same set.
    if found.count == largestMet.count {
      sets[k] = largestMet
    } else {
      sets[k] = members.count..<(members.count + found.count)
      members += found
    }
  }

  private mutating func push(_ k: UInt32) {
    guard visits[Int(k)] != visit else { return }
    visits[Int(k)] = visit
    stack.append(k)
  }
}

// MARK: Hessian

extension Recording {
  /// Which inputs interact nonlinearly: the pattern of the Hessian of the first output, on the recorded branch, or that of
  /// half the sum of all outputs' squares.
  ///
  /// Edge pushing without the numbers: a sweep from the last step to the first, in which what interacts with a step
  /// interacts with its operands instead, and every step that is not linear adds the interactions of its operands. Sums
  /// add none, so that the work is in proportion to the steps and to the interactions of each, and n² never comes up
  /// unless the pattern is dense.
  ///
  /// - Reference: Gower and Mello, *A new framework for the computation of Hessians*, Optim. Methods Softw. 27 (2012)
  ///   251–273.
  func hessianPattern(ofSquares: Bool) -> SparsityPattern {
    let varying = self.varying
    var live = [Bool](repeating: false, count: entries.count)
    var interactions = Interactions(entries.count)
    if ofSquares {
      for output in outputs.map(Int.init) {
        live[output] = true
        interactions.insert(output, output)
      }
    } else {
      live[Int(outputs[0])] = true
    }
    var partners: [UInt32] = []
    for k in (inputCount..<entries.count).reversed() where live[k] && varying[k] {
      let entry = entries[k]
      let (l, r) = (Int(entry.left), Int(entry.right))
      let (hasLeft, hasRight) = (varying[l], varying[r] && r != l)
      live[l] = true
      live[r] = true
      // What interacts with k interacts with its operands.
      interactions.take(k, into: &partners)
      for p in partners.map(Int.init) {
        if hasLeft { interactions.insert(l, p == k ? l : p) }
        if hasRight { interactions.insert(r, p == k ? r : p) }
        if p == k && hasLeft && hasRight { interactions.insert(l, r) }
      }
      // And the operands interact where k is not linear in them.
      let bends = entry.bends
      if l == r {
        if bends.ll || bends.lr || bends.rr { interactions.insert(l, l) }
      } else {
        if bends.ll && hasLeft { interactions.insert(l, l) }
        if bends.lr && hasLeft && hasRight { interactions.insert(l, r) }
        if bends.rr && hasRight { interactions.insert(r, r) }
      }
    }
    var places: [(Int, Int)] = []
    for j in 0..<inputCount {
      interactions.take(j, into: &partners)
      for i in partners.map(Int.init) {
        places.append((i, j))
        if i != j { places.append((j, i)) }
      }
    }
    return SparsityPattern(rows: inputCount, columns: inputCount, places: places)
  }
}

/// Pairs of steps, each kept with its later step: lists in one piece of memory, which is used again when a list has
/// been taken.
private struct Interactions {
  private struct Link {
    var partner: UInt32
    var next: UInt32
  }
  private static let none = UInt32.max

  private var links: [Link] = []
  private var free = none
  private var heads: [UInt32]
  private var lengths: [UInt32]
  /// How long a list may grow before pairs that it holds twice are looked for.
  private var limits: [UInt32]
  private var marks: [UInt32]
  private var mark: UInt32 = 0

  init(_ count: Int) {
    heads = [UInt32](repeating: Interactions.none, count: count)
    lengths = [UInt32](repeating: 0, count: count)
    limits = [UInt32](repeating: 16, count: count)
    marks = [UInt32](repeating: 0, count: count)
  }

  mutating func insert(_ k: Int, _ p: Int) {
    let (k, p) = (max(k, p), UInt32(truncatingIfNeeded: min(k, p)))
    let link = Link(partner: p, next: heads[k])
    if free == Interactions.none {
      heads[k] = UInt32(links.count)
      links.append(link)
    } else {
      heads[k] = free
      free = links[Int(free)].next
      links[Int(heads[k])] = link
    }
    lengths[k] += 1
    if lengths[k] > limits[k] { removeDuplicates(k) }
  }

  /// The partners of k, each once; they are forgotten.
  mutating func take(_ k: Int, into partners: inout [UInt32]) {
    removeDuplicates(k)
    partners.removeAll(keepingCapacity: true)
    while heads[k] != Interactions.none {
      partners.append(links[Int(heads[k])].partner)
      heads[k] = release(heads[k])
    }
  }

  private mutating func removeDuplicates(_ k: Int) {
    mark += 1
    var (rest, kept, length) = (heads[k], Interactions.none, UInt32(0))
    while rest != Interactions.none {
      let partner = Int(links[Int(rest)].partner)
      if marks[partner] == mark {
        rest = release(rest)
      } else {
        marks[partner] = mark
        let next = links[Int(rest)].next
        links[Int(rest)].next = kept
        kept = rest
        rest = next
        length += 1
      }
    }
    heads[k] = kept
    lengths[k] = length
    limits[k] = 2 * length + 16
  }

  /// Gives a link back, and tells the next of its list.
  private mutating func release(_ link: UInt32) -> UInt32 {
    let next = links[Int(link)].next
    links[Int(link)].next = free
    free = link
    return next
  }
}
