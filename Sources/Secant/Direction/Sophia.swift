public import SecantLinearAlgebra

/// Sophia: momentum divided by an estimate of the Hessian's diagonal, clipped in every coordinate.
///
/// m ← β₁m + (1 − β₁)g; every k steps, the first included, h ← β₂h + (1 − β₂)ĥ with an estimate ĥ;
/// p = −λθ − clip(m / max(γh, ε), 1), so that a step of length η is θ ← (1 − ηλ)θ − η clip(m / max(γh, ε), 1).
/// Sophia-H takes ``HutchinsonDiagonal``, Sophia-G ``GaussNewtonBartlett``. Where the curvature is not positive the quotient is clipped, and the coordinate moves by η against its sign.
///
/// This is the paper's form: no bias correction, so h starts at (1 − β₂)ĥ and the first steps are mostly clipped.
/// The paper's advice is to choose γ so that the part of the coordinates that is not clipped lies in 0.1–0.5;
/// `Memory.unclippedFraction` tells it.
///
/// - **Demands**: what its estimator does; a learning rate.
/// - **Memory**: 2n, and the estimator's.
/// - **Work per step**: O(n), and an estimate every k steps: a Hessian-vector product, or a gradient.
/// - **Guarantees**: without decay no coordinate moves by more than η. The draws depend on the seed and the step
///   alone.
/// - **Reference**: Liu, Li, Hall, Liang and Ma, ICLR 2024 (2305.14342), Algorithm 3 with Algorithm 1 or 2.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | γ | `curvatureScale` |
/// | ε | `epsilon` |
/// | k | `interval` |
/// | λ | `decoupledDecay` |
/// | m, h | `Memory.average`, `Memory.curvature` |
public struct Sophia<Estimator: DiagonalEstimator>: Direction {
  public typealias Problem = Estimator.Problem
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and ĥ that are kept.
  public var betas: (Scalar, Scalar)
  /// γ, what the curvature is multiplied by: a smaller one clips more.
  public var curvatureScale: Scalar
  /// ε, the least denominator, or what is added to it.
  public var epsilon: Scalar
  /// Whether the denominator is γh + ε, as in the authors' repository, and not max(γh, ε).
  public var addsEpsilon: Bool
  /// k, the steps from one estimate to the next.
  public var interval: Int
  /// Whether the first estimate is made after k steps, as in the authors' repository, and not before the first.
  public var startsWithoutEstimate: Bool
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar
  /// Where ĥ comes from.
  public var estimator: Estimator

  @inlinable public init(
    estimator: Estimator, betas: (Scalar, Scalar) = (0.96, 0.99), curvatureScale: Scalar = 0.01,
    epsilon: Scalar = 1e-12, addsEpsilon: Bool = false, interval: Int = 10,
    startsWithoutEstimate: Bool = false, decoupledDecay: Scalar = 0
  ) {
    self.betas = betas
    self.curvatureScale = curvatureScale
    self.epsilon = epsilon
    self.addsEpsilon = addsEpsilon
    self.interval = interval
    self.startsWithoutEstimate = startsWithoutEstimate
    self.decoupledDecay = decoupledDecay
    self.estimator = estimator
  }

  /// The two averages, the estimator's room, and how much was clipped.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of g.
    public var average: Vector<Scalar>
    /// h, the average of the estimates of the Hessian's diagonal.
    public var curvature: Vector<Scalar>
    /// What the estimator works on.
    public var estimator: Estimator.Memory
    /// t, the steps taken.
    public var t = 0
    /// The part of the coordinates that the last step did not clip.
    public var unclippedFraction = 0.0

    @inlinable init(_ dimension: Int, _ estimator: Estimator.Memory) {
      average = Vector(zeros: dimension)
      curvature = Vector(zeros: dimension)
      self.estimator = estimator
    }
  }

  @inlinable public func allocate(_ dimension: Int, for problem: Problem) -> Memory {
    Memory(dimension, estimator.allocate(dimension, for: problem))
  }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    // The estimate first: when the oracle refuses it, nothing has changed yet.
    if isDue(memory) {
      try estimator.estimate(into: &p, at: current.point, draw: memory.t, &memory.estimator, asking: &oracle)
      memory.curvature.scale(by: betas.1, adding: p, times: 1 - betas.1)
    }
    memory.t += 1
    memory.average.scale(by: betas.0, adding: current.gradient, times: 1 - betas.0)
    let clipped = p.setClipped(
      memory.average, times: -1, over: memory.curvature, times: curvatureScale,
      plus: addsEpsilon ? epsilon : 0, atLeast: epsilon)
    memory.unclippedFraction = 1 - Double(clipped) / Double(Swift.max(p.count, 1))
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  @inlinable public func stepsAtOnce(_ memory: Memory) -> Bool { !isDue(memory) }

  /// θ ← (1 − ηλ)θ − η clip(m / max(γh, ε), 1), in one pass, on the steps between two estimates.
  @inlinable public func step(
    _ θ: inout Vector<Scalar>, from start: Vector<Scalar>?, along g: Vector<Scalar>, by η: Scalar,
    _ memory: inout Memory
  ) {
    memory.t += 1
    let clipped = θ.setClippedStep(
      from: start, times: 1 - η * decoupledDecay, average: &memory.average, decay: betas.0, gradient: g,
      times: -η, over: memory.curvature, times: curvatureScale, plus: addsEpsilon ? epsilon : 0,
      atLeast: epsilon)
    memory.unclippedFraction = 1 - Double(clipped) / Double(Swift.max(θ.count, 1))
  }

  /// Whether this step begins with an estimate.
  @inlinable func isDue(_ memory: Memory) -> Bool {
    memory.t.isMultiple(of: interval) && (memory.t > 0 || !startsWithoutEstimate)
  }

  public var complaint: String? {
    if interval < 1 { return "interval (k) is \(interval): choose at least 1 step, such as 10." }
    return complaintAboutBetas(betas, suggesting: "0.96", "0.99")
      ?? complaintAboutScale("curvatureScale (γ)", curvatureScale, suggesting: "0.01")
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-12")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "0.1, or 0 for none")
  }
}

extension Solver {
  /// Sophia-H with a constant rate; see ``Secant/Sophia``.
  ///
  /// - Parameters:
  ///   - rate: η, which without decay is also the most that a coordinate moves in a step.
  ///   - betas: β₁ and β₂, the parts of the averages of g and ĥ that are kept.
  ///   - curvatureScale: γ.
  ///   - epsilon: ε, the least denominator.
  ///   - interval: k, the steps from one estimate of the Hessian's diagonal to the next.
  ///   - decay: λ in θ ← (1 − ηλ)θ.
  ///   - seed: of the probes.
  @inlinable public static func sophiaH<P>(
    rate: P.Scalar = 1e-3, betas: (P.Scalar, P.Scalar) = (0.96, 0.99), curvatureScale: P.Scalar = 0.01,
    epsilon: P.Scalar = 1e-12, interval: Int = 10, decay: P.Scalar = 0, seed: UInt64 = 0
  ) -> Self where Self == Descent<Sophia<HutchinsonDiagonal<P>>, Constant<P.Scalar>> {
    Self(
      Sophia(
        estimator: HutchinsonDiagonal(Hutchinson(seed: seed)), betas: betas, curvatureScale: curvatureScale,
        epsilon: epsilon, interval: interval, decoupledDecay: decay),
      step: Constant(rate: rate))
  }

  /// Sophia-H with a rate that follows a schedule; see ``Secant/Sophia``.
  @inlinable public static func sophiaH<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.96, 0.99),
    curvatureScale: P.Scalar = 0.01, epsilon: P.Scalar = 1e-12, interval: Int = 10, decay: P.Scalar = 0,
    seed: UInt64 = 0
  ) -> Self where Self == Descent<Sophia<HutchinsonDiagonal<P>>, Scheduled<P.Scalar>> {
    Self(
      Sophia(
        estimator: HutchinsonDiagonal(Hutchinson(seed: seed)), betas: betas, curvatureScale: curvatureScale,
        epsilon: epsilon, interval: interval, decoupledDecay: decay),
      step: Scheduled(rate))
  }
  /// Sophia-G with a constant rate, the constants and the loop of the authors' repository; see ``Secant/Sophia``.
  ///
  /// - Parameters:
  ///   - rate: η.
  ///   - betas: β₁ and β₂, the parts of the averages of g and ĥ that are kept.
  ///   - curvatureScale: γ, the repository's ρ.
  ///   - epsilon: ε, added to the denominator.
  ///   - interval: k, the steps before the first estimate and from one to the next.
  ///   - decay: λ in θ ← (1 − ηλ)θ.
  ///   - seed: of the labels.
  @inlinable public static func sophiaG<P>(
    rate: P.Scalar = 1e-4, betas: (P.Scalar, P.Scalar) = (0.965, 0.99), curvatureScale: P.Scalar = 0.04,
    epsilon: P.Scalar = 1e-15, interval: Int = 10, decay: P.Scalar = 0.1, seed: UInt64 = 0
  ) -> Self where Self == Descent<Sophia<GaussNewtonBartlett<P>>, Constant<P.Scalar>> {
    Self(
      Sophia(
        estimator: GaussNewtonBartlett(seed: seed), betas: betas, curvatureScale: curvatureScale,
        epsilon: epsilon, addsEpsilon: true, interval: interval, startsWithoutEstimate: true,
        decoupledDecay: decay),
      step: Constant(rate: rate))
  }

  /// Sophia-G with a rate that follows a schedule; see ``Secant/Sophia``.
  @inlinable public static func sophiaG<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.965, 0.99), curvatureScale: P.Scalar = 0.04,
    epsilon: P.Scalar = 1e-15, interval: Int = 10, decay: P.Scalar = 0.1, seed: UInt64 = 0
  ) -> Self where Self == Descent<Sophia<GaussNewtonBartlett<P>>, Scheduled<P.Scalar>> {
    Self(
      Sophia(
        estimator: GaussNewtonBartlett(seed: seed), betas: betas, curvatureScale: curvatureScale,
        epsilon: epsilon, addsEpsilon: true, interval: interval, startsWithoutEstimate: true,
        decoupledDecay: decay),
      step: Scheduled(rate))
  }
}
