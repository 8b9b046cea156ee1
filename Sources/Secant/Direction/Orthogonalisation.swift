public import SecantLinearAlgebra

/// What pushes the singular values of ``Muon``'s momentum towards 1.
///
/// Which is faster depends on the shape: on rectangles at least twice as long as wide, such as the matrices of an MLP between
/// a width and four times that, the exact factor takes 0.6 of the time of Jordan's five steps, by the Gram matrix of the smaller
/// side; on squares 1.2 times as long, by the singular value decomposition (768 × 3072 and 1024 × 1024 in single precision, one
/// thread of a Zen 5; `Benchmarks`, StepOverhead).
public enum Orthogonalisation: Hashable, Sendable, Codable {
  /// A Newton–Schulz iteration: products alone, singular values near 1 (`NewtonSchulz`).
  case newtonSchulz(NewtonSchulzSchedule)
  /// The exact polar factor: singular values of 1, at the price of a decomposition (`PolarFactor`).
  case polarFactor

  /// A sentence about a schedule that makes no sense, or nil.
  var complaint: String? {
    guard case .newtonSchulz(let schedule) = self, schedule.steps.isEmpty else { return nil }
    return "orthogonalisation has a schedule that has no steps: choose one such as .newtonSchulz(.jordan)."
  }
}
