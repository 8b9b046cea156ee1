internal import Synchronization

/// An array of trivial elements that keeps its memory when it is emptied, without checks and without reference counts.
struct TapeArray<Element> {
  private(set) var base = moved(UnsafeMutablePointer<Element>?.none, keeping: 0, to: 0)
  private(set) var capacity = 0
  var count = 0

  @inline(__always) subscript(i: Int) -> Element {
    get { base[i] }
    nonmutating set { base[i] = newValue }
  }

  @inline(__always) mutating func append(_ element: Element) {
    if count == capacity { grow(to: count + 1) }
    base[count] = element
    count += 1
  }

  @inline(never) mutating func grow(to least: Int) {
    capacity = max(least, 2 * capacity, 16)
    base = moved(base, keeping: count, to: capacity)
  }

  func deallocate() { free(base) }
}

/// What a variable knows of its tape: enough to see that the tape is gone, or has begun another evaluation.
///
/// A header is never freed: see ``Recycler``. No two recordings of the process have the same generation.
struct TapeHeader {
  /// The tape, or nil when there is none.
  var tape: UnsafeMutableRawPointer?
  /// The recording, and within it the segments that are being recorded now, each in the one before.
  var generations = TapeArray<UInt64>()

  /// Whether a variable of this generation may be used.
  @inline(__always) func isOpen(_ generation: UInt64) -> Bool {
    var i = generations.count
    while i > 0 {
      i -= 1
      if generations[i] == generation { return true }
    }
    return false
  }

  /// The generation of what is recorded now.
  @inline(__always) var generation: UInt64 { generations[generations.count - 1] }

  mutating func open() {
    generations.append(latest.add(1, ordering: .relaxed).newValue)
  }

  mutating func close() { generations.count -= 1 }

  /// The header of a new tape.
  static func take() -> UnsafeMutablePointer<TapeHeader> { idle.take { TapeHeader() } }

  /// Gives back the header of a tape that is going.
  static func give(back header: UnsafeMutablePointer<TapeHeader>) {
    header.pointee.tape = nil
    header.pointee.generations.count = 0
    idle.give(back: header)
  }
}

private let latest = Atomic<UInt64>(0)
private let idle = Recycler()

/// Memory for numbers that is there when it is first asked for.
struct TapeArena<Scalar> {
  private(set) var base: UnsafeMutablePointer<Scalar>?

  /// Makes room for `capacity` numbers and keeps the first `count`.
  mutating func grow(to capacity: Int, keeping count: Int) {
    base = moved(base, keeping: count, to: capacity)
  }

  func deallocate() { free(base) }
}
