public import SecantLinearAlgebra

/// What pushes the singular values of ``Muon``'s momentum towards 1.
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
