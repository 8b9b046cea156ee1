/// The classical rule: the radius follows the ratio ρ of the decrease seen to the decrease promised.
///
/// A step is taken when ρ > `acceptance`. When ρ < `poor`, Δ becomes `shrinkage` of the step's length, so that the next
/// trial is another one; when ρ > `good` and the step ended at the boundary, Δ grows by `expansion`, up to `largest`.
///
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., algorithm 4.1; other published constants are
///   ``connGouldToint`` and ``gouldOrbanSartenaerToint``.
public struct RatioRadius<Scalar: LAPACKScalar>: RadiusRule, Codable, Equatable {
  /// Δ₀, or nil for the length of the model's Cauchy step.
  public var initial: Scalar?
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
    initial: Scalar? = nil, largest: Scalar? = nil, acceptance: Scalar = 0.15, poor: Scalar = 0.25,
    good: Scalar = 0.75, shrinkage: Scalar = 0.25, expansion: Scalar = 2
  ) {
    self.initial = initial
    self.largest = largest ?? .largestRadius
    self.acceptance = acceptance
    self.poor = poor
    self.good = good
    self.shrinkage = shrinkage
    self.expansion = expansion
  }

  /// The constants of Conn, Gould and Toint (2000), chapter 17: η₁ = 0.01, η₂ = 0.95, and factors of ¼ and 2.5.
  @inlinable public static var connGouldToint: Self {
    Self(acceptance: 0.01, poor: 0.01, good: 0.95, shrinkage: 0.25, expansion: 2.5)
  }

  /// The constants that Gould, Orban, Sartenaer and Toint (*4OR* 3 (2005) 227–241) found best on their collection of
  /// problems: η₁ = 0.0001, η₂ = 0.99, and factors of ¼ and 3.5.
  @inlinable public static var gouldOrbanSartenaerToint: Self {
    Self(acceptance: 1e-4, poor: 1e-4, good: 0.99, shrinkage: 0.25, expansion: 3.5)
  }

  /// That of a problem: a sum of squares has a lower bound, and no radius is the last.
  @inlinable static func usual<Problem: Objective>(for _: Problem.Type) -> Self {
    Problem.self is any ResidualFunction.Type ? Self(largest: .longestRadius) : Self()
  }

  @inlinable public func judge(
    _ trial: TrialStep<Scalar>, _ radius: inout Scalar, _: inout Stateless
  ) -> Bool {
    let ρ = trial.ratio
    let isTaken = ρ > acceptance
    if !isTaken || ρ < poor {
      radius = shrinkage * trial.step.length
    } else if ρ > good && trial.step.isOnBoundary {
      radius = Swift.min(expansion * radius, largest)
    }
    return isTaken
  }

  public var complaint: String? {
    if let complaint = complaint(initial: initial, largest: largest) { return complaint }
    if !(acceptance >= 0 && acceptance <= poor) {
      return "acceptance (η) is \(acceptance): choose a number from 0 to poor (\(poor)), such as 0.15."
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
