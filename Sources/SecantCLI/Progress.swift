import Foundation
import Secant
import SecantCompare

/// Tells on standard error how far a comparison is: one line that is written over in a terminal, one line for each
/// finished method elsewhere.
final class ProgressLine {
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var last = ContinuousClock.now - .seconds(1)

  func show(_ observation: Comparison.Observation) {
    switch observation {
    case .sample(let sample, let name):
      guard isTerminal, ContinuousClock.now - last > .milliseconds(50) else { return }
      last = .now
      write(
        "\r\u{1B}[K\(name): \(sample.ledger.iterations) steps, f = \(spelled(sample.value)), ‖∇f‖₂ = "
          + String(format: "%.1e, %.1f s", sample.gradientNorm.magnitude, sample.ledger.seconds))
    case .ended(let entry):
      if isTerminal {
        write("\r\u{1B}[K")
      } else {
        write("\(entry.name): \(entry.status), " + String(format: "%.2g s\n", entry.ledger.seconds))
      }
    }
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
