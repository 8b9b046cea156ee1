/// Gradient descent with momentum: Polyak's heavy ball.
///
/// b ← μb + (1 − τ)g and θ ← θ − ηb, with b₀ = g. This is the form of `torch.optim.SGD`: b does not contain the rate, so a
/// rate that changes acts at once on everything remembered. In the other published form, v ← μv + (1 − τ)ηg and θ ← θ − v
/// (``MomentumForm/velocity``), it acts on what is new alone. While η is constant the iterates are the same, and without
/// dampening so are Polyak's own, θ ← θ − ηg + μ(θ − θ₋₁); those are the velocity's at any rates.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate, since p need not be a descent direction.
/// - **Memory**: n.
/// - **Work per step**: O(n), in one pass with the step itself where the rate is known.
/// - **Guarantees**: on a quadratic with eigenvalues in [m, L] it converges for 0 < η < 2(1 + μ)/L where τ is 0; best is
///   √μ = (√L − √m)/(√L + √m) with η = 4/(√L + √m)², which multiplies the error by √μ a step.
/// - **Reference**: Polyak, *USSR Comput. Math. Math. Phys.* 4 (1964); Sutskever, Martens, Dahl and Hinton, ICML 2013.
///
/// | paper | here |
/// | --- | --- |
/// | μ, β | `momentum` |
/// | τ | `dampening` |
/// | b, v | `Memory.average` |
public struct Momentum<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// μ, the part of the last direction that is kept.
  public var momentum: Scalar
  /// τ, the part of the gradient that is left out, but for the first: with τ = μ, b is an average.
  public var dampening: Scalar
  /// Where the rate stands.
  public var form: MomentumForm

  @inlinable public init(_ momentum: Scalar = 0.9, dampening: Scalar = 0, form: MomentumForm = .sum) {
    self.momentum = momentum
    self.dampening = dampening
    self.form = form
  }

  /// The sum b, or the velocity v.
  public struct Memory: Sendable, Codable, Equatable {
    /// b or v, zero before the first step.
    public var average: Vector<Scalar>
    /// The gradients in it.
    public var t = 0

    @inlinable init(_ dimension: Int) { average = Vector(zeros: dimension) }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    p.setMomentum(
      &memory.average, decay: momentum, gradient: current.gradient, weight: weight(&memory),
      direction: (momentum: -1, gradient: 0))
    return 1
  }

  @inlinable public func stepsAtOnce(_: Memory) -> Bool { true }

  @inlinable public func step(
    _ θ: inout Vector<Scalar>, from start: Vector<Scalar>?, along g: Vector<Scalar>, by η: Scalar,
    _ memory: inout Memory
  ) {
    let weight = weight(&memory)
    switch form {
    case .sum:
      θ.setMomentumStep(
        from: start, sum: &memory.average, decay: momentum, gradient: g, weight: weight,
        direction: (momentum: -η, gradient: 0))
    case .velocity:
      θ.setMomentumStep(
        from: start, sum: &memory.average, decay: momentum, gradient: g, weight: weight * η,
        direction: (momentum: -1, gradient: 0))
    }
  }

  /// 1 − τ, but 1 for the first gradient.
  @inlinable func weight(_ memory: inout Memory) -> Scalar {
    memory.t += 1
    return memory.t == 1 ? 1 : 1 - dampening
  }

  @inlinable public var demandsRate: Bool { form == .velocity }

  public var complaint: String? {
    if momentum == 0, dampening != 0 {
      return
        "dampening (τ) is \(dampening), and there is no momentum to dampen: choose 0, or a momentum, such as 0.9."
    }
    return complaintAboutAverage("momentum (μ)", momentum, suggesting: "0.9")
      ?? complaintAboutAverage("dampening (τ)", dampening, suggesting: "0")
  }
}

/// Where the learning rate stands in a method with momentum; while the rate is constant both are one.
public enum MomentumForm: Sendable, Codable {
  /// b ← μb + g and θ ← θ − ηb: a new rate acts at once on everything remembered (PyTorch, Optax).
  case sum
  /// v ← μv + ηg and θ ← θ − v: a new rate acts on what is new alone (Polyak, Nesterov, Sutskever; Keras). A schedule that
  /// ends at zero lets the velocity run out, with steps whose length is said to be 0.
  case velocity
}

extension Solver {
  /// Gradient descent with Polyak's momentum and a constant rate; see ``Momentum``.
  @inlinable public static func momentum<P>(
    rate: P.Scalar, momentum: P.Scalar = 0.9, dampening: P.Scalar = 0
  ) -> Self where Self == Descent<Momentum<P>, Constant<P.Scalar>> {
    Self(Momentum(momentum, dampening: dampening), step: Constant(rate: rate))
  }

  /// Gradient descent with Polyak's momentum and a rate that follows a schedule; see ``Momentum``.
  @inlinable public static func momentum<P>(
    rate: Schedule<P.Scalar>, momentum: P.Scalar = 0.9, dampening: P.Scalar = 0, form: MomentumForm = .sum
  ) -> Self where Self == Descent<Momentum<P>, Scheduled<P.Scalar>> {
    Self(Momentum(momentum, dampening: dampening, form: form), step: Scheduled(rate))
  }
}
