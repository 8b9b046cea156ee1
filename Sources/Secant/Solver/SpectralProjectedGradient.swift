/// The spectral projected gradient method: steepest descent within bounds, with Barzilai and Borwein's length and a
/// search that lets f rise now and then.
///
/// d = P(x − λg) − x, with λ = sᵀs/sᵀy of the last step, or where that is not positive
/// max(1, ‖x‖∞)/‖P(x − g) − x‖∞; then the first α of 1 and its safeguarded quadratic
/// interpolations for which f(x + αd) ≤ max of the last M values + γαgᵀd. Before the first step λ = 1/‖P(x − g) − x‖∞.
///
/// - **Demands**: ``BoundedObjective``.
/// - **Memory**: n, and M values.
/// - **Work per step**: one value and gradient where the first trial is accepted, and O(n).
/// - **Guarantees**: every point is in the box; every limit point is stationary. f need not fall in each step.
/// - **Reference**: Birgin, Martínez and Raydan, *SIAM J. Optim.* 10 (2000) 1196–1211, algorithm SPG2.
///
/// | paper | here |
/// | --- | --- |
/// | α_k, α_min, α_max | `λ`, `shortest`, `longest` |
/// | M | `values` |
/// | γ | `sufficientDecrease` |
/// | σ₁, σ₂ | `cuts` |
/// | λ | `α` |
public struct SpectralProjectedGradient<Problem: BoundedObjective>: Solver {
  public typealias Scalar = Problem.Scalar

  /// M: a step is held against the highest of so many last values; 1 lets none rise.
  public var values: Int
  /// γ, the part of the promised decrease that counts as one.
  public var sufficientDecrease: Scalar
  /// σ₁ and σ₂: an interpolated length counts only within this part of the trial's; otherwise it is halved.
  public var cuts: ClosedRange<Scalar>
  /// The shortest λ.
  public var shortest: Scalar
  /// The longest λ.
  public var longest: Scalar
  /// Values closer than `noise`·|f| are told apart by their slopes.
  public var noise: Scalar
  /// The most often that f is asked for in one step.
  public var maximumTrials: Int

  @inlinable public init(
    values: Int = 10, sufficientDecrease: Scalar = 1e-4, cuts: ClosedRange<Scalar> = 0.1...0.9,
    shortest: Scalar = 1e-30, longest: Scalar = 1e30, noise: Scalar? = nil, maximumTrials: Int = 50
  ) {
    self.values = values
    self.sufficientDecrease = sufficientDecrease
    self.cuts = cuts
    self.shortest = shortest
    self.longest = longest
    self.noise = noise ?? .noiseOfValues
    self.maximumTrials = maximumTrials
  }

  /// The last values, and the direction of the last step.
  public struct Memory: Sendable, Codable, Equatable {
    /// d of the last step.
    public var d: Vector<Scalar>
    /// The last M values, −∞ where there are fewer.
    public var values: Vector<Scalar>
    /// The number of the step that the newest value is of, −1 before the first.
    @usableFromInline var iteration = -1
    /// λ of the next step.
    public var λ: Scalar = 0
    @usableFromInline var y: Scratch<Scalar>

    @inlinable init(_ n: Int, values: Int) {
      d = Vector(zeros: n)
      self.values = Vector(repeating: -.infinity, count: values)
      y = Scratch(n)
    }

    private enum CodingKeys: String, CodingKey {
      case d, values, iteration, y
      case λ = "lambda"
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory {
    Memory(dimension, values: Swift.min(Swift.max(values, 1), 100_000))
  }

  @inlinable public func advance(
    _ state: inout State<Scalar, Memory>, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Step<Scalar> {
    noteStep(&state, within: oracle.problem.bounds)
    let current = state.current
    oracle.problem.bounds.setProjectedStep(
      &state.memory.d, from: current.point, by: state.memory.λ, against: current.gradient)
    let slope = current.gradient.dot(state.memory.d)
    guard slope.isFinite else { return .stuck(.nonFinite) }
    guard slope < 0 else { return .stuck(.notADescentDirection) }
    var highest = current.value
    for k in 0..<state.memory.values.count { highest = Swift.max(highest, state.memory.values[k]) }
    let start = Sample(length: 0, value: current.value, slope: slope)
    var α: Scalar = 1
    for _ in 0..<Swift.max(1, maximumTrials) {
      state.noteTrial()
      state.other.isEvaluated = false
      oracle.problem.bounds.move(
        &state.other.point, from: current.point, by: α, along: state.memory.d)
      if state.other.point == current.point { return .stuck(.intervalCollapsed) }
      try oracle.evaluate(&state.other)
      if state.other.value == -.infinity { return .stuck(.noLowerBound) }
      let trial = Sample(
        length: α, value: state.other.value, slope: state.other.gradient.dot(state.memory.d))
      guard trial.isFinite else {
        α *= cuts.lowerBound
        continue
      }
      let change = start.change(to: trial, noise: noise)
      if change <= highest - current.value + sufficientDecrease * α * slope {
        return state.acceptTrial(length: α, distance: α * state.memory.d.largestMagnitude)
      }
      let interpolated = -slope * α * α / (2 * (change - slope * α))
      let isSafe = interpolated >= cuts.lowerBound && interpolated <= cuts.upperBound * α
      α = isSafe ? interpolated : α / 2
    }
    return .stuck(.tooManyTrials)
  }

  /// Takes the value of the current point into the last ones, and the step to it into λ.
  @inlinable func noteStep(_ state: inout State<Scalar, Memory>, within bounds: Bounds<Scalar>) {
    guard state.iteration > state.memory.iteration else { return }
    state.memory.values[state.iteration % state.memory.values.count] = state.current.value
    state.memory.iteration = state.iteration
    if state.iteration == 0 || !state.other.isEvaluated {
      state.memory.λ =
        1 / bounds.lengthOfProjectedStep(against: state.current.gradient, from: state.current.point)
    } else {
      // y, and s in the place of the direction that has served.
      state.memory.d.set(state.current.point, minus: state.other.point)
      state.memory.y.vector.set(state.current.gradient, minus: state.other.gradient)
      let sᵀy = state.memory.d.dot(state.memory.y.vector)
      // Along a line that curves downwards x may move by as much as its own size.
      state.memory.λ =
        sᵀy > 0
        ? state.memory.d.squaredNorm / sᵀy
        : Swift.max(1, state.current.point.largestMagnitude)
          / bounds.lengthOfProjectedStep(against: state.current.gradient, from: state.current.point)
    }
    state.memory.λ = Swift.min(Swift.max(state.memory.λ, shortest), longest)
  }

  @inlinable public var comparesGradients: Bool { true }

  public var complaint: String? {
    if !(1...100_000).contains(values) {
      return "values (M) is \(values): remember from 1 to 100000 values, such as 10."
    }
    if !(sufficientDecrease > 0 && sufficientDecrease < 1) {
      return "sufficientDecrease (γ) is \(sufficientDecrease): choose a number between 0 and 1, such as 1e-4."
    }
    if !(cuts.lowerBound > 0 && cuts.upperBound < 1) {
      return "cuts (σ₁ and σ₂) are \(cuts): choose numbers between 0 and 1, such as 0.1...0.9."
    }
    if !(shortest > 0 && shortest <= longest && longest.isFinite) {
      return "shortest is \(shortest) and longest \(longest): choose positive finite lengths in this order."
    }
    return complaintAboutNoise(noise)
      ?? (maximumTrials < 1 ? "maximumTrials is \(maximumTrials): allow at least 1, such as 50." : nil)
  }
}

extension Solver {
  /// The spectral projected gradient method: see ``SpectralProjectedGradient``.
  ///
  /// - Parameter values: M, how many last values a step is held against; 1 lets none rise.
  @inlinable public static func spectralProjectedGradient<P>(values: Int = 10) -> Self
  where Self == SpectralProjectedGradient<P> {
    SpectralProjectedGradient(values: values)
  }
}
