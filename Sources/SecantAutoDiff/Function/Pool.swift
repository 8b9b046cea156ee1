import Synchronization

/// What can be made out of nothing.
@usableFromInline protocol Reusable: AnyObject {
  init()
}

/// Scratch that evaluations take and give back: a problem stays a value that several threads may evaluate.
@usableFromInline final class Pool<Item: Reusable>: Sendable {
  private let idle = Mutex<[Idle]>([])

  private struct Idle: @unchecked Sendable { let item: Item }

  @usableFromInline init() {}

  /// One that nobody else has: the last that was given back, for it knows the last point.
  @usableFromInline func take() -> Item {
    idle.withLock { $0.popLast() }?.item ?? Item()
  }

  @usableFromInline func give(back item: Item) {
    let idle = Idle(item: item)
    self.idle.withLock { $0.append(idle) }
  }
}
