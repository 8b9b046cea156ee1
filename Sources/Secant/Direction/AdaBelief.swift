/// AdaBelief: Adam that divides by how far gradients are from what was expected of them.
///
/// m ← β₁m + (1 − β₁)g, s ← β₂s + (1 − β₂)(g − m)² + ε, p = −λθ − m̂/(√ŝ + ε): a gradient that agrees with
/// its average is believed, and makes a long step.
///
/// Two forms are published by the authors. Version 0.2.0, the default, is rectified as ``RAdam`` is, with ε =
/// 10⁻¹⁶ beside the corrected √s; ``original``, version 0.0.5, is not, with ε = 10⁻⁸.
///
/// - **Demands**: ``DifferentiableObjective``; a learning rate.
/// - **Memory**: 2n.
/// - **Work per step**: O(n), in one pass; two with decay.
/// - **Guarantees**: none of convergence in general. Where gradients are constant s falls to the sum of the
///   εs, and the steps grow to η|g|√((1 − β₂)/ε).
/// - **Reference**: Zhuang et al., NeurIPS 2020 (2010.07468), Algorithm 2, and the authors' package
///   adabelief-pytorch.
///
/// | paper | here |
/// | --- | --- |
/// | β₁, β₂ | `betas` |
/// | ε | `epsilon` |
/// | λ | `decoupledDecay` |
/// | m, s | `Memory.first`, `Memory.second` |
public struct AdaBelief<Problem: DifferentiableObjective>: Direction {
  public typealias Scalar = Problem.Scalar

  /// β₁ and β₂, the parts of the averages of g and (g − m)² that are kept.
  public var betas: (Scalar, Scalar)
  /// ε, added to s in every step and to its root.
  public var epsilon: Scalar
  /// Whether the first steps are held back as those of ``RAdam``.
  public var isRectified: Bool
  /// λ in θ ← (1 − ηλ)θ.
  public var decoupledDecay: Scalar

  @inlinable public init(
    betas: (Scalar, Scalar) = (0.9, 0.999), epsilon: Scalar = 1e-16, isRectified: Bool = true,
    decoupledDecay: Scalar = 0
  ) {
    self.betas = betas
    self.epsilon = epsilon
    self.isRectified = isRectified
    self.decoupledDecay = decoupledDecay
  }

  /// The form of version 0.0.5 of the authors' package.
  @inlinable public static var original: AdaBelief { AdaBelief(epsilon: 1e-8, isRectified: false) }

  /// The averages m and s, the latter as `second`, and t.
  public typealias Memory = Adam<Problem>.Memory

  @inlinable public func allocate(_ dimension: Int, for _: Problem) -> Memory { Memory(dimension) }

  @inlinable public func choose(
    _ p: inout Vector<Scalar>, at current: Iterate<Scalar>, after previous: Iterate<Scalar>,
    iteration: Int, _ memory: inout Memory, asking oracle: inout Oracle<Problem>
  ) -> Scalar {
    memory.t += 1
    let quotient =
      isRectified
      ? rectified(betas, memory.t, plus: epsilon, above: 5)
      : (
        times: 1 / Scalar.oneMinusPower(betas.0, memory.t),
        rootTimes: 1 / Scalar.oneMinusPower(betas.1, memory.t).squareRoot(), plus: epsilon
      )
    p.setBelief(
      first: &memory.first, deviation: &memory.second, plus: epsilon, decay: betas,
      gradient: current.gradient, times: -quotient.times, rootTimes: quotient.rootTimes,
      plus: quotient.plus)
    if decoupledDecay != 0 { p.add(current.point, times: -decoupledDecay) }
    return 1
  }

  public var complaint: String? {
    complaintAboutBetas(betas)
      ?? complaintAboutScale("epsilon (ε)", epsilon, suggesting: "1e-16")
      ?? complaintAboutSize("decoupledDecay (λ)", decoupledDecay, suggesting: "1e-2, or 0 for none")
  }
}

extension Solver {
  /// AdaBelief with a constant rate; see ``Secant/AdaBelief``.
  @inlinable public static func adaBelief<P>(
    rate: P.Scalar = 1e-3, _ form: AdaBelief<P> = AdaBelief()
  ) -> Self where Self == Descent<AdaBelief<P>, Constant<P.Scalar>> {
    Self(form, step: Constant(rate: rate))
  }

  /// AdaBelief with a rate that follows a schedule; see ``Secant/AdaBelief``.
  @inlinable public static func adaBelief<P>(
    rate: Schedule<P.Scalar>, _ form: AdaBelief<P> = AdaBelief()
  ) -> Self where Self == Descent<AdaBelief<P>, Scheduled<P.Scalar>> {
    Self(form, step: Scheduled(rate))
  }
}
