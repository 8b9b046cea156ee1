import Dispatch
import Foundation

/// Does the work in a task that Ctrl-C cancels; a second Ctrl-C ends the command at once.
///
/// - Returns: what the work came to, and whether it was interrupted.
func untilInterrupted<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result
) async throws -> (Result, Bool) {
  let task = Task { (try await work(), Task.isCancelled) }
  signal(SIGINT, SIG_IGN)
  let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
  source.setEventHandler {
    if task.isCancelled { _exit(130) }
    task.cancel()
  }
  source.resume()
  defer {
    source.cancel()
    signal(SIGINT, SIG_DFL)
  }
  return try await task.value
}
