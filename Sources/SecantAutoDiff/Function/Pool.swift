public import SecantLinearAlgebra
import Synchronization

/// Scratch that evaluations take and give back: a problem stays a value that several threads may evaluate.
///
/// It does not know what it holds, so that nothing about it is looked up when the program runs.
@usableFromInline final class Pool: Sendable {
  private struct Idle: @unchecked Sendable { let item: AnyObject }
  private let idle = Mutex<[Idle]>([])

  @usableFromInline init() {}

  @usableFromInline func takeAny() -> AnyObject? { idle.withLock { $0.popLast() }?.item }

  @usableFromInline func giveAny(back item: AnyObject) {
    let idle = Idle(item: item)
    self.idle.withLock { $0.append(idle) }
  }
}

/// The tapes of one problem.
@usableFromInline struct Tapes<Scalar: LAPACKScalar>: Sendable {
  @usableFromInline let pool = Pool()

  @inlinable init() {}

  /// One that nobody else has: the last that was given back, for it knows the last point.
  @inlinable @inline(__always) func take() -> Tape<Scalar> {
    guard let item = pool.takeAny() else { return Tape() }
    return unsafeDowncast(item, to: Tape<Scalar>.self)
  }

  @inlinable @inline(__always) func give(back tape: Tape<Scalar>) { pool.giveAny(back: tape) }
}
