/// Moré's damping: λ is what keeps the step within ‖Dp‖ ≤ Δ, and Δ follows the ratio of the decrease that f shows to the
/// one promised.
///
/// The Gauss–Newton step, λ = 0, is taken where it is within 1.1 Δ. Otherwise λ solves φ(λ) = ‖Dp(λ)‖ − Δ = 0 to a tenth
/// of Δ by Newton's method on 1/‖Dp(λ)‖, within bounds that every λ tightens: one to three of them in practice.
///
/// Δ₀ is a guess that may be short by orders of magnitude; as long as every decrease is to a hundredth what was promised, Δ
/// grows tenfold and not twofold.
///
/// - **Demands**: nothing.
/// - **Memory**: three numbers.
/// - **Work per step**: n² for the Gauss–Newton step, 2n³/3 flops for each λ.
/// - **Guarantees**: those of a trust region; invariant under a change of the variables' units.
/// - **Reference**: Moré, *The Levenberg–Marquardt algorithm: implementation and theory* (1978), algorithms 5.5 and 7.1;
///   constants of MINPACK's `lmder`.
///
/// | paper | here |
/// | --- | --- |
/// | Δ | `radius` |
/// | α | `λ` |
/// | l, u | `least`, `most` |
/// | σ | `tolerance` |
public struct TrustRegionDamping<Scalar: LAPACKScalar>: Damping {
  /// Δ₀ is so many ‖Dx‖: 10, where MINPACK takes 100, with which a first step may lead to where a parameter has no influence.
  /// Where x = 0 it is so many lengths of the Cauchy step, which no change of units moves either.
  public var initial: Scalar
  /// A step with a ratio below this is not taken.
  public var acceptance: Scalar
  /// σ in |‖Dp‖ − Δ| ≤ σΔ.
  public var tolerance: Scalar

  @inlinable public init(initial: Scalar = 10, acceptance: Scalar = 1e-4, tolerance: Scalar = 0.1) {
    self.initial = initial
    self.acceptance = acceptance
    self.tolerance = tolerance
  }

  /// Δ and λ.
  public struct Memory: Sendable, Codable, Equatable {
    /// Δ, 0 before the first step.
    public var radius: Scalar = 0
    /// λ of the last step, from which the next search sets out.
    public var λ: Scalar = 0
    /// Whether a step was judged yet: the first cuts Δ₀ down to its own length.
    @usableFromInline var hasRadius = false
    /// Whether Δ is still the first guess, or what has grown of it because every step kept to the model.
    @usableFromInline var isGuess = true
    /// Whether the last step was not taken.
    @usableFromInline var wasRejected = false

    private enum CodingKeys: String, CodingKey {
      case radius, hasRadius, isGuess, wasRejected
      case λ = "lambda"
    }

    @usableFromInline init() {}
  }

  @inlinable public func allocate() -> Memory { Memory() }

  @inlinable public func choose(
    _ system: inout DampedLeastSquares<Scalar>, lengthOfPoint: Scalar, _ memory: inout Memory
  ) -> Scalar {
    // A radius that moves no digit, and not for its steps failed: D has outgrown it.
    let isOutgrown = !memory.wasRejected && memory.radius < .ulpOfOne * lengthOfPoint
    if memory.radius == 0 || isOutgrown {
      let length = lengthOfPoint > 0 ? lengthOfPoint : system.lengthOfCauchyStep()
      memory.radius = length > 0 && length.isFinite ? initial * length : initial
    }
    let Δ = memory.radius
    var length = system.solve(damping: 0)
    if length <= (1 + tolerance) * Δ {
      memory.λ = 0
      return 0
    }
    var φ = length - Δ
    let isOfFullRank = system.rank == system.shape.columns
    var least = isOfFullRank ? (φ / Δ) * (length / system.steepness()) * length : 0
    let slope = system.slope()
    var most = slope / Δ
    if most == 0 { most = .leastNormalMagnitude / Swift.min(Δ, 0.1) }
    var λ = Swift.min(Swift.max(memory.λ, least), most)
    if λ == 0 { λ = slope / length }
    for _ in 0..<10 {
      if λ == 0 { λ = Swift.max(.leastNormalMagnitude, most / 1000) }
      length = system.solve(damping: λ)
      let before = φ
      φ = length - Δ
      if abs(φ) <= tolerance * Δ || (least == 0 && φ <= before && before < 0) { break }
      let correction = (φ / Δ) * (length / system.steepness()) * length
      if φ > 0 { least = Swift.max(least, λ) }
      if φ < 0 { most = Swift.min(most, λ) }
      λ = Swift.max(least, λ + correction)
    }
    memory.λ = λ
    return λ
  }

  @inlinable public func judge(_ trial: TrialStep<Scalar>, _ memory: inout Memory) -> Bool {
    let length = trial.step.length
    if !memory.hasRadius { memory.radius = Swift.min(memory.radius, length) }
    memory.hasRadius = true
    let isExact = abs(trial.ratio - 1) < 0.01
    memory.isGuess = memory.isGuess && isExact
    if !(trial.ratio > 0.25) {
      // Where the parabola through f, its slope and the trial value has its minimum, between a tenth and a half.
      let parabola = trial.slope / (2 * (trial.slope - trial.change))
      let shorter = trial.change <= 0 ? 0.5 : parabola >= 0.1 ? Swift.min(parabola, 0.5) : 0.1
      memory.radius = shorter * Swift.min(memory.radius, length / 0.1)
      memory.λ /= shorter
    } else if memory.λ == 0 || trial.ratio >= 0.75 {
      // A decrease that is to a hundredth what was promised, and drowns in f, says that Δ is too short by far.
      let isShort =
        memory.λ > 0 && isExact && trial.step.decrease < .noiseOfValues * trial.value
      let growth =
        isShort ? 2 * .noiseOfValues * trial.value / trial.step.decrease : memory.isGuess ? 10 : 2
      memory.radius = growth * length
      memory.λ /= growth
    }
    memory.wasRejected = !(trial.ratio >= acceptance)
    return !memory.wasRejected
  }

  @inlinable public var complaint: String? {
    if !(initial > 0 && initial.isFinite) {
      return
        "The initial radius is \(initial) times the length of the point: choose a positive number, such as 10."
    }
    if !(acceptance >= 0 && acceptance < 0.25) {
      return "acceptance is \(acceptance): choose a number from 0 to below ¼, such as 1e-4."
    }
    return tolerance > 0 && tolerance < 1
      ? nil : "tolerance (σ) is \(tolerance): choose a number between 0 and 1, such as 0.1."
  }
}
