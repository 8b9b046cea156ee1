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

  /// Δ₀.
  var initial: Scalar { get }
  /// Δ̂, the largest radius: where f still falls this far out, it is taken to have no lower bound.
  var largest: Scalar { get }

  /// Says whether a step is taken, and sets the radius of the next one.
  ///
  /// `step` is what the model promised, ρ the decrease that f showed as a part of the promised one (−∞ or NaN where f
  /// was not finite), `value` f at the point to leave, and `radius` Δ. After a rejection the next radius has to be
  /// shorter than the step, or the same step would be tried again.
  func judge(
    _ step: ModelStep<Scalar>, ratio ρ: Scalar, from value: Scalar, _ radius: inout Scalar,
    _ memory: inout Memory
  ) -> Bool

  /// A sentence about the first hyper-parameter that makes no sense, or nil when all do.
  var complaint: String? { get }
}

extension RadiusRule {
  @inlinable public var complaint: String? { nil }
}

extension RadiusRule where Memory == Stateless {
  @inlinable public func allocate() -> Stateless { Stateless() }
}

/// The classical rule: the radius follows the ratio ρ of the decrease seen to the decrease promised.
///
/// A step is taken when ρ > `acceptance`. When ρ < ¼, Δ becomes a quarter of the step's length, so that the next
/// trial is another one; when ρ > ¾ and the step ended at the boundary, Δ doubles, up to `largest`.
///
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 4.1.
public struct RatioRadius<Scalar: LAPACKScalar>: RadiusRule, Codable, Equatable {
  /// Δ₀.
  public var initial: Scalar
  /// Δ̂, the largest radius.
  public var largest: Scalar
  /// η in ρ > η.
  public var acceptance: Scalar
  /// A ρ below this shrinks the radius, to `shrinkage` of the step's length.
  public var poor: Scalar
  /// A ρ above this, at the boundary, lets the radius grow by `expansion`.
  public var good: Scalar
  /// After a poor step Δ is this part of the step's length.
  public var shrinkage: Scalar
  /// After a good step at the boundary Δ is this many times as long.
  public var expansion: Scalar

  @inlinable public init(
    initial: Scalar = 1, largest: Scalar? = nil, acceptance: Scalar = 0.15, poor: Scalar = 0.25,
    good: Scalar = 0.75, shrinkage: Scalar = 0.25, expansion: Scalar = 2
  ) {
    self.initial = initial
    self.largest = largest ?? Swift.min(1e20, Scalar.greatestFiniteMagnitude.squareRoot() / 16)
    self.acceptance = acceptance
    self.poor = poor
    self.good = good
    self.shrinkage = shrinkage
    self.expansion = expansion
  }

  @inlinable public func judge(
    _ step: ModelStep<Scalar>, ratio ρ: Scalar, from _: Scalar, _ radius: inout Scalar, _: inout Stateless
  ) -> Bool {
    if !(ρ >= poor) {
      radius = shrinkage * step.length
    } else if ρ > good && step.isOnBoundary {
      radius = Swift.min(expansion * radius, largest)
    }
    return ρ > acceptance
  }

  public var complaint: String? {
    if !(initial > 0 && initial.isFinite) {
      return "The initial radius is \(initial): choose a positive finite length, such as 1."
    }
    if !(largest >= initial && largest.isFinite) {
      return "The largest radius is \(largest): choose a finite length from the initial one (\(initial)) up."
    }
    if !(acceptance >= 0 && acceptance < poor) {
      return "acceptance (η) is \(acceptance): choose a number from 0 to below poor (\(poor)), such as 0.15."
    }
    if !(poor < good && good < 1) {
      return "poor is \(poor) and good \(good): choose poor < good < 1, such as 0.25 and 0.75."
    }
    if !(shrinkage > 0 && shrinkage < 1) {
      return "shrinkage is \(shrinkage): choose a number between 0 and 1, such as 0.25."
    }
    if !(expansion > 1 && expansion.isFinite) {
      return "expansion is \(expansion): choose a finite number above 1, such as 2."
    }
    return nil
  }
}
