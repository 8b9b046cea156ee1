import Dispatch
import Foundation
import SecantCompare

/// Does the work in a task that Ctrl-C cancels; a second Ctrl-C ends the command at once.
///
/// - Returns: what the work came to, and whether it was interrupted.
func untilInterrupted<Result: Sendable>(
  _ work: @escaping @Sendable ((Comparison.Observation) -> Void) throws -> Result
) async throws -> (Result, Bool) {
  let task = Task {
    let line = ProgressLine()
    return (try work(line.show), Task.isCancelled)
  }
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
