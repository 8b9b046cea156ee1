public import SecantLinearAlgebra

/// What pushes the singular values of ``Muon``'s momentum towards 1.
///
/// Which is faster depends on the shape: on rectangles at least twice as long as wide, such as the matrices of an MLP between
/// a width and four times that, it is the exact factor, by the Gram matrix of the smaller side; on squares it is Jordan's five
/// steps. The note `papers/muon.md` has the figures.
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
