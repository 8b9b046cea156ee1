/// Nesterov's accelerated gradient, in the form whose gradients are taken at the iterates.
///
/// b ← μₖ₋₁b + g and θ ← θ − η(g + μₖb), with b₀ = g: for a constant μ the form of `torch.optim.SGD(nesterov=True)`.
/// Nesterov's own takes the gradient ahead, v ← μₖ₋₁v + η∇f(φ − μₖ₋₁v) and φ ← φ − v; with a constant rate its look-ahead
/// points φ − μₖv, where v = ηb, are the iterates θ here, so the two are one method that shows different points. With
/// v ← μₖ₋₁v + ηg and θ ← θ − ηg − μₖv (``MomentumForm/velocity``) they are at any rates; φ is θ + μₖv.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, since p need not be a descent direction.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass with the step itself where the rate is known.
/// - **Guarantees**: on a function with curvatures in [m, L], η = 1/L and μ = (√L − √m)/(√L + √m) shrink f − f* by
///   1 − √(m/L) a step, where gradient descent has 1 − m/L. On any convex one, η = 1/L and the growing momentum
///   (``NesterovMomentum/growing``) give f(φₖ) − f* ≤ 2L‖φ₀ − φ*‖²/(k + 1)².
/// - **Reference**: Nesterov, *Soviet Math. Dokl.* 27 (1983); Sutskever, Martens, Dahl and Hinton, ICML 2013.
///
/// | paper | here |
/// | --- | --- |
/// | μₖ = (tₖ − 1)/tₖ₊₁ | `NesterovMomentum.growing` |
/// | b, v | `Memory.average` |
/// | θ, the look-ahead point | the iterate |
public struct Nesterov<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// μₖ, the part of the last direction that is kept.
  public var momentum: NesterovMomentum<Scalar>
  /// Where the rate stands.
  public var form: MomentumForm

  @inlinable public init(_ momentum: NesterovMomentum<Scalar>, form: MomentumForm = .sum) {
    self.momentum = momentum
    self.form = form
  }

  @inlinable public init(_ momentum: Scalar = 0.9, form: MomentumForm = .sum) {
    self.init(.constant(momentum), form: form)
  }

  /// The sum b, or the velocity v.
  public struct Memory: Sendable, Codable, Equatable {
    /// b or v, zero before the first step.
    public var average: Vector<Scalar>
    /// tₖ of the growing momentum.
    public var t: Scalar = 1
    /// μₖ₋₁.
    public var momentum: Scalar = 0

    @inlinable init(_ dimension: Int) { average = Vector(zeros: dimension) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    let (kept, μ) = momentum.next(&memory)
    p.setMomentum(
      &memory.average, decay: kept, gradient: current.gradient, weight: 1,
      direction: (momentum: -μ, gradient: -1))
    return 1
  }

  @inlinable public func stepsAtOnce(_: Memory) -> Bool { true }

  @inlinable public func step(
    _ θ: inout Vector<Scalar>, from start: Vector<Scalar>?, along g: Vector<Scalar>, by η: Scalar,
    _ memory: inout Memory
  ) {
    let (kept, μ) = momentum.next(&memory)
    switch form {
    case .sum:
      θ.setMomentumStep(
        from: start, sum: &memory.average, decay: kept, gradient: g, weight: 1,
        direction: (momentum: -η * μ, gradient: -η))
    case .velocity:
      θ.setMomentumStep(
        from: start, sum: &memory.average, decay: kept, gradient: g, weight: η,
        direction: (momentum: -μ, gradient: -η))
    }
  }

  @inlinable public var demandsRate: Bool { form == .velocity }

  public var complaint: String? {
    if case .constant(let μ) = momentum {
      complaintAboutAverage("momentum (μ)", μ, suggesting: "0.9")
    } else {
      nil
    }
  }
}

/// How much momentum Nesterov's method keeps.
public enum NesterovMomentum<Scalar: LAPACKScalar>: Sendable, Equatable, Codable {
  /// The same μ in every step: for a function with curvatures in [m, L] best (√L − √m)/(√L + √m).
  case constant(Scalar)
  /// μₖ = (tₖ − 1)/tₖ₊₁, where t₁ = 1 and tₖ₊₁ = (1 + √(1 + 4tₖ²))/2: Nesterov's own of 1983, for convex functions that need
  /// not be strongly so.
  case growing

  /// μₖ₋₁ and μₖ.
  @inlinable func next<P>(_ memory: inout Nesterov<P>.Memory) -> (Scalar, Scalar) where P.Scalar == Scalar {
    let before = memory.momentum
    switch self {
    case .constant(let μ): memory.momentum = μ
    case .growing:
      let t = (1 + (1 + 4 * memory.t * memory.t).squareRoot()) / 2
      memory.momentum = (memory.t - 1) / t
      memory.t = t
    }
    return (before, memory.momentum)
  }
}

extension Solver {
  /// Nesterov's accelerated gradient with a constant rate; see ``Nesterov``.
  @inlinable public static func nesterov<P>(rate: P.Scalar, momentum: P.Scalar = 0.9) -> Self
  where Self == Descent<Nesterov<P>, Constant<P.Scalar>> {
    Self(Nesterov(momentum), step: Constant(rate: rate))
  }

  /// Nesterov's accelerated gradient with a constant rate, and a momentum that may grow; see ``Nesterov``.
  @inlinable public static func nesterov<P>(rate: P.Scalar, momentum: NesterovMomentum<P.Scalar>) -> Self
  where Self == Descent<Nesterov<P>, Constant<P.Scalar>> {
    Self(Nesterov(momentum), step: Constant(rate: rate))
  }

  /// Nesterov's accelerated gradient with a rate that follows a schedule; see ``Nesterov``.
  @inlinable public static func nesterov<P>(
    rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9, form: MomentumForm = .sum
  ) -> Self where Self == Descent<Nesterov<P>, Scheduled<P.Scalar>> {
    Self(Nesterov(momentum, form: form), step: Scheduled(rate))
  }
}
