public import SecantLinearAlgebra

/// The memory that variables point to: the steps of a formula in the order in which they were made, and their values.
///
/// Step k takes its operands from steps before it; the first n steps are the inputs, so `values[0..<n]` is the point.
/// Growing moves `entries` and `values`, never the storage itself, which is never freed: see ``Recycler``.
@usableFromInline struct TapeStorage<Scalar: LAPACKScalar> {
  @usableFromInline var entries: UnsafeMutablePointer<TapeEntry>
  @usableFromInline var values: UnsafeMutablePointer<Scalar>
  @usableFromInline var count = 0
  @usableFromInline var capacity: Int
  /// Which recording this is: a variable of an earlier one is refused.
  @usableFromInline var generation: UInt32 = 0
  /// Whether the formula looked at a number itself, so that what it does next may depend on it unseen.
  @usableFromInline var wasLookedInto = false
  @usableFromInline var supplied: [SuppliedFunction<Scalar>] = []

  private init() {
    capacity = 0
    entries = moved(nil, keeping: 0, to: 0)
    values = moved(nil, keeping: 0, to: 0)
  }

  /// The storage of a new tape.
  static func take() -> UnsafeMutablePointer<TapeStorage> { idle(for: Scalar.self).take { TapeStorage() } }

  /// Gives back the storage of a tape that is going.
  static func give(back storage: UnsafeMutablePointer<TapeStorage>) {
    storage.pointee.close()
    free(storage.pointee.entries)
    free(storage.pointee.values)
    let generation = storage.pointee.generation
    storage.pointee = TapeStorage()
    storage.pointee.generation = generation
    idle(for: Scalar.self).give(back: storage)
  }

  /// Ends a recording: variables that were handed out are refused from now on.
  mutating func close() { generation &+= 1 }

  /// Forgets every step, for a new recording.
  mutating func rewind() {
    close()
    count = 0
    wasLookedInto = false
    supplied.removeAll(keepingCapacity: true)
  }

  @usableFromInline @inline(never) mutating func grow(to wanted: Int) {
    precondition(
      wanted < UInt32.max, "a formula of more than 4 · 10⁹ steps: split it, or use matrix operations")
    let larger = Swift.max(wanted, 2 * capacity, 256)
    entries = moved(entries, keeping: count, to: larger)
    values = moved(values, keeping: count, to: larger)
    capacity = larger
  }

  /// Appends a step and gives its place.
  @inlinable @inline(__always) mutating func append(_ entry: TapeEntry, _ value: Scalar) -> UInt32 {
    if count == capacity { grow(to: count + 1) }
    let place = count
    (entries + place).initialize(to: entry)
    (values + place).initialize(to: value)
    count = place + 1
    return UInt32(truncatingIfNeeded: place)
  }
}

/// Memory for so many elements that begins with the first few of another piece, which is freed.
///
/// It is aligned to a cache line: kernels are slower by a fifth where it is not, and the same operation has the same bits
/// wherever it stands.
func moved<Element>(
  _ old: UnsafeMutablePointer<Element>?, keeping count: Int, to capacity: Int
) -> UnsafeMutablePointer<Element> {
  let bytes = UnsafeMutableRawPointer.allocate(
    byteCount: Swift.max(capacity, 1) * MemoryLayout<Element>.stride, alignment: 64)
  let new = bytes.bindMemory(to: Element.self, capacity: Swift.max(capacity, 1))
  if let old {
    new.moveInitialize(from: old, count: count)
    free(old)
  }
  return new
}

/// Gives back what ``moved(_:keeping:to:)`` made.
func free<Element>(_ memory: UnsafeMutablePointer<Element>?) { UnsafeMutableRawPointer(memory)?.deallocate() }

private let (idleSingle, idleDouble) = (Recycler(), Recycler())

private func idle<Scalar>(for _: Scalar.Type) -> Recycler {
  Scalar.self == Float.self ? idleSingle : idleDouble
}
