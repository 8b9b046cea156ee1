public import Secant

/// The course of one run: what was known of it at some of its steps.
///
/// Numbers are double precision whatever the run's scalar was, so that traces of both can stand side by side.
public struct Trace: Sendable, Equatable, Codable {
  /// The steps, in order; the first is the start.
  public var samples: [Sample]

  /// What was known after one step.
  public struct Sample: Sendable, Equatable, Codable {
    /// f at the current point.
    public var value: Double
    /// ‖∇f‖₂ at the current point, with bounds ‖∇_Ω f‖∞.
    public var gradientNorm: Double
    /// Everything spent so far, the step included.
    public var ledger: Ledger
    /// The current point, where the problem has two variables.
    public var point: [Double]?

    @inlinable public init(value: Double, gradientNorm: Double, ledger: Ledger, point: [Double]? = nil) {
      self.value = value
      self.gradientNorm = gradientNorm
      self.ledger = ledger
      self.point = point
    }
  }

  @inlinable public init(samples: [Sample] = []) { self.samples = samples }
}

/// Chooses the steps that a ``Trace`` keeps: all of the first 50, then one wherever the count has grown by 2 %, so
/// that a run of a million steps leaves some 600 samples that are evenly spread on a logarithmic axis.
@usableFromInline struct Thinning {
  @usableFromInline var next = 0

  @inlinable init() {}

  /// Whether to keep the step with this number; a number that is asked for again is not kept twice.
  @inlinable mutating func keeps(_ iteration: Int) -> Bool {
    guard iteration >= next else { return false }
    next = iteration + Swift.max(1, iteration / 50)
    return true
  }
}
