internal import Synchronization

/// The memory that variables point to: it is never freed, but what a tape has given up the next new one takes over.
///
/// A variable that outlived its tape therefore still reads such memory, and finds a generation there that is not its own.
final class Recycler: Sendable {
  private let idle = Mutex<[UInt]>([])

  /// Memory that a tape has given up, or new one.
  func take<Element>(_ make: () -> Element) -> UnsafeMutablePointer<Element> {
    if let address = idle.withLock({ $0.popLast() }) { return UnsafeMutablePointer(bitPattern: address)! }
    let fresh = UnsafeMutablePointer<Element>.allocate(capacity: 1)
    fresh.initialize(to: make())
    return fresh
  }

  func give<Element>(back memory: UnsafeMutablePointer<Element>) {
    idle.withLock { $0.append(UInt(bitPattern: memory)) }
  }
}
