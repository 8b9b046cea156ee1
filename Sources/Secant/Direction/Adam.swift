/// Adam, and AdamW where the decoupled decay is not zero.
///
/// m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², and with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
/// p = −λθ − m̂/(√v̂ + ε), so that a step of length η is θ ← (1 − ηλ)θ − ηm̂/(√v̂ + ε). With the decay outside of
/// the average (AdamW) it is not divided by √v̂; λ = 0 is Adam. The stationary points with λ > 0 are not those of f.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass with the step itself where the rate is known; without, two with decay.
/// - **Guarantees**: the first step has the length η in every coordinate whose gradient is large against ε;
///   without ε and decay the steps do not change when f is multiplied by a positive number. It may fail to
///   converge on convex functions (Reddi, Kale and Kumar 2018).
/// - **Reference**: Kingma and Ba, ICLR 2015 (1412.6980), Algorithm 1; Loshchilov and Hutter, ICLR 2019
///   (1711.05101), Algorithm 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | λ | `decoupledDecay` |
/// | m, v | `Memory.first`, `Memory.second` |
public struct Adam<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and g² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to the root.
  public var epsilon: Scalar
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-8, decoupledDecay: Scalar = 0
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.decoupledDecay = decoupledDecay
  }

  /// The two averages, and how many gradients are in them.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of g.
    public var first: Vector<Scalar>
    /// v, the average of g².
    public var second: Vector<Scalar>
    /// t, the steps whose gradients are in the averages.
    public var t = 0

    @inlinable init(_ dimension: Int) {
      first = Vector(zeros: dimension)
      second = Vector(zeros: dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    choose(&p, at: current.point, gradient: current.gradient, &memory)
    return 1
  }

  @inlinable public func stepsAtOnce(_: Memory) -> Bool { true }

  /// θ ← (1 − ηλ)θ − ηm̂/(√v̂ + ε), in one pass.
  @inlinable public func step(
    _ θ: inout Vector<Scalar>, from start: Vector<Scalar>?, along g: Vector<Scalar>, by η: Scalar,
    _ memory: inout Memory
  ) {
    memory.t += 1
    θ.setAdaptiveStep(
      from: start, times: 1 - η * decoupledDecay, first: &memory.first, second: &memory.second, decay: betas,
      gradient: g, times: -η / Scalar.oneMinusPower(betas.0, memory.t),
      rootTimes: 1 / Scalar.oneMinusPower(betas.1, memory.t).squareRoot(), plus: epsilon)
  }

  /// The direction from θ and g alone.
  @inlinable func choose(
    _ p: inout Vector<Scalar>, at θ: Vector<Scalar>, gradient g: Vector<Scalar>, _ memory: inout Memory
  ) {
    memory.t += 1
    let a = -1 / Scalar.oneMinusPower(betas.0, memory.t)
    let b = 1 / Scalar.oneMinusPower(betas.1, memory.t).squareRoot()
    if decoupledDecay == 0 {
      p.setAdaptive(
        first: &memory.first, second: &memory.second, decay: betas, gradient: g, times: a,
        rootTimes: b, plus: epsilon)
    } else {
      p.copy(θ)
      p.scale(
        by: -decoupledDecay, addingAdaptive: &memory.first, second: &memory.second, decay: betas,
        gradient: g, times: a, rootTimes: b, plus: epsilon)
    }
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutSize("epsilon (ε)", epsilon, suggesting: "1e-8")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "1e-2, or 0 for none")
  }
}

extension Solver {
  /// Adam with a constant rate; see ``Secant/Adam``.
  @inlinable public static func adam<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self where Self == Descent<Adam<P>, Constant<P.Scalar>> {
    Self(Adam(betas: betas, epsilon: epsilon), step: Constant(rate: rate))
  }

  /// Adam with a rate that follows a schedule; see ``Secant/Adam``.
  @inlinable public static func adam<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8
  ) -> Self where Self == Descent<Adam<P>, Scheduled<P.Scalar>> {
    Self(Adam(betas: betas, epsilon: epsilon), step: Scheduled(rate))
  }

  /// AdamW with a constant rate; see ``Secant/Adam``.
  ///
  /// `decay` is λ in θ ← (1 − ηλ)θ; its default is PyTorch's.
  @inlinable public static func adamW<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    decay: P.Scalar = 1e-2
  ) -> Self where Self == Descent<Adam<P>, Constant<P.Scalar>> {
    Self(
      Adam(betas: betas, epsilon: epsilon, decoupledDecay: decay), step: Constant(rate: rate))
  }

  /// AdamW with a rate that follows a schedule; see ``Secant/Adam``.
  @inlinable public static func adamW<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.9, 0.999), epsilon: P.Scalar = 1e-8,
    decay: P.Scalar = 1e-2
  ) -> Self where Self == Descent<Adam<P>, Scheduled<P.Scalar>> {
    Self(
      Adam(betas: betas, epsilon: epsilon, decoupledDecay: decay), step: Scheduled(rate))
  }
}
