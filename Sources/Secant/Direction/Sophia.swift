public import SecantLinearAlgebra

/// Sophia-H: momentum divided by an estimate of the Hessian's diagonal, clipped in every coordinate.
///
/// m ← β₁m + (1 − β₁)g; every k steps, the first included, h ← β₂h + (1 − β₂)ĥ with ``Hutchinson``'s estimate ĥ;
/// p = −λθ − clip(m / max(γh, ε), 1), so that a step of length η is θ ← (1 − ηλ)θ − η clip(m / max(γh, ε), 1).
/// Where the curvature is not positive the quotient is clipped, and the coordinate moves by η against its sign.
///
/// This is the paper's form: no bias correction, so h starts at (1 − β₂)ĥ and the first steps are mostly clipped.
/// The paper's advice is to choose γ so that the part of the coordinates that is not clipped lies in 0.1–0.5;
/// `Memory.unclippedFraction` tells it.
///
/// - **Demands**: ``HessianVectorObjective``; a learning rate.
/// - **Memory**: 3n.
/// - **Work per step**: O(n), and a Hessian-vector product every k steps.
/// - **Guarantees**: without decay no coordinate moves by more than η. The probes depend on the seed and the step
///   alone.
/// - **Reference**: Liu, Li, Hall, Liang and Ma, ICLR 2024 (2305.14342), Algorithm 3 with Algorithm 1.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | γ | `curvatureScale` |
/// | ε | `epsilon` |
/// | k | `interval` |
/// | λ | `decoupledDecay` |
/// | m, h | `Memory.average`, `Memory.curvature` |
public struct Sophia<Problem: HessianVectorObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and ĥ that are kept.
  public var betas: (Scalar, Scalar)
  /// γ, what the curvature is multiplied by: a smaller one clips more.
  public var curvatureScale: Scalar
  /// ε, the least denominator.
  public var epsilon: Scalar
  /// k, the steps from one estimate to the next.
  public var interval: Int
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar
  /// Where ĥ comes from: Hutchinson's estimate, and its seed.
  public var estimator: Hutchinson

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.96, 0.99), curvatureScale: Scalar = 0.01, epsilon: Scalar = 1e-12,
    interval: Int = 10, decoupledDecay: Scalar = 0, estimator: Hutchinson = Hutchinson()
  ) {
    self.betas = betas
    self.curvatureScale = curvatureScale
    self.epsilon = epsilon
    self.interval = interval
    self.decoupledDecay = decoupledDecay
    self.estimator = estimator
  }

  /// The two averages, the probe, and how much was clipped.
  public struct Memory: Sendable, Codable, Equatable {
    /// m, the average of g.
    public var average: Vector<Scalar>
    /// h, the average of the estimates of the Hessian's diagonal.
    public var curvature: Vector<Scalar>
    /// u, the probe of an estimate.
    public var probe: Scratch<Scalar>
    /// t, the steps taken.
    public var t = 0
    /// The part of the coordinates that the last step did not clip.
    public var unclippedFraction = 0.0

    @inlinable init(_ dimension: Int) {
      average = Vector(zeros: dimension)
      curvature = Vector(zeros: dimension)
      probe = Scratch(dimension)
    }
  }

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) throws(Halt<Problem.Failure>) -> Scalar {
    // The estimate first: when the oracle refuses it, nothing has changed yet.
    if memory.t.isMultiple(of: interval) {
      try estimator.estimate(
        at: current.point, draw: memory.t, probe: &memory.probe.vector, product: &p, asking: &oracle)
      memory.curvature.scale(
        by: betas.1, addingProductOf: memory.probe.vector, p, times: 1 - betas.1)
    }
    memory.t += 1
    memory.average.scale(by: betas.0, adding: current.gradient, times: 1 - betas.0)
    let clipped = p.setClipped(
      memory.average, times: -1, over: memory.curvature, times: curvatureScale, atLeast: epsilon)
    memory.unclippedFraction = 1 - Double(clipped) / Double(Swift.max(p.count, 1))
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  public var complaint: String? {
    if interval < 1 { return "interval (k) is \(interval): choose at least 1 step, such as 10." }
    return complaintAboutAverage("betas.0 (β₁)", betas.0, suggesting: "0.96")
      ?? complaintAboutAverage("betas.1 (β₂)", betas.1, suggesting: "0.99")
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
  ) -> Self where Self == Descent<Sophia<P>, Constant<P.Scalar>> {
    Self(
      Sophia(
        betas: betas, curvatureScale: curvatureScale, epsilon: epsilon, interval: interval,
        decoupledDecay: decay, estimator: Hutchinson(seed: seed)),
      step: Constant(rate: rate))
  }

  /// Sophia-H with a rate that follows a schedule; see ``Secant/Sophia``.
  @inlinable public static func sophiaH<P>(
    rate: Schedule<P.Scalar>, betas: (P.Scalar, P.Scalar) = (0.96, 0.99),
    curvatureScale: P.Scalar = 0.01, epsilon: P.Scalar = 1e-12, interval: Int = 10, decay: P.Scalar = 0,
    seed: UInt64 = 0
  ) -> Self where Self == Descent<Sophia<P>, Scheduled<P.Scalar>> {
    Self(
      Sophia(
        betas: betas, curvatureScale: curvatureScale, epsilon: epsilon, interval: interval,
        decoupledDecay: decay, estimator: Hutchinson(seed: seed)),
      step: Scheduled(rate))
  }
}
