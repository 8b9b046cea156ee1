/// Why a factorisation or a solve gave no result: the meaning of LAPACK's `info`.
public enum FactorisationFailure: Error, Hashable, Sendable, Codable {
  /// The leading minor of this order (1-based) is not positive definite.
  case notPositiveDefinite(leadingMinor: Int)
  /// A pivot at this place (0-based) is exactly zero: the system has no unique solution.
  case singular(at: Int)
  /// The iteration for eigenvalues or singular values did not converge; LAPACK's count of what is missing.
  case notConverged(count: Int)
  /// The matrix, or what was computed from it, holds a NaN or an infinity.
  case nonFinite
}

extension FactorisationFailure: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notPositiveDefinite(let k):
      "the matrix is not positive definite: its leading minor of order \(k) is not"
    case .singular(let i): "the matrix is singular: pivot \(i) is zero"
    case .notConverged(let count): "the iteration did not converge: \(count) values are missing"
    case .nonFinite: "the matrix holds a NaN or an infinity"
    }
  }
}
