/// How a trust region's radius Δ follows what its steps come to, and which of them are taken.
///
/// A rule sees numbers, never the point, as a ``StepRule`` does; ``RatioRadius`` is the classical one.
public protocol RadiusRule<Scalar>: Sendable {
  /// `Float` or `Double`.
  associatedtype Scalar: LAPACKScalar
  /// What the rule remembers between steps: ``Stateless`` for the classical one.
  associatedtype Memory: Sendable, Codable, Equatable = Stateless

  /// Allocates the memory; no step after the first allocates anything.
  func allocate() -> Memory

  /// Δ₀, or nil for the length of the model's Cauchy step (``TrustRegion``).
  var initial: Scalar? { get }
  /// Δ̂, the largest radius: where f still falls this far out, it is taken to have no lower bound.
  var largest: Scalar { get }

  /// Says whether a step is taken, and sets the radius of the next one.
  ///
  /// After a rejection the next radius has to be shorter than the step, or the same step would be tried again.
  func judge(_ trial: TrialStep<Scalar>, _ radius: inout Scalar, _ memory: inout Memory) -> Bool

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension RadiusRule {
  @inlinable public var complaint: String? { nil }
}

extension RadiusRule where Memory == Stateless {
  @inlinable public func allocate() -> Stateless { Stateless() }
}

/// What a radius rule sees of a step that was tried.
public struct TrialStep<Scalar: LAPACKScalar>: Sendable, Equatable {
  /// What the model promised.
  public var step: ModelStep<Scalar>
  /// ρ, the decrease that f showed as a part of the promised one: −∞ or NaN where f was not finite.
  public var ratio: Scalar
  /// f at the point to leave.
  public var value: Scalar
  /// gᵀp, the slope at that point along the step.
  public var slope: Scalar
  /// f(x + p) − f(x), as far as its digits can be believed; it stays when ``ratio`` is replaced.
  public var change: Scalar

  @inlinable public init(_ step: ModelStep<Scalar>, ratio: Scalar, value: Scalar, slope: Scalar) {
    self.step = step
    self.ratio = ratio
    self.value = value
    self.slope = slope
    change = -ratio * step.decrease
  }
}

extension RadiusRule {
  @inlinable func complaint(initial: Scalar?, largest: Scalar) -> String? {
    if let initial, !(initial > 0 && initial.isFinite) {
      return "The initial radius is \(initial): choose a positive finite length, such as 1, or nil."
    }
    if !(largest >= initial ?? 0 && largest > 0 && largest.isFinite) {
      return "The largest radius is \(largest): choose a finite length from the initial one up, such as 1e20."
    }
    return nil
  }
}

extension LAPACKScalar {
  /// Δ̂, where nothing else is asked for: where f still falls this far out, it is taken to have no lower bound.
  @inlinable static var largestRadius: Self {
    Swift.min(1e20, longestRadius)
  }

  /// The longest radius whose square is a number with room to spare.
  @inlinable static var longestRadius: Self {
    greatestFiniteMagnitude.squareRoot() / 16
  }
}
