/// Nonlinear conjugate gradients: each direction is the gradient's, bent by the last one.
///
/// d₊ = −g₊ + βd, where β is one of the five classical formulas or their kin (``ConjugateGradientFormula``). It begins
/// anew from d = −g where successive gradients are not nearly orthogonal, |g₊ᵀg| ≥ ν‖g₊‖² (Powell), and where d₊ does
/// not lead downhill enough, g₊ᵀd₊ > −σ‖g₊‖². ``restarts(in:)`` tells how often and why.
///
/// The length to try first is the minimiser of the parabola through the last two values and φ′(0),
/// 2(f − f₋)/φ′(0); where the last decrease is lost in rounding, it is the one that promises the last step's change
/// again, α₋φ′₋/φ′(0). On the first step it is min(1, 1/‖g‖₂).
///
/// - **Demands**: ``DifferentiableObjective``; of the step rule the strong Wolfe conditions with c₂ well below ½: the
///   theory wants that of most formulas, and conjugacy wants it of all. Not for batches, of which no two gradients
///   can be compared.
/// - **Memory**: 2n.
/// - **Work per step**: two to six passes over n elements; no matrix and no pairs.
/// - **Guarantees**: a descent direction. n steps on a quadratic with exact search, in which all formulas agree. Without
///   Powell's test ``ConjugateGradientFormula/fletcherReeves`` and ``ConjugateGradientFormula/daiYuan`` may jam.
/// - **Reference**: Nocedal and Wright, *Numerical Optimization*, 2nd ed., section 5.2; Powell, *Math. Programming* 12
///   (1977) 241–254, for the test; each formula names its own.
///
/// | book | here |
/// | --- | --- |
/// | p, β | `p`, `formula.β` |
/// | ν in (5.52) | `orthogonality` |
/// | (3.60) | `suggest` |
public struct NonlinearConjugateGradient<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// What β is.
  public var formula: ConjugateGradientFormula
  /// ν in |g₊ᵀg| ≥ ν‖g₊‖², on which the method begins anew: Powell's is 0.2; nil leaves the formula to itself, as it
  /// was published.
  public var orthogonality: Scalar?
  /// The most steps between two beginnings, such as n; nil for no end.
  public var cycle: Int?
  /// σ in gᵀd ≤ −σ‖g‖², without which a direction is given up for −g.
  public var descent: Scalar

  @inlinable public init(
    _ formula: ConjugateGradientFormula = .daiYuan, orthogonality: Scalar? = 0.5, cycle: Int? = nil,
    descent: Scalar = 0.01
  ) {
    self.formula = formula
    self.orthogonality = orthogonality
    self.cycle = cycle
    self.descent = descent
  }

  /// What is known of the last direction, which itself stands in p.
  public struct Memory: Sendable, Codable, Equatable {
    /// How often the method began anew.
    public var restarts = Restarts()
    /// Directions since the last beginning, that one included.
    @usableFromInline var directionsInCycle = 0
    /// The number of the iterate that the direction leaves.
    @usableFromInline var iteration = -1
    /// ‖g‖² and gᵀd there, and the length that was suggested.
    @usableFromInline var gᵀg: Scalar = 0
    @usableFromInline var slope: Scalar = 0
    @usableFromInline var suggestion: Scalar = 0
    @usableFromInline var difference: Scratch<Scalar>

    @usableFromInline init(_ n: Int) { difference = Scratch(n) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>, iteration: Int,
    _ memory: inout Memory, asking _: inout Oracle<Problem>
  ) -> Scalar {
    let g₊ = current.gradient
    // A search that was halted begins again along the same direction: the previous point is lost.
    if iteration == memory.iteration, p.dot(g₊) < 0 { return memory.suggestion }
    let g₊ᵀg₊ = g₊.squaredNorm
    // After a step that was not along d, off a saddle say, nothing continues.
    let continues = previous.isEvaluated && iteration > 0 && iteration == memory.iteration + 1
    let slope = continues ? bend(&p, from: previous, to: current, iteration, g₊ᵀg₊, &memory) : nil
    if slope == nil {
      p.set(g₊, times: -1)
      memory.directionsInCycle = 0
    }
    memory.iteration = iteration
    memory.gᵀg = g₊ᵀg₊
    memory.slope = slope ?? -g₊ᵀg₊
    memory.directionsInCycle += 1
    memory.suggestion =
      continues
      ? suggest(from: previous, to: current, &memory) : current.firstLength(ofGradient: g₊ᵀg₊.squareRoot())
    return memory.suggestion
  }

  /// p ← −g₊ + βp and its slope, or nil where the method has to begin anew.
  @inlinable func bend(
    _ p: inout Vector<Scalar>, from previous: Iterate<Scalar>, to current: Iterate<Scalar>, _ iteration: Int,
    _ g₊ᵀg₊: Scalar, _ memory: inout Memory
  ) -> Scalar? {
    let (g, g₊) = (previous.gradient, current.gradient)
    if let cycle, memory.directionsInCycle >= cycle {
      memory.restarts.note(.endOfCycle, at: iteration)
      return nil
    }
    if let ν = orthogonality, abs(g₊.dot(g)) >= ν * g₊ᵀg₊ {
      memory.restarts.note(.lostConjugacy, at: iteration)
      return nil
    }
    let β = formula.β(&memory.difference.vector, p, from: g, to: g₊, memory.gᵀg, g₊ᵀg₊, memory.slope)
    p.scale(by: β, adding: g₊, times: -1)
    let slope = p.dot(g₊)
    guard slope <= -descent * g₊ᵀg₊, slope.isFinite else {
      memory.restarts.note(.notADescentDirection, at: iteration)
      return nil
    }
    return slope
  }

  /// The length to try first.
  @inlinable func suggest(
    from previous: Iterate<Scalar>, to current: Iterate<Scalar>, _ memory: inout Memory
  ) -> Scalar {
    let decrease = previous.value - current.value
    if decrease > 8 * Scalar.ulpOfOne * abs(current.value) { return -2 * decrease / memory.slope }
    // α₋φ′₋ = sᵀg₋
    memory.difference.vector.set(current.point, minus: previous.point)
    return memory.difference.vector.dot(previous.gradient) / memory.slope
  }

  @inlinable public var comparesGradients: Bool { true }

  @inlinable public func restarts(in memory: Memory) -> Restarts { memory.restarts }

  @inlinable public func restart(_ memory: inout Memory, at iteration: Int) -> Bool {
    guard memory.directionsInCycle > 1 else { return false }
    memory.restarts.note(.failedSearch, at: iteration)
    // Neither a direction to go on along, nor one to bend.
    memory.iteration = -2
    return true
  }

  public var complaint: String? {
    if let ν = orthogonality, !(ν > 0) {
      return "orthogonality (ν) is \(ν): choose a positive number, such as 0.5, or nil for no test."
    }
    if let cycle, cycle < 1 {
      return "cycle is \(cycle): choose at least 1 step, such as the number of variables, or nil for no end."
    }
    if !(descent >= 0 && descent < 1) {
      return "descent (σ) is \(descent): choose a number from 0 to below 1, such as 0.01."
    }
    return nil
  }
}

extension Solver {
  /// Nonlinear conjugate gradients with Powell's restarts and a strong Wolfe search of c₂ = 0.1: see
  /// ``NonlinearConjugateGradient``.
  @inlinable public static func conjugateGradient<P>(_ formula: ConjugateGradientFormula = .daiYuan) -> Self
  where Self == Descent<NonlinearConjugateGradient<P>, StrongWolfe<P.Scalar>> {
    Descent(
      NonlinearConjugateGradient(formula), step: StrongWolfe(curvature: 0.1, noise: .noiseOfValues))
  }

  /// Nonlinear conjugate gradients with a step rule of your choice.
  ///
  /// A rule that accepts steep slopes wants `orthogonality: nil`: after its steps gradients are seldom orthogonal, and
  /// Powell's test would leave little but steepest descent. CG_DESCENT is
  /// `.conjugateGradient(.hagerZhang, orthogonality: nil, step: HagerZhang())`.
  ///
  /// - Parameters:
  ///   - formula: what β is.
  ///   - orthogonality: ν in |g₊ᵀg| ≥ ν‖g₊‖², on which the method begins anew; nil for no test.
  ///   - rule: how far to go.
  @inlinable public static func conjugateGradient<P, Rule>(
    _ formula: ConjugateGradientFormula = .daiYuan, orthogonality: P.Scalar? = 0.5, step rule: Rule
  ) -> Self where Self == Descent<NonlinearConjugateGradient<P>, Rule> {
    Descent(NonlinearConjugateGradient(formula, orthogonality: orthogonality), step: rule)
  }
}
