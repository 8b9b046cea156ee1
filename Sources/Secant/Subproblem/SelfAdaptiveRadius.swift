internal import RealModule

/// A radius that follows ρ smoothly: Δ₊ = R(ρ)‖p‖, with a function R that grows from β to M.
///
///     R(ρ) = (1 − γ₁ − β) e^(ρ − η) + β                        for ρ ≤ η
///     R(ρ) = 1 + γ₂ + (2/π)(M − 1 − γ₂) arctan(ρ − η)          for ρ > η
///
/// There is no threshold at which a little more of ρ doubles the radius. A step is taken when ρ > η.
///
/// - **Reference**: Hei, *A self-adaptive trust region algorithm*, *J. Comput. Math.* 21 (2003) 229–236.
///
/// | paper | here |
/// | --- | --- |
/// | η, β, M | `acceptance`, `shrinkage`, `expansion` |
/// | γ₁, γ₂ | `margin` |
public struct SelfAdaptiveRadius<Scalar: LAPACKScalar>: RadiusRule, Codable, Equatable {
  /// Δ₀, or nil for the length of the model's Cauchy step.
  public var initial: Scalar?
  /// Δ̂, the largest radius.
  public var largest: Scalar
  /// η: a step is taken when ρ is above this, and then the radius is longer than the step.
  public var acceptance: Scalar
  /// β: the radius is never less than this part of the step.
  public var shrinkage: Scalar
  /// M: the radius is never more than this many steps.
  public var expansion: Scalar
  /// γ₁ = γ₂: how far R jumps away from 1 at η, on both sides.
  public var margin: Scalar

  @inlinable public init(
    initial: Scalar? = nil, largest: Scalar? = nil, acceptance: Scalar = 0.15, shrinkage: Scalar = 0.1,
    expansion: Scalar = 5, margin: Scalar = 0.1
  ) {
    self.initial = initial
    self.largest = largest ?? .largestRadius
    self.acceptance = acceptance
    self.shrinkage = shrinkage
    self.expansion = expansion
    self.margin = margin
  }

  /// R(ρ); β where ρ is not a number.
  public func factor(_ ρ: Scalar) -> Scalar {
    if ρ > acceptance {
      let growth = expansion - 1 - margin
      return 1 + margin + 2 / Scalar.pi * growth * Scalar.atan(ρ - acceptance)
    }
    return ρ.isNaN ? shrinkage : (1 - margin - shrinkage) * Scalar.exp(ρ - acceptance) + shrinkage
  }

  public func judge(
    _ trial: TrialStep<Scalar>, _ radius: inout Scalar, _: inout Stateless
  ) -> Bool {
    radius = Swift.min(factor(trial.ratio) * trial.step.length, largest)
    return trial.ratio > acceptance
  }

  public var complaint: String? {
    if let complaint = complaint(initial: initial, largest: largest) { return complaint }
    if !(acceptance >= 0 && acceptance < 1) {
      return "acceptance (η) is \(acceptance): choose a number from 0 to below 1, such as 0.15."
    }
    if !(shrinkage > 0 && margin > 0 && shrinkage + margin < 1) {
      return
        "shrinkage (β) is \(shrinkage) and margin (γ) \(margin): choose positive numbers that come to less "
        + "than 1, such as 0.1 both."
    }
    if !(expansion > 1 + margin && expansion.isFinite) {
      return
        "expansion (M) is \(expansion): choose a finite number above 1 + margin (\(1 + margin)), such as 5."
    }
    return nil
  }
}
