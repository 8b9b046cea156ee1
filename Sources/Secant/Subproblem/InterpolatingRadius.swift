/// The rule of TRON: the parabola through f, gᵀp and f(x + p) says where along the step f is lowest, and the radius
/// follows it.
///
/// α = max(σ₁, −½gᵀp / (f₊ − f − gᵀp)), or σ₃ where the parabola has no minimum, is that place in lengths of the step.
///
/// | ρ | Δ₊ |
/// | --- | --- |
/// | ≤ η₀, not taken | min(α, σ₂)‖p‖, but at most σ₂Δ |
/// | ≤ η₁ | α‖p‖, but from σ₁Δ to σ₂Δ |
/// | < η₂ | α‖p‖, but from σ₁Δ to σ₃Δ |
/// | ≥ η₂ | α‖p‖, but from Δ to σ₃Δ |
///
/// A trial point that is not finite counts as α = σ₁. After the first step Δ is at first cut to its length.
///
/// - **Reference**: Lin and Moré, *SIAM J. Optim.* 9 (1999) 1100–1127, section 4, with the constants of their code.
public struct InterpolatingRadius<Scalar: LAPACKScalar>: RadiusRule, Codable, Equatable {
  /// Δ₀, or nil for the length of the model's Cauchy step.
  public var initial: Scalar?
  /// Δ̂, the largest radius.
  public var largest: Scalar
  /// η₀: a step is taken when ρ is above this.
  public var acceptance: Scalar
  /// η₁: a ρ below this shrinks the radius.
  public var poor: Scalar
  /// η₂: a ρ from here on never shrinks the radius.
  public var good: Scalar
  /// σ₁: the radius shrinks to no less than this part.
  public var strongestShrinkage: Scalar
  /// σ₂: after a poor step the radius is at most this part.
  public var weakestShrinkage: Scalar
  /// σ₃: the radius grows to at most this many times.
  public var expansion: Scalar

  @inlinable public init(
    initial: Scalar? = nil, largest: Scalar? = nil, acceptance: Scalar = 1e-4, poor: Scalar = 0.25,
    good: Scalar = 0.75, strongestShrinkage: Scalar = 0.25, weakestShrinkage: Scalar = 0.5,
    expansion: Scalar = 4
  ) {
    self.initial = initial
    self.largest = largest ?? .largestRadius
    self.acceptance = acceptance
    self.poor = poor
    self.good = good
    self.strongestShrinkage = strongestShrinkage
    self.weakestShrinkage = weakestShrinkage
    self.expansion = expansion
  }

  /// Whether a step was judged before: the first one sets the scale.
  public struct Memory: Sendable, Codable, Equatable {
    @usableFromInline var hasBegun = false
    @usableFromInline init() {}
  }

  @inlinable public func allocate() -> Memory { Memory() }

  @inlinable public func judge(
    _ trial: TrialStep<Scalar>, _ radius: inout Scalar, _ memory: inout Memory
  ) -> Bool {
    if !memory.hasBegun { radius = Swift.min(radius, trial.step.length) }
    memory.hasBegun = true
    let (σ₁, σ₂, σ₃) = (strongestShrinkage, weakestShrinkage, expansion)
    let ρ = trial.ratio
    // f₊ − f − gᵀp, the curvature of f along the step.
    let excess = trial.change - trial.slope
    var α = excess <= 0 ? σ₃ : -trial.slope / (2 * excess)
    if !(α > σ₁) { α = σ₁ }
    let suggestion = α * trial.step.length
    let Δ = radius
    if !(ρ > acceptance) {
      radius = Swift.min(Swift.min(α, σ₂) * trial.step.length, σ₂ * Δ)
      return false
    }
    if ρ < poor {
      radius = Swift.max(σ₁ * Δ, Swift.min(suggestion, σ₂ * Δ))
    } else if ρ < good {
      radius = Swift.max(σ₁ * Δ, Swift.min(suggestion, σ₃ * Δ))
    } else {
      radius = Swift.max(Δ, Swift.min(suggestion, σ₃ * Δ))
    }
    radius = Swift.min(radius, largest)
    return true
  }

  public var complaint: String? {
    if let complaint = complaint(initial: initial, largest: largest) { return complaint }
    if !(acceptance >= 0 && acceptance < poor && poor < good && good < 1) {
      return "acceptance (η₀) is \(acceptance), poor (η₁) \(poor) and good (η₂) \(good): choose "
        + "0 ≤ acceptance < poor < good < 1, such as 1e-4, 0.25 and 0.75."
    }
    if !(strongestShrinkage > 0 && strongestShrinkage <= weakestShrinkage && weakestShrinkage < 1) {
      return
        "strongestShrinkage (σ₁) is \(strongestShrinkage) and weakestShrinkage (σ₂) \(weakestShrinkage): "
        + "choose 0 < σ₁ ≤ σ₂ < 1, such as 0.25 and 0.5."
    }
    if !(expansion > 1 && expansion.isFinite) {
      return "expansion (σ₃) is \(expansion): choose a finite number above 1, such as 4."
    }
    return nil
  }
}
