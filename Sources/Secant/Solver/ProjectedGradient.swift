/// Projected gradient descent: steepest descent along the projection arc, with Armijo's rule.
///
/// x(α) = P(x − αg) for the first α of ᾱ, βᾱ, β²ᾱ, … with f(x(α)) ≤ f(x) + σgᵀ(x(α) − x). ᾱ is 1/‖g‖₂ on the first
/// step, and then the last accepted α, divided by β where the last step took its first trial. It is the plain method,
/// for comparison: ``SpectralProjectedGradient`` costs as much a step and needs far fewer.
///
/// - **Demands**: ``BoundedObjective``.
/// - **Memory**: n.
/// - **Work per step**: one value and gradient a trial, and O(n).
/// - **Guarantees**: every point is in the box and f falls; every limit point is stationary, and the bounds that hold a
///   minimum with strict multipliers are found in finitely many steps.
/// - **Reference**: Bertsekas, *IEEE Trans. Automat. Control* 21 (1976) 174–184; *Nonlinear Programming*, 2nd ed.,
///   section 2.3.
///
/// | paper | here |
/// | --- | --- |
/// | α | `α` |
/// | β, σ | `cut`, `sufficientDecrease` |
public struct ProjectedGradient<Problem: BoundedObjective>: Solver {
  public typealias Scalar = Problem.Scalar

  /// β, what a trial length is multiplied by when it fails.
  public var cut: Scalar
  /// σ, the part of the promised decrease that counts as one.
  public var sufficientDecrease: Scalar
  /// Values closer than `noise`·|f| are told apart by their slopes.
  public var noise: Scalar
  /// The most often that f is asked for in one step.
  public var maximumTrials: Int

  @inlinable public init(
    cut: Scalar = 0.5, sufficientDecrease: Scalar = 1e-4, noise: Scalar? = nil, maximumTrials: Int = 100
  ) {
    self.cut = cut
    self.sufficientDecrease = sufficientDecrease
    self.noise = noise ?? .noiseOfValues
    self.maximumTrials = maximumTrials
  }

  /// The length to try first, and the last step.
  public struct Memory: Sendable, Codable, Equatable {
    /// ᾱ of the next step, 0 before the first.
    public var length: Scalar = 0
    @usableFromInline var s: Scratch<Scalar>

    @inlinable init(_ n: Int) { s = Scratch(n) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    let current = state.current
    if state.memory.length == 0 {
      state.memory.length = Swift.min(1 / current.gradient.norm, .greatestFiniteMagnitude)
    }
    var α = state.memory.length
    for trials in 0..<Swift.max(1, maximumTrials) {
      state.noteTrial()
      state.other.isEvaluated = false
      state.other.point.set(current.point, plus: -α, times: current.gradient)
      oracle.problem.project(&state.other.point)
      if state.other.point == current.point { return .stuck(.intervalCollapsed) }
      try oracle.evaluate(&state.other)
      if state.other.value == -.infinity { return .stuck(.noLowerBound) }
      state.memory.s.vector.set(state.other.point, minus: current.point)
      let slope = current.gradient.dot(state.memory.s.vector)
      let start = Sample(length: 0, value: current.value, slope: slope)
      let trial = Sample(
        length: 1, value: state.other.value, slope: state.other.gradient.dot(state.memory.s.vector))
      if trial.isFinite {
        if start.change(to: trial, noise: noise) <= sufficientDecrease * slope {
          state.memory.length =
            trials == 0 ? Swift.min(α / cut, Scalar.greatestFiniteMagnitude.squareRoot()) : α
          return state.acceptTrial(length: α, distance: state.memory.s.vector.largestMagnitude)
        }
      }
      α *= cut
    }
    return .stuck(.tooManyTrials)
  }

  @inlinable public var comparesValues: Bool { true }

  public var complaint: String? {
    if !(cut > 0 && cut < 1) { return "cut (β) is \(cut): choose a number between 0 and 1, such as 0.5." }
    if !(sufficientDecrease > 0 && sufficientDecrease < 1) {
      return "sufficientDecrease (σ) is \(sufficientDecrease): choose a number between 0 and 1, such as 1e-4."
    }
    return complaintAboutNoise(noise)
      ?? (maximumTrials < 1 ? "maximumTrials is \(maximumTrials): allow at least 1, such as 100." : nil)
  }
}

extension Solver {
  /// Projected gradient descent with Armijo's rule along the projection arc: see ``ProjectedGradient``.
  @inlinable public static func projectedGradient<P>() -> Self where Self == ProjectedGradient<P> {
    ProjectedGradient()
  }
}
