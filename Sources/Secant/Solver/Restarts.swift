/// How often a method forgot what it had learnt, and why it did so last.
public struct Restarts: Sendable, Codable, Equatable {
  /// Why a method began anew.
  public enum Reason: String, Sendable, Codable, CaseIterable {
    /// The direction did not lead downhill, or not enough so.
    case notADescentDirection
    /// What was learnt was positive definite in theory, and rounding cost it that.
    case lostDefiniteness
    /// Successive gradients were too far from orthogonal: conjugacy was lost.
    case lostConjugacy
    /// As many steps were taken as the method allows itself between two beginnings.
    case endOfCycle
    /// An extrapolated point was no better than the plain step.
    case noBetterThanPlainStep
    /// No lower point was found along the direction.
    case failedSearch
  }

  /// How often.
  public private(set) var count = 0
  /// Why, the last time; nil while there was none.
  public private(set) var reason: Reason?
  /// After how many accepted steps, the last time.
  public private(set) var iteration = 0

  @inlinable public init() {}

  /// Notes that the method begins anew at the point after so many steps.
  public mutating func note(_ reason: Reason, at iteration: Int) {
    count += 1
    self.reason = reason
    self.iteration = iteration
  }
}
